"""The grammar of symbols: what a string must be to be one.

A symbol is a chain of parts with slashes between them: the body, a year or session, what kind of paper it is, its
number, and later changes. The parts and their order follow the United Nations practice that the Dag Hammarskjöld
Library's guide to document symbols describes; other secretariats write theirs the same way.
"""

import re

from documents.symbols.folding import fold_dashes, fold_lookalikes
from documents.symbols.reasons import NotASymbol, Rule

# Series that are known by their first part. Two kinds of strings need this table to count as symbols: those with
# two parts only ("S/23501"), and those printed in another alphabet, where "СССР/1970" has the same shape.
_KNOWN_HEADS_WORDS = """A ACC APLC AT BWC CAC CAT CBD CCM CCPR CCW CD CEB CED CEDAW CERD CITES CLCS CMM CMS CMW
    COP CRC CRPD CTBT
    CTOC DC DP E EB EC ECE ESCAP FCCC GC GEGN GOV HRI HS HSP IAEA ICAO ICC ICCD ICEF ICSC IDB ILO IMO INFCIRC ISBA ITC
    ITTC
    JIU KP LC LOS MC NPT OEWG OPCW PBC PCNICC S SAICM SPLOS ST T TC TD TPNW TRADE TRANS UN UNCTAD UNEP UNFCCC UNIDO
    UNODC UNW WFP WHA WHO WIPO WTO"""
KNOWN_HEADS = frozenset(_KNOWN_HEADS_WORDS.split())
_TWO_PART_HEADS_WORDS = "A S E T TD CD CCM SPLOS LC CLCS CCW DC AT INFCIRC GOV"
_TWO_PART_HEADS = frozenset(_TWO_PART_HEADS_WORDS.split())
_NO_HEADS = frozenset(
    {"ISO", "IEC", "IEEE", "ETSI", "RFC", "HTTP", "HTTPS", "WWW", "NO", "PARA", "ART", "WG", "AC", "CN", "COM"}
)
_UNION_HEADS = frozenset({"EU", "EC", "CE", "UE", "EEC", "CEE"})  # "EU/2016/679" is a regulation of the European Union

# The first part of series that put the session or the kind of paper into it: A76/33 and EB152/29 of the World Health
# Organization, GC(63)/RES/10 of the Atomic Energy Agency, IDB.50/12 of UNIDO, MEPC 80/17 and MSC.1/Circ.1638 of the
# Maritime Organization, MC.DEC/3/19 of the OSCE. A figure after other letters is as often a road's or a paper's size.
FULL_HEAD = (
    r"(?:A(?:[3-9]|1\d)\d(?!\d)|(?:EB|EBSS|WHA)\d{1,3}|(?:GC|ITTC)\((?:\d{1,3}|[IVXLC]{1,7})\)"
    r"|(?:IDB|GC|PBC)\.\d{1,3}|(?:(?:MEPC|MSC|LEG|FAL) \d{2,3}|(?:PPR|SDC|SSE|CCC|HTW|NCSR) \d{1,2})"
    r"|(?:MEPC|MSC|FAL|LEG)\.\d"
    r"|(?:MC|PC|FSC|CIO|SEC|ODIHR|EEF)\.(?:DEC|JOUR|DOC|DEL|GAL|DD|INF|FR|NGO|IO|STAT))"
)
_FULL_HEAD = re.compile(FULL_HEAD)
_TRADE_COUNCILS = frozenset({"SPS", "TBT", "AG", "LIC", "VAL", "RO", "ADP", "SCM", "SG", "TRIMS", "MA", "STR", "IT"})
_HEAD = re.compile(r"[A-Z]{1,10}(?:-[A-Z]{1,6})?(?:\.\d{1,3})?")
_UPPER_PART = re.compile(r"[A-Z0-9][A-Z0-9.\-]*(?:\((?:\d{1,3}|(?:S-)?[IVXLC]{1,7})\))?")
_WORD_PART = re.compile(r"[A-Z][a-z]{1,12}(?:[.\-]?\d{1,4}(?:-\d{1,4})?)?")
WORDS_PART = re.compile(r"(?P<nature>[A-Z][a-z]+(?: [A-Z][a-z]+){0,3}|[A-Z]{2,3}) (?P<number>\d{1,3}(?:\.\d{1,3})?)")
# "OzL.Pro.33", "OzL.Conv.12(II)", "ExCom": in known series only, since "And/Or.2" looks the same.
_MIXED_PART = re.compile(
    r"[A-Z][A-Za-z]{1,9}(?:\.[A-Z][A-Za-z]{1,9}){0,2}(?:\.\d{1,4})?(?:\((?:\d{1,3}|[IVX]{1,5})\))?"
)
YEAR = re.compile(r"(?:19|20)\d\d")
_SHORT_NUMBER = re.compile(r"\d{1,5}|[A-Z][A-Za-z]*\.\d+")
_JOINT = re.compile(r"(?<=[\d*)])-(?=[A-Z]{1,6}/)")


def canonical_form(text: str) -> str:
    """The text as a symbol is stored: look-alike letters and dashes folded, spaces regular, no asterisk at the end."""
    folded = fold_dashes(fold_lookalikes(text)).replace("／", "/")
    folded = re.sub(r"\s*/\s*", "/", " ".join(folded.split()).rstrip("* "))
    return re.sub(r"(?<=\d)\(", " (", folded) if "/RES/" in folded or "/DEC/" in folded else folded


def is_symbol(stem: str, printed: str = "", heads: frozenset[str] = KNOWN_HEADS) -> bool:
    """Whether a chain of parts in canonical form, without bracket or letter at its end, is one symbol."""
    return why_not(stem, printed, heads) is None


def why_not(stem: str, printed: str = "", heads: frozenset[str] = KNOWN_HEADS) -> NotASymbol | None:
    """Why a chain of parts in canonical form is no symbol; None when it is one.

    `printed` is the text as it stands in the document: letters of other alphabets there ask for a known head.
    `heads` are the first parts that are known; one that this module does not know may have two parts, as "TEST/4".
    """
    parts = stem.split("/")
    why_not_head = _why_not_full_head if _FULL_HEAD.fullmatch(parts[0]) else _why_not_head
    refusal = _why_not_shape(parts) or why_not_head(parts, heads) or _why_not_parts(parts)
    if refusal:
        return refusal
    if parts[0] not in heads and any(not character.isascii() and character.isalpha() for character in printed):
        return NotASymbol(Rule.OTHER_ALPHABET, parts[0])
    return None


def split_joint(canonical: str) -> list[str]:
    """The symbols that a joint document bears: "A/79/876-S/2025/230" gives two, any other symbol itself alone."""
    for match in _JOINT.finditer(canonical):
        first, second = canonical[: match.start()], canonical[match.end() :]
        if is_symbol(first) and is_symbol(second):
            return [first, second]
    return [canonical]


def _why_not_shape(parts: list[str]) -> NotASymbol | None:
    if parts == [""]:
        return NotASymbol(Rule.EMPTY)
    if len(parts) < 2:
        return NotASymbol(Rule.NO_SLASH)
    if not all(parts):
        return NotASymbol(Rule.EMPTY_PART)
    if parts[0][0].isdigit():
        return NotASymbol(Rule.DIGIT_FIRST)
    if not any(character.isdigit() for part in parts[1:] for character in part):
        return NotASymbol(Rule.NO_NUMBER)
    return None


def _why_not_full_head(parts: list[str], _heads: frozenset[str]) -> NotASymbol | None:
    """A head with its session in it needs only a number after it."""
    return None if len(parts) > 2 or _SHORT_NUMBER.fullmatch(parts[1]) else NotASymbol(Rule.TWO_PARTS)


def _why_not_head(parts: list[str], heads: frozenset[str]) -> NotASymbol | None:
    head = parts[0]
    if not _HEAD.fullmatch(head):
        return NotASymbol(Rule.NO_HEAD, head)
    if head in _NO_HEADS or (head in _UNION_HEADS and len(parts) == 3 and all(part.isdigit() for part in parts[1:])):
        return NotASymbol(Rule.STANDARD, head)
    if len(head) == 1 and head not in KNOWN_HEADS and not (head == "G" and parts[1] in _TRADE_COUNCILS):
        return NotASymbol(Rule.UNKNOWN_LETTER, head)
    if len(parts) == 2:
        if not _is_short(head, parts[1], heads):
            return NotASymbol(Rule.TWO_PARTS)
        if YEAR.fullmatch(parts[1]):
            return NotASymbol(Rule.YEAR_ONLY)
    return None


def _is_short(head: str, number: str, heads: frozenset[str]) -> bool:
    """Whether a body and a number alone make a symbol: in the oldest series, and in series made known by the caller."""
    if head in heads - KNOWN_HEADS:
        return bool(re.fullmatch(r"\d{1,6}|[A-Z]+\.\d+", number))
    return head in _TWO_PART_HEADS and bool(re.fullmatch(r"\d{2,6}|[A-Z]+\.\d+", number))


def _why_not_parts(parts: list[str]) -> NotASymbol | None:
    for part in parts[1:]:
        if (parts[0] in KNOWN_HEADS or _FULL_HEAD.fullmatch(parts[0])) and _MIXED_PART.fullmatch(part):
            continue
        if not (_UPPER_PART.fullmatch(part) or _WORD_PART.fullmatch(part) or WORDS_PART.fullmatch(part)):
            return NotASymbol(Rule.BAD_PART, part)
        if len(part) > 48:
            return NotASymbol(Rule.LONG_PART)
    if len(parts) > 14:
        return NotASymbol(Rule.MANY_PARTS)
    return None
