"""Entries of the index, made from what the database holds now. No entry is made of what no reader may ever see."""

import datetime
import logging
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.apps import apps
from django.db import DatabaseError
from django.db.models import Prefetch, Q, QuerySet
from django.utils.html import strip_tags
from wagtail.models import Page

from cms.core.models import BasePage
from cms.core.visibility import anonymous, visible_pages
from cms.meetings.models import AgendaItem, Session, SessionPage
from cms.processes.models import Process, ProcessPage, WorkingGroup, WorkingGroupPage
from documents.addresses import document_url
from documents.block_html import cell_html, element_id
from documents.models import Footnote, LanguageVersion, OfficialDocument, ReportPage
from search.engines.base import Entry, Passage
from search.file_texts import Content, SearchedFile, searched_by, searched_files
from search.naming import AgendaTitles, Names
from search.parties import PartyNames

logger = logging.getLogger(__name__)

BATCH = 200
EVER = datetime.datetime(1900, 1, 1, tzinfo=datetime.UTC)
# Where a passage of a web edition leads that stands before the first anchor: the page's main element.
TOP = "main"
PAGE_KIND = "page"

# What entries of a page type read beside the page, so that many pages take no more queries than one.
RECORDS_OF_PAGES: dict[type[Page], list[str]] = {
    ProcessPage: ["process"],
    WorkingGroupPage: ["working_group__process"],
    SessionPage: ["session__working_group__process"],
}
CHILDREN_OF_PAGES: dict[type[Page], list[str]] = {SessionPage: ["agenda_titles"]}

_FOOTNOTE_MARK = re.compile(r'<a\b[^>]*linktype="footnote"[^>]*>.*?</a>', re.DOTALL)
_END_OF_BLOCK = re.compile(r"(?=</(?:p|li|h\d|blockquote|td|th)>|<br)", re.IGNORECASE)


def version_entry_id(pk: int) -> str:
    """The id of a language version's entry."""
    return f"version-{pk}"


def page_entry_id(pk: int) -> str:
    """The id of a page's entry."""
    return f"page-{pk}"


def entry_keys(entries: Iterable[str]) -> tuple[set[int], set[int]]:
    """The primary keys of the language versions and of the pages that these ids of entries name."""
    keys: dict[str, set[int]] = {"version": set(), "page": set()}
    for entry in entries:
        kind, _dash, key = entry.partition("-")
        keys[kind].add(int(key))
    return keys["version"], keys["page"]


def entries_of(versions: Iterable[int], pages: Iterable[int]) -> Iterator[Entry]:
    """The entries, as things are now, of those of the versions and pages that have one. Nothing is read before."""
    yield from version_entries(LanguageVersion.objects.filter(pk__in=versions))
    yield from page_entries(Page.objects.filter(pk__in=pages))


def all_entries() -> Iterator[Entry]:
    """Every entry that the index should hold, in the order of :func:`placed_entries`."""
    return (entry for _place, entry in placed_entries())


def placed_entries(after: str = "") -> Iterator[tuple[str, Entry]]:
    """Entries with their places, those after a place only: versions by document and key, then pages by key.

    A place is text that tells where to go on, also when what stood there is no longer in the database.
    """
    versions, pages = _after(after)
    for version, entry in _entries_of_versions(versions):
        yield f"versions/{version.document_id}/{version.pk}", entry
    for page, entry in _entries_of_pages(pages):
        yield f"pages/{page}", entry


def count_entries(after: str = "") -> int:
    """How many entries :func:`placed_entries` will give, for progress."""
    versions, pages = _after(after)
    return released(versions).count() + searched_pages(pages).count()


def _after(place: str) -> tuple[QuerySet[LanguageVersion], QuerySet[Page]]:
    """The versions and the pages that come after a place."""
    part, *keys = place.split("/")
    if part == "pages":
        return LanguageVersion.objects.none(), Page.objects.filter(pk__gt=int(keys[0]))
    if part == "versions":
        document, version = map(int, keys)
        return LanguageVersion.objects.filter(_beyond(document, version)), Page.objects.all()
    return LanguageVersion.objects.all(), Page.objects.all()


def _beyond(document: int, version: int) -> Q:
    """Versions that come after one of a document, in the order of both their keys."""
    return Q(document_id__gt=document) | Q(document_id=document, pk__gt=version)


def _made(make: Callable[..., Entry | None], thing: Any, *facts: Any) -> Iterator[Entry]:
    """The entry of one thing; none, and a line in the log, when it cannot be made: the others must not suffer."""
    try:
        entry = make(thing, *facts)
    except DatabaseError:
        raise
    except Exception:
        logger.exception("%s %s cannot be indexed.", type(thing).__name__, thing.pk)
        return
    if entry is not None:
        yield entry


# Language versions


def released(versions: QuerySet[LanguageVersion]) -> QuerySet[LanguageVersion]:
    """Those versions that have an entry: released ones, also those whose moment is yet to come."""
    return versions.filter(state=LanguageVersion.State.RELEASED)


def version_entries(versions: QuerySet[LanguageVersion]) -> Iterator[Entry]:
    """Entries of the released ones among the versions: twelve queries for each batch of 200, and one more for every
    five million characters of texts, and for every text file that cannot be read where another is."""
    return (entry for _version, entry in _entries_of_versions(versions))


def _entries_of_versions(versions: QuerySet[LanguageVersion]) -> Iterator[tuple[LanguageVersion, Entry]]:
    ordered = (
        released(versions)
        .select_related("document__process", "document__working_group", "document__session")
        .prefetch_related(
            Prefetch("document__agenda_items", queryset=AgendaItem.objects.in_order()),
            "document__former_symbols",
            "document__citations",
            searched_files(),
        )
        .order_by("document_id", "pk")
    )
    last = (0, 0)
    while True:
        rest = ordered.filter(_beyond(*last))
        batch = list(rest[:BATCH])
        if not batch:
            return
        last = (batch[-1].document_id, batch[-1].pk)
        editions = _editions(batch)
        notes = _notes(editions.values())
        names = BatchNames(batch)
        files = searched_by(one for one in batch if (one.document_id, one.language) not in editions)
        for version in batch:
            edition = editions.get((version.document_id, version.language))
            by = SearchedEdition(edition, notes[edition.pk]) if edition else next(files)
            for entry in _made(_version_entry, version, by, names):
                yield version, entry


def _editions(versions: Iterable[LanguageVersion]) -> dict[tuple[int, str], ReportPage]:
    """The web editions of versions that are open to everybody, by document and language.

    Not through the gate itself, which hides editions of restricted and of embargoed documents: those two are facts of
    the entry, and the engine compares them with the reader and the moment.
    """
    viewer = anonymous()
    pages = ReportPage.objects.filter(
        Q(expire_at=None) | Q(expire_at__gt=viewer.now),
        document__in={version.document_id for version in versions},
        locale__language_code__in={version.language for version in versions},
        live=True,
        alias_of=None,
    )
    closed = tuple(viewer.closed_paths)
    return {
        (page.document_id, page.locale.language_code): page
        for page in pages.select_related("locale")
        if not page.path.startswith(closed)
    }


def _notes(editions: Iterable[ReportPage]) -> dict[int, list[Footnote]]:
    """The footnotes of editions, by page. One query."""
    notes: dict[int, list[Footnote]] = defaultdict(list)
    for note in Footnote.objects.filter(page__in=[page.pk for page in editions]).order_by("page", "sort_order"):
        notes[note.page_id].append(note)
    return notes


class BatchNames:
    """What entries of a batch of versions read beside their texts: names of records, agenda items and parties."""

    def __init__(self, versions: Iterable[LanguageVersion]) -> None:
        documents = {version.document_id: version.document for version in versions}.values()
        self.records = Names(record for document in documents for record in _records(document))
        self.agenda = AgendaTitles({item.pk for document in documents for item in document.agenda_items.all()})
        self.parties = PartyNames()


def _records(document: OfficialDocument) -> tuple[Process | WorkingGroup | Session | None, ...]:
    return (document.process, document.working_group, document.session)


@dataclass(frozen=True)
class SearchedEdition:
    """The web edition that a language version is searched by, with its footnotes."""

    page: ReportPage
    notes: list[Footnote]

    def content(self) -> Content:
        """Its paragraphs and notes, with their anchors; there is no text without."""
        return tuple(_passages(self.page, self.notes)), ""


def _version_entry(version: LanguageVersion, by: SearchedEdition | SearchedFile | None, names: BatchNames) -> Entry:
    document = version.document
    former = [entry.symbol for entry in document.former_symbols.all()]
    items = [item.pk for item in document.agenda_items.all()]
    passages, text = by.content() if by else ((), "")
    parties = names.parties.named_in([version.title, text, *(part.text for part in passages)], version.language)
    return Entry(
        id=version_entry_id(version.pk),
        document_key=str(document.uid),
        language=version.language,
        title=version.title or str(document),
        url=document_url(document, version.language),
        visible_from=version.released_at or EVER,
        access=document.access,
        symbols=(document.symbol, *former) if document.symbol else (),
        cites=tuple(cited.symbol for cited in document.citations.all() if cited.version_id in {None, version.pk}),
        passages=passages,
        text=text,
        process=str(document.process_id),
        body=str(document.working_group_id or ""),
        session=str(document.session_id or ""),
        agenda_items=tuple(map(str, items)),
        parties=tuple(parties),
        doc_kind=document.kind,
        date=document.date,
        names=names.records.of(_records(document), version.language),
        agenda=names.agenda.of(items, version.language),
        party_names=tuple(parties.values()),
    )


def _passages(edition: ReportPage, notes: list[Footnote]) -> Iterator[Passage]:
    """The paragraphs and notes of a web edition, each with the anchor to go to: its own, or the last one before it.

    Tables and figures are searched as one passage each.
    """
    anchor = TOP
    for block in edition.body:
        value = block.value
        if value.get("anchor"):
            anchor = element_id(value["anchor"])
        text = value.get("text", value.get("title", value.get("caption", "")))
        parts = [plain_text(getattr(text, "source", text) or "")]
        if block.block_type == "table" and value["table"]:
            parts += [column["heading"] for column in value["table"].columns]
            parts += [plain_text(cell_html(cell.value)) for row in value["table"].rows for cell in row]
        content = " ".join(part for part in parts if part)
        if content:
            yield Passage(anchor, value.get("label", ""), content)
    for note in notes:
        yield Passage(note.anchor, note.mark, plain_text(note.text))


def plain_text(html: str) -> str:
    """Rich text without its tags and footnote marks; the end of a paragraph, item, cell or line parts words."""
    parted = _END_OF_BLOCK.sub(" ", _FOOTNOTE_MARK.sub("", html))
    return unescape(strip_tags(parted)).strip()


# Pages


def searched_types() -> list[type[BasePage]]:
    """The page types that search has entries for."""
    return [model for model in apps.get_models() if issubclass(model, BasePage) and model.is_searched]


def of_searched_types(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Those of the pages whose type is searched."""
    typed: Any = pages  # Wagtail's query set, which knows types
    found: QuerySet[Page] = typed.type(*searched_types())
    return found


def searched_pages(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Those of the pages that have an entry: live, of a searched type, open to everybody."""
    return visible_pages(of_searched_types(pages).filter(alias_of=None), anonymous())


def page_entries(pages: QuerySet[Page]) -> Iterator[Entry]:
    """Entries of the searched ones among the pages: a few queries for each type and batch of 200."""
    return (entry for _page, entry in _entries_of_pages(pages))


def _entries_of_pages(pages: QuerySet[Page]) -> Iterator[tuple[int, Entry]]:
    keys = list(searched_pages(pages).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        found: dict[int, Any] = {}
        for model in searched_types():
            typed = model.objects.filter(pk__in=batch).select_related("locale", *RECORDS_OF_PAGES.get(model, []))
            found |= {page.pk: page for page in typed.prefetch_related(*CHILDREN_OF_PAGES.get(model, []))}
        presented = [_presented(page) for page in found.values() if type(page) in RECORDS_OF_PAGES]
        names = Names(record for records in presented for record in records) if any(map(any, presented)) else None
        for key in batch:
            if key in found:  # it may have been deleted just now
                for entry in _made(_page_entry, found[key], names):
                    yield key, entry


def _presented(page: Any) -> tuple[Process | None, WorkingGroup | None, Session | None]:
    """The process, body and session that a page is about."""
    session = getattr(page, "session", None)
    group = getattr(page, "working_group", None) or (session.working_group if session else None)
    return getattr(page, "process", None) or (group.process if group else None), group, session


def _page_entry(page: Any, names: Names | None) -> Entry | None:
    url = page.get_url()
    if url is None:  # it stands outside every site
        return None
    process, group, session = _presented(page)
    return Entry(
        id=page_entry_id(page.pk),
        document_key=str(page.translation_key),
        language=page.locale.language_code,
        title=page.title,
        url=url,
        visible_from=EVER,
        visible_until=page.expire_at,
        kind="page",
        doc_kind=PAGE_KIND,
        text=page.search_text(),
        process=str(process.pk if process else ""),
        body=str(group.pk if group else ""),
        session=str(session.pk if session else ""),
        date=getattr(page, "date", None),
        names=names.of((process, group, session), page.locale.language_code) if names else (),
    )
