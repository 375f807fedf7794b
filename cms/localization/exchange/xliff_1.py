"""XLIFF 1.2, the version that most translation programs read (OASIS Standard, 1 February 2008)."""

from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from cms.localization.exchange.elements import UnreadableError, fill, parts_in
from cms.localization.exchange.units import Given, Head, Parts, Reading, Unit, counted, head_in, version_in, words_of
from cms.localization.foreign import NO_XML
from cms.localization.models import SegmentReview
from cms.localization.texts.rows import MISSING, OUTDATED

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_Q = f"{{{NAMESPACE}}}"

# The states of a target (section 2.3 of the standard, "state"). A text that nobody stands by is none that is
# "translated": taken back, it would count as confirmed.
STATES = {
    MISSING: "new",
    OUTDATED: "needs-translation",
    SegmentReview.State.MACHINE: "needs-review-translation",
    SegmentReview.State.DRAFT: "needs-review-translation",
    SegmentReview.State.CONFIRMED: "translated",
    SegmentReview.State.APPROVED: "signed-off",
}
DONE = {"translated", "signed-off", "final"}
OPEN = {"", "new", "needs-translation"}
# What a code is (section 2.3, "ctype").
TYPES = {"i": "italic", "em": "italic", "b": "bold", "strong": "bold", "a": "link", "symbol": "link"}


def write(head: Head, units: Iterable[Unit]) -> bytes:
    """The texts of a page as a file.

    A text without translation has its source in place of one, in the state "new": of empty ones OmegaT translates none.
    """
    root = etree.Element(f"{_Q}xliff", {"version": "1.2"}, nsmap={None: NAMESPACE})
    file = etree.SubElement(
        root,
        f"{_Q}file",
        {
            "original": head.page,
            "source-language": head.source.html_lang,
            "target-language": head.target.html_lang,
            "datatype": "html",
        },
    )
    header = etree.SubElement(file, f"{_Q}header")
    phases = etree.SubElement(header, f"{_Q}phase-group")
    # The job's number tells a file that is taken twice from another one of the same page.
    etree.SubElement(phases, f"{_Q}phase", {"phase-name": "1", "process-name": "translation", "job-id": head.export})
    _note(header, head.title)
    body = etree.SubElement(file, f"{_Q}body")
    for unit in units:
        _write(body, unit)
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return content


def _write(body: Any, unit: Unit) -> None:
    attributes = {"id": unit.key, "resname": NO_XML.sub("", unit.path), SPACE: "preserve"}
    attributes["extradata"] = f"version {unit.row.version}"
    if unit.row.state == SegmentReview.State.APPROVED:
        attributes["approved"] = "yes"
    if unit.longest:
        attributes |= {"maxwidth": str(unit.longest), "size-unit": "char"}
    element = etree.SubElement(body, f"{_Q}trans-unit", attributes)
    _fill(etree.SubElement(element, f"{_Q}source"), unit.source, unit)
    target = etree.SubElement(element, f"{_Q}target", {"state": STATES[unit.row.state]})
    if unit.row.state == SegmentReview.State.MACHINE:
        target.set("state-qualifier", "leveraged-mt")
    _fill(target, unit.target or unit.source, unit)
    source, translated = unit.previous
    if translated:
        former = etree.SubElement(element, f"{_Q}alt-trans", {"alttranstype": "previous-version"})
        _fill(etree.SubElement(former, f"{_Q}source"), source, unit)
        _fill(etree.SubElement(former, f"{_Q}target"), translated, unit)
    _note(element, unit.place)


def _note(parent: Any, text: str) -> None:
    etree.SubElement(parent, f"{_Q}note").text = NO_XML.sub("", text)


def _fill(element: Any, parts: Parts, unit: Unit) -> None:
    codes = unit.coded.codes

    def make(parent: Any, number: int) -> Any:
        code = codes[number]
        attributes = {"id": str(number + 1), "ctype": TYPES.get(code.kind, f"x-{code.kind}"), "clone": "no"}
        if code.alone:
            return etree.SubElement(parent, f"{_Q}x", attributes | {"equiv-text": NO_XML.sub("", code.detail)})
        return etree.SubElement(parent, f"{_Q}g", attributes)

    fill(element, parts, make, lambda number: codes[number].alone)


def read(root: Any) -> Reading:
    """What a file says. Raises FileRefusedError where it cannot be of this site."""
    file = root.find("{*}file")
    if file is None:
        return Reading(head_in(None, None, None, None))
    phase = file.find("{*}header/{*}phase-group/{*}phase")
    head = head_in(
        file.get("original"),
        file.get("source-language"),
        file.get("target-language"),
        phase.get("job-id") if phase is not None else "",
    )
    return Reading(head, counted(_read(file)))


def _read(file: Any) -> Iterator[Given]:
    for element in file.iter("{*}trans-unit"):
        key, place = element.get("id") or "", element.get("resname") or element.get("id") or ""
        target = element.find("{*}target")
        state = (target.get("state") or "") if target is not None else ""
        try:
            source, translated = parts_in(element.find("{*}source")), parts_in(target)
        except UnreadableError as error:
            yield Given(place, (), (), key=key, problem=str(error))
            continue
        done = state in DONE or element.get("approved") == "yes"
        yield Given(
            place,
            source,
            translated,
            key=key,
            done=done,
            is_open=not translated or (not done and state in OPEN and words_of(translated) == words_of(source)),
            version=version_in(element.get("extradata")),
        )
