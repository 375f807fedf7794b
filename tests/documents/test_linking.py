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
