"""From a reading to records and pages.

An import writes the record, the language version, the file and the web edition in one transaction, as a draft unless
told to release. It never overwrites: content that is there is skipped, another text for a symbol and language that are
there is a conflict, and what cannot be placed surely is refused with a reason.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.log_actions import LogContext, log
from wagtail.models import Locale

from cms.core.publishing import add_published
from cms.meetings.models import AgendaItem
from documents.citing import cite_reading
from documents.identity import block_id, footnote_key
from documents.importing.alignment import Unit, anchored_like
from documents.importing.filing import Facts, body_of, document_with
from documents.importing.model import Block, DocumentReading, TableText
from documents.models import DocumentFile, Footnote, FormerSymbol, LanguageVersion, OfficialDocument, ReportPage
from documents.placement import parent_for, slug_for
from documents.symbols.folding import symbol_key

# Web editions are cut off here; a longer text stays a file. The longest of the real documents measured has 400.
MOST_BLOCKS = 5_000


@dataclass(frozen=True)
class Outcome:
    """What became of one file, and why.

    ``result`` is ``created``, ``added`` (a language or a format to a document that was there), ``skipped``,
    ``conflict`` or ``refused``; ``document`` is the document's name where there is one.
    """

    file: str
    result: str
    reason: str = ""
    document: str = ""
    language: str = ""

    @property
    def is_trouble(self) -> bool:
        """Whether somebody has to look at it."""
        return self.result in {"conflict", "refused"}


class NotPlacedError(Exception):
    """A reading that cannot be filed; the message is one plain sentence."""


class ConflictError(Exception):
    """Another text for a symbol and language that are there."""

    def __init__(self, message: str, document: str, language: str) -> None:
        super().__init__(message)
        self.document = document
        self.language = language


@dataclass(frozen=True)
class SourceFile:
    """A file to be kept: its name, a value of ``DocumentFile.Format``, its hash, and its bytes (None: keep no file)."""

    name: str
    format: str
    sha256: str
    content: bytes | None


@dataclass(frozen=True)
class Filed:
    """What filing one file made or filled. ``before``: the fields of an awaited version that was filled."""

    document: OfficialDocument
    version: LanguageVersion
    file: DocumentFile | None
    page: ReportPage | None
    new_document: bool
    new_version: bool
    before: dict[str, Any]


def twin_of(sha256: str) -> DocumentFile | None:
    """The file of the archive that has the same content. One query."""
    return DocumentFile.objects.filter(sha256=sha256).select_related("version__document").first()


def already_there(name: str, twin: DocumentFile) -> Outcome:
    """What is said of a file whose content the archive holds."""
    reason = "The same content is there already."
    return Outcome(name, "skipped", reason, str(twin.version.document), twin.version.language)


def file_or_say(
    facts: Facts, source: SourceFile, reading: DocumentReading | None, user: Any, *, into_released: bool
) -> Outcome:
    """Files one file, or says why not: what :func:`file_document` raises as an outcome."""
    try:
        filed = file_document(facts, source, reading, user, into_released=into_released)
    except NotPlacedError as error:
        return Outcome(source.name, "refused", str(error))
    except ConflictError as error:
        return Outcome(source.name, "conflict", str(error), error.document, error.language)
    except ValidationError as error:
        return Outcome(source.name, "refused", " ".join(error.messages))
    result = "created" if filed.new_document else "added"
    return Outcome(source.name, result, "", str(filed.document), filed.version.language)


def file_document(
    facts: Facts, source: SourceFile, reading: DocumentReading | None, user: Any, *, into_released: bool
) -> Filed:
    """Files one file under these facts: record, language version, file, and the web edition where a text was read.

    ``into_released``: whether it may be added to a version that readers see, who would see the file at once.
    All or nothing. Raises NotPlacedError, ConflictError, or ValidationError with the reason.
    """
    # Files write their own lines into the history, under the user of the context.
    with LogContext(user=user), transaction.atomic():
        if not facts.language:
            raise NotPlacedError("Its language could not be told.")
        document, new_document = _document(facts)
        if new_document and reading is not None:
            _note_other_symbols(document, reading.masthead.symbols)
        version = LanguageVersion.objects.filter(document=document, language=facts.language).first()
        new_version, before = version is None, {}
        if version is None or version.state == LanguageVersion.State.AWAITED:
            before = {} if version is None else {name: getattr(version, name) for name in FILLED}
            version = _fill(version or LanguageVersion(document=document, language=facts.language), facts)
        else:
            _check_room(version, source, into_released)
        page = None
        if reading is not None:
            page = _web_edition(document, version, reading, facts, user)
            if page is not None or not version.citations.exists():
                cite_reading(version, reading, page)
        file = _keep(version, source, user)
        for record, is_new in ((document, new_document), (version, new_version), (file, True)):
            if is_new and record is not None:
                log(instance=record, action="wagtail.create", user=user)
        log(instance=version, action="documents.import", user=user, data={"file": source.name})
        return Filed(document, version, file, page, new_document, new_version, before)


def _document(facts: Facts) -> tuple[OfficialDocument, bool]:
    """The document with the symbol, else a new one."""
    known = document_with(facts.symbol)
    if known is not None:
        if facts.process is not None and known.process_id != facts.process.pk:
            raise NotPlacedError(f"{known} belongs to another process.")
        return known, False
    process, session = facts.process, facts.session
    if process is None:
        raise NotPlacedError("Its process is not clear. Name it with --process.")
    document = OfficialDocument(
        symbol=facts.symbol or None,
        kind=facts.kind,
        date=facts.date,
        distribution=facts.distribution,
        original_language=facts.original_language,
        access=facts.access,
        process=process,
        working_group=body_of(process, facts.symbol),
        session=session,
    )
    document.full_clean(exclude=["uid"])
    document.save()
    if session is not None and facts.agenda_items:
        document.agenda_items.set(AgendaItem.objects.filter(session=session, number__in=facts.agenda_items))
    return document, True


def _note_other_symbols(document: OfficialDocument, symbols: Sequence[str]) -> None:
    """Enters the further symbols of a joint document, and all in one as they are printed and cited.

    Those that lead to another document already are left to it. Two queries, and four for each that is entered.
    """
    others = {symbol_key(symbol): symbol for symbol in (*symbols, "-".join(symbols))}
    if len(symbols) < 2 or others.pop(document.symbol_key or "", None) is None:
        return
    taken = {
        *OfficialDocument.objects.filter(symbol_key__in=others).values_list("symbol_key", flat=True),
        *FormerSymbol.objects.filter(symbol_key__in=others).values_list("symbol_key", flat=True),
    }
    for key, symbol in others.items():
        if key not in taken:
            FormerSymbol(document=document, symbol=symbol).save()


# What filling a version writes, and undoing an import writes back.
FILLED = ("title", "origin", "job_number", "printed_symbol", "state", "released_at")


def _fill(version: LanguageVersion, facts: Facts) -> LanguageVersion:
    """Saves a new version, or an awaited one, with what was read."""
    document = version.document
    version.title = (facts.title or version.title or str(document))[:1000]
    version.origin = LanguageVersion.Origin.IMPORTED
    version.job_number = facts.job_number[:40]
    version.printed_symbol = facts.printed_symbol[:120] if facts.printed_symbol != document.symbol else ""
    version.state = LanguageVersion.State.RELEASED if facts.released else LanguageVersion.State.HELD
    version.released_at = (facts.released_at or timezone.now()) if facts.released else None
    version.full_clean(exclude=["uid"])
    version.save()
    return version


def _check_room(version: LanguageVersion, source: SourceFile, into_released: bool) -> None:
    """Raises ConflictError unless the version that is there may take this file as a further format."""
    conflict = ""
    if version.state == LanguageVersion.State.WITHDRAWN:
        conflict = "This language version was withdrawn."
    elif version.files.filter(format=source.format).exists():
        conflict = "There is another text with this symbol and language."
    elif version.state == LanguageVersion.State.RELEASED and not into_released:
        conflict = "This language version is released; only a publisher may add a file to it."
    if conflict:
        raise ConflictError(conflict, str(version.document), version.language)


def _keep(version: LanguageVersion, source: SourceFile, user: Any) -> DocumentFile | None:
    """Stores the file. Last, since a file in storage does not go away when the transaction is rolled back."""
    if source.content is None:
        return None
    file = DocumentFile(version=version, format=source.format, added_by=user)
    file.file = ContentFile(source.content, name=f"{Path(source.name).stem[:60]}.{source.format}")
    file.save()
    return file


def _web_edition(
    document: OfficialDocument, version: LanguageVersion, reading: DocumentReading, facts: Facts, user: Any
) -> ReportPage | None:
    """The page with the text as paragraphs, live or as a draft, where the tree has a place for it and it has none."""
    if not reading.blocks or len(reading.blocks) > MOST_BLOCKS:
        return None
    locale = Locale.objects.filter(language_code=version.language).first()
    if locale is None or ReportPage.objects.filter(document=document, locale=locale).exists():
        return None
    parent = parent_for(document, locale)
    if parent is None:
        return None
    page = ReportPage(
        title=version.title[:255],
        slug=slug_for(document, parent),
        locale=locale,
        document=document,
        owner=user,
        body=json.dumps([_block(document, block) for block in _tied(document, reading.blocks)]),
    )
    page.footnotes.add(
        *(
            Footnote(
                anchor=note.anchor,
                mark=note.mark,
                text=note.html,
                locale=locale,
                translation_key=footnote_key(document.uid, note.anchor),
                sort_order=position,
            )
            for position, note in enumerate(reading.footnotes)
        )
    )
    if facts.released:
        return add_published(parent, page, facts.released_at or timezone.now())
    page.live = False
    page.has_unpublished_changes = True
    parent.add_child(instance=page)
    page.save_revision(user=user, clean=False, log_action=False)
    return page


def _tied(document: OfficialDocument, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks under the anchors of the edition that was there first, so that languages are read side by side."""
    other = ReportPage.objects.filter(document=document).order_by("pk").first()
    if other is None:
        return blocks
    known = [
        (
            value["anchor"],
            Unit(block["type"], value.get("label", ""), strip_tags(value.get("text") or value.get("title") or "")),
        )
        for block in other.get_latest_revision_as_object().body.raw_data
        if (value := block["value"])
    ]
    return anchored_like(blocks, known)


LONGEST_PLAIN_CELL = 2_000  # characters; the limit of the block


def _block(document: OfficialDocument, block: Block) -> dict[str, Any]:
    """A block of the body. Its id follows from document and anchor, so that languages and re-imports line up."""
    plain = block.kind == "text" or (block.kind == "table" and block.table is None)
    return {
        "type": "plain" if plain else block.kind,
        "id": block_id(document.uid, block.anchor),
        "value": _value(block),
    }


def _value(block: Block) -> dict[str, Any]:
    """The fields of a block as its block type holds them."""
    label = block.label[:16]
    if block.kind == "heading":
        level = str(min(max(block.level + 1, 2), 4))
        return {"label": label, "anchor": block.anchor, "level": level, "text": block.text[:1000]}
    if block.kind == "annex":
        return {"label": label, "anchor": block.anchor, "title": block.text[:1000]}
    if block.table is not None:
        return {"anchor": block.anchor, "table": _table(block.table)}
    value: dict[str, Any] = {"anchor": block.anchor, "text": block.html}
    if block.kind in ("paragraph", "operative", "lettered"):
        value["label"] = label
    if block.kind == "lettered":
        value["level"] = str(min(max(block.level, 1), 3))
    return value


def _table(table: TableText) -> dict[str, Any]:
    """A table as its block holds it. A column with links, emphasis or breaks is rich text, any other plain text."""
    columns = list(zip(*table.rows, strict=True))
    kinds = ["rich" if any(_needs_markup(cell) for cell in column) else "text" for column in columns]
    return {
        "columns": [{"type": kind, "heading": heading} for kind, heading in zip(kinds, table.headings, strict=True)],
        "rows": [
            {"values": [cell if kind == "rich" else unescape(cell) for cell, kind in zip(row, kinds, strict=True)]}
            for row in table.rows
        ],
        "caption": "",
    }


def _needs_markup(cell: str) -> bool:
    return "<" in cell or len(unescape(cell)) > LONGEST_PLAIN_CELL
