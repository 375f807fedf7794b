"""The five real documents of the shared folder, and its labelled ones, come out right."""

import json
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from documents.importing.model import Block, DocumentReading, refusal_as_json
from documents.importing.parse import read_document
from documents.importing.refusal import Refused

pytestmark = pytest.mark.shared


def read(shared: Path, number: str) -> DocumentReading:
    (path,) = (shared / "seeds").glob(f"{number}_*.txt")
    return read_document(path)


def of_kind(reading: DocumentReading, *kinds: str) -> list[Block]:
    return [block for block in reading.blocks if block.kind in kinds]


def labels(blocks: list[Block]) -> list[str]:
    return [block.label for block in blocks]


def test_every_seed_has_unique_ascii_anchors(shared: Path) -> None:
    for number in ("000", "001", "002", "003", "004"):
        reading = read(shared, number)
        anchors = [block.anchor for block in reading.blocks]
        assert max(Counter(anchors).values()) == 1
        assert all(anchor.isascii() and " " not in anchor for anchor in anchors)
        assert reading.language == "ru"


def test_000_administrative_decision(shared: Path) -> None:
    reading = read(shared, "000")
    assert reading.masthead.kind == "decision"
    assert reading.masthead.title == "Создание секретариата Кимберлийского процесса"
    preamble = of_kind(reading, "preambular")
    assert preamble[0].text == "Пленарное заседание,"
    assert len(preamble) == 8
    assert [block.html.partition("</b>")[0] for block in preamble[1:4]] == [
        "<b>Приветствуя",
        "<b>Отмечая",
        "<b>Признавая",
    ]
    assert labels(of_kind(reading, "operative")) == ["1", "2", "3"]
    items = of_kind(reading, "lettered")
    assert [(item.label, item.anchor) for item in items] == [("a.", "3-a"), ("b.", "3-b"), ("c.", "3-c")]
    assert items[0].text.startswith("Разработать предложение")
    (citation,) = reading.citations
    assert citation.canonical == "KP/2017/Plenary/Administrative Decision 1"
    assert citation.printed == "КР/2017/Plenary/Administrative Decision 1"


def test_001_note_with_a_draft_decision(shared: Path) -> None:
    reading = read(shared, "001")
    assert reading.masthead.kind == "note"
    assert reading.masthead.presented_by == "Записка секретариата"
    assert reading.masthead.title.startswith("Сотрудничество и координация между секретариатами")
    assert labels(of_kind(reading, "heading")) == ["I", "II", "III"]
    assert labels(of_kind(reading, "paragraph")) == ["1", "2", "3", "4", "5", "6"]
    assert of_kind(reading, "preambular")[0].text == "Конференция Сторон,"
    assert [block.anchor for block in of_kind(reading, "operative")] == [f"decision-{n}" for n in range(1, 5)]
    assert [block.anchor for block in of_kind(reading, "lettered")] == [f"decision-4-{n}" for n in "abc"]
    assert labels(of_kind(reading, "lettered")) == ["a)", "b)", "c)"]
    assert reading.numbered_paragraphs == 6


def test_001_footnotes_stand_at_their_places(shared: Path) -> None:
    reading = read(shared, "001")
    (first,) = (block for block in reading.blocks if block.anchor == "decision-1")
    assert 'Стокгольмской конвенций<a linktype="footnote" id="fn1">1</a>, а также' in first.html
    assert first.html.endswith('2026–2027 годов<a linktype="footnote" id="fn2">2</a>;')
    assert [footnote.mark for footnote in reading.footnotes] == ["1", "2"]
    assert reading.footnotes[1].html == "Там же, приложение II."
    assert "footnoteRef" not in reading.text
    assert "bookmark" not in reading.text


def test_001_decisions_of_four_series_and_the_annexes(shared: Path) -> None:
    citations = {citation.canonical: citation for citation in read(shared, "001").citations}
    assert list(citations) == [
        "MC-3/11",
        "MC-4/9",
        "MC-5/19",
        "BC-17/22",
        "RC-12/9",
        "SC-12/23",
        "UNEP/MC/COP.6/INF/29",
    ]
    assert citations["BC-17/22"].printed == "БК‑17/22"
    assert citations["UNEP/MC/COP.6/INF/29"].annexes == ("I", "II")


def test_002_operating_mechanism(shared: Path) -> None:
    reading = read(shared, "002")
    assert reading.masthead.kind == "mandate"
    assert "Операционный механизм" in reading.masthead.title
    headings = [(block.label, block.level) for block in of_kind(reading, "heading") if block.label]
    assert headings == [("1.", 1), ("2.", 1), ("3.", 1)] + [
        (f"{n}.", 2) for n in ("i", "ii", "iii", "iv", "v", "vi", "vii")
    ]
    items = labels(of_kind(reading, "lettered"))
    assert items[:5] == ["1)", "2)", "3)", "4)", "5)"]
    assert items.count("•") == 17
    assert [footnote.mark for footnote in reading.footnotes] == ["1", "2", "3", "4"]
    assert reading.numbered_paragraphs == 0


def test_002_bracketed_states_stay_text(shared: Path) -> None:
    reading = read(shared, "002")
    with_states = [block for block in reading.blocks if "[Исламскую Республику Иран]" in block.text]
    assert len(with_states) == 2
    assert 'Турция)<a linktype="footnote" id="fn1">1</a>' in with_states[0].html
    assert 'Турция)<a linktype="footnote" id="fn4">4</a>' in with_states[1].html
    assert "31 августа 2013" in reading.footnotes[0].html


def test_003_masthead(shared: Path) -> None:
    reading = read(shared, "003")
    head = reading.masthead
    assert (head.distribution, head.date, head.language, head.original_language) == (
        "general",
        date(2020, 7, 1),
        "ru",
        "en",
    )
    assert (head.session, head.venue) == (10, "Вена")
    assert head.meeting_dates == (date(2020, 10, 12), date(2020, 10, 16))
    assert [(item.number, item.provisional) for item in head.agenda_items] == [("2", True), ("4", True), ("5", True)]
    assert head.agenda_items[2].title == "Техническая помощь"
    assert head.title.startswith("Доклады совещаний вспомогательных органов Конференции участников")
    assert (head.kind, head.presented_by) == ("note", "Записка Секретариата")
    assert head.body_lines[0].startswith("Конференция участников Конвенции")


def test_003_paragraphs_in_their_sections(shared: Path) -> None:
    reading = read(shared, "003")
    order = [block.label or "section" for block in of_kind(reading, "heading", "paragraph")]
    assert order == [
        *("section", "1", "2", "3", "section", "4", "5", "6", "section", "7", "8", "9"),
        *("section", "10", "11", "12", "section", "13", "14", "15", "section", "16", "17", "18"),
    ]
    (tenth,) = (block for block in reading.blocks if block.anchor == "10")
    assert "незаконного изготовления и оборота огнестрельного оружия" in tenth.text
    assert reading.blocks[-1].anchor == "18"


def test_003_reports_and_the_asterisk_note(shared: Path) -> None:
    reading = read(shared, "003")
    assert [footnote.mark for footnote in reading.footnotes] == ["*"]
    assert 'symbol="CTOC/COP/2020/1">СТОС/COP/2020/1</a>' in reading.footnotes[0].html
    assert {citation.canonical for citation in reading.citations} == {
        "CTOC/COP/2020/1",
        "CTOC/COP/WG.10/2019/5",
        "CTOC/COP/WG.10/2020/6",
        "CTOC/COP/WG.4/2019/6",
        "CTOC/COP/WG.4/2020/4",
        "CTOC/COP/WG.7/2019/6",
        "CTOC/COP/WG.7/2020/4",
        "CTOC/COP/WG.6/2020/4",
        "CTOC/COP/WG.3/2020/4",
        "CTOC/COP/WG.2/2020/3",
    }
    assert all(citation.key == citation.canonical.upper() for citation in reading.citations)


def test_004_masthead_and_structure(shared: Path) -> None:
    reading = read(shared, "004")
    head = reading.masthead
    assert (head.session, head.venue) == (1, "Женева")
    assert head.meeting_dates == (date(2015, 2, 5), date(2015, 2, 5))
    assert [(item.number, item.title) for item in head.agenda_items] == [
        ("5", "Презентация по обзору Вьентьянского плана действий")
    ]
    assert head.title == "Обзор Вьентьянского плана действий"
    assert reading.blocks[0].label == "VIII"
    assert labels(of_kind(reading, "paragraph")) == [str(number) for number in range(1, 16)]
    assert [block.text for block in of_kind(reading, "heading")][1:] == [
        "Основные выводы",
        "Сфера охвата",
        "Достигнутый прогресс",
        "Проблемы, выявленные за период после первого Совещания государств-участников",
        "Рекомендации",
    ]


def test_004_every_broken_word_is_healed(shared: Path) -> None:
    text = read(shared, "004").text
    hyphenated = {word.strip(".,;:()") for word in text.split() if "-" in word.strip(".,;:()")}
    assert hyphenated == {
        "государства-участника",
        "государства-участники",
        "государств-участников",
        "государствами-участниками",
        "Государства-участники",
        "Государствам-участникам",
        "государствам-участникам",
        "социально-экономической",
    }
    for word in ("содействием", "государствам", "потребностях", "неправительственных", "специализированными"):
        assert word in text


def test_labelled_documents_score_well(shared: Path, tmp_path: Path) -> None:
    results = tmp_path / "results.jsonl"
    lines = []
    for path in sorted((shared / "documents").glob("*.txt")):
        try:
            lines.append(read_document(path).as_json())
        except Refused as refusal:
            lines.append(refusal_as_json(path.name, refusal.reason))
    results.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    score = subprocess.run(
        [sys.executable, str(shared / "documents" / "score.py"), str(results)],
        capture_output=True,
        text=True,
        check=True,
    )
    right, wrong = (float(part.split()[1]) for part in score.stdout.strip().splitlines()[-1].split(", "))
    assert right >= 95
    assert wrong <= 2
