"""Files from elsewhere: XML that is read without anything reaching beyond it, names of files, what a refusal says."""

import re
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LONGEST_NAME = 255
# What XML 1.0 cannot hold.
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class FileRefusedError(Exception):
    """A file that cannot be used at all; the message is one sentence for the person who chose it."""


def shown_name(name: str) -> str:
    """A file's name as it is kept and shown: one line, without what directs the layout, of a bearable length."""
    plain = "".join(character for character in name if character.isprintable()).strip()
    return plain[-LONGEST_NAME:] or "?"


def parsed(content: bytes) -> Any:
    """The file's root element; nothing outside the file is read, and no entity expanded. Raises FileRefusedError.

    libxml2 refuses more than 256 levels, so that whoever walks the tree may do it by recursion.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_pis=True,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise FileRefusedError(_("The file is no XML that can be read (line %(line)s).") % {"line": line}) from error
    # Files of older standards name their document type, which is not looked at. One with definitions is refused.
    subset = root.getroottree().docinfo.internalDTD
    if subset is not None and (any(subset.iterentities()) or any(subset.iterelements())):
        raise FileRefusedError(_("The file defines entities or elements of its own. Such files are not read."))
    return root


def local_name(element: Any) -> str:
    """The element's name without its namespace; empty for what is no element."""
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""
