"""Whole documents: the same facts in six languages, and structures of every kind."""

import json
import time
from datetime import date

import pytest

from documents.importing.model import Block, refusal_as_json
from documents.importing.parse import parse_text
from tests.documents.importing.mastheads import ALL, RUSSIAN, Printed

RESOLUTION = """\
                United Nations                                              A/RES/99/7
                General Assembly                                Distr.: General
                                                                3 March 2045


                Ninety-ninth session
                Agenda item 21


                Resolution adopted by the General Assembly on 20 February 2045
                [on the report of the Second Committee (A/99/433)]

                99/7.     Water for all

                The General Assembly,
                Recalling its resolution 98/3 of 4 December 2043,
                1.    Welcomes the report;
                2.    Requests the Secretary-General:
                (a)   To report;
                (b)   To convene:
                (i)   A meeting;
                (ii)  A workshop.
"""


def shape(blocks: tuple[Block, ...]) -> list[tuple[str, str, str]]:
    return [(block.kind, block.label, block.anchor) for block in blocks]


@pytest.mark.parametrize("printed", ALL, ids=lambda printed: printed.language)
def test_the_same_facts_in_six_languages(printed: Printed) -> None:
    reading = parse_text(printed.text, "report.txt")
    head = reading.masthead
    assert reading.language == printed.language
    assert head.symbols == ("CTOC/COP/2032/7",)
    assert head.date == date(2032, 2, 1)
    assert (head.distribution, head.original_language) == ("limited", "es")
    assert (head.session, head.venue) == (12, printed.venue)
    assert head.meeting_dates == (date(2032, 3, 8), date(2032, 3, 12))
    assert [item.number.split()[0] for item in head.agenda_items] == ["3", "4"]
    assert all(item.provisional for item in head.agenda_items)
    assert (head.title, head.kind) == (printed.title, "note")
    assert reading.numbered_paragraphs == 2
    assert [footnote.mark for footnote in reading.footnotes] == ["*", "1"]
    assert {citation.canonical for citation in reading.citations} == {
        "CTOC/COP/WG.9/2031/5",
        "CTOC/COP/WG.9/2031/5/Add.1",
        "CTOC/COP/2032/1",
        "A/79/834",
    }


@pytest.mark.parametrize("printed", ALL, ids=lambda printed: printed.language)
def test_anchors_are_the_same_in_every_language(printed: Printed) -> None:
    blocks = parse_text(printed.text, "report.txt").blocks
    assert [(block.kind, block.anchor, block.level) for block in blocks] == [
        ("heading", "h-i", 1),
        ("paragraph", "1", 1),
        ("paragraph", "2", 1),
    ]


def test_footnotes_and_symbols_are_links_and_print_what_was_printed() -> None:
    first = parse_text(RUSSIAN.text, "report.txt").blocks[1]
    assert '<a linktype="symbol" symbol="CTOC/COP/WG.9/2031/5">СТОС/СОР/WG.9/2031/5</a>' in first.html
    assert first.html.endswith('<a linktype="footnote" id="fn1">1</a>')
    assert first.text.endswith("СТОС/СОР/WG.9/2031/5 и Add.1.")


def test_a_resolution() -> None:
    reading = parse_text(RESOLUTION, "resolution.txt")
    assert (reading.masthead.title, reading.masthead.kind) == ("Water for all", "resolution")
    assert [citation.canonical for citation in reading.citations] == ["A/99/433", "A/RES/98/3"]
    assert shape(reading.blocks) == [
        ("preambular", "", "p1"),
        ("preambular", "", "p2"),
        ("operative", "1", "1"),
        ("operative", "2", "2"),
        ("lettered", "(a)", "2-a"),
        ("lettered", "(b)", "2-b"),
        ("lettered", "(i)", "2-b-i"),
        ("lettered", "(ii)", "2-b-ii"),
    ]


def test_a_decision_cited_by_number_is_a_link_that_prints_what_was_printed() -> None:
    block = parse_text(RESOLUTION, "resolution.txt").blocks[1]
    assert '<a linktype="symbol" symbol="A/RES/98/3">resolution 98/3</a> of 4 December 2043' in block.html


def test_a_decision_inside_a_document_has_its_own_numbers() -> None:
    text = (
        "Cooperation between secretariats\nNote by the secretariat\n"
        "I.\tIntroduction\n1. The Conference may wish to adopt the following decision, after it has read the report:\n"
        "The Conference of the Parties,\nRecalling its earlier decisions,\n"
        "1. Takes note of the report;\n2. Requests the secretariat:\na) To report;\nb) To help.\n"
        "II.\tNext steps\n2. The secretariat will report on what has been done.\n"
    )
    reading = parse_text(text, "note.txt")
    assert reading.numbered_paragraphs == 2
    assert shape(reading.blocks) == [
        ("heading", "I", "h-i"),
        ("paragraph", "1", "1"),
        ("preambular", "", "decision-p1"),
        ("preambular", "", "decision-p2"),
        ("operative", "1", "decision-1"),
        ("operative", "2", "decision-2"),
        ("lettered", "a)", "decision-2-a"),
        ("lettered", "b)", "decision-2-b"),
        ("heading", "II", "decision-h-ii"),
        ("paragraph", "2", "2"),
    ]


def test_a_list_that_a_paragraph_announces_counts_no_paragraphs() -> None:
    text = (
        "I. Opening\n1. The meeting was opened by the Chair, who welcomed all who had come.\n"
        "2. The Committee adopted the following agenda for its session:\n"
        "1. Opening of the session.\n2. Adoption of the agenda:\n(a) Agenda;\n(b) Programme.\n3. Closure.\n"
        "II. Work\n3. The Committee agreed to follow its customary procedure, as described in its rules.\n"
        "4. It closed.\n"
    )
    reading = parse_text(text, "report.txt")
    assert reading.numbered_paragraphs == 4
    assert [block.anchor for block in reading.blocks if block.kind == "paragraph"] == ["1", "2", "3", "4"]
    assert [block.label for block in reading.blocks if block.kind == "lettered"] == ["1.", "2.", "(a)", "(b)", "3."]


@pytest.mark.parametrize(
    ("heading", "symbol", "title"),
    [
        ("Decision BC-14/12: Amendments to Annexes II and VIII", "BC-14/12", "Amendments to Annexes II and VIII"),
        ("БК-14/12: Поправки к приложениям II и VIII", "BC-14/12", "Поправки к приложениям II и VIII"),
        ("Decisión MC-5/4: Productos con mercurio añadido", "MC-5/4", "Productos con mercurio añadido"),
    ],
)
def test_a_numbered_decision_alone(heading: str, symbol: str, title: str) -> None:
    reading = parse_text(f"{heading}\n\nКонференция Сторон,\n\n1. принимает решение.\n\n2. просит доклад.\n", "x")
    head = reading.masthead
    assert (head.symbols, head.title, head.kind) == ((symbol,), title, "decision")
    assert not reading.citations


def test_a_list_of_decisions_is_no_decision() -> None:
    text = "BC-14/1: Strategic framework\n\nText.\n\nBC-14/2: Technical guidelines\n\nText of the second one.\n"
    assert parse_text(text, "x").masthead.symbols == ()


def test_a_letter_without_a_title_has_the_title_of_what_it_is_about() -> None:
    text = (
        "12 мая 2031 г.\n\nНациональным координаторам\nгосударств-участников\n\n"
        "О проведении Совещания старших должностных лиц\n\nУважаемые коллеги,\n\n"
        "Имею честь сообщить, что Совещание состоится в июне.\n"
    )
    reading = parse_text(text, "x")
    head = reading.masthead
    assert (head.kind, head.title) == ("letter", "О проведении Совещания старших должностных лиц")
    assert "Национальным координаторам" in reading.text
    assert (head.venue, head.meeting_dates) == ("", None)


@pytest.mark.parametrize(
    ("head", "kind", "title"),
    [
        (
            "Statement by the Minister of Water\n\nGeneva, 6 November 2031\n\nMadam President,",
            "other",
            "Statement by the Minister of Water",
        ),
        ("与会者名单\n\n2031年11月12日至16日，布鲁塞尔\n\n阿尔及利亚", "participants", "与会者名单"),
        (
            "WATER PROCESS\n\nADMINISTRATIVE DECISION ON\nREVIEW VISITS\n\nThe Plenary,",
            "decision",
            "ADMINISTRATIVE DECISION ON REVIEW VISITS",
        ),
        ("Dear colleagues,", "letter", ""),
    ],
    ids=["speech", "title above the venue", "title under a name", "letter"],
)
def test_covers_without_a_masthead(head: str, kind: str, title: str) -> None:
    masthead = parse_text(f"{head}\n\nIt is an honour to address the Conference of the Parties today.\n", "x").masthead
    assert (masthead.kind, masthead.title) == (kind, title)


def test_labels_and_remarks_of_a_masthead_are_no_title_and_no_place() -> None:
    text = (
        "                                              ORIGINAL: INGLÉS\n"
        "                                              FECHA: 20 DE MARZO DE 2031\n\n"
        "Comité de Aguas\n\nNoveno informe periódico del Perú* **\n\n"
        "                                    [Fecha de recepción: 20 de diciembre de 2030]\n\n"
        "1. El Perú presenta su informe.\n2. El informe fue elaborado por el Ministerio.\n"
    )
    head = parse_text(text, "x").masthead
    assert (head.date, head.venue, head.meeting_dates) == (date(2031, 3, 20), "", None)
    assert (head.title, head.kind) == ("Noveno informe periódico del Perú", "report")


def test_the_period_of_a_report_is_no_session() -> None:
    text = "A/99/17\n\nBiennial report\n\n(19 April 2023-9 April 2025)\n\n1. The Commission met.\n2. It agreed.\n"
    head = parse_text(text, "x").masthead
    assert (head.title, head.meeting_dates) == ("Biennial report", None)


def test_letters_of_other_alphabets_give_the_same_anchors() -> None:
    russian = (
        "1. Комитет рекомендует:\nа) первое;\nб) второе;\nв) третье.\n" + "Продолжение текста документа следует. " * 9
    )
    english = (
        "1. The Committee recommends:\n(a) one;\n(b) two;\n(c) three.\n" + "The text of the document goes on. " * 9
    )
    assert [b.anchor for b in parse_text(russian, "r").blocks] == [b.anchor for b in parse_text(english, "e").blocks]


def test_markup_in_a_document_is_text() -> None:
    reading = parse_text('1. The <script>alert("x")</script> & “A/79/1” were noted by the Committee.\n' * 1, "x.txt")
    assert "<script>" not in reading.blocks[0].html
    assert "&lt;script&gt;" in reading.blocks[0].html


def test_a_page_break_inside_a_paragraph_is_bridged() -> None:
    line = "The working group considered the matter at length and decided to return to it at"
    text = f"A/99/1\n\nReport\n\n1. {line}\n\n99-00001\n\n1/2\n\f"
    text += "A/99/1\n\nits next session.\n\n2. It thanked the Chair.\n\n2/2\n\n99-00001\n"
    blocks = parse_text(text, "x.txt").blocks
    assert [block.text for block in blocks] == [f"{line} its next session.", "It thanked the Chair."]


def test_json_has_the_keys_of_the_command_and_only_plain_values() -> None:
    line = json.loads(json.dumps(parse_text(RUSSIAN.text, "report.txt").as_json()))
    assert line["file"] == "report.txt"
    assert line["meeting_dates"] == {"start": "2032-03-08", "end": "2032-03-12"}
    refused = refusal_as_json("x.txt", "The file is empty.")
    assert set(refused) == set(line)
    assert refused["rejected"] == "The file is empty."


@pytest.mark.parametrize("text", ["", "   \n\n", "\f\f", "*", "1.", "(a)\n\n1.\n", "|  |\n+--+\n", "# \n## x"])
def test_scraps_do_no_harm(text: str) -> None:
    assert parse_text(text, "x.txt").file_name == "x.txt"


@pytest.mark.parametrize(
    "text",
    [
        " " * 300_000 + "a",
        "* a*\n" * 10_000,
        "ab-\n" * 20_000,
        "1. x\n" * 20_000,
        "word[footnoteRef:1] " * 5_000,
        "a\f" * 5_000,
    ],
    ids=["spaces", "stars", "hyphens", "numbers", "notes", "pages"],
)
def test_hostile_text_is_fast(text: str) -> None:
    started = time.process_time()
    parse_text("The Conference of the Parties took note of the report.\n" * 3 + text, "x.txt")
    assert time.process_time() - started < 20
