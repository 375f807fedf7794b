"""Decision series that are printed with letters of their own in every language, such as МК-3/11 for MC-3/11."""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from documents.symbols.folding import symbol_key


@dataclass(frozen=True, slots=True)
class DecisionSeries:
    """One series of numbered decisions.

    `letters` are the canonical letters, `local` the letters printed in other languages, by language code.
    """

    letters: str
    name: str
    local: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


# The Russian letters are those of the secretariats' own documents. The Arabic ones of Basel, Rotterdam and Stockholm
# stand in the Arabic version of UNEP/CHW.13/28; those of Minamata follow the same pattern. French, Spanish and
# Chinese documents print the Latin letters.
DEFAULT_SERIES: tuple[DecisionSeries, ...] = (
    DecisionSeries("MC", "Minamata Convention, Conference of the Parties", {"ru": ("МК",), "ar": ("ا م", "أ م")}),
    DecisionSeries("BC", "Basel Convention, Conference of the Parties", {"ru": ("БК",), "ar": ("ا ب", "أ ب")}),
    DecisionSeries("RC", "Rotterdam Convention, Conference of the Parties", {"ru": ("РК",), "ar": ("ا ر", "أ ر")}),
    DecisionSeries("SC", "Stockholm Convention, Conference of the Parties", {"ru": ("СК",), "ar": ("ا س", "أ س")}),
)


@dataclass(frozen=True, slots=True)
class SeriesTable:
    """A decision series table made ready: one pattern, the canonical letters of every spelling, and the letters that
    a language prints, by canonical letters and language code."""

    pattern: re.Pattern[str]
    canonical_letters: Mapping[str, str]
    printed: Mapping[tuple[str, str], str]


def series_table(series: Iterable[DecisionSeries], language: str = "") -> SeriesTable:
    """Makes a table of decision series ready for finding their decisions in text of one language (or of any).

    The pattern has the groups `letters`, `session` and `number`. A spelling that two series claim belongs to the first.
    """
    canonical: dict[str, str] = {}
    printed: dict[tuple[str, str], str] = {}
    alternatives: list[str] = []
    for one in series:
        printed |= {(one.letters, code): spellings[0] for code, spellings in one.local.items() if spellings}
        for spelling in _spellings(one, language):
            canonical.setdefault(symbol_key(spelling), one.letters)
            alternatives.append(r"[ \u00a0]?".join(re.escape(part) for part in spelling.split()))
    letters = "|".join(sorted(set(alternatives), key=len, reverse=True)) or r"(?!)"
    pattern = re.compile(
        rf"(?<![^\W\u3400-\u9fff])(?<![/.\-])(?P<letters>{letters})[ \u00a0]?[-‐‑–−][ \u00a0]?"
        r"(?P<session>\d{1,3})/(?P<number>\d{1,3})(?![A-Za-z0-9/])"
    )
    return SeriesTable(pattern, canonical, printed)


@functools.cache
def default_table(language: str = "") -> SeriesTable:
    """The ready table of the default series, for one language or for any."""
    return series_table(DEFAULT_SERIES, language)


def _spellings(series: DecisionSeries, language: str) -> Iterator[str]:
    yield series.letters
    for code, spellings in series.local.items():
        if language in {"", code}:
            yield from spellings


def format_in(symbol: str, language: str, table: SeriesTable | None = None) -> str:
    """A symbol as a language prints it: "MC-3/11" is "МК-3/11" in Russian. Other symbols are the same in all.

    `symbol` may be printed in any language; `table` replaces the default series.
    """
    table = table or default_table()
    match = table.pattern.fullmatch(symbol.strip(" *"))
    if match is None:
        return symbol
    letters = table.canonical_letters[symbol_key(match["letters"])]
    return f"{table.printed.get((letters, language), letters)}-{match['session']}/{match['number']}"
