"""The parts that a symbol is made of: taking one apart, and putting it together again."""

import re
from dataclasses import dataclass

from documents.symbols.folding import symbol_key
from documents.symbols.grammar import KNOWN_HEADS, WORDS_PART, YEAR, canonical_form, split_joint, why_not
from documents.symbols.reasons import NotASymbol, Rule
from documents.symbols.series import SeriesTable, default_table

_WORD_SUFFIX = re.compile(r"(?P<stem>.*\d) (?P<word>(?:PROV|REV|CORR|ADD)\.(?: ?\d{1,2})?|(?:Rev|Corr|Add)\.\d{1,2})")
_BRACKET = re.compile(r"(?P<stem>.*?\S)(?P<space> ?)\((?P<bracket>[^()]{1,24})\)")
_LETTER = re.compile(r"(?P<stem>.*[\d)]) (?P<letter>[A-Z](?:-[A-Z])?)")
_ITU = re.compile(r"(?P<body>ITU-[TRD]) (?P<number>[A-Z]{1,2}\.\d[\d.]*(?:-\d{1,2})?)(?: \((?P<date>\d\d/\d{4})\))?")

_MODIFICATION = re.compile(
    r"(?:Add|Rev|Corr|Amend|Mod|Ext|Summary|ADD|REV|CORR)(?:\.\d{1,4}(?:-\d{1,4})?)?"
    r"|(?:Part|Vol|Sect|Supp)(?:\.| )(?:\d{1,3}|[IVX]{1,5})"
)
_NATURE = re.compile(r"(?P<nature>[A-Z][A-Za-z]{0,5})\.(?P<number>\d{1,5}(?:-\d{1,5})?)")
_BARE_NATURES_WORDS = "RES DEC INF WP CRP L SR PV NGO CO Q RQ GC D REP SC SER PRST AG CORR"
_BARE_NATURES = frozenset(_BARE_NATURES_WORDS.split())
_LEADING_NATURES = frozenset({"RES", "DEC", "PRST", "INF", "NGO"})  # stand before the session: A/RES/48/161
_SESSION = re.compile(r"(?:\d{1,3}|[IVX]{1,7}|(?:S|ES|SS)-(?:\d{1,2}|[IVX]{1,6}))")
_BRACKETED_SESSION = re.compile(r"(?:19|20)\d\d|(?:(?:S|ES)-)?[IVXLC]{1,8}")
# Bodies that are numbered by their meetings: COP.6 is the sixth meeting, while WG.4 is the fourth working group.
_MEETING = re.compile(
    r"(?P<body>COP|MOP|CMP|MSP|CHW|OEWG|POPRC|CRC|INC|EA|GC|HA|ICCM|OzL\.(?:Pro|Conv))"
    r"(?:\.(?P<number>\d{1,3}(?:\([IVX]{1,5}\))?)|\((?P<bracket>\d{1,3})\))"
)
# The same in the first part, and there the kind of paper too: "A76", "GC(63)", "MEPC 80", "MC.DEC".
_HEAD_SESSION = re.compile(
    r"(?P<body>A|EB|EBSS|WHA|GC|ITTC|IDB|PBC|MEPC|MSC|LEG|FAL|PPR|SDC|SSE|CCC|HTW|NCSR)"
    r"(?:(?P<mark>(?<=IDB)\.|(?<=GC)\.|(?<=PBC)\.| ?)(?P<number>\d{1,3})|\((?P<bracket>[^()]+)\))"
)
_HEAD_NATURE = re.compile(r"(?P<body>MC|PC|FSC|CIO|SEC|ODIHR|EEF)\.(?P<nature>[A-Z]{2,4})")
_SPECIAL = re.compile(r"(?P<body>[A-Z]{1,6})\((?:(?P<bracket>\d{1,3}|(?:S-)?[IVXLC]{1,7})|(?P<number>))\)")
_CONFERENCE = re.compile(r"(?P<body>CONF|EB)\.(?P<number>(?:19|20)\d\d|[IVX]{1,6})")


@dataclass(frozen=True, slots=True)
class SymbolParts:
    """The parts of one symbol. A part that it lacks is an empty string.

    body: "CTOC/COP/WG.4"    session: a session, meeting or year, "48", "2019"
    section: what stands between session and nature, "Plenary", "ITA"    nature: "L", "INF", "RES"
    sequence: its number, "6"    part: a bracket or letter after it, "Part I", "B"    modification: "Rev.1/Add.2"
    form: how they are put together, with the name of each part that it has in braces
    """

    body: str
    session: str = ""
    section: str = ""
    nature: str = ""
    sequence: str = ""
    part: str = ""
    modification: str = ""
    form: str = "{body}/{sequence}"

    @property
    def canonical(self) -> str:
        """The symbol in canonical form. `parse_symbol` of it gives these parts again."""
        return self.form.format(
            body=self.body,
            session=self.session,
            section=self.section,
            nature=self.nature,
            sequence=self.sequence,
            part=self.part,
            modification=self.modification,
        )


def parse_symbol(text: str, heads: frozenset[str] = KNOWN_HEADS, table: SeriesTable | None = None) -> SymbolParts:
    """Takes a symbol apart. `heads` are the first parts that are known, `table` replaces the default decision series.

    Raises NotASymbol with the reason in one sentence, also for two symbols in one (`parse_symbols` takes those).
    """
    table = table or default_table()
    if decision := table.pattern.fullmatch(text.strip(" *")):
        letters = table.canonical_letters[symbol_key(decision["letters"])]
        session, number = decision["session"], decision["number"]
        return SymbolParts(letters, session=session, sequence=number, form="{body}-{session}/{sequence}")
    canonical = canonical_form(text)
    if itu := _ITU.fullmatch(canonical):
        form = "{body} {sequence} ({session})" if itu["date"] else "{body} {sequence}"
        return SymbolParts(itu["body"], session=itu["date"] or "", sequence=itu["number"], form=form)
    joint = split_joint(canonical)
    if len(joint) > 1:
        raise NotASymbol(Rule.JOINT, ", ".join(joint))
    return _Reader(canonical).read(text, heads)


def parse_symbols(
    text: str, heads: frozenset[str] = KNOWN_HEADS, table: SeriesTable | None = None
) -> tuple[SymbolParts, ...]:
    """Takes the symbol or the two symbols of a masthead apart: "A/79/876-S/2025/230" gives those of A and of S.

    Raises NotASymbol with the reason in one sentence.
    """
    joint = split_joint(canonical_form(text))
    return tuple(parse_symbol(one, heads, table) for one in (joint if len(joint) > 1 else [text]))


class _Reader:
    """Takes one symbol apart from its end, noting the form in which its parts are put together."""

    def __init__(self, canonical: str) -> None:
        self._rest = canonical
        self._tail = ""  # the form of what was taken off the end so far
        self._found: dict[str, str] = {}

    def read(self, printed: str, heads: frozenset[str]) -> SymbolParts:
        """The parts. Raises NotASymbol."""
        self._take_changes()
        self._take_suffix()
        if "modification" not in self._found:
            self._take_changes()  # "A/CONF.151/26/Rev.1 (Vol. I)"
        if reason := why_not(self._rest, printed=printed, heads=heads):
            raise reason
        segments = self._rest.split("/")
        if form := self._nature_first(segments) or self._communication(segments):
            return SymbolParts(**self._found, form=form + self._tail)
        number = self._number(segments)
        body = self._body(segments)
        form = f"{body}/{number}{self._tail}"
        return SymbolParts(**self._found, form=form)

    def _take_changes(self) -> None:
        """Cuts "/Rev.1/Add.2" or " PROV. 2" off the end."""
        if word := _WORD_SUFFIX.fullmatch(self._rest):
            self._rest, self._found["modification"], self._tail = word["stem"], word["word"], " {modification}"
            return
        segments = self._rest.split("/")
        kept = len(segments)
        while kept > 2 and _MODIFICATION.fullmatch(segments[kept - 1]):
            kept -= 1
        if kept < len(segments):
            self._found["modification"] = "/".join(segments[kept:])
            self._rest, self._tail = "/".join(segments[:kept]), "/{modification}" + self._tail

    def _take_suffix(self) -> None:
        """Cuts a bracket, "(2025)" or "(Part I)", or a resolution's letter, " B", off the end."""
        in_resolution = "/RES/" in self._rest or "/DEC/" in self._rest
        if in_resolution and (letter := _LETTER.fullmatch(self._rest)):
            self._rest, self._found["part"] = letter["stem"], letter["letter"]
            self._tail = " {part}" + self._tail
        if match := _BRACKET.fullmatch(self._rest):
            name = "session" if in_resolution and _BRACKETED_SESSION.fullmatch(match["bracket"]) else "part"
            if name in self._found:
                return
            self._rest, self._found[name] = match["stem"], match["bracket"]
            self._tail = f"{match['space']}({{{name}}}){self._tail}"

    def _nature_first(self, segments: list[str]) -> str:
        """The form of "MC.DEC/3/19": body and kind of paper, the number, and the year after it; empty for others."""
        match = _HEAD_NATURE.fullmatch(segments[0])
        if not match or len(segments) > 3 or not all(segment.isdigit() for segment in segments[1:]):
            return ""
        self._found |= {"body": match["body"], "nature": match["nature"], "sequence": segments[1]}
        if len(segments) == 2:
            return "{body}.{nature}/{sequence}"
        self._found["session"] = segments[2]
        return "{body}.{nature}/{sequence}/{session}"

    def _communication(self, segments: list[str]) -> str:
        """The form of what a treaty body says of a complaint: "CCPR/C/130/D/2728/2016"; empty for others."""
        if len(segments) < 5 or segments[-3] != "D" or not (segments[-2].isdigit() and YEAR.fullmatch(segments[-1])):
            return ""
        body, session = "/".join(segments[:-4]), segments[-4]
        self._found |= {"body": body, "session": session, "nature": "D", "sequence": "/".join(segments[-2:])}
        return "{body}/{session}/{nature}/{sequence}"

    def _number(self, segments: list[str]) -> str:
        """Takes the number, and a nature that stands with it, off the segments; gives their form."""
        last = segments.pop()
        for pattern, form in ((_NATURE, "{nature}.{sequence}"), (WORDS_PART, "{nature} {sequence}")):
            if match := pattern.fullmatch(last):
                self._found["nature"], self._found["sequence"] = match["nature"], match["number"]
                return form
        self._found["sequence"] = last
        if len(segments) > 1 and segments[-1] in _BARE_NATURES:
            self._found["nature"] = segments.pop()
            return "{nature}/{sequence}"
        return "{sequence}"

    def _body(self, segments: list[str]) -> str:
        """Reads body, session and what stands between it and the number; gives their form."""
        head = _HEAD_SESSION.fullmatch(segments[0]) if segments else None
        if head and "session" not in self._found:
            self._found["body"], self._found["session"] = head["body"], head["number"] or head["bracket"]
            form = "{body}({session})" if head["bracket"] else f"{{body}}{head['mark']}{{session}}"
            return form + self._after(segments[1:])
        place = self._session_place(segments)
        if place is None:
            return self._meeting(segments)
        self._found["session"] = segments[place]
        return self._before(segments[:place]) + "/{session}" + self._after(segments[place + 1 :])

    def _session_place(self, segments: list[str]) -> int | None:
        """Which segment is the session: the last year, else the last number; none where a bracket told it."""
        if "session" in self._found:
            return None
        for pattern in (YEAR, _SESSION):
            for place in range(len(segments) - 1, 0, -1):
                if pattern.fullmatch(segments[place]):
                    return place
        return None

    def _before(self, segments: list[str]) -> str:
        """The form of what stands before the session: the body, and in some series the nature."""
        if "nature" not in self._found and len(segments) > 1 and segments[-1] in _LEADING_NATURES:
            self._found["nature"] = segments.pop()
            self._found["body"] = "/".join(segments)
            return "{body}/{nature}"
        self._found["body"] = "/".join(segments)
        return "{body}"

    def _after(self, segments: list[str]) -> str:
        """The form of what stands after the session."""
        if not segments:
            return ""
        self._found["section"] = "/".join(segments)
        return "/{section}"

    def _meeting(self, segments: list[str]) -> str:
        """The form of a body without a session between slashes: its meeting may be numbered, as COP.6 is."""
        for place in range(len(segments) - 1, 0, -1):
            patterns = (_MEETING, _CONFERENCE, _SPECIAL)
            match = next((found for pattern in patterns if (found := pattern.fullmatch(segments[place]))), None)
            if match and "session" not in self._found:
                bracket = not match["number"]
                self._found["session"] = match["bracket"] if bracket else match["number"]
                self._found["body"] = "/".join([*segments[:place], match["body"]])
                return ("{body}({session})" if bracket else "{body}.{session}") + self._after(segments[place + 1 :])
        self._found["body"] = "/".join(segments)
        return "{body}"
