"""Settings for one's own machine: no environment variable is needed, mail goes to the terminal."""

from cms.settings.base import *
from cms.settings.base import env
from cms.settings.environment import HTTP

DEBUG = True
SECRET_KEY = env.text("SECRET_KEY", "for development only: this key is public, so nothing real may be signed with it")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *env.hosts("ALLOWED_HOSTS", [])]
WAGTAILADMIN_BASE_URL = env.url("SITE_URL", "http://127.0.0.1:8000", schemes=HTTP)

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

env.check()

# SQLite makes its file, not the folder around it.
VAR_DIR.mkdir(parents=True, exist_ok=True)
