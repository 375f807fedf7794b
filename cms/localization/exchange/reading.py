"""Which format a file has, told by its content, and what it says."""

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from cms.localization.exchange import xliff
from cms.localization.exchange.units import MOST_BYTES, Reading
from cms.localization.foreign import FileRefusedError


def read_file(content: bytes) -> Reading:
    """What a file of translations says. Raises FileRefusedError for anything else."""
    if len(content) > MOST_BYTES:
        raise FileRefusedError(_("The file is larger than %(most)s.") % {"most": filesizeformat(MOST_BYTES)})
    if not content.strip(b"\x00 \t\r\n"):
        raise FileRefusedError(_("The file is empty."))
    return xliff.read(content)
