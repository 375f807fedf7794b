"""Codes, brackets, punctuation at the end, and spaces."""

import re
from collections import Counter

from django.utils.translation import gettext as _

from cms.localization.proofing.findings import Finding, Kind, Pair, Severity
from cms.localization.texts import inline

_WIDE = str.maketrans("（）［］〔〕【】｛｝", "()[][][]{}")
_OPENING = {"(": ")", "[": "]", "{": "}"}
_CLOSING = {closing: opening for opening, closing in _OPENING.items()}
_BRACKET = re.compile(r"[()\[\]{}]")
# What numbers an item, "a)", "(b)", "1)": French and Russian print it with one bracket, English with two.
_ITEM = re.compile(r"(?:^|(?<=[\s;:,.]))(?:[^\W\d_]|\d{1,2}|[ivx]{1,5})$")
_ITEM_LENGTH = 8  # more than any that the pattern takes
_AFTER_END = " \n\t\u00a0\u202f»”\"’')]）］」』›"
_ENDS = {mark: kind for kind, marks in ((".", ".。．…"), ("?", "?？؟"), ("!", "!！"), (":", ":：")) for mark in marks}
_SPACES = re.compile(r"[^\S\n]{2,}")


def code_findings(pair: Pair) -> list[Finding]:
    """Footnote marks and links of the source that the translation lacks. A note without its mark cannot be read."""
    if not pair.source.codes:
        return []
    findings = []
    lost = inline.lost(pair.target, pair.source)
    footnotes = {pair.source.mark(n) for n, code in enumerate(pair.source.codes) if code.kind == "footnote"}
    for marks, severity in (
        ([mark for mark in lost if mark in footnotes], Severity.ERROR),
        ([mark for mark in lost if mark not in footnotes], Severity.WARNING),
    ):
        if marks:
            codes = " ".join(marks)
            sentence = _("Missing from the translation: %(codes)s") % {"codes": codes}
            findings.append(Finding(Kind.CODE, severity, sentence, codes))
    return findings


def bracket_findings(source: str, target: str) -> list[Finding]:
    """Square brackets by number, since they mark what is not agreed; others where they are not closed."""
    source, target = source.translate(_WIDE), target.translate(_WIDE)
    of_source, of_target = Counter(_BRACKET.findall(source)), Counter(_BRACKET.findall(target))
    findings = []
    if any(of_source[mark] != of_target[mark] for mark in "[]"):
        sentence = _("Square brackets differ: %(source)s in the source, %(target)s here.") % {
            "source": of_source["["] + of_source["]"],
            "target": of_target["["] + of_target["]"],
        }
        findings.append(Finding(Kind.BRACKET, Severity.ERROR, sentence, "[]"))
    odd = _unpaired(target)
    if odd and not _unpaired(source):
        sentence = _("The bracket %(bracket)s has no partner.") % {"bracket": odd}
        findings.append(Finding(Kind.BRACKET, Severity.WARNING, sentence, odd))
    return findings


def _unpaired(text: str) -> str:
    """The first bracket without a partner, those of item numbers and square ones aside; empty where all have one."""
    stack: list[str] = []
    for match in _BRACKET.finditer(text):
        mark = match[0]
        if mark in "[]":
            continue
        if mark in _OPENING:
            stack.append(mark)
        elif stack and stack[-1] == _CLOSING[mark]:
            stack.pop()
        elif mark != ")" or not _ITEM.search(text[max(0, match.start() - _ITEM_LENGTH) : match.start()]):
            return mark
    return stack[-1] if stack else ""


def ending_findings(source: str, target: str) -> list[Finding]:
    """Another mark at the end than in the source."""
    before, after = _ending(source), _ending(target)
    if before == after:
        return []
    if not after:
        sentence = _("The source ends with “%(mark)s”, the translation does not.") % {"mark": before}
    elif not before:
        sentence = _("The translation ends with “%(mark)s”, the source does not.") % {"mark": after}
    else:
        sentence = _("The source ends with “%(source)s”, the translation with “%(mark)s”.") % {
            "source": before,
            "mark": after,
        }
    return [Finding(Kind.PUNCTUATION, Severity.WARNING, sentence, f"{before}/{after}")]


def _ending(text: str) -> str:
    return _ENDS.get(text.rstrip(_AFTER_END)[-1:], "")


def space_findings(source: str, target: str) -> list[Finding]:
    """Two spaces in a row, where the source has none."""
    if not _SPACES.search(target) or _SPACES.search(source):
        return []
    return [Finding(Kind.SPACE, Severity.WARNING, _("Two spaces stand in a row."))]
