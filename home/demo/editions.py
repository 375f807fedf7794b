"""The text of a document as blocks, made from one file in which each paragraph stands in all its languages.

So anchors, labels and footnotes are equal in every language by construction, and block ids too: they are made of the
document's uid and the anchor. A paragraph may be missing in languages that it names, as happens to real documents.
"""

import re
from collections import Counter
from dataclasses import dataclass
from html import escape
from typing import Any
from uuid import UUID

from documents.identity import block_id, footnote_key
from documents.models import Footnote
from home.demo.reading import Data, Words, code_of, one_line, read, words

# What the anchors of blocks without a label begin with, where it is not the name of their kind.
STEMS = {"preambular": "preamble", "plain": "text"}
NO_ANCHOR = re.compile(r"[^a-z0-9]+")
SYMBOL = re.compile(r"\[\[([^|\]]+)(?:\|([^\]]+))?\]\]")
FOOTNOTE = re.compile(r"\[\^(\w+)\]")
EMPHASIS = re.compile(r"\*(?=\S)(.+?)(?<=\S)\*")


@dataclass(frozen=True)
class Edition:
    """A document's text in one language: raw blocks for a stream field, footnotes, and all of it as plain lines."""

    blocks: list[dict[str, Any]]
    footnotes: list[Footnote]
    lines: list[str]


def edition_languages(name: str) -> list[str]:
    """The languages in which every paragraph of a text is written, by Django's code."""
    return [code_of(language) for language in read(f"texts/{name}")["languages"]]


def edition(name: str, code: str, document_uid: UUID, locale: Any) -> Edition:
    """The text ``data/texts/<name>.toml`` in one language. Raises KeyError where a paragraph lacks the language."""
    data = read(f"texts/{name}")
    marks = {note["anchor"]: note["mark"] for note in data.get("footnotes", [])}
    blocks, lines = [], []
    counts: Counter[str] = Counter()
    above = ""
    for row in data["blocks"]:
        anchor = anchor_of(row, counts, above)
        if row["kind"] in ("paragraph", "operative"):
            above = anchor
        if code in {code_of(language) for language in row.get("without", [])}:
            continue
        value = block_value(row, anchor, code, marks)
        blocks.append({"type": row["kind"], "value": value, "id": block_id(document_uid, anchor)})
        lines.append(plain_line(row, code))
    notes = [
        Footnote(
            anchor=note["anchor"],
            mark=note["mark"],
            text=f"<p>{rich(words_of(note)[code], marks)}</p>",
            sort_order=order,
            locale=locale,
            translation_key=footnote_key(document_uid, note["anchor"]),
        )
        for order, note in enumerate(data.get("footnotes", []))
    ]
    lines += [f"{note['mark']} {plain(words_of(note)[code])}" for note in data.get("footnotes", [])]
    return Edition(blocks, notes, lines)


def words_of(row: Data) -> Words:
    """The words of a row by Django's language code; what the row says besides is left out."""
    return words({key: text for key, text in row.items() if key in {"en", "fr", "es", "ru", "ar", "zh"}})


def anchor_of(row: Data, counts: Counter[str], above: str) -> str:
    """The row's anchor: its own, else made of its label, else counted by its kind in ``counts``.

    A lettered item is anchored under the paragraph or clause ``above`` it ("2-a"); a clause of a decision has
    "decision-" in front, because its numbers start again inside a document.
    """
    kind: str = row["kind"]
    label = NO_ANCHOR.sub("-", row.get("label", "").lower()).strip("-")
    if "anchor" in row:
        return str(row["anchor"])
    if label and kind in ("operative", "lettered"):
        return f"decision-{label}" if kind == "operative" else f"{above}-{label}"
    if label:
        return label
    stem: str = STEMS.get(kind, kind)
    counts[stem] += 1
    return f"{stem}-{counts[stem]}"


def block_value(row: Data, anchor: str, code: str, marks: dict[str, str]) -> dict[str, Any]:
    """The raw value of one block in one language."""
    kind, text = row["kind"], words_of(row).get(code, "")
    value: dict[str, Any] = {"anchor": anchor}
    if kind in ("heading", "paragraph", "operative", "lettered", "annex"):
        value["label"] = words(row["labels"])[code] if "labels" in row else row.get("label", "")
    if kind == "heading":
        return {**value, "level": row.get("level", "2"), "text": one_line(text)}
    if kind == "annex":
        return {**value, "title": one_line(text)}
    if kind == "table":
        return {**value, "caption": one_line(text), "table": table_value(row, code)}
    if kind == "lettered":
        value["level"] = row.get("level", "1")
    return {**value, "text": f"<p>{rich(text, marks)}</p>"}


def table_value(row: Data, code: str) -> dict[str, Any]:
    """A table whose cells are words by language, or one text for all languages."""
    columns = [{"type": "text", "heading": cell(column, code)} for column in row["columns"]]
    return {
        "columns": columns,
        "rows": [{"values": [cell(value, code) for value in values]} for values in row["rows"]],
    }


def cell(value: str | Data, code: str) -> str:
    """The text of a cell in one language."""
    return value if isinstance(value, str) else words(value)[code]


def rich(text: str, marks: dict[str, str]) -> str:
    """Rich text as stored: ``*emphasis*``, ``[[SYMBOL]]`` or ``[[SYMBOL|as printed]]``, ``[^fn1]``."""
    html = escape(one_line(text), quote=False)
    html = EMPHASIS.sub(r"<i>\1</i>", html)
    html = SYMBOL.sub(lambda m: f'<a linktype="symbol" symbol="{escape(m[1])}">{m[2] or m[1]}</a>', html)
    return FOOTNOTE.sub(lambda m: f'<a linktype="footnote" id="{m[1]}">{marks[m[1]]}</a>', html)


def plain(text: str) -> str:
    """The same as plain text."""
    text = EMPHASIS.sub(r"\1", one_line(text))
    return FOOTNOTE.sub("", SYMBOL.sub(lambda m: m[2] or m[1], text))


def plain_line(row: Data, code: str) -> str:
    """A block as one line of a text file."""
    text = plain(words_of(row).get(code, ""))
    label = words(row["labels"])[code] if "labels" in row else row.get("label", "")
    if row["kind"] == "table":
        rows = [row["columns"], *row["rows"]]
        return "\n".join([text, *(" | ".join(cell(value, code) for value in values) for values in rows)])
    if label and label.isalnum():
        label += "."
    return f"{label} {text}".strip()
