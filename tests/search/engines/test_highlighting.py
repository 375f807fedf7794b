"""Marks and snippets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines import kept_texts
from search.engines.analysis import stemmed, tokens
from search.engines.base import Passage
from search.engines.highlighting import HAN_SNIPPET_LENGTH, SNIPPET_LENGTH, Marker, excerpt, mark, snippets
from search.engines.kept_texts import KeptText, all_passages, keep
from search.engines.synonyms import units
from search.engines.typed import read_typed
from tests.search.engines.entries import entry, marked, shown


def marker(words: str, language: str = "en") -> Marker:
    """A marker for what was typed."""
    return Marker(units(read_typed(words).terms, (), language), language)


def kept(passages: list[Passage], language: str = "en") -> KeptText:
    """What an index keeps of passages."""
    parts = list(all_passages(entry("d", language, "Title", passages=tuple(passages))))
    return KeptText(keep(parts, [stemmed(tokens(part.text), language) for part in parts]))


def test_every_form_of_a_word_is_marked_and_nothing_else() -> None:
    pieces = mark("The parties reported; a Party reports to the partisan.", marker("party report"))

    assert marked(pieces) == ["parties", "reported", "Party", "reports"]
    assert shown(pieces) == "The parties reported; a Party reports to the partisan."


def test_a_phrase_is_marked_only_as_a_whole() -> None:
    pieces = mark("A group, working; the Working Group.", marker('"working group"'))

    assert marked(pieces) == ["Working Group"]


def test_chinese_marks_join_where_they_touch() -> None:
    assert marked(mark("各国在网络空间会议上", marker("网络空间会议", "zh"))) == ["网络空间会议"]


def test_vowel_signs_and_accents_stand_inside_marks() -> None:
    assert marked(mark("ناقشت الدُّوَل الأعضاء", marker("دولة", "ar"))) == ["الدُّوَل"]
    assert marked(mark("représentés par l’État", marker("etat", "fr"))) == ["État"]


def test_a_long_text_is_cut_between_words_around_the_most_marks() -> None:
    text = (
        "Opening words. " * 40
        + "One report here. "
        + "Filler between. " * 40
        + "Report, mandate, report. "
        + "End. " * 80
    )

    pieces = excerpt(text, marker("report mandate"))

    assert marked(pieces) == ["Report", "mandate", "report"]
    assert shown(pieces).startswith("… ")
    assert shown(pieces).endswith(" …")
    assert len(shown(pieces)) <= SNIPPET_LENGTH + 10
    assert shown(pieces).removeprefix("… ").split(" ")[0] in {"Filler", "between."}


def test_a_short_text_is_shown_whole() -> None:
    assert shown(excerpt("Short.", marker("nothing"))) == "Short."


def test_chinese_is_cut_shorter() -> None:
    pieces = excerpt("会" * 500 + "网络" + "会" * 500, marker("网络", "zh"))

    assert marked(pieces) == ["网络"]
    assert len(shown(pieces)) <= HAN_SNIPPET_LENGTH + 10


def test_the_best_passages_hold_most_different_terms() -> None:
    passages = [
        Passage("1", "1", "report report report"),
        Passage("2", "2", "the mandate of the report"),
        Passage("3", "3", "nothing"),
        Passage("4", "4", "report"),
    ]

    found = snippets(kept(passages), marker("report mandate"), 3)

    assert [snippet.anchor for snippet in found] == ["2", "1", "4"]


def test_a_passage_that_only_repeats_the_title_is_not_shown() -> None:
    text = kept([Passage("1", "", "REPORT  of the mandate"), Passage("2", "", "The report")])

    assert [part.anchor for part in snippets(text, marker("report"), 2, "Report of the mandate")] == ["2"]
    assert [part.anchor for part in snippets(text, marker("mandate"), 2, "Report of the mandate")] == ["2"]


def test_the_last_of_many_pages_is_shown() -> None:
    pages = [Passage(f"page={number}", str(number), "Words and more of them. " * 200) for number in range(1, 300)]
    (snippet,) = snippets(kept([*pages, Passage("page=300", "300", "On the zebra.")]), marker("zebras"), 2)

    assert (snippet.anchor, marked(snippet.pieces)) == ("page=300", ["zebra"])


def test_a_very_long_passage_is_shown_where_it_matches() -> None:
    text = "Words without an end " * 20_000
    (snippet,) = snippets(kept([Passage("1", "1", f"{text} zebra {text}")]), marker("zebra"), 2)

    assert (snippet.anchor, marked(snippet.pieces)) == ("1", ["zebra"])


@given(st.lists(st.text(alphabet="ab \n.", max_size=40), max_size=5), st.integers(1, 9))
def test_what_is_kept_of_an_entry_is_the_same_again(texts: list[str], longest: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept_texts, "LONGEST_PASSAGE", longest)
        patch.setattr(kept_texts, "_BLOCK", 10)
        passages = tuple(Passage(str(number), "", text) for number, text in enumerate(texts))
        first = entry("d", "en", "Title", passages=passages, text="\n\n".join(texts))
        parts = list(all_passages(first))
        text = KeptText(keep(parts, [stemmed(tokens(part.text), "en") for part in parts]))
        again = text.given_to(first)

        assert list(text.passages()) == parts
        assert list(all_passages(again)) == parts
        assert "".join(again.text.split()) == "".join("".join(texts).split())


def test_without_a_match_the_beginning_is_shown_unmarked() -> None:
    (snippet,) = snippets(kept([Passage("1", "", " "), Passage("2", "", "First words")]), marker("mandate"), 3)

    assert (snippet.anchor, shown(snippet.pieces), marked(snippet.pieces)) == ("2", "First words", [])


def test_no_snippets_are_given_when_none_are_wanted() -> None:
    assert snippets(kept([Passage("1", "", "First words")]), marker("first"), 0) == ()


@given(st.text(alphabet="ab 会国\u0301\nё-", max_size=700), st.text(alphabet='ab 会国ё"-', max_size=20))
def test_pieces_put_together_are_the_text(text: str, words: str) -> None:
    looking = marker(words)

    assert shown(mark(text, looking)) == text.replace("\n", " ")
    assert shown(excerpt(text, looking)).removeprefix("… ").removesuffix(" …") in text.replace("\n", " ")
