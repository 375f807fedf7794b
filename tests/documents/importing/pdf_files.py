"""PDF files written by hand: plain pages of text at given places, and hostile ones."""

import itertools
import re
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

FONTS = {"F1": "Times-Roman", "F2": "Times-Bold", "F3": "Times-Italic", "F4": "Helvetica"}
A4 = (595, 842)


@dataclass
class PdfFile:
    """The objects of a file by their numbers; `bytes()` writes them with their cross-reference table."""

    objects: dict[int, bytes] = field(default_factory=dict)

    def add(self, number: int, content: str | bytes) -> None:
        """Adds an object."""
        self.objects[number] = content.encode("latin-1") if isinstance(content, str) else content

    def add_stream(self, number: int, data: bytes, entries: str = "") -> None:
        """Adds a stream, whose data stand as they are."""
        head = f"<< /Length {len(data)} {entries} >>\nstream\n".encode()
        self.objects[number] = head + data + b"\nendstream"

    def __bytes__(self) -> bytes:
        output = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        places: dict[int, int] = {}
        for number in sorted(self.objects):
            places[number] = len(output)
            output += f"{number} 0 obj\n".encode() + self.objects[number] + b"\nendobj\n"
        table, size = len(output), max(self.objects) + 1
        output += f"xref\n0 {size}\n0000000000 65535 f \n".encode()
        for number in range(1, size):
            output += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
        output += f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode()
        return bytes(output)


Piece = tuple[float, float, str, float, str]  # from the left and from the top, text, size, font


Ruling = tuple[float, float, float, float]  # of a line: its ends, each from the left and from the top
SCAN: list[Piece] = []  # a page that is nothing but a picture


def pages(contents: Iterable[Iterable[Piece]], *, turn: int = 0, rulings: Iterable[Iterable[Ruling]] = ()) -> bytes:
    """A file with pieces of Latin text at their places on its pages, in points; `turn` turns how pages are shown,
    `rulings` are the lines drawn on each."""
    file = PdfFile()
    file.add(1, "<< /Type /Catalog /Pages 2 0 R >>")
    for number, (key, name) in enumerate(FONTS.items(), 3):
        encoding = "" if key == "F4" else "/Encoding /WinAnsiEncoding"  # F4 does not say which letters it shows
        file.add(number, f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} {encoding} >>")
    fonts = " ".join(f"/{name} {number} 0 R" for number, name in enumerate(FONTS, 3))
    kids: list[int] = []
    number = 4 + len(FONTS)
    file.add(number - 1, _small_picture())
    for pieces, lines in itertools.zip_longest(contents, rulings, fillvalue=()):
        stream = b"".join(_show(piece) for piece in pieces) + b"".join(_draw(line) for line in lines)
        if pieces is SCAN:
            stream = f"{A4[0]} 0 0 {A4[1]} 0 0 cm /I Do".encode()
        file.add_stream(number, zlib.compress(stream), "/Filter /FlateDecode")
        box = f"/MediaBox [0 0 {A4[0]} {A4[1]}] /Rotate {turn}"
        resources = f"/Resources << /Font << {fonts} >> /XObject << /I {3 + len(FONTS)} 0 R >> >>"
        file.add(number + 1, f"<< /Type /Page /Parent 2 0 R {box} /Contents {number} 0 R {resources} >>")
        kids.append(number + 1)
        number += 2
    file.add(2, f"<< /Type /Pages /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] /Count {len(kids)} >>")
    return bytes(file)


def _show(piece: Piece) -> bytes:
    left, top, text, size, font = piece
    encoded = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return f"BT /{font} {size} Tf {left} {A4[1] - top} Td (".encode() + encoded + b") Tj ET\n"


def _draw(line: Ruling) -> bytes:
    left, top, right, bottom = line
    return f"0.5 w {left} {A4[1] - top} m {right} {A4[1] - bottom} l S\n".encode()


def _small_picture() -> bytes:
    head = (
        "<< /Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 64 >>"
    )
    return head.encode() + b"\nstream\n" + b"\x80" * 64 + b"\nendstream"


def _one_page(
    content: bytes,
    *,
    filters: str = "",
    resources: str = "",
    box: str = "[0 0 612 792]",
    objects: dict[int, bytes] | None = None,
) -> bytes:
    file = PdfFile(dict(objects or {}))
    file.add(1, "<< /Type /Catalog /Pages 2 0 R >>")
    file.add(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
    fonts = "/Font << /F1 4 0 R >>"
    file.add(
        3,
        f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Contents 5 0 R /Resources << {fonts} {resources} >> >>",
    )
    file.add(4, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    if not filters:
        content, filters = zlib.compress(content), "/Filter /FlateDecode"
    file.add_stream(5, content, filters)
    return bytes(file)


def _deflated(block: bytes, times: int) -> bytes:
    """A zlib stream of a block repeated so many times, without deflating it more than once."""
    compressor = zlib.compressobj(9)
    head = compressor.compress(b"") + compressor.flush(zlib.Z_FULL_FLUSH)
    one = compressor.compress(block) + compressor.flush(zlib.Z_FULL_FLUSH)
    return head + one * times + compressor.flush()


TEXT = b"BT /F1 12 Tf 72 700 Td (The Committee took note of the report of the Secretary-General on this matter.) Tj ET"


def _form(resources: str, content: bytes) -> bytes:
    head = (
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources << {resources} >> /Length {len(content)} >>"
    )
    return head.encode() + b"\nstream\n" + content + b"\nendstream"


def _laughs() -> bytes:
    """Ten forms, each of which shows the next one ten times."""
    objects = {
        10 + level: _form(f"/XObject << /X {11 + level} 0 R >>", b" ".join([b"/X Do"] * 10)) for level in range(9)
    }
    objects[19] = _form("/Font << /F1 4 0 R >>", b"BT /F1 12 Tf (lol) Tj ET")
    return _one_page(b"/X Do", resources="/XObject << /X 10 0 R >>", objects=objects)


def _tree(pages_object: str, **objects: str) -> bytes:
    file = PdfFile()
    file.add(1, "<< /Type /Catalog /Pages 2 0 R >>")
    file.add(2, pages_object)
    for name, content in objects.items():
        file.add(int(name.removeprefix("n")), content)
    return bytes(file)


def _deep_tree(depth: int) -> bytes:
    file = PdfFile()
    file.add(1, "<< /Type /Catalog /Pages 2 0 R >>")
    for number in range(2, depth):
        file.add(number, f"<< /Type /Pages /Kids [{number + 1} 0 R] /Count 1 /Parent {number - 1} 0 R >>")
    file.add(depth, f"<< /Type /Page /Parent {depth - 1} 0 R /MediaBox [0 0 612 792] >>")
    return bytes(file)


def _many_pages(count: int) -> bytes:
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>"
    return _tree(f"<< /Type /Pages /Kids [{'3 0 R ' * count}] /Count {count} >>", n3=page)


def _picture() -> bytes:
    data = _deflated(b"\0" * 90_000, 30_000)
    head = (
        "<< /Type /XObject /Subtype /Image /Width 30000 /Height 30000 /BitsPerComponent 8 /ColorSpace /DeviceRGB"
        f" /Filter /FlateDecode /Length {len(data)} >>\nstream\n"
    )
    picture = head.encode() + data + b"\nendstream"
    return _one_page(TEXT + b" 612 0 0 792 0 0 cm /I Do", resources="/XObject << /I 10 0 R >>", objects={10: picture})


def _nested(opening: str, closing: str, depth: int) -> bytes:
    file = PdfFile()
    file.add(1, f"<< /Type /Catalog /Pages 2 0 R /X {opening * depth}1{closing * depth} >>")
    file.add(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
    file.add(3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>")
    return bytes(file)


def _strokes(count: int) -> bytes:
    lines = b"".join(b"%d 0 m %d 792 l S\n" % (place % 612, place * 7 % 612) for place in range(count))
    return _one_page(TEXT + b"\n" + lines)


def _part(data: bytes, share: float) -> bytes:
    return data[: round(len(data) * share)]


def _broken_fonts() -> bytes:
    """Text whose font does not say which letters it shows, as a program leaves it that keeps glyph numbers only."""
    codes = "".join(chr(ord(letter) - 29) if letter != " " else "\x03" for letter in "The Committee took note. " * 9)
    encoded = codes.encode("latin-1").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return _one_page(b"BT /F1 12 Tf 72 700 Td (" + encoded + b") Tj ET")


def _scan() -> bytes:
    return _one_page(b"612 0 0 792 0 0 cm /I Do", resources="/XObject << /I 10 0 R >>", objects={10: _small_picture()})


HOSTILE: dict[str, Callable[[], bytes]] = {
    "a gigabyte of line ends in a small stream": lambda: _one_page(
        _deflated(b"\n" * 2**20, 2048), filters="/Filter /FlateDecode"
    ),
    "the same, deflated twice": lambda: _one_page(
        zlib.compress(_deflated(b"\n" * 2**20, 2048)), filters="/Filter [/FlateDecode /FlateDecode]"
    ),
    "twenty million glyphs": lambda: _one_page(
        b"BT /F1 1 Tf 0 0 Td " + (b"(" + b"a" * 100 + b") Tj 0 1 Td\n") * 200_000 + b"ET"
    ),
    "forms that show forms, ten levels": _laughs,
    "a form that shows itself": lambda: _one_page(
        b"/X Do",
        resources="/XObject << /X 10 0 R >>",
        objects={10: _form("/XObject << /X 10 0 R >>", b"/X Do")},
    ),
    "three hundred thousand pages": lambda: _many_pages(300_000),
    "a count that lies": lambda: _tree(
        "<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>",
        n3="<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>",
    ),
    "a tree of pages that loops": lambda: _tree("<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000 /Parent 2 0 R >>"),
    "a tree of pages fifty thousand deep": lambda: _deep_tree(50_000),
    "lists two hundred thousand deep": lambda: _nested("[", "]", 200_000),
    "dictionaries two hundred thousand deep": lambda: _nested("<</A ", ">>", 200_000),
    "brackets in the content, half a million deep": lambda: _one_page(b"[" * 500_000 + b"]" * 500_000),
    "a page of two million points": lambda: _one_page(TEXT, box="[0 0 2000000 2000000]"),
    "a picture of 30,000 by 30,000 dots": _picture,
    "four hundred rows of columns with a line under each, and as many beside": lambda: pages(
        [[(72 + 60 * n % 420, 20 + 2 * (n // 7), f"w{n}", 2, "F1") for n in range(2800)]],
        rulings=[
            [(60, 20 + 2 * n, 500, 20 + 2 * n) for n in range(400)]
            + [(60 + n, 20, 60 + n, 800) for n in range(0, 440, 4)]
        ],
    ),
    "the same without those beside": lambda: pages(
        [[(72 + 60 * n % 420, 20 + 2 * (n // 7), f"w{n}", 2, "F1") for n in range(2800)]],
        rulings=[[(60, 20 + 2 * n, 500, 20 + 2 * n) for n in range(400)]],
    ),
    "a million and a half strokes": lambda: _strokes(1_500_000),
}


def _with_catalogue(entries: str, objects: dict[int, bytes] | None = None) -> bytes:
    """A sound file whose catalogue has further entries."""
    return _one_page(TEXT, objects=objects).replace(
        b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Catalog /Pages 2 0 R {entries} >>".encode()
    )


def _attached() -> bytes:
    program = b"<< /Type /EmbeddedFile /Length 4 >>\nstream\nMZ\x90\x00\nendstream"
    named = b"<< /Type /Filespec /F (run.exe) /EF << /F 10 0 R >> >>"
    return _with_catalogue("/Names << /EmbeddedFiles << /Names [(run.exe) 11 0 R] >> >>", {10: program, 11: named})


# What is odd about a file whose text is read all the same; of a script or a program in it nothing runs.
ODD: dict[str, Callable[[], bytes]] = {
    "its table of objects is not where it says": lambda: re.sub(
        rb"startxref\n\d+", b"startxref\n99999999", _one_page(TEXT)
    ),
    "a script that runs when it is opened": lambda: _with_catalogue(
        "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"
    ),
    "a script by name": lambda: _with_catalogue(
        "/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (app.alert\\(1\\)) >>] >> >>"
    ),
    "a program that is started when it is opened": lambda: _with_catalogue("/OpenAction << /S /Launch /F (/bin/sh) >>"),
    "a program attached": _attached,
}

DAMAGED: dict[str, tuple[Callable[[], bytes], str]] = {
    "cut in the middle": (lambda: _one_page(TEXT)[:400], "damaged"),
    "the first half only": (lambda: _part(_one_page(TEXT), 0.5), "damaged"),
    "without its last twentieth": (lambda: _part(_one_page(b"BT ET " * 9 + TEXT), 0.95), "damaged"),
    "nothing but its first line": (lambda: b"%PDF-1.7\n", "damaged"),
    "zeros": (lambda: b"\0" * 100_000, "empty"),
    "junk before the beginning": (lambda: b"\x07\x80" * 1_000 + _one_page(TEXT), "before its PDF|binary|encoding"),
    "a web page that holds a PDF file": (lambda: b"<html><!--%PDF-1.4\n" + _one_page(TEXT), "before its PDF"),
    "no page": (lambda: _tree("<< /Type /Pages /Kids [] /Count 0 >>"), "no pages|damaged"),
    "a page without text": (lambda: _one_page(b""), "no text"),
    "a scan": (_scan, "scan"),
    "fonts that do not say their letters": (_broken_fonts, "text layer"),
}
