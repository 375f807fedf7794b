"""Which lines of a masthead are the title, the agenda items' titles and who presents the paper."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from documents.importing import masthead_words as words
from documents.importing.decision_headings import DecisionHeading
from documents.importing.head_items import Item, block_from
from documents.importing.hyphens import Vocabulary
from documents.importing.kinds import kind_of_line, kind_of_sponsors
from documents.importing.marks import is_bold, strip_marks
from documents.importing.title_blocks import ADOPTED, blocks_of, presents, split_at_title, split_close_set

_LONGEST_TITLE = 600  # characters
_LONGEST_BODY_NAME = 5  # words
_LONGEST_KIND = 3  # words: "Draft administrative decision"
_INDENTED = 6  # columns: a title set so much further right than the masthead is known by that
_NUMBERED_TITLE = re.compile(r"^\d{1,4}/\d{1,4}(?:\s?[A-Z])?\.?\s+(?=\S)")
_DRAFT_ENDS = (
    "resolution",
    "decision",
    "résolution",
    "décision",
    "resolución",
    "decisión",
    "резолюции",
    "решения",
    "قرار",
    "مقرر",
    "草案",
)
_SUBJECT = re.compile(r"^(?:subject|objet|asunto|тема|предмет|الموضوع|事由)\s*[:：]\s*(?P<text>.*)$", re.IGNORECASE)
_SALUTATION = re.compile(
    r"(?:dear|excellenc(?:y|ies)|(?:mr|ms|mrs)\.? (?:president|chair)|sir|madam"
    r"|señora?|cher|chère|excellence|madame|monsieur"
    r"|mesdames|estimad[oa]s?|excelencia"
    r"|distinguid[oa]s?|уважаем\w+|ваш[еи] превосходительств\w+|سعادة|حضرة|أصحاب السعادة|尊敬的|阁下).{0,80}[,،，!:：]",
    re.IGNORECASE,
)
_SPEECH = re.compile(
    r"(?:opening |closing |keynote )?(?:statement|remarks|address|speech)\b|discours|déclaration|allocution|discurso"
    r"|declaración|intervención|alocución|выступление|заявление|обращение|речь|كلمة|بيان|发言|讲话|致辞|声明",
    re.IGNORECASE,
)
_SUBJECT_START = re.compile(r"(?:Об?|On|Concerning|Relati(?:f|ve) (?:à|au|aux)|Concernant|Sobre|Relativ[oa] a)\s+\S")
_ABOUT = re.compile(r"(?:об?|касательно|re|regarding|concernant|ref)\s*[:.]?\s+(?=\S)", re.IGNORECASE)
_AMENDS = re.compile(
    r"[:：]\s*(?:(?:revised )?(?:sub-?)?amendments? to the |(?:sous-)?amendements? (?:à|au|aux) "
    r"|(?:sub)?enmiendas? (?:a|al) |поправк[аи] к |تعديل(?:ات)? )",
    re.IGNORECASE,
)
_TRAILING_NOTES = re.compile(r"(?:(?<=[^\W\d_])|\s)\d{1,2}(?:, ?\d{1,2})*$")
_TRAILING_STARS = re.compile(r"[\s,]*\*[\s*,]*$")


@dataclass(frozen=True, slots=True)
class Title:
    """A document's title; `end` is the place of the first line after it and after who presents it."""

    text: str = ""
    presented_by: str = ""
    item_titles: tuple[str, ...] = ()
    kind: str | None = None
    end: int = 0


@dataclass(frozen=True, slots=True)
class Anchors:
    """What the lines above a title are: `last` is the index of the last one with a role (-1: none), `agenda` that of
    the agenda line, `item_count` how many items it names; `has_facts` whether the masthead has any fact."""

    last: int
    agenda: int | None
    item_count: int
    has_facts: bool


def find_title(items: list[Item], anchors: Anchors, vocabulary: Vocabulary) -> Title:
    """Finds the title among the masthead's items.

    Without any fact in the masthead a title needs a sign of its own: bold, a kind's name, or who presents it.
    """
    anchor, agenda = anchors.last, anchors.agenda
    rest = [item for item in items[anchor + 1 :] if item.column == 0]
    if subject := _subject(items):
        return subject
    if addressed := _addressed(items, vocabulary):
        return addressed
    sponsors = next((place for place, item in enumerate(rest) if kind_of_sponsors(strip_marks(item.text))), None)
    if sponsors is not None:
        return _after_sponsors(rest, sponsors, vocabulary)
    in_block, blocks = blocks_of(rest, attached=anchor >= 0)
    in_block, blocks = split_at_title(in_block, blocks)
    if agenda == anchor and agenda is not None and anchors.item_count == 1:
        in_block, blocks = split_close_set(in_block, blocks)
    if amending := next((block for block in (in_block, *blocks) if _amends(block, vocabulary)), None):
        return _title_of([amending], (), vocabulary)
    titles = [_joined(in_block, vocabulary)] if agenda is not None and in_block else []
    if agenda is None and in_block and not (blocks and anchor >= 0):
        blocks = [in_block, *blocks]  # else the lines under the session are its theme, and the title comes after
    elif agenda is not None and anchor != agenda and not blocks:
        blocks, titles = [in_block] if in_block else [], []
    margin = items[anchor].indent if anchor >= 0 else None
    blocks = [block for block in blocks if not _is_in_brackets(block)] or blocks
    skipped, blocks = _skip_to_title(blocks, margin, anchors.item_count if agenda is not None and not titles else 0)
    titles += [_joined(block, vocabulary) for block in skipped]
    if blocks and not anchors.has_facts and not _has_sign(blocks):
        blocks = next((blocks[place:] for place in (1, 2) if _has_kind(blocks[place : place + 1])), [])
    if not blocks:
        return Title(item_titles=tuple(titles))
    return _title_of(blocks, tuple(titles), vocabulary)


def _skip_to_title(
    blocks: list[list[Item]], margin: int | None, item_count: int
) -> tuple[list[list[Item]], list[list[Item]]]:
    """Parts the blocks before the title (agenda items' titles, names of bodies) from those with the title."""
    end = next((place for place, block in enumerate(blocks) if place and presents(block)), len(blocks))
    letter = next((place for place, block in enumerate(blocks) if _block_kind(block) == "letter"), None)
    if letter is not None:
        return (blocks[:letter] if item_count else []), blocks[letter:]
    if margin is not None:
        for place, block in enumerate(blocks[: end + 1]):
            if block[0].indent >= margin + _INDENTED and not (place and presents(block)):
                is_items = item_count == 1 and end == 2 and _is_capitals(blocks[0]) and not _is_capitals(blocks[1])
                start = 1 if is_items else place  # an item's title in capitals, and the paper's in small letters
                return (blocks[:start] if item_count else []), blocks[start:]
    if item_count:
        skip = max(0, min(item_count, end - 1))
        if skip and _block_kind(blocks[0]) and not _block_kind(blocks[skip]):
            skip = 0
        return blocks[:skip], blocks[skip:]
    start = 0
    while start + 1 < end and _is_body_block(blocks[start]):
        start += 1
    return [], blocks[start:]


def _is_capitals(block: list[Item]) -> bool:
    return all(strip_marks(item.text).isupper() for item in block)


def _block_kind(block: list[Item]) -> str | None:
    return kind_of_line(strip_marks(block[0].text))


def _amends(block: list[Item], vocabulary: Vocabulary) -> bool:
    """Whether a block names sponsors and the draft that they amend: that is all the title there is."""
    return bool(block and _AMENDS.search(_joined(block, vocabulary)))


def _is_body_block(block: list[Item]) -> bool:
    """Whether a block only names a body. A cover may go on from it to the title: "Commission for …", "Report on …"."""
    return words.is_body(strip_marks(block[0].text)) and not any(kind_of_line(strip_marks(one.text)) for one in block)


def _has_sign(blocks: list[list[Item]]) -> bool:
    """Whether a document without a masthead shows that its first lines are a title."""
    first = blocks[0][0].text
    follows = len(blocks) > 1 and presents(blocks[1])
    return is_bold(first) or first.startswith("#") or follows or bool(kind_of_line(strip_marks(first)))


def _has_kind(blocks: list[list[Item]]) -> bool:
    return bool(blocks and _block_kind(blocks[0]))


def _subject(items: list[Item]) -> Title | None:
    """The title of a circular, which stands behind "Subject:"; the line of its own kind comes before."""
    for index, item in enumerate(items):
        match = _SUBJECT.match(strip_marks(item.text))
        if match:
            behind = [other.text for other in items[index + 1 :] if other.place == item.place]
            text = " ".join([match["text"], *map(strip_marks, behind)]).strip()
            kinds = [kind for other in items[:index] if (kind := kind_of_line(strip_marks(other.text)))]
            return Title(_tidy(text), "", (), kinds[0] if kinds else None, item.place + 1) if text else None
    return None


def _addressed(items: list[Item], vocabulary: Vocabulary) -> Title | None:
    """The title of what begins with a salutation and no "Letter dated …": a speech's own, or what a letter is about.

    The lines above the salutation are left to the body, which names who is addressed and who speaks.
    """
    texts = [strip_marks(item.text) for item in items]
    greeting = next((place for place, text in enumerate(texts) if _SALUTATION.fullmatch(text)), None)
    if greeting is None or any(kind_of_line(text) for text in texts[:greeting]):
        return None
    speech = next((place for place in range(greeting) if _SPEECH.match(texts[place])), None)
    about = next((place for place in range(greeting) if items[place].blanks and _ABOUT.match(texts[place])), None)
    kind, named = ("letter", about) if speech is None else ("other", speech)
    if named is None:
        return Title(kind=kind, end=items[0].place)
    lines = [item for item in block_from(items, named) if item.place < items[greeting].place]
    return Title(_tidy(_joined(lines, vocabulary)), "", (), kind, items[0].place)


def _is_in_brackets(block: list[Item]) -> bool:
    """Whether a block is a remark in square brackets: "[Date received: 20 December 2019]"."""
    return strip_marks(block[0].text).startswith("[") and strip_marks(block[-1].text).rstrip("*").endswith("]")


def decision_title(items: list[Item], heading: DecisionHeading, vocabulary: Vocabulary) -> Title:
    """The title of a document that is one numbered decision: what its heading says after the number."""
    start = next((place for place, item in enumerate(items) if item.place == heading.place), None)
    if start is None:
        return Title(heading.title, "", (), "decision", heading.place + 1)
    lines = _title_lines(block_from(items, start))
    text = vocabulary.join(heading.title, _joined(lines[1:], vocabulary))
    return Title(_tidy(text), "", (), "decision", lines[-1].place + 1)


def _after_sponsors(rest: list[Item], sponsors: int, vocabulary: Vocabulary) -> Title:
    """The title that follows the line of sponsors, "…: draft resolution"."""
    kind = kind_of_sponsors(strip_marks(rest[sponsors].text))
    after = rest[sponsors + 1 :]
    if not strip_marks(rest[sponsors].text).rstrip("* ").endswith(_DRAFT_ENDS):
        while after and not after[0].blanks:  # "Draft resolution submitted by …" goes on over several lines
            after = after[1:]
    first, blocks = blocks_of(after, attached=False)
    block = _title_lines((blocks or [first])[0]) if after else []
    end = (block[-1] if block else rest[sponsors]).place + 1
    before = rest[:sponsors]
    start = next((place for place, item in enumerate(before) if item.blanks), len(before))
    titles = (_joined(before[:start], vocabulary),) if start else ()
    return Title(_tidy(_joined(block, vocabulary)), "", titles, kind, end)


def _title_of(blocks: list[list[Item]], item_titles: tuple[str, ...], vocabulary: Vocabulary) -> Title:
    """The title from the blocks that begin with it, with the lines of who presents the paper after it."""
    kind, before = None, ""
    if len(blocks) > 1 and len(blocks[0]) == 1 and words.names_officer_only(strip_marks(blocks[0][0].text)):
        before, blocks = strip_marks(blocks[0][0].text), blocks[1:]
    if ADOPTED.match(strip_marks(blocks[0][0].text)):
        kind = kind_of_line(strip_marks(blocks[0][0].text))
        blocks = _to_numbered(blocks)
    elif len(blocks) > 1 and (_only_names_kind(blocks) or words.is_series(_joined(blocks[0], vocabulary))):
        kind = kind_of_line(strip_marks(blocks[0][0].text))
        blocks = blocks[1:]
    blocks = [_without_body_lines(blocks[0]), *blocks[1:]]
    lines = _title_lines(blocks[0])
    texts = [_joined(lines, vocabulary)]
    used = 1
    while used < len(blocks) and _is_markdown_heading(blocks[used - 1]) and _is_markdown_heading(blocks[used]):
        texts.append(_joined(blocks[used], vocabulary))
        lines = blocks[used]
        used += 1
    end = lines[-1].place + 1
    left = blocks[used - 1][len(lines) :] if used == 1 else []
    presented, end = _presenter(left, blocks[used:], end)
    presented = presented or before
    text = _NUMBERED_TITLE.sub("", _tidy(": ".join(texts)))
    if words.is_agency(text) and kind_of_line(presented):
        return Title(_tidy(presented), "", item_titles, kind, end)  # whose report it is, above the report's own name
    if (
        words.is_body(text)
        and len(text.split()) <= _LONGEST_BODY_NAME
        and not kind
        and not presented
        and used == len(blocks)
    ):
        text = ""  # the name of the body that meets, and no title after it
    is_title = len(text) <= _LONGEST_TITLE and any(character.isalpha() for character in text)
    return Title(text if is_title else "", presented, item_titles, kind, end)


def _to_numbered(blocks: list[list[Item]]) -> list[list[Item]]:
    """The blocks from the one that prints a resolution's number before its title, "48/161. La situation …"."""
    for place, block in enumerate(blocks):
        for line, item in enumerate(block):
            if _NUMBERED_TITLE.match(strip_marks(item.text)):
                return [block[line:], *blocks[place + 1 :]]
    return blocks


def _only_names_kind(blocks: list[list[Item]]) -> bool:
    """Whether the first block is the kind alone ("Административное решение") above a title: bold, or "О …"."""
    text = strip_marks(blocks[0][0].text)
    alone = len(blocks[0]) == 1 and len(text.split()) <= _LONGEST_KIND and not presents(blocks[1])
    after = blocks[1][0].text
    return alone and bool(kind_of_line(text)) and (is_bold(after) or bool(_SUBJECT_START.match(strip_marks(after))))


def _without_body_lines(block: list[Item]) -> list[Item]:
    """A block without the names of bodies that stand above its title: whole Chinese names, or any above a kind."""
    for place, item in enumerate(block[1:], 1):
        above = strip_marks(block[place - 1].text)
        names_kind = kind_of_line(strip_marks(item.text)) and words.is_body(strip_marks(block[0].text))
        if names_kind or (words.is_body(above) and not above.isascii() and above[-1] in "会组署约坛"):
            return block[place:]
    return block


def _is_markdown_heading(block: list[Item]) -> bool:
    return len(block) == 1 and block[0].text.startswith("#")


def _title_lines(block: list[Item]) -> list[Item]:
    """The lines of a block that are the title: up to a footnote mark, a second column, or what is no title."""
    lines: list[Item] = []
    for item in block:
        text = strip_marks(item.text)
        no_title = words.is_presented_by(text) or words.is_cover_note(text) or words.is_contents(text)
        if lines and (no_title or item.columns > 1):
            break
        lines.append(item)
        if text.endswith("*") or (_TRAILING_NOTES.search(text[-7:]) and "," in text[-7:]):
            break
    return lines


def _presenter(left: list[Item], blocks: list[list[Item]], end: int) -> tuple[str, int]:
    """Who presents the paper, from the lines after the title, and where those end."""
    for item in left:
        text = strip_marks(item.text)
        if not (words.is_presented_by(text) or words.is_cover_note(text)):
            return "", end
        if words.is_presented_by(text):
            return text, item.place + 1
        end = item.place + 1
    if blocks and presents(blocks[0]) and sum(len(item.text) for item in blocks[0]) < 300:
        return strip_marks(" ".join(item.text for item in blocks[0])), blocks[0][-1].place + 1
    return "", end


def title_above(items: list[Item], anchor: int, roles: Iterable[int], vocabulary: Vocabulary) -> Title:
    """The title of a cover that prints it above the session: the last lines that begin with the name of a kind."""
    taken = {items[role].place for role in roles}
    for index in range(anchor - 1, -1, -1):
        text = strip_marks(items[index].text)
        if (
            items[index].place not in taken
            and items[index].column == 0
            and kind_of_line(text)
            and not text[:1].islower()
        ):
            # "Административное решение" stands above "О мандате …".
            only_kind = len(text.split()) <= _LONGEST_KIND and _SUBJECT_START.match(strip_marks(items[index + 1].text))
            start = index + 1 if only_kind else index
            lines = [item for item in block_from(items, start) if item.place not in taken]
            names = [place for place, item in enumerate(lines) if place and words.is_body(strip_marks(item.text))]
            lines = lines[: names[0]] if names else lines
            kind = kind_of_line(text) if only_kind else None
            return Title(_tidy(_joined(_title_lines(lines), vocabulary)), kind=kind)
    return Title()


def _joined(items: list[Item], vocabulary: Vocabulary) -> str:
    text = ""
    for item in items:
        text = vocabulary.join(text, strip_marks(item.text).lstrip("# "))
    return text


def _tidy(title: str) -> str:
    """A title without footnote marks, stray spaces and quotation marks around the whole."""
    title = _TRAILING_STARS.sub("", " ".join(title.split()))
    return re.sub(r"(?<=[^\W\d_]) \d(?:, ?\d)*$|(?<=[^\W\d_])\*(?=\s)", "", title).strip(" .")
