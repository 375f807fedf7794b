"""Settings for tests: fast where it changes no outcome, and writing only into a folder of their own."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from cms.settings.base import *
from cms.settings.base import env

DEBUG = False
SECRET_KEY = "for tests only"
ALLOWED_HOSTS = ["*"]
WAGTAILADMIN_BASE_URL = "http://testserver"

# One folder for each test process; tests/conftest.py removes it, and so does the end of the process. Those of processes
# that it starts lie in it, and go with it when such a process is killed.
TEST_FILES = TemporaryDirectory(prefix="plenary-test-", dir=os.environ.get("TEST_FILES"), ignore_cleanup_errors=True)
os.environ["TEST_FILES"] = TEST_FILES.name
VAR_DIR = Path(TEST_FILES.name)
MEDIA_ROOT = VAR_DIR / "media"
SEARCH_INDEX_DIR = VAR_DIR / "search"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "documents": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "documents"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["NAME"] = VAR_DIR / "plenary.sqlite3"
    # A file, so that the live server's threads have connections of their own; durable it need not be.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "tests.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LOGGING["root"]["level"] = env.choice("LOG_LEVEL", "WARNING", LOG_LEVELS)

env.check()
