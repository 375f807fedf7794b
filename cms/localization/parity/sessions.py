"""The parity matrix by sessions: how many documents of each are there in which language."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from cms.core.languages import LANGUAGES, Language
from cms.core.spreadsheets import Value
from cms.localization.parity.surveying import DOCUMENTS, Choice, Row, states_by
from cms.localization.states import READY, State
from cms.meetings.models import Session

NO_SESSION = "none"  # as addresses say it


@dataclass(frozen=True)
class Tally:
    """The documents of one session in one language: how many are ready of those that are required, and each state."""

    language: Language
    ready: int
    required: int
    states: Sequence[tuple[State, int]]
    query: str

    @property
    def is_complete(self) -> bool:
        """Whether none is missing."""
        return self.ready == self.required

    @property
    def text(self) -> str:
        """As in "42 of 57"."""
        return _("%(done)s of %(total)s") % {"done": self.ready, "total": self.required}


@dataclass(frozen=True)
class SessionLine:
    """A session's line; ``session`` is None for the documents that belong to none."""

    session: Session | None
    documents: int
    query: str
    tallies: Sequence[Tally]

    @property
    def name(self) -> str:
        """What the line is called."""
        return str(self.session) if self.session else _("Without a session")


def session_lines(rows: Sequence[Row], choice: Choice) -> list[SessionLine]:
    """A line for each session that the documents belong to, the latest first; last those without one. One query.

    With states chosen, those sessions that have a document in one of them.
    """
    counted = dict(states_by(rows, "session"))
    sessions = Session.objects.for_lists().filter(pk__in=[pk for pk in counted if pk]).order_by("-starts_on", "-pk")
    found = [_line(session, counted[session.pk], choice) for session in sessions]
    if None in counted:
        found.append(_line(None, counted[None], choice))
    return [line for line in found if _is_chosen(line, choice.states)]


def _is_chosen(line: SessionLine, states: Collection[str]) -> bool:
    return not states or any(state in states for tally in line.tallies for state, _count in tally.states)


def _line(session: Session | None, languages: dict[str, Counter[State]], choice: Choice) -> SessionLine:
    asked = {"kind": DOCUMENTS, "session": str(session.pk) if session else NO_SESSION}
    if choice.process is not None:
        asked["process"] = str(choice.process)
    if choice.words:
        asked["q"] = choice.words
    tallies = [_tally(entry, languages[entry.code], asked) for entry in LANGUAGES]
    count = languages[LANGUAGES[0].code].total()
    return SessionLine(session, count, urlencode(asked), tallies)


def _tally(entry: Language, counted: Counter[State], asked: dict[str, str]) -> Tally:
    states = [(state, counted[state]) for state in State if counted[state]]
    lacking = [state.value for state, _count in states if state not in READY and state != State.NOT_REQUIRED]
    query = urlencode([*asked.items(), *(("state", state) for state in lacking)])
    required = counted.total() - counted[State.NOT_REQUIRED]
    return Tally(entry, sum(counted[state] for state in READY), required, states, query)


def table(found: Sequence[SessionLine]) -> list[list[Value]]:
    """The lines as the rows of a spreadsheet: one for each session and language, a column for each state."""
    header = [_("Session"), _("Language"), _("Ready"), _("Required"), *(str(state.label) for state in State)]
    rows: list[list[Value]] = [[*header]]
    for line in found:
        for tally in line.tallies:
            counts = dict(tally.states)
            numbers = [tally.ready, tally.required, *(counts.get(state, 0) for state in State)]
            rows.append([line.name, str(tally.language.label), *numbers])
    return rows
