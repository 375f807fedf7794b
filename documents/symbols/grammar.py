"""The grammar of symbols: the parts that one is made of, and why a string is none.

A symbol is a chain of parts with slashes between them: the body, a year or session, what kind of paper it is, its
number, and later changes. The parts and their order follow the United Nations practice that the Dag Hammarskjöld
Library's guide to document symbols describes; other secretariats write theirs the same way.
"""

import re
from dataclasses import dataclass

from documents.symbols.folding import fold_dashes, fold_lookalikes, symbol_key
from documents.symbols.series import SeriesTable, default_table

# Series that are known by their first part. Two kinds of strings need this table to count as symbols: those with
# two parts only ("S/23501"), and those printed in another alphabet, where "СССР/1970" has the same shape.
_KNOWN_HEADS_WORDS = """A ACC APLC AT BWC CAC CAT CBD CCM CCPR CCW CD CEB CED CEDAW CERD CITES CLCS CMM CMS CMW
    COP CRC CRPD CTBT
    CTOC DC DP E EB EC ECE ESCAP FCCC GC GEGN HRI HS HSP IAEA ICAO ICC ICCD ICEF ICSC IDB ILO IMO INFCIRC ISBA ITC ITTC
    JIU KP LC LOS MC NPT OEWG OPCW PBC PCNICC S SPLOS ST T TC TD TPNW TRADE TRANS UN UNCTAD UNEP UNFCCC UNIDO UNODC
    UNW WFP WHA WHO WIPO WTO"""
KNOWN_HEADS = frozenset(_KNOWN_HEADS_WORDS.split())
_TWO_PART_HEADS = frozenset({"A", "S", "E", "T", "CD", "SPLOS", "LC", "CLCS", "CCW", "DC", "AT", "INFCIRC"})
_NO_HEADS = frozenset(
    {"ISO", "IEC", "IEEE", "ETSI", "RFC", "HTTP", "HTTPS", "WWW", "NO", "PARA", "ART", "WG", "AC", "CN"}
)
_UNION_HEADS = frozenset({"EU", "EC", "CE", "UE", "EEC", "CEE"})  # "EU/2016/679" is a regulation of the European Union

_HEAD = re.compile(r"[A-Z]{1,10}(?:-[A-Z]{1,6})?(?:\.\d{1,3})?")
_UPPER_PART = re.compile(r"[A-Z0-9][A-Z0-9.\-]*(?:\(\d{1,3}\))?")
_WORD_PART = re.compile(r"[A-Z][a-z]{1,12}(?:[.\-]?\d{1,4}(?:-\d{1,4})?)?")
_WORDS_PART = re.compile(r"(?:[A-Z][a-z]+(?: [A-Z][a-z]+){0,3}|[A-Z]{2,3}) \d{1,3}")
_WORD_SUFFIX = re.compile(r"^(?P<stem>.*\d) (?P<word>(?:PROV|REV|CORR|ADD)\.(?: ?\d{1,2})?)$")
# "OzL.Pro.33", "OzL.Conv.12(II)", "ExCom": in known series only, since "And/Or.2" looks the same.
_MIXED_PART = re.compile(
    r"[A-Z][A-Za-z]{1,9}(?:\.[A-Z][A-Za-z]{1,9}){0,2}(?:\.\d{1,4})?(?:\((?:\d{1,3}|[IVX]{1,5})\))?"
)
_BRACKET = re.compile(r"^(?P<stem>.*?\S) ?(?P<bracket>\([^()]{1,24}\))$")
_LETTER = re.compile(r"^(?P<stem>.*\d) (?P<letter>[A-Z](?:-[A-Z])?)$")
_ITU = re.compile(r"(?P<body>ITU-[TRD]) (?P<number>[A-Z]{1,2}\.\d[\d.]*(?:-\d{1,2})?)(?: \((?P<date>\d\d/\d{4})\))?")

_MODIFICATION = re.compile(r"(?:Add|Rev|Corr|Amend|Mod|Ext|Summary|ADD|REV|CORR)(?:\.\d{1,4}(?:-\d{1,4})?)?")
_NATURE = re.compile(r"(?P<nature>[A-Z][A-Za-z]{0,5})\.(?P<number>\d{1,5}(?:-\d{1,5})?)")
_BARE_NATURES_WORDS = "RES DEC INF WP CRP L SR PV NGO CO Q RQ GC D REP SC SER PRST AG CORR"
_BARE_NATURES = frozenset(_BARE_NATURES_WORDS.split())
_YEAR = re.compile(r"(?:19|20)\d\d")
_SESSION = re.compile(r"(?:\d{1,3}|[IVXLC]{1,7}|(?:S|ES|SS)-(?:\d{1,2}|[IVX]{1,6}))")


class NotASymbol(ValueError):
    """A string is no symbol; the message is one plain sentence that says why."""


@dataclass(frozen=True, slots=True)
class SymbolParts:
    """The parts of one symbol. A part that it lacks is an empty string.

    body: "CTOC/COP/WG.4"    session: a year or session, "2019"    nature: "L", "INF", "RES"
    sequence: its number, with bracket or letter, "2770 (2025)"    modification: "Rev.1/Add.2"
    """

    canonical: str
    body: str
    session: str = ""
    nature: str = ""
    sequence: str = ""
    modification: str = ""


def canonical_form(text: str) -> str:
    """The text as a symbol is stored: look-alike letters and dashes folded, spaces regular, no asterisk at the end."""
    folded = fold_dashes(fold_lookalikes(text)).replace("／", "/")
    folded = re.sub(r"\s*/\s*", "/", " ".join(folded.split()).rstrip("* "))
    return re.sub(r"(?<=[^\s(])\(", " (", folded) if "/RES/" in folded or "/DEC/" in folded else folded


def parse_symbol(text: str, heads: frozenset[str] = KNOWN_HEADS, table: SeriesTable | None = None) -> SymbolParts:
    """Takes a symbol apart. `heads` are the first parts that are known, `table` replaces the default decision series.

    Raises NotASymbol with the reason in one sentence.
    """
    table = table or default_table()
    if decision := table.pattern.fullmatch(text.strip(" *")):
        letters = table.canonical_letters[symbol_key(decision["letters"])]
        session, number = decision["session"], decision["number"]
        return SymbolParts(f"{letters}-{session}/{number}", letters, session=session, sequence=number)
    canonical = canonical_form(text)
    if itu := _ITU.fullmatch(canonical):
        return SymbolParts(canonical, itu["body"], session=itu["date"] or "", sequence=itu["number"])
    stem, suffix = _split_suffix(canonical)
    reason = why_not(stem, printed=text, heads=heads)
    if reason:
        raise NotASymbol(reason)
    return _assign(canonical, stem.split("/"), suffix)


def why_not(stem: str, printed: str = "", heads: frozenset[str] = KNOWN_HEADS) -> str:
    """Why a chain of parts in canonical form is no symbol, in one sentence; empty when it is one.

    `printed` is the text as it stands in the document: letters of other alphabets there ask for a known head.
    """
    parts = stem.split("/")
    for check in (_why_not_shape, _why_not_head, _why_not_parts):
        if reason := check(parts):
            return reason
    if parts[0] not in heads and any(not character.isascii() and character.isalpha() for character in printed):
        return f"“{parts[0]}” is no known series, and it is printed in another alphabet."
    return ""


def _why_not_shape(parts: list[str]) -> str:
    if parts == [""]:
        return "It is empty."
    if len(parts) < 2:
        return "It has no slash."
    if not all(parts):
        return "There is nothing between two of its slashes."
    if parts[0][0].isdigit():
        return "It begins with a digit, like a fraction or a date."
    if not any(character.isdigit() for part in parts[1:] for character in part):
        return "It has no number."
    return ""


def _why_not_head(parts: list[str]) -> str:
    head = parts[0]
    if not _HEAD.fullmatch(head):
        return f"“{head}” is not the name of a body in capital letters."
    if head in _NO_HEADS or (head in _UNION_HEADS and len(parts) == 3 and all(part.isdigit() for part in parts[1:])):
        return f"“{head}” numbers standards or laws, not documents."
    if len(head) == 1 and head not in KNOWN_HEADS:
        return f"“{head}” is no known body."
    if len(parts) == 2 and (head not in _TWO_PART_HEADS or not re.fullmatch(r"\d{2,6}|[A-Z]+\.\d+", parts[1])):
        return "Two parts are enough for the oldest series only."
    if len(parts) == 2 and _YEAR.fullmatch(parts[1]):
        return "It is a body and a year without a number."
    return ""


def _why_not_parts(parts: list[str]) -> str:
    for part in parts[1:]:
        if parts[0] in KNOWN_HEADS and _MIXED_PART.fullmatch(part):
            continue
        if not (_UPPER_PART.fullmatch(part) or _WORD_PART.fullmatch(part) or _WORDS_PART.fullmatch(part)):
            return f"“{part}” is no part of a symbol."
        if len(part) > 48:
            return "One of its parts is too long."
    if len(parts) > 14:
        return "It has too many parts."
    return ""


def _split_suffix(canonical: str) -> tuple[str, str]:
    """Cuts a bracket, "(2025)" or "(Part I)", or a resolution's letter, " B", or " REV. 1" off the end."""
    if match := _BRACKET.match(canonical):
        return match["stem"], " " + match["bracket"]
    if match := _WORD_SUFFIX.match(canonical):
        return match["stem"], " " + match["word"]
    in_resolution = "/RES/" in canonical or "/DEC/" in canonical
    if in_resolution and (match := _LETTER.match(canonical)):
        return match["stem"], " " + match["letter"]
    return canonical, ""


def _assign(canonical: str, parts: list[str], suffix: str) -> SymbolParts:
    changes: list[str] = []
    while len(parts) > 2 and _MODIFICATION.fullmatch(parts[-1]):
        changes.insert(0, parts.pop())
    sequence, nature, session = parts.pop(), "", ""
    if match := _NATURE.fullmatch(sequence):
        nature, sequence = match["nature"], match["number"]
    elif len(parts) > 1 and parts[-1] in _BARE_NATURES:
        nature = parts.pop()
    elif len(parts) > 2 and _SESSION.fullmatch(parts[-1]) and parts[-2] in {"RES", "DEC"}:
        session, nature = parts.pop(), parts.pop()
    if len(parts) > 1 and not session and (_YEAR.fullmatch(parts[-1]) or _SESSION.fullmatch(parts[-1])):
        session = parts.pop()
    return SymbolParts(canonical, "/".join(parts), session, nature, sequence + suffix, "/".join(changes))
