"""Web editions with everything that a document's page shows, as long as a test asks for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Page

from cms.meetings.models import Session
from documents.models import Citation, DocumentFile, LanguageVersion, OfficialDocument, ReportPage
from documents.symbols.folding import symbol_key
from tests import factories
from tests.tree import Tree, fresh, plant, plant_body, plant_process, plant_session

SYMBOL = "CTOC/COP/2020/3"
TITLES = {
    "en": "Reports of the working groups",
    "fr": "Rapports des groupes de travail",
    "ru": "Доклады рабочих групп",
    "ar": "تقارير الأفرقة العاملة",
    "zh-hans": "工作组的报告",
}
SENTENCES = {
    "en": "The working groups forward their reports to the Conference.",
    "fr": "Les groupes de travail transmettent leurs rapports à la Conférence.",
    "ru": "Рабочие группы препровождают Конференции свои доклады.",
    "ar": "تحيل الأفرقة العاملة تقاريرها إلى المؤتمر.",
    "zh-hans": "各工作组向缔约方会议转交报告。",
}
ANNEXES = {"en": "Annex I", "fr": "Annexe I", "ru": "Приложение I", "ar": "المرفق الأول", "zh-hans": "附件一"}

Block = tuple[str, dict[str, Any]]


@dataclass
class Edition:
    """A document with its web editions by Django's language code, and the site that they are on."""

    tree: Tree
    document: OfficialDocument
    pages: dict[str, ReportPage]


def symbol_link(symbol: str, printed: str = "") -> str:
    """A citation in rich text as the database keeps it."""
    return f'<a linktype="symbol" symbol="{symbol}">{printed or symbol}</a>'


def note_mark(anchor: str, mark: str) -> str:
    """A footnote's mark in rich text as the database keeps it."""
    return f'<a linktype="footnote" id="{anchor}">{mark}</a>'


def page_link(page: Page) -> str:
    """A link to a page in rich text as the database keeps it."""
    return f'<a linktype="page" id="{page.pk}">the page</a>'


def body_of(language: str, paragraphs: int, link: Page) -> list[Block]:
    """A text with every kind of block but pictures; each numbered paragraph cites a document and links a page."""
    words = SENTENCES[language]
    numbered: list[Block] = [
        (
            "paragraph",
            {
                "label": str(number),
                "anchor": str(number),
                "text": f"<p>{words} {symbol_link(f'CITED/{number}')} {page_link(link)}"
                f"{note_mark(f'fn{number}', str(number))}</p>",
            },
        )
        for number in range(1, paragraphs + 1)
    ]
    return [
        ("heading", {"label": "I", "anchor": "i", "level": "2", "text": TITLES[language]}),
        *numbered,
        ("lettered", {"label": "(a)", "anchor": f"{paragraphs}-a", "level": "1", "text": words}),
        ("lettered", {"label": "(i)", "anchor": f"{paragraphs}-a-i", "level": "2", "text": words}),
        ("lettered", {"label": "(b)", "anchor": f"{paragraphs}-b", "level": "1", "text": words}),
        ("heading", {"label": "A", "anchor": "i-a", "level": "3", "text": TITLES[language]}),
        ("quotation", {"anchor": "quotation-1", "text": f"<p>{words}</p>"}),
        ("preambular", {"anchor": "decision-preamble-1", "text": f"<p><i>{words}</i></p>"}),
        ("operative", {"label": "1", "anchor": "decision-1", "text": f"<p>{words}</p>"}),
        ("operative", {"label": "", "anchor": "decision-2", "text": f"<p>{words}</p>"}),
        ("annex", {"label": ANNEXES[language], "anchor": "annex-1", "title": TITLES[language]}),
        ("table", _table(words)),
        ("plain", {"anchor": "annex-1-1", "text": f"<p>{words}</p>"}),
    ]


def _table(words: str) -> dict[str, Any]:
    cells = {"columns": [{"type": "text", "heading": "A"}, {"type": "text", "heading": "B"}]}
    return {
        "anchor": "table-1",
        "caption": words,
        "table": {**cells, "rows": [{"values": [words, words]}, {"values": [words, words]}]},
    }


def plant_edition(languages: tuple[str, ...] = ("en", "ru"), paragraphs: int = 3, relations: int = 2) -> Edition:
    """Plant a site with a document of a session: an edition in each language, awaited in Spanish.

    ``paragraphs`` is how many numbered paragraphs with a note each it has, ``relations`` how many documents it cites,
    how many cite it, and how many agenda items it is filed under.
    """
    tree = plant(languages)
    process = factories.ProcessFactory(code="untoc", languages=["en", "fr", "es", "ru", "ar", "zh-hans"])
    body = factories.WorkingGroupFactory(process=process, code="cop")
    processes = plant_process(tree, process)
    session = factories.SessionFactory(
        working_group=body,
        code="10",
        starts_on=date(2020, 10, 12),
        ends_on=date(2020, 10, 16),
        venue=factories.VenueFactory(names={"en": "Vienna", "ru": "Вена"}),
        status=Session.Status.HELD,
    )
    sessions = plant_session(plant_body(processes, body), session)
    document = factories.OfficialDocumentFactory(
        process=process,
        session=session,
        symbol=SYMBOL,
        kind=OfficialDocument.Kind.NOTE,
        date=date(2020, 7, 1),
        distribution=OfficialDocument.Distribution.GENERAL,
        original_language="en",
    )
    _relate(document, relations)
    pages = {code: _plant_page(document, fresh(sessions[code]), paragraphs) for code in languages}
    factories.LanguageVersionFactory(
        document=document, language="es", state=LanguageVersion.State.AWAITED, expected_on=date(2098, 1, 20)
    )
    return Edition(tree, document, pages)


def _plant_page(document: OfficialDocument, parent: Page, paragraphs: int) -> ReportPage:
    """A released version with a file and its web edition, with a revision as publishing leaves it."""
    code = parent.locale.language_code
    version = factories.LanguageVersionFactory(document=document, language=code, title=TITLES[code])
    factories.DocumentFileFactory(
        version=version, format=DocumentFile.Format.PDF, file=ContentFile(b"%PDF-1.4", name="report.pdf")
    )
    page: ReportPage = factories.ReportPageFactory(parent=parent, document=document, title=TITLES[code])
    page.body = page.body.stream_block.to_python(
        [{"type": kind, "value": value} for kind, value in body_of(code, paragraphs, parent)]
    )
    page.footnotes.add(
        *(
            factories.FootnoteFactory.build(
                page=page, anchor=f"fn{number}", mark=str(number), text=f"<p>{SENTENCES[code]}</p>", locale=page.locale
            )
            for number in range(1, paragraphs + 1)
        )
    )
    page.save_revision().publish()
    return page


def _relate(document: OfficialDocument, relations: int) -> None:
    """Documents cited and citing, released in English, and agenda items."""
    for number in range(1, relations + 1):
        cited = factories.OfficialDocumentFactory(process=document.process, symbol=f"CITED/{number}")
        factories.LanguageVersionFactory(document=cited, title=f"Cited document {number}")
        _cite(document, f"CITED/{number}")
        citing = factories.OfficialDocumentFactory(process=document.process, symbol=f"CITING/{number}")
        factories.LanguageVersionFactory(document=citing, title=f"Citing document {number}")
        _cite(citing, document.symbol or "")
        item = factories.AgendaItemFactory(session=document.session, number=str(number))
        document.agenda_items.add(item)
    _cite(document, "ABSENT/1")


def _cite(document: OfficialDocument, symbol: str) -> None:
    Citation.objects.create(document=document, symbol=symbol, symbol_key=symbol_key(symbol))
