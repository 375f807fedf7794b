"""Word files for tests, written part by part, and the made-up documents of `mastheads` set as Word sets them."""

import io
import re
import zipfile
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from tests.documents.importing.mastheads import Printed

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Title1"><w:name w:val="_ H _Ch_G"/><w:basedOn w:val="Normal"/>
 <w:pPr><w:spacing w:before="360" w:after="240"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
 <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Numbered"><w:name w:val="_ Single Txt_G"/><w:basedOn w:val="Normal"/>
 <w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Derived"><w:name w:val="Derived"/><w:basedOn w:val="Numbered"/></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Hidden"><w:name w:val="Hidden"/><w:rPr><w:vanish/></w:rPr></w:style>
"""


def level(depth: int, form: str, text: str, extra: str = "") -> str:
    """One level of a list's definition."""
    shape = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}">{shape}</w:lvl>'


def definition(identifier: int, *levels: str) -> str:
    """A list's definition."""
    return f'<w:abstractNum w:abstractNumId="{identifier}">{"".join(levels)}</w:abstractNum>'


def numbered_list(identifier: int, of: int, overrides: str = "") -> str:
    """A list that counts on a definition."""
    return f'<w:num w:numId="{identifier}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def restart(depth: int = 0, at: int = 1) -> str:
    """A list's override: it starts again."""
    return f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{at}"/></w:lvlOverride>'


NUMBERING = (
    definition(0, level(0, "upperRoman", "%1.", '<w:pStyle w:val="Heading1"/>'))
    + definition(
        1,
        level(0, "decimal", "%1.", '<w:pStyle w:val="Numbered"/>'),
        level(1, "lowerLetter", "(%2)"),
        level(2, "lowerRoman", "(%3)"),
    )
    + numbered_list(1, 0)
    + numbered_list(2, 1)
    + numbered_list(3, 1, restart())
)


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, style: str = "", numbering: tuple[int, int] | None = None, extra: str = "") -> str:
    """A paragraph of runs; a bare text is a run. `numbering` is a list and a level."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbering:
        properties += f'<w:numPr><w:ilvl w:val="{numbering[1]}"/><w:numId w:val="{numbering[0]}"/></w:numPr>'
    inner = "".join(one if one.startswith("<") else run(one) for one in runs)
    return f"<w:p><w:pPr>{properties}{extra}</w:pPr>{inner}</w:p>"


def cell(*blocks: str, properties: str = "") -> str:
    """A cell; a bare text is a paragraph."""
    inner = "".join(block if block.startswith("<") else paragraph(block) for block in blocks or [""])
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows: list[str], widths: tuple[int, ...] = (), header_rows: int = 0, properties: str = "") -> str:
    """A table; a bare text is a cell."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    lines = []
    for number, row in enumerate(rows):
        head = "<w:trPr><w:tblHeader/></w:trPr>" if number < header_rows else ""
        inner = "".join(one if one.startswith("<") else cell(one) for one in row)
        lines.append(f"<w:tr>{head}{inner}</w:tr>")
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"


@dataclass
class WordFile:
    """A Word file in the making: its blocks, notes, header and footer; `extra` are further parts by name."""

    blocks: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    endnotes: list[str] = field(default_factory=list)
    header: str = ""
    footer: str = ""
    numbering: str = NUMBERING
    styles: str = STYLES
    section: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    def add(self, *blocks: str) -> "WordFile":
        """Adds blocks; a bare text is a paragraph."""
        self.blocks += [block if block.startswith("<") else paragraph(block) for block in blocks]
        return self

    def note(self, text: str, custom: str = "", kind: str = "footnote") -> str:
        """Adds a note; gives the run that refers to it."""
        notes = self.notes if kind == "footnote" else self.endnotes
        identifier = len(notes) + 2
        own = run(custom) if custom else f"<w:r><w:{kind}Ref/></w:r>"
        notes.append(f'<w:{kind} w:id="{identifier}">{paragraph(own, run(" "), run(text))}</w:{kind}>')
        if custom:
            mark = f'<w:{kind}Reference w:customMarkFollows="1" w:id="{identifier}"/><w:t>{custom}</w:t>'
            return f"<w:r>{mark}</w:r>"
        return f'<w:r><w:{kind}Reference w:id="{identifier}"/></w:r>'

    def parts(self) -> dict[str, str]:
        """The parts of the package by name."""
        references = ""
        if self.header:
            references += '<w:headerReference w:type="first" r:id="rIdHeader"/>'
        if self.footer:
            references += '<w:footerReference w:type="first" r:id="rIdFooter"/>'
        body = f"{''.join(self.blocks)}<w:sectPr>{references}<w:titlePg/>{self.section}</w:sectPr>"
        word = {
            "document": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
            "styles": f"<w:styles {NAMESPACES}>{self.styles}</w:styles>",
            "numbering": f"<w:numbering {NAMESPACES}>{self.numbering}</w:numbering>",
            "footnotes": f"<w:footnotes {NAMESPACES}>{_separator('footnote')}{''.join(self.notes)}</w:footnotes>",
            "endnotes": f"<w:endnotes {NAMESPACES}>{_separator('endnote')}{''.join(self.endnotes)}</w:endnotes>",
            "header": f"<w:hdr {NAMESPACES}>{self.header}</w:hdr>",
            "footer": f"<w:ftr {NAMESPACES}>{self.footer}</w:ftr>",
        }
        kinds = {"document": "document.main"}
        overrides = "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{WORD}.{kinds.get(name, name)}+xml"/>' for name in word
        )
        links = "".join(
            f'<Relationship Id="rId{name.title()}" Type="{OFFICE}/{name}" Target="{name}.xml"/>'
            for name in word
            if name != "document"
        )
        root = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        return {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{overrides}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{root}</Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
            **{f"word/{name}.xml": content for name, content in word.items()},
            **self.extra,
        }

    def data(self) -> bytes:
        """The file's bytes."""
        return packed({name: DECLARATION + content for name, content in self.parts().items()})


def _separator(kind: str) -> str:
    """What Word keeps among the notes and is none."""
    return f'<w:{kind} w:type="separator" w:id="0"><w:p/></w:{kind}>'


def packed(parts: dict[str, str] | dict[str, bytes]) -> bytes:
    """A zip package of parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


_JOB = re.compile(r"32-01234|^\*\d+\*")
_NUMBERED = re.compile(r"(\d) ?[.-]\s+(.*)")
_HEADING = re.compile(r"(?:I|一)\.\s*(.*)")
_NOTE = re.compile(r"([*1]) ([^-\s].*)")


def set_in_word(printed: Printed, *, masthead: str = "table") -> bytes:
    """A made-up document as a Word file: facts in a table, in a header or as lines, numbers by lists, notes as notes.

    `masthead` is "table", "header" (its table stands in the header of the first page) or "lines".
    """
    file = WordFile()
    lines = printed.text.rstrip("\f\n").split("\n")
    notes = {match[1]: match[2] for line in lines if (match := _NOTE.fullmatch(line.strip()))}
    if printed.language == "zh":
        file.numbering = NUMBERING.replace("upperRoman", "chineseCounting")
    if printed.language == "ar":
        file.numbering = NUMBERING.replace(
            'w:val="%1."/></w:lvl><w:lvl w:ilvl="1"', 'w:val="%1 -"/></w:lvl><w:lvl w:ilvl="1"'
        )
    rows, rest = _head_rows(lines)
    head = _masthead(rows, masthead)
    if masthead == "header":
        file.header = head
    else:
        file.add(head)
    for line in _joined(rest):
        _set_line(file, line, notes)
    file.footer = paragraph(next(line.strip() for line in lines if _JOB.search(line)))
    return file.data()


def _head_rows(lines: list[str]) -> tuple[list[list[str]], list[str]]:
    """The lines of the masthead's two halves, up to the line with the original language, and the lines after them."""
    end = next(number for number, line in enumerate(lines) if "Original" in line) + 1
    if not any("   " in line.strip() for line in lines[:end]):  # the Arabic one prints them under one another
        texts = [line.strip() for line in lines[:end] if line.strip()]
        return [["", text] if text.isascii() else [text] for text in texts], lines[end:]
    rows = [re.split(r" {3,}", line.strip()) for line in lines[:end]]
    indents = [len(line) - len(line.lstrip()) for line in lines[:end]]
    return [["", *row] if indent > 30 else row for row, indent in zip(rows, indents, strict=True)], lines[end:]


def _masthead(rows: list[list[str]], how: str) -> str:
    if how == "lines":
        return "".join(paragraph(text) for row in rows for text in row if text)
    halves = [[row[half] if half < len(row) else "" for row in rows] for half in (0, 1)]
    cells = ["".join(paragraph(text) for text in half) for half in halves]
    return table([cell(cells[0]), cell(cells[1])], widths=(6500, 3100))


def _joined(lines: list[str]) -> list[str]:
    """Lines with wrapped ones put together; notes, job numbers and lines that part them left out."""
    joined: list[str] = []
    for line in (line.strip() for line in lines):
        if _NOTE.fullmatch(line) or _JOB.search(line) or line.startswith("____"):
            continue
        if joined and line and _NUMBERED.match(joined[-1]) and not _NUMBERED.match(line):
            joined[-1] += " " + line
        else:
            joined.append(line)
    while joined and not joined[-1]:
        joined.pop()
    return joined


def _set_line(file: WordFile, line: str, notes: dict[str, str]) -> None:
    if numbered := _NUMBERED.fullmatch(line):
        text = numbered[2]
        if text.endswith("1") and "1" in notes:
            file.add(paragraph(run(text[:-1]), file.note(notes["1"]), style="Numbered"))
        else:
            file.add(paragraph(text, style="Numbered"))
    elif heading := _HEADING.fullmatch(line):
        file.add(paragraph(heading[1], style="Heading1"))
    elif "*" in line:
        before, _, after = line.partition("*")
        file.add(paragraph(run(before), file.note(notes["*"], custom="*"), run(after)))
    else:
        file.add(paragraph(line))
