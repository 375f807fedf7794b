"""The words of a PDF page with their places, sizes and styles, as PDFium gives them."""

import ctypes
import itertools
import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from documents.importing.pdf.bidi import has_rtl

BOLD, ITALIC = 1, 2
RAISED_SIZE = 0.82  # figures smaller than this share of the text beside them may be a footnote's mark
BROKEN = "\ufffe"  # what PDFium puts where a hyphen ends a line, in place of both

_ONE_WORD = rf"(?:[^\s{BROKEN}\x02]+[{BROKEN}\x02]?|[{BROKEN}\x02])"
_WORD = re.compile(_ONE_WORD)
_LINE = re.compile(f"{_ONE_WORD}(?: {_ONE_WORD})*")  # words parted by single spaces
_FIGURES = re.compile(r"[\d*]")
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")
_BEYOND_16_BITS = re.compile("[\U00010000-\U0010ffff]")  # PDFium counts these twice
_SAMPLE = 9  # words that tell which way a page's text runs
_LARGE_SAMPLE = 500  # words that tell it where the first ones differ, as in a table with upright headings
_NAME_BYTES = 128
_WIDE_CHARACTER = 0.55  # of the size: the mean width from which words may stand apart
_SPACE = 0.2  # of the size: a wider gap between two characters parts words
_SAME_BASE = 0.5  # of the size: how far the origins of one line's characters lie apart, those of marked letters too


Turn = Callable[[float, float], tuple[float, float]]


class Word(NamedTuple):
    """A word, or several: left and right end, baseline and size in points; BOLD and ITALIC as bits."""

    text: str
    left: float
    right: float
    base: float
    size: float
    style: int


# PDFium's functions that are asked of words, with plain addresses for pointers: half the time of a call goes into
# making pointer objects.
def _plain(function: Any, result: Any, *arguments: Any) -> Any:
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_get_object = _plain(pdfium.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_get_origin = _plain(
    pdfium.FPDFText_GetCharOrigin, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p
)
_get_box = _plain(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
# These are asked of every printing command: an object of the page, and where to write what is found.
_get_size = _plain(pdfium.FPDFTextObj_GetFontSize, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
_get_matrix = _plain(pdfium.FPDFPageObj_GetMatrix, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
_get_font = _plain(pdfium.FPDFTextObj_GetFont, ctypes.c_void_p, ctypes.c_void_p)


class PageText(NamedTuple):
    """A page's words in the file's order, and its plain characters. In the words of a page with Arabic letters,
    characters stand as they are printed, from left to right. `turn` is what turned the words."""

    words: list[Word]
    text: str
    has_rtl: bool
    turn: Turn


class PageReader:
    """Reads the pages of one document; keeps what is known of its fonts."""

    def __init__(self) -> None:
        self._fonts: dict[int, int] = {}
        self._box = pdfium.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._box_at = ctypes.addressof(self._box)
        self._x_at, self._y_at = ctypes.addressof(self._x), ctypes.addressof(self._y)
        self._size, self._matrix = ctypes.c_float(), pdfium.FS_MATRIX()
        self._size_at, self._matrix_at = ctypes.addressof(self._size), ctypes.addressof(self._matrix)

    def read(self, page: pypdfium2.PdfPage) -> PageText:
        """The words of a page."""
        text_page = page.get_textpage()
        try:
            self._raw = ctypes.cast(text_page.raw, ctypes.c_void_p).value or 0
            self._text: str = text_page.get_text_range()
            self._place = _places(text_page, self._text)
            self._looks: dict[int | None, tuple[float, int]] = {}  # objects live as long as their page
            self._turn = self._direction()
            rtl = has_rtl(self._text)
            return PageText(self._printed_words() if rtl else self._words(), self._text, rtl, self._turn)
        finally:
            text_page.close()

    def _words(self) -> list[Word]:
        """The words that one command of the file prints stay together, except where a wide gap may part them."""
        raw, place = self._raw, self._place
        words: list[Word] = []
        for match in _LINE.finditer(self._text):
            start, end = match.span()
            # As `_object` does, without its call: it is asked of every line twice, and of most words.
            first = _get_object(raw, place(start) if place else start)
            last = _get_object(raw, place(end - 1) if place else end - 1)
            if first == last:
                self._add(words, start, end, self._look(first))  # what a command prints stands together
            else:
                self._add_runs(words, start, end, last)
        return words

    def _add_runs(self, words: list[Word], start: int, end: int, last: int | None) -> None:
        """Adds the words of a line that several commands print, up to the one that prints the rest of it."""
        raw, place = self._raw, self._place
        run_start, run_end = start, start
        run_object: int | None = -1
        for match in _WORD.finditer(self._text, start, end):
            at = match.start()
            text_object = _get_object(raw, place(at) if place else at)
            if text_object != run_object:
                if run_end > run_start:
                    self._add_run(words, run_start, run_end, run_object)
                run_start, run_object = at, text_object
                if text_object == last:
                    break
            run_end = match.end()
        self._add_run(words, run_start, end, run_object)

    def _add_run(self, words: list[Word], start: int, end: int, text_object: int | None) -> None:
        """Adds the words of a run that begins with one command; its last word may go on with another one, as a
        footnote's figure behind it does, and is parted where size or style change."""
        look = self._look(text_object)
        last = self._object(end - 1)
        if last == text_object:
            self._add(words, start, end, look)
            return
        at = max(start, self._text.rfind(" ", start, end) + 1)
        if look == self._look(last) and not _FIGURES.search(self._text, at, end):
            self._add(words, start, end, look)
            return
        cut = start
        while at < end:
            if (other := self._look(self._object(at))) != look:
                self._add(words, cut, at, look)
                cut, look = at, other
            at += 1
        self._add(words, cut, end, look)

    def _add(self, words: list[Word], start: int, end: int, look: tuple[float, int]) -> None:
        """Adds the words of a span as one; one by one where their width tells that there is a gap between some."""
        if start == end:
            return
        place = self._place
        first, last = (place(start), place(end - 1)) if place else (start, end - 1)
        _get_origin(self._raw, first, self._x_at, self._y_at)
        _get_box(self._raw, last, self._box_at)
        if self._turn is _unturned:
            left, base, right = self._x.value, self._y.value, self._box.right
        else:
            left, base = self._turn(self._x.value, self._y.value)
            right = self._ends()[1]
        size, style = look
        text = self._text[start:end]
        if right - left > (end - start) * size * _WIDE_CHARACTER and " " in text:
            for match in _WORD.finditer(self._text, start, end):
                self._add(words, match.start(), match.end(), look)
        else:
            words.append(Word(text, left, right, base, size, style))

    def _ends(self) -> tuple[float, float]:
        """Left and right end of the box that was asked for last, as the text runs."""
        ends = self._turn(self._box.left, self._box.bottom)[0], self._turn(self._box.right, self._box.top)[0]
        return min(ends), max(ends)

    def _direction(self) -> Turn:
        """What turns the page so that its text runs to the right: pages are stored turned, and so are wide tables."""
        votes = self._votes(itertools.islice(_LONG_WORD.finditer(self._text), _SAMPLE))
        if len([count for count in votes.values() if count]) > 1:
            votes = self._votes(itertools.islice(_LONG_WORD.finditer(self._text), _LARGE_SAMPLE))
        return max(votes, key=lambda turn: votes[turn])

    def _votes(self, words: Iterable[re.Match[str]]) -> dict[Turn, int]:
        """How many of the words run to the right, upwards and downwards on the page as it is stored."""
        votes: dict[Turn, int] = {_unturned: 0, _upwards: 0, _downwards: 0}
        for match in words:
            points: list[tuple[float, float]] = []
            for at in (match.start(), match.end() - 2):
                one = self._place(at) if self._place else at
                _get_origin(self._raw, one, self._x_at, self._y_at)
                points.append((self._x.value, self._y.value))
            across, up = points[1][0] - points[0][0], points[1][1] - points[0][1]
            votes[_unturned if abs(across) >= abs(up) else _upwards if up > 0 else _downwards] += 1
        return votes

    def _printed_words(self) -> list[Word]:
        """Words put together from single characters, each word as it is printed, from left to right."""
        characters: list[Word] = []
        raw = ctypes.cast(self._raw, pdfium.FPDF_TEXTPAGE)
        for at, character in enumerate(self._text):
            one = self._place(at) if self._place else at
            if character.isspace() or pdfium.FPDFText_IsGenerated(raw, one) == 1:
                continue
            _get_origin(self._raw, one, self._x_at, self._y_at)
            _get_box(self._raw, one, self._box_at)
            size, style = self._look(self._object(at))
            left, right = self._ends()
            base = self._turn(self._x.value, self._y.value)[1]
            characters.append(Word(character, left, right, base, size, style))
        return _joined(characters)

    def _object(self, at: int) -> int | None:
        """What tells one printing command of the page from another: the address of its object."""
        address: int | None = _get_object(self._raw, self._place(at) if self._place else at)
        return address

    def _look(self, text_object: int | None) -> tuple[float, int]:
        """The size in points and the style bits of what a command prints."""
        known = self._looks.get(text_object)
        if known is None:
            known = self._looks[text_object] = self._look_up(text_object)
        return known

    def _look_up(self, text_object: int | None) -> tuple[float, int]:
        if text_object is None:
            return 0.0, 0
        matrix = self._matrix
        _get_size(text_object, self._size_at)
        _get_matrix(text_object, self._matrix_at)
        size: float = abs(self._size.value) * (matrix.c**2 + matrix.d**2) ** 0.5
        font = _get_font(text_object)
        if font is None:
            return size, 0
        if font not in self._fonts:
            name = ctypes.create_string_buffer(_NAME_BYTES)
            pdfium.FPDFFont_GetBaseFontName(ctypes.cast(font, pdfium.FPDF_FONT), name, _NAME_BYTES)
            self._fonts[font] = _style_of(name.value.decode("latin-1"))
        return size, self._fonts[font]


def _style_of(font_name: str) -> int:
    """The style bits that a font's name tells; what files say of weights is mostly wrong."""
    name = font_name.lower()
    bold = any(sign in name for sign in ("bold", "black", "heavy", "-bd", "demi"))
    italic = any(sign in name for sign in ("italic", "oblique", "-it"))
    return BOLD * bold | ITALIC * italic


def _places(text_page: pypdfium2.PdfTextPage, text: str) -> Callable[[int], int] | None:
    """From a place in the text to PDFium's own count of characters; None where the two are the same, as mostly."""
    raw = text_page.raw
    if len(text) == text_page.count_chars() and not _BEYOND_16_BITS.search(text):
        return None
    units = [0]
    for character in text:
        units.append(units[-1] + (2 if ord(character) > 0xFFFF else 1))
    return lambda at: max(0, pdfium.FPDFText_GetCharIndexFromTextIndex(raw, units[at]))


def _unturned(x: float, y: float) -> tuple[float, float]:
    return x, y


def _upwards(x: float, y: float) -> tuple[float, float]:
    return y, -x


def _downwards(x: float, y: float) -> tuple[float, float]:
    return -y, x


def _joined(characters: list[Word]) -> list[Word]:
    """Words out of single characters: lines by their baselines, then runs without a gap."""
    lines: list[list[Word]] = []
    for character in sorted(characters, key=lambda one: -one.base):
        if lines and lines[-1][0].base - character.base < _SAME_BASE * (character.size or 1):
            lines[-1].append(character)
        else:
            lines.append([character])
    words: list[Word] = []
    for line in lines:
        line.sort(key=lambda one: one.left + one.right)
        run = [line[0]]
        for character in line[1:]:
            edge = max(one.right for one in run[-3:])
            is_other = character.size < run[-1].size * RAISED_SIZE or run[-1].size < character.size * RAISED_SIZE
            if character.left - edge > _SPACE * character.size or is_other:
                words.append(_word(run))
                run = []
            run.append(character)
        words.append(_word(run))
    return words


def _word(run: list[Word]) -> Word:
    text = "".join(one.text for one in run)
    first = run[0]
    right, base, size = max(one.right for one in run), min(one.base for one in run), max(one.size for one in run)
    return Word(text, first.left, right, base, size, first.style)
