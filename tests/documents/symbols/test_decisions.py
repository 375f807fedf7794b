"""Decisions cited by number are found in six languages with the body that took them, and never a fraction or a date."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.symbols.decision_bodies import UNITED_NATIONS, DecisionBody
from documents.symbols.decisions import Citing, citing_of, find_decisions

CRIME = DecisionBody(
    ("CTOC/COP",),
    "conference",
    "CTOC/COP/RES/{session}/{number}",
    "CTOC/COP/DEC/{session}/{number}",
    names=(
        "United Nations Convention against Transnational Organized Crime",
        "Конвенция Организации Объединенных Наций против транснациональной организованной преступности",
    ),
)
BODIES = (*UNITED_NATIONS, CRIME)


def symbols(text: str, own: str = "CTOC/COP/WG.10/2020/6") -> list[str]:
    """The symbols of the decisions in a text of this document; empty ones where the body is not sure."""
    return [found.canonical for found in find_decisions(text, citing_of(own.split(), [text], BODIES))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("established by resolution 9/1 of the Conference", ["CTOC/COP/RES/9/1"]),
        ("В соответствии с решением 4/4 Конференции участников о торговле людьми", ["CTOC/COP/DEC/4/4"]),
        ("В резолюции 7/1 Конференция постановила, в частности, что", ["CTOC/COP/RES/7/1"]),
        ("в решении 4/4 и резолюциях 5/1 и 7/1", ["CTOC/COP/DEC/4/4", "CTOC/COP/RES/5/1", "CTOC/COP/RES/7/1"]),
        ("comme suite à la décision 3/2 et à la résolution 9/1", ["CTOC/COP/DEC/3/2", "CTOC/COP/RES/9/1"]),
        ("en su decisión 3/2 y en la resolución 9/1 de la Conferencia", ["CTOC/COP/DEC/3/2", "CTOC/COP/RES/9/1"]),
        ("وفقا للقرار 9/1 والمقرر 3/2", ["CTOC/COP/RES/9/1", "CTOC/COP/DEC/3/2"]),
        ("والقرارين 5/1 و7/2", ["CTOC/COP/RES/5/1", "CTOC/COP/RES/7/2"]),
        ("القرار ٩/١", ["CTOC/COP/RES/9/1"]),
        ("根据第9/1号决议和第4/4号决定", ["CTOC/COP/RES/9/1", "CTOC/COP/DEC/4/4"]),
        ("缔约方会议第5/1和7/1号决议", ["CTOC/COP/RES/5/1", "CTOC/COP/RES/7/1"]),
        ("decision No. 4/4", ["CTOC/COP/DEC/4/4"]),
    ],
)
def test_a_number_alone_is_of_the_documents_own_body(text: str, expected: list[str]) -> None:
    assert symbols(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("General Assembly resolution 75/1", ["A/RES/75/1"]),
        ("Security Council resolution 1325 (2000)", ["S/RES/1325 (2000)"]),
        ("resolutions 1820 (2008) and 2467 (2019)", ["S/RES/1820 (2008)", "S/RES/2467 (2019)"]),
        ("la resolución 862 (1993) del Consejo de Seguridad, de 31 de agosto", ["S/RES/862 (1993)"]),
        ("en la resolución 1874 (S-IV) de la Asamblea General", ["A/RES/1874 (S-IV)"]),
        ("в соответствии с резолюцией 2467 (2019) Совета Безопасности", ["S/RES/2467 (2019)"]),
        ("резолюций 5/1 и 16/21 Совета по правам человека", ["A/HRC/RES/5/1", "A/HRC/RES/16/21"]),
        ("à la résolution 5/1 du Conseil des droits de l’homme", ["A/HRC/RES/5/1"]),
        ("قرار الجمعية العامة 78/128 وقرار مجلس الأمن 1325 (2000)", ["A/RES/78/128", "S/RES/1325 (2000)"]),
        ("وقرار مجلس الأمن ١٣٢٥ (٢٠٠٠)", ["S/RES/1325 (2000)"]),
        ("大会第78/128号决议，安全理事会第1325(2000)号决议", ["A/RES/78/128", "S/RES/1325 (2000)"]),
        ("Economic and Social Council resolution 2005/30", ["E/RES/2005/30"]),
        (
            "Environment Assembly resolution 5/14 and Environment Assembly resolution V/11",
            ["UNEP/EA.5/Res.14", "UNEP/EA.5/Res.11"],
        ),
        ("pursuant to Council resolution 1267 (1999)", ["S/RES/1267 (1999)"]),
        ("the General Assembly, in its resolution 41/128 of 4 December 1986", ["A/RES/41/128"]),
        ("Генеральная Ассамблея в своей резолюции 78/128", ["A/RES/78/128"]),
        (
            "la Asamblea en sus resoluciones 44/192 B, de 21 de diciembre de 1989, y 47/218 A de la Asamblea General",
            ["A/RES/44/192 B", "A/RES/47/218 A"],
        ),
    ],
)
def test_the_body_that_the_text_names_goes_first(text: str, expected: list[str]) -> None:
    assert symbols(text) == expected


@pytest.mark.parametrize(
    ("text", "own", "expected"),
    [
        ("Recalling its resolution 55/279 of 12 July 2001", "A/C.3/79/L.12", ["A/RES/55/279"]),
        (
            "sus resoluciones 44/192 B, de 21 de diciembre de 1989, 45/269, y 47/218 A, y en su decisión 48/472 A",
            "A/RES/48/246",
            ["A/RES/44/192 B", "A/RES/45/269", "A/RES/47/218 A", "A/DEC/48/472 A"],
        ),
        ("резолюция 47/218 А Генеральной Ассамблеи", "CEDAW/C/CAF/6", ["A/RES/47/218 A"]),
        ("resolution 5/1", "A/HRC/54/77", ["A/HRC/RES/5/1"]),
        ("General Assembly resolution 60/51; see resolution 60/51", "A/HRC/54/77", ["A/RES/60/51", "A/RES/60/51"]),
        ("resolution 48/128", "A/79/876 S/2025/230", [""]),
        ("resolution 9/1", "", [""]),
        ("Decision 2025/1 Advancing names; decision 2025/210", "E/2025/70", ["", "E/DEC/2025/210"]),
    ],
)
def test_bodies_of_other_documents(text: str, own: str, expected: list[str]) -> None:
    assert symbols(text, own) == expected


@pytest.mark.parametrize(
    "text",
    [
        "resolution 9/1 of the Conference of the Parties to the Basel Convention",
        "резолюция 9/1 Конференции Сторон Базельской конвенции",
        "décision 14/3 de la Conférence des Parties à la Convention de Bâle",
        "decision 14/3 of the Commission",
        "Commission resolution 5/1",
        "резолюция 7/1 Верховного суда",
        "resolución 25/18 del Ministerio",
        "resolution 60/251",
        "Resolution 12 (2010)",
        "decision IX/28",
        "巴塞尔公约缔约方会议第14/3号决定",
    ],
)
def test_a_body_that_is_not_sure_leaves_the_decision_without_a_symbol(text: str) -> None:
    assert symbols(text) == [""]


def test_a_convention_that_is_spelled_out_is_the_documents_own_by_its_name() -> None:
    text = "резолюции 9/1 Конференции участников Конвенции Организации Объединенных Наций против транснациональной"
    assert symbols(text + " организованной преступности") == ["CTOC/COP/RES/9/1"]


@pytest.mark.parametrize(
    "text",
    [
        "СССР/1970",
        "и/или",
        "a decision by 2/3 of the members",
        "decision 2/3 majority",
        "решение 2/3 большинством",
        "resolution 15/07/2020",
        "resolution 1920/1080",
        "decision 3/2010",
        "решение от 15/07 и 1/2 доли",
        "decision MC-3/11",
        "resolution A/RES/48/161",
        "para. 9/1, 24/7, км/ч 5/1",
        "استقرار 9/1",
        "irresolution 9/1",
    ],
)
def test_fractions_dates_and_symbols_are_no_decisions(text: str) -> None:
    assert find_decisions(text, Citing(BODIES, CRIME)) == []


def test_what_is_printed_stays_as_printed() -> None:
    text = "Во исполнение резолюций 5/3 и 7/1."
    first, second = find_decisions(text, Citing(BODIES, CRIME))
    assert [text[one.start : one.end] for one in (first, second)] == [first.printed, second.printed]
    assert (first.printed, second.printed) == ("резолюций 5/3", "7/1")
    assert (first.kind, first.session, first.number, first.key) == ("resolution", "5", "3", "CTOC/COP/RES/5/3")


WORDS = [
    "resolution",
    "decisions",
    "резолюции",
    "решении",
    "القرار",
    "第",
    "号决议",
    "of the Conference",
    "и",
    "and",
    "9/1",
]


@given(st.lists(st.sampled_from([*WORDS, "1325 (2000)", "48/161 A", " ", ",", "/", "("]), max_size=14))
def test_finds_lie_in_order_and_print_what_stands_there(words: list[str]) -> None:
    text = " ".join(words)
    last = 0
    for found in find_decisions(text, Citing(BODIES, CRIME)):
        assert last <= found.start < found.end
        assert text[found.start : found.end] == found.printed
        last = found.end


@given(st.sampled_from(BODIES), st.integers(1, 30), st.integers(1, 90))
def test_a_citation_of_a_named_number_gives_its_symbol(body: DecisionBody, session: int, number: int) -> None:
    held = body.sessions[0] + session
    printed = f"{number} ({held})" if "(" in body.resolution else f"{held}/{number}"
    (found,) = find_decisions(f"resolution {printed}", Citing((body,), body))
    assert found.canonical == body.resolution.format(session=held, number=number)
