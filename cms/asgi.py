"""The site for an ASGI server."""

import os
import sys

from django.core.asgi import get_asgi_application

from cms.settings.environment import SettingsError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

try:
    application = get_asgi_application()
except SettingsError as error:
    sys.exit(str(error))
