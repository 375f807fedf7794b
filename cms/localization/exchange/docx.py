"""Source and translation side by side as a Word file, for reading and comments on paper. It does not come back.

WordprocessingML as ECMA-376 part 1 (fifth edition) has it, in its transitional form.
"""

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from lxml import etree

from cms.core.languages import Language
from cms.localization.exchange.units import Head, Mark, Parts, Unit
from cms.localization.foreign import NO_XML

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{W}}}"
# Half a page's width between its margins, in twentieths of a point: A4, margins of 2 cm.
COLUMN = 4819

_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/word/styles.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>
</Types>"""
_RELATIONS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>
</Relationships>"""
_STYLES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman"
 w:hAnsi="Times New Roman" w:eastAsia="SimSun" w:cs="Times New Roman"/><w:sz w:val="22"/><w:szCs w:val="24"/></w:rPr>
</w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="80"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/>
<w:rPr><w:b/><w:bCs/><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr></w:style></w:styles>"""

# Properties of a run by the kinds of its codes, in the order in which the schema wants them (CT_RPr).
BOLD, ITALIC = {"b", "strong"}, {"i", "em"}
LINKS = {"a", "symbol"}


def write(head: Head, units: Iterable[Unit]) -> bytes:
    """The texts of a page in two columns."""
    root = etree.Element(f"{_W}document", nsmap={"w": W})
    body = etree.SubElement(root, f"{_W}body")
    title = _paragraph(body, head.source, style="Title")
    _run(title, head.title, head.source, set())
    table = _table(body)
    _head_row(table, head)
    for unit in units:
        _row(table, head, unit)
    etree.SubElement(body, f"{_W}p")
    section = etree.SubElement(body, f"{_W}sectPr")
    _add(section, "pgSz", w="11906", h="16838")
    _add(section, "pgMar", top="1134", right="1134", bottom="1134", left="1134", header="709", footer="709", gutter="0")
    main = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    parts = {
        "[Content_Types].xml": _TYPES.encode(),
        "_rels/.rels": _RELATIONS.format(kind="officeDocument", target="word/document.xml").encode(),
        "word/_rels/document.xml.rels": _RELATIONS.format(kind="styles", target="styles.xml").encode(),
        "word/document.xml": main,
        "word/styles.xml": _STYLES.encode(),
    }
    return _package(parts, timezone.now())


def _package(parts: dict[str, bytes], moment: datetime) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, content)
    return file.getvalue()


def _add(parent: Any, name: str, **values: str) -> Any:
    return etree.SubElement(parent, f"{_W}{name}", {f"{_W}{key}": value for key, value in values.items()})


def _table(body: Any) -> Any:
    table = etree.SubElement(body, f"{_W}tbl")
    properties = etree.SubElement(table, f"{_W}tblPr")
    _add(properties, "tblW", w=str(2 * COLUMN), type="dxa")
    borders = etree.SubElement(properties, f"{_W}tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _add(borders, side, val="single", sz="4", space="0", color="A6A6A6")
    _add(properties, "tblLayout", type="fixed")
    grid = etree.SubElement(table, f"{_W}tblGrid")
    for _column in range(2):
        _add(grid, "gridCol", w=str(COLUMN))
    return table


def _head_row(table: Any, head: Head) -> None:
    """The languages, again on each page."""
    row = etree.SubElement(table, f"{_W}tr")
    _add(etree.SubElement(row, f"{_W}trPr"), "tblHeader")
    for entry in (head.source, head.target):
        _run(_paragraph(_cell(row), entry), entry.name, entry, {"b"})


def _row(table: Any, head: Head, unit: Unit) -> None:
    """One text, with its label in both columns, and beneath the translation its state as long as it is not finished."""
    row = etree.SubElement(table, f"{_W}tr")
    is_heading = unit.row.place.look in {"heading", "annex"}
    for entry, parts in ((head.source, unit.source), (head.target, unit.target)):
        cell = _cell(row)
        paragraph = _paragraph(cell, entry, keep=is_heading)
        if unit.row.label and parts:
            _run(paragraph, f"{unit.row.label}\u2002", entry, {"b"} if is_heading else set())
        _text(paragraph, parts, unit, entry, is_heading)
    if not unit.row.finished:
        state = _paragraph(cell, head.target)
        _run(state, _("[%(state)s]") % {"state": unit.row.state_label}, None, {"small"})


def _cell(row: Any) -> Any:
    cell = etree.SubElement(row, f"{_W}tc")
    _add(etree.SubElement(cell, f"{_W}tcPr"), "tcW", w=str(COLUMN), type="dxa")
    return cell


def _paragraph(parent: Any, entry: Language, style: str = "", *, keep: bool = False) -> Any:
    paragraph = etree.SubElement(parent, f"{_W}p")
    properties = etree.SubElement(paragraph, f"{_W}pPr")
    if style:
        _add(properties, "pStyle", val=style)
    if keep:
        _add(properties, "keepNext")
    if entry.direction == "rtl":
        _add(properties, "bidi")
    return paragraph


def _text(paragraph: Any, parts: Parts, unit: Unit, entry: Language, is_heading: bool) -> None:
    """A text in runs: emphasis and links as they look, footnote marks raised."""
    codes = unit.coded.codes
    stack = ["b"] if is_heading else []
    for part in parts:
        if isinstance(part, str):
            _run(paragraph, part, entry, set(stack))
        elif codes[part.number].alone:
            _run(paragraph, codes[part.number].detail, entry, {*stack, "raised"})
        else:
            _turn(stack, codes[part.number].kind, part)


def _turn(stack: list[str], kind: str, mark: Mark) -> None:
    if not mark.closing:
        stack.append(kind)
    elif kind in stack:
        stack.reverse()
        stack.remove(kind)
        stack.reverse()


def _run(paragraph: Any, text: str, entry: Language | None, kinds: set[str]) -> None:
    """Text in one look; ``entry`` is its language, None for the reader's."""
    run = etree.SubElement(paragraph, f"{_W}r")
    properties = etree.SubElement(run, f"{_W}rPr")
    for wanted, names in ((BOLD, ("b", "bCs")), (ITALIC, ("i", "iCs"))):
        if kinds & wanted:
            for name in names:
                _add(properties, name)
    if "small" in kinds:
        _add(properties, "color", val="595959")
        _add(properties, "sz", val="18")
        _add(properties, "szCs", val="18")
    if kinds & LINKS:
        _add(properties, "u", val="single")
    if "raised" in kinds:
        _add(properties, "vertAlign", val="superscript")
    if entry is not None and entry.direction == "rtl":
        _add(properties, "rtl")
        _add(properties, "lang", bidi=entry.html_lang)
    elif entry is not None:
        _add(properties, "lang", val=entry.html_lang, eastAsia=entry.html_lang)
    for number, line in enumerate(NO_XML.sub("", text).split("\n")):
        if number:
            _add(run, "br")
        element = etree.SubElement(run, f"{_W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
        element.text = line
