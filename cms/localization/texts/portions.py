"""A very long translation in portions: no page of the editor is larger than a browser takes with ease, a megabyte."""

from collections.abc import Container, Iterable, Sequence

from cms.localization.texts.rows import Row

# What the texts of one page of the editor may have together, in bytes; the rest of it has some 60,000.
MOST_BYTES = 880_000
# The form of a text without its words, each of its codes and each sentence about it, where two bytes write a letter.
OF_A_TEXT = 1_500
OF_A_CODE = 230
OF_A_FINDING = 420


def portions(rows: Iterable[Row], most: int = MOST_BYTES) -> list[list[Row]]:
    """The rows in as few portions as may be, in order; one portion, empty, where there are none."""
    found: list[list[Row]] = [[]]
    taken = 0
    for row in rows:
        weight = _weight(row)
        if found[-1] and taken + weight > most:
            found.append([])
            taken = 0
        found[-1].append(row)
        taken += weight
    return found


def _weight(row: Row) -> int:
    """How many bytes the row has in the page, at most: what changed is shown with all that was there before."""
    texts = (
        row.source.text,
        row.target,
        *((row.previous_source, row.source.text, row.previous_target) if row.previous else ()),
    )
    frames = OF_A_TEXT + OF_A_CODE * len(row.source.codes) + OF_A_FINDING * len(row.findings)
    return frames + sum(len(text.encode()) for text in texts)


def portion_of(found: Sequence[Sequence[Row]], asked: str, keys: Container[str] = ()) -> int:
    """Which portion (from 0) is shown: that of the rows with these keys, else the one that is asked for (from "1")."""
    for number, rows in enumerate(found):
        if any(row.key in keys for row in rows):
            return number
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return min(max(number, 1), len(found)) - 1
