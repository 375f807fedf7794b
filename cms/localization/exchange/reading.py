"""Which format a file has, told by its content, and what it says."""

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from cms.localization.exchange import po, tmx, xliff
from cms.localization.exchange.units import MOST_BYTES, Head, Reading
from cms.localization.foreign import FileRefusedError, local_name, parsed

# A byte order mark and spaces.
BEFORE_XML = b"\xef\xbb\xbf \t\r\n"


def read_file(content: bytes, wanted: Head | None = None) -> Reading:
    """What a file of translations says. Raises FileRefusedError for anything else.

    ``wanted`` is the page that a memory of another program is looked through for.
    """
    if len(content) > MOST_BYTES:
        raise FileRefusedError(_("The file is larger than %(most)s.") % {"most": filesizeformat(MOST_BYTES)})
    if not content.strip(b"\x00 \t\r\n"):
        raise FileRefusedError(_("The file is empty."))
    if po.looks_like(content) and not content.lstrip(BEFORE_XML).startswith(b"<"):
        return po.read(content)
    root = parsed(content)
    name = local_name(root)
    if name == "tmx":
        return tmx.read(root, wanted)
    if name != "xliff":
        raise FileRefusedError(_("This is no XLIFF, PO or TMX file: it begins with <%(name)s>.") % {"name": name[:40]})
    return xliff.read(root)
