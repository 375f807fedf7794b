"""The facts at a document's head: its lines are taken apart into columns, and each piece is given its role."""

import datetime
import re
from dataclasses import dataclass, field, replace

from documents.importing import masthead_words as words
from documents.importing.agenda import read_agenda
from documents.importing.cleaning import Line
from documents.importing.dates import even_out, find_dates, parse_date
from documents.importing.decision_headings import decision_heading
from documents.importing.footnotes import Note
from documents.importing.head_items import Item, body_start
from documents.importing.hyphens import Vocabulary
from documents.importing.kinds import find_kind, kind_of_line
from documents.importing.marks import strip_marks
from documents.importing.model import AgendaItem, Masthead
from documents.importing.sessions import read_session, session_in_note
from documents.importing.titles import Anchors, Title, decision_title, find_title, title_above
from documents.importing.venues import read_venue
from documents.symbols.finding import find_symbols
from documents.symbols.grammar import split_joint

_ADOPTED_AT = re.compile(
    r"(?:adopted by the security council at|adoptée par le conseil de sécurité à"
    r"|aprobada por el consejo de seguridad en"
    r"|принят\w+ советом безопасности на|اتخذه مجلس الأمن في|安全理事会第\d+次会议通过)",
    re.IGNORECASE,
)
_LABEL_CELL = re.compile(r"\d{1,3}/\d{1,4}(?: ?[A-Z])?\.?|(?:\d{1,3}|[IVXL]{1,7}|[A-Z])\.?")
_DATE_LABEL = re.compile(r"(?:date|fecha|дата|التاريخ|日期)\s*[:：]\s*", re.IGNORECASE)
_BRACKETED = re.compile(r"\[([^\[\]]{3,40})\]")  # old documents print "[Original: French] [11 September 1997]"
_ALL_BRACKETED = re.compile(r"(?:\[[^\[\]]{3,40}\]\s*)+")
_SYMBOL_LINES = 30  # lines from the top within which a document prints its own symbol
_SHORT_LINE = 40  # characters; shorter lines tell nothing of a text's width
_FACT_LINES = 40  # lines from the top within which the masthead's right half ends
_HEAD_LINES = 110  # lines from the top within which a masthead ends
_RIGHT_COLUMN = 30  # column from which a cell of a set masthead counts as its right half


@dataclass(slots=True)
class _Facts:
    """What the right half of a masthead says, gathered line by line."""

    symbols: list[str] = field(default_factory=list)
    distribution: list[str] = field(default_factory=list)
    date: datetime.date | None = None
    language: str | None = None
    original: str | None = None
    seen_original: bool = False
    awaits_distribution: bool = False
    organisation: list[str] = field(default_factory=list)
    last: int = -1  # the place of the last line that held one of these


@dataclass(frozen=True, slots=True)
class ReadMasthead:
    """A masthead; `facts_end` is the place after the last line of its right half, `end` that where the body begins."""

    masthead: Masthead
    facts_end: int
    end: int


def own_symbols(lines: list[Line]) -> tuple[list[str], list[str]]:
    """The document's own symbols from the first lines: as printed, and canonical with joint ones taken apart.

    Only a symbol that fills a cell counts, alone or after the organisation's name, or a decision's before its title.
    """
    printed: list[str] = []
    last = -1
    for place, line in enumerate(lines[:_SYMBOL_LINES]):
        for _, cell in line.cells():
            symbol = _cell_symbol(cell, lines, place)
            if symbol and (not printed or place - last <= 1) and symbol not in printed:
                printed.append(symbol)
                last = place
    if not printed and (heading := decision_heading(lines)):
        return [heading.printed], [heading.canonical]
    canonical = [one for symbol in printed for one in split_joint(find_symbols(symbol)[0].canonical)]
    return printed, list(dict.fromkeys(canonical))


def _cell_symbol(cell: str, lines: list[Line], place: int) -> str:
    """The symbol that a cell is, or that ends it after the organisation's name; nothing otherwise."""
    text = strip_marks(cell).replace("*", "").strip("# ")
    if text.endswith("/") and place + 1 < len(lines):
        text += lines[place + 1].cells()[-1][1]
    found = find_symbols(text)
    if len(found) != 1 or found[0].end != len(text) or "/" not in found[0].canonical:
        return ""
    before = text[: found[0].start].strip()
    if before and not words.is_organisation(before):
        return ""
    return found[0].printed


def read_masthead(
    lines: list[Line], skipped: set[int], notes: list[Note], language: str, vocabulary: Vocabulary
) -> ReadMasthead:
    """Reads the masthead of a document's lines.

    `skipped` are the places of running heads, page numbers and footnotes. What is not certain is left empty.
    """
    printed, symbols = own_symbols(lines)
    facts = _Facts(symbols=printed)
    items = _take_cells(lines, skipped, facts)
    head = Masthead(
        symbols=tuple(symbols),
        symbols_printed=tuple(printed),
        organisation=" ".join(facts.organisation),
        date=facts.date,
        distribution=_distribution(facts.distribution, symbols),
        language=facts.language,
        original_language=facts.original,
    )
    items = [item for item in items if not words.is_records_line(strip_marks(item.text))]
    stop = body_start(items, facts.last, text_width(lines))
    head, anchor, roles = _read_roles(items[:stop], head, facts)
    has_facts = facts.last >= 0 or anchor >= 0 or bool(printed)
    anchors = Anchors(anchor, _agenda_place(roles), len(head.agenda_items), has_facts)
    if heading := decision_heading(lines):
        title = decision_title(items[:stop], heading, vocabulary)
    else:
        title = find_title(items[:stop], anchors, vocabulary)
    if not title.text and anchor >= 0:
        above = title_above(items, anchor, roles, vocabulary)
        title = replace(above, end=max(title.end, items[anchor].place + 1)) if above.text else title
    if title.text and anchor >= 0 > facts.last and not _names_kind(title):
        # On a cover without facts a line above that names a kind of paper is surer than what comes below.
        above = title_above(items, anchor, roles, vocabulary)
        title = replace(above, end=items[anchor].place + 1) if above.text else title
    head = _with_title(head, title, items, notes, roles)
    if head.kind == "letter" and not head.session_label:
        head = replace(head, venue="", meeting_dates=None)  # where and when the letter was written
    end = title.end if title.text else (items[stop].place if stop < len(items) else len(lines))
    if not title.text and anchor < 0:
        end = items[0].place if items else len(lines)
    return ReadMasthead(_from_notes(head, notes), facts.last + 1, end)


def _names_kind(title: Title) -> bool:
    return bool(title.kind or title.presented_by or kind_of_line(title.text))


def _take_cells(lines: list[Line], skipped: set[int], facts: _Facts) -> list[Item]:
    """Takes the right half's facts out of the head's lines; gives the cells that are left."""
    items: list[Item] = []
    first_page = lines[0].page if lines else 0
    for place, line in enumerate(lines[:_HEAD_LINES]):
        if line.page > first_page and items:
            break
        if place in skipped:
            continue
        cells = _labelled_cells(line)
        for column, (indent, cell) in enumerate(cells):
            rest = _take_facts(cell, indent, facts, place) if place < _FACT_LINES else cell
            if rest:
                items.append(Item(rest, indent, place, line.blanks, column, len(cells)))
    return items


def text_width(lines: list[Line]) -> int:
    """The length of a text's full lines, of which every tenth is longer."""
    lengths = sorted(len(line.text) for line in lines if len(line.text) > _SHORT_LINE and line.is_running())
    return lengths[int(len(lengths) * 0.9)] if lengths else _SHORT_LINE


def _labelled_cells(line: Line) -> list[tuple[int, str]]:
    """The line's columns, with a number or label set apart from its text ("48/246.     Financiación") as one."""
    cells = line.cells()
    if len(cells) > 1 and _LABEL_CELL.fullmatch(cells[0][1]):
        cells = [(cells[0][0], f"{cells[0][1]} {cells[1][1]}"), *cells[2:]]
    return cells


def _take_facts(cell: str, indent: int, facts: _Facts, place: int) -> str:
    """Notes the facts that a cell states; gives the text of the cell that is none of them."""
    text = strip_marks(cell)
    plain = text.strip("#* ")
    for symbol in facts.symbols:
        if plain.replace("*", "").endswith(symbol):
            facts.last = place
            plain = text = plain.replace("*", "").removesuffix(symbol).strip()
    if label := words.DISTRIBUTION_LABEL.search(text):
        rest = text[label.end() :].strip()
        facts.last = place
        if word := label["word"] or label["value"]:
            facts.distribution.append(word)
            facts.distribution += [
                word for word in re.findall(r"[A-ZÉ]?[a-zéè]+", rest) if words.distribution_code(word)
            ]
            _take_run(rest, facts)
        else:
            facts.awaits_distribution = True
        text = text[: label.start()].strip()
        plain = text
    if not plain or _is_fact(plain, indent, facts, place):
        return ""
    bracketed = _BRACKETED.findall(plain) if _ALL_BRACKETED.fullmatch(plain) else []
    if bracketed and all(_is_fact(one, indent, facts, place) for one in bracketed):
        return ""
    return cell if plain == strip_marks(cell).strip("* ") else text


def _take_run(text: str, facts: _Facts) -> None:
    """Notes what follows the distribution in one line: "14 juin 2016 Français Original : anglais"."""
    text = even_out(text)
    found = find_dates(text)[:1]
    if found and found[0].start == 0 and not found[0].last and not facts.date:
        facts.date, text = found[0].first, text[found[0].end :].strip()
    language, rest = words.leading_language(text)
    if rest and words.ORIGINAL_LABEL.match(rest):
        if language:
            _take_language(language, facts)
        _take_language(rest, facts)


def _is_fact(plain: str, indent: int, facts: _Facts, place: int) -> bool:
    """Whether a cell is one whole fact of the right half, which is then noted."""
    taken = (
        _take_distribution(plain, facts)
        or _take_language(plain, facts)
        or _take_date(plain, facts)
        or (len(plain) <= 3 and plain.isupper() and plain.isascii() and indent >= _RIGHT_COLUMN)
    )
    if taken:
        facts.last = place
    elif words.is_organisation(plain):
        facts.organisation.append(plain)
        taken = True
    return bool(taken)


def _take_distribution(plain: str, facts: _Facts) -> bool:
    alone = facts.awaits_distribution or plain.isupper()
    if alone and words.distribution_code(plain) and not facts.distribution:
        facts.distribution.append(plain)
        facts.awaits_distribution = False
        return True
    pieces = re.findall(r"[A-ZÉ][a-zéè]+", plain)
    if facts.awaits_distribution and len(pieces) > 1 and "".join(pieces) == plain:
        facts.distribution += [piece for piece in pieces if words.distribution_code(piece)]
        facts.awaits_distribution = False
        return bool(facts.distribution)
    return False


def _take_language(plain: str, facts: _Facts) -> bool:
    if words.is_language_only(plain):
        named = words.language_codes(plain)
        if len(named) == 1 and not facts.language and not facts.seen_original:
            facts.language = named[0]
        return True
    if words.is_language_line(plain) and not facts.language:
        named = words.language_codes(plain)
        if not facts.seen_original:
            facts.language = named[0]
        return True
    if original := words.ORIGINAL_LABEL.match(plain):
        named = words.language_codes(original["rest"])
        if not facts.seen_original and named:
            facts.original = "/".join(named)
        facts.seen_original = True
        return True
    return False


def _take_date(plain: str, facts: _Facts) -> bool:
    if len(plain) > 40 or facts.date:
        return False
    facts.date = parse_date(_DATE_LABEL.sub("", plain, count=1))
    return facts.date is not None


def _distribution(printed: list[str], symbols: list[str]) -> str | None:
    """The distribution; where two words were printed over each other, the one that the symbol confirms."""
    codes = {words.distribution_code(word) for word in printed} - {None}
    if len(codes) == 1:
        return codes.pop()
    limited = any(re.search(r"/L\.\d", symbol) for symbol in symbols)
    return "limited" if limited and "limited" in codes else None


def _read_roles(items: list[Item], head: Masthead, facts: _Facts) -> tuple[Masthead, int, dict[int, str]]:
    """Gives each remaining line its role; the masthead so far, the index of its last line, and the roles."""
    roles: dict[int, str] = {}
    anchor = -1
    for index, item in enumerate(items):
        if item.place <= facts.last and item.column == 0:
            anchor = index
        if words.is_cover_note(strip_marks(item.text)):
            head = _adopted(head, items[index : index + 3])
            break
        if index and _goes_on(items[index - 1], item):
            continue
        head, role = _read_line(strip_marks(item.text), head)
        if role:
            roles[index] = role
            anchor = index
    bodies = tuple(
        strip_marks(item.text)
        for index, item in enumerate(items[: anchor + 1])
        if index not in roles and item.column == 0 and len(item.text) < 200
    )
    agenda = _agenda_place(roles)
    if agenda is not None:
        bodies = tuple(
            strip_marks(item.text)
            for index, item in enumerate(items[:agenda])
            if index not in roles and item.column == 0 and len(item.text) < 200
        )
    return replace(head, body_lines=bodies), anchor, roles


def _read_line(text: str, head: Masthead) -> tuple[Masthead, str]:
    """One line of the left half: the masthead with what it says, and its role ("" for none)."""
    text = text.lstrip("# ")
    agenda = read_agenda(text)
    if agenda:
        items = tuple(AgendaItem(number, "", agenda.provisional) for number in agenda.numbers)
        return replace(head, agenda_items=head.agenda_items or items), "agenda"
    session = read_session(text)
    if session:
        where = read_venue(session.after.strip(" ,،;")) if session.after.strip(" ,،;") else None
        if where and where.venue:
            session = replace(session, label=session.label.removesuffix(session.after))
            if not head.meeting_dates:
                head = replace(head, venue=where.venue, meeting_dates=(where.first, where.last))
        if not head.session_label:
            head = replace(head, session=session.number, session_label=session.label)
        return head, "session"
    venue = read_venue(text)
    if venue and venue.is_bracketed and not head.session_label:
        return head, "period"
    if venue and not head.meeting_dates:
        return replace(head, venue=venue.venue, meeting_dates=(venue.first, venue.last)), "venue"
    return head, ""


def _goes_on(before: Item, item: Item) -> bool:
    """Whether a line only goes on the one above it, which ends in a comma or a small word."""
    text = strip_marks(before.text).rstrip()
    last = text.rsplit(" ", 1)[-1]
    return not item.blanks and item.place == before.place + 1 and (text.endswith(",") or last in words.SMALL_WORDS)


def _adopted(head: Masthead, items: list[Item]) -> Masthead:
    """A resolution of the Security Council prints the day of the meeting that adopted it, and no session."""
    text = " ".join(strip_marks(item.text) for item in items)
    adopted = _ADOPTED_AT.search(text)
    found = find_dates(text[: adopted.end() + 60])[:1] if adopted else []
    if not found or found[0].last or head.meeting_dates:
        return head
    return replace(head, meeting_dates=(found[0].first, found[0].first))


def _agenda_place(roles: dict[int, str]) -> int | None:
    places = [index for index, role in roles.items() if role == "agenda"]
    return places[-1] if places else None


def _with_title(head: Masthead, title: Title, items: list[Item], notes: list[Note], roles: dict[int, str]) -> Masthead:
    """The masthead with the title, the titles of the agenda items, who presents the paper, and its kind."""
    kind = title.kind or find_kind(title.text, title.presented_by, head.symbols)
    agenda = head.agenda_items
    if len(title.item_titles) == len(agenda):
        agenda = tuple(
            replace(item, title=item_title) for item, item_title in zip(agenda, title.item_titles, strict=True)
        )
    elif len(agenda) == 1 and title.item_titles:
        agenda = (replace(agenda[0], title=" ".join(title.item_titles)),)
    return replace(head, title=title.text, presented_by=title.presented_by, kind=kind, agenda_items=agenda)


def _from_notes(head: Masthead, notes: list[Note]) -> Masthead:
    """Concluding observations print their session in the title's footnote only."""
    if head.session or head.kind != "observations":
        return head
    for note in notes:
        found = session_in_note(note.text) if note.mark.startswith("*") else None
        if found:
            session, dates = found
            meeting = (dates.first, dates.last or dates.first) if dates else None
            return replace(head, session=session.number, session_label=session.label, meeting_dates=meeting)
    return head
