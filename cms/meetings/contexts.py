"""What pages show of sessions and agendas."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cms.core.contexts import adds_to
from cms.core.names import PublicName, public_names
from cms.core.rich_text import expand_together
from cms.meetings.models import AgendaItem, AgendaTitle, Session
from cms.meetings.models.sessions import SessionQuerySet

# Of one body or process on its page: the coming ones, and as many past ones as this leaves room for.
SESSIONS_SHOWN = 40


@dataclass(frozen=True)
class SessionLine:
    """A session in a list: its name, its body's name, its city in the reader's language.

    ``process`` is there in lists that hold sessions of several processes.
    """

    session: Session
    name: PublicName
    body: PublicName
    city: str
    country: str
    process: PublicName | None = None


@dataclass
class AgendaLine:
    """An agenda item with its title in the best language and the items under it.

    ``documents`` is filled from what the floor above says of them (:func:`file_documents`).
    """

    item: AgendaItem
    title: str
    language: str
    annotation: str = ""
    documents: list[Any] = field(default_factory=list)
    children: list["AgendaLine"] = field(default_factory=list)

    @property
    def label(self) -> str:
        """Its number as it stands in the agenda, under its parent's: "11." for item 11, "(i)" for 11 (f) (i)."""
        last = self.item.number.split()[-1]
        return last if last.startswith("(") else f"{last}."

    @property
    def anchor(self) -> str:
        """Its name in addresses: item-11-f-i."""
        return self.item.anchor


@dataclass
class TransmittedReport:
    """A session of another body that reports to this one: held or planned, with its report where a symbol is known.

    ``reports`` is filled from what the floor above says of them.
    """

    line: SessionLine
    reports: list[Any] = field(default_factory=list)


def session_lines(sessions: Iterable[Session], language: str, request: HttpRequest) -> list[SessionLine]:
    """Lines of sessions (``for_lists``) of any process, with all names in one query."""
    sessions = list(sessions)
    bodies = [session.working_group for session in sessions]
    names = public_names([*sessions, *bodies, *(body.process for body in bodies)], language, request)
    return [session_line(session, names, language) for session in sessions]


def session_line(session: Session, names: dict[Any, PublicName], language: str) -> SessionLine:
    """The line of one session; ``names`` holds the session's and its body's, and the process's where it is to show."""
    return SessionLine(
        session=session,
        name=session_name(session, names, language),
        body=names[session.working_group.uid],
        city=session.venue.name(language) if session.venue else "",
        country=session.venue.country_name(language) if session.venue else "",
        process=names.get(session.process.uid),
    )


def session_name(session: Session, names: dict[Any, PublicName], language: str) -> PublicName:
    """The public name of a session; one without a page is called by its number, in the reader's language."""
    if names[session.uid].url is not None:
        return names[session.uid]
    return PublicName(_("Session {number}").format(number=session.number) if session.number else session.code, language)


@adds_to("processes.ProcessPage")
def sessions_of_process(page: Any, request: HttpRequest) -> dict[str, Any]:
    """The sessions of a process's bodies, coming and past."""
    return _sessions(Session.objects.filter(working_group__process=page.process), page, request)


@adds_to("processes.WorkingGroupPage")
def sessions_of_body(page: Any, request: HttpRequest) -> dict[str, Any]:
    """The sessions of a body, coming and past."""
    return _sessions(Session.objects.filter(working_group=page.working_group), page, request)


def _sessions(sessions: SessionQuerySet, page: Any, request: HttpRequest) -> dict[str, Any]:
    """Coming sessions, soonest first, and past ones, newest first, in two queries."""
    shown = list(sessions.coming_and_past().for_lists()[:SESSIONS_SHOWN])
    coming = [session for session in shown if session.is_coming]
    lines = session_lines([*reversed(coming), *shown[len(coming) :]], page.locale.language_code, request)
    return {"coming_sessions": lines[: len(coming)], "past_sessions": lines[len(coming) :]}


@adds_to("meetings.SessionPage")
def session_facts(page: Any, request: HttpRequest) -> dict[str, Any]:
    """The session with its names, its agenda and the sessions that report to it, its texts with their links resolved.

    Six queries, and two where texts link to pages.
    """
    language = page.locale.language_code
    session = Session.objects.for_lists().select_related("transmitted_to__working_group").get(pk=page.session_id)
    sending = list(
        Session.objects.filter(transmitted_to=session).for_lists().order_by("working_group__position", "starts_on")
    )
    bodies = [session.working_group, *(entry.working_group for entry in sending)]
    names = public_names([session, session.process, session.transmitted_to, *bodies, *sending], language, request)
    agenda = agenda_lines(page, session, language)
    annotated = [line for line in agenda if line.annotation]
    introduction, practical_information, *annotations = expand_together(
        [page.introduction, page.practical_information, *(line.annotation for line in annotated)]
    )
    for line, annotation in zip(annotated, annotations, strict=True):
        line.annotation = annotation
    return {
        "introduction": introduction,
        "practical_information": practical_information,
        "session": session,
        "line": session_line(session, names, language),
        "process_name": names[session.process.uid],
        "transmitted_to": names[session.transmitted_to.uid] if session.transmitted_to else None,
        "transmitted": [TransmittedReport(session_line(entry, names, language)) for entry in sending],
        "agenda": nested(agenda),
    }


def agenda_lines(page: Any, session: Session, language: str) -> list[AgendaLine]:
    """The agenda in order, with the page's own titles, else those of the session's other pages. Three queries."""
    own = {title.item_id: title for title in page.agenda_titles.all()}
    others: dict[int, AgendaTitle] = {}
    items = list(AgendaItem.objects.filter(session=session).in_order())
    if any(item.pk not in own for item in items):
        elsewhere = AgendaTitle.objects.filter(item__session=session, page__live=True).select_related("locale")
        for title in elsewhere.order_by("locale_id"):
            if title.item_id not in others or title.locale.language_code == "en":
                others[title.item_id] = title
    lines = []
    for item in items:
        if item.pk in own:
            lines.append(AgendaLine(item, own[item.pk].title, language, own[item.pk].annotation))
        elif item.pk in others:
            lines.append(AgendaLine(item, others[item.pk].title, others[item.pk].locale.language_code))
        else:
            lines.append(AgendaLine(item, "", language))
    return lines


def nested(lines: Iterable[AgendaLine]) -> list[AgendaLine]:
    """The lines of the top, with those under each as its ``children``; one whose parent is not there stands on top."""
    by_item = {line.item.pk: line for line in lines}
    top: list[AgendaLine] = []
    for line in by_item.values():
        parent = by_item.get(line.item.parent_id) if line.item.parent_id else None
        (parent.children if parent else top).append(line)
    return top


def file_documents(context: Mapping[str, Any]) -> None:
    """Gives the items of a session's agenda their documents, and the sessions that report to it their reports.

    The floor above, which knows documents, sorts them by primary key: of the item, of the session.
    """
    for entry in context["transmitted"]:
        entry.reports = context.get("reports_by_session", {}).get(entry.line.session.pk, [])
    _file_under_items(context["agenda"], context.get("documents_by_item", {}))


def _file_under_items(agenda: Iterable[AgendaLine], documents: Mapping[int, list[Any]]) -> None:
    for line in agenda:
        line.documents = documents.get(line.item.pk, [])
        _file_under_items(line.children, documents)
