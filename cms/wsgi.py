"""The site for a WSGI server such as gunicorn."""

import sys

from django.core.wsgi import get_wsgi_application

from cms.settings.environment import SettingsError, choose_settings

try:
    choose_settings("cms.settings.production")
    application = get_wsgi_application()
except SettingsError as error:
    sys.exit(str(error))
