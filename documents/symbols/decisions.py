"""Decisions cited by number alone: "resolution 9/1 of the Conference", «в решении 4/4», 第9/1号决议.

A number means nothing without the body that took the decision. It is told by the text ("Security Council resolution
1325 (2000)"), or by the document that the text belongs to; where neither does, the decision is found and left
unresolved, since a wrong target is worse than none.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from documents.symbols import decision_words as words
from documents.symbols.decision_bodies import (
    UNITED_NATIONS,
    DecisionBody,
    body_of,
    goes_with_the_council,
    session_order,
)
from documents.symbols.folding import fold_lookalikes, symbol_key

_NUMBER = re.compile(
    r"(?<![A-Za-zÀ-ÿА-яЁё0-9_/.:\-])"
    r"(?:(?P<session>\d{1,4}|[IVX]{1,7}|E?S-(?:\d{1,2}|[IVX]{1,5}))/(?P<number>\d{1,3})"
    r"|(?P<old>\d{1,4}) ?[(（](?P<bracket>(?:19|20|١٩|٢٠)\d\d|(?:E?S-)?[IVXLC]{1,8})[)）])"
    r"(?: (?P<letter>[A-ZАВС](?:[-–][A-ZАВС])?)(?=[,.;:)\]،]|$| (?:of|and|de|du|et|y|от|и)\b| [А-Я][а-я]))?"
    r"(?![A-Za-zÀ-ÿА-яЁё0-9_/]|[.,-]\d|-[A-Za-zА-я])"
)
_MOST_BEFORE = 90  # characters looked at before a number for its words
_MOST_AFTER = 220
_SENTENCE_START = re.compile(r"(?:^|[.;:!?()«“\"\d\t\n—–•]|[^\w\s,])\s*$")


@dataclass(frozen=True, slots=True)
class FoundDecision:
    """A decision cited by number: where it stands, as printed, what it is, and its symbol where its body is sure.

    `kind` is "resolution" or "decision"; `session` a session or a year, `number` with its letter, "192 B";
    `organ` is the body that the text names: the head of its symbols, a noun, "other", or empty.
    """

    start: int
    end: int
    printed: str
    kind: str
    session: str
    number: str
    bracketed: bool
    organ: str = ""
    canonical: str = ""

    @property
    def key(self) -> str:
        """The lookup key of its symbol; empty where the body is not sure."""
        return symbol_key(self.canonical)


@dataclass(frozen=True, slots=True)
class Citing:
    """What resolves the decisions that one document cites.

    `default` is the body whose decisions it means where it names none; `named` the symbols of numbers that its text
    gives together with their body somewhere.
    """

    bodies: tuple[DecisionBody, ...] = UNITED_NATIONS
    default: DecisionBody | None = None
    named: Mapping[tuple[str, str, str], str] = field(default_factory=dict)


def citing_of(
    symbols: Sequence[str], texts: Iterable[str] = (), bodies: tuple[DecisionBody, ...] = UNITED_NATIONS
) -> Citing:
    """What resolves the decisions that a document with these symbols and these texts cites.

    A document without a symbol, such as a draft, is of the body that it speaks as: "The General Assembly,".
    """
    texts = tuple(texts)
    citing = Citing(bodies, body_of(symbols, bodies) if symbols else _speaking(texts, bodies))
    named = {
        (one.kind, one.session, one.number): one.canonical
        for text in texts
        for one in find_decisions(text, citing)
        if one.organ and one.canonical
    }
    return replace(citing, named=named)


def _speaking(texts: Sequence[str], bodies: Sequence[DecisionBody]) -> DecisionBody | None:
    heads = {head for text in texts if (head := words.enactor_of(text))}
    found = [body for body in bodies if heads & set(body.heads)]
    return found[0] if len(found) == 1 else None


def find_decisions(text: str, citing: Citing | None = None) -> list[FoundDecision]:
    """The decisions that a text cites by number, in their order, without overlaps.

    Those whose body is not sure have no canonical symbol. Fractions, dates and shares of votes are none.
    """
    citing = citing or Citing()
    found: list[FoundDecision] = []
    for group in _groups(text):
        before, after = group[0].organ, _organ_after(text, group[-1].end, citing)
        organ = after if not before or (before not in words.NAMED and after in words.NAMED) else before
        for one in group:
            whole = replace(one, organ=organ)
            found.append(replace(whole, canonical=_resolve(whole, citing)))
    return found


def _groups(text: str) -> Iterator[list[FoundDecision]]:
    """The decisions of a text, those of one list together: "resolutions 5/1 and 16/21 of the Council"."""
    group: list[FoundDecision] = []
    for match in _NUMBER.finditer(text):
        if words.SHARE.match(text, match.end()):
            continue
        last = group[-1] if group else None
        if last and match.start() - last.end < _MOST_BEFORE and _goes_on(text, last.end, match.start()):
            group.append(_found(match, match.span(), last.kind, ""))
            continue
        first = _first(text, match)
        if first:
            if group:
                yield group
            group = [first]
    if group:
        yield group


def _goes_on(text: str, end: int, start: int) -> bool:
    """Whether a list of decisions goes on from one number to another."""
    if text.endswith(("决议", "决定"), 0, end):
        return False
    return text[end:start].strip(" \u00a0") != "" and bool(words.BETWEEN.fullmatch(text, end, start))


def _first(text: str, match: re.Match[str]) -> FoundDecision | None:
    """The decision of a number that words for one stand before (in Chinese, around)."""
    before = text[max(0, match.start() - _MOST_BEFORE) : match.start()]
    script = _script(before)
    left = words.BEFORE[script].search(before) if script else None
    if left is None:
        return None
    shift = match.start() - len(before)
    if script == "chinese":
        right = words.CHINESE_AFTER.match(text, match.end())
        if right is None:
            return None
        alone = right.start("end") <= match.end() + 1
        end = right.end() if alone else match.end()
        span = (shift + left.start("first"), end)
        return _found(match, span, words.kind_of(right["word"]), _organ_before(before, left))
    organ = _organ_before(before, left)
    span = (shift + left.start("first"), match.end())
    return _found(match, span, words.kind_of(left["word"]), organ)


def _script(before: str) -> str:
    """The script of the last letter before a number; empty where there is none."""
    stripped = before.rstrip(" \u00a0№.º°")
    last = stripped[-1:]
    if not last.isalpha():
        return ""
    if last.isascii() or "À" <= last <= "ɏ":
        return "latin"
    if "\u0400" <= last <= "\u04ff":
        return "cyrillic"
    return "arabic" if "\u0600" <= last <= "\u06ff" else "chinese"


def _found(match: re.Match[str], span: tuple[int, int], kind: str, organ: str) -> FoundDecision:
    session = match["session"] or match["bracket"]
    number = str(int(match["number"] or match["old"]))
    if match["letter"]:
        number += " " + fold_lookalikes(match["letter"]).replace("–", "-")
    plain = str(int(session)) if session.isdecimal() else session
    start, end = span
    return FoundDecision(start, end, match.string[start:end], kind, plain, number, bool(match["bracket"]), organ)


def _organ_before(before: str, left: re.Match[str]) -> str:
    """The body named before a number. A capital at the beginning of a sentence names none by itself."""
    groups = left.groupdict()
    if groups.get("inner"):
        return words.organ_of(groups["inner"])
    phrase = groups.get("organ")
    if not phrase:
        return ""
    organ = words.organ_of(phrase)
    if organ == "other" and _SENTENCE_START.search(before[: left.start("organ")]):
        return ""
    if before[: left.start("organ")].endswith(("公约", "议定书")):
        return "other"
    return organ


def _organ_after(text: str, end: int, citing: Citing) -> str:
    """The body named after a number: "of the Conference", «Совета Безопасности»."""
    match = words.AFTER.match(text, end, end + _MOST_AFTER)
    if match is None:
        return ""
    organ = words.organ_of(match["organ"])
    if organ == "other":
        return organ if words.is_owner(match["organ"]) else ""
    of_convention = words.OF_A_CONVENTION.match(text, match.end())
    if organ in words.NOUNS and of_convention:
        return organ if _is_named(citing.default, text[of_convention.end() : end + _MOST_AFTER]) else "other"
    return organ


def _is_named(body: DecisionBody | None, text: str) -> bool:
    """Whether a text names the convention of a body, in any case or number of its words."""
    text = text.casefold()
    stems = [[word[:5] for word in name.casefold().split() if len(word) > 3] for name in body.names] if body else []
    return any(name and all(stem in text for stem in name) for name in stems)


def _resolve(one: FoundDecision, citing: Citing) -> str:
    """The symbol of a decision; empty where its body is not sure, or does not number like this."""
    if one.organ in words.NAMED:
        body = next((body for body in citing.bodies if one.organ in body.heads), None)
    elif one.organ in {"", "council"} and _looks_like_the_council(one):
        body = next((body for body in citing.bodies if "S" in body.heads), None)
    elif one.organ in words.NOUNS:
        body = citing.default if citing.default and citing.default.noun == one.organ else None
    elif one.organ:
        body = None
    elif named := citing.named.get((one.kind, one.session, one.number)):
        return named
    else:
        body = citing.default
    return _symbol(one, body) if body else ""


def _looks_like_the_council(one: FoundDecision) -> bool:
    """Whether a resolution that names no body has the number and the year of one of the Security Council's."""
    if one.kind != "resolution" or not one.bracketed or not one.session.isdecimal():
        return False
    return goes_with_the_council(_plain_number(one), int(one.session))


def _symbol(one: FoundDecision, body: DecisionBody) -> str:
    """The symbol of a decision of this body; empty where the body does not number like this."""
    form = body.resolution if one.kind == "resolution" else body.decision
    if one.bracketed and not one.session.isdecimal():
        old = body.old if one.kind == "resolution" and session_order(one.session) <= body.last_old else ""
        return old.format(session=one.session, number=one.number)
    least = 1 if one.kind == "resolution" else body.decisions_from
    if not form or one.bracketed != ("(" in form) or not least <= _plain_number(one) <= body.most:
        return ""
    if not _is_session(one, body):
        return ""
    session = one.session if "-" in one.session else session_order(one.session)  # "IX/28" is cited as "9/28" too
    return form.format(session=session, number=one.number)


def _plain_number(one: FoundDecision) -> int:
    """Its number without the letter."""
    return int(one.number.split()[0])


def _is_session(one: FoundDecision, body: DecisionBody) -> bool:
    """Whether the body may have held the session. Special ones are numbered apart; Roman ones want a named body."""
    first, last = body.sessions
    if "-" in one.session:
        return first < 1000
    if not one.session.isdecimal() and not one.organ:
        return False
    return first <= session_order(one.session) <= last
