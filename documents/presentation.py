"""What templates show of documents: lines of lists, and one document's page."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cms.core.languages import html_lang, reading_order
from cms.core.names import PublicName, public_names
from cms.core.navigation import Crumb, SiteContext, language_links
from cms.core.visibility import Viewer, viewer_for, visible_pages
from cms.meetings.contexts import session_line, session_name
from cms.meetings.models import AgendaItem, AgendaTitle, SessionPage
from documents.addresses import citation_url, data_url, document_url, neutral_url, parallel_url
from documents.file_facts import file_facts
from documents.files import file_url
from documents.models import LanguageVersion, OfficialDocument, ReportPage
from documents.related import Related, related_context, related_to
from documents.rendering import body_of
from documents.structured import citation_tags, linked_data, released_version
from documents.symbols.folding import loose_key

# What reference managers read: the name of the format, the ending of its address.
CITATION_FORMS = (("BibTeX", "bib"), ("RIS", "ris"))
# As many languages as reading side by side takes.
FEWEST_COLUMNS = 2


# The parameter of a document's address with what was typed into the search that led there, and its longest value.
SEARCHED = "searched"
LONGEST_SEARCHED = 300


@dataclass(frozen=True)
class FileLink:
    """A file of a version: its format as readers know it, its address, its size in bytes."""

    label: str
    url: str
    size: int


@dataclass(frozen=True)
class FormatPlace:
    """The place of a language in the line of a format: a link (with a file's size in bytes), awaited, or nothing."""

    language: str
    url: str | None = None
    size: int | None = None
    is_awaited: bool = False


@dataclass(frozen=True)
class FormatRow:
    """A format in a list of documents ("Read" for web editions), with a place for each official language."""

    label: str
    places: list[FormatPlace]


@dataclass(frozen=True)
class VersionCell:
    """One language of a document as lists and the document's page show it: released with its address, or awaited."""

    language: str
    state: str
    title: str
    url: str | None = None
    files: list[FileLink] = field(default_factory=list)
    expected_on: date | None = None
    current: bool = False
    original: bool = False
    has_edition: bool = False


@dataclass(frozen=True)
class Expectation:
    """The languages that are expected on the same day, or on a day that is not known."""

    expected_on: date | None
    cells: list[VersionCell]


@dataclass(frozen=True)
class DocumentLine:
    """A document in a list: its title in the best language for the reader, and every language that is known of."""

    document: OfficialDocument
    title: str
    title_language: str
    url: str
    cells: list[VersionCell]
    reader: str

    @property
    def available(self) -> list[VersionCell]:
        """The released languages."""
        return [cell for cell in self.cells if cell.url]

    @property
    def awaited(self) -> list[VersionCell]:
        """The languages that are expected."""
        return [cell for cell in self.cells if not cell.url]

    @property
    def expectations(self) -> list[Expectation]:
        """The languages that are expected, by the day, those of an unknown day last."""
        days: dict[date | None, list[VersionCell]] = {}
        for cell in sorted(self.awaited, key=lambda cell: cell.expected_on or date.max):
            days.setdefault(cell.expected_on, []).append(cell)
        return [Expectation(day, cells) for day, cells in days.items()]

    @property
    def readable(self) -> list[str]:
        """The languages whose text can be read as a page, the reader's first."""
        return [cell.language for cell in self.available if cell.has_edition]

    @property
    def parallel_url(self) -> str | None:
        """The address of its languages side by side, where two can be read."""
        return parallel_url(self.document, self.reader) if len(self.readable) >= FEWEST_COLUMNS else None

    @property
    def formats(self) -> list[FormatRow]:
        """What can be read in which language: web editions, then each format. The reader's language first."""
        found: dict[str, dict[str, FormatPlace]] = {}
        for cell in self.available:
            if cell.has_edition and cell.url:
                found.setdefault(_("Read"), {})[cell.language] = FormatPlace(cell.language, cell.url)
        for cell in self.available:
            for file in cell.files:
                found.setdefault(file.label, {})[cell.language] = FormatPlace(cell.language, file.url, file.size)
        official = {*self.document.process.languages, *(cell.language for cell in self.cells)}
        languages = [code for code in reading_order(self.reader) if code in official]
        awaited = {cell.language for cell in self.awaited}
        empty = {code: FormatPlace(code, is_awaited=code in awaited) for code in languages}
        return [
            FormatRow(label, [places.get(code, empty[code]) for code in languages]) for label, places in found.items()
        ]


def with_versions(documents: QuerySet[OfficialDocument], viewer: Viewer) -> QuerySet[OfficialDocument]:
    """The documents with what lines of lists need, in three queries: versions (as ``known``) and their files."""
    editions = ReportPage.of_outer_version()
    known = LanguageVersion.objects.known_at(viewer.now).annotate(
        has_edition=Exists(visible_pages(editions.filter(alias_of=None), viewer))
    )
    known = known.prefetch_related("files")
    return documents.select_related("process", "session__working_group__process", "working_group").prefetch_related(
        Prefetch("versions", queryset=known, to_attr="known")
    )


def document_lines(documents: Iterable[Any], language: str) -> list[DocumentLine]:
    """Lines for documents that went through :func:`with_versions`. No query."""
    return [document_line(document, language) for document in documents]


def document_line(document: Any, language: str) -> DocumentLine:
    """The line of one document that went through :func:`with_versions`. No query."""
    cells = version_cells(document, language)
    titled = [cell for cell in cells if cell.title]
    best = next((cell for cell in titled if cell.url), titled[0] if titled else None)
    return DocumentLine(
        document=document,
        title=best.title if best else str(document),
        title_language=best.language if best else language,
        url=document_url(document, language),
        cells=cells,
        reader=language,
    )


def version_cells(document: Any, language: str) -> list[VersionCell]:
    """The languages of a document that went through :func:`with_versions`, the reader's first."""
    by_language = {version.language: version for version in document.known}
    return [_cell(document, by_language[code], language) for code in reading_order(language) if code in by_language]


def _cell(document: Any, version: LanguageVersion, language: str) -> VersionCell:
    current = version.language == language
    original = version.language == document.original_language
    if version.state == LanguageVersion.State.AWAITED:
        return VersionCell(
            version.language,
            "awaited",
            version.title,
            expected_on=version.expected_on,
            current=current,
            original=original,
        )
    files = []
    for file in version.files.all():
        file.version = version
        version.document = document
        files.append(FileLink(file.get_format_display(), file_url(file), file.size))
    return VersionCell(
        version.language,
        "available",
        version.title,
        url=document_url(document, version.language),
        files=files,
        current=current,
        original=original,
        has_edition=getattr(version, "has_edition", False),
    )


@dataclass(frozen=True)
class ItemLink:
    """An agenda item of a document, with its title in the reader's language and the page of its session."""

    item: AgendaItem
    title: str
    session: PublicName

    @property
    def url(self) -> str | None:
        """Its place on the page of its session, where that has a page."""
        return f"{self.session.url}#{self.item.anchor}" if self.session.url else None


def document_context(
    document: OfficialDocument, language: str, request: HttpRequest, edition: ReportPage | None
) -> dict[str, Any]:
    """What the page of a document shows, with or without a web edition in this one. Nine queries and the body's."""
    viewer = viewer_for(request)
    related = related_to(document, viewer)
    lines = _related_lines(related, language, viewer)
    line = lines[document.pk]
    is_preview = getattr(request, "is_preview", False)
    if edition is not None and is_preview and not any(cell.current and cell.url for cell in line.cells):
        # The version of a translation has no title before it is released.
        own_title = edition.version.title if edition.version else ""
        line = replace(line, title=own_title or edition.title, title_language=language)
    session = line.document.session
    items = _agenda_items(document, language, viewer)
    named = [line.document.process, line.document.working_group, session, session and session.working_group]
    names = public_names([*named, *(item.session for item in items)], language, request)
    context: dict[str, Any] = {
        "document": line.document,
        "line": line,
        "session": session_line(session, names, language) if session else None,
        "current_version": next((cell for cell in line.cells if cell.current), None),
        "process_name": names[line.document.process.uid],
        "body_name": names[line.document.working_group.uid] if line.document.working_group else None,
        "items": [ItemLink(item, item.title or "", session_name(item.session, names, language)) for item in items],
        **related_context(related, lines, language),
        "neutral_url": request.build_absolute_uri(neutral_url(document)),
        "language_links": language_links(
            {cell.language: cell.url for cell in line.cells if cell.url} | {language: line.url},
            language,
            [cell.language for cell in line.cells if not cell.url],
        ),
        "alternates": [
            (html_lang(cell.language), request.build_absolute_uri(cell.url))
            for cell in line.cells
            if cell.url is not None
        ],
        "edition": edition,
        "files": file_facts(line.document, language),
        "data_url": data_url(document),
        "searched": _searched(document, request),
        "citation_urls": [(name, citation_url(document, language, form)) for name, form in CITATION_FORMS],
    }
    version = released_version(line.document, language)
    if version is not None:
        author = context["body_name"] or context["process_name"]
        absolute = request.build_absolute_uri
        context["linked_data"] = linked_data(line.document, version, author, absolute)
        context["citation_tags"] = citation_tags(line.document, version, author, context["process_name"], absolute)
    if edition is not None:
        context["breadcrumbs"] = [*SiteContext.of(request).breadcrumbs[:-1], document_crumb(document)]
        context["body"] = body_of(edition, related.printed_in(language), is_preview=is_preview)
    return context


def _searched(document: OfficialDocument, request: HttpRequest) -> str:
    """The symbol by which search led the reader here, as it was typed; empty for anything that is not its symbol.

    So no address can put words of its own on the page. One query where the address says that there was a search.
    """
    typed = " ".join(request.GET.get(SEARCHED, "")[:LONGEST_SEARCHED].split())
    key = loose_key(typed)
    if not key:
        return ""
    symbols = [document.symbol or "", *document.former_symbols.values_list("symbol", flat=True)]
    return typed if key in map(loose_key, symbols) else ""


def document_crumb(document: OfficialDocument) -> Crumb:
    """The last of the breadcrumbs: titles of documents are too long for it."""
    return Crumb(str(document), is_symbol=bool(document.symbol))


def _related_lines(related: Related, language: str, viewer: Viewer) -> dict[int, DocumentLine]:
    """The lines of the document and of those related to it that the reader may know of: four queries."""
    shown = OfficialDocument.objects.visible_to(viewer).filter(related.condition).values_list("pk", flat=True)
    # Found first: PostgreSQL goes through the whole table where "this one, or those" asks for them in one.
    both = OfficialDocument.objects.filter(pk__in=[related.document.pk, *shown])
    rows = with_versions(both.select_related("session__venue"), viewer)
    return {entry.pk: document_line(entry, language) for entry in rows}


def _agenda_items(document: OfficialDocument, language: str, viewer: Viewer) -> list[AgendaItem]:
    """The agenda items under which the document is considered, each with its ``title`` in the language. One query."""
    titles = AgendaTitle.objects.filter(item=OuterRef("pk"), locale__language_code=language).filter(
        page__in=visible_pages(SessionPage.objects.all(), viewer)
    )
    items = document.agenda_items.annotate(title=Subquery(titles.values("title")[:1]))
    return list(items.select_related("session__working_group").order_by("session", "sort_order"))
