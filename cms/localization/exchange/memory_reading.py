"""What a TMX file of any program says, as pairs of texts in the translation memory's form.

Codes are known by what programs write of them: their type (TMX 1.4b, section "type"), or the tag that they stand for.
One that means nothing here is left out, and its text stays.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from django.utils.translation import gettext as _

from cms.core.languages import Language, language
from cms.localization.exchange.elements import UnreadableError
from cms.localization.foreign import XML_LANG, FileRefusedError, local_name, parsed
from cms.localization.memory.neutral import CODE
from cms.localization.texts.inline import CONTROL, KINDS
from cms.localization.texts.saving import MOST_TEXT

MOST_BYTES = 20 * 1024 * 1024
MOST_UNITS = 50_000
ALONE = {"footnote"}
_TYPES = {"italic": "i", "bold": "b", "link": "a", "fnote": "footnote", "enote": "footnote"}
_TAG = re.compile(r"^\s*<([a-z]+)\b", re.IGNORECASE)
# No-break spaces are text.
_SPACES = re.compile("[ \t\r\n]+")
_SHORTENED = 100  # characters of a text that the report repeats


@dataclass(frozen=True)
class MemoryUnit:
    """One unit of a file: the texts of some languages that belong together, as pairs, each in both directions.

    A pair is source language, its text, target language, its text. ``problem`` says why there is none; ``remark`` what
    was left out. ``text`` is how the unit begins, in ``language``.
    """

    place: str
    text: str
    language: Language | None
    pairs: tuple[tuple[Language, str, Language, str], ...] = ()
    problem: str = ""
    remark: str = ""


@dataclass
class _Piece:
    """A code in a segment: its kind, what names it in all languages of its unit, and whether it closes."""

    kind: str
    number: str
    closing: bool = False
    name: str = ""


_Segment = list[str | _Piece]


def open_memory(content: bytes) -> Any:
    """The root element of a TMX file. Raises FileRefusedError."""
    if not content.strip(b"\x00 \t\r\n"):
        raise FileRefusedError(_("The file is empty."))
    root = parsed(content)
    if local_name(root) != "tmx":
        raise FileRefusedError(_("This is no TMX file: it begins with <%(name)s>.") % {"name": local_name(root)[:40]})
    found = sum(1 for _unit in root.iterfind("{*}body/{*}tu"))
    if not found:
        raise FileRefusedError(_("There is no text in the file."))
    if found > MOST_UNITS:
        raise FileRefusedError(_("The file has more than %(most)s texts.") % {"most": MOST_UNITS})
    return root


def units_in(root: Any, codes: Container[str]) -> Iterator[MemoryUnit]:
    """The units of a TMX file in their order; ``codes`` are those of the site's languages."""
    for number, element in enumerate(root.iterfind("{*}body/{*}tu"), start=1):
        yield _unit(_("Pair %(number)s") % {"number": number}, element, codes)


def _unit(place: str, element: Any, codes: Container[str]) -> MemoryUnit:
    """What one unit says."""
    segments: dict[str, tuple[Language, Any]] = {}
    foreign: list[str] = []
    for variant in element.iterchildren("{*}tuv"):
        code = variant.get(XML_LANG) or variant.get("lang") or ""
        try:
            entry = language(code)
        except LookupError:
            foreign.append(code[:20] or "?")
            continue
        if entry.code not in codes:
            foreign.append(code)
            continue
        segments.setdefault(entry.code, (entry, variant.find("{*}seg")))
    first = next((entry for entry, _segment in segments.values()), None)
    begins = _begins(segments[first.code][1]) if first else ""
    remarks = []
    if foreign:
        remarks.append(_("Not of this site: %(languages)s.") % {"languages": ", ".join(foreign[:6])})
    try:
        if len(segments) < 2:
            raise UnreadableError(_("It has no two languages of this site."))
        texts = [(entry, _segment(one)) for entry, one in segments.values() if one is not None]
        pairs, dropped = _pairs(texts)
    except UnreadableError as error:
        return MemoryUnit(place, begins, first, problem=" ".join([str(error), *remarks]))
    if dropped:
        remarks.append(_("Codes without a meaning here were left out."))
    return MemoryUnit(place, begins, first, pairs, remark=" ".join(remarks))


def _begins(segment: Any) -> str:
    """How a segment begins, as the report repeats it."""
    text = "" if segment is None else "".join(segment.itertext())
    return CONTROL.sub("", _SPACES.sub(" ", text)).strip()[:_SHORTENED]


def _pairs(
    texts: list[tuple[Language, _Segment]],
) -> tuple[tuple[tuple[Language, str, Language, str], ...], bool]:
    """The pairs of a unit's texts, and whether codes were left out. Raises UnreadableError where there is no pair."""
    dropped = any(isinstance(part, _Piece) and not part.kind for _entry, segment in texts for part in segment)
    spoken = [(entry, segment) for entry, segment in texts if any(map(str.isalpha, "".join(_words(segment))))]
    pairs: list[tuple[Language, str, Language, str]] = []
    for (source, original), (target, translated) in permutations(spoken, 2):
        text, other = _written(original, None), _written(translated, original)
        if text != other:
            pairs.append((source, text, target, other))
    if not pairs:
        if len(spoken) < 2:
            raise UnreadableError(_("It has words in one language only."))
        raise UnreadableError(_("Source and translation are the same."))
    if any(len(text) > MOST_TEXT for _source, text, _target, other in pairs for text in (text, other)):
        raise UnreadableError(_("This is longer than any text may be."))
    return tuple(pairs), dropped


def _words(segment: _Segment) -> Iterator[str]:
    return (part for part in segment if isinstance(part, str))


def _written(segment: _Segment, source: _Segment | None) -> str:
    """A segment in the memory's form. A translation's codes are named after their counterparts in the ``source``."""
    pieces = [part for part in segment if isinstance(part, _Piece) and part.kind and not part.closing]
    if source is None:
        seen: Counter[str] = Counter()
        for piece in pieces:
            seen[piece.kind] += 1
            piece.name = f"{piece.kind}{seen[piece.kind]}"
        names = {piece.number: piece.name for piece in pieces}
    else:
        names = _names_after(source, pieces)
    parts = []
    for part in segment:
        if isinstance(part, str):
            parts.append(CODE.sub("", CONTROL.sub("", part)))
        elif part.kind and part.number in names:
            parts.append(f"⟦{'/' if part.closing else ''}{names[part.number]}⟧")
    return _SPACES.sub(" ", "".join(parts)).strip(" ")


def _names_after(source: _Segment, pieces: list[_Piece]) -> dict[str, str]:
    """The names of a translation's codes: that of the same number and kind, else the next of the kind."""
    free: defaultdict[str, list[_Piece]] = defaultdict(list)
    for part in source:
        if isinstance(part, _Piece) and part.kind and not part.closing:
            free[part.kind].append(part)
    names = {}
    for piece in pieces:
        same = next((one for one in free[piece.kind] if one.number == piece.number), None)
        if same is not None:
            free[piece.kind].remove(same)
            names[piece.number] = same.name
    for piece in pieces:
        if piece.number not in names and free[piece.kind]:
            names[piece.number] = free[piece.kind].pop(0).name
    return names


def _segment(element: Any) -> _Segment:
    """The text of a segment with its codes. Raises UnreadableError for elements that TMX has not."""
    parts: _Segment = []
    opened: dict[str, _Piece] = {}
    _gather(element, parts, opened)
    for piece in opened.values():  # without an end
        piece.kind = ""
    return parts


def _gather(element: Any, parts: _Segment, opened: dict[str, _Piece]) -> None:
    parts.append(element.text or "")
    for child in element:
        name = local_name(child)
        if name == "hi":
            _gather(child, parts, opened)
        elif name == "bpt":
            piece = _Piece(_kind(child, alone=False), child.get("x") or child.get("i") or f"?{len(parts)}")
            opened[child.get("i") or ""] = piece
            parts.append(piece)
        elif name == "ept":
            begin = opened.pop(child.get("i") or "", None)
            parts.append(_Piece(begin.kind if begin else "", begin.number if begin else "", closing=True))
        elif name == "ph":
            parts.append(_Piece(_kind(child, alone=True), child.get("x") or f"?{len(parts)}"))
        elif name in {"it", "ut"}:
            parts.append(_Piece("", ""))
        elif name:
            raise UnreadableError(_("<%(name)s> is not known in a text.") % {"name": name[:40]})
        parts.append(child.tail or "")


def _kind(element: Any, *, alone: bool) -> str:
    """The kind of code that an element stands for; empty for one that no text of this site has."""
    given = (element.get("type") or "").lower()
    tag = _TAG.match(element.text or "")
    wanted = (given, _TYPES.get(given, ""), tag[1].lower() if tag else "")
    return next((kind for kind in wanted if kind in KINDS and (kind in ALONE) == alone), "")
