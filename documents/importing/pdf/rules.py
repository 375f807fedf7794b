"""The lines drawn on a page, which part the rows and columns of its tables."""

import ctypes
from collections.abc import Iterable
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from documents.importing.pdf.words import Turn

_MOST_OBJECTS = 20_000  # of a page; one with more is a drawing
_MOST_RULES = 1_000
_THIN = 3.0  # points: what is thicker is an area
_SHORTEST = 4.0  # points
_SAME = 1.5  # points: how far apart pieces of one line may lie
_TOUCHING = 3.0  # points: the widest gap between pieces of one line
_FRAME_PARTS = 6  # of the path of a rectangle


class Rule(NamedTuple):
    """A straight line. `at` is how high it lies on the page if it runs across, else how far from the left; `low` and
    `high` are its ends, in points."""

    at: float
    low: float
    high: float


class Rules(NamedTuple):
    """A page's lines that run across it and those that run down, their pieces put together; each in order of `at`."""

    across: list[Rule]
    down: list[Rule]


NO_RULES = Rules([], [])


def rules_of(page: pypdfium2.PdfPage, turn: Turn) -> Rules:
    """The lines of an open page. `turn` is what turns its words."""
    raw = page.raw
    count: int = pdfium.FPDFPage_CountObjects(raw)
    if count > _MOST_OBJECTS:
        return NO_RULES
    across: list[Rule] = []
    down: list[Rule] = []
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for number in range(count):
        one = pdfium.FPDFPage_GetObject(raw, number)
        if pdfium.FPDFPageObj_GetType(one) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        if not pdfium.FPDFPageObj_GetBounds(one, left, bottom, right, top):
            continue
        corners = turn(left.value, bottom.value), turn(right.value, top.value)
        (x0, x1), (y0, y1) = (sorted(ends) for ends in zip(*corners, strict=True))
        if y1 - y0 < _THIN:
            across.append(Rule((y0 + y1) / 2, x0, x1))
        elif x1 - x0 < _THIN:
            down.append(Rule((x0 + x1) / 2, y0, y1))
        elif _is_frame(one):
            across += [Rule(y0, x0, x1), Rule(y1, x0, x1)]
            down += [Rule(x0, y0, y1), Rule(x1, y0, y1)]
    rules = Rules(_whole(across), _whole(down))
    return rules if len(rules.across) + len(rules.down) <= _MOST_RULES else NO_RULES


def _is_frame(path: pdfium.FPDF_PAGEOBJECT) -> bool:
    """Whether a path is the outline of a rectangle."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    return bool(stroke.value) and pdfium.FPDFPath_CountSegments(path) <= _FRAME_PARTS


def _whole(pieces: Iterable[Rule]) -> list[Rule]:
    """Lines put together from their pieces, as programs draw one for each cell; without what is too short for one."""
    lines: list[list[Rule]] = []
    for piece in sorted(pieces):
        if lines and piece.at - lines[-1][0].at < _SAME:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    whole: list[Rule] = []
    for line in lines:
        at = line[0].at
        low, high = float("-inf"), float("-inf")
        for piece in sorted(line, key=lambda one: one.low):
            if piece.low - high > _TOUCHING:
                whole.append(Rule(at, low, high))
                low, high = piece.low, piece.high
            high = max(high, piece.high)
        whole.append(Rule(at, low, high))
    return [one for one in whole if one.high - one.low >= _SHORTEST]
