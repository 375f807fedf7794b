"""A picture of a document's first page, and how many it has."""

import io
from pathlib import Path

import pypdfium2
from PIL import Image

from documents.importing.reading import read_bytes
from documents.importing.refusal import Refused

_MOST_HEIGHT = 2  # of the width: a longer page is cut, so that a page of any shape gives a small picture
_QUALITY = 80


def first_page_picture(path: Path, width: int) -> bytes:
    """A PDF file's first page as a WebP picture so many pixels wide.

    Raises Refused where there is no such page or it cannot be shown. Only for a `contained` child.
    """
    data = read_bytes(path)
    if not data.startswith(b"%PDF-"):
        raise Refused("Only PDF files have pictures of their pages.")
    try:
        document = pypdfium2.PdfDocument(data)
        page = document[0]
        # Never by resolution: a page may say that it is a kilometre wide.
        wide, high = page.get_size()
        height = min(width * _MOST_HEIGHT, max(1, round(high * width / max(wide, 1))))
        picture: Image.Image = page.render(scale=width / max(wide, 1), crop=_cut(wide, high, width, height)).to_pil()
    except (pypdfium2.PdfiumError, IndexError, ValueError) as error:
        raise Refused("The first page cannot be shown.") from error
    output = io.BytesIO()
    picture.convert("RGB").save(output, "WEBP", quality=_QUALITY)
    return output.getvalue()


def count_pages(path: Path) -> int:
    """The number of pages of a PDF file. Raises Refused where it cannot be opened. Only for a `contained` child."""
    try:
        return len(pypdfium2.PdfDocument(read_bytes(path)))
    except pypdfium2.PdfiumError as error:
        raise Refused("The file cannot be opened.") from error


def _cut(wide: float, high: float, width: int, height: int) -> tuple[float, float, float, float]:
    """What to leave out on the left, below, on the right and above, in points."""
    return 0, max(0.0, high - height * wide / width), 0, 0
