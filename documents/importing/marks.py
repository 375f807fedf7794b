"""Private marks that carry footnote references and emphasis through plain text until it becomes a fragment.

They are characters of Unicode's private use area; `cleaning` takes such characters out of every text it reads.
"""

import re
import string
from collections.abc import Container

NOTE_ON, NOTE_OFF = "\ue000", "\ue001"
BOLD_ON, BOLD_OFF = "\ue002", "\ue003"
ITALIC_ON, ITALIC_OFF = "\ue004", "\ue005"
TABLE_ON, TABLE_OFF = "\ue006", "\ue007"
FULL_LINE = "\ue009"  # at the end of a line that goes on to the edge of its column, so that its paragraph may go on
LABEL_END = "\ue008"  # after a label that the format itself sets apart from the text

_NOTE = re.compile(f"{NOTE_ON}([^{NOTE_ON}{NOTE_OFF}]{{0,6}}){NOTE_OFF}")
_DISTINCT = re.compile(r"^(\d+|\*+)(?!(?:bis|ter|quater)$)[a-z]+$")
_EMPHASIS = re.compile(f"[{BOLD_ON}{BOLD_OFF}{ITALIC_ON}{ITALIC_OFF}]")


def note_mark(mark: str) -> str:
    """A reference to the footnote with this mark, to stand in a text."""
    return f"{NOTE_ON}{mark}{NOTE_OFF}"


def distinct_mark(mark: str, taken: Container[str]) -> str:
    """The mark, or "1a", "1b", ... where a document counts its notes anew and the mark is taken."""
    key, count = mark, 0
    while key in taken:
        key = mark + string.ascii_lowercase[count % 26] * (1 + count // 26)
        count += 1
    return key


def printed_mark(mark: str) -> str:
    """A mark as it is printed, without the letter that tells it from another one like it."""
    return _DISTINCT.sub(r"\1", mark)


def note_marks(text: str) -> list[str]:
    """The footnote marks that a text refers to, in order."""
    return _NOTE.findall(text)


def strip_marks(text: str) -> str:
    """The text without footnote references and emphasis, and with a space behind a label."""
    return _EMPHASIS.sub("", _NOTE.sub("", text)).replace(LABEL_END, " ")


def set_label(label: str) -> str:
    """A label that is surely one, to stand at the beginning of a paragraph's text."""
    return label + LABEL_END


def sure_label(text: str) -> str:
    """The label that a paragraph's text begins with for sure, without marks; empty where the format sets none apart."""
    label, end, _ = text.partition(LABEL_END)
    return strip_marks(label).strip() if end else ""


def is_bold(text: str) -> bool:
    """Whether a whole text is emphasised."""
    text = _NOTE.sub("", text).strip()
    return text.startswith((BOLD_ON, ITALIC_ON)) and text.endswith((BOLD_OFF, ITALIC_OFF))


def cut(text: str, length: int) -> str:
    """The text without its first `length` plain characters and the spaces after them; emphasis marks stay."""
    kept: list[str] = []
    for position, character in enumerate(text):
        if BOLD_ON <= character <= ITALIC_OFF:
            kept.append(character)
        elif length <= 0 and not character.isspace():
            return "".join(kept) + text[position:]
        else:
            length -= 1
    return "".join(kept)
