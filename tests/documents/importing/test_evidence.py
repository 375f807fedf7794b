"""How sure a value is and where it stands, and what does not match between languages."""

from dataclasses import replace

import pytest

from documents.importing.agenda import in_latin_letters
from documents.importing.comparing import Difference, compare, outline_from_json, outline_of
from documents.importing.parse import parse_text
from tests.documents.importing.mastheads import ARABIC, CHINESE, ENGLISH, FRENCH, RUSSIAN, SPANISH, Printed

ALL = [ENGLISH, FRENCH, SPANISH, RUSSIAN, ARABIC, CHINESE]
LANGUAGES = [printed.language for printed in ALL]


@pytest.mark.parametrize("printed", ALL, ids=LANGUAGES)
def test_what_the_masthead_prints_is_sure_and_names_its_line(printed: Printed) -> None:
    reading = parse_text(printed.text, "a.txt")
    lines = printed.text.split("\n")
    sources = reading.masthead.sources
    for name in ("symbols", "date", "distribution", "title", "session", "meeting_dates", "agenda_items"):
        found = sources[name]
        assert found.confidence == "sure", name
        assert lines[found.line - 1].split()[0] in found.text, name
    assert reading.masthead.title in sources["title"].text
    assert reading.masthead.presented_by in sources["kind"].text


def test_what_is_concluded_is_only_likely() -> None:
    # English mastheads do not name their language, and nothing names the kind of this paper but its symbol.
    text = ENGLISH.text.replace("Report of the Working Group on Water", "Water").replace("Note by the Secretariat", "")
    reading = parse_text(text.replace("2032/7", "2032/L.7"), "a.txt")
    assert reading.masthead.sources["language"].confidence == "likely"
    assert all(found.confidence == "sure" or not found.line for found in reading.masthead.sources.values())
    assert reading.masthead.kind is None or reading.masthead.sources["kind"].confidence == "likely"


def test_a_value_that_is_not_there_has_no_source() -> None:
    reading = parse_text("Remarks on water\n\nWater is scarce in many regions of the world.\n", "a.txt")
    assert not {"symbols", "date", "session", "agenda_items"} & set(reading.masthead.sources)


@pytest.mark.parametrize("printed", ALL[1:], ids=LANGUAGES[1:])
def test_languages_that_say_the_same_do_not_differ(printed: Printed) -> None:
    first, second = (outline_of(parse_text(one.text, "a.txt")) for one in (ENGLISH, printed))
    assert compare(first, second) == ()
    assert compare(outline_from_json(first.as_json()), second) == ()


def test_what_differs_is_named_with_its_language() -> None:
    english = outline_of(parse_text(ENGLISH.text, "a.txt"))
    text = FRENCH.text.replace("1er février 2032", "2 février 2032")
    lines = [line for line in text.split("\n") if not line.strip().startswith("2.")]
    french = replace(outline_of(parse_text("\n".join(lines), "a.txt")), footnotes=0)
    assert compare(english, french) == (
        Difference("missing", "2", "", "fr"),
        Difference("footnotes", "2", "0"),
        Difference("date", "2032-02-01", "2032-02-02"),
    )


@pytest.mark.parametrize(
    ("printed", "latin"),
    [("4 (b)", "4 (b)"), ("4 (ب)", "4 (b)"), ("4 (ج) (ii)", "4 (c) (ii)"), ("11 (б)", "11 (b)"), ("3", "3")],
    ids=["latin", "arabic", "two deep", "cyrillic", "plain"],
)
def test_items_are_compared_in_one_alphabet(printed: str, latin: str) -> None:
    assert in_latin_letters(printed) == latin
