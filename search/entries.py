"""Entries of the index, made from what the database holds now. No entry is made of what no reader may ever see."""

import datetime
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from django.apps import apps
from django.db.models import Prefetch, QuerySet
from django.utils.html import strip_tags
from wagtail.models import Page

from cms.core.models import BasePage
from cms.core.visibility import anonymous, visible_pages
from documents.addresses import document_url
from documents.block_html import element_id
from documents.models import DocumentFile, LanguageVersion, ReportPage
from search.engines.base import Entry, Passage

BATCH = 200
# Text of a file beyond this is not searched: about 1,000 pages.
MOST_TEXT = 3_000_000
EVER = datetime.datetime(1900, 1, 1, tzinfo=datetime.UTC)


def version_entry_id(pk: int) -> str:
    """The id of a language version's entry."""
    return f"version-{pk}"


def page_entry_id(pk: int) -> str:
    """The id of a page's entry."""
    return f"page-{pk}"


def released_versions() -> QuerySet[LanguageVersion]:
    """Language versions that have an entry: released ones, also those whose moment is yet to come."""
    return LanguageVersion.objects.filter(state=LanguageVersion.State.RELEASED)


def version_entries(versions: QuerySet[LanguageVersion]) -> Iterator[Entry]:
    """Entries of the released ones among the versions, in batches of bounded queries."""
    ordered = (
        versions.filter(state=LanguageVersion.State.RELEASED)
        .select_related("document__process")
        .prefetch_related(
            "document__former_symbols",
            "document__citations",
            Prefetch("files", queryset=DocumentFile.objects.filter(format=DocumentFile.Format.TXT)),
        )
    )
    last = (0, 0)
    while True:
        batch = list(
            ordered.filter(document_id__gte=last[0])
            .exclude(document_id=last[0], pk__lte=last[1])
            .order_by("document_id", "pk")[:BATCH]
        )
        if not batch:
            return
        last = (batch[-1].document_id, batch[-1].pk)
        editions = _editions(batch)
        for version in batch:
            yield _version_entry(version, editions.get((version.document_id, version.language)))


def _editions(versions: Iterable[LanguageVersion]) -> dict[tuple[int, str], ReportPage]:
    """The live web editions of versions, by document and language. One query.

    Whether the document may be read is the entry's own access; a restriction on a page above keeps its text out.
    """
    documents = {version.document_id for version in versions}
    viewer = anonymous()
    pages = ReportPage.objects.filter(document__in=documents, live=True, alias_of=None).select_related("locale")
    return {
        (page.document_id, page.locale.language_code): page
        for page in pages
        if not any(page.path.startswith(path) for path in viewer.closed_paths)
    }


def _version_entry(version: LanguageVersion, edition: ReportPage | None) -> Entry:
    document = version.document
    former = [entry.symbol for entry in document.former_symbols.all()]
    return Entry(
        id=version_entry_id(version.pk),
        document_key=str(document.uid),
        language=version.language,
        title=version.title or str(document),
        url=document_url(document, version.language),
        visible_from=version.released_at or EVER,
        access=document.access,
        symbols=(document.symbol, *former) if document.symbol else (),
        cites=tuple(citation.symbol for citation in document.citations.all()),
        passages=tuple(_passages(edition)) if edition else (),
        text="" if edition else file_text(version),
        process=str(document.process_id),
        body=str(document.working_group_id or ""),
        session=str(document.session_id or ""),
        doc_kind=document.kind,
        date=document.date,
    )


def _passages(edition: ReportPage) -> Iterator[Passage]:
    """The paragraphs of a web edition. Tables and figures are searched as one passage each."""
    for block in edition.body:
        value = block.value
        anchor = element_id(value["anchor"]) if value.get("anchor") else ""
        text = value.get("text", value.get("title", value.get("caption", "")))
        parts = [plain_text(getattr(text, "source", text) or "")]
        if block.block_type == "table" and value["table"]:
            parts += [str(cell.value) for row in value["table"].rows for cell in row if cell.value]
        content = " ".join(part for part in parts if part)
        if content:
            yield Passage(anchor, value.get("label", ""), content)


def plain_text(html: str) -> str:
    """Rich text without its tags; an ended paragraph parts words."""
    return unescape(strip_tags(html.replace("</p>", " </p>").replace("<br", " <br"))).strip()


def file_text(version: LanguageVersion) -> str:
    """The text of a version's plain text file, if it has one; empty if it cannot be read."""
    for file in version.files.all():
        if file.format == DocumentFile.Format.TXT:
            try:
                with file.file.open("rb") as stream:
                    return stream.read(MOST_TEXT).decode("utf-8", errors="replace").replace("\x00", "")
            except OSError:
                return ""
    return ""


def searched_types() -> list[type[BasePage]]:
    """The page types that search has entries for."""
    return [model for model in apps.get_models() if issubclass(model, BasePage) and model.is_searched]


def searched_pages(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Those of the pages that have an entry: live, of a searched type, open to everybody."""
    return visible_pages(pages.type(*searched_types()).filter(alias_of=None), anonymous())


def page_entries(pages: QuerySet[Page]) -> Iterator[Entry]:
    """Entries of the searched ones among the pages."""
    keys = list(searched_pages(pages).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        batch = Page.objects.filter(pk__in=keys[start : start + BATCH]).specific().select_related("locale")
        for page in batch:
            yield _page_entry(page)


def _page_entry(page: Any) -> Entry:
    process = getattr(page, "process", None)
    group = getattr(page, "working_group", None)
    session = getattr(page, "session", None)
    group = group or (session.working_group if session else None)
    return Entry(
        id=page_entry_id(page.pk),
        document_key=str(page.translation_key),
        language=page.locale.language_code,
        title=page.title,
        url=page.get_url() or "/",
        visible_from=EVER,
        visible_until=page.expire_at,
        kind="page",
        text=page.search_text(),
        process=str(process.pk if process else group.process_id if group else ""),
        body=str(group.pk if group else ""),
        session=str(session.pk if session else ""),
        date=getattr(page, "date", None),
    )


def all_entries() -> Iterator[Entry]:
    """Every entry that the index should hold, documents first."""
    yield from version_entries(LanguageVersion.objects.all())
    yield from page_entries(Page.objects.all())


def count_entries() -> int:
    """How many entries :func:`all_entries` will give, for progress."""
    return released_versions().count() + searched_pages(Page.objects.all()).count()
