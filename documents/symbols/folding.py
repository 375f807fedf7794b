"""Folding a symbol to the keys that lookups use, so that it is found however it was printed or typed."""

import re
import unicodedata

# Capital letters of other alphabets that are printed in place of Latin ones because they look the same.
# Digits that look like letters (0 and O, 3 and З) are left alone: folding those would join different symbols.
_LOOKALIKES = {
    **dict(zip("АВЕКМНОРСТХУІЈЅԚԜҺҮ", "ABEKMHOPCTXYIJSQWHY", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
}
_LOOKALIKES |= {other.lower(): latin.lower() for other, latin in zip("АЕОРСХУІЈЅ", "AEOPCXYIJS", strict=True)}
_LOOKALIKES_TABLE = str.maketrans(_LOOKALIKES)

_DASHES_TABLE = str.maketrans(dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"))  # every dash is a hyphen in a symbol

_FOLDING_ROUNDS = 4  # upper case and compatibility forms feed each other; two rounds settle every assigned character


def fold_lookalikes(text: str) -> str:
    """The text with Cyrillic and Greek letters that look Latin replaced by the Latin ones; case is kept."""
    return text.translate(_LOOKALIKES_TABLE)


def fold_dashes(text: str) -> str:
    """The text with every kind of dash replaced by a plain hyphen."""
    return text.translate(_DASHES_TABLE)


def symbol_key(text: str) -> str:
    """The lookup key of a symbol: "СТОС/СОР/WG. 4/2019/6*" and "ctoc/cop/wg.4/2019/6" give "CTOC/COP/WG.4/2019/6".

    Compatibility forms, look-alike letters, digits of other scripts, dashes and case are folded; spaces,
    underscores (which stand for spaces in addresses), invisible characters and asterisks at the end go.
    Folding a key again gives the same key.
    """
    if text.isascii():  # in one round, and forty times as fast
        return text.upper().translate(_ASCII_DROPPED).rstrip("*")
    for _ in range(_FOLDING_ROUNDS):
        folded = _fold_once(text)
        if folded == text:
            break
        text = folded
    return text


def loose_key(text: str) -> str:
    """The letters and digits of the symbol key alone: "ctoc cop wg4 2019 6" gives "CTOCCOPWG420196".

    It joins symbols that differ in punctuation only, so it finds candidates and decides nothing.
    """
    return "".join(filter(str.isalnum, symbol_key(text)))


def symbol_order(text: str) -> str:
    """What symbols are put in order by: the key with its figures padded to eight places, so that 3 comes before 10."""
    return re.sub("[0-9]+", lambda figures: figures[0].zfill(8), symbol_key(text))


def _fold_once(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).upper()
    text = fold_dashes(fold_lookalikes(unicodedata.normalize("NFKC", text)))
    kept = (_ascii_digit(character) for character in text if not _is_dropped(character))
    return "".join(kept).rstrip("*")


def _is_dropped(character: str) -> bool:
    """Whether a character never counts: spaces, underscores, controls, and marks that only direct the layout."""
    return character == "_" or character.isspace() or unicodedata.category(character) in {"Cc", "Cf"}


def _ascii_digit(character: str) -> str:
    if character.isascii() or not character.isdecimal():
        return character
    return str(unicodedata.decimal(character))


_ASCII_DROPPED = dict.fromkeys(code for code in range(128) if _is_dropped(chr(code)))
