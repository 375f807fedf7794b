"""Language versions are tied paragraph by paragraph, also where one has more paragraphs than the other."""

import json
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from documents.importing.alignment import Unit, align, anchored_like
from documents.importing.model import Block
from documents.importing.parse import read_document
from tests.documents.importing.mastheads import ENGLISH, RUSSIAN

ENGLISH_UNITS = (
    Unit("heading", "I", "Introduction"),
    Unit("paragraph", "1", "In its resolution 9/1 the Conference decided to establish a mechanism for 147 States."),
    Unit(
        "paragraph", "2", "The Working Group on Firearms met in Vienna on 4 and 5 May 2020 and adopted CTOC/COP/WG.6/3."
    ),
    Unit("text", "", "The secretariat thanks UNODC and INTERPOL for their help in drawing up the questionnaires."),
    Unit("paragraph", "3", "The Conference may wish to take note of the present report."),
)
RUSSIAN_UNITS = (
    Unit("heading", "I", "Введение"),
    Unit("paragraph", "1", "В своей резолюции 9/1 Конференция постановила учредить механизм для 147 государств."),
    Unit("text", "", "Настоящий пункт имеется лишь в русском тексте и ничему в английском тексте не отвечает вовсе."),
    Unit(
        "paragraph",
        "2",
        "Рабочая группа по огнестрельному оружию провела 4 и 5 мая 2020 года в Вене совещание и приняла "
        "документ СТОС/СОР/WG.6/3.",
    ),
    Unit("text", "", "Секретариат благодарит УНП ООН (UNODC) и INTERPOL за помощь в составлении вопросников."),
    Unit("paragraph", "3", "Конференция, возможно, пожелает принять к сведению настоящий доклад."),
)
PLACES = [((0,), (0,)), ((1,), (1,)), ((), (2,)), ((2,), (3,)), ((3,), (4,)), ((4,), (5,))]


def places(first: tuple[Unit, ...], second: tuple[Unit, ...]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(pair.first, pair.second) for pair in align(first, second)]


def test_a_paragraph_of_one_language_only_stays_alone() -> None:
    assert places(ENGLISH_UNITS, RUSSIAN_UNITS) == PLACES


def test_the_order_of_the_languages_does_not_matter() -> None:
    assert places(RUSSIAN_UNITS, ENGLISH_UNITS) == [(second, first) for first, second in PLACES]


def test_two_paragraphs_may_answer_one() -> None:
    one = (
        Unit("text", "", "The meeting was opened by Ms. Sato, Chair, on 3 May 2021. " + "It rained in Geneva. " * 9),
    )
    two = (
        Unit("text", "", "La réunion a été ouverte par Mme Sato, Présidente, le 3 mai 2021. " + "Il pleuvait. " * 6),
        Unit("text", "", "Il pleuvait aussi à Genève le lendemain matin, et la salle était fraîche."),
    )
    assert places(one, two) == [((0,), (0, 1))]


def test_nothing_answers_nothing() -> None:
    assert places((), ()) == []
    assert places(ENGLISH_UNITS[:2], ()) == [((0,), ()), ((1,), ())]
    assert places((), ENGLISH_UNITS[:1]) == [((), (0,))]


UNITS = st.lists(
    st.builds(
        Unit,
        st.sampled_from(["paragraph", "text", "heading", "footnote"]),
        st.sampled_from(["", "1", "2", "(a)", "IV"]),
        st.text(max_size=40),
    ),
    max_size=12,
).map(tuple)


@given(UNITS, UNITS)
def test_every_paragraph_is_in_one_pair_and_the_order_is_kept(
    first: tuple[Unit, ...], second: tuple[Unit, ...]
) -> None:
    pairs = align(first, second)
    assert [place for pair in pairs for place in pair.first] == list(range(len(first)))
    assert [place for pair in pairs for place in pair.second] == list(range(len(second)))


@given(UNITS)
def test_a_text_answers_itself(units: tuple[Unit, ...]) -> None:
    assert [pair.first for pair in align(units, units)] == [pair.second for pair in align(units, units)]


def block(unit: Unit, anchor: str) -> Block:
    return Block(unit.kind, unit.label, anchor, unit.text, 1, unit.text)


def test_a_later_language_takes_the_anchors_of_the_first() -> None:
    known = [(f"{unit.kind}-{place}", unit) for place, unit in enumerate(ENGLISH_UNITS)]
    blocks = [block(unit, f"own-{place}") for place, unit in enumerate(RUSSIAN_UNITS)]
    anchors = [one.anchor for one in anchored_like(blocks, known)]
    assert anchors == ["heading-0", "paragraph-1", "own-2", "paragraph-2", "text-3", "paragraph-4"]


def test_an_anchor_that_is_taken_is_not_given_twice() -> None:
    known = [(f"t{place}", unit) for place, unit in enumerate(ENGLISH_UNITS)]
    blocks = [block(unit, f"t{place}") for place, unit in enumerate(RUSSIAN_UNITS)]
    anchors = [one.anchor for one in anchored_like(blocks, known)]
    assert len(set(anchors)) == len(anchors)
    assert [anchor for anchor in anchors if anchor not in {name for name, _ in known}] == ["t2-r2"]


def test_the_command_prints_pairs_of_texts(tmp_path: Path) -> None:
    files = []
    for printed in (ENGLISH, RUSSIAN):
        files.append(tmp_path / f"{printed.language}.txt")
        files[-1].write_text(printed.text, encoding="utf-8")
    out = StringIO()
    call_command("align_documents", *files, "--json", stdout=out)
    pairs = json.loads(out.getvalue())
    numbered = [(one, other) for one, other in pairs if one[:2] in {"1 ", "2 "}]
    assert numbered
    assert all(one[:2] == other[:2] for one, other in numbered)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(ENGLISH.text, encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    with pytest.raises(CommandError, match=r"empty\.txt: The file is empty"):
        call_command("align_documents", tmp_path / "one.txt", tmp_path / "empty.txt")


@pytest.mark.shared
@pytest.mark.parametrize(("name", "languages"), [("ohchr_1", "en_ru"), ("plan_1", "en_es")], ids=["en-ru", "en-es"])
def test_real_documents_are_tied_in_order_of_their_numbers(shared: Path, name: str, languages: str) -> None:
    folder = shared / "files" / "pairs"
    readings = [read_document(folder / f"{name}_{language}.pdf") for language in languages.split("_")]
    first, second = ([Unit(one.kind, one.label, one.text) for one in reading.blocks] for reading in readings)
    numbered = [
        (first[pair.first[0]].label, second[pair.second[0]].label)
        for pair in align(first, second)
        if pair.first and pair.second and first[pair.first[0]].label.isdecimal()
    ]
    assert len(numbered) >= 12
    assert all(one == other for one, other in numbered)
    assert all(int(one) < int(other) for (one, _), (other, _) in pairwise(numbered))
