"""Finding symbols in running text, with what is printed kept apart from what is meant."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from documents.symbols.folding import symbol_key
from documents.symbols.grammar import FULL_HEAD, KNOWN_HEADS, canonical_form, is_symbol, split_joint
from documents.symbols.series import SeriesTable, default_table

# Latin capitals and the Cyrillic ones printed in their place. Every quantifier is bounded: the text may be hostile.
_CAPITAL = "A-ZАВЕКМНОРСТХУІЈЅ"
_INNER = f"{_CAPITAL}a-zаеорсухіјѕ0-9"
_LETTER = "A-Za-zА-Яа-яЁё0-9_"
_TOKEN = re.compile(
    rf"(?<![{_LETTER}]-)(?<![{_LETTER}/.:@&])"
    rf"(?:{FULL_HEAD}(?=[/／])|[{_CAPITAL}]{{1,10}}(?:-[{_CAPITAL}]{{1,6}})?(?:\.\d{{1,3}})?)"
    rf"(?:[/／][{_CAPITAL}][a-z]{{2,14}}(?: [A-Z][a-z]{{2,14}}){{0,2}} \d{{1,3}}(?:\.\d{{1,3}})?(?![\d/])"
    r"|[/／][A-Z][a-z]{2,14}/[A-Z]{2,3} \d{1,3}(?![\d/])"
    rf"|[/／][{_INNER}][{_INNER}.\-‐‑–]{{0,40}}(?:\((?:\d{{1,3}}|(?:S-)?[IVX]{{1,7}})\)(?=/))?){{1,13}}"
    rf"(?![{_LETTER}/])"
)
_BRACKET = re.compile(
    r" ?\((?:(?P<year>(?:19|20)\d\d)|(?P<session>(?:S-|ES-)?[IVXLC]{1,8})"
    r"|(?:Part|Vol\.|Sect\.|Chap\.|Supp\.|Resumption) ?(?:\d{1,3}[A-Z]?|[IVX]{1,5})"
    r"|Introduction|Corrected)\)(?:/(?:Add|Corr|Rev)\.\d{1,3}){0,3}"
)
_WORD_SUFFIX = re.compile(r"(?<=\d) (?:(?:PROV|REV|CORR|ADD)\.(?: ?\d{1,2})?|(?:Rev|Corr|Add)\.\d{1,2})(?![\w/])")
_RESOLUTION_LETTER = re.compile(r" [A-Z](?:-[A-Z])?(?=[,.;:)\]]|$)")
_FURTHER = re.compile(
    r"(?P<joint>[*\s]{0,2}(?:,|،|、)?\s?(?:and|et|y|и|و|和|及|e)?\s?)"
    r"(?P<change>(?:Add|Corr|Rev|Amend)\.\d{1,3}(?:/(?:Add|Corr|Rev)\.\d{1,3})?)(?![\w/])"
)
_ITU = re.compile(
    r"(?<![\w/.\-])(?:ITU|UIT"
    r"|МСЭ)-(?P<sector>[TRDТР])[ \u00a0](?P<number>[A-Z]{1,2}\.\d{1,5}(?:\.\d{1,4}){0,4}(?:-\d{1,2})?)"
    r"(?: ?\((?P<month>\d\d)/(?P<year>\d{4})\))?"
)
_ITU_SECTORS = {"Т": "T", "Р": "R"}


@dataclass(frozen=True, slots=True)
class FoundSymbol:
    """A symbol found in a text: where it stands, as printed, in canonical form, and its lookup key."""

    start: int
    end: int
    printed: str
    canonical: str
    key: str


def find_symbols(
    text: str, language: str = "", table: SeriesTable | None = None, heads: frozenset[str] = KNOWN_HEADS
) -> list[FoundSymbol]:
    """The symbols and decisions that a text prints, in their order, without overlaps.

    `language` picks the decision letters of one language (any language when empty); `table` replaces the default
    decision series; `heads` are the series known by their first part. "X/1 and Add.2" gives two symbols. Fractions,
    dates, addresses and names such as UN/CEFACT are none.
    """
    found = [*_documents(text, heads), *_decisions(text, table or default_table(language)), *_recommendations(text)]
    found.sort(key=lambda one: one.start)
    free: list[FoundSymbol] = []
    for one in found:
        if not free or one.start >= free[-1].end:
            free.append(one)
    return free


def _found(text: str, start: int, end: int, canonical: str) -> FoundSymbol:
    return FoundSymbol(start, end, text[start:end], canonical, symbol_key(canonical))


def _documents(text: str, heads: frozenset[str]) -> Iterator[FoundSymbol]:
    for match in _TOKEN.finditer(text):
        printed = match[0].rstrip(".-‐‑–")
        stem = canonical_form(printed)
        end = match.start() + len(printed)
        if not _is_symbol(stem, printed, heads):
            continue
        if end == match.end():
            end += _suffix_length(text, end, stem)
        canonical = canonical_form(text[match.start() : end])
        yield _found(text, match.start(), end, canonical)
        yield from _changes(text, end, canonical)


def _is_symbol(stem: str, printed: str, heads: frozenset[str]) -> bool:
    """Whether a chain is a symbol, or two symbols of one joint document ("A/42/521-S/19085")."""
    return is_symbol(stem, printed, heads) or len(split_joint(stem)) > 1


def _suffix_length(text: str, end: int, stem: str) -> int:
    """How many characters after a symbol still belong to it: a bracket, " REV. 1", or the letter of a resolution."""
    resolution = "/RES/" in stem or "/DEC/" in stem
    if bracket := _BRACKET.match(text, end):
        if resolution and (letter := _RESOLUTION_LETTER.match(text, bracket.end())):
            return len(bracket[0]) + len(letter[0])  # "217 (III) A"
        wants_resolution = bracket["year"] or bracket["session"]
        return len(bracket[0]) if resolution or not wants_resolution else 0
    if word := _WORD_SUFFIX.match(text, end):
        return len(word[0])
    if resolution and (letter := _RESOLUTION_LETTER.match(text, end)):
        return len(letter[0])
    return 0


def _changes(text: str, end: int, canonical: str) -> Iterator[FoundSymbol]:
    """The additions named right after a symbol: "A/48/826, Add.1 and Add.2"."""
    stem = re.sub(r"/(?:Add|Corr|Rev|Amend)\.\d+$", "", canonical)
    while match := _FURTHER.match(text, end):
        if not match["joint"]:
            return
        end = match.end()
        yield _found(text, match.start("change"), end, f"{stem}/{match['change']}")


def _decisions(text: str, table: SeriesTable) -> Iterator[FoundSymbol]:
    for match in table.pattern.finditer(text):
        letters = table.canonical_letters[symbol_key(match["letters"])]
        yield _found(text, match.start(), match.end(), f"{letters}-{match['session']}/{match['number']}")


def _recommendations(text: str) -> Iterator[FoundSymbol]:
    for match in _ITU.finditer(text):
        sector = _ITU_SECTORS.get(match["sector"], match["sector"])
        date = f" ({match['month']}/{match['year']})" if match["year"] else ""
        yield _found(text, match.start(), match.end(), f"ITU-{sector} {match['number']}{date}")
