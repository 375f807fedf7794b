"""Who translates into a language, who revises it, who coordinates the translation of a process.

The roles are groups: ``Translators: French`` and ``Revisers: French`` for each language, ``Coordinators: untoc`` for
each process (docs/roles.md). Administrators coordinate everything, and alone what belongs to no process.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, F, OuterRef, QuerySet
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from cms.core.languages import LANGUAGES
from cms.processes.models import Process, ProcessRole
from cms.users.roles import ADMINISTRATORS, revisers_name, translators_name

_TRANSLATES = {translators_name(entry.code): entry.code for entry in LANGUAGES}
_REVISES = {revisers_name(entry.code): entry.code for entry in LANGUAGES}


@dataclass(frozen=True)
class Roles:
    """What a user's groups mean for translation: codes of languages, keys of processes."""

    translates: frozenset[str] = frozenset()
    revises: frozenset[str] = frozenset()
    coordinates: frozenset[int] = frozenset()
    coordinates_all: bool = False


def roles_of(user: Any) -> Roles:
    """The user's roles. One query, kept on the user, who lives as long as the request."""
    if not user.is_active or user.is_anonymous:
        return Roles()
    roles: Roles | None = getattr(user, "_plenary_translation_roles", None)
    if roles is None:
        groups = list(user.groups.values_list("name", "process_role__role", "process_role__process"))
        names = {name for name, _role, _process in groups}
        roles = Roles(
            translates=frozenset(code for name, code in _TRANSLATES.items() if name in names),
            revises=frozenset(code for name, code in _REVISES.items() if name in names),
            coordinates=frozenset(process for _name, role, process in groups if role == ProcessRole.Role.COORDINATOR),
            coordinates_all=user.is_superuser or ADMINISTRATORS in names,
        )
        user._plenary_translation_roles = roles
    return roles


def translators_of(locale: Locale) -> QuerySet[Any]:
    """The users who translate into the language, by name."""
    return _members(translators_name(locale.language_code))


def revisers_of(locale: Locale) -> QuerySet[Any]:
    """The users who revise translations into the language, by name."""
    return _members(revisers_name(locale.language_code))


def people_by_language(group_name: Callable[[str], str]) -> dict[str, list[Any]]:
    """The active members of the group of every language by its code: ``translators_name`` or ``revisers_name``.

    One query for all languages.
    """
    codes = {group_name(entry.code): entry.code for entry in LANGUAGES}
    found: dict[str, list[Any]] = {code: [] for code in codes.values()}
    members = get_user_model()._default_manager.filter(is_active=True, groups__name__in=codes)
    for user in _by_name(members).annotate(group_name=F("groups__name")):
        found[codes[user.group_name]].append(user)
    return found


def _members(group: str) -> QuerySet[Any]:
    return _by_name(get_user_model()._default_manager.filter(is_active=True, groups__name=group))


def _by_name(users: QuerySet[Any]) -> QuerySet[Any]:
    return users.order_by("last_name", "first_name", "username")


def coordinates(user: Any, process: int | None) -> bool:
    """Whether the user coordinates the process with this key; None, for what is of no process, is administrators'."""
    roles = roles_of(user)
    return roles.coordinates_all or process in roles.coordinates


def coordinates_any(user: Any) -> bool:
    """Whether the user coordinates a process at all."""
    roles = roles_of(user)
    return roles.coordinates_all or bool(roles.coordinates)


def processes_coordinated(user: Any) -> QuerySet[Process]:
    """The processes that the user coordinates: all of them for administrators."""
    roles = roles_of(user)
    return Process.objects.all() if roles.coordinates_all else Process.objects.filter(pk__in=roles.coordinates)


def pages_to_revise(user: Any) -> QuerySet[Page]:
    """The pages that are being translated into a language that the user revises."""
    languages = roles_of(user).revises
    if not languages:
        return Page.objects.none()
    translation = Translation.objects.filter(
        source__object_id=OuterRef("translation_key"), target_locale=OuterRef("locale"), enabled=True
    )
    return Page.objects.filter(Exists(translation), locale__language_code__in=languages, alias_of=None)
