"""What readers type, taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.typed import MAX_CHARACTERS, MAX_TERMS, Term, read_typed, required_matches


def words(typed: str) -> list[str]:
    """The terms of what was typed, the words of each joined by spaces."""
    return [" ".join(term.tokens) for term in read_typed(typed).terms]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("report  meeting", ["report", "meeting"]),
        ('"working group" report', ["working group", "report"]),
        ("«рабочая группа» доклад", ["рабочая группа", "доклад"]),
        ("“groupe de travail”", ["groupe de travail"]),
        ("open-ended", ["open", "ended"]),
        ("и/или", ["и", "или"]),
        ("A/79/5", ["A 79 5"]),
        ('"unclosed phrase', ["unclosed", "phrase"]),
        ("report report", ["report"]),
        ("网络空间", ["网 络 空 间"]),
        ("网络空间会议", ["网 络", "络 空", "空 间", "间 会", "会 议"]),
        ("ICT安全", ["ICT", "安 全"]),
        ("--- ( ) * ?", []),
    ],
)
def test_terms(typed: str, expected: list[str]) -> None:
    assert words(typed) == expected


def test_exclusions_need_a_space_before_and_a_word_behind() -> None:
    typed = read_typed('report -draft -"working group" - open-ended')

    assert [term.tokens for term in typed.excluded] == [("draft",), ("working", "group")]
    assert words('report -draft -"working group" - open-ended') == ["report", "open", "ended"]


def test_a_symbol_among_words_is_known_by_its_key() -> None:
    symbol = read_typed("report СТОС/СОР/WG.4/2019/6").terms[1]

    assert symbol.symbol == "CTOCCOPWG420196"


@pytest.mark.parametrize(
    "typed",
    [
        "title:report meeting",
        "TITLE:report meeting",
        "título:report meeting",
        "название:report meeting",
        "标题：report meeting",
    ],
)
def test_a_word_may_be_asked_for_in_the_title(typed: str) -> None:
    first, second = read_typed(typed).terms

    assert (first.tokens, first.in_title) == (("report",), True)
    assert (second.tokens, second.in_title) == (("meeting",), False)


def test_fields_take_phrases_and_exclusions() -> None:
    typed = read_typed('title:"working group" -title:draft')

    assert typed.terms == (Term(("working", "group"), in_title=True, is_quoted=True),)
    assert typed.excluded == (Term(("draft",), in_title=True),)


@pytest.mark.parametrize("typed", ["symbol:CTOC/COP", "символ:СТОС/СОР", 'symbol:"ctoc cop"'])
def test_the_beginning_of_a_symbol_may_be_asked_for(typed: str) -> None:
    assert read_typed(typed).series == ("CTOCCOP",)
    assert read_typed(typed).terms == ()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("title:", ["title"]),
        ("title: report", ["title", "report"]),
        ("subtitle:report", ["subtitle", "report"]),
        ("nosuchfield:x", ["nosuchfield", "x"]),
        ("symbol:", ["symbol"]),
        ("symbol:--", []),
    ],
)
def test_what_is_no_field_is_read_as_words(typed: str, expected: list[str]) -> None:
    assert words(typed) == expected
    assert read_typed(typed).series == ()


def test_all_that_was_typed_may_be_a_symbol() -> None:
    assert read_typed("ctoc cop wg4 2019 6").loose_symbol == "CTOCCOPWG420196"
    assert read_typed("ctoc cop wg4 -2019").loose_symbol == ""


@pytest.mark.parametrize(("typed", "answer"), [("A/79", True), ("ctoc/cop", True), ("report", False), ("a1", False)])
def test_what_may_begin_a_symbol(typed: str, answer: bool) -> None:
    assert read_typed(typed).may_begin_a_symbol is answer


def test_stop_words_count_only_when_there_is_nothing_else() -> None:
    typed = read_typed("the report of the group")
    assert [term.tokens[0] for term in typed.insisted("en")] == ["report", "group"]
    assert len(typed.insisted("ru")) == 4
    assert [term.tokens[0] for term in read_typed("the of").insisted("en")] == ["the", "of"]


def test_a_chinese_pair_with_a_particle_is_not_insisted_on() -> None:
    assert Term(("家", "的")).is_stop("zh-hans")
    assert not Term(("国", "家")).is_stop("zh-hans")


@pytest.mark.parametrize(("count", "required"), [(0, 0), (1, 1), (3, 3), (4, 3), (8, 6), (16, 12)])
def test_required_matches(count: int, required: int) -> None:
    assert required_matches(count) == required


@given(st.text(max_size=2_000))
def test_anything_can_be_typed(text: str) -> None:
    typed = read_typed(text)

    assert len(typed.terms) <= MAX_TERMS
    assert len(typed.excluded) <= MAX_TERMS
    assert len(typed.symbol) <= MAX_CHARACTERS * 20
    assert all(term.tokens and all(term.stems("ru")) for term in (*typed.terms, *typed.excluded))
