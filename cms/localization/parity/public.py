"""Which documents readers can have in which language: what is released and what is awaited, asked through the gate.

Drafts, held versions and how far a translation is are nobody's to see here.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, TextChoices
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_localize.models import Translation

from cms.core.languages import LANGUAGES, Language
from cms.core.names import PublicName, public_names
from cms.core.spreadsheets import Value
from cms.core.visibility import Viewer
from cms.localization.models import NotRequired
from cms.localization.states import with_counts
from cms.meetings.contexts import SessionLine, session_line, session_lines
from cms.meetings.models import Session
from cms.processes.models import Process
from documents.models import LanguageVersion, OfficialDocument
from documents.models.documents import BY_SYMBOL
from documents.presentation import DocumentLine, VersionCell, document_lines, with_versions


class Availability(TextChoices):
    """What a reader finds of a document in a language."""

    ORIGINAL = "original", gettext_lazy("Original")
    OWN_EDITION = "own_edition", gettext_lazy("Edition of its own")
    TRANSLATION = "translation", gettext_lazy("Translation")
    OUTDATED = "outdated", gettext_lazy("Translation, outdated")
    AWAITED = "awaited", gettext_lazy("Awaited")
    NOT_REQUIRED = "not_required", gettext_lazy("Not required")
    NOT_AVAILABLE = "not_available", gettext_lazy("Not available")


# In these there is something to be read.
READABLE = frozenset({Availability.ORIGINAL, Availability.OWN_EDITION, Availability.TRANSLATION, Availability.OUTDATED})
# As the tag that prints states calls them.
ICONS = {
    Availability.OUTDATED: "partial",
    Availability.AWAITED: "awaited",
    Availability.NOT_REQUIRED: "absent",
    Availability.NOT_AVAILABLE: "missing",
}


@dataclass(frozen=True)
class PublicCell:
    """A document in one language: what there is, a note, and the address where it can be read."""

    language: Language
    state: Availability
    note: str = ""
    url: str | None = None

    @property
    def icon(self) -> str:
        """How the state is drawn (``STATES`` of the template tags)."""
        return ICONS.get(self.state, "available")


@dataclass(frozen=True)
class PublicLine:
    """A document with its languages."""

    line: DocumentLine
    cells: Sequence[PublicCell]


@dataclass(frozen=True)
class LanguageCount:
    """The documents of a session in one language: how many can be read of those that are required."""

    language: Language
    there: int
    required: int

    @property
    def width(self) -> str:
        """How much of its bar is filled, of a hundred; as text, which no language writes its own way."""
        return str(100 * self.there // self.required if self.required else 100)


@dataclass(frozen=True)
class PublicSession:
    """A session with how many of its documents there are in each language."""

    line: SessionLine
    counts: Sequence[LanguageCount]


def documents_of(session: Session, viewer: Viewer) -> QuerySet[OfficialDocument]:
    """The documents of a session that the viewer may know of, by symbol."""
    return OfficialDocument.objects.visible_to(viewer).filter(session=session).order_by(*BY_SYMBOL)


def public_lines(documents: QuerySet[OfficialDocument], viewer: Viewer, language: str) -> list[PublicLine]:
    """The documents with what there is of each in every language. Five queries, whatever their number."""
    found: list[Any] = list(with_versions(documents, viewer))
    keys = [document.uid for document in found]
    reasons: dict[UUID, dict[str, str]] = defaultdict(dict)
    marks = NotRequired.objects.filter(translation_key__in=keys)
    for key, code, reason in marks.values_list("translation_key", "locale__language_code", "reason"):
        reasons[key][code] = reason
    outdated = outdated_since(keys)
    lines = []
    for document, line in zip(found, document_lines(found, language), strict=True):
        origins = {version.language: version.origin for version in document.known}
        cells = {cell.language: cell for cell in line.cells}
        out = {cell.language for cell in line.available}
        since = {code: day for code, (source, day) in outdated[document.uid].items() if source in out}
        lines.append(PublicLine(line, list(_cells(cells, origins, reasons[document.uid], since))))
    return lines


def outdated_since(keys: Collection[UUID]) -> dict[UUID, dict[str, tuple[str, datetime]]]:
    """By document and language the translations that lack texts: the source's language, and when it last changed."""
    found: dict[UUID, dict[str, tuple[str, datetime]]] = defaultdict(dict)
    columns = ("source__object_id", "target_locale__language_code", "source__locale__language_code")
    translations = with_counts(Translation.objects.filter(source__object_id__in=keys, enabled=True))
    for key, code, source, day, total, done in translations.values_list(
        *columns, "source__last_updated_at", "total", "done"
    ):
        if done < total:
            found[key][code] = (source, day)
    return found


def _cells(
    cells: Mapping[str, VersionCell], origins: Mapping[str, str], reasons: Mapping[str, str], since: Mapping[str, date]
) -> Iterable[PublicCell]:
    for entry in LANGUAGES:
        cell = cells.get(entry.code)
        if cell is not None and cell.url:
            yield _readable(entry, cell, origins[entry.code], since.get(entry.code))
        elif entry.code in reasons:
            yield PublicCell(entry, Availability.NOT_REQUIRED, reasons[entry.code])
        elif cell is not None:
            day = _("expected on %(day)s") % {"day": date_format(cell.expected_on)} if cell.expected_on else ""
            yield PublicCell(entry, Availability.AWAITED, day)
        else:
            yield PublicCell(entry, Availability.NOT_AVAILABLE)


def _readable(entry: Language, cell: VersionCell, origin: str, since: date | None) -> PublicCell:
    """What can be read: a translation made here is outdated where its text lacks something, an edition never is."""
    if cell.original:
        return PublicCell(entry, Availability.ORIGINAL, url=cell.url)
    if origin != LanguageVersion.Origin.TRANSLATED:
        return PublicCell(entry, Availability.OWN_EDITION, url=cell.url)
    if since is not None and cell.has_edition:
        note = _("since %(day)s") % {"day": date_format(since)}
        return PublicCell(entry, Availability.OUTDATED, note, cell.url)
    return PublicCell(entry, Availability.TRANSLATION, url=cell.url)


@dataclass(frozen=True)
class ProcessOption:
    """A process that the list of sessions may be narrowed to."""

    code: str
    name: PublicName
    is_chosen: bool


def sessions_with_documents(viewer: Viewer, process: str = "") -> QuerySet[Session]:
    """The sessions of which the viewer may know a document, the latest first; of the process with the code, if any."""
    documents = OfficialDocument.objects.visible_to(viewer).filter(session=OuterRef("pk"))
    found = Session.objects.for_lists().filter(Exists(documents)).order_by("-starts_on", "-pk")
    return found.filter(working_group__process__code=process) if process else found


def process_options(viewer: Viewer, request: HttpRequest, code: str, chosen: str) -> list[ProcessOption]:
    """The processes of these sessions by their names in the reader's language. Two queries."""
    held = sessions_with_documents(viewer).order_by().values("working_group__process")
    processes = list(Process.objects.filter(pk__in=held))
    names = public_names(processes, code, request, with_addresses=False)
    options = [ProcessOption(process.code, names[process.uid], process.code == chosen) for process in processes]
    return sorted(options, key=lambda option: option.name.text.casefold())


def public_sessions(
    sessions: Iterable[Session], viewer: Viewer, request: HttpRequest, code: str
) -> list[PublicSession]:
    """The sessions with their numbers. Four queries, whatever their number."""
    listed = list(sessions)
    pks = [session.pk for session in listed]
    visible = OfficialDocument.objects.visible_to(viewer).filter(session__in=pks).order_by()
    totals = dict(visible.values("session").annotate(n=Count("pk")).values_list("session", "n"))
    versions = LanguageVersion.objects.visible_to(viewer).filter(document__session__in=pks).order_by()
    counted = versions.values("document__session", "language").annotate(n=Count("pk"))
    there = {(pk, code): n for pk, code, n in counted.values_list("document__session", "language", "n")}
    spared = _spared(visible, viewer)
    return [
        PublicSession(
            line,
            [
                LanguageCount(
                    entry,
                    there.get((line.session.pk, entry.code), 0),
                    totals.get(line.session.pk, 0) - spared.get((line.session.pk, entry.code), 0),
                )
                for entry in LANGUAGES
            ],
        )
        for line in session_lines(listed, code, request)
    ]


def _spared(documents: QuerySet[OfficialDocument], viewer: Viewer) -> dict[tuple[int, str], int]:
    """By session and language how many of the documents are not required, and not there all the same."""
    released = LanguageVersion.objects.visible_to(viewer).filter(
        document__uid=OuterRef("translation_key"), language=OuterRef("locale__language_code")
    )
    session = OfficialDocument.objects.filter(uid=OuterRef("translation_key")).values("session")[:1]
    marks = NotRequired.objects.filter(~Exists(released), translation_key__in=documents.values("uid"))
    counted = (
        marks.annotate(session=Subquery(session)).values("session", "locale__language_code").annotate(n=Count("pk"))
    )
    return {(pk, code): n for pk, code, n in counted.values_list("session", "locale__language_code", "n")}


def totals(sessions: QuerySet[Session], viewer: Viewer) -> list[LanguageCount]:
    """The numbers of all these sessions together. Three queries, whatever their number."""
    pks = sessions.order_by().values("pk")
    visible = OfficialDocument.objects.visible_to(viewer).filter(session__in=pks).order_by()
    versions = LanguageVersion.objects.visible_to(viewer).filter(document__session__in=pks).order_by()
    there = dict(versions.values("language").annotate(n=Count("pk")).values_list("language", "n"))
    spared: Counter[str] = Counter()
    for (_session, language), number in _spared(visible, viewer).items():
        spared[language] += number
    count = visible.count()
    return [LanguageCount(entry, there.get(entry.code, 0), count - spared[entry.code]) for entry in LANGUAGES]


def line_of(session: Session, language: str, request: HttpRequest) -> SessionLine:
    """The session with its public name. One query."""
    names = public_names([session, session.working_group, session.process], language, request)
    return session_line(session, names, language)


def table_of_documents(lines: Iterable[PublicLine]) -> list[list[str]]:
    """The documents as the rows of a spreadsheet."""
    rows = [[_("Symbol"), _("Title"), *(str(entry.label) for entry in LANGUAGES)]]
    for one in lines:
        states = [f"{cell.state.label} ({cell.note})" if cell.note else str(cell.state.label) for cell in one.cells]
        rows.append([one.line.document.symbol or str(one.line.document), one.line.title, *states])
    return rows


def table_of_sessions(sessions: Iterable[PublicSession]) -> list[list[Value]]:
    """The sessions as the rows of a spreadsheet: two columns a language, what there is and what is required."""
    header = [_("Session"), _("Body")]
    for entry in LANGUAGES:
        header += [str(entry.label), _("%(language)s, required") % {"language": entry.label}]
    rows: list[list[Value]] = [[*header]]
    for session in sessions:
        numbers = [number for count in session.counts for number in (count.there, count.required)]
        rows.append([session.line.name.text, session.line.body.text, *numbers])
    return rows
