"""XLIFF 2.0 (OASIS Standard, 5 August 2014): its core, and its module for metadata."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from cms.localization.exchange.elements import UnreadableError, fill, joined, parts_in
from cms.localization.exchange.units import (
    Given,
    Head,
    Parts,
    Reading,
    Unit,
    counted,
    head_in,
    text_of,
    version_in,
    words_of,
)
from cms.localization.foreign import NO_XML
from cms.localization.models import SegmentReview
from cms.localization.texts.rows import MISSING, OUTDATED

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_Q = f"{{{NAMESPACE}}}"
_M = f"{{{METADATA}}}"

# The states of a segment (section 4.3.1 of the standard, "state"). "initial" is what nobody stands by; what it is
# exactly stands in "subState".
STATES = {
    MISSING: "initial",
    OUTDATED: "initial",
    SegmentReview.State.MACHINE: "initial",
    SegmentReview.State.DRAFT: "initial",
    SegmentReview.State.CONFIRMED: "translated",
    SegmentReview.State.APPROVED: "final",
}
DONE = {"translated", "reviewed", "final"}
# What a code is (section 4.3.1, "type" and "subType").
TYPES = {"i": "fmt", "em": "fmt", "b": "fmt", "strong": "fmt", "code": "fmt", "a": "link", "symbol": "link"}
SUBTYPES = {"i": "xlf:i", "em": "xlf:i", "b": "xlf:b", "strong": "xlf:b"}


def write(head: Head, units: Iterable[Unit]) -> bytes:
    """The texts of a page as a file."""
    root = etree.Element(
        f"{_Q}xliff",
        {"version": "2.0", "srcLang": head.source.html_lang, "trgLang": head.target.html_lang},
        nsmap={None: NAMESPACE, "mda": METADATA},
    )
    file = etree.SubElement(
        root,
        f"{_Q}file",
        {
            "id": "page",
            "original": head.page,
            "srcDir": head.source.direction,
            "trgDir": head.target.direction,
            SPACE: "preserve",
        },
    )
    _meta(file, {"export": head.export})
    _notes(file, {"title": head.title})
    for unit in units:
        _write(file, unit)
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return content


def _write(file: Any, unit: Unit) -> None:
    element = etree.SubElement(
        file, f"{_Q}unit", {"id": unit.key, "name": NO_XML.sub("", unit.path), "canResegment": "no"}
    )
    _meta(element, {"version": str(unit.row.version)})
    notes = {"place": unit.place}
    if unit.longest:
        notes["length"] = _("At most %(most)s characters.") % {"most": unit.longest}
    if unit.previous[1]:
        notes["previous-source"] = text_of(unit.previous[0], unit.coded)
        notes["previous-translation"] = text_of(unit.previous[1], unit.coded)
    _notes(element, notes)
    _original_data(element, unit)
    segment = etree.SubElement(element, f"{_Q}segment", {"id": "s1", "state": STATES[unit.row.state]})
    if STATES[unit.row.state] == "initial":
        segment.set("subState", f"plenary:{unit.row.state}")
    _fill(etree.SubElement(segment, f"{_Q}source"), unit.source, unit)
    if unit.target:
        _fill(etree.SubElement(segment, f"{_Q}target"), unit.target, unit)


def _meta(parent: Any, values: dict[str, str]) -> None:
    group = etree.SubElement(etree.SubElement(parent, f"{_M}metadata"), f"{_M}metaGroup", {"category": "plenary"})
    for name, value in values.items():
        etree.SubElement(group, f"{_M}meta", {"type": name}).text = value


def _notes(parent: Any, notes: dict[str, str]) -> None:
    element = etree.SubElement(parent, f"{_Q}notes")
    for category, text in notes.items():
        etree.SubElement(element, f"{_Q}note", {"category": category}).text = NO_XML.sub("", text)


def _original_data(parent: Any, unit: Unit) -> None:
    """What the codes stand for in the page: for people and programs that look, never read back."""
    if not unit.coded.codes:
        return
    element = etree.SubElement(parent, f"{_Q}originalData")
    for number, code in enumerate(unit.coded.codes, start=1):
        etree.SubElement(element, f"{_Q}data", {"id": f"d{number}"}).text = NO_XML.sub("", code.html)
        if not code.alone:
            etree.SubElement(element, f"{_Q}data", {"id": f"e{number}"}).text = NO_XML.sub("", code.closing_html)


def _fill(element: Any, parts: Parts, unit: Unit) -> None:
    codes = unit.coded.codes

    def make(parent: Any, number: int) -> Any:
        code = codes[number]
        attributes = {"id": str(number + 1), "canCopy": "no", "type": TYPES.get(code.kind, "other")}
        if code.kind in SUBTYPES:
            attributes["subType"] = SUBTYPES[code.kind]
        if TYPES.get(code.kind) != "fmt":
            attributes["canDelete"] = "no"
        if code.alone:
            mark = NO_XML.sub("", code.detail)
            data = {"dataRef": f"d{number + 1}", "equiv": mark, "disp": mark}
            return etree.SubElement(parent, f"{_Q}ph", attributes | data)
        data = {"dataRefStart": f"d{number + 1}", "dataRefEnd": f"e{number + 1}"}
        return etree.SubElement(parent, f"{_Q}pc", attributes | data)

    fill(element, parts, make, lambda number: codes[number].alone)


def read(root: Any) -> Reading:
    """What a file says. Raises FileRefusedError where it cannot be of this site."""
    file = root.find("{*}file")
    if file is None:
        return Reading(head_in(None, None, None, None))
    head = head_in(file.get("original"), root.get("srcLang"), root.get("trgLang"), _meta_in(file, "export"))
    return Reading(head, counted(_read(file)))


def _meta_in(element: Any, name: str) -> str | None:
    """A value of the element's own metadata."""
    for one in element.iterfind("{*}metadata/{*}metaGroup/{*}meta"):
        if one.get("type") == name:
            text: str = one.text or ""
            return text
    return None


def _read(file: Any) -> Iterator[Given]:
    for element in file.iter("{*}unit"):
        key, place = element.get("id") or "", element.get("name") or element.get("id") or ""
        try:
            yield _given(element, key, place)
        except UnreadableError as error:
            yield Given(place, (), (), key=key, problem=str(error))


def _given(unit: Any, key: str, place: str) -> Given:
    """One text: programs cut it into segments as they like. Raises UnreadableError."""
    source: list[Any] = []
    target: list[Any] = []
    states: list[str] = []
    lacking = 0
    for piece in unit.iterchildren("{*}segment", "{*}ignorable"):
        original, translated = parts_in(piece.find("{*}source")), parts_in(piece.find("{*}target"))
        is_segment = etree.QName(piece).localname == "segment"
        source += original
        # What stands between segments, mostly spaces, is kept where a program says nothing of it.
        target += translated or (() if is_segment else original)
        if is_segment:
            states.append(piece.get("state") or "initial")
            lacking += not translated
    if 0 < lacking < len(states):
        raise UnreadableError(_("Only a part of it is translated."))
    original, translated = joined(source), joined(target)
    done = bool(states) and all(state in DONE for state in states)
    return Given(
        place,
        original,
        () if lacking else translated,
        key=key,
        done=done,
        is_open=bool(lacking) or not translated or (not done and words_of(translated) == words_of(original)),
        version=version_in(_meta_in(unit, "version")),
    )
