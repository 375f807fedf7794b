"""Users in the roles that the house gives: those of a process, those of a language, officers, readers."""

from typing import Any

from django.contrib.auth.models import Group

from cms.processes.models import Process, ProcessRole
from cms.processes.roles import ensure_groups
from cms.users.models import User
from cms.users.roles import ADMINISTRATORS, ARCHIVE_OFFICERS, READERS, revisers_name, translators_name
from tests.factories import UserFactory

Role = ProcessRole.Role


def in_role(process: Process, role: str) -> User:
    """A user in one of the groups of a process."""
    user: Any = UserFactory(groups=[ensure_groups(process)[role].group])
    return user


def editor_of(process: Process) -> User:
    return in_role(process, Role.EDITOR)


def publisher_of(process: Process) -> User:
    return in_role(process, Role.PUBLISHER)


def coordinator_of(process: Process) -> User:
    return in_role(process, Role.COORDINATOR)


def reader_of(process: Process) -> User:
    return in_role(process, Role.READER)


def in_group(name: str) -> User:
    """A user in one of the groups that the migrations make."""
    user: Any = UserFactory(groups=[Group.objects.get(name=name)])
    return user


def translator_of(language: str) -> User:
    return in_group(translators_name(language))


def reviser_of(language: str) -> User:
    return in_group(revisers_name(language))


def administrator() -> User:
    return in_group(ADMINISTRATORS)


def archive_officer() -> User:
    return in_group(ARCHIVE_OFFICERS)


def reader_of_all() -> User:
    return in_group(READERS)


def superuser() -> User:
    user: Any = UserFactory(is_superuser=True, is_staff=True)
    return user
