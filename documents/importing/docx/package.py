"""Opening a DOCX package safely: bounded parts, no document type declarations, no macros, nothing from outside."""

import io
import posixpath
import zipfile
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from documents.importing.refusal import Refused

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

# Limits far beyond honest documents: the largest of those measured has 0.4 MB of text part, 56 parts, 6 MB in all.
MAX_PARTS = 2_000
MAX_PART = 60 * 1024 * 1024  # bytes, unpacked
MAX_TOTAL = 400 * 1024 * 1024  # bytes, unpacked, pictures included

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# Strict OOXML says the same under other names.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
)
_DAMAGED = "The Word file is damaged; open it in Word, save it again and send that copy."


class Package:
    """The parts of a DOCX file's bytes. Raises Refused for a package that is damaged, too large or holds macros."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise Refused(_DAMAGED) from error
        infos = self._zip.infolist()
        if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_TOTAL:
            raise Refused("The Word file unpacks to more than can be read.")
        if any(info.flag_bits & 1 for info in infos):
            raise Refused("The file is protected with a password.")
        self._names = {info.filename.casefold(): info for info in infos}
        if any("vbaproject" in name for name in self._names):
            raise Refused("The Word file holds macros; save it as DOCX without them.")
        self.main_name = self._target_of("", "officeDocument") or "word/document.xml"
        self._related = self._relationships(self.main_name)
        main = self.part(self.main_name)
        if main is None:
            raise Refused(_DAMAGED)
        self.main: Element = main

    def part(self, name: str) -> Element | None:
        """A part as XML, or None where there is none. Sizes in the directory can lie, so the read is bounded too."""
        info = self._names.get(name.casefold())
        if info is None:
            return None
        try:
            with self._zip.open(info) as stream:
                data = stream.read(MAX_PART + 1)
        except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError) as error:
            raise Refused(_DAMAGED) from error
        except Exception as error:
            # zlib's own error has no public base class but Exception.
            raise Refused(_DAMAGED) from error
        if len(data) > MAX_PART:
            raise Refused("The Word file unpacks to more than can be read.")
        return _parsed(data)

    def related(self, kind: str) -> Element | None:
        """The part that the main one names as its styles, numbering, footnotes and so on."""
        target = next((target for found, target in self._related.values() if found == kind), None)
        return self.part(target) if target else None

    def linked(self, identifier: str | None) -> Element | None:
        """The part that the main one names by a relationship's id, such as a header."""
        found = self._related.get(identifier or "")
        return self.part(found[1]) if found else None

    def _target_of(self, source: str, kind: str) -> str | None:
        return next((target for found, target in self._relationships(source).values() if found == kind), None)

    def _relationships(self, source: str) -> dict[str, tuple[str, str]]:
        """What a part names inside the package: kinds and targets by id. What lies outside is never looked at."""
        folder, name = posixpath.split(source)
        root = self.part(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for one in root.iter(_RELATIONSHIP) if root is not None else ():
            if one.get("TargetMode") != "External":
                kind = one.get("Type", "").rpartition("/")[2]
                target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
                found[one.get("Id", "")] = (kind, target)
        return found


def _parsed(data: bytes) -> Element:
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    try:
        root: Any = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise Refused("The Word file declares entities of its own, as no honest one does.") from error
    except (ParseError, LookupError, ValueError) as error:
        raise Refused(_DAMAGED) from error
    element: Element = root
    return element


def child_value(parent: Element | None, name: str, attribute: str = "val") -> str | None:
    """The value of a child in Word's namespace: `child_value(pPr, "pStyle")`; None without child or value."""
    child = parent.find(W + name) if parent is not None else None
    return None if child is None else child.get(W + attribute)


def switch(parent: Element | None, name: str) -> bool | None:
    """Whether a property is switched on or off; None where the parent does not say."""
    child = parent.find(W + name) if parent is not None else None
    return None if child is None else child.get(W + "val", "1") not in {"0", "false", "off"}


def whole(value: str | None, otherwise: int) -> int:
    """A whole number as Word writes it; `otherwise` where it is none."""
    try:
        return int(value) if value is not None else otherwise
    except ValueError:
        return otherwise
