"""Paragraphs typed in the editor get addresses of their own, formed like those of imported ones."""

from typing import Any

import pytest

from documents.models import ReportPage
from tests import factories
from tests.tree import Tree


def block(kind: str, label: str | None = None, anchor: str = "") -> dict[str, Any]:
    value = {"anchor": anchor, "text": "<p>Words.</p>"}
    if kind == "heading":
        value |= {"text": "Words", "level": "2"}
    if kind == "annex":
        value = {"anchor": anchor, "title": "Words"}
    if label is not None:
        value["label"] = label
    return {"type": kind, "value": value}


@pytest.fixture
def page(tree: Tree) -> ReportPage:
    page: ReportPage = factories.ReportPageFactory(parent=tree.homes["en"], body=[])
    return page


def anchors(page: ReportPage, *blocks: dict[str, Any]) -> list[str]:
    """The anchors after the page was saved with these blocks, and read again."""
    page.body = ReportPage._meta.get_field("body").to_python(list(blocks))
    page.save_revision().publish()
    return [one.value["anchor"] for one in ReportPage.objects.get(pk=page.pk).body]


@pytest.mark.django_db
def test_typed_paragraphs_are_named_by_their_labels(page: ReportPage) -> None:
    typed = (
        block("heading", "I"),
        block("paragraph", "1"),
        block("lettered", "(a)"),
        block("lettered", "(b)"),
        block("plain"),
        block("quotation"),
        block("paragraph", "2.1"),
        block("preambular"),
        block("annex", "I"),
        block("paragraph", "1"),
    )
    assert anchors(page, *typed) == [
        "h-i", "1", "1-a", "1-b", "1-t1", "1-q1", "2.1", "p1", "annex-annex1", "annex-1",
    ]  # fmt: skip


@pytest.mark.django_db
def test_an_anchor_that_is_there_stays_and_is_not_given_again(page: ReportPage) -> None:
    first = (block("paragraph", "1", "1"), block("paragraph", "2", "2"))
    assert anchors(page, *first) == ["1", "2"]
    # A paragraph put between them took the number of the one after it; links lead to the old ones.
    put_between = (block("paragraph", "1", "1"), block("paragraph", "2"), block("paragraph", "3", "2"))
    assert anchors(page, *put_between) == ["1", "2-r2", "2"]


@pytest.mark.django_db
def test_two_paragraphs_with_one_number_have_two_addresses(page: ReportPage) -> None:
    assert anchors(page, block("paragraph", "1"), block("paragraph", "1"), block("paragraph", "")) == [
        "1",
        "1-r2",
        "1-r2-t1",
    ]
