"""Small files for documents, all of our own making: PDF where the standard fonts have the letters, Word, plain text."""

import io
import re
import textwrap
import zipfile
from html import escape

LINE_LENGTH = 92
LINES_PER_PAGE = 52
PAGE = (595, 842)  # A4 in points
MARGIN = 62
LEADING = 13.8
# The least that makes a Word file, part by part; the text goes into the last.
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def text_file(lines: list[str]) -> bytes:
    """The lines as a plain text file in UTF-8, an empty line between them."""
    return ("\n\n".join(line for line in lines if line) + "\n").encode()


def pdf_file(lines: list[str]) -> bytes:
    """The lines as a PDF of A4 pages in Helvetica, which every reader has.

    Raises UnicodeEncodeError for letters outside Western European ones.
    """
    wrapped = [part for line in lines for part in [*textwrap.wrap(line, LINE_LENGTH), ""]]
    return _pdf([_page_stream(page) for page in _pages(wrapped)], "Helvetica")


def typed_pdf_file(text: str) -> bytes:
    """A text as a PDF in letters of one width, its lines as they are. Raises as ``pdf_file`` does."""
    return _pdf([_page_stream(page) for page in _pages(text.splitlines())], "Courier")


def scan_file(text: str) -> bytes:
    """What a scan of a page is to a program: grey strokes where the words of the text would be, and no letter."""
    strokes = [b"0.35 g"]
    for row, line in enumerate(text.splitlines()):
        for word in re.finditer(r"\S+", line):
            left, bottom = MARGIN + 6 * word.start(), PAGE[1] - MARGIN - LEADING * row
            strokes.append(f"{left} {bottom:.1f} {6 * len(word[0]) - 2} 5 re f".encode())
    return _pdf([b"\n".join(strokes)], "Courier")


def word_file(lines: list[str], *, right_to_left: bool = False) -> bytes:
    """The lines as the paragraphs of a Word file. One that is indented stands apart, bold and in the middle."""
    direction = "<w:bidi/>" if right_to_left else ""
    paragraphs = "".join(_word_paragraph(line, direction) for line in lines if line)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{WORD_TYPE}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{paragraphs}</w:body></w:document>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name), XML + content)  # its date is fixed: the same file every time
    return out.getvalue()


def _word_paragraph(line: str, direction: str) -> str:
    is_title = line.startswith(" ")
    apart = '<w:spacing w:before="360" w:after="240"/><w:jc w:val="center"/>' if is_title else ""
    bold = "<w:b/>" if is_title else ""
    text = f'<w:t xml:space="preserve">{escape(line.strip())}</w:t>'
    return f"<w:p><w:pPr>{direction}{apart}</w:pPr><w:r><w:rPr>{bold}</w:rPr>{text}</w:r></w:p>"


def _pages(lines: list[str]) -> list[list[str]]:
    """The lines of each page; one page at least."""
    return [lines[start : start + LINES_PER_PAGE] for start in range(0, len(lines), LINES_PER_PAGE)] or [[]]


def _pdf(streams: list[bytes], font: str) -> bytes:
    """A PDF with a page for each stream of drawing, in one of the fonts that every reader has."""
    # Objects 1 to 3 are catalogue, list of pages and font; each page takes two more.
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(len(streams)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>".encode(),
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>".encode(),
    ]
    for index, stream in enumerate(streams):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE[0]} {PAGE[1]}] /Contents {5 + 2 * index} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream))
    return _assemble(objects)


def _page_stream(lines: list[str]) -> bytes:
    """The drawing of one page: its lines from the top margin down."""
    start = f"BT /F1 10 Tf {LEADING} TL {MARGIN} {PAGE[1] - MARGIN} Td".encode()
    return b"\n".join([start, *(b"(%b) Tj T*" % _escaped(line) for line in lines), b"ET"])


def _escaped(line: str) -> bytes:
    """A line as the content of a PDF string."""
    raw = line.encode("cp1252")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _assemble(objects: list[bytes]) -> bytes:
    """The file around numbered objects, with the table of their places at its end."""
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)
