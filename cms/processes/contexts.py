"""What the pages of processes and bodies show of this app's records."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from cms.core.contexts import adds_to
from cms.core.names import PublicName, public_names
from cms.core.visibility import viewer_for, visible_pages
from cms.processes.models import Membership, Office, Process, ProcessPage, WorkingGroup


@dataclass(frozen=True)
class MemberLine:
    """A party in a list of members, with its name in the reader's language."""

    membership: Membership
    name: str
    language: str
    condition: str = ""


@dataclass(frozen=True)
class OfficeLine:
    """An office with its holder: a party's name in the reader's language, a person, or both."""

    office: Office
    party: str
    party_language: str


@dataclass(frozen=True)
class BodyLine:
    """A body in a list, with its public name."""

    working_group: WorkingGroup
    name: PublicName


def member_lines(memberships: Iterable[Membership], language: str) -> dict[str, list[MemberLine]]:
    """Members by status, in English alphabetical order within each. Load ``party`` with the memberships."""
    groups: dict[str, list[MemberLine]] = defaultdict(list)
    for membership in memberships:
        name, name_language = membership.party.name_and_language(language)
        condition = membership.condition.get(language) or membership.condition.get("en", "")
        groups[membership.status].append(MemberLine(membership, name, name_language, condition))
    return dict(groups)


def office_lines(offices: Iterable[Office], language: str) -> list[OfficeLine]:
    """Offices with their holders. Load ``party`` with the offices."""
    lines = []
    for office in offices:
        party, party_language = office.party.name_and_language(language) if office.party else ("", language)
        lines.append(OfficeLine(office, party, party_language))
    return lines


@adds_to("processes.ProcessIndexPage")
def process_list(page: Any, request: HttpRequest) -> dict[str, Any]:
    """The processes that have a page in this language, with their records."""
    pages = visible_pages(ProcessPage.objects.child_of(page), viewer_for(request))
    return {"process_pages": pages.select_related("process", "locale").order_by("title")}


@adds_to("processes.ProcessPage")
def process_facts(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Bodies, members and officers of a process. Five queries."""
    language = page.locale.language_code
    process: Process = page.process
    bodies = list(
        WorkingGroup.objects.filter(Q(process=process) | Q(also_serves=process)).distinct().order_by("position", "name")
    )
    names = public_names(bodies, language, request)
    members = Membership.objects.current().filter(process=process, working_group=None).in_order()
    offices = Office.objects.current().filter(process=process).select_related("party", "working_group")
    return {
        "process": process,
        "bodies": [BodyLine(body, names[body.uid]) for body in bodies],
        "members": member_lines(members, language),
        "offices": office_lines(offices.filter(working_group=None), language),
    }


@adds_to("processes.WorkingGroupPage")
def body_facts(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Parent, subsidiary bodies, members and officers of a body. Five queries."""
    language = page.locale.language_code
    body: WorkingGroup = page.working_group
    children = list(body.children.order_by("position", "name"))
    names = public_names([body.process, body.parent, *children], language, request)
    members = Membership.objects.current().filter(working_group=body).in_order()
    offices = Office.objects.current().filter(working_group=body).select_related("party")
    return {
        "process": body.process,
        "working_group": body,
        "process_name": names[body.process.uid],
        "parent_name": names[body.parent.uid] if body.parent else None,
        "bodies": [BodyLine(child, names[child.uid]) for child in children],
        "members": member_lines(members, language),
        "offices": office_lines(offices, language),
    }
