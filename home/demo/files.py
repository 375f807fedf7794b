"""Small files for documents: a PDF with a text layer where the standard fonts have the letters, else plain text."""

import textwrap

LINE_LENGTH = 92
LINES_PER_PAGE = 52
PAGE = (595, 842)  # A4 in points
MARGIN = 62
LEADING = 13.8


def text_file(lines: list[str]) -> bytes:
    """The lines as a plain text file in UTF-8, an empty line between them."""
    return ("\n\n".join(line for line in lines if line) + "\n").encode()


def pdf_file(lines: list[str]) -> bytes:
    """The lines as a PDF of A4 pages in Helvetica, which every reader has.

    Raises UnicodeEncodeError for letters outside Western European ones.
    """
    wrapped = [part for line in lines for part in [*textwrap.wrap(line, LINE_LENGTH), ""]]
    pages = [wrapped[start : start + LINES_PER_PAGE] for start in range(0, len(wrapped), LINES_PER_PAGE)] or [[]]
    # Objects 1 to 3 are catalogue, list of pages and font; each page takes two more.
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for index, page in enumerate(pages):
        stream = _page_stream(page)
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
