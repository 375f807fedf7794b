"""A migrated SQLite database kept between runs: a run begins with a copy of it instead of with all the migrations.

Migrating an empty database takes over 20 seconds of processor. The copy is named by what the migrations say and by the
versions of the packages, so that a change of either makes a new one; `migrate` still runs on it, with nothing to do.
"""

import hashlib
import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

ROOT = Path(settings.BASE_DIR)


@pytest.fixture(scope="session")
def migrated_copy(pytestconfig: pytest.Config) -> Path | None:
    """Where the copy is kept, whether or not it is there yet; None where there is no cache or SQLite file."""
    cache = getattr(pytestconfig, "cache", None)  # gone with -p no:cacheprovider
    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3" or cache is None:
        return None
    digest = hashlib.sha256((ROOT / "requirements" / "dev.txt").read_bytes())
    for app in ("cms", "documents", "home", "search"):
        for path in sorted((ROOT / app).glob("**/migrations/*.py")):
            digest.update(path.read_bytes())
    return cache.mkdir("migrated") / f"{digest.hexdigest()[:16]}.sqlite3"


@pytest.fixture(scope="session")
def django_db_keepdb(
    django_db_keepdb: bool,
    django_db_modify_db_settings: None,
    migrated_copy: Path | None,
) -> bool:
    """Begin with the copy where there is one: pytest-django then takes the database as it finds it."""
    if migrated_copy is None or not migrated_copy.exists():
        return django_db_keepdb
    shutil.copyfile(migrated_copy, settings.DATABASES["default"]["TEST"]["NAME"])
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker, migrated_copy: Path | None) -> None:
    """Keep a copy of a database that has just been migrated; other databases' copies are out of date and go."""
    if migrated_copy is not None and not migrated_copy.exists():
        new = migrated_copy.with_suffix(f".{os.getpid()}")
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(new)])
        for old in migrated_copy.parent.glob("*.sqlite3"):
            old.unlink(missing_ok=True)
        new.replace(migrated_copy)
