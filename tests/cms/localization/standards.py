"""The structure that the published standards ask of files: XLIFF 1.2 transitional, XLIFF 2.0 core, TMX 1.4b.

A table of what this site writes: each element's children in their order, its required and its other attributes, and
where an attribute's values are laid down, those. An element or attribute that is not in the table is a fault, so that
whatever is written anew has to be looked up first.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

NMTOKEN = r"[\w.:-]+"
LANGUAGE = r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"
YES_NO = "yes|no"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class Rule:
    """What one element may have: ``children`` is a pattern over their names, each followed by a space.

    ``required`` and ``other`` are attributes with patterns of their values. ``text`` says whether there may be text.
    """

    children: str = ""
    required: dict[str, str] = field(default_factory=dict)
    other: dict[str, str] = field(default_factory=dict)
    text: bool = False


ANY = "(?s:.*)"
_STATE = (
    "final|needs-adaptation|needs-l10n|needs-review-adaptation|needs-review-l10n|needs-review-translation|"
    "needs-translation|new|signed-off|translated|x-.+"
)
_INLINE_1 = "((g|x) )*"
_CODE_1 = {"ctype": "bold|italic|underlined|link|x-.+", "clone": YES_NO, "equiv-text": ANY}
XLIFF_1 = {
    "xliff": Rule("(file )+", {"version": r"1\.2"}, {LANG: LANGUAGE}),
    "file": Rule(
        "(header )?body ",
        {"original": ".+", "source-language": LANGUAGE, "datatype": "html|plaintext|xml|x-.+"},
        {"target-language": LANGUAGE, SPACE: "default|preserve"},
    ),
    "header": Rule("(skl )?(phase-group )?((glossary|reference|count-group|prop-group|note|tool) )*"),
    "phase-group": Rule("(phase )+"),
    "phase": Rule("(note )*", {"phase-name": ".+", "process-name": ".+"}, {"job-id": ".+", "date": ".+"}),
    "note": Rule(text=True, other={"priority": "[1-9]|10", "annotates": "source|target|general", "from": ".+"}),
    "body": Rule("((group|trans-unit|bin-unit) )*"),
    "trans-unit": Rule(
        "source (seg-source )?(target )?((context-group|count-group|prop-group|note|alt-trans) )*",
        {"id": ".+"},
        {
            "approved": YES_NO,
            "translate": YES_NO,
            "resname": ANY,
            "extradata": ANY,
            "maxwidth": "[0-9]+",
            "size-unit": "byte|char|col|cm|dlgunit|em|ex|glyph|in|mm|percent|pixel|point|row|x-.+",
            SPACE: "default|preserve",
        },
    ),
    "source": Rule(_INLINE_1, other={LANG: LANGUAGE}, text=True),
    "target": Rule(
        _INLINE_1,
        other={LANG: LANGUAGE, "state": _STATE, "state-qualifier": "exact-match|fuzzy-match|leveraged-(mt|tm)|x-.+"},
        text=True,
    ),
    "alt-trans": Rule(
        "(source )?(seg-source )?(target )+((context-group|prop-group|note) )*",
        other={"alttranstype": "proposal|previous-version|rejected|reference|accepted", "match-quality": ".+"},
    ),
    "g": Rule(_INLINE_1, {"id": ".+"}, _CODE_1, text=True),
    "x": Rule("", {"id": ".+"}, _CODE_1),
}

_INLINE_2 = "((cp|ph|pc|sc|ec|mrk|sm|em) )*"
_CODE_2 = {
    "canCopy": YES_NO,
    "canDelete": YES_NO,
    "type": "fmt|ui|quote|link|image|other",
    "subType": r"xlf:(lb|pb|b|i|u|var)|(?!xlf)\w+:.+",
}
_NOTES_2 = {"id": NMTOKEN, "category": ANY, "priority": "[1-9]|10", "appliesTo": "source|target"}
XLIFF_2 = {
    "xliff": Rule("(file )+", {"version": r"2\.0", "srcLang": LANGUAGE, "trgLang": LANGUAGE}),
    "file": Rule(
        "(skeleton )?(mda:metadata )?(notes )?((unit|group) )+",
        {"id": NMTOKEN},
        {"original": ".+", "srcDir": "ltr|rtl|auto", "trgDir": "ltr|rtl|auto", SPACE: "default|preserve"},
    ),
    "notes": Rule("(note )+"),
    "note": Rule(other=_NOTES_2, text=True),
    "unit": Rule(
        "(mda:metadata )?(notes )?(originalData )?(ignorable )*segment ((segment|ignorable) )*",
        {"id": NMTOKEN},
        {"name": ANY, "canResegment": YES_NO, "translate": YES_NO},
    ),
    "originalData": Rule("(data )+"),
    "data": Rule("(cp )*", {"id": NMTOKEN}, {"dir": "ltr|rtl|auto"}, text=True),
    "segment": Rule(
        "source (target )?",
        other={"id": NMTOKEN, "state": "initial|translated|reviewed|final", "subState": r"(?!xlf:)\w+:.+"},
    ),
    "source": Rule(_INLINE_2, other={LANG: LANGUAGE}, text=True),
    "target": Rule(_INLINE_2, other={LANG: LANGUAGE}, text=True),
    "pc": Rule(_INLINE_2, {"id": NMTOKEN}, _CODE_2 | {"dataRefStart": NMTOKEN, "dataRefEnd": NMTOKEN}, text=True),
    "ph": Rule("", {"id": NMTOKEN}, _CODE_2 | {"dataRef": NMTOKEN, "equiv": ANY, "disp": ANY}),
    "mda:metadata": Rule("(mda:metaGroup )+", other={"id": NMTOKEN}),
    "mda:metaGroup": Rule("((mda:metaGroup|mda:meta) )+", other={"category": ANY, "appliesTo": "source|target"}),
    "mda:meta": Rule(required={"type": ".+"}, text=True),
}

_INLINE_T = "((bpt|ept|ph|it|hi|ut) )*"
TMX = {
    "tmx": Rule("header body ", {"version": r"1\.4"}),
    "header": Rule(
        "((note|ude|prop) )*",
        {
            "creationtool": ".+",
            "creationtoolversion": ".+",
            "segtype": "block|paragraph|sentence|phrase",
            "o-tmf": ".+",
            "adminlang": LANGUAGE,
            "srclang": rf"{LANGUAGE}|\*all\*",
            "datatype": ".+",
        },
    ),
    "note": Rule(text=True, other={LANG: LANGUAGE}),
    "prop": Rule(text=True, required={"type": ".+"}, other={LANG: LANGUAGE}),
    "body": Rule("(tu )*"),
    "tu": Rule("((note|prop) )*(tuv )+", other={"tuid": r"\S+", "srclang": LANGUAGE}),
    "tuv": Rule("((note|prop) )*seg ", {LANG: LANGUAGE}),
    "seg": Rule(_INLINE_T, text=True),
    "bpt": Rule("(sub )*", {"i": "[0-9]+"}, {"x": "[0-9]+", "type": ".+"}, text=True),
    "ept": Rule("(sub )*", {"i": "[0-9]+"}, text=True),
    "ph": Rule("(sub )*", other={"x": "[0-9]+", "type": ".+", "assoc": "p|f|b"}, text=True),
}


def faults(content: bytes) -> list[str]:
    """What in a file of one of the three is against its standard, in sentences; empty for a file that is as it asks."""
    root = etree.fromstring(content)
    rules, more = _standard(root)
    return [*(fault for element in root.iter() for fault in _of_element(element, rules)), *more(root)]


def _standard(root: Any) -> tuple[dict[str, Rule], Callable[[Any], Iterator[str]]]:
    if etree.QName(root).localname == "tmx":
        return TMX, _of_tmx
    return (XLIFF_1, _of_xliff_1) if root.get("version") == "1.2" else (XLIFF_2, _of_xliff_2)


def _name(element: Any) -> str:
    name = etree.QName(element)
    return f"mda:{name.localname}" if "metadata" in (name.namespace or "") else str(name.localname)


def _of_element(element: Any, rules: dict[str, Rule]) -> Iterator[str]:
    """What is wrong with one element by itself."""
    name = _name(element)
    rule = rules.get(name)
    if rule is None:
        yield f"<{name}> is not in the standard, or not in this table."
        return
    children = "".join(f"{_name(child)} " for child in element)
    if not re.fullmatch(rule.children, children):
        yield f"<{name}> has these children in this order: {children}."
    allowed = rule.required | rule.other
    yield from (f"<{name}> lacks {attribute}." for attribute in rule.required if attribute not in element.attrib)
    for attribute, value in element.attrib.items():
        if not re.fullmatch(allowed.get(attribute, "(?!)"), value):
            yield f"<{name}> has {attribute}={value!r}."
    texts = [element.text, *(child.tail for child in element)]
    if not rule.text and any((text or "").strip() for text in texts):
        yield f"<{name}> has text."


def _twice(names: list[Any], what: str) -> Iterator[str]:
    yield from (f"{what} {name!r} is there twice." for name, times in Counter(names).items() if times > 1)


def _of_xliff_1(root: Any) -> Iterator[str]:
    """Sections 2.2 to 2.4: names of units in a file and of codes in a text; a target's codes are its source's."""
    for file in root.iterfind("{*}file"):
        yield from _twice([unit.get("id") for unit in file.iter("{*}trans-unit")], "The unit")
        for unit in file.iter("{*}trans-unit"):
            named = {}
            for side in ("source", "target"):
                codes = list(unit.iterfind(f"{{*}}{side}//{{*}}*"))
                yield from _twice([code.get("id") for code in codes], f"A {side}'s code")
                named[side] = {(_name(code), code.get("id")) for code in codes}
            if not named["target"] <= named["source"]:
                yield f"A target has codes that its source lacks: {named['target'] - named['source']}."
            if (unit.get("maxwidth") is None) != (unit.get("size-unit") is None):
                yield "A width has no unit, or a unit no width."


def _of_xliff_2(root: Any) -> Iterator[str]:
    """Section 4.3 and 4.7: names of units in a file; of segments and codes in a unit, data and references; types."""
    for file in root.iterfind("{*}file"):
        yield from _twice([unit.get("id") for unit in file.iter("{*}unit")], "The unit")
        for unit in file.iter("{*}unit"):
            data = [one.get("id") for one in unit.iterfind("{*}originalData/{*}data")]
            yield from _twice(data, "The data")
            segments = [one.get("id") for one in unit.iterchildren("{*}segment", "{*}ignorable") if one.get("id")]
            sides = {side: list(unit.iterfind(f"{{*}}segment/{{*}}{side}//{{*}}*")) for side in ("source", "target")}
            for codes in sides.values():
                yield from _twice([*segments, *(code.get("id") for code in codes)], "The segment or code")
            named = {side: {(_name(code), code.get("id")) for code in codes} for side, codes in sides.items()}
            if not named["target"] <= named["source"]:
                yield "A target has codes that its source lacks."
            for code in (*sides["source"], *sides["target"]):
                for reference in ("dataRef", "dataRefStart", "dataRefEnd"):
                    if code.get(reference) is not None and code.get(reference) not in data:
                        yield f"{reference} leads nowhere: {code.get(reference)}."
                subtype = (code.get("subType") or "").partition(":")
                if subtype[0] and (code.get("type") is None or (subtype[0] == "xlf" and code.get("type") != "fmt")):
                    yield "A subtype has no type that it belongs to."
            for segment in unit.iterchildren("{*}segment"):
                if segment.get("subState") and not segment.get("state"):
                    yield "A detailed state has no state."


def _of_tmx(root: Any) -> Iterator[str]:
    """Names of units; the halves of a pair in one segment, the first before the second; languages of a unit."""
    yield from _twice([unit.get("tuid") for unit in root.iter("tu") if unit.get("tuid")], "The unit")
    for unit in root.iter("tu"):
        yield from _twice([variant.get(LANG) for variant in unit.iter("tuv")], "The language")
    for segment in root.iter("seg"):
        opened: list[str] = []
        for code in segment.iter("bpt", "ept"):
            if code.tag == "bpt":
                opened.append(code.get("i"))
            elif code.get("i") in opened:
                opened.remove(code.get("i"))
            else:
                yield f"A pair has no beginning: {code.get('i')}."
        yield from (f"A pair has no end: {number}." for number in opened)
        yield from _twice([code.get("i") for code in segment.iter("bpt")], "The pair")
