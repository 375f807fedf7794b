"""Where a text names other documents: the paragraph, and the sentence around."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from documents.importing.citations import is_own
from documents.symbols.folding import symbol_key
from documents.symbols.references import DEFAULT_TABLES, ReferenceFinder, SymbolTables

# Characters of a sentence that are kept; a longer one is cut at words on both sides of the symbol.
MOST_SENTENCE = 400
_AROUND = 160
# A full stop ends a sentence where a capital or a letter of a script without capitals follows: not in "No. 5".
_END = re.compile(r"[.!?؟;؛][»”\")]?\s+(?=[^\W\d_a-zа-яё])|[。！？；]\s*")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a text: its anchor, its label as printed with those above it ("3 (b)"), its plain text.

    links: canonical symbol and printed text of what an editor has linked in it.
    """

    anchor: str
    label: str
    text: str
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """The first place where a text names another document. `key` is the folded symbol."""

    symbol: str
    key: str
    printed: str
    anchor: str
    label: str
    sentence: str


def find_mentions(
    passages: Iterable[Passage], own: frozenset[str], language: str = "", tables: SymbolTables = DEFAULT_TABLES
) -> list[Mention]:
    """The other documents that passages name, each once, in order of first mention.

    `own` are the keys under which the document names itself, `language` the short code of the text's language.
    ``tables`` are the series and bodies that number decisions.
    """
    passages = list(passages)
    finder = ReferenceFinder(own, language, tables, [passage.text for passage in passages])
    mentions: dict[str, Mention] = {}
    for passage in passages:
        linked = [(symbol, symbol_key(symbol), printed) for symbol, printed in passage.links]
        found = [(one.canonical, one.key, one.printed) for one in finder.find(passage.text)]
        for symbol, key, printed in [*linked, *found]:
            if key and key not in mentions and not is_own(key, own):
                sentence = sentence_around(passage.text, printed)
                mentions[key] = Mention(symbol, key, printed, passage.anchor, passage.label, sentence)
    return list(mentions.values())


def sentence_around(text: str, printed: str) -> str:
    """The sentence of a text that holds what is printed; cut with "…" where it is very long, empty where it is not."""
    place = text.find(printed)
    if place < 0 or not printed:
        return ""
    end = place + len(printed)
    ends = [match.end() for match in _END.finditer(text)]
    start = max((at for at in ends if at <= place), default=0)
    stop = min((at for at in ends if at >= end), default=len(text))
    if stop - start <= MOST_SENTENCE:
        return text[start:stop].strip()
    first, last = max(start, place - _AROUND), min(stop, end + _AROUND)
    before = text[first:place] if first == start else "…" + text[first:place].partition(" ")[2]
    after = text[end:last] if last == stop else text[end:last].rpartition(" ")[0] + "…"
    return f"{before}{printed}{after}".strip()
