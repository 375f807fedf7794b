"""Symbols that are linked when a text is shown."""

import pytest

from documents.linking import link_symbols

LINK = '<a linktype="symbol" symbol="CTOC/COP/2020/3">CTOC/COP/2020/3</a>'


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>See CTOC/COP/2020/3.</p>", f"<p>See {LINK}.</p>"),
        (
            "<p>Решение МК-3/11</p>",
            '<p>Решение <a linktype="symbol" symbol="MC-3/11">МК-3/11</a></p>',
        ),
        (f"<p>{LINK}</p>", f"<p>{LINK}</p>"),
        ('<p><a href="/x/">on CTOC/COP/2020/3</a></p>', '<p><a href="/x/">on CTOC/COP/2020/3</a></p>'),
        ("<h2>CTOC/COP/2020/3</h2>", "<h2>CTOC/COP/2020/3</h2>"),
        ('<p id="CTOC/COP/2020/3">and/or 3/4</p>', '<p id="CTOC/COP/2020/3">and/or 3/4</p>'),
        ("<p>A &lt;b&gt; &amp; 3/4</p>", "<p>A &lt;b&gt; &amp; 3/4</p>"),
        ("<svg><use/></svg><p>CTOC/COP/2020/3</p>", f"<svg><use/></svg><p>{LINK}</p>"),
    ],
    ids=["plain", "as printed", "linked", "inside a link", "heading", "attribute", "entities", "after a picture"],
)
def test_symbols_are_linked_and_nothing_else_changes(html: str, shown: str) -> None:
    assert link_symbols(html, frozenset(), "ru") == shown


def test_a_document_does_not_link_itself() -> None:
    html = "<p>This is CTOC/COP/2020/3.</p>"
    assert link_symbols(html, frozenset({"CTOC/COP/2020/3"}), "en") == html


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("By resolution 9/1, and Resolution\u00a09/1 again", "resolution 9/1"),
        ("第9/1号决议和第9/1号决议", "第9/1号决议"),
    ],
    ids=["english", "chinese"],
)
def test_decisions_that_were_told_apart_are_linked_as_printed(text: str, printed: str) -> None:
    shown = link_symbols(f"<p>{text}</p>", frozenset(), "en", {printed: "CTOC/COP/RES/9/1"})
    assert shown.count('<a linktype="symbol" symbol="CTOC/COP/RES/9/1">') == 2
    assert text in shown.replace("</a>", "").replace('<a linktype="symbol" symbol="CTOC/COP/RES/9/1">', "")


def test_longer_numbers_are_another_decision() -> None:
    html = "<p>resolution 9/12, resolution 9/1/Add.1</p>"
    assert link_symbols(html, frozenset(), "en", {"resolution 9/1": "CTOC/COP/RES/9/1"}) == html
