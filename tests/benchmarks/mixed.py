"""The bench's texts as files of several formats: plain text, Word, and PDF for the languages of its standard fonts."""

import re
import textwrap
from pathlib import Path

from tests.benchmarks.texts import LANGUAGES, Language, text_of
from tests.documents.importing.docx_files import WordFile, paragraph, run
from tests.documents.importing.pdf_files import Piece, pages

LATIN = {"en", "fr", "es"}
LEFT, TOP, LEADING, SIZE = 60, 60, 14, 11  # points
CHARACTERS, LINES = 90, 50  # of a line, of a page

_NOTE = re.compile(r"\[footnoteRef:\d+\]")


def write_mixed(folder: Path, count: int, head: str) -> None:
    """Writes so many files: documents whose symbols begin with ``head``, each in six languages.

    A third are plain text; of the rest half are PDF, if in Latin letters, and all others Word files.
    """
    folder.mkdir(parents=True)
    for number in range(count):
        document, place = divmod(number, len(LANGUAGES))
        language = LANGUAGES[place]
        name = f"{number:05}-{language.code}"
        text = text_of(language, f"{head}/{document + 1}", document + 1)
        kind = (document + place) % 3
        if kind == 0:
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        elif kind == 1 or language.code not in LATIN:
            (folder / f"{name}.docx").write_bytes(_in_word(text))
        else:
            (folder / f"{name}.pdf").write_bytes(_printed(text, language))


def _in_word(text: str) -> bytes:
    """The text as a Word file: a paragraph for each of its own, headings bold, without notes."""
    file = WordFile()
    for part in _NOTE.sub("", text.partition("\n\n[1:")[0]).split("\n\n"):
        bare = part.strip("*\n")
        file.add(paragraph(run(bare, "<w:b/>") if bare != part else run(bare)))
    return file.data()


def _printed(text: str, language: Language) -> bytes:
    """The text as a PDF file: lines of one width, headings bold, without notes."""
    lines: list[tuple[str, str]] = []
    facts = 1 + len(language.masthead)
    for place, part in enumerate(_NOTE.sub("", text.partition("\n\n[1:")[0]).split("\n\n")):
        bare = part.strip("*\n").replace("’", "'").replace("œ", "oe")
        font = "F2" if bare != part else "F1"
        lines += [(font, line) for line in textwrap.wrap(bare, CHARACTERS)]
        lines += [] if place < facts - 1 else [("F1", "")]
    sheets = [lines[start : start + LINES] for start in range(0, len(lines), LINES)]
    return pages([[_piece(place, *line) for place, line in enumerate(sheet) if line[1]] for sheet in sheets])


def _piece(place: int, font: str, line: str) -> Piece:
    return LEFT, TOP + place * LEADING, line, SIZE, font
