"""Sites to measure: one with every kind of public page, an archive of any size, and a process to import into."""

import json
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from cms.core.publishing import add_published
from cms.meetings.models import AgendaItem, Session, SessionPage
from cms.processes.models import Process, WorkingGroup
from documents.models import Citation, DocumentFile, Footnote, LanguageVersion, OfficialDocument, ReportPage
from documents.symbols.folding import loose_key, symbol_key, symbol_order
from tests import factories, tree

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh-hans")
# Each document of the archive has these.
VERSIONS = ("en", "fr", "ru")
BODIES = 12
SESSIONS_PER_BODY = 4
AGENDA_ITEMS = 20
# Of the session measured, spread over its agenda.
SESSION_DOCUMENTS = 40
MEMBERS = 80
NEWS = 12
# The archive's documents are spread over so many days before today: about thirty years.
DAYS = 11_000
SYMBOL_HEAD = "BENCH"


@dataclass(frozen=True)
class Site:
    """A planted site: the addresses of its pages by what they are, in the order to measure them, and its bodies."""

    addresses: dict[str, str]
    process: Process
    bodies: list[WorkingGroup]


def plant_process(head: str = SYMBOL_HEAD) -> tuple[tree.Tree, Process, dict[str, Any]]:
    """A site in six languages with one process, whose symbols begin with ``head``, and its pages."""
    planted = tree.plant(LANGUAGES)
    process = factories.ProcessFactory(
        code="bench", acronym="B", languages=list(LANGUAGES), chair_rotation_years=2, symbol_heads=[head]
    )
    return planted, process, tree.plant_process(planted, process)


def plant_site() -> Site:
    """A site with one of everything that the public can open, of the size that a large secretariat's would have."""
    planted, process, process_pages = plant_process()
    _plant_people(process)
    bodies = [factories.WorkingGroupFactory(process=process, position=number) for number in range(BODIES)]
    body_pages = [tree.plant_body(process_pages, body) for body in bodies]
    session, session_pages = _plant_sessions(bodies, body_pages[0])
    _plant_session_documents(session)
    index = factories.NewsIndexPageFactory(parent=tree.fresh(planted.homes["en"]), title="News")
    news = [factories.NewsPageFactory(parent=tree.fresh(index)) for _number in range(NEWS)]
    closed = factories.StandardPageFactory(parent=tree.fresh(planted.homes["en"]), title="For members")
    # Nearly every site restricts something, which costs every page queries.
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    standard = factories.StandardPageFactory(parent=tree.fresh(planted.homes["en"]), title="About")
    short, long = (_plant_text(session, session_pages["en"], news[0], length) for length in (40, 300))
    pages = {
        "home": planted.homes["en"],
        "processes": planted.processes["en"],
        "process": process_pages["en"],
        "body": body_pages[0]["en"],
        "session": session_pages["en"],
        "news": index,
        "news item": news[0],
        "plain page": standard,
        "document, 40 paragraphs": short,
        "document, 300 paragraphs": long,
    }
    addresses = {name: tree.fresh(page).get_url() for name, page in pages.items()}
    addresses["document, file only"] = f"/en/documents/{SYMBOL_HEAD}/S/1/"
    addresses["feed"] = "/en/documents/feed/atom/"
    return Site(addresses, process, bodies)


def _plant_people(process: Process) -> None:
    """Members, and chairs of the past and of now."""
    parties = [factories.PartyFactory() for _number in range(MEMBERS)]
    for party in parties:
        factories.MembershipFactory(party=party, process=process, starts_on=date(2010, 1, 1))
    year = timezone.localdate().year
    for number in range(6):
        begins = year - 2 * number
        factories.OfficeFactory(
            process=process, party=parties[number], starts_on=date(begins, 1, 1), ends_on=date(begins + 1, 12, 31)
        )


def _plant_sessions(bodies: list[WorkingGroup], pages: dict[str, Any]) -> tuple[Session, dict[str, SessionPage]]:
    """The sessions of all bodies; those of all but the first report to the one that is measured."""
    today = timezone.localdate()
    venue = factories.VenueFactory()
    measured = factories.SessionFactory(
        working_group=bodies[0], number=10, starts_on=today + timedelta(30), ends_on=today + timedelta(34), venue=venue
    )
    session_pages = tree.plant_session(pages, measured)
    for body in bodies[1:]:
        for number in range(1, SESSIONS_PER_BODY + 1):
            begins = today - timedelta(90 * number)
            factories.SessionFactory(
                working_group=body,
                number=number,
                starts_on=begins,
                ends_on=begins + timedelta(3),
                status=Session.Status.HELD,
                venue=venue,
                transmitted_to=measured,
            )
    for number in range(1, AGENDA_ITEMS + 1):
        item = factories.AgendaItemFactory(session=measured, number=str(number), sort_order=number)
        for page in session_pages.values():
            factories.AgendaTitleFactory(page=page, item=item, locale=page.locale)
    return measured, session_pages


def _plant_session_documents(session: Session) -> None:
    """Documents of the session, each under an item of its agenda, and the reports of the sessions that report to it."""
    items = list(AgendaItem.objects.filter(session=session))
    documents = plant_documents(session.process, [session.working_group], SESSION_DOCUMENTS, "S", [session])
    through = OfficialDocument.agenda_items.through
    through.objects.bulk_create(
        through(officialdocument=document, agendaitem=items[number % len(items)])
        for number, document in enumerate(documents)
    )
    for number, other in enumerate(Session.objects.filter(transmitted_to=session)):
        plant_documents(session.process, [other.working_group], 1, f"R{number}", [other])


def plant_documents(
    process: Process, bodies: list[WorkingGroup], count: int, series: str, sessions: Sequence[Session] = ()
) -> list[OfficialDocument]:
    """Documents with a file in each of three languages, in bulk: of the bodies, or reports of the sessions in turn."""
    today = timezone.localdate()
    kinds = OfficialDocument.Kind.values
    documents = OfficialDocument.objects.bulk_create(
        [
            OfficialDocument(
                symbol=f"{SYMBOL_HEAD}/{series}/{number}",
                symbol_key=symbol_key(f"{SYMBOL_HEAD}/{series}/{number}"),
                symbol_letters=loose_key(f"{SYMBOL_HEAD}/{series}/{number}"),
                symbol_sort=f"0{symbol_order(f'{SYMBOL_HEAD}/{series}/{number}')}",
                kind=OfficialDocument.Kind.REPORT if sessions else kinds[number % len(kinds)],
                date=today - timedelta(number * 7 % DAYS),
                undated=0,
                process=process,
                working_group=bodies[number % len(bodies)],
                session=sessions[number % len(sessions)] if sessions else None,
            )
            for number in range(1, count + 1)
        ],
        batch_size=500,
    )
    versions = LanguageVersion.objects.bulk_create(
        [
            LanguageVersion(
                document=document,
                language=language,
                title=f"Report on the work of the group in its meeting no. {number} ({language})",
                state=LanguageVersion.State.RELEASED,
                released_at=timezone.make_aware(datetime.combine(document.date, time.min)),
            )
            for number, document in enumerate(documents)
            for language in VERSIONS
        ],
        batch_size=500,
    )
    DocumentFile.objects.bulk_create(
        [
            DocumentFile(version=version, file="documents/none.pdf", size=40_000, sha256=version.uid.hex * 2)
            for version in versions
        ],
        batch_size=500,
    )
    return documents


def _plant_text(session: Session, parent: Page, linked: Page, length: int) -> ReportPage:
    """A web edition with so many numbered paragraphs, with links to documents and pages and with footnotes."""
    document = factories.OfficialDocumentFactory(
        process=session.process, session=session, symbol=f"{SYMBOL_HEAD}/TEXT/{length}"
    )
    for language in VERSIONS:
        factories.LanguageVersionFactory(document=document, language=language, title=f"A text of {length} paragraphs")
    page = ReportPage(
        title=f"A text of {length} paragraphs",
        slug=f"text-{length}",
        locale=parent.locale,
        document=document,
        body=json.dumps(list(_blocks(length, linked))),
    )
    notes = [
        Footnote(
            anchor=f"fn{number}",
            mark=str(number),
            text=f'<p>See <a linktype="symbol" symbol="{SYMBOL_HEAD}/S/{number}">the report</a>.</p>',
            locale=parent.locale,
            sort_order=number,
        )
        for number in range(1, length // 10 + 1)
    ]
    page.footnotes.set(notes)
    Citation.objects.bulk_create(_citations(document, length))
    return add_published(tree.fresh(parent), page, timezone.now())


def _citations(document: OfficialDocument, length: int) -> Iterator[Citation]:
    """Every third paragraph cites a document of its own, of those that the archive holds."""
    for number in range(1, min(length // 3, SESSION_DOCUMENTS) + 1):
        symbol = f"{SYMBOL_HEAD}/S/{number}"
        yield Citation(document=document, symbol=symbol, symbol_key=symbol_key(symbol))


def _blocks(length: int, linked: Page) -> Iterator[dict[str, Any]]:
    """Paragraphs of about eighty words: every third links to a document, every tenth has a heading and a note."""
    sentence = "The group considered the matter before it and asked the secretariat to report on it in due course. "
    for number in range(1, length + 1):
        text = sentence * 4
        if number % 3 == 0:
            cited = f"{SYMBOL_HEAD}/S/{number // 3 % SESSION_DOCUMENTS + 1}"
            text += f'See <a linktype="symbol" symbol="{cited}">{cited}</a>. '
        if number % 10 == 0:
            yield _block("heading", level="2", label="", anchor=f"part-{number}", text=f"Part {number // 10}")
            text += f'The rules apply.<a linktype="footnote" id="fn{number // 10}">{number // 10}</a> '
            text += f'<a linktype="page" id="{linked.pk}">More of this.</a>'
        yield _block("paragraph", label=str(number), anchor=str(number), text=f"<p>{text}</p>")


def _block(kind: str, **value: str) -> dict[str, Any]:
    return {"type": kind, "id": str(uuid.uuid4()), "value": value}
