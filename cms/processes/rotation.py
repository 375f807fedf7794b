"""The chair that passes from member to member in English alphabetical order (Almaty Process, chapter 3 (ii))."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from cms.processes.models.offices import Office
from cms.processes.models.parties import Membership, Party
from cms.processes.models.processes import Process


@dataclass(frozen=True)
class ProposedTerm:
    """Who would chair next, from and to which day (both included)."""

    party: Party
    starts_on: date
    ends_on: date


def propose_next_chair(process: Process) -> ProposedTerm | None:
    """The next term of a rotating chair: the member after the last one in English order, wrapping at the end.

    Provisional members and observers do not chair. None where the process has no rotation, no member, or no chair
    yet with an end of term to start from: the first chair is elected. Two queries.
    """
    if not process.chair_rotation_years:
        return None
    chairs = Office.objects.filter(process=process, working_group=None).select_related("party")
    memberships = Membership.objects.filter(process=process, working_group=None).in_order()
    return next_term(process, chairs, memberships)


def next_term(process: Process, offices: Iterable[Office], memberships: Iterable[Membership]) -> ProposedTerm | None:
    """The same from what is at hand: the offices of the process and its memberships in order, each with its party."""
    ended = [office for office in offices if office.kind == Office.Kind.CHAIR and office.party and office.ends_on]
    last = max(ended, key=lambda office: (office.ends_on or date.min, office.pk), default=None)
    if not process.chair_rotation_years or last is None or last.party is None or last.ends_on is None:
        return None
    starts_on = last.ends_on + timedelta(days=1)
    members = [
        membership.party
        for membership in memberships
        if membership.status == Membership.Status.MEMBER and membership.holds(starts_on)
    ]
    if not members:
        return None
    following = next((party for party in members if party.sort_name > last.party.sort_name), members[0])
    return ProposedTerm(following, starts_on, _years_later(starts_on, process.chair_rotation_years) - timedelta(days=1))


def _years_later(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes 1 March where the year has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
