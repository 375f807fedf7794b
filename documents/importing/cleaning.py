"""The first repairs of an extracted text: characters, marks that other programs left, and page furniture."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from documents.importing.marks import BOLD_OFF, BOLD_ON, FULL_LINE, ITALIC_OFF, ITALIC_ON, strip_marks
from documents.symbols.folding import symbol_key
from documents.symbols.grammar import split_joint

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1c-\x1f\x7f\x80-\x84\x86-\x9f]")
_INVISIBLE = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_PRESENTATION = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc\u2e80-\u2fdf\uf900-\ufaff]")
_LINE_END_HYPHEN = re.compile("(?:[\u00ad\u2010\ufffe\x02])(?=[ \t]*\n)")  # what PDF programs leave where a word broke
_TATWEEL = re.compile("(?<=[\u0621-\u064a])\u0640+|\u0640+(?=[\u0621-\u064a])")

_WIDEST_GAP = 250  # characters; no page is wider, and patterns that look over spaces stay fast
_WIDE_GAP = re.compile(rf"[ \t]{{{_WIDEST_GAP},}}")

_BOOKMARK = re.compile(r"\[bookmark:[ \t]*\w{1,60}\]")
_RULE = re.compile(r"^[ \t]*(?:-{3,}|\*{3,}|={3,})[ \t]*$", re.MULTILINE)
_MARKDOWN = re.compile(r"^#{1,6} \S|\*\*[^\s*]", re.MULTILINE)
_BOLD = re.compile(r"\*\*(?=\S)([^*]{1,2000}?)(?<=\S)\*\*")
_ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,400}?)(?<=[^\s*])\*(?![\w*])")
_BULLETED_LABEL = re.compile(
    r"^([ \t]*)[-*] (?=(?:[a-zа-я][.)]|\([a-z]{1,4}\)|\d{1,2}\)|[ivx]{1,5}[.)]) )", re.MULTILINE
)
_GRID = re.compile(r"^[ \t]*\+[-=+]{3,}\+[ \t]*$", re.MULTILINE)

_JOB = r"(?:(?:[A-Z]{1,3}\.)?\d{2}-\d{5}\*?X?(?: ?\([A-Z]\))?|K\d{7}(?: ?[\[(][A-Z][\])])?)"
_JOB_NUMBER = re.compile(rf"^ *(?P<job>{_JOB})(?=\s|$)", re.MULTILINE)
_STRONG_FURNITURE = re.compile(
    rf"{_JOB}(?:[ ]+\d{{6}})*|\*\d{{7}}\*|\*[A-Z]?\d{{6,8}}\*|\d{{1,3}}/\d{{1,3}}|/\.\.\.|"
    r"(?:page|página|pág\.|стр\.|страница|صفحة) ?\d{1,4}|第 ?\d{1,4} ?页|\d{6}(?: \d{6})?",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(r"[-–—]? ?(?:\d{1,4}|[ivx]{1,6}) ?[-–—]?")
_PAGE_OF_PAGES = re.compile(r"(?:^|\s)\d{1,3}/\d{1,3}(?:\s|$)")
_SEPARATOR = re.compile(r"[_＿]{4,}")
_LONGEST_LABEL = 6  # characters
_CELL_GAP = re.compile(r" {2,}")


@dataclass(slots=True)
class Line:
    """One line that holds something. `page` counts from 0; `blanks` is the number of empty lines before it; `is_full`
    says that it surely goes on to the edge of the text."""

    text: str
    indent: int
    page: int
    blanks: int
    number: int
    is_full: bool = False

    @property
    def right(self) -> int:
        """The column where the line ends."""
        return self.indent + len(self.text)

    def cells(self, gap: int = 3) -> list[tuple[int, str]]:
        """The columns of a line set with wide gaps: pairs of their indent and text."""
        run = re.compile(rf"\S+(?: {{1,{gap - 1}}}\S+)*")
        return [(self.indent + match.start(), match[0]) for match in run.finditer(self.text)]

    def is_running(self) -> bool:
        """Whether the line is running text: one column, or a label set apart from its text."""
        cells = self.cells(gap=4)
        return len(cells) == 1 or (len(cells) == 2 and len(cells[0][1]) <= _LONGEST_LABEL)


def clean_characters(text: str) -> str:
    """The text with plain line ends and spaces, and without invisible, private and control characters.

    Letters in presentation forms become plain ones, and the Arabic elongation goes. Everything else, such as ½, № and
    typographic dashes, stays as printed.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub("[\x0b\x85\u2028\u2029]", "\n", text)
    text = _LINE_END_HYPHEN.sub("-", text).replace("\u00ad", "").replace("\ufffe", "-").replace("\x02", "-")
    for pattern in (_INVISIBLE, _PRIVATE, _CONTROLS):
        text = pattern.sub("", text)
    text = _WIDE_GAP.sub(" " * _WIDEST_GAP, re.sub("[\u00a0\u2000-\u200a\u202f\u205f\u3000]", " ", text))
    text = _PRESENTATION.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return _TATWEEL.sub("", text)


def clean_markup(text: str) -> str:
    """The text without the bookmarks, rules, grids and emphasis signs that converters write; emphasis becomes marks."""
    text = _GRID.sub("", _BOOKMARK.sub("", text))
    if not _MARKDOWN.search(text):
        return text
    text = _BULLETED_LABEL.sub(r"\1", _RULE.sub("", text))
    text = _BOLD.sub(rf"{BOLD_ON}\1{BOLD_OFF}", text)
    return _ITALIC.sub(rf"{ITALIC_ON}\1{ITALIC_OFF}", text)


def split_lines(text: str) -> list[Line]:
    """The lines that hold something, with their page, indent and the empty lines before them."""
    lines: list[Line] = []
    blanks = 0
    number = 0
    for page, page_text in enumerate(text.split("\f")):
        for raw in page_text.split("\n"):
            number += 1
            is_full = raw.endswith(FULL_LINE)
            line = _without_grid(raw.removesuffix(FULL_LINE).expandtabs(4)).rstrip()
            stripped = line.lstrip()
            if stripped:
                lines.append(Line(stripped, len(line) - len(stripped), page, blanks, number, is_full))
            blanks = 0 if stripped else blanks + 1
    return lines


def find_job_number(text: str) -> str | None:
    """The printer's job number, "25-08964 (E)" or "GE.19-13879 (R)", the form with the language letter first."""
    jobs = [" ".join(match["job"].split()).replace("*", "") for match in _JOB_NUMBER.finditer(text)]
    return next((job for job in jobs if job.endswith(")")), jobs[0] if jobs else None)


def furniture(lines: list[Line], own_symbols: Iterable[str]) -> set[int]:
    """The places in `lines` of running heads, page numbers, job numbers and bar codes.

    A number alone counts as a page number only beside such a line or a page's edge: it may be a paragraph's.
    """
    keys = {symbol_key(part) for symbol in own_symbols for part in (symbol, *split_joint(symbol))}
    strong = {place for place, line in enumerate(lines) if _is_furniture(strip_marks(line.text), keys)}
    if sum(bool(_PAGE_OF_PAGES.search(strip_marks(lines[place].text))) for place in strong) > 1:
        return strong  # pages are numbered "2/5", so a number alone is something else
    for place, line in enumerate(lines):
        if place and _SEPARATOR.fullmatch(lines[place - 1].text):
            continue  # a footnote's number under the line that parts notes from the text
        if place not in strong and _PAGE_NUMBER.fullmatch(strip_marks(line.text)) and _is_at_edge(lines, place, strong):
            strong.add(place)
    return strong


def is_page_furniture(text: str) -> bool:
    """Whether a line is a page's job number, "3/15", a bar code or the like; a number alone may be something else."""
    return _is_furniture(text, set())


def _without_grid(line: str) -> str:
    """A row of a table drawn with | and +, as its cells with wide gaps."""
    stripped = line.strip()
    if stripped.startswith("|") and stripped.endswith("|") and len(stripped) > 2:
        return line.replace("|", "    ")
    return line


def _is_furniture(text: str, keys: set[str]) -> bool:
    cells = _CELL_GAP.split(text)
    strong = False
    for cell in cells:
        if _STRONG_FURNITURE.fullmatch(cell) or _is_own_symbol(cell, keys):
            strong = True
        elif not _PAGE_NUMBER.fullmatch(cell):
            return False
    return strong


def _is_own_symbol(cell: str, keys: set[str]) -> bool:
    """Whether a running head is the document's own symbol, whole or without its first part."""
    if len(cell) > 60 or "/" not in cell:
        return False
    key = symbol_key(cell)
    return key in keys or any(own.endswith("/" + key) for own in keys if key.count("/") >= 2)


def _is_at_edge(lines: list[Line], place: int, strong: set[int]) -> bool:
    line = lines[place]
    first = place == 0 or lines[place - 1].page != line.page
    last = place + 1 == len(lines) or lines[place + 1].page != line.page
    paged = lines[-1].page > 0
    return (paged and (first or last)) or (
        (place - 1 in strong or place + 1 in strong) and not text_follows(lines, place, strong)
    )


def text_follows(lines: list[Line], place: int, strong: set[int]) -> bool:
    """Whether the line after a place is text that stands close to it, as a footnote's does to its number."""
    following = place + 1
    return following < len(lines) and following not in strong and lines[following].blanks == 0
