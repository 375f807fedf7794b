"""The chair that passes from member to member in English alphabetical order (Almaty Process, chapter 3 (ii))."""

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
    yet with an end of term to start from: the first chair is elected.
    """
    if not process.chair_rotation_years:
        return None
    last = (
        Office.objects.filter(process=process, kind=Office.Kind.CHAIR, working_group=None, party__isnull=False)
        .exclude(ends_on=None)
        .select_related("party")
        .order_by("-ends_on")
        .first()
    )
    if last is None or last.party is None or last.ends_on is None:
        return None
    starts_on = last.ends_on + timedelta(days=1)
    members = [
        membership.party
        for membership in Membership.objects.current(starts_on)
        .filter(process=process, working_group=None, status=Membership.Status.MEMBER)
        .in_order()
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
