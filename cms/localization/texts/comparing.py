"""How much alike two texts are, word by word, and where they differ. A code is one word, a Chinese character too."""

import difflib
import re
import unicodedata
import uuid
import zlib
from hashlib import blake2b

from rapidfuzz.distance import Levenshtein

from cms.localization.glossary.stems import CODES, HAN, stem

# A code of the editor, a code by kind, a Chinese character, a word, space, any other sign.
_PART = re.compile(rf"[{CODES}]|⟦[^⟧]*⟧|[{HAN}]|[^\W_{HAN}{CODES}]+|\s+|[^\w\s]|_")
_HAN_RUN = re.compile(rf"[{HAN}]+")
_LETTERS = re.compile(rf"[^\W_{HAN}{CODES}]+")
_CODE = re.compile(r"⟦[^⟧]*⟧")

MOST_TOKENS = 8
# Where several texts share a place, as paragraphs of one rich text do, one is a later version of another if they are
# this much alike, see `likeness`: a new paragraph among them is no later version of one that went.
ALIKE = 0.4
# Single characters for the words of one comparison: a plane of Unicode that no text uses.
_FIRST_CHARACTER = 0xF0000


def word_diff(old: str, new: str) -> list[tuple[str, str]]:
    """What changed from one text to another, word by word: ``(operation, text)``, "=" kept, "-" gone, "+" new."""
    before, after = _PART.findall(old), _PART.findall(new)
    parts = []
    for operation, i, j, k, m in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if operation == "equal":
            parts.append(("=", "".join(before[i:j])))
            continue
        if i < j:
            parts.append(("-", "".join(before[i:j])))
        if k < m:
            parts.append(("+", "".join(after[k:m])))
    return parts


def likeness(old: str, new: str) -> float:
    """How much alike two texts are by their characters, 0 to 1: difflib's quick ratio."""
    return difflib.SequenceMatcher(None, old, new).quick_ratio()


class Comparison:
    """A text to which others are compared: its words once, coded as characters, so that C counts the edits."""

    def __init__(self, text: str) -> None:
        self._characters: dict[str, str] = {}
        self._text = self._coded(text)

    def percentage(self, other: str) -> int:
        """How much alike the other text is, 0 to 100: the words that need no edit. 100 only for the same words."""
        return int(100 * Levenshtein.normalized_similarity(self._text, self._coded(other)))

    def _coded(self, text: str) -> str:
        table = self._characters
        return "".join(
            table.setdefault(part, chr(_FIRST_CHARACTER + len(table)))
            for part in _PART.findall(text.lower())
            if not part.isspace()
        )


def text_key(text: str, language: str) -> uuid.UUID:
    """The key of a text in a language: the same for texts that differ in spaces alone."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    return uuid.UUID(bytes=blake2b(f"{language}\n{plain}".encode(), digest_size=16).digest())


def tokens(text: str, language: str) -> list[int]:
    """The hashes of the words by which similar texts of a language are found: its longest ones, at most eight.

    Long words are rare ones (measured beside the rarest: 99 and 100 of 100 best matches found, without statistics to
    keep). Arabic words are taken without article and ending; Chinese is taken by pairs of characters.
    """
    text = _CODE.sub(" ", text)
    found = {word.lower() for word in _LETTERS.findall(text) if len(word) > 1}
    if language == "ar":
        found = {stem(word, language) for word in found}
    for run in _HAN_RUN.findall(text):
        found.update(run[at : at + 2] for at in range(max(1, len(run) - 1)))
    # Words of one length by their hash and not by the alphabet: pairs of Chinese characters all have the same.
    hashed = sorted((-len(word), zlib.crc32(f"{language}\n{word}".encode())) for word in found)
    return [value - 2**31 for _length, value in hashed[:MOST_TOKENS]]
