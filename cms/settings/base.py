"""Settings that every environment shares. What differs per environment stands in its own module beside this one."""

import os
from pathlib import Path
from typing import Any

from cms.settings.environment import HTTP, Environment

# Each environment's module reads more from it and calls `env.check()` at its end.
env = Environment(os.environ)

BASE_DIR = Path(__file__).resolve().parent.parent.parent
# All that the site writes on this machine: the database, media, official files and the search index.
VAR_DIR = env.folder("VAR_DIR", BASE_DIR / "var")

# Lowest floor last: an app may import only from those below it (see docs/architecture.md).
PLENARY_APPS = [
    "home",
    "cms.localization",
    "search",
    "documents",
    "cms.meetings",
    "cms.processes",
    "cms.users",
    "cms.core",
]

INSTALLED_APPS = [
    *PLENARY_APPS,
    "wagtail_localize",
    "wagtail.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.core.locale_prefix.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.core.middleware.ContentSecurityPolicyMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
ASGI_APPLICATION = "cms.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms.core.context_processors.site",
            ],
        },
    }
]

# Database: SQLite in a file unless DATABASE_URL names a PostgreSQL.

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.database("DATABASE_URL")
    or {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR_DIR / "plenary.sqlite3",
        "OPTIONS": {
            # Readers go on while one writes; a writer waits up to 20 seconds for its turn, and takes it when the
            # transaction begins, since one that has read first cannot wait and would fail at once.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
        },
    }
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"] |= {"CONN_MAX_AGE": env.integer("DATABASE_MAX_AGE", 60), "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Cache: in each process's own memory unless CACHE_URL names a Redis.

CACHE_URL = env.url("CACHE_URL", "", schemes=("redis", "rediss"))
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if CACHE_URL:
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}

# Tasks wait in the database for `manage.py db_worker`. An empty list of queues allows any queue.

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# Files. "default" holds pictures and other media, which have public addresses; "documents" holds the files of official
# documents, which have none: they leave through the gate only.

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"

STORAGE_BUCKET = env.text("STORAGE_BUCKET", "")
if STORAGE_BUCKET:
    S3 = {
        "bucket_name": STORAGE_BUCKET,
        "endpoint_url": env.url("STORAGE_ENDPOINT_URL", "", schemes=HTTP) or None,
        "region_name": env.text("STORAGE_REGION", "") or None,
        "access_key": env.text("STORAGE_ACCESS_KEY"),
        "secret_key": env.text("STORAGE_SECRET_KEY"),
        "file_overwrite": False,
    }
    DEFAULT_STORAGE = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {**S3, "location": "media", "querystring_auth": False},
    }
    DOCUMENTS_STORAGE = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {**S3, "location": "documents", "default_acl": "private"},
    }
else:
    DEFAULT_STORAGE = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    DOCUMENTS_STORAGE = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "documents"},
    }
STORAGES = {
    "default": DEFAULT_STORAGE,
    "documents": DOCUMENTS_STORAGE,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# A document of some hundred paragraphs is that many fields in the editor's form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
# An officer puts in a session's files in all languages at once (documents.models.imports.MOST_FILES).
DATA_UPLOAD_MAX_NUMBER_FILES = 500

# Forms find the templates of their widgets like everything else: in templates/ and in the apps (hence django.forms).
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Authentication

AUTH_USER_MODEL = "users.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Languages: six official languages; the codes are Django's, the addresses say /zh/ (cms.core.urls).

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("es", "Español"),
    ("ru", "Русский"),
    ("ar", "العربية"),
    ("zh-hans", "中文"),
]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
LANGUAGE_COOKIE_NAME = "plenary_language"
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = ["cms.formats"]

# Wagtail

WAGTAIL_SITE_NAME = "Plenary"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "doc", "docx", "odt", "pdf", "rtf", "txt", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAIL_ALLOW_UNICODE_SLUGS = True
# No portraits from elsewhere: that would tell a third party who works here.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = True
# A reviser approves without the right to publish, which Wagtail's own ending would ask for.
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.users.approved.publish_approved"

# Nothing goes public by itself (DESIGN decision 7).

WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True

# A translation engine, if one is named. Its key comes from the environment alone.

WAGTAILLOCALIZE_MACHINE_TRANSLATOR: dict[str, Any] | None = {
    "NONE": None,
    "LIBRETRANSLATE": {
        "CLASS": "wagtail_localize.machine_translators.libretranslate.LibreTranslator",
        "OPTIONS": {
            "LIBRETRANSLATE_URL": env.url("TRANSLATION_ENGINE_URL", "", schemes=HTTP),
            "API_KEY": env.text("TRANSLATION_ENGINE_KEY", ""),
            "TIMEOUT": 60,
        },
    },
    "DEEPL": {
        "CLASS": "wagtail_localize.machine_translators.deepl.DeepLTranslator",
        "OPTIONS": {"AUTH_KEY": env.text("TRANSLATION_ENGINE_KEY", ""), "TIMEOUT": 60},
    },
    "GOOGLE": {
        "CLASS": "wagtail_localize.machine_translators.google.GoogleCloudTranslator",
        "OPTIONS": {"PROJECT_ID": env.text("TRANSLATION_ENGINE_PROJECT", "")},
    },
}[env.choice("TRANSLATION_ENGINE", "NONE", ("NONE", "LIBRETRANSLATE", "DEEPL", "GOOGLE"))]

# Documents

IMPORT_MAX_BYTES = 20 * 1024 * 1024

# Search: the archive's engine is embedded, in a folder, and the admin's own search (pages, pictures, files) asks the
# database; both ask Elasticsearch 9 where ELASTICSEARCH_URL names one.

SEARCH_INDEX_DIR = VAR_DIR / "search"
ELASTICSEARCH_URL = env.url("ELASTICSEARCH_URL", "", schemes=HTTP)
ELASTICSEARCH_PREFIX = env.index_name("ELASTICSEARCH_PREFIX", "plenary")
WAGTAILSEARCH_BACKENDS: dict[str, dict[str, Any]] = {"default": {"BACKEND": "modelsearch.backends.database"}}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    WAGTAILSEARCH_BACKENDS["default"] = {"BACKEND": "search.sqlite_backend"}
if ELASTICSEARCH_URL:
    WAGTAILSEARCH_BACKENDS["default"] = {
        "BACKEND": "search.elasticsearch_backend",
        "URLS": [ELASTICSEARCH_URL],
        "INDEX_PREFIX": f"{ELASTICSEARCH_PREFIX}_admin_",
    }

# How many requests a minute one client may make of what is costly (cms.core.rate_limits), and how many of our own
# proxies stand in front, each of which adds to X-Forwarded-For whom it was asked by.

RATE_LIMITS = {
    "search": env.integer("SEARCH_RATE", 60, minimum=1),
    "suggestions": env.integer("SUGGESTIONS_RATE", 600, minimum=1),
    "search-table": env.integer("SEARCH_TABLE_RATE", 6, minimum=1),
}
PROXIES = 0

# What happened goes to the terminal, where a service manager or a container keeps it.

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["terminal"],
        "level": env.choice("LOG_LEVEL", "INFO", LOG_LEVELS),
    },
}
