"""The structure of a body: headings, numbered paragraphs, clauses of decisions, lists, tables, annexes."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from documents.importing import masthead_words as words
from documents.importing.anchors import Anchors
from documents.importing.inline import Fragment, fragment
from documents.importing.labels import Label, as_capital, as_letter, is_article_heading
from documents.importing.marks import cut, is_bold
from documents.importing.model import Block, BlockKind, TableText
from documents.importing.numbering import NumberRole, looks_like_heading, number_roles
from documents.importing.paragraphs import Paragraph
from documents.importing.source import Table
from documents.importing.tables import grid_of, table_of_rows

_ANNEX = re.compile(
    r"(?:annex(?:es|e)?|appendix|enclosure|anexo|apéndice|приложение|добавление|المرفق|مرفق|التذييل|附件|附录)"
    r"(?:\s+(?:[IVX]{1,5}|[A-Z]|\d{1,2}|الأول|الثاني|الثالث|الرابع|[一二三四五六七八九十]))?[一二三四五六七八九十]{0,2}\s*\*?",
    re.IGNORECASE,
)
_ARTICLES_OF_A_TREATY = 10
_QUOTED = re.compile(r"^[“«\"„].{40,}[”»\"][.;]?$", re.DOTALL)
_CLAUSE_END = re.compile(r"[.;。；]\s*$")
_LIST_STYLES = frozenset({"letter", "roman", "bracket_number", "bullet", "chinese"})
_LONGEST_ANNEX_LINE = 40


@dataclass(frozen=True, slots=True)
class Body:
    """A body's blocks, with the fragment of each, how many paragraphs carry an Arabic number, and how many headings
    name an article."""

    blocks: tuple[Block, ...]
    fragments: tuple[Fragment, ...]
    numbered_paragraphs: int
    articles: int

    @property
    def is_treaty(self) -> bool:
        """Whether the body is divided into articles as a treaty is."""
        return self.articles >= _ARTICLES_OF_A_TREATY


def read_body(
    paragraphs: Sequence[Paragraph], language: str, own: frozenset[str] = frozenset(), is_agenda: bool = False
) -> Body:
    """The structure of a body's paragraphs. `own` are the keys of the document's own symbols, which get no link."""
    reader = _BodyReader(paragraphs, language, own, number_roles(paragraphs, is_agenda))
    for place in range(len(paragraphs)):
        reader.read(place)
    return Body(tuple(reader.blocks), tuple(reader.fragments), reader.numbered, reader.articles)


class _BodyReader:
    """Reads paragraph after paragraph; knows whether it is inside a decision, a preamble, an annex."""

    def __init__(
        self, paragraphs: Sequence[Paragraph], language: str, own: frozenset[str], roles: dict[int, NumberRole]
    ) -> None:
        self.blocks: list[Block] = []
        self.fragments: list[Fragment] = []
        self.numbered = 0
        self.articles = 0
        self._paragraphs = paragraphs
        self._language = language
        self._own = own
        self._roles = roles
        self._anchors = Anchors()
        self._enacted = False
        self._preamble = False
        self._annex = False
        self._last_capital = 0  # the value of the last heading with a capital letter, under the same Roman numeral

    def read(self, place: int) -> None:
        """Adds the block of one paragraph."""
        paragraph = self._paragraphs[place]
        plain = paragraph.plain
        label = paragraph.label
        table = paragraph.table or table_of_rows(paragraph.rows)
        if table:
            self._table(table)
        elif paragraph.rows:
            self._uneven_rows(paragraph)
        elif len(plain) <= _LONGEST_ANNEX_LINE and _ANNEX.fullmatch(plain):
            self._begin_annex(paragraph)
        elif words.is_enactor(plain) and not label:
            self._begin_enacting(paragraph)
        elif place in self._roles:
            self._numbered(paragraph, self._roles[place])
        elif label and label.style == "section" and not paragraph.heading:
            self._section(paragraph, label)
        elif paragraph.heading or (
            label and label.style in {"roman_capital", "capital"} and looks_like_heading(paragraph)
        ):
            self._heading(paragraph)
        elif label and label.style in _LIST_STYLES:
            self._item(paragraph, label)
        else:
            self._unlabelled(paragraph, place)

    def _numbered(self, paragraph: Paragraph, role: NumberRole) -> None:
        label = paragraph.label
        assert label is not None  # noqa: S101 - only labelled paragraphs have a role
        if role == "heading":
            self._heading(paragraph)
        elif role == "item":
            self._item(paragraph, label)
        else:
            self._count(role)
            kind: BlockKind = "operative" if self._enacted else "paragraph"
            self._preamble = False
            self._add(kind, paragraph, self._anchors.number(label), 1, label)

    def _section(self, paragraph: Paragraph, label: Label) -> None:
        """A paragraph whose number has parts, "2.1", or a heading that has one."""
        if is_bold_heading(paragraph):
            self._heading(paragraph)
            return
        self.numbered += 1
        self._preamble = False
        self._add("paragraph", paragraph, self._anchors.section(label), 1, label)

    def _count(self, role: NumberRole) -> None:
        if role == "resume":
            self._anchors.close_scope()
            self._enacted = False
        elif role == "restart" and not self._anchors.scope.startswith("decision"):
            self._anchors.open_scope("annex" if self._annex else "part")
        if not self._anchors.scope.startswith("decision"):
            self.numbered += 1

    def _begin_enacting(self, paragraph: Paragraph) -> None:
        """Begins a decision: at the top of the document, or inside it, where numbers then start again."""
        if self.numbered or self._enacted:
            self._anchors.open_scope("decision")
        self._enacted = self._preamble = True
        self._add("preambular", paragraph, self._anchors.preambular(), 1)

    def _begin_annex(self, paragraph: Paragraph) -> None:
        self._annex, self._enacted, self._preamble = True, False, False
        self._add("annex", paragraph, self._anchors.other("annex"), 1)

    def _heading(self, paragraph: Paragraph) -> None:
        label = paragraph.label
        style = label.style if label else ""
        if label and label.style in {"bullet", "bracket_number"}:
            label, style = None, ""
        if label and style == "roman_capital" and as_capital(label).value == self._last_capital + 1 > 1:
            label = as_capital(label)
            style = label.style
        self._last_capital = (
            label.value if label and style == "capital" else self._last_capital * (style != "roman_capital")
        )
        anchor, level = self._anchors.heading(label, style)
        self._preamble = False
        self._add("heading", paragraph, anchor, level, label)

    def _item(self, paragraph: Paragraph, label: Label) -> None:
        styles = self._anchors.list_styles()
        if label.style == "roman" and self._is_ninth_letter(label, styles):
            label = as_letter(label)
        anchor, level = self._anchors.item(label, label.style)
        if label.style == "bullet":
            label = replace(label, printed="•")
        self._add("lettered", paragraph, anchor, level, label)

    def _is_ninth_letter(self, label: Label, styles: list[str]) -> bool:
        """Whether "(i)", "(v)" or "(x)" goes on a list of letters rather than begins or goes on a Roman one."""
        if not styles or styles[-1] != "letter" or not self.blocks:
            return False
        before = self.blocks[-1].label.strip("(). ")
        after = label.printed.strip("(). ")
        return len(before) == 1 and len(after) == 1 and ord(after) == ord(before) + 1

    def _table(self, table: Table) -> None:
        self._anchors.end_lists()
        grid = grid_of(table)
        cells = [[self._cell(text) for text in row] for row in grid.rows]
        texts = [" | ".join(grid.headings), *(" | ".join(cell.text for cell in row) for row in cells)]
        whole = Fragment(
            "",
            "\n".join(text for text in texts if text.strip(" |")),
            tuple(found for row in cells for cell in row for found in cell.found),
        )
        rows = tuple(tuple(cell.html for cell in row) for row in cells)
        content = TableText(tuple(grid.headings), rows)
        self.blocks.append(Block("table", "", self._anchors.other("tab"), "", 1, whole.text, content))
        self.fragments.append(whole)

    def _cell(self, text: str) -> Fragment:
        """A cell's fragment, with a break between its paragraphs."""
        lines = [fragment(line, self._language, self._own) for line in text.split("\n")]
        found = tuple(one for line in lines for one in line.found)
        return Fragment("<br/>".join(line.html for line in lines), " ".join(line.text for line in lines), found)

    def _uneven_rows(self, paragraph: Paragraph) -> None:
        """Lines set like a table that have no columns in common: kept as lines."""
        self._anchors.end_lists()
        rows = [fragment(" | ".join(row), self._language, self._own) for row in paragraph.rows]
        whole = Fragment(
            "<br>".join(row.html for row in rows),
            "\n".join(row.text for row in rows),
            tuple(found for row in rows for found in row.found),
        )
        self._append("table", "", self._anchors.other("tab"), 1, whole)

    def _unlabelled(self, paragraph: Paragraph, place: int) -> None:
        if self._preamble and not is_bold_heading(paragraph) and not is_article_heading(paragraph.plain):
            self._clause(paragraph)
        elif self._is_heading(paragraph, place):
            self._heading(paragraph)
        elif _QUOTED.match(paragraph.plain):
            self._add("quotation", paragraph, self._anchors.other("q"), 1)
        else:
            self._add("text", paragraph, self._anchors.other("t"), 1)

    def _clause(self, paragraph: Paragraph) -> None:
        """A clause of a decision without a number: of its preamble, or an operative one that ends a sentence."""
        if _CLAUSE_END.search(paragraph.plain):
            self._add("operative", paragraph, self._anchors.other("o"), 1)
        else:
            self._add("preambular", paragraph, self._anchors.preambular(), 1)

    def _is_heading(self, paragraph: Paragraph, place: int) -> bool:
        plain = paragraph.plain
        if is_article_heading(plain):
            self.articles += 1
            return True
        if place + 1 >= len(self._paragraphs) or not looks_like_heading(paragraph):
            return False
        following = self._paragraphs[place + 1]
        if is_bold(paragraph.text) or following.label or following.heading:
            return not plain.startswith(("(", "http")) and any(character.isalpha() for character in plain)
        return len(following.plain) > len(plain) and len(following.plain) > 100

    def _add(
        self,
        kind: BlockKind,
        paragraph: Paragraph,
        anchor: str,
        level: int,
        label: Label | None = None,
    ) -> None:
        marked = cut(paragraph.text, label.length) if label else paragraph.text
        whole = fragment(marked, self._language, self._own)
        self._append(kind, label.printed.rstrip(" ") if label else "", anchor, level, whole)

    def _append(self, kind: BlockKind, label: str, anchor: str, level: int, whole: Fragment) -> None:
        if kind == "heading":
            whole = Fragment(_plain_heading(whole.html), whole.text, whole.found)
        self.blocks.append(Block(kind, _shown(kind, label), anchor, whole.html, level, whole.text))
        self.fragments.append(whole)


def is_bold_heading(paragraph: Paragraph) -> bool:
    """Whether a paragraph is short and emphasised as a whole."""
    return is_bold(paragraph.text) and looks_like_heading(paragraph)


def _plain_heading(fragment_html: str) -> str:
    """A heading's fragment without emphasis: the page sets it as a heading anyway."""
    return re.sub(r"</?[bi]>", "", fragment_html)


def _shown(kind: BlockKind, label: str) -> str:
    """A label as stored: numbers of paragraphs and numerals of headings without their dot, others as printed."""
    if kind in {"paragraph", "operative"} or (kind == "heading" and label.rstrip(".．").isupper()):
        return html.unescape(label).rstrip(" .．、-–")
    return label
