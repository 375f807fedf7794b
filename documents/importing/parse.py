"""Reading a document from beginning to end: file, text, lines, masthead, paragraphs, structure, citations."""

import functools
import hashlib
from dataclasses import replace
from pathlib import Path

from documents.importing import itu
from documents.importing.agenda import agenda_in_letter
from documents.importing.body import Body, read_body
from documents.importing.citations import find_citations, own_keys
from documents.importing.cleaning import find_job_number, furniture, split_lines
from documents.importing.evidence import find_evidence
from documents.importing.footnotes import Note, lift_page_notes, set_marks
from documents.importing.hyphens import Vocabulary
from documents.importing.inline import footnote_anchor, fragment
from documents.importing.language import guess_language
from documents.importing.marks import FULL_LINE, distinct_mark, note_marks, printed_mark, strip_marks, sure_label
from documents.importing.masthead import own_symbols, read_masthead
from documents.importing.model import AgendaItem, DocumentReading, Footnote, Found, Masthead
from documents.importing.paragraphs import Paragraph, build_paragraphs, drop_contents, is_wrapped
from documents.importing.plain_text import plain_source
from documents.importing.reading import read_source
from documents.importing.source import SourceText
from documents.importing.tables import with_lines_joined

_LATIN = frozenset({"en", "fr", "es"})  # languages that share their script
_PROSE = 60  # characters from which a paragraph tells its language
_FIRST = 3  # paragraphs


def read_document(path: Path) -> DocumentReading:
    """Reads one file of any format that there is a reader for, in this process: `contained` keeps a hostile one in
    bounds.

    Raises Refused, with one plain sentence, when the file is no document that can be read.
    """
    source, digest = read_source(path)
    return parse_source(source, path.name, digest)


def parse_text(text: str, file_name: str) -> DocumentReading:
    """Reads a document's plain text. `sha256` is then that of the text in UTF-8."""
    digest = hashlib.sha256(text.encode("utf-8", errors="replace")).hexdigest()
    return parse_source(plain_source(text), file_name, digest)


def parse_source(source: SourceText, file_name: str, digest: str) -> DocumentReading:
    """Reads what a format's reader gave. `digest` is the SHA-256 of the file's bytes in hexadecimal."""
    text = source.text.replace(FULL_LINE, "")
    vocabulary = Vocabulary(text)
    tables = [with_lines_joined(table, vocabulary) for table in source.tables]
    marked_notes = [replace(note, text=_one_line(note.text, vocabulary)) for note in source.notes]
    lines = split_lines(source.text)
    if not lines:
        return DocumentReading(file_name, digest, "en", Masthead(), (), (), (), 0, "")

    guessed = guess_language(strip_marks(text))
    printed, _ = own_symbols(lines)
    skipped = furniture(lines, printed)
    known = source.one_line_a_paragraph
    # A format that gives notes knows them all, and those that give labels know these; otherwise they may be typed.
    knows_notes = source.notes and (known or source.pages)
    labelled = {place for place, line in enumerate(lines) if sure_label(line.text)}
    taken, page_notes = ([], []) if knows_notes else lift_page_notes(lines, skipped | labelled, vocabulary)
    skipped |= set(taken)
    notes = marked_notes + page_notes
    head = read_masthead(lines, skipped, notes, guessed, vocabulary)
    job_number = find_job_number(strip_marks(text))
    masthead = itu.complete(replace(head.masthead, job_number=job_number), lines, tables)
    own = own_keys(masthead.symbols, masthead.symbols_printed)

    body_lines = drop_contents([line for place, line in enumerate(lines) if place >= head.end and place not in skipped])
    wrapped = None if known else is_wrapped(body_lines) if known is None else True
    paragraphs = build_paragraphs(body_lines, vocabulary, wrapped, tables)
    # What the format refers to itself, in a masthead too, is not looked for a second time.
    paragraphs = _with_marks(paragraphs, page_notes if known else notes)
    language = masthead.language or _first_language(paragraphs, guessed)
    body = read_body(paragraphs, language, own, masthead.kind == "agenda")
    masthead = _complete(masthead, body)
    masthead = replace(masthead, sources={"language": Found("likely")} | find_evidence(masthead, lines))
    footnotes = tuple(_footnote(note, language, own) for note in _in_order(notes, paragraphs))
    head_text = "\n".join(lines[place].text for place in range(head.facts_end, head.end) if place not in skipped)
    texts = [
        strip_marks(head_text),
        *(block.text for block in body.blocks),
        *(strip_marks(note.text) for note in notes),
    ]
    return DocumentReading(
        file_name=file_name,
        sha256=digest,
        language=language,
        masthead=masthead,
        blocks=body.blocks,
        footnotes=footnotes,
        citations=find_citations(texts, own, language),
        numbered_paragraphs=body.numbered_paragraphs,
        text="\n".join(_full_text(masthead, body, notes)),
        pages_without_text=source.pages_without_text,
        pages_unusable=source.pages_unusable,
    )


def _with_marks(paragraphs: list[Paragraph], notes: list[Note]) -> list[Paragraph]:
    """The body's paragraphs with references to footnotes set where there is none yet."""
    already = {mark for paragraph in paragraphs for mark in note_marks(paragraph.text)}
    texts = set_marks(
        [paragraph.text for paragraph in paragraphs],
        [paragraph.page for paragraph in paragraphs],
        [note for note in notes if note.mark not in already],
    )
    return [replace(paragraph, text=text) for paragraph, text in zip(paragraphs, texts, strict=True)]


def _one_line(text: str, vocabulary: Vocabulary) -> str:
    """A note's text with its lines joined, and words healed that broke at their ends."""
    return functools.reduce(vocabulary.join, text.split("\n"))


def _first_language(paragraphs: list[Paragraph], guessed: str) -> str:
    """The language of a text that may print the same in two: its first paragraphs decide among the Latin ones."""
    if guessed not in _LATIN:
        return guessed
    prose = [paragraph.plain for paragraph in paragraphs if len(paragraph.plain) > _PROSE]
    first = guess_language("\n".join(prose[:_FIRST])) if prose else guessed
    return first if first in _LATIN else guessed


def _complete(masthead: Masthead, body: Body) -> Masthead:
    """The masthead with what only the body tells: that it is a treaty, and under which items a letter circulates."""
    if not masthead.kind and body.is_treaty:
        masthead = replace(masthead, kind="treaty")
    if masthead.kind == "letter" and not masthead.agenda_items:
        text = " ".join(block.text for block in body.blocks[:12])
        masthead = replace(masthead, agenda_items=tuple(AgendaItem(number) for number in agenda_in_letter(text)))
    return masthead


def _in_order(notes: list[Note], paragraphs: list[Paragraph]) -> list[Note]:
    """Each mark's first note; a note is kept also where the text's reference to it was lost."""
    kept: dict[str, Note] = {}
    for note in notes:
        mark = distinct_mark(note.mark, kept)
        kept[mark] = Note(mark, note.text, note.page)
    return list(kept.values())


def _footnote(note: Note, language: str, own: frozenset[str]) -> Footnote:
    return Footnote(
        printed_mark(note.mark), footnote_anchor(note.mark), fragment(note.text.strip(), language, own).html
    )


def _full_text(masthead: Masthead, body: Body, notes: list[Note]) -> list[str]:
    """The plain text of a whole document, one paragraph a line."""
    head = [masthead.title, masthead.presented_by]
    paragraphs = [f"{block.label} {block.text}".strip() for block in body.blocks]
    return [text for text in (*head, *paragraphs, *(strip_marks(note.text) for note in notes)) if text]
