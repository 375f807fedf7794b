"""Primary keys as they stand in addresses and forms, where anything may be written."""

MOST_DIGITS = 18  # longer ones fit no column


def key_in(text: str) -> int | None:
    """The primary key that a text is; None where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None
