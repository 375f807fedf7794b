"""What the machine offers to tests beyond the environment, and what it lacks."""

import os
import shutil
from pathlib import Path

from django.conf import settings

from documents.importing import libreoffice
from tests import elasticsearch

SHARED = Path(settings.BASE_DIR).parent / "shared"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def chromium_path() -> str | None:
    """The browser that CHROMIUM names, or else the first of the usual names on the path; None without any."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def missing() -> dict[str, str]:
    """The markers whose tests cannot run here, each with the reason and what to do about it."""
    reasons = {}
    if not SHARED.is_dir():
        reasons["shared"] = f"there is no folder {SHARED}"
    if chromium_path() is None:
        reasons["browser"] = "no Chromium was found; install one (Debian: apt-get install chromium) or set CHROMIUM"
    if not any(shutil.which(name) for name in libreoffice.PROGRAMS):
        reasons["libreoffice"] = (
            "LibreOffice was not found; install it (Debian: apt-get install libreoffice-writer-nogui)"
        )
    if elasticsearch_missing := elasticsearch.what_is_missing():
        reasons["elasticsearch"] = elasticsearch_missing
    return reasons
