"""What the pages of processes and bodies show of this app's records."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.contexts import adds_to
from cms.core.fields import best_text
from cms.core.names import PublicName, public_names
from cms.core.visibility import viewer_for, visible_pages
from cms.processes.countries import alphabetical_key
from cms.processes.models import Membership, Office, Process, ProcessPage, WorkingGroup
from cms.processes.rotation import next_term

PAST_CHAIRS_SHOWN = 10
GROUPS = {
    Membership.Status.MEMBER: _("Members"),
    Membership.Status.PARTICIPANT: _("Participants"),
    Membership.Status.OBSERVER: _("Observers"),
}


@dataclass(frozen=True)
class MemberLine:
    """A party in a list of members, with its name in the reader's language."""

    membership: Membership
    name: str
    language: str
    condition: str = ""
    condition_language: str = ""

    @property
    def is_provisional(self) -> bool:
        """Whether the membership still depends on something."""
        return self.membership.status == Membership.Status.PROVISIONAL


@dataclass(frozen=True)
class OfficeLine:
    """An office with its holder: a party's name in the reader's language, a person, or both."""

    office: Office
    party: str
    party_language: str


@dataclass(frozen=True)
class BodyLine:
    """A body in a list, with its public name and what established it as readers cite it (None where unsaid)."""

    working_group: WorkingGroup
    name: PublicName
    reference: PublicName | None


@dataclass(frozen=True)
class MemberGroup:
    """The parties of one status, with the provisional ones in their places among the members."""

    status: str
    label: str
    lines: list[MemberLine]

    @property
    def provisional(self) -> list[list[MemberLine]]:
        """Those whose membership still depends on something: together where condition and deadline are the same."""
        groups: dict[Any, list[MemberLine]] = defaultdict(list)
        for line in self.lines:
            if line.is_provisional:
                groups[line.condition, line.membership.deadline].append(line)
        return list(groups.values())


def member_groups(memberships: Iterable[Membership], language: str) -> list[MemberGroup]:
    """Members, participants and observers, each in the alphabetical order of the language; for Chinese, which has
    none, in that of English, in which they come. Load ``party`` with the memberships.
    """
    groups: dict[str, list[MemberLine]] = defaultdict(list)
    for membership in memberships:
        name, name_language = membership.party.name_and_language(language)
        condition, condition_language = best_text(membership.condition, language)
        line = MemberLine(membership, name, name_language, condition, condition_language)
        groups[Membership.Status.MEMBER if line.is_provisional else membership.status].append(line)
    if language != "zh-hans":
        for lines in groups.values():
            lines.sort(key=lambda line: alphabetical_key(line.name))
    return [MemberGroup(status, str(label), groups[status]) for status, label in GROUPS.items() if groups[status]]


def office_lines(offices: Iterable[Office], language: str) -> list[OfficeLine]:
    """Offices with their holders. Load ``party`` with the offices."""
    lines = []
    for office in offices:
        party, party_language = office.party.name_and_language(language) if office.party else ("", language)
        lines.append(OfficeLine(office, party, party_language))
    return lines


def reference_of(body: WorkingGroup, language: str) -> PublicName | None:
    """What established a body, as it is cited in the language or in the best other one; None where that is unsaid."""
    text, text_language = body.reference_and_language(language)
    return PublicName(text, text_language) if text else None


def next_chair(
    process: Process, offices: Iterable[Office], memberships: Iterable[Membership], language: str
) -> OfficeLine | None:
    """The coming chair of a process whose chair rotates, as the rotation proposes it; None once that term has begun."""
    proposed = next_term(process, offices, memberships)
    if proposed is None or proposed.starts_on <= timezone.localdate():
        return None
    term = Office(process=process, party=proposed.party, starts_on=proposed.starts_on, ends_on=proposed.ends_on)
    return office_lines([term], language)[0]


@adds_to("processes.ProcessIndexPage")
def process_list(page: Any, request: HttpRequest) -> dict[str, Any]:
    """The processes that have a page in this language, with their records."""
    pages = visible_pages(ProcessPage.objects.child_of(page), viewer_for(request))
    return {"process_pages": pages.select_related("process", "locale").order_by("title")}


@adds_to("processes.ProcessPage")
def process_facts(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Bodies, members and officers of a process, with its earlier chairs. Four queries."""
    language = page.locale.language_code
    today = timezone.localdate()
    process: Process = page.process
    bodies = list(
        WorkingGroup.objects.filter(Q(process=process) | Q(also_serves=process)).distinct().order_by("position", "name")
    )
    names = public_names(bodies, language, request)
    memberships = list(Membership.objects.filter(process=process, working_group=None).in_order())
    offices = list(
        Office.objects.filter(process=process, working_group=None)
        .select_related("party")
        .order_by("kind", F("ends_on").desc(nulls_first=True), "pk")
    )
    past = [office for office in offices if office.kind == Office.Kind.CHAIR and (office.ends_on or today) < today]
    return {
        "process": process,
        "bodies": [BodyLine(body, names[body.uid], reference_of(body, language)) for body in bodies],
        "members": member_groups((entry for entry in memberships if entry.holds(today)), language),
        "offices": office_lines((office for office in offices if office.holds(today)), language),
        "next_chair": next_chair(process, offices, memberships, language),
        "past_chairs": office_lines(past[:PAST_CHAIRS_SHOWN], language),
    }


@adds_to("processes.WorkingGroupPage")
def body_facts(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Parent, subsidiary bodies, members and officers of a body. Five queries."""
    language = page.locale.language_code
    body = WorkingGroup.objects.select_related("process", "parent").get(pk=page.working_group_id)
    children = list(body.children.order_by("position", "name"))
    names = public_names([body.process, body.parent, *children], language, request)
    members = Membership.objects.current().filter(working_group=body).in_order()
    offices = Office.objects.current().filter(working_group=body).select_related("party").order_by("kind", "pk")
    return {
        "process": body.process,
        "working_group": body,
        "reference": reference_of(body, language),
        "process_name": names[body.process.uid],
        "parent_name": names[body.parent.uid] if body.parent else None,
        "bodies": [BodyLine(child, names[child.uid], reference_of(child, language)) for child in children],
        "members": member_groups(members, language),
        "offices": office_lines(offices, language),
    }
