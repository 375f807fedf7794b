"""The official documents of the demonstration: records, language versions, files, citations and web editions."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone, translation
from wagtail.log_actions import LogContext
from wagtail.models import Locale

from cms.core.dates import format_date
from cms.core.languages import direction
from cms.core.publishing import add_published
from cms.meetings.models import AgendaItem, Session
from cms.processes.models import Process, WorkingGroup
from documents.models import (
    Citation,
    DocumentFile,
    DocumentRelation,
    FormerSymbol,
    LanguageVersion,
    OfficialDocument,
    ReportPage,
)
from documents.placement import parent_for, slug_for
from documents.symbols.folding import symbol_key
from home.demo.accounts import officer
from home.demo.editions import Edition, edition, edition_languages
from home.demo.files import pdf_file, text_file, word_file
from home.demo.reading import Data, Words, code_of, fill, read, words
from home.demo.records import PROCESSES
from home.site_tree import key_of

State = LanguageVersion.State
EMBARGO = timedelta(days=30)
AWAITED_FOR = timedelta(days=45)


def all_documents() -> list[Data]:
    """The data of every document, in the order of loading."""
    return [data for name in PROCESSES for data in read(f"{name}_documents")["documents"]]


def load_documents() -> Iterator[str]:
    """Makes the documents that are missing, each in a transaction of its own, and names each as it is done."""
    known = set(OfficialDocument.objects.values_list("uid", flat=True))
    keys = set(OfficialDocument.objects.values_list("symbol_key", flat=True))
    for data in all_documents():
        symbol = data.get("symbol")
        if document_uid(data) not in known and not (symbol and symbol_key(symbol) in keys):
            with transaction.atomic():
                load_document(data)
        yield symbol or data["id"]


def document_uid(data: Data) -> UUID:
    """The uid of a document of the demonstration: the same on every site, so that a second run knows its own."""
    return key_of(f"document:{data.get('id') or data['symbol']}")


def load_document(data: Data) -> OfficialDocument:
    """One document with all that belongs to it."""
    document = load_record(data)
    titles = titles_of(data, document)
    text = data.get("text")
    languages = edition_languages(text) if text else []
    for code, title in titles.items():
        version = load_version(document, data, code, title)
        written = edition(text, code, document.uid, _locale(code)) if text and code in languages else None
        if version.state not in (State.AWAITED, State.HELD):
            load_file(version, data, written)
        if written is not None and version.state not in (State.AWAITED, State.WITHDRAWN):
            load_edition(document, version, written)
    load_citations(document, data)
    load_relations(document, data)
    return document


def load_record(data: Data) -> OfficialDocument:
    """The record of a document, with former symbols and agenda items."""
    process = Process.objects.get(code=data["process"])
    session = session_of(process, data["session"]) if "session" in data else None
    document = OfficialDocument(
        uid=document_uid(data),
        symbol=data.get("symbol"),
        kind=data["kind"],
        date=data.get("date"),
        distribution=data.get("distribution", ""),
        original_language=code_of(data["original"]) if "original" in data else "",
        access=data.get("access", "public"),
        process=process,
        session=session,
    )
    if "body" in data:
        document.working_group = WorkingGroup.objects.get(process=process, code=data["body"])
    document.save()
    for order, symbol in enumerate(data.get("former_symbols", [])):
        FormerSymbol(document=document, symbol=symbol, sort_order=order).save()
    if "items" in data:
        considered = session_of(process, data["considered_by"]) if "considered_by" in data else session
        document.agenda_items.set(AgendaItem.objects.filter(session=considered, number__in=data["items"]))
        document.save()
    if "establishes" in data:
        WorkingGroup.objects.filter(process=process, code__in=data["establishes"]).update(established_by=document)
    return document


def session_of(process: Process, path: str) -> Session:
    """The session at "body/code" of a process."""
    body, _slash, code = path.partition("/")
    return Session.objects.get(working_group__process=process, working_group__code=body, code=code)


def titles_of(data: Data, document: OfficialDocument) -> Words:
    """Titles by language: the document's own, or made from the pattern of its body, in the languages it has."""
    patterns = words(data["title"]) if "title" in data else body_titles(data, document)
    chosen = [code_of(language) for language in data["languages"]] if "languages" in data else list(patterns)
    session = document.session
    days = (session.starts_on, session.ends_on) if session and session.starts_on and session.ends_on else None
    number = session.number if session else None
    return {code: fill(patterns[code], code, number=number, days=days) for code in chosen}


def body_titles(data: Data, document: OfficialDocument) -> Words:
    """The patterns by which a document's body names its reports and agendas."""
    for name in PROCESSES:
        for process in read(name)["processes"]:
            if process["code"] == document.process.code:
                for row in process["bodies"]:
                    if document.working_group and row["code"] == document.working_group.code:
                        return words(row["document_titles"][data["kind"]])
    raise KeyError(f"No titles for {data}")


def load_version(document: OfficialDocument, data: Data, code: str, title: str) -> LanguageVersion:
    """One language version in its state: released on the document's date unless the data says otherwise."""
    states = {
        code_of(language): state
        for state in (State.AWAITED, State.HELD, State.WITHDRAWN)
        for language in data.get(state.value, [])
    }
    now = timezone.now()
    state = states.get(code, State.RELEASED)
    version = LanguageVersion(
        document=document,
        language=code,
        title=title,
        state=state,
        origin=LanguageVersion.Origin.WRITTEN,
        printed_symbol=words(data.get("printed_symbol")).get(code, ""),
        job_number=words(data.get("job_number")).get(code, ""),
    )
    if data.get("embargoed"):
        version.released_at = (now + EMBARGO).replace(minute=0, second=0, microsecond=0)
    elif state == State.RELEASED and document.date:
        version.released_at = datetime.combine(document.date, time(8), tzinfo=UTC)
    if state == State.AWAITED:
        version.expected_on = (now + AWAITED_FOR).date()
    version.save()
    return version


def load_file(version: LanguageVersion, data: Data, written: Edition | None) -> None:
    """The files of a language version: PDF in the languages that its fonts have, text in the others, Word where the
    data says so. A PDF file that was replaced stood there without its last lines before."""
    lines = [*masthead(version), *(written.lines if written else [stand_in(version.language)])]
    try:
        content, form = pdf_file(lines), DocumentFile.Format.PDF
    except UnicodeEncodeError:
        content, form = text_file(lines), DocumentFile.Format.TXT
    if _in_language(version, data, "replaced_files"):
        replace_file(_save_file(version, form, pdf_file(lines[:-2])), content)
    else:
        _save_file(version, form, content)
    if form == DocumentFile.Format.PDF and _in_language(version, data, "text_files"):
        _save_file(version, DocumentFile.Format.TXT, text_file(lines))
    if _in_language(version, data, "word_files"):
        right_to_left = direction(version.language) == "rtl"
        _save_file(version, DocumentFile.Format.DOCX, word_file(lines, right_to_left=right_to_left))


def replace_file(file: DocumentFile, content: bytes) -> None:
    """Puts new content in the place of a file, as the officer of the demonstration."""
    file.file = ContentFile(content, name=f"document.{file.format}")
    with LogContext(user=officer()):
        file.save()


def _in_language(version: LanguageVersion, data: Data, name: str) -> bool:
    return version.language in {code_of(code) for code in data.get(name, [])}


def _save_file(version: LanguageVersion, form: DocumentFile.Format, content: bytes) -> DocumentFile:
    file = DocumentFile(version=version, format=form, file=ContentFile(content, name=f"document.{form}"))
    file.save()
    return file


def masthead(version: LanguageVersion) -> list[str]:
    """What stands at the head of a document: symbol, distribution, date, language, title."""
    document = version.document
    with translation.override(version.language):
        facts = [
            version.printed_symbol or document.symbol or "",
            f"Distr.: {document.get_distribution_display()}" if document.distribution else "",
            format_date(document.date, version.language) if document.date else "",
        ]
    return [*(fact for fact in facts if fact), version.title]


def stand_in(code: str) -> str:
    """What the file of a document says whose text the demonstration does not have."""
    return words(read("site")["stand_in"])[code]


def load_edition(document: OfficialDocument, version: LanguageVersion, written: Edition) -> None:
    """The web edition of a language version, under the session, body or process of its language."""
    locale = _locale(version.language)
    parent = parent_for(document, locale)
    if parent is None:
        return
    page = ReportPage(
        title=version.title[:255],
        slug=slug_for(document, parent),
        locale=locale,
        document=document,
        body=json.dumps(written.blocks),
    )
    page.footnotes.set(written.footnotes)
    moment = version.released_at if version.released_at and version.released_at < timezone.now() else timezone.now()
    add_published(parent, page, moment)


def load_citations(document: OfficialDocument, data: Data) -> None:
    """What the data says that the document cites. What its texts cite is found when they are published."""
    found = set(document.citations.values_list("symbol_key", flat=True))
    stated = {symbol_key(symbol): symbol for symbol in data.get("cites", [])}
    Citation.objects.bulk_create(
        Citation(document=document, symbol=symbol, symbol_key=key, printed=symbol)
        for key, symbol in stated.items()
        if key not in found
    )


def load_relations(document: OfficialDocument, data: Data) -> None:
    """What the data says that the document answers, supersedes or is annexed to. What it changes its symbol says."""
    for kind in (DocumentRelation.Kind.ANSWERS, DocumentRelation.Kind.SUPERSEDES, DocumentRelation.Kind.ANNEX):
        for symbol in data.get(kind.value, []):
            target = OfficialDocument.objects.get(symbol_key=symbol_key(symbol))
            DocumentRelation(source=document, kind=kind, target=target).save()


def _locale(code: str) -> Any:
    return Locale.objects.get(language_code=code)
