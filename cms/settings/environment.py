"""Reads settings from environment variables, typed, and says in one line all that is missing or malformed.

Knows nothing of Django, so that the entry points can tell a wrong environment from a wrong program.
"""

import os
import re
from collections.abc import Collection, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off"})
POSTGRESQL = frozenset({"postgres", "postgresql"})
HTTP = ("http", "https")
# As browsers send it in the Host header, so without a port and in ASCII; a dot in front means all hosts below.
HOST = re.compile(r"\*|\.?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]")
# What Elasticsearch takes as the beginning of an index's name.
INDEX_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
HIGHEST_PORT = 65535


class SettingsError(Exception):
    """The environment is not one that the site can start in; the text is one line naming every problem."""


def choose_settings(default: str) -> None:
    """Name the module of settings in DJANGO_SETTINGS_MODULE, `default` unless the environment names one.

    Raises SettingsError when it names none that is there.
    """
    name = os.environ.get("DJANGO_SETTINGS_MODULE") or default
    try:
        found = find_spec(name)
    except (ImportError, ValueError):
        found = None
    # A package is no module of settings: `cms.settings` alone would start a site without any.
    if found is None or found.submodule_search_locations is not None:
        message = (
            "Plenary cannot start: DJANGO_SETTINGS_MODULE must be cms.settings.development or "
            f"cms.settings.production, not {name!r}. See docs/operations.md."
        )
        raise SettingsError(message)
    os.environ["DJANGO_SETTINGS_MODULE"] = name


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

    def port(self, name: str, default: int) -> int:
        """The variable as the number of a port."""
        value = self.integer(name, default, minimum=1)
        if value > HIGHEST_PORT:
            self._problems.append(f"{name} must be a port, at most {HIGHEST_PORT}, not {value}")
            return default
        return value

    def words(self, name: str, default: Collection[str] | None = None) -> list[str]:
        """The variable as a list, separated by commas. Required when there is no default."""
        value = self.text(name, None if default is None else "")
        return [word.strip() for word in value.split(",") if word.strip()] or list(default or ())

    def hosts(self, name: str, default: Collection[str]) -> list[str]:
        """The variable as a list of host names, separated by commas."""
        hosts = self.words(name, [])
        self._refuse(name, "host names such as www.example.org", [host for host in hosts if not HOST.fullmatch(host)])
        return hosts or list(default)

    def origins(self, name: str) -> list[str]:
        """The variable as a list of origins, `https://host`, separated by commas; none by default."""
        origins = self.words(name, [])
        schemes = tuple(f"{scheme}://" for scheme in HTTP)
        wrong = [
            origin
            for origin in origins
            if not origin.startswith(schemes) or _address(origin) is None or origin.count("/") > len("//")
        ]
        self._refuse(name, "origins such as https://www.example.org", wrong)
        return origins

    def index_name(self, name: str, default: str) -> str:
        """The variable as the beginning of the names of search indexes."""
        value = self.text(name, default)
        if not INDEX_NAME.fullmatch(value):
            self._problems.append(f"{name} must consist of small Latin letters, figures, - and _, not {value!r}")
        return value

    def folder(self, name: str, default: Path) -> Path:
        """The variable as the full path of a folder that is there and can be written to, or can be made."""
        path = Path(self.text(name, str(default))).absolute()
        # Not Path.exists, which raises where a folder above cannot be entered.
        nearest = next(folder for folder in (path, *path.parents) if os.path.exists(folder))  # noqa: PTH110
        if not nearest.is_dir():
            self._problems.append(f"{name} must be a folder, and {nearest} is none")
        elif not os.access(nearest, os.W_OK | os.X_OK):
            self._problems.append(f"{name} must be a folder that can be written to, and {nearest} cannot")
        return path

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
        address = _address(value)
        if address is None or address.scheme not in schemes or (host_required and not address.hostname):
            self._problems.append(f"{name} must be an address such as {min(schemes, key=len)}://host/...")
            return None
        return address

    def _refuse(self, name: str, wanted: str, wrong: Collection[str]) -> None:
        """Note as one problem the words of a list that are not what is wanted."""
        if wrong:
            self._problems.append(f"{name} must be {wanted}, not {', '.join(map(repr, wrong))}")


def _address(value: str) -> SplitResult | None:
    """The parts of an address, or None when it is none: with a space in it, or a port that there is not."""
    try:
        address = urlsplit(value)
        port = address.port
    except ValueError:
        return None
    return None if port == 0 or any(character.isspace() for character in value) else address
