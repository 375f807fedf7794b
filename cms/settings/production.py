"""Settings for a public site: nothing secret has a default, and everything goes over HTTPS."""

from urllib.parse import urlsplit

from cms.settings.base import *
from cms.settings.base import env
from cms.settings.environment import HTTP

DEBUG = False
# Django's own check asks for 50 characters.
SECRET_KEY = env.text("SECRET_KEY", min_length=50)
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS", [])
WAGTAILADMIN_BASE_URL = env.url("SITE_URL", schemes=HTTP)
SITE_HOST = urlsplit(WAGTAILADMIN_BASE_URL).hostname or ""
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", [SITE_HOST])
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS")

# HTTPS. A probe of the health page inside the network speaks plain HTTP.

SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = env.integer("HSTS_SECONDS", 365 * 24 * 3600)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("HSTS_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.flag("HSTS_PRELOAD", default=True)
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
X_FRAME_OPTIONS = "DENY"
# Only behind a proxy that sets this header itself: otherwise anybody could claim to have come over HTTPS.
if env.flag("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    PROXIES = env.integer("PROXIES", 1)

# Static files are served by the site itself, under names that change with their content.

MIDDLEWARE = [MIDDLEWARE[0], "whitenoise.middleware.WhiteNoiseMiddleware", *MIDDLEWARE[1:]]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}

# Mail

EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.port("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", f"plenary@{SITE_HOST}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

env.check()
