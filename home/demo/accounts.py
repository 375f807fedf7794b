"""The accounts of the demonstration. They share one password, which is public: nothing real may stand behind it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from cms.core import languages
from cms.processes.models import ProcessRole
from cms.users.models import User
from cms.users.roles import ADMINISTRATORS, ARCHIVE_OFFICERS, revisers_name, translators_name

PASSWORD = "demonstration-only"  # noqa: S105 - public by intention; the command refuses sites that are not for development
PROCESS = "untoc"


@dataclass(frozen=True)
class Account:
    """An account: its name, what it may do in plain words, how its groups are found, the languages it works in."""

    username: str
    can: str
    groups: Callable[[], Iterable[Group]]
    languages: tuple[str, ...] = ("en",)
    superuser: bool = False


def _named(name: str) -> Callable[[], Iterable[Group]]:
    return lambda: Group.objects.filter(name=name)


def _of_process(role: str) -> Callable[[], Iterable[Group]]:
    return lambda: Group.objects.filter(process_role__process__code=PROCESS, process_role__role=role)


def accounts() -> list[Account]:
    """All accounts, in the order in which they are printed."""
    return [
        Account("admin", "everything", _named(ADMINISTRATORS), superuser=True),
        Account("editor", f"edits {PROCESS}: pages, meetings, documents", _of_process(ProcessRole.Role.EDITOR)),
        Account("publisher", f"approves and publishes for {PROCESS}", _of_process(ProcessRole.Role.PUBLISHER)),
        Account("coordinator", f"coordinates the translation of {PROCESS}", _of_process(ProcessRole.Role.COORDINATOR)),
        *(
            Account(
                f"translator-{languages.short_code(code)}",
                f"translates into {languages.language(code).name}",
                _named(translators_name(code)),
                languages=(code,),
            )
            for code, _name in settings.LANGUAGES
        ),
        *(
            Account(
                f"reviser-{languages.short_code(code)}",
                f"revises translations into {languages.language(code).name}",
                _named(revisers_name(code)),
                languages=(code,),
            )
            for code, _name in settings.LANGUAGES
        ),
        Account("officer", "keeps the archive: all documents of all processes", _named(ARCHIVE_OFFICERS)),
        Account("reader", f"reads the restricted papers of {PROCESS}", _of_process(ProcessRole.Role.READER)),
    ]


def load_accounts() -> int:
    """Makes the accounts that are missing, and gives how many; those that are there keep password and groups."""
    known = set(User.objects.values_list("username", flat=True))
    password = make_password(PASSWORD)
    missing = [account for account in accounts() if account.username not in known]
    for account in missing:
        user = User.objects.create(
            username=account.username,
            email=f"{account.username}@example.org",
            password=password,
            is_superuser=account.superuser,
            is_staff=account.superuser,
            working_languages=list(account.languages),
        )
        user.groups.set(account.groups())
    return len(missing)


def officer() -> User | None:
    """The account that keeps the archive; None where it was taken away."""
    return User.objects.filter(username="officer").first()


def account_lines() -> list[str]:
    """The accounts that are on this site, as lines to print; a line for each, and the password they share."""
    there = set(User.objects.values_list("username", flat=True))
    listed = [account for account in accounts() if account.username in there]
    if not listed:
        return ["There are no accounts of the demonstration on this site."]
    width = max(len(account.username) for account in listed)
    lines = [f"  {account.username:<{width}}  {account.can}" for account in listed]
    return [f"Accounts of the demonstration, all with the password {PASSWORD}", *lines]
