#!/usr/bin/env python
"""Django's command line for Plenary: `python manage.py help` lists the commands."""

import sys

from cms.settings.environment import SettingsError, choose_settings


def main() -> None:
    """Run one management command, with the development settings unless told otherwise."""
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Django is not installed in this Python. Run `make setup`, then use .venv/bin/python manage.py.")
    try:
        choose_settings("cms.settings.development")
        execute_from_command_line(sys.argv)
    except SettingsError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
