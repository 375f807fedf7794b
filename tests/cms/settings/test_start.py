"""Starting the site in each environment, as a person who deploys it sees it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

PRODUCTION = {
    "SECRET_KEY": "a key of more than fifty characters, made for this test: 0123456789",
    "SITE_URL": "https://plenary.example.org",
}


def run(*command: str, module: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the checkout with nothing in the environment but what is given."""
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": f"cms.settings.{module}", **variables}
    return subprocess.run(
        [sys.executable, *command], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("entry", [["manage.py", "check"], ["-c", "import cms.wsgi"], ["-c", "import cms.asgi"]])
def test_production_without_its_variables_says_so_in_one_line(entry: list[str]) -> None:
    result = run(*entry, module="production")
    assert result.returncode == 1
    assert result.stdout == ""
    assert (
        result.stderr == "Plenary cannot start: SECRET_KEY is not set; SITE_URL is not set. See docs/operations.md.\n"
    )


@pytest.mark.parametrize("module", ["cms.settings.staging", "cms.settings", "nothing.at.all", "."])
@pytest.mark.parametrize("entry", [["manage.py", "check"], ["-c", "import cms.wsgi"]])
def test_a_module_of_settings_that_is_not_there_is_named(entry: list[str], module: str) -> None:
    result = run(*entry, module="production", DJANGO_SETTINGS_MODULE=module)
    assert result.returncode == 1
    assert result.stderr == (
        "Plenary cannot start: DJANGO_SETTINGS_MODULE must be cms.settings.development or cms.settings.production, "
        f"not {module!r}. See docs/operations.md.\n"
    )


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "var"
    file.write_text("")
    result = run("manage.py", "check", module="development", VAR_DIR=str(file))
    assert result.returncode == 1
    assert (
        result.stderr
        == f"Plenary cannot start: VAR_DIR must be a folder, and {file} is none. See docs/operations.md.\n"
    )


def test_production_is_clean_under_djangos_deployment_check() -> None:
    result = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", module="production", **PRODUCTION)
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


def test_production_is_closed_by_default() -> None:
    names = "DEBUG", "ALLOWED_HOSTS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"
    code = f"from django.conf import settings; print([getattr(settings, name) for name in {names}])"
    result = run("-c", code, module="production", **PRODUCTION)
    assert result.stdout.strip() == "[False, ['plenary.example.org'], True, True, True]", result.stderr


def test_a_bucket_without_keys_is_refused() -> None:
    result = run("manage.py", "check", module="production", **PRODUCTION, STORAGE_BUCKET="plenary")
    assert result.stderr.startswith(
        "Plenary cannot start: STORAGE_ACCESS_KEY is not set; STORAGE_SECRET_KEY is not set."
    )


def test_services_are_chosen_by_their_addresses() -> None:
    code = (
        "from django.conf import settings as s; print(s.DATABASES['default']['ENGINE'], s.CACHES['default']['BACKEND'],"
        " s.WAGTAILSEARCH_BACKENDS['default']['BACKEND'], s.STORAGES['documents']['BACKEND'])"
    )
    services = {
        "DATABASE_URL": "postgresql://plenary@db/plenary",
        "CACHE_URL": "redis://cache:6379/0",
        "ELASTICSEARCH_URL": "http://search:9200",
        "STORAGE_BUCKET": "plenary",
        "STORAGE_ACCESS_KEY": "key",
        "STORAGE_SECRET_KEY": "secret",
    }
    assert run("-c", code, module="production", **PRODUCTION, **services).stdout.split() == [
        "django.db.backends.postgresql",
        "django.core.cache.backends.redis.RedisCache",
        "search.elasticsearch_backend",
        "storages.backends.s3.S3Storage",
    ]
    assert run("-c", code, module="production", **PRODUCTION).stdout.split() == [
        "django.db.backends.sqlite3",
        "django.core.cache.backends.locmem.LocMemCache",
        "search.sqlite_backend",
        "django.core.files.storage.FileSystemStorage",
    ]


@pytest.mark.django_db
def test_sqlite_is_set_to_many_readers_and_one_patient_writer(tmp_path: Path) -> None:
    code = (
        "import django; django.setup(); from django.db import connection, transaction\n"
        "read = lambda name: connection.cursor().execute(f'PRAGMA {name}').fetchone()[0]\n"
        "print(*[read(name) for name in ('journal_mode', 'synchronous', 'busy_timeout', 'foreign_keys')])"
    )
    result = run("-c", code, module="development", VAR_DIR=str(tmp_path))
    assert result.stdout.split() == ["wal", "1", "20000", "1"], result.stderr


def test_every_variable_is_documented_and_handed_on_by_compose() -> None:
    root = Path(settings.BASE_DIR)
    source = "".join(path.read_text() for path in (root / "cms" / "settings").glob("*.py"))
    names = set(re.findall(r"\benv\.\w+\(\s*\"([A-Z_]+)\"", source))
    assert {"SECRET_KEY", "VAR_DIR", "LOG_LEVEL"} <= names
    manual = (root / "docs" / "operations.md").read_text()
    assert {name for name in names if f"`{name}`" not in manual} == set()
    compose = (root / "compose.yaml").read_text()
    # The image says where its volume is.
    assert {name for name in names if f"    {name}: " not in compose} == {"VAR_DIR"}
