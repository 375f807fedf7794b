"""A process with everything that public pages show of it, in several languages and as many rows as a test asks for."""

from dataclasses import dataclass
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail_factories import ImageFactory

from cms.meetings.models import AgendaItem, Session, SessionPage
from cms.processes.models import Membership, Party, Process, ProcessPage, WorkingGroup, WorkingGroupPage
from documents.models import DocumentFile, LanguageVersion, OfficialDocument
from home.models import NewsIndexPage, NewsPage, StandardPage
from tests import factories, tree

MOST_QUERIES = 25
COUNTRIES = ["AT", "DE", "FR", "KZ", "KG", "TJ", "UZ"]
PROVISIONAL = "PK"
WORDS = "<p>States consult here on <b>migration</b>.</p><h2>How it works</h2><p>They decide by consensus.</p>"


@dataclass
class Sample:
    """The pages of the sample by Django's language code."""

    tree: tree.Tree
    process: dict[str, ProcessPage]
    body: dict[str, WorkingGroupPage]
    session: dict[str, SessionPage]
    news: dict[str, NewsIndexPage]
    item: dict[str, NewsPage]
    standard: dict[str, StandardPage]

    def addresses(self, language: str) -> dict[str, str]:
        """The address of each kind of page in a language."""
        pages = {
            "home": self.tree.homes,
            "processes": self.tree.processes,
            "process": self.process,
            "body": self.body,
            "session": self.session,
            "news": self.news,
            "item": self.item,
            "standard": self.standard,
        }
        return {kind: by_language[language].get_url() for kind, by_language in pages.items()}


def plant_sample(languages: tuple[str, ...] = ("en", "ru"), rows: int = 2) -> Sample:
    """Plant the site; ``rows`` is how many bodies, members, sessions, agenda items, documents and news there are."""
    planted = tree.plant(languages)
    process = factories.ProcessFactory(
        code="almaty",
        acronym="AP",
        languages=["en", "ru"],
        chair_rotation_years=2,
        decision_rule=Process.DecisionRule.CONSENSUS,
        established_on=date(2013, 6, 5),
    )
    conference = factories.WorkingGroupFactory(
        process=process,
        code="conference",
        kind=WorkingGroup.Kind.GOVERNING_BODY,
        established_by_reference={"en": "resolution 9/1", "ru": "резолюция 9/1"},
    )
    pages = tree.plant_process(planted, process)
    for page in pages.values():
        ProcessPage.objects.filter(pk=page.pk).update(summary="States consult as equals.", body=WORDS)
    bodies = [factories.WorkingGroupFactory(process=process, parent=conference) for _row in range(rows)]
    for body in bodies:
        tree.plant_body(pages, body)
    body_pages = tree.plant_body(pages, conference)
    for page in body_pages.values():
        WorkingGroupPage.objects.filter(pk=page.pk).update(mandate="<p>It decides on the work of all bodies.</p>")
    _people(process, rows)
    session = _sessions(conference, bodies, body_pages, rows)
    session_pages = tree.plant_session(body_pages, session)
    _agenda(session, session_pages, rows)
    index = _news(planted, rows)
    return Sample(
        planted,
        pages,
        body_pages,
        session_pages,
        index,
        {code: NewsPage.objects.child_of(page).first() for code, page in index.items()},
        {
            code: factories.StandardPageFactory(
                parent=tree.fresh(home), title="About", slug="about", summary="Who we are.", body=_body()
            )
            for code, home in planted.homes.items()
        },
    )


def _body() -> list[tuple[str, str]]:
    """The text of a plain page."""
    return [("text", WORDS), ("quotation", "A passage.")]


def _people(process: Process, rows: int) -> None:
    """Members, one of them provisional, an observer, and the chairs of now and before."""
    parties = [factories.PartyFactory(country=code) for code in COUNTRIES[:rows]]
    for party in parties:
        factories.MembershipFactory(process=process, party=party)
    factories.MembershipFactory(
        process=process,
        party=factories.PartyFactory(country=PROVISIONAL),
        status=Membership.Status.PROVISIONAL,
        condition={"en": "Once no member objects.", "ru": "Если ни один из членов не возразит."},
        deadline=date(2013, 8, 31),
    )
    observer = factories.OrganisationFactory(names={"en": "Migration Agency"}, kind=Party.Kind.INTERGOVERNMENTAL)
    factories.MembershipFactory(process=process, party=observer, status=Membership.Status.OBSERVER)
    factories.OfficeFactory(process=process, party=parties[0], starts_on=date(2025, 1, 1), ends_on=date(2099, 12, 31))
    factories.OfficeFactory(process=process, party=parties[1], starts_on=date(2013, 1, 1), ends_on=date(2015, 12, 31))


def _sessions(
    conference: WorkingGroup, bodies: list[WorkingGroup], pages: dict[str, WorkingGroupPage], rows: int
) -> Session:
    """Sessions of the conference, the last of which receives a report from one session of each other body."""
    venue = factories.VenueFactory(names={"en": "Almaty", "ru": "Алматы"}, country="KZ")
    for row in range(rows):
        past = factories.SessionFactory(
            working_group=conference,
            code=f"past-{row}",
            starts_on=date(2001 + row, 3, 1),
            ends_on=date(2001 + row, 3, 4),
            venue=venue,
            status=Session.Status.HELD,
        )
        tree.plant_session(pages, past)
    session: Session = factories.SessionFactory(
        working_group=conference,
        code="coming",
        starts_on=date(2098, 10, 12),
        ends_on=date(2098, 10, 16),
        venue=venue,
        governing_document=_document(conference, "AP/2025/9"),
    )
    for row, body in enumerate(bodies):
        sending = factories.SessionFactory(
            working_group=body,
            starts_on=date(2025, 1, 1 + row),
            status=Session.Status.HELD,
            venue=venue,
            transmitted_to=session,
        )
        _document(body, f"AP/WG.{row}/2025/6", session=sending)
    return session


def _document(body: WorkingGroup, symbol: str, session: Session | None = None) -> OfficialDocument:
    """A report in English with a file, and awaited in Russian."""
    document: OfficialDocument = factories.OfficialDocumentFactory(
        process=body.process, working_group=body, session=session, symbol=symbol, date=date(2025, 2, 1)
    )
    version = factories.LanguageVersionFactory(document=document, language="en", title=f"Report {symbol}")
    factories.DocumentFileFactory(
        version=version, format=DocumentFile.Format.PDF, file=ContentFile(b"%PDF-1.4", name="report.pdf")
    )
    factories.LanguageVersionFactory(
        document=document,
        language="ru",
        title=f"Доклад {symbol}",
        state=LanguageVersion.State.AWAITED,
        expected_on=date(2098, 9, 1),
    )
    return document


def _agenda(session: Session, pages: dict[str, SessionPage], rows: int) -> None:
    """Items 1, 2, ... each with an item (a) under it and a document for it; the titles are English and Russian."""
    for row in range(1, rows + 1):
        above = factories.AgendaItemFactory(session=session, number=str(row), sort_order=2 * row)
        below = factories.AgendaItemFactory(session=session, number=f"{row} (a)", sort_order=2 * row + 1)
        document = _document(session.working_group, f"AP/2098/{row}", session=session)
        document.agenda_items.set([above, below])
        _titles(pages, above, row)
        _titles(pages, below, row)


def _titles(pages: dict[str, SessionPage], item: AgendaItem, row: int) -> None:
    for code, page in pages.items():
        if code in {"en", "ru"}:
            title = "Matter" if code == "en" else "Вопрос"
            linked = f'<p>See <a linktype="page" id="{page.pk}">this session</a>.</p>'
            factories.AgendaTitleFactory(
                page=page, item=item, title=f"{title} {item.number}", annotation=linked, sort_order=row
            )


def _news(planted: tree.Tree, rows: int) -> dict[str, NewsIndexPage]:
    """News with a picture each, in every language."""
    picture = ImageFactory(title="A hall", description="Delegates in a hall")
    index = {code: factories.NewsIndexPageFactory(parent=tree.fresh(home)) for code, home in planted.homes.items()}
    for page in index.values():
        for row in range(rows):
            factories.NewsPageFactory(
                parent=tree.fresh(page),
                title=f"News {row}",
                summary="What happened.",
                body=WORDS,
                picture=picture,
                date=date(2025, 1, 1 + row),
            )
    return index


def cold_queries(client: Client, address: str) -> int:
    """How many queries the page costs when nothing is remembered of earlier requests; it must be there."""
    cache.clear()
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(queries)
