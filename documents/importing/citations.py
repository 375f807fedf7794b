"""The documents that a text cites: their symbols, each once, with the annexes cited with them."""

import re
from collections.abc import Iterable

from documents.importing.model import Citation
from documents.symbols.folding import symbol_key
from documents.symbols.grammar import split_joint
from documents.symbols.references import DEFAULT_TABLES, ReferenceFinder, SymbolTables

_ANNEX = r"(?:annex(?:es|e|o|os)?|приложени[еяюий]{1,2}|المرفق(?:ان)?|附件)"
_NUMERAL = r"[IVX]{1,5}|\d{1,2}|[A-Z](?![a-z])|[一二三四五六七八九十]"
_AFTER = re.compile(rf"^[,(، ]{{1,3}}{_ANNEX} ?(?P<numeral>{_NUMERAL})", re.IGNORECASE)
_BEFORE = re.compile(
    rf"{_ANNEX} (?P<numeral>{_NUMERAL}) (?:to|of|к|de|du|al|del|من|للوثيقة)(?: the| la| le)?(?: документу"
    rf"| document[eo]?)? $",
    re.IGNORECASE,
)
_SAME = re.compile(
    rf"(?:там же|ibid\.?|ibíd\.?|idem|المرجع نفسه|同上)[,،，]? {_ANNEX} ?(?P<after>{_NUMERAL})"
    rf"|{_ANNEX} (?P<before>{_NUMERAL}) (?:к тому же документу|to the same document|(?:au|du) même document|(?:al"
    rf"|del) mismo documento)",
    re.IGNORECASE,
)


def own_keys(symbols: Iterable[str], printed: Iterable[str]) -> frozenset[str]:
    """The keys under which a document names itself: its symbols, and joint ones whole."""
    return frozenset(symbol_key(symbol) for symbol in (*symbols, *printed))


def find_citations(
    texts: Iterable[str], own: frozenset[str], language: str = "", tables: SymbolTables = DEFAULT_TABLES
) -> tuple[Citation, ...]:
    """The other documents that texts name by symbol or, decisions, by number, in order of first mention.

    A symbol that lacks the first part of the document's own ("AGAT/2020/INF.1") or its date is the document itself.
    """
    texts = tuple(texts)
    finder = ReferenceFinder(own, language, tables, texts)
    citations: dict[str, Citation] = {}
    annexes: dict[str, list[str]] = {}
    last = ""
    for text in texts:
        mentions: list[tuple[int, str, str]] = []
        for found in finder.find(text):
            if is_own(found.key, own):
                continue
            citations.setdefault(found.key, Citation(found.printed, found.canonical, found.key))
            after = _AFTER.match(text[found.end : found.end + 40])
            before = _BEFORE.search(text[max(0, found.start - 60) : found.start])
            mentions.append((found.start, found.key, ""))
            mentions += [(found.start, found.key, match["numeral"]) for match in (before, after) if match]
        mentions += [(match.start(), "", match["after"] or match["before"]) for match in _SAME.finditer(text)]
        for _, key, numeral in sorted(mentions, key=lambda mention: mention[0]):
            last = key or last
            if numeral and last and numeral not in annexes.setdefault(last, []):
                annexes[last].append(numeral)
    return tuple(
        Citation(one.printed, one.canonical, one.key, tuple(annexes.get(one.key, ()))) for one in citations.values()
    )


def is_own(key: str, own: frozenset[str]) -> bool:
    """Whether a key is one of a document's own, or one of them without its first part or its date."""
    if key in own or any(symbol_key(part) in own for part in split_joint(key)):
        return True
    if any(one.endswith("/" + key) and key.count("/") >= 2 for one in own):
        return True
    return any(one.startswith(key + "(") for one in own)
