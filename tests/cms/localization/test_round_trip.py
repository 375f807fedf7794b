"""A web edition through translation and back: labels, anchors, footnote marks and symbol links stay what they are."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from wagtail_localize.models import Translation

from cms.localization.sending.drafts import build, save_draft
from cms.localization.texts import inline
from cms.localization.texts.rows import load
from cms.localization.texts.saving import Typed, save_text
from cms.users.models import User
from tests.cms.localization.conftest import BODY, House, row_of, segments, target

pytestmark = pytest.mark.django_db

TEXTS = [str(value["text"]) for entry in BODY if isinstance(value := entry["value"], dict)]


def test_marks_and_symbols_stay_inside_their_sentence(french: Translation) -> None:
    assert segments(french) == [
        "Report of the Plenary",
        "Introduction",
        'The <i>Group</i> noted<a id="fn1">1</a> document <a id="l1cde2b9a65">CTOC/COP/2020/3</a> &amp; adjourned.',
        "To meet.",
        "A note.",
    ]
    row = row_of(french, "The")
    assert row.source.text == "The ①Group❶ noted② document ③CTOC/COP/2020/3❸ & adjourned."
    assert row.attrs["fn1"] == {"linktype": "footnote", "id": "fn1"}
    assert row.attrs["l1cde2b9a65"] == {"linktype": "symbol", "symbol": "CTOC/COP/2020/3"}


def test_labels_are_shown_and_not_translated(french: Translation) -> None:
    assert [(row.kind, row.label) for row in load(french)] == [
        ("Title", ""),
        ("Heading", "I"),
        ("Numbered paragraph", "1"),
        ("Lettered item", "(a)"),
        ("Footnote", "1"),
    ]


def test_an_untranslated_page_is_the_source(house: House, french: Translation) -> None:
    page = build(french)
    assert [block.id for block in page.body] == [block.id for block in house.report.body]
    texts = [str(getattr(block.value["text"], "source", block.value["text"])) for block in page.body]
    assert [same(text) for text in texts] == [same(text) for text in TEXTS]


def same(text: str) -> str:
    """A text with the attributes of its links in one order."""
    soup = BeautifulSoup(text, "html.parser")
    for link in soup.find_all("a"):
        link.attrs = dict(sorted(link.attrs.items()))
    return str(soup)


def test_the_translation_keeps_labels_anchors_marks_and_symbols(
    house: House, french: Translation, translator: User
) -> None:
    row = row_of(french, "The")
    text = "Ayant pris acte② du document ③CTOC/COP/2020/3❸, le ①Groupe❶ s'est séparé < minuit."
    note = row_of(french, "A note")
    assert save_text(french, Typed(row.key, text, 0), translator).errors == []
    save_text(french, Typed(note.key, "Une note.", 0), translator)
    save_draft(french, translator)
    page = target(french).get_latest_revision_as_object()
    paragraph = page.body[1]
    assert (paragraph.id, paragraph.value["label"], paragraph.value["anchor"]) == ("p1", "1", "1")
    assert paragraph.value["text"].source == (
        '<p>Ayant pris acte<a id="fn1" linktype="footnote">1</a> du document '
        '<a linktype="symbol" symbol="CTOC/COP/2020/3">CTOC/COP/2020/3</a>, '
        "le <i>Groupe</i> s'est séparé &lt; minuit.</p>"
    )
    (footnote,) = page.footnotes.all()
    assert (footnote.anchor, footnote.mark, footnote.text) == ("fn1", "1", "<p>Une note.</p>")
    # The draft goes public only by its own revision.
    assert "Ayant" not in str(target(french).body)


def test_arabic_codes_are_wrapped_and_nothing_of_that_is_kept(
    open_translation: Callable[[str], Translation], translator: User
) -> None:
    arabic = open_translation("ar")
    row = row_of(arabic, "The")
    text = f"أحاط {inline.RLM}①{inline.RLM}الفريق{inline.RLM}❶{inline.RLM} علما② بالوثيقة ③CTOC/COP/2020/3❸"
    assert save_text(arabic, Typed(row.key, text, 0), translator).errors == []
    kept = row_of(arabic, "The")
    assert kept.current is not None
    assert inline.RLM not in kept.current.data
    assert f"{inline.RLM}②{inline.RLM}" in kept.target
