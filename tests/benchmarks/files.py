"""What is read out of real PDF files, and how fast: their symbols, their paragraph numbers, pages a second.

The files are those of the shared folder beside the checkout, 63 documents whose names are their symbols.
"""

import gc
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import pypdfium2

from documents.importing.model import DocumentReading
from documents.importing.parse import parse_source
from documents.importing.pdf.text import read_pdf
from documents.importing.refusal import Refused
from tests.benchmarks.measure import Bound, Report
from tests.machine import SHARED

FOLDER = SHARED / "files" / "pdf"
RUNS = 3
FEWEST_NUMBERED = 3  # a document with fewer numbered paragraphs does not number them
MOST_MISSING, MOST_WRONG, MOST_GAPS = 0.03, 0.01, 0.1
MOST_TIME = 2.0  # times what PDFium alone takes

T = TypeVar("T")

_NUMBER = re.compile(r"(\d{1,3})(?:[.．、]| ?[-–])?")


@dataclass
class _Found:
    """What was read in one file."""

    symbol: str
    pages: int
    reading: DocumentReading
    bare: float
    text: float
    parse: float


def report() -> Report:
    """Read every file several times; what is counted is the fastest run of each."""
    if not FOLDER.is_dir():
        return Report([f"There is no folder {FOLDER}: nothing was measured."])
    found: list[_Found] = []
    refused: list[str] = []
    with _as_in_a_child():
        for path in sorted(FOLDER.glob("*.pdf")):
            try:
                found.append(_measure(path))
            except Refused as refusal:
                refused.append(f"{path.name}: {refusal.reason}")
    missing = [one for one in found if not one.reading.masthead.symbols]
    wrong = [one for one in found if one not in missing and one.symbol not in one.reading.masthead.symbols]
    numbered = [one for one in found if len(numbers(one.reading)) >= FEWEST_NUMBERED]
    broken = [one for one in numbered if gaps(numbers(one.reading))]
    pages = sum(one.pages for one in found)
    bare, text = sum(one.bare for one in found), sum(one.text for one in found)
    parse = sum(one.parse for one in found)
    lines = [
        f"{len(found)} files with a text layer, {pages} pages; {len(refused)} refused",
        *(f"  refused: {line}" for line in refused),
        *(f"  no symbol: {one.symbol}" for one in missing),
        *(f"  wrong symbol: {one.symbol}: {', '.join(one.reading.masthead.symbols)}" for one in wrong),
        f"{len(numbered)} documents number their paragraphs",
        *(f"  gap: {one.symbol}: {_shown(gaps(numbers(one.reading)))}" for one in broken),
        f"pages a second of processor time: PDFium alone {pages / bare:.0f}",
        f"  text and structure: {pages / text:.0f} ({bare / text:.2f} of that)",
        f"  with masthead, paragraphs and citations: {pages / (text + parse):.0f} ({bare / (text + parse):.2f})",
    ]
    return Report(
        lines,
        [
            Bound("share of files without their symbol", len(missing + wrong) / len(found), MOST_MISSING),
            Bound("share of files with a wrong symbol", len(wrong) / len(found), MOST_WRONG),
            Bound("share of numbered documents with a gap", len(broken) / len(numbered), MOST_GAPS),
            Bound("time of text and structure to PDFium's alone", text / bare, MOST_TIME),
        ],
    )


def numbers(reading: DocumentReading) -> list[int]:
    """The numbers of a document's paragraphs and clauses, in order."""
    labels = (_NUMBER.fullmatch(one.label) for one in reading.blocks if one.kind in {"paragraph", "operative"})
    return [int(match[1]) for match in labels if match]


def gaps(counted: list[int]) -> list[tuple[int, int]]:
    """The pairs of numbers between which some are missing.

    A count may begin anew at 1, in a draft decision or an annex, and one that was left may be taken up again.
    """
    left: set[int] = set()
    found: list[tuple[int, int]] = []
    last = 0
    for number in counted:
        if number == last + 1:
            pass
        elif number == 1:
            left.add(last)
        elif number - 1 in left:
            left.discard(number - 1)
        else:
            found.append((last, number))
        last = number
    return found


def _measure(path: Path) -> _Found:
    data = path.read_bytes()
    times: dict[str, list[float]] = {"bare": [], "text": [], "parse": []}
    # In turn, so that a busy machine slows both and not one of them.
    for _ in range(RUNS):
        _timed(times["bare"], lambda: _bare(data))
        source = _timed(times["text"], lambda: read_pdf(data))
        reading = _timed(times["parse"], partial(parse_source, source, path.name, ""))
    symbol = path.name.removesuffix(".en.pdf").replace("_", "/")
    return _Found(symbol, source.pages, reading, *map(min, times.values()))


def _bare(data: bytes) -> None:
    """PDFium's own text of every page, without places or sizes."""
    document = pypdfium2.PdfDocument(data)
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    document.close()


def _timed(times: list[float], work: Callable[[], T]) -> T:
    """What the work gives; its processor time is noted."""
    begin = time.process_time()
    result = work()
    times.append(time.process_time() - begin)
    return result


@contextmanager
def _as_in_a_child() -> Iterator[None]:
    """Without collecting garbage, as in the children that read files: they end before it counts."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()


def _shown(pairs: list[tuple[int, int]]) -> str:
    return ", ".join(f"{before} to {after}" for before, after in pairs)
