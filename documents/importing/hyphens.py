"""Joining lines: words broken at a line's end, with the hyphen kept where it belongs to the word."""

import re
from collections import Counter

from documents.importing.marks import BOLD_OFF, BOLD_ON, ITALIC_OFF, ITALIC_ON

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*-[ \t]*\n[ \t]*[^\W\d_]+(?:-[^\W\d_]+)*")
_LEFT = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)-$")
_RIGHT = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CLOSED = {BOLD_OFF: BOLD_ON, ITALIC_OFF: ITALIC_ON}
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")

# First halves that keep their hyphen, and second halves that do. Measured on hyphenated manuals in four languages:
# with the document's own words these leave 1.6 % of Russian and 2 % of English breaks wrong, 0.7 % of the others.
_KEEPING_FIRST_WORDS = """non self long short high low well cross semi vice sous celui celle lui elle eux quatre
    vingt trente quarante
    cinquante soixante quatre-vingt peut vous nous político técnico físico histórico twenty thirty forty fifty sixty
    seventy eighty ninety кое экс вице социально научно технико политико культурно военно финансово торгово
    государства государств государствам государствами государствах государство страны стран страна"""
_KEEPING_FIRST = frozenset(_KEEPING_FIRST_WORDS.split())
_KEEPING_SECOND_WORDS = "то либо нибудь таки il elle ils elles vous nous là même mêmes general based"
_KEEPING_SECOND = frozenset(_KEEPING_SECOND_WORDS.split())
_RUSSIAN_ADVERB = re.compile(r".+(?:ому|ему|ски|цки|ьи)")  # after по-: "по-прежнему", but not "по-требность"
_MIN_HALF = 4  # letters; shorter halves that also occur as words are mostly chance


class Vocabulary:
    """The words of one document (or an archive), counted, with those broken at line ends left out."""

    def __init__(self, text: str) -> None:
        words = _WORD.findall(_BROKEN.sub(" ", text).lower())
        self._counts = Counter(words)
        for word in words:
            if "-" in word:
                self._counts.update("-" + half for half in word.split("-"))

    def keeps_hyphen(self, left: str, right: str) -> bool:
        """Whether the hyphen between two halves of a broken word belongs to the word: "государств-" + "участников"."""
        left, right = left.lower(), right.lower()
        joined, hyphenated = self._counts[left + right], self._counts[f"{left}-{right}"]
        if joined or hyphenated:
            return hyphenated > joined
        first, second = left.rsplit("-", 1)[-1], right.split("-", 1)[0]
        if {first, left} & _KEEPING_FIRST or second in _KEEPING_SECOND:
            return True
        if first == "по" and _RUSSIAN_ADVERB.fullmatch(second):
            return True
        both_words = self._counts[first] >= 2 and self._counts[second] >= 2
        return both_words and len(first) >= _MIN_HALF and len(second) >= _MIN_HALF

    def join(self, left: str, right: str) -> str:
        """Two lines of one paragraph as one text: healed words, whole symbols, no space between Chinese characters."""
        if not left or not right:
            return left or right
        if _CLOSED.get(left[-1]) == right[0]:  # emphasis that goes on over the line's end is one
            left, right = left[:-1], right[1:]
        if broken := _LEFT.search(left[-60:]):
            half = _RIGHT.match(right)
            if half:
                return left + right if self.keeps_hyphen(broken[1], half[0]) else left[:-1] + right
        if _joins_symbol(left, right) or (_WIDE.match(left[-1]) and _WIDE.match(right[0])):
            return left + right
        return f"{left} {right}"


def _joins_symbol(left: str, right: str) -> bool:
    """Whether a symbol or a web address goes on over the line's end: "CTOC/COP/" and "WG.10/2020/6"."""
    if left.endswith("/") and right[0].isalnum():
        return bool(re.search(r"(?:[A-ZА-Я0-9.\-]/|\w/\w*/)$", left[-20:]))
    return bool(re.search(r"\d-$", left[-3:]) and re.match(r"[A-Z]{1,4}/|\d", right))
