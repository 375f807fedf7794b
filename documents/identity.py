"""What makes paragraphs and notes of different languages, and of a file imported again, the same ones."""

from uuid import UUID, uuid5


def block_id(document_uid: UUID, anchor: str) -> str:
    """The id of the block with this anchor, in every language version of the document."""
    return str(uuid5(document_uid, anchor))


def footnote_key(document_uid: UUID, anchor: str) -> UUID:
    """The translation key of the footnote with this anchor, in every language version of the document."""
    return uuid5(document_uid, f"footnote {anchor}")
