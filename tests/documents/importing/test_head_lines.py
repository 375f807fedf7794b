"""Single lines of mastheads: sessions, agenda items, venues, kinds, languages."""

from datetime import date

import pytest

from documents.importing.agenda import agenda_in_letter, read_agenda
from documents.importing.kinds import find_kind, kind_of_line, kind_of_sponsors
from documents.importing.language import guess_language
from documents.importing.parse import parse_text
from documents.importing.sessions import read_session, session_in_note
from documents.importing.venues import read_venue


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Twenty-sixth session", 26),
        ("First session of the Advisory Group", 1),
        ("Third Meeting of States Parties to the", 3),
        ("Resumed tenth session", 10),
        ("Quarante-huitième session", 48),
        ("Cuadragésimo octavo período de sesiones", 48),
        ("Первое Подготовительное совещание", 1),
        ("72-я сессия", 72),
        ("الدورة الرابعة والثلاثون", 34),
        ("第三十四届会议", 34),
        ("2031 session", None),
        ("Substantive session of 2031", None),
        ("First regular session 2031", None),
    ],
)
def test_session_lines(line: str, number: int | None) -> None:
    session = read_session(line)
    assert session is not None
    assert session.number == number


@pytest.mark.parametrize(
    "line", ["Third Committee", "9847th meeting", "forty-ninth session", "Second International Decade", ""]
)
def test_lines_without_a_session(line: str) -> None:
    assert read_session(line) is None


@pytest.mark.parametrize(
    "note",
    [
        "Adopted by the Committee at its eighty-seventh session (29 January–16 February 2024).",
        "Adoptées par le Comité à sa quatre-vingt-septième session (29 janvier-16 février 2024).",
        "Приняты Комитетом на его восемьдесят седьмой сессии (29 января — 16 февраля 2024 года).",
        "اعتمدتها اللجنة في دورتها السابعة والثمانين (29 كانون الثاني/يناير - 16 شباط/فبراير 2024)",
        "委员会第八十七届会议(2024年1月29日至2月16日)通过。",
    ],
)
def test_a_footnote_that_names_the_session_of_adoption(note: str) -> None:
    found = session_in_note(note)
    assert found is not None
    session, dates = found
    assert session.number == 87
    assert dates is not None
    assert (dates.first, dates.last) == (date(2024, 1, 29), date(2024, 2, 16))


@pytest.mark.parametrize(
    ("line", "numbers", "provisional"),
    [
        ("Item 11 (f) (i) of the provisional agenda*", ("11 (f) (i)",), True),
        ("Agenda items 62, 67 and 110", ("62", "67", "110"), False),
        ("Items 73 (b) and (c) of the preliminary list", ("73 (b)", "73 (c)"), True),
        ("Agenda items 3–6", ("3", "4", "5", "6"), False),
        ("Points 2, 4 et 5 de l’ordre du jour provisoire", ("2", "4", "5"), True),
        ("Temas 2 y 3 a) y b) del programa provisional", ("2", "3 (a)", "3 (b)"), True),
        ("Пункт 119 b) повестки дня", ("119 (b)",), False),
        ("البنود 2 و 4 و 5 من جدول الأعمال المؤقت", ("2", "4", "5"), True),
        ("البنود 2 و4 و5 من جدول الأعمال المؤقت", ("2", "4", "5"), True),
        ("临时议程*项目 2、4 和 5", ("2", "4", "5"), True),
        ("议程项目119(b)", ("119 (b)",), False),
        ("临时议程**项目4(a)(二)", ("4 (a) (ii)",), True),
        ("Punto 5 del orden del día", ("5",), False),
    ],
)
def test_agenda_lines(line: str, numbers: tuple[str, ...], provisional: bool) -> None:
    agenda = read_agenda(line)
    assert agenda is not None
    assert (agenda.numbers, agenda.provisional) == (numbers, provisional)


@pytest.mark.parametrize("line", ["Agenda", "The agenda items were adopted.", "Item 5. Future work", "2, 4 and 5"])
def test_lines_that_name_no_item(line: str) -> None:
    assert read_agenda(line) is None


def test_a_letter_names_its_items_in_its_text() -> None:
    text = "circulated as a document of the General Assembly, under agenda items 34 and 71 (b), and of the Council"
    assert agenda_in_letter(text) == ("34", "71 (b)")


@pytest.mark.parametrize(
    ("line", "venue", "first", "last"),
    [
        ("Geneva, 4-5 May 2031", "Geneva", 4, 5),
        ("2 to 5 May 2031, New York", "New York", 2, 5),
        ("Nice, France, 9–13 May 2031", "Nice, France", 9, 13),
        ("4–15 мая 2031 года", "", 4, 15),
        ("2031年5月12日至16日，维也纳", "维也纳", 12, 16),
        ("فيينا، 12-16 أيار/مايو 2031", "فيينا", 12, 16),
        ("New York, 14–18 and 21–23 May 2031", "New York", 14, 23),
        ("Charm el-Cheikh (Égypte), 17-29 mai 2031", "Charm el-Cheikh (Égypte)", 17, 29),
        ("St. Petersburg, 3 May 2031", "St. Petersburg", 3, 3),
        ("En ligne, 1er–5 mai 2031*", "En ligne", 1, 5),
        ("В онлайновом режиме, 4–15 мая 2031 года", "В онлайновом режиме", 4, 15),
        ("2031年5月12日至16日，线上*", "线上", 12, 16),
        ("Баку, 14 мая 2031 г.", "Баку", 14, 14),
        ("Тунис, 4–15 мая 2031 года", "Тунис", 4, 15),
        ("Тунис, с 4 по 15 мая 2031 года", "Тунис", 4, 15),
        ("Genève, le 3 mai 2031", "Genève", 3, 3),
    ],
)
def test_venue_lines(line: str, venue: str, first: int, last: int) -> None:
    found = read_venue(line)
    assert found is not None
    assert (found.venue, found.first, found.last) == (venue, date(2031, 5, first), date(2031, 5, last))


@pytest.mark.parametrize(
    "line",
    [
        "Letter dated 10 April 2031",
        "Reissued for technical reasons on 12 June 2031.",
        "Geneva",
        "Adopted on 3 May 2031",
        "Reissued 12 June 2031",
        "Fecha: 20 de marzo de 2031",
        "2031年4月2日大会决议",
    ],
)
def test_lines_that_are_no_venue(line: str) -> None:
    assert read_venue(line) is None


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Draft report", "report"),
        ("Forty-first semi-annual report of the Secretary-General", "report"),
        ("Annotated provisional agenda", "agenda"),
        ("Rapport national présenté conformément au paragraphe 15", "report"),
        ("Заключительные замечания по шестому докладу", "observations"),
        ("Записка Секретариата", "note"),
        ("Identical letters dated 10 April 2031", "letter"),
        ("秘书处的说明", "note"),
        ("قائمة المشاركين", "participants"),
        ("Proyecto de orden del día", "agenda"),
        ("Noveno informe periódico que el Perú debía presentar en 2031", "report"),
        ("Septième et huitième rapports périodiques", "report"),
        ("Девятый периодический доклад", "report"),
        ("Agenda items 3 and 4", None),
        ("The right to development", None),
    ],
)
def test_kinds(line: str, kind: str | None) -> None:
    assert kind_of_line(line) == kind


def test_a_note_that_transmits_a_report_is_a_note() -> None:
    assert find_kind("Report of the Working Group", "Note by the Secretariat", []) == "note"
    assert find_kind("Provisional agenda", "Note by the Secretariat", []) == "agenda"


def test_a_symbol_tells_the_kind_where_no_words_do() -> None:
    assert find_kind("Water for all", "", ["A/RES/70/1"]) == "resolution"
    assert find_kind("Report on water", "", ["A/79/1/Corr.1"]) == "corrigendum"
    assert find_kind("Water for all", "", ["A/79/1"]) is None


def test_sponsors() -> None:
    assert kind_of_sponsors("South Africa:* draft resolution") == "resolution"
    assert kind_of_sponsors("Финляндия: проект решения") == "decision"
    assert kind_of_sponsors("amendment to the draft resolution") is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The Conference took note of the report of the secretariat.", "en"),
        ("La Conférence a pris note du rapport du secrétariat.", "fr"),
        ("La Conferencia tomó nota del informe de la secretaría.", "es"),
        ("Distr.: General Original: English. Конференция приняла доклад к сведению.", "ru"),
        ("أحاط المؤتمر علما بتقرير الأمانة CTOC/COP/2032/7", "ar"),
        ("缔约方会议表示注意到秘书处的报告 CTOC/COP/2032/7", "zh"),
    ],
)
def test_language_is_guessed(text: str, language: str) -> None:
    assert guess_language(text) == language


def test_sponsors_of_an_amendment_are_its_title() -> None:
    text = """\
United Nations                                                     S/2045/116
Security Council                                       Distr.: General
                                                       24 February 2045

                                                       Original: English



        Denmark, France and Greece: amendment to the draft resolution
        contained in document S/2045/112

             Amend the operative paragraph, so that it reads as follows:

                 “Implores a swift end to the conflict and further urges a lasting peace.”
"""
    reading = parse_text(text, "amendment.txt")
    title = "Denmark, France and Greece: amendment to the draft resolution contained in document S/2045/112"
    assert reading.masthead.title == title
    assert [block.text[:5] for block in reading.blocks] == ["Amend", "“Impl"]
