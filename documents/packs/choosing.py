"""What of a session's documents can be packed for a visitor, and what of it was chosen. The address is the offer."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from cms.core.languages import reading_order
from cms.core.visibility import Viewer
from cms.meetings.models import AgendaItem, Session
from documents.models import DocumentFile, LanguageVersion, OfficialDocument
from documents.models.documents import BY_SYMBOL
from documents.presentation import DocumentLine, document_line, with_versions

# Of days that can be asked for: moments near the ends of the calendar cannot be put into another time zone.
YEARS = range(1900, 2200)


@dataclass(frozen=True)
class Offered:
    """A document that can be packed, with those of its files that can."""

    line: DocumentLine
    files: list[DocumentFile]


@dataclass(frozen=True)
class Offer:
    """What a visitor can choose from: the session's documents, those of one item of its agenda, those new since a day.

    ``trouble`` says what of the address was not understood.
    """

    session: Session
    items: list[AgendaItem]
    item: AgendaItem | None
    since: date | None
    documents: list[Offered]
    trouble: str = ""

    @property
    def languages(self) -> set[str]:
        """The languages that the files are in."""
        return {file.version.language for document in self.documents for file in document.files}

    @property
    def formats(self) -> list[str]:
        """The formats of the files, in the order of `DocumentFile.Format`."""
        there = {file.format for document in self.documents for file in document.files}
        return [value for value in DocumentFile.Format.values if value in there]


@dataclass
class Choice:
    """What was chosen of an offer, and what is wrong with it by the name of the field."""

    documents: set[str] = field(default_factory=set)
    languages: set[str] = field(default_factory=set)
    formats: set[str] = field(default_factory=set)
    files: list[DocumentFile] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)


def offer(session: Session, asked: QueryDict, viewer: Viewer, language: str) -> Offer:
    """What can be packed of a session, as the address narrows it. Five queries, whatever the number of documents.

    What names no item of this session, and what is no date, is said and narrows nothing.
    """
    items = list(AgendaItem.objects.filter(session=session).in_order())
    number = asked.get("item", "")
    item = next((item for item in items if item.anchor == number), None)
    since, trouble = None, ""
    if text := asked.get("since", "").strip():
        since = _day(text)
        trouble = "" if since else _("This is no date. Write it as year-month-day, such as 2026-03-31.")
    files = _released(viewer)
    new = _is_new(since)
    here = Q(agenda_items=item) if item else Q(session=session) | Q(agenda_items__session=session)
    shown = OfficialDocument.objects.visible_to(viewer).filter(
        here, Exists(files.filter(new, version__document=OuterRef("pk")))
    )
    documents: list[Any] = list(with_versions(shown.distinct(), viewer).order_by(*BY_SYMBOL))
    offered = [Offered(document_line(document, language), _files(document, since)) for document in documents]
    return Offer(session, items, item, since, offered, trouble)


def _released(viewer: Viewer) -> Any:
    return DocumentFile.objects.filter(version__in=LanguageVersion.objects.released_at_moment(viewer.now))


def _day(text: str) -> date | None:
    """The day that a browser, or somebody's hand, wrote; None for what is no day of these times."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and day.year in YEARS else None


def _midnight(since: date) -> datetime:
    return timezone.make_aware(datetime.combine(since, time()))


def _is_new(since: date | None) -> Q:
    """The condition of files released, or put in, on a day or later. What came in without any date is not new."""
    if since is None:
        return Q()
    return Q(version__released_at__gte=_midnight(since)) | Q(added_at__gte=_midnight(since))


def _files(document: Any, since: date | None) -> list[DocumentFile]:
    """The files of a document that went through `with_versions`, as `_is_new` asks for them. No query."""
    moment = _midnight(since) if since else None
    found = []
    for version in document.known:
        if version.state != LanguageVersion.State.RELEASED:
            continue
        version.document = document
        for file in version.files.all():
            file.version = version
            known = [day for day in (version.released_at, file.added_at) if day is not None]
            if moment is None or any(day >= moment for day in known):
                found.append(file)
    return found


def first_choice(offer: Offer, language: str) -> Choice:
    """What is marked when the form is opened: all documents and formats, the reader's language, else the first."""
    languages = [code for code in reading_order(language) if code in offer.languages]
    return Choice(
        documents={str(document.line.document.pk) for document in offer.documents},
        languages=set(languages[:1]),
        formats=set(offer.formats),
    )


def chosen(offer: Offer, posted: QueryDict) -> Choice:
    """What was chosen. What is not on offer counts as not chosen, whoever says so."""
    choice = Choice(
        documents=_of(posted.getlist("documents"), [str(one.line.document.pk) for one in offer.documents]),
        languages=_of(posted.getlist("languages"), offer.languages),
        formats=_of(posted.getlist("formats"), offer.formats),
    )
    if not choice.documents:
        choice.errors["documents"] = _("Choose at least one document.")
    if not choice.languages:
        choice.errors["languages"] = _("Choose at least one language.")
    if not choice.formats:
        choice.errors["formats"] = _("Choose at least one format.")
    choice.files = [
        file
        for one in offer.documents
        if str(one.line.document.pk) in choice.documents
        for file in one.files
        if file.version.language in choice.languages and file.format in choice.formats
    ]
    if not choice.errors and not choice.files:
        choice.errors["documents"] = _("None of these documents has a file in these languages and formats.")
    return choice


def _of(asked: Iterable[str], there: Iterable[str]) -> set[str]:
    return set(asked) & set(there)
