"""The groups of each process, and whose papers are open to whom."""

from typing import Any

from wagtail.models import Page

from cms.core.visibility import Grants, register_grants
from cms.processes.models import Process, ProcessRole
from cms.users.roles import (
    ADD_FILES,
    ADMINISTRATORS,
    ARCHIVE_OFFICERS,
    CHOOSE_FILES,
    READERS,
    grant_over_page,
    group_with,
)

Role = ProcessRole.Role

# Names of groups are stable and in English, with the process's code.
NAMES = {
    Role.EDITOR: "Editors",
    Role.PUBLISHER: "Publishers",
    Role.COORDINATOR: "Coordinators",
    Role.READER: "Readers of restricted papers",
}
PAGE_ACTIONS: dict[str, tuple[str, ...]] = {
    Role.EDITOR: ("add", "change"),
    Role.PUBLISHER: ("add", "change", "publish", "lock", "unlock"),
    # Coordinators of translation write no language; locking lets them look through the process's pages too.
    Role.COORDINATOR: ("lock", "unlock"),
}


def group_name(process: Process, role: str) -> str:
    """The name that a process's group gets, "Editors: untoc". Looking a group up goes by its ProcessRole."""
    return f"{NAMES[Role(role)]}: {process.code}"


def ensure_groups(process: Process) -> dict[str, ProcessRole]:
    """Makes the groups of a process where they are missing, and gives them by role. Readers do not enter the admin."""
    roles = {role.role: role for role in process.roles.select_related("group")}
    for name in Role.values:
        if name not in roles:
            works_here = name in PAGE_ACTIONS
            group = group_with(
                group_name(process, name),
                ["wagtailadmin.access_admin"] if works_here else [],
                (*CHOOSE_FILES, *ADD_FILES) if "change" in PAGE_ACTIONS.get(name, ()) else [],
            )
            roles[name] = ProcessRole.objects.create(process=process, group=group, role=name)
    return roles


def grant_process_page(page: Page, process: Process) -> None:
    """Gives the groups of a process that work on it their rights over one of its pages. Can be repeated."""
    roles = ensure_groups(process)
    for role, actions in PAGE_ACTIONS.items():
        grant_over_page(roles[role].group, page, actions)


@register_grants
def grants_of_roles(user: Any) -> Grants:
    """The restricted papers that a user's groups open. Two queries."""
    participants: set[int] = set()
    staff: set[int] = set()
    for process, role in ProcessRole.objects.filter(group__user=user).values_list("process_id", "role"):
        (participants if role == Role.READER else staff).add(process)
    names = set(user.groups.filter(name__in=[ADMINISTRATORS, ARCHIVE_OFFICERS, READERS]).values_list("name", flat=True))
    return Grants(
        participants=frozenset(participants),
        staff=frozenset(staff),
        participants_everywhere=READERS in names,
        staff_everywhere=bool(names & {ADMINISTRATORS, ARCHIVE_OFFICERS}),
    )
