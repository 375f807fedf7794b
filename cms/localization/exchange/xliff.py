"""XLIFF files, of either version."""

from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from cms.localization.exchange import xliff_1, xliff_2
from cms.localization.exchange.units import Reading
from cms.localization.foreign import FileRefusedError

VERSIONS: dict[str, Any] = {xliff_1.NAMESPACE: xliff_1, xliff_2.NAMESPACE: xliff_2}


def read(root: Any) -> Reading:
    """What an XLIFF file of version 1.2 or 2 says of one page. Raises FileRefusedError."""
    version = VERSIONS.get(etree.QName(root).namespace or "")
    if version is None:
        raise FileRefusedError(_("This is an XLIFF file of another version than 1.2 and 2.0."))
    if len(root.findall("{*}file")) > 1:
        raise FileRefusedError(_("The file holds texts of several pages. Save one file for each page, or a ZIP file."))
    reading: Reading = version.read(root)
    return reading
