"""The lines of a masthead's left half, and where among them the body begins."""

import re
from dataclasses import dataclass

from documents.importing import masthead_words as words
from documents.importing.agenda import read_agenda
from documents.importing.kinds import kind_of_sponsors
from documents.importing.labels import is_article_heading, read_label
from documents.importing.marks import is_bold, strip_marks
from documents.importing.source import table_number

_PROSE_LINE = 220  # characters of one line beyond which it is running text
_PROSE_BLOCK = 150  # characters of a block of lines that ends a sentence
_NARROWEST = 60  # characters: a text without longer lines tells nothing by their length
_FULL = 0.86  # share of the text's width from which a line is a full one; titles are set narrower
_BARE_FIRST = re.compile(r"1(?:\.1)? [^\W\d_][^\W\d_]+ ")  # WIPO and IMO print no dot: "1 INTRODUCTION – ADOPTION …"
_ADDRESSEE = re.compile(
    r"(?:(?:to|and) the (?:secretary-general|president of the (?:security council|general assembly))"
    r"|(?:au|et le) (?:secrétaire général|président du conseil de sécurité)|président de l['’]assemblée générale"
    r"|(?:al|y al?) (?:secretario general|presidente del consejo de seguridad)|presidenta? de la asamblea general"
    r"|на имя (?:генерального секретаря|председателя (?:совета безопасности|генеральной ассамблеи)))\*?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Item:
    """One cell of the masthead that is no fact of its right half.

    `place` is its line, `blanks` the empty lines before, `column` its place among the line's `columns`.
    """

    text: str
    indent: int
    place: int
    blanks: int
    column: int
    columns: int


def body_start(items: list[Item], last_fact: int, width: int) -> int:
    """The index of the first item that belongs to the body: a numbered paragraph, a heading with a numeral, the
    subject of a decision, a summary, contents, or running prose.

    `last_fact` is the place of the last masthead fact, `width` the length of the text's full lines."""
    sponsors = _sponsors_place(items)
    for index, item in enumerate(items):
        if item.place <= last_fact or item.column or index <= sponsors:
            continue
        text = strip_marks(item.text).lstrip("# ")
        if table_number(text) is not None or (
            (is_article_heading(text) and not read_agenda(text))
            or words.is_summary(text)
            or words.is_contents(text)
            or words.is_enactor(text)
        ):
            return index
        if (
            words.is_letter_opening(text)
            or _is_numbered(items, index, text)
            or _is_prose(items, index, width)
            or _widens(items, index, width)
        ):
            return index
    return len(items)


def _sponsors_place(items: list[Item]) -> int:
    """The index of the line of sponsors above a decision's subject, or -1."""
    texts = [strip_marks(item.text) for item in items]
    subject = next((index for index, text in enumerate(texts) if words.is_enactor(text)), 0)
    return max((index for index in range(subject) if kind_of_sponsors(texts[index])), default=-1)


def _widens(items: list[Item], index: int, width: int) -> bool:
    """Whether a full line follows a narrow one that could end a title: there the text begins, without an empty line."""
    item, above = items[index], items[index - 1]
    if index and _ends_address(items, index):
        return True
    if width < _NARROWEST or not index or item.blanks or item.place != above.place + 1 or is_bold(item.text):
        return False
    text, before = strip_marks(item.text), strip_marks(above.text)
    last = before.rsplit(" ", 1)[-1]
    going_on = before.endswith((",", "-", ":")) or last in words.SMALL_WORDS or len(before) >= width * _FULL
    more = items[index + 1] if index + 1 < len(items) else None
    is_text = text.endswith((".", ":")) or (more is not None and not more.blanks and len(more.text) > width * 0.6)
    return len(text) >= width * _FULL and text[0].isupper() and not going_on and is_text


def _ends_address(items: list[Item], index: int) -> bool:
    """Whether the line above ends a letter's title with its addressee, and this one begins a sentence."""
    text = strip_marks(items[index].text)
    above = " ".join(strip_marks(item.text) for item in items[max(0, index - 2) : index])
    return bool(_ADDRESSEE.search(above)) and text[:1].isupper() and items[index].place == items[index - 1].place + 1


def _is_numbered(items: list[Item], index: int, text: str) -> bool:
    if items[index].blanks and _BARE_FIRST.match(text):
        return True
    label = read_label(text)
    if not label or label.style not in {"number", "roman_capital", "capital"}:
        return False
    if label.style == "capital" and label.value != 1:
        return False
    if label.style == "roman_capital":
        return label.printed.endswith(".") or label.value == 1 or len(label.printed) > 1
    return label.style != "number" or label.value <= 1


def _is_prose(items: list[Item], index: int, width: int) -> bool:
    """Whether a block of lines is running text: it ends a sentence, and it is too long for a title."""
    text = strip_marks(items[index].text)
    if len(text) > _PROSE_LINE and not is_bold(items[index].text) and text.rstrip()[-1:] in ".;:。，,":
        return True
    if index and not items[index].blanks and items[index].indent <= items[index - 1].indent:
        return False
    block = [strip_marks(one.text) for one in _run_of_text(items, index, width)]
    joined = " ".join(block)
    return len(block) > 1 and len(joined) > _PROSE_BLOCK and joined.rstrip("*").endswith((".", "。", ":", "："))


def _run_of_text(items: list[Item], index: int, width: int) -> list[Item]:
    """The block from an index as far as it can be one paragraph: to a label, a heading, a decision's subject."""
    run: list[Item] = []
    for item in block_from(items, index):
        text = strip_marks(item.text)
        if run and (_ends_run(text) or run[-1].text.endswith("*") or _widens(items, items.index(item), width)):
            break
        run.append(item)
    return run


def _ends_run(text: str) -> bool:
    """Whether a line begins something of its own inside a block without empty lines."""
    named = words.is_enactor(text) or words.is_summary(text) or words.is_contents(text) or words.is_presented_by(text)
    return named or words.is_letter_opening(text) or is_article_heading(text) or read_label(text) is not None


def block_from(items: list[Item], index: int) -> list[Item]:
    """The items of one block: from an index to the next empty line, first column only."""
    block = [items[index]]
    for item in items[index + 1 :]:
        if item.column:
            continue
        if item.blanks:
            break
        block.append(item)
    return block
