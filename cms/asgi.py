"""The site for an ASGI server."""

import sys

from django.core.asgi import get_asgi_application

from cms.settings.environment import SettingsError, choose_settings

try:
    choose_settings("cms.settings.production")
    application = get_asgi_application()
except SettingsError as error:
    sys.exit(str(error))
