"""Segment HTML as plain text with numbered codes, so that a translator edits in a text box and cannot break the markup.

wagtail-localize keeps a segment as HTML whose attributes stand apart: ``noted<a id="a1">3</a> the <i>report</i>``. A
translator sees ``noted① the ②report❷``: a circled digit opens, a black one closes, a footnote mark is one digit alone.
One character cannot be half deleted, and nobody types tags by accident. In a right-to-left text every code is wrapped
in RIGHT-TO-LEFT MARKs, without which codes jump to the wrong side of Latin text such as symbols.
"""

import html
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

RLM = "\u200f"
OPENING = [chr(0x2460 + n) for n in range(20)]
CLOSING = [chr(0x2776 + n) for n in range(10)] + [chr(0x24EB + n) for n in range(10)]
# Where a text has circled digits itself, or more than twenty codes: the first pair that does not occur in it.
BRACKETS = ("⟦⟧", "⟪⟫", "⦃⦄", "⧼⧽")
# Control characters that no text field of a page should hold; a line break and a tab are kept.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

KINDS: dict[str, str | Promise] = {
    "footnote": gettext_lazy("footnote mark"),
    "symbol": gettext_lazy("document link"),
    "a": gettext_lazy("link"),
    "i": gettext_lazy("italic"),
    "em": gettext_lazy("emphasis"),
    "b": gettext_lazy("bold"),
    "strong": gettext_lazy("strong"),
    "code": gettext_lazy("code"),
    "abbr": gettext_lazy("abbreviation"),
    "acronym": gettext_lazy("abbreviation"),
}

# What a translation without it has lost. Italics and the like are its translator's choice.
NEEDED = {"footnote", "symbol", "a"}


class CodeError(ValueError):
    """A translation whose codes do not fit those of its source. The message is a sentence for the translator."""


@dataclass(frozen=True)
class Code:
    """One inline element of the source. ``html`` is all of a footnote mark, the opening tag of anything else.

    ``detail`` says which one it is: the printed mark of a footnote, the symbol or the address that a link leads to.
    ``note`` is the anchor of the footnote that a mark belongs to.
    """

    kind: str
    html: str
    closing_html: str = ""
    detail: str = ""
    note: str = ""

    @property
    def alone(self) -> bool:
        """Whether it is one code without a partner."""
        return not self.closing_html

    @property
    def element(self) -> str:
        """Which element it is: a footnote's mark is the same whatever number is printed for it."""
        return self.html.partition(">")[0]


@dataclass(frozen=True)
class Sign:
    """A code as its translator is told of it: how it is written, what it is, and whether a translation needs it."""

    opening: str
    closing: str
    kind: str
    detail: str = ""
    note: str = ""
    needed: bool = False


@dataclass(frozen=True)
class Coded:
    """A segment of the source: its text with codes, the codes in order of number, and how they are written."""

    text: str
    codes: tuple[Code, ...]
    brackets: str = ""

    def mark(self, number: int, closing: bool = False) -> str:
        """How the code with this number (from 0) is written."""
        if not self.brackets:
            return (CLOSING if closing else OPENING)[number]
        return f"{self.brackets[0]}{'/' if closing else ''}{number + 1}{self.brackets[1]}"

    def signs(self) -> list["Sign"]:
        """What each code is written as and stands for, in their order."""
        return [
            Sign(
                opening=self.mark(n),
                closing="" if code.alone else self.mark(n, closing=True),
                kind=str(KINDS[code.kind]),
                detail=code.detail,
                note=code.note,
                needed=code.kind in NEEDED,
            )
            for n, code in enumerate(self.codes)
        ]

    @property
    def pattern(self) -> re.Pattern[str]:
        if self.brackets:
            opening, closing = map(re.escape, self.brackets)
            return re.compile(rf"{opening}(/?)([0-9]+){closing}")
        return re.compile(f"[{''.join(OPENING + CLOSING)}]")

    def read(self, match: re.Match[str]) -> tuple[int, bool]:
        """The number (from 0) and whether it closes, of a code that the pattern found."""
        if self.brackets:
            return int(match[2]) - 1, bool(match[1])
        if match[0] in OPENING:
            return OPENING.index(match[0]), False
        return CLOSING.index(match[0]), True


def encode(data: str, attrs: dict[str, dict[str, Any]] | None = None) -> Coded:
    """The source segment's HTML as text with codes.

    ``attrs`` are the segment's attributes by the id of their element; they tell a footnote from a link.
    """
    soup = BeautifulSoup(data, "html.parser")
    written = soup.get_text()
    codes: list[Code] = []
    parts: list[str | tuple[int, bool]] = []
    _walk(soup, attrs or {}, codes, parts)
    brackets = ""
    if codes and (len(codes) > len(OPENING) or any(mark in written for mark in (*OPENING, *CLOSING))):
        brackets = next(pair for pair in BRACKETS if not set(pair) & set(written))
    coded = Coded("", tuple(codes), brackets)
    text = "".join(part if isinstance(part, str) else coded.mark(*part) for part in parts)
    return Coded(text, coded.codes, brackets)


def _walk(
    element: Tag, attrs: dict[str, dict[str, Any]], codes: list[Code], parts: list[str | tuple[int, bool]]
) -> None:
    """Gathers the text and the codes of an element's children."""
    for child in element.children:
        if isinstance(child, NavigableString):
            parts.append(str(child))
        elif isinstance(child, Tag) and child.name == "br":
            parts.append("\n")
        elif isinstance(child, Tag):
            number = len(codes)
            own = attrs.get(str(child.get("id", "")), {}) if child.name == "a" else {}
            linktype = own.get("linktype", "")
            if linktype == "footnote":
                codes.append(Code("footnote", str(child), detail=child.get_text(), note=str(own.get("id", ""))))
                parts.append((number, False))
                continue
            name = f'a id="{html.escape(str(child["id"]))}"' if child.get("id") else child.name
            kind = "symbol" if linktype == "symbol" else child.name
            detail = str(own.get("symbol") or own.get("href") or "")
            codes.append(Code(kind, f"<{name}>", f"</{child.name}>", detail))
            parts.append((number, False))
            _walk(child, attrs, codes, parts)
            parts.append((number, True))


def marked(source: Coded, *, rtl: bool = False) -> SafeString:
    """A text of the source as HTML, its codes as chips; wrapped in marks of direction in a right-to-left text."""
    if not source.codes:
        return SafeString(html.escape(source.text))
    around = RLM if rtl else ""
    escaped = html.escape(source.text)
    chips = source.pattern.sub(
        lambda match: f'{around}<span class="translation-code">{match[0]}</span>{around}', escaped
    )
    # Space between two chips is text, and no space between tags that a template may leave out.
    return SafeString(re.sub(r">(\s+)<", lambda match: f">{''.join(f'&#{ord(sign)};' for sign in match[1])}<", chips))


def show(data: str, source: Coded, attrs: dict[str, dict[str, Any]], rtl: bool = False) -> str:
    """A stored translation as text with the codes of its source; codes that the source lacks are left out."""
    free: dict[str, list[int]] = {}
    for number, code in enumerate(source.codes):
        free.setdefault(code.element, []).append(number)
    own = encode(data, attrs)
    renumbered = {n: free[code.element].pop(0) if free.get(code.element) else None for n, code in enumerate(own.codes)}

    def replace(match: re.Match[str]) -> str:
        number, closing = own.read(match)
        target = renumbered.get(number)
        return "" if target is None else source.mark(target, closing)

    text = own.pattern.sub(replace, own.text) if own.codes else own.text
    if rtl and source.codes:
        text = source.pattern.sub(lambda match: f"{RLM}{match[0]}{RLM}", text)
    return text


def decode(text: str, source: Coded) -> str:
    """The translator's text as the HTML that wagtail-localize keeps.

    Raises CodeError, with a sentence, for codes that are unknown, unclosed, crossed or used twice.
    """
    text = CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    text = re.sub(f"{RLM}?({source.pattern.pattern}){RLM}?", r"\1", text) if source.codes else text
    out: list[str] = []
    stack: list[int] = []
    seen: Counter[int] = Counter()
    position = 0
    for match in source.pattern.finditer(text) if source.codes else ():
        out.append(html.escape(text[position : match.start()], quote=False))
        position = match.end()
        number, closing = source.read(match)
        if number not in range(len(source.codes)) or (closing and source.codes[number].alone):
            raise CodeError(_("%(code)s is not in the source.") % {"code": match[0]})
        out.append(_take(source, number, closing, stack))
        seen[number] += not closing
    out.append(html.escape(text[position:], quote=False))
    if stack:
        raise CodeError(_("%(code)s is not closed.") % {"code": source.mark(stack[-1])})
    twice = next((n for n, times in seen.items() if times > 1), None)
    if twice is not None:
        raise CodeError(_("%(code)s stands here twice.") % {"code": source.mark(twice)})
    if any(bracket in "".join(out) for bracket in source.brackets):
        raise CodeError(_("A code is damaged. Write it as in the source: %(code)s") % {"code": source.mark(0)})
    return "".join(out).replace("\n", "<br/>")


def _take(source: Coded, number: int, closing: bool, stack: list[int]) -> str:
    """The HTML of one code, with the stack of open ones kept."""
    code = source.codes[number]
    if not closing:
        if not code.alone:
            stack.append(number)
        return code.html
    if not stack or stack[-1] != number:
        raise CodeError(_("%(code)s closes nothing here.") % {"code": source.mark(number, closing=True)})
    stack.pop()
    return code.closing_html


def lost(text: str, source: Coded) -> list[str]:
    """Footnote marks, links and document links of the source that the translator's text lacks, as codes."""
    present = {source.read(match)[0] for match in source.pattern.finditer(text)}
    return [source.mark(n) for n, code in enumerate(source.codes) if n not in present and code.kind in NEEDED]
