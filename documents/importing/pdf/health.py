"""Whether a PDF file's text can be used: no pictures of pages, and fonts that say which letters they show."""

import re
from collections import Counter

import pypdfium2
import pypdfium2.raw as pdfium

from documents.importing.refusal import Refused

_FEWEST_LETTERS = 50  # a page with fewer holds no running text
_LOOKED_AT = 20  # pages that are counted, and looked at for pictures
_MOST_UNKNOWN = 0.02  # share of characters that are no characters of any text
_FEWEST_READABLE = 0.5  # share of letters and figures; a sound file has 75 % letters and more
_UNKNOWN = re.compile("[\x00-\x01\x03-\x08\x0e-\x1f\x7f-\x9f\ufffd\uf000-\uf01f\U000f0000-\U0010ffff]")


class Health:
    """Counts the characters of a document's pages."""

    def __init__(self) -> None:
        self._pages = self._solid = self._readable = self._letters = self._unknown = self._most_letters = 0

    def take(self, text: str) -> None:
        """Counts a page's characters; where text was found, the first pages tell enough."""
        self._pages += 1
        if self._pages > _LOOKED_AT and self._most_letters >= _FEWEST_LETTERS:
            return
        letters = 0
        for character, count in Counter(text).items():
            if character.isalnum():
                self._solid += count
                self._readable += count
                letters += 0 if character.isdecimal() else count
                continue
            self._solid += 0 if character.isspace() else count
            self._unknown += count if _UNKNOWN.match(character) else 0
        self._letters += letters
        self._most_letters = max(self._most_letters, letters)

    def check(self, document: pypdfium2.PdfDocument) -> None:
        """Raises Refused where the pages taken hold no text, or none that can be used."""
        if self._most_letters < _FEWEST_LETTERS and self._has_pictures(document):
            raise Refused("The file is a scan without text; it needs text recognition, or its text typed.")
        if self._solid and self._unknown > self._solid * _MOST_UNKNOWN:
            raise Refused("The file's text layer is unusable: its fonts do not say which letters they show.")
        if self._letters < 8:
            raise Refused("The file holds no text.")
        if self._readable < self._solid * _FEWEST_READABLE:
            raise Refused("The file holds hardly any letters: its text layer is unusable.")

    def _has_pictures(self, document: pypdfium2.PdfDocument) -> bool:
        for number in range(min(len(document), _LOOKED_AT)):
            page = document[number]
            try:
                if any(one.type == pdfium.FPDF_PAGEOBJ_IMAGE for one in page.get_objects(max_depth=3)):
                    return True
            finally:
                page.close()
        return False
