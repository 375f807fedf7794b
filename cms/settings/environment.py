"""Reads settings from environment variables, typed, and says in one line all that is missing or malformed.

Knows nothing of Django, so that the entry points can tell a wrong environment from a wrong program.
"""

from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off"})
POSTGRESQL = frozenset({"postgres", "postgresql"})


class SettingsError(Exception):
    """The environment is not one that the site can start in; the text is one line naming every problem."""


class Environment:
    """Typed access to environment variables.

    An empty variable counts as unset. A problem is noted and a stand-in returned, so that `check` can name all
    problems at once instead of one at each start.
    """

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self._problems: list[str] = []

    def check(self) -> None:
        """Raise SettingsError when anything read so far was missing or malformed."""
        if self._problems:
            message = f"Plenary cannot start: {'; '.join(self._problems)}. See docs/operations.md."
            raise SettingsError(message)

    def text(self, name: str, default: str | None = None, *, min_length: int = 0) -> str:
        """The variable as it stands. Required when there is no default."""
        value = self._variables.get(name, "").strip()
        if not value:
            if default is None:
                self._problems.append(f"{name} is not set")
            return default or ""
        if len(value) < min_length:
            self._problems.append(f"{name} must have at least {min_length} characters")
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        """The variable as a yes or no: 1/0, true/false, yes/no, on/off."""
        value = self.text(name, "").lower()
        if value and value not in TRUE | FALSE:
            self._problems.append(f"{name} must be true or false, not {value!r}")
        return value in TRUE if value in TRUE | FALSE else default

    def integer(self, name: str, default: int, *, minimum: int = 0) -> int:
        """The variable as a whole number of at least `minimum`."""
        value = self.text(name, "")
        if not value:
            return default
        if not (value.isascii() and value.isdigit()) or int(value) < minimum:
            self._problems.append(f"{name} must be a whole number of at least {minimum}, not {value!r}")
            return default
        return int(value)

    def words(self, name: str, default: Collection[str] | None = None) -> list[str]:
        """The variable as a list, separated by commas. Required when there is no default."""
        value = self.text(name, None if default is None else "")
        return [word.strip() for word in value.split(",") if word.strip()] or list(default or ())

    def choice(self, name: str, default: str, choices: Collection[str]) -> str:
        """The variable as one of several words, whatever its case."""
        value = self.text(name, default).upper()
        if value not in choices:
            self._problems.append(f"{name} must be one of {', '.join(choices)}, not {value!r}")
            return default
        return value

    def url(self, name: str, default: str | None = None, *, schemes: Collection[str]) -> str:
        """The variable as an address with a host and one of the schemes, without a slash at the end."""
        value = self.text(name, default)
        if value and self._split(name, value, schemes) is None:
            return ""
        return value.rstrip("/")

    def database(self, name: str) -> dict[str, Any] | None:
        """The variable as Django's description of a PostgreSQL database, or None when it is not set.

        A host that begins with a slash in `?host=` is the folder of a Unix socket.
        """
        value = self.text(name, "")
        # Nothing of the value is ever shown: it holds a password.
        address = self._split(name, value, POSTGRESQL, host_required=False) if value else None
        if address is None:
            return None
        options = dict(parse_qsl(address.query))
        database = unquote(address.path.removeprefix("/"))
        if not database:
            self._problems.append(f"{name} names no database")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": database,
            "USER": unquote(address.username or ""),
            "PASSWORD": unquote(address.password or ""),
            "HOST": options.pop("host", address.hostname or ""),
            "PORT": str(address.port or ""),
            "OPTIONS": options,
        }

    def _split(
        self, name: str, value: str, schemes: Collection[str], *, host_required: bool = True
    ) -> SplitResult | None:
        """The parts of an address, or None, with the problem noted, when it is not a usable one."""
        form = f"{name} must be an address such as {min(schemes, key=len)}://host/..."
        try:
            address = urlsplit(value)
            usable = address.scheme in schemes and (bool(address.hostname) or not host_required)
            usable = usable and address.port != 0
        except ValueError:
            usable = False
        if not usable:
            self._problems.append(form)
            return None
        return address
