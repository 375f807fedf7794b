"""TMX 1.4b: the finished texts of a page as a memory for other programs, and what their memories know of a page."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from cms.core.languages import Language, language
from cms.localization.exchange.elements import UnreadableError, fill, parts_in
from cms.localization.exchange.units import Given, Head, Parts, Reading, Unit, counted, head_in, version_in
from cms.localization.foreign import NO_XML, XML_LANG, FileRefusedError
from cms.localization.models import SegmentReview
from cms.localization.texts.inline import Code

PAGE, TARGET, EXPORT, VERSION = "x-page", "x-target", "x-export", "x-version"
TYPES = {"i": "italic", "em": "italic", "b": "bold", "strong": "bold", "a": "link"}


def write(head: Head, units: Iterable[Unit]) -> bytes:
    """The finished texts of a page as a memory: those that a person stands by."""
    root = etree.Element("tmx", {"version": "1.4"})
    props = {PAGE: head.page, TARGET: head.target.html_lang, EXPORT: head.export}
    root.append(header_of(head.source, props))
    body = etree.SubElement(root, "body")
    for unit in units:
        if unit.target and unit.row.state in SegmentReview.FINISHED:
            codes, note = unit.coded.codes, {VERSION: str(unit.row.version)}
            sides = ((head.source, unit.source), (head.target, unit.target))
            body.append(pair(unit.key, sides, codes, props=note, note=unit.place))
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return content


def header_of(source: Language, props: dict[str, str]) -> Any:
    """The header of a memory in one source language."""
    header = etree.Element(
        "header",
        {
            "creationtool": "Plenary",
            "creationtoolversion": "1",
            "segtype": "paragraph",
            "o-tmf": "Plenary",
            "adminlang": "en",
            "srclang": source.html_lang,
            "datatype": "html",
        },
    )
    for name, value in props.items():
        etree.SubElement(header, "prop", {"type": name}).text = value
    return header


def pair(
    key: str, sides: Sequence[tuple[Language, Parts]], codes: Sequence[Code], *, props: dict[str, str], note: str = ""
) -> Any:
    """One text in several languages. ``codes`` are those of all of them, by number."""
    element = etree.Element("tu", {"tuid": key})
    if note:
        etree.SubElement(element, "note").text = NO_XML.sub("", note)
    for name, value in props.items():
        etree.SubElement(element, "prop", {"type": name}).text = NO_XML.sub("", value)
    for entry, parts in sides:
        variant = etree.SubElement(element, "tuv", {XML_LANG: entry.html_lang})
        _fill(etree.SubElement(variant, "seg"), parts, codes)
    return element


def _fill(segment: Any, parts: Parts, codes: Sequence[Code]) -> None:
    """Writes a text: a pair of codes is two elements here, with what they stand for in them."""

    def make(parent: Any, number: int) -> Any:
        code = codes[number]
        place = {"x": str(number + 1)} if code.alone else {"i": str(number + 1), "x": str(number + 1)}
        element = etree.SubElement(
            parent, "ph" if code.alone else "bpt", place | {"type": TYPES.get(code.kind, code.kind)}
        )
        element.text = NO_XML.sub("", code.html)
        return element

    def close(parent: Any, number: int) -> Any:
        element = etree.SubElement(parent, "ept", {"i": str(number + 1)})
        element.text = NO_XML.sub("", codes[number].closing_html)
        return element

    fill(segment, parts, make, lambda number: codes[number].alone, close)


def read(root: Any, wanted: Head | None) -> Reading:
    """What a memory says: of one page, if it was saved here, else of the page whose head is ``wanted``.

    Raises FileRefusedError.
    """
    header = root.find("{*}header")
    if header is None:
        raise FileRefusedError(_("The TMX file has no header."))
    props = {one.get("type"): one.text for one in header.iterchildren("{*}prop")}
    if PAGE in props:
        head = head_in(props[PAGE], header.get("srclang"), props.get(TARGET), props.get(EXPORT))
        return Reading(head, counted(_read(root, head)))
    if wanted is None:
        raise FileRefusedError(_("A memory of another program is taken on the page of one translation only."))
    return Reading(wanted, counted(_read(root, wanted)), is_memory=True)


def _read(root: Any, head: Head) -> Iterator[Given]:
    for number, element in enumerate(root.iterfind("{*}body/{*}tu"), start=1):
        key = element.get("tuid") or ""
        place = _("Pair %(number)s") % {"number": number}
        source = _segment(element, head.source)
        target = _segment(element, head.target)
        if source is None or target is None:
            continue
        version = next((one.text for one in element.iterchildren("{*}prop") if one.get("type") == VERSION), None)
        original: Parts = ()
        try:
            original = parts_in(source)
            translated = parts_in(target)
        except UnreadableError as error:
            # With its source, by which the page knows whether it is about one of its texts.
            named = key if version is not None else ""
            yield Given(place, original, (), key=named, problem=str(error))
            continue
        # What a memory of one page holds is finished; of another program's nobody here knows.
        yield Given(
            place,
            original,
            translated,
            key=key if version is not None else "",
            done=version is not None,
            is_open=not translated,
            version=version_in(version),
        )


def _segment(unit: Any, wanted: Language) -> Any:
    """The text in a language; None where there is none."""
    for variant in unit.iterchildren("{*}tuv"):
        try:
            found = language(variant.get(XML_LANG) or variant.get("lang") or "")
        except LookupError:
            continue
        if found == wanted:
            return variant.find("{*}seg")
    return None
