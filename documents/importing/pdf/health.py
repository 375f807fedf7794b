"""Whether a PDF file's text can be used: no pictures of pages, and fonts that say which letters they show."""

import ctypes
import re

import pypdfium2
import pypdfium2.raw as pdfium

from documents.importing.refusal import Refused

_FEWEST_LETTERS = 50  # a page with fewer holds no running text
_LOOKED_AT = 1_500  # characters of a page: enough to tell what its font says
_MOST_UNKNOWN = 0.02  # share of characters that are no characters of any text
_FEWEST_UNKNOWN = 5
# Share of Latin letters in runs that no space parts: numbers of glyphs come without their spaces.
_MOST_ENDLESS = 0.5
_FEWEST_READABLE = 0.5  # share of letters and figures; a sound file has 75 % letters and more
_PICTURE = 0.3  # of a page's area: what its pictures cover at least, where they stand for its text
_MOST_OBJECTS = 20_000  # of a page; one with more is a drawing
_LETTERS, _FIGURES = re.compile(r"[^\W\d_]+"), re.compile(r"\d+")
_ENDLESS = re.compile("[A-Za-z]{30,}")
_UNKNOWN = re.compile("[\x00-\x01\x03-\x08\x0e-\x1f\x7f-\x9f\ufffd\uf000-\uf01f\U000f0000-\U0010ffff]")


class Health:
    """Looks at a document's pages one after the other.

    without_text: numbers, from 1, of pages that are pictures without text        unusable: of those whose fonts do not
    say which letters they show
    """

    def __init__(self) -> None:
        self.without_text: list[int] = []
        self.unusable: list[int] = []
        self._pages = self._usable = self._solid = self._readable = self._letters = self._most_letters = 0

    def take(self, text: str, page: pypdfium2.PdfPage) -> bool:
        """Looks at the next page's text; whether it can be used. The page is open."""
        self._pages += 1
        sample = text[:_LOOKED_AT]
        letters = sum(map(len, _LETTERS.findall(sample)))
        if letters < _FEWEST_LETTERS and _is_picture(page):
            self.without_text.append(self._pages)
        solid = sum(map(len, sample.split()))
        unknown = len(_UNKNOWN.findall(sample))
        endless = sum(map(len, _ENDLESS.findall(sample)))
        if (unknown >= _FEWEST_UNKNOWN and unknown > solid * _MOST_UNKNOWN) or endless > letters * _MOST_ENDLESS:
            self.unusable.append(self._pages)
            return False
        self._usable += bool(solid)
        self._solid += solid
        self._letters += letters
        self._most_letters = max(self._most_letters, letters)
        self._readable += letters + sum(map(len, _FIGURES.findall(sample)))
        return True

    def check(self) -> None:
        """Raises Refused where the pages taken hold no text, or hardly any that can be used."""
        if self.unusable and len(self.unusable) >= self._usable:
            raise Refused("The file's text layer is unusable: its fonts do not say which letters they show.")
        if self.without_text and self._most_letters < _FEWEST_LETTERS:
            raise Refused("The file is a scan without text; it needs text recognition, or its text typed.")
        if self._letters < 8:
            raise Refused("The file holds no text.")
        if self._readable < self._solid * _FEWEST_READABLE:
            raise Refused("The file holds hardly any letters: its text layer is unusable.")


def _is_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether pictures cover a good part of a page, as a scan's do, in one piece or in stripes."""
    raw = page.raw
    count: int = pdfium.FPDFPage_CountObjects(raw)
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    covered = 0.0
    for number in range(min(count, _MOST_OBJECTS)):
        one = pdfium.FPDFPage_GetObject(raw, number)
        kind = pdfium.FPDFPageObj_GetType(one)
        if kind not in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            continue
        if kind == pdfium.FPDF_PAGEOBJ_FORM and not _holds_picture(one):
            continue
        if pdfium.FPDFPageObj_GetBounds(one, left, bottom, right, top):
            covered += (right.value - left.value) * (top.value - bottom.value)
    width, height = page.get_size()
    return covered > width * height * _PICTURE


def _holds_picture(form: pdfium.FPDF_PAGEOBJECT) -> bool:
    count = min(pdfium.FPDFFormObj_CountObjects(form), _MOST_OBJECTS)
    parts = (pdfium.FPDFFormObj_GetObject(form, number) for number in range(count))
    return any(pdfium.FPDFPageObj_GetType(part) == pdfium.FPDF_PAGEOBJ_IMAGE for part in parts)
