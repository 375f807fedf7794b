"""From a reading to records and pages: the one module of the importer that knows Django.

An import writes the record, the language version, the file and the web edition in one transaction, as a draft unless
told to release. It never overwrites: content that is there is skipped, another text for a symbol and language that are
there is a conflict, and what cannot be placed surely is refused with a reason.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale

from cms.core.languages import from_short
from cms.core.publishing import add_published
from cms.meetings.models import AgendaItem, Session
from cms.processes.models import Process, WorkingGroup
from documents.identity import block_id, footnote_key
from documents.importing.model import Block, DocumentReading
from documents.models import Citation, DocumentFile, Footnote, LanguageVersion, OfficialDocument, ReportPage
from documents.placement import parent_for, slug_for
from documents.symbols.folding import symbol_key

# Web editions are cut off here; a longer text stays a file. The longest of the real documents measured has 400.
MOST_BLOCKS = 5_000


@dataclass(frozen=True)
class Outcome:
    """What became of one file, and why.

    ``result`` is ``created``, ``added`` (a language to a document that was there), ``skipped``, ``conflict`` or
    ``refused``; ``document`` is the document's name where there is one.
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


def build(reading: DocumentReading, content: bytes, *, process: Process | None, publish: bool) -> Outcome:
    """Files one reading. All or nothing; a second call with the same content is skipped."""
    return _attempt(reading, content, process, publish)


def _attempt(reading: DocumentReading, content: bytes | None, process: Process | None, publish: bool) -> Outcome:
    """Files a reading, or says why not. Without content no file is stored, which is what a preview wants."""
    name = reading.file_name
    twin = DocumentFile.objects.filter(sha256=reading.sha256).select_related("version__document").first()
    if twin is not None:
        return Outcome(
            name, "skipped", "The same content is there already.", str(twin.version.document), twin.version.language
        )
    try:
        with transaction.atomic():
            return _file(reading, content, process, publish)
    except NotPlacedError as error:
        return Outcome(name, "refused", str(error))
    except ConflictError as error:
        return Outcome(name, "conflict", str(error), error.document, error.language)
    except ValidationError as error:
        return Outcome(name, "refused", " ".join(error.messages))


class ConflictError(Exception):
    """Another text for a symbol and language that are there."""

    def __init__(self, message: str, document: str, language: str) -> None:
        super().__init__(message)
        self.document = document
        self.language = language


def preview(reading: DocumentReading, content: bytes, *, process: Process | None, publish: bool) -> Outcome:
    """What :func:`build` would do, with nothing saved, in the database or as a file."""
    with transaction.atomic():
        outcome = _attempt(reading, None, process, publish)
        transaction.set_rollback(True)
    return outcome


def _file(reading: DocumentReading, content: bytes | None, process: Process | None, publish: bool) -> Outcome:
    language = from_short(reading.language)
    if language is None:
        raise NotPlacedError("Its language could not be told.")
    document, is_new = _document(reading, process)
    version = _version(document, language, reading, publish)
    _cite(document, reading)
    _web_edition(document, version, reading, publish)
    if content is not None:
        # Last, since a file in storage does not go away when the transaction is rolled back.
        file = DocumentFile(version=version, format=DocumentFile.Format.TXT)
        file.file = ContentFile(content, name=f"{Path(reading.file_name).stem[:60]}.txt")
        file.save()
    return Outcome(reading.file_name, "created" if is_new else "added", "", str(document), language)


def _document(reading: DocumentReading, process: Process | None) -> tuple[OfficialDocument, bool]:
    """The document of a reading: the one with its symbol, else a new one."""
    head = reading.masthead
    symbol = head.symbols[0] if head.symbols else ""
    if symbol:
        known = OfficialDocument.objects.filter(symbol_key=symbol_key(symbol)).first()
        if known is not None:
            if process is not None and known.process_id != process.pk:
                raise NotPlacedError(f"{known} belongs to another process.")
            return known, False
    process = process or process_of(symbol)
    if process is None:
        raise NotPlacedError("Its process is not clear. Name it with --process.")
    group = body_of(process, symbol)
    session = session_of(process, group, reading)
    document = OfficialDocument(
        symbol=symbol or None,
        kind=head.kind or OfficialDocument.Kind.OTHER,
        date=head.date,
        distribution=_choice(head.distribution, OfficialDocument.Distribution),
        original_language=_original(head.original_language),
        process=process,
        working_group=group,
        session=session,
    )
    document.full_clean(exclude=["uid"])
    document.save()
    if session is not None and head.agenda_items:
        numbers = [item.number for item in head.agenda_items]
        document.agenda_items.set(AgendaItem.objects.filter(session=session, number__in=numbers))
    return document, True


def _choice(value: str | None, choices: Any) -> str:
    """The value where it is one of the choices, "other" where the masthead says something else, empty where nothing."""
    if not value:
        return ""
    return value if value in choices.values else "other"


def _original(value: str | None) -> str:
    """The original language where it is one official language; a document may have two, and then it stays open."""
    return (from_short(value) or "") if value else ""


def process_of(symbol: str) -> Process | None:
    """The process whose symbols begin like this one; None where there is none or more than one."""
    key = symbol_key(symbol)
    if not key:
        return None
    found = {
        process
        for process in Process.objects.all()
        if any(_begins(key, symbol_key(head)) for head in process.symbol_heads)
    }
    return found.pop() if len(found) == 1 else None


def _begins(key: str, head: str) -> bool:
    """Whether a symbol's key begins with the head, as whole parts: CTOC/COP is no head of CTOC/COPX/1."""
    return bool(head) and key.startswith(head) and (len(key) == len(head) or not key[len(head)].isalnum())


def body_of(process: Process, symbol: str) -> WorkingGroup | None:
    """The body whose symbol head is the longest that the symbol begins with."""
    key = symbol_key(symbol)
    groups = [group for group in WorkingGroup.objects.filter(process=process) if group.symbol_head]
    fitting = [group for group in groups if _begins(key, symbol_key(group.symbol_head))]
    return max(fitting, key=lambda group: len(group.symbol_head), default=None)


def session_of(process: Process, group: WorkingGroup | None, reading: DocumentReading) -> Session | None:
    """The session that the masthead names, if the database knows it: by its days, else by its body and number."""
    head = reading.masthead
    sessions = Session.objects.filter(working_group__process=process)
    if group is not None:
        sessions = sessions.filter(working_group=group)
    if head.meeting_dates:
        start, end = head.meeting_dates
        return _only(sessions.filter(starts_on=start, ends_on=end))
    if head.session and group is not None:
        return _only(sessions.filter(number=head.session))
    return None


def _only(sessions: Any) -> Session | None:
    """The one session of a query set; None where there are several, since a wrong session is worse than none."""
    found = list(sessions[:2])
    return found[0] if len(found) == 1 else None


def _version(document: OfficialDocument, language: str, reading: DocumentReading, publish: bool) -> LanguageVersion:
    """The language version of a reading: an awaited one without files is filled, one with a text is a conflict."""
    version = LanguageVersion.objects.filter(document=document, language=language).first()
    if version is not None and (version.state != LanguageVersion.State.AWAITED or version.files.exists()):
        raise ConflictError("There is another text with this symbol and language.", str(document), language)
    version = version or LanguageVersion(document=document, language=language)
    head = reading.masthead
    version.title = (head.title or version.title or str(document))[:1000]
    version.origin = LanguageVersion.Origin.IMPORTED
    version.job_number = (head.job_number or "")[:40]
    printed = head.symbols_printed[0] if head.symbols_printed else ""
    version.printed_symbol = printed[:120] if printed != document.symbol else ""
    version.state = LanguageVersion.State.RELEASED if publish else LanguageVersion.State.HELD
    version.released_at = timezone.now() if publish else None
    version.full_clean(exclude=["uid"])
    version.save()
    return version


def _cite(document: OfficialDocument, reading: DocumentReading) -> None:
    """Keeps what the text cites, once per document, whatever the language it was found in."""
    Citation.objects.bulk_create(
        [
            Citation(
                document=document, symbol=found.canonical[:120], symbol_key=found.key[:120], printed=found.printed[:200]
            )
            for found in reading.citations
            if found.key != document.symbol_key
        ],
        ignore_conflicts=True,
    )


def _web_edition(document: OfficialDocument, version: LanguageVersion, reading: DocumentReading, publish: bool) -> None:
    """The page with the text as paragraphs, live or as a draft, where the tree has a place for it."""
    locale = Locale.objects.filter(language_code=version.language).first()
    parent = parent_for(document, locale) if locale else None
    if parent is None or not reading.blocks or len(reading.blocks) > MOST_BLOCKS:
        return
    page = ReportPage(
        title=version.title[:255],
        slug=slug_for(document, parent),
        locale=locale,
        document=document,
        body=json.dumps([_block(document, block) for block in reading.blocks]),
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
    if publish:
        add_published(parent, page, timezone.now())
        return
    page.live = False
    page.has_unpublished_changes = True
    parent.add_child(instance=page)
    page.save_revision(clean=False, log_action=False)


BLOCK_TYPES = {"text": "plain", "table": "plain"}


def _block(document: OfficialDocument, block: Block) -> dict[str, Any]:
    """A block of the body. Its id follows from document and anchor, so that languages and re-imports line up."""
    return {
        "type": BLOCK_TYPES.get(block.kind, block.kind),
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
    value: dict[str, Any] = {"anchor": block.anchor, "text": block.html}
    if block.kind in ("paragraph", "operative", "lettered"):
        value["label"] = label
    if block.kind == "lettered":
        value["level"] = str(min(max(block.level, 1), 3))
    return value
