"""Anchors for paragraphs that were typed in the editor: formed like those of imported ones, and never changed again."""

from collections.abc import Iterable
from typing import Any

from documents.importing.anchors import Anchors, free_anchor
from documents.importing.labels import Label, certain_label

# What stands in the anchors of blocks without a label, as `documents.importing.body` has it.
_CODES = {"quotation": "q", "table": "tab", "figure": "fig", "annex": "annex"}


def fill_anchors(blocks: Iterable[Any]) -> None:
    """Give every block of a body that has no anchor one of its own, from its label and its place.

    ``blocks`` are the bound blocks of a stream. Anchors that are there stay: links lead to them.
    """
    values = [(block.block_type, block.value) for block in blocks]
    taken = {value["anchor"] for _, value in values if value["anchor"]}
    anchors = Anchors()
    for kind, value in values:
        proposed = _anchor(anchors, kind, value)
        if not value["anchor"]:
            value["anchor"] = free_anchor(proposed, taken)
            taken.add(value["anchor"])


def _anchor(anchors: Anchors, kind: str, value: Any) -> str:
    """The anchor that a file's reader would give the block at this place."""
    label = _label(value.get("label", ""))
    if kind == "annex":
        anchors.open_scope("annex")
        return anchors.other("annex")
    if kind == "heading":
        return anchors.heading(label, label.style if label else "")[0]
    if kind == "preambular":
        return anchors.preambular()
    if label and kind == "lettered":
        return anchors.item(label, label.style)[0]
    if label and kind in {"paragraph", "operative"}:
        return anchors.section(label) if label.style == "section" else anchors.number(label)
    return anchors.other(_CODES.get(kind, "t"))


def _label(printed: str) -> Label | None:
    return certain_label(printed) if printed else None
