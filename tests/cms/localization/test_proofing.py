"""What the checks find in translations, and what they leave alone: real ways in which six languages say the same."""

from typing import Any

import pytest

from cms.localization.glossary.terms import Found
from cms.localization.proofing import Finding, Pair, Rules, findings_of
from cms.localization.texts.inline import encode
from documents.symbols.references import SymbolTables
from documents.symbols.series import DEFAULT_SERIES

MC = SymbolTables(series=DEFAULT_SERIES)


def check(source: str, target: str, languages: str = "en fr", **extra: Any) -> list[Finding]:
    """The findings for two plain texts."""
    pair = Pair(encode(source), target, **extra)
    source_language, target_language = languages.split()
    return findings_of(pair, Rules(source_language, target_language, MC))


def told(findings: list[Finding]) -> list[str]:
    return [f"{finding.kind} {finding.severity}" for finding in findings]


@pytest.mark.parametrize(
    ("languages", "source", "target"),
    [
        ("en fr", "In 2019, 1,234,567 dollars and 3.5 per cent", "En 2019, 1\u202f234\u202f567 dollars et 3,5 %"),
        ("en es", "1,383,000 dollars (138,100 net)", "1.383.000 dólares (138.100 netos)"),
        ("en ru", "12,300 people", "12\u00a0300 человек"),
        ("en ar", "50 per cent of 2,500", "٥٠٪ من ٢٬٥٠٠"),
        ("en zh", "the 70th session and 3 reports", "第七十届会议和三份报告"),
        ("en zh-hans", "1.5 million people", "150万人"),
        ("en fr", "1.5 billion dollars", "1,5 milliard de dollars"),
        ("en ru", "a sum of 2 million", "сумма в 2 000 000"),
        ("en es", "3 reports of the 34th session", "Tres informes del trigésimo cuarto período de sesiones"),
        ("en ru", "the 34th session", "тридцать четвертая сессия"),
        ("ar en", "الدورة 32 لعام 2020", "the thirty-second session, 2020"),
        ("fr en", "vingt et un membres", "21 members"),
        ("en ru", "in the XXI century", "в 21 веке"),
        ("en fr", "in the 1990s", "dans les années 90"),
        ("en fr", "open from 3 p.m. to 5.30 p.m. today", "ouvert de 15 heures à 17 h 30"),
        ("en ar", "7.1 Reliability of the system", "1.7 درجة اعتمادية النظام"),
        ("en ar", "resolution 9/1", "القرار 1/9"),
        ("en fr", "sections 5.1.2 and 5.1.3", "sections 5.1.2 et 5.1.3"),
    ],
)
def test_numbers_said_otherwise_are_the_same(languages: str, source: str, target: str) -> None:
    assert check(source, target, languages) == []


@pytest.mark.parametrize(
    ("languages", "source", "target", "found", "sentence"),
    [
        ("en fr", "In 2019 they", "En 2018 ils", "number error", "Numbers differ: 2019 in the source, 2018 here."),
        ("en fr", "3.5 per cent", "35 %", "number error", "Numbers differ: 3.5 in the source, 35 here."),
        ("en ru", "12,300 dead", "12 200 лиц", "number error", "Numbers differ: 12,300 in the source, 12 200 here."),
        ("en ar", "in 2020 they met", "اجتمعوا", "number error", "Missing from the translation: 2020"),
        ("en es", "5 reports were made", "se hicieron informes", "number warning", "Missing from the translation: 5"),
        ("en es", "reports were made", "se hicieron 5 informes", "number warning", "Not in the source: 5"),
        ("en zh", "the 70th session", "第七十一届会议", "number warning", "Missing from the translation: 70"),
    ],
)  # fmt: skip
def test_numbers_that_differ_are_found(languages: str, source: str, target: str, found: str, sentence: str) -> None:
    findings = check(source, target, languages)
    assert told(findings) == [found]
    assert findings[0].sentence == sentence


@pytest.mark.parametrize(
    ("languages", "source", "target"),
    [
        ("en fr", "on 1 July 2020", "le 1er juillet 2020"),
        ("en es", "from 23 March to 30 June 1994", "comprendido entre el 23 de marzo y el 30 de junio de 1994"),
        ("en ru", "12–16 October 2020", "12–16 октября 2020 года"),
        ("en ar", "on 7 July 2020", "في ٧ تموز/يوليه ٢٠٢٠"),
        ("en zh", "on 7 July 2020", "二〇二〇年七月七日"),
        ("en zh", "on 7 and 8 July and on 9 and 10 July 2020", "2020年7月7日和8日以及7月9日和10日"),
        ("en ru", "in July 2020", "в июле 2020 года"),
        ("en fr", "04/07/2020", "04.07.2020"),
    ],
)
def test_dates_of_every_language_are_the_same(languages: str, source: str, target: str) -> None:
    assert check(source, target, languages) == []


def test_another_day_is_found() -> None:
    findings = check("It opens on 1 July 2020.", "Il ouvre le 1er juin 2020.")
    assert told(findings) == ["date error"]
    assert findings[0].sentence == "Dates differ: 1\u00a0July 2020 in the source, 1\u00a0June 2020 here."


@pytest.mark.parametrize(
    ("languages", "source", "target", "found"),
    [
        ("en ru", "See CTOC/COP/2020/3 and MC-3/11.", "См. CTOC/COP/2020/3 и МК-3/11.", []),
        ("en ru", "See CTOC/COP/2020/3.", "См. СТОС/СОР/2020/3.", []),
        ("en ru", "See ITU-T E.119.", "См. МСЭ\u2011Т E.119.", []),
        ("en fr", "See A/RES/48/161.", "Voir A/RES/48/16.", ["symbol error"]),
        ("en fr", "See A/RES/48/161.", "Voir la résolution 48/161.", ["symbol warning"]),
        ("en fr", "See the report.", "Voir le rapport A/74/5.", ["symbol warning"]),
        ("en ru", "See decision MC-3/11.", "См. решение MC-3/11.", ["symbol warning"]),
        ("en fr", "See CTOC/COP/2020/3.", "Voir СTOC/COP/2020/3.", ["symbol warning", "script warning"]),
        ("en fr", "See CTOC/COP/2020/3.", "Voir CTOC/COP/2020/4.", ["symbol error"]),
    ],
)
def test_symbols_stay_and_decisions_take_their_letters(
    languages: str, source: str, target: str, found: list[str]
) -> None:
    assert told(check(source, target, languages)) == found


def test_a_lost_footnote_mark_is_an_error_and_a_lost_link_a_warning() -> None:
    source = encode('noted<a id="n1">3</a> the <a id="a1">report</a>', {"n1": {"linktype": "footnote"}})
    pair = Pair(source, "a noté le rapport")
    findings = findings_of(pair, Rules("en", "fr"))
    assert [(str(one.severity), one.sentence) for one in findings] == [
        ("error", "Missing from the translation: ①"),
        ("warning", "Missing from the translation: ②"),
    ]
    assert findings_of(Pair(source, "a noté① le ②rapport❷"), Rules("en", "fr")) == []


@pytest.mark.parametrize(
    ("languages", "source", "target", "found"),
    [
        ("en zh", "the [draft] text (part)", "［草案］案文（部分）", []),
        ("en ar", "the [draft] text (part)", "نص [المشروع] (جزء)", []),
        ("en fr", "(b) the text", "b) le texte", []),
        ("en ru", "(b) the text; (c) the rest", "б) текст; в) прочее", []),
        ("en fr", "the [draft] text", "le texte", ["bracket error"]),
        ("en fr", "the [draft] text", "le [texte", ["bracket error"]),
        ("en fr", "the text (part)", "le texte (partie", ["bracket warning"]),
        ("en zh", "the text (part)", "案文（部分", ["bracket warning"]),
    ],
)
def test_brackets(languages: str, source: str, target: str, found: list[str]) -> None:
    assert told(check(source, target, languages)) == found


@pytest.mark.parametrize(
    ("languages", "source", "target", "found"),
    [
        ("en fr", "Report", "", ["empty error"]),
        ("en fr", "CTOC/COP/2020/3", "CTOC/COP/2020/3", []),
        ("en fr", "Introduction", "Introduction", []),
        ("en fr", "the report of the meeting", "the report of the meeting", ["same warning"]),
        ("en ru", "the report of the meeting", "a report on the meeting held", ["script warning"]),
        ("en zh", "the UNISDR report", "联合国减灾署UNISDR的报告", []),
        ("fr en", "le rapport de la réunion", "доклад о работе совещания группы", ["script warning"]),
        ("en ru", "the report", "дoклад", ["script warning"]),
        ("en ru", "the COP of the IT systems", "КС по ИТ-системам (COP)", []),
        ("en ru", "to info@example.org or www.example.org/a", "на info@example.org или www.example.org/a", []),
    ],
)  # fmt: skip
def test_writing(languages: str, source: str, target: str, found: list[str]) -> None:
    assert told(check(source, target, languages)) == found


@pytest.mark.parametrize(
    ("languages", "source", "target", "found"),
    [
        ("en ar", "Are they?", "هل هم؟", []),
        ("en zh", "They met.", "他们开会。", []),
        ("en ru", "They said “no.”", "Они сказали «нет».", []),
        ("en fr", "They met.", "Ils se sont réunis", ["punctuation warning"]),
        ("en fr", "They met:", "Ils se sont réunis.", ["punctuation warning"]),
        ("en fr", "They met", "Ils se  sont réunis", ["space warning"]),
    ],
)
def test_punctuation(languages: str, source: str, target: str, found: list[str]) -> None:
    assert told(check(source, target, languages)) == found


def test_a_text_longer_than_its_field_is_an_error() -> None:
    findings = check("Report", "Rapport de la réunion", longest=10)
    assert [(str(one.kind), one.sentence) for one in findings] == [("length", "It is longer than 10 characters.")]


TERM = Found(
    term_id=1,
    start=4,
    end=15,
    text="working group",
    official=["groupe de travail"],
    admitted=["GT"],
    forbidden=["groupe d’étude"],
)


@pytest.mark.parametrize(
    ("target", "sentences"),
    [
        ("Les groupes de travail siègent", []),
        ("Le GT siège", []),
        ("Le gt siège", ["“working group” is officially: groupe de travail"]),
        ("L’équipe siège", ["“working group” is officially: groupe de travail"]),
        ("Le groupe d’étude siège", ["“groupe d’étude” is not to be used for “working group”: groupe de travail"]),
    ],
)
def test_terms(target: str, sentences: list[str]) -> None:
    findings = check("The working group sits", target, terms=[TERM])
    assert [finding.sentence for finding in findings] == sentences


@pytest.mark.parametrize("text", ["", "\x00", "٣" * 300, "()[]" * 200, "1." * 500, "/" * 999, "A/" * 400, "一" * 500])
@pytest.mark.parametrize("other", ["", "a 1 (", "2020年7月7日"])
def test_nothing_that_is_typed_breaks_a_check(text: str, other: str) -> None:
    for languages in ("en ar", "zh ru"):
        check(text, other, languages)
        check(other, text, languages)
