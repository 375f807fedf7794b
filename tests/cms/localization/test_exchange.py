"""Texts as files for translation programs: there and back without loss, and what is told of each text."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from wagtail_localize.models import StringTranslation, Translation

from cms.core.languages import language
from cms.localization.exchange import elements, po, xliff_1, xliff_2
from cms.localization.exchange.formats import FORMATS, write
from cms.localization.exchange.reading import read_file
from cms.localization.exchange.taking import Line, Outcome, take
from cms.localization.exchange.units import Mark, Parts, head_of, text_of
from cms.localization.foreign import FileRefusedError
from cms.localization.models import SegmentChange, SegmentReview
from cms.localization.sending.refreshing import refresh
from cms.localization.texts import inline
from cms.localization.texts.rows import load
from cms.localization.texts.saving import Typed, save_text
from cms.users.models import User
from tests import factories
from tests.cms.localization.conftest import House, row_of, target
from tests.cms.localization.long_report import lengthen
from tests.cms.localization.test_tables import with_table
from tests.tree import fresh

BACK = [form.ending for form in FORMATS.values() if form.comes_back]
X1 = {"x": xliff_1.NAMESPACE}
X2 = {"x": xliff_2.NAMESPACE, "m": xliff_2.METADATA}


def saved(translation: Translation, form: str = "xlf") -> bytes:
    return write(FORMATS[form], translation)


def taken(translation: Translation, content: bytes, user: Any = None, *, confirm: bool = False) -> list[Line]:
    return take(translation, read_file(content), user, confirm=confirm)


def outcomes(lines: list[Line]) -> dict[str, int]:
    return dict(Counter(line.outcome.value for line in lines))


def line_of(lines: list[Line], text: str) -> Line:
    return next(line for line in lines if line.text.startswith(text))


def put(translation: Translation, start: str, text: str, *, confirm: bool = True) -> None:
    row = row_of(translation, start)
    save_text(translation, Typed(row.key, text, row.version, confirm), None)


def fill(translation: Translation) -> None:
    """Every text translated: by turns a draft, confirmed, and a machine's; every seventh is left open."""
    for number, row in enumerate(load(translation)):
        if number % 7 == 6:
            continue
        save_text(translation, Typed(row.key, f"«{row.shown(row.segment.string.data)}» & <tag>\nligne", 0), None)
        review = SegmentReview.objects.filter(translation=load_one_text(row))
        review.update(state=("draft", "confirmed", "approved", "machine")[number % 4])


def load_one_text(row: Any) -> StringTranslation:
    text: StringTranslation = StringTranslation.objects.get(
        context=row.segment.context, translation_of=row.segment.string
    )
    return text


def kept(translation: Translation) -> dict[str, str]:
    return {row.key: row.data for row in load(translation)}


def with_target(content: bytes, start: str, text: str, state: str = "translated") -> bytes:
    """An XLIFF 1.2 file in which a translation program translated the text whose source begins with ``start``."""
    root = etree.fromstring(content)
    for unit in root.iterfind(".//x:trans-unit", X1):
        if "".join(unit.find("x:source", X1).itertext()).startswith(start):
            old = unit.find("x:target", X1)
            new = etree.fromstring(f'<target xmlns="{xliff_1.NAMESPACE}" state="{state}">{text}</target>')
            unit.replace(old, new)
    return etree.tostring(root)


# There and back


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["fr", "ar"])
@pytest.mark.parametrize("form", BACK)
def test_there_and_back_nothing_is_lost(
    form: str, code: str, house: House, open_translation: Callable[[str], Translation]
) -> None:
    lengthen(house.report, 40)
    translation = open_translation(code)
    fill(translation)
    before = kept(translation)
    content = saved(translation, form)
    assert set(outcomes(taken(translation, content))) <= {"unchanged", "open"}
    states = {row.key: row.state for row in load(translation)}
    if form == "tmx":  # a memory holds what is finished, and nothing else
        states = {key: state if state in SegmentReview.FINISHED else "missing" for key, state in states.items()}
        before = {key: data if states[key] != "missing" else "" for key, data in before.items()}
    StringTranslation.objects.all().delete()
    lines = taken(translation, content, confirm=True)
    assert kept(translation) == before
    # What a person stood by is confirmed again; what nobody did is a draft, a machine's text too.
    again = {"draft": "draft", "machine": "draft", "confirmed": "confirmed", "approved": "confirmed"}
    assert {row.key: row.state for row in load(translation)} == {
        key: again.get(state, state) for key, state in states.items()
    }
    assert "refused" not in outcomes(lines)
    assert set(outcomes(taken(translation, content, confirm=True))) <= {"unchanged", "open"}


@pytest.mark.django_db
@pytest.mark.parametrize("form", BACK)
def test_tables_links_and_texts_with_very_many_codes_come_back(
    form: str, house: House, open_translation: Callable[[str], Translation]
) -> None:
    page = with_table(house, caption="Of 2020")
    many = " ".join(f"<i>{n}</i>" for n in range(25))
    own = (
        '<a linktype="symbol" symbol="CTOC/COP/6">CTOC/COP/6</a> and <a href="https://example.org/">another ① digit</a>'
    )
    for number, text in enumerate((many, own)):
        value = {"label": "1", "anchor": f"x{number}", "text": f"<p>{text}</p>"}
        page.body.append(("paragraph", value))
    page.save()
    page.save_revision().publish()
    translation = open_translation("ar")
    for row in load(translation):
        text = row.shown(row.segment.string.data)
        save_text(translation, Typed(row.key, f"نص {text}", 0, confirm=True), None)
    before = kept(translation)
    assert len([data for data in before.values() if data]) >= 9
    content = saved(translation, form)
    assert set(outcomes(taken(translation, content))) == {"unchanged"}
    StringTranslation.objects.all().delete()
    taken(translation, content, confirm=True)
    assert kept(translation) == before


CODES = (
    inline.Code("i", "<i>", "</i>"),
    inline.Code("footnote", '<a id="n1">1</a>'),
    inline.Code("a", '<a id="l1">', "</a>"),
)
CODED = inline.Coded("①a❶②③b❸", CODES)
TEXT = st.text(alphabet=st.sampled_from("abж ي中&<>\"'①⟦\u200f\n]"), min_size=1, max_size=20)


@st.composite
def texts(draw: Any, numbers: tuple[int, ...] = (0, 1, 2)) -> Parts:
    """Any text with any of three codes, pairs one within another or beside it."""
    parts: list[str | Mark] = []
    left = draw(st.permutations(numbers))
    cut = draw(st.integers(0, len(left)))
    for number in left[:cut]:
        parts += draw(st.lists(TEXT, max_size=1))
        parts.append(Mark(number))
        if not CODES[number].alone:
            parts += draw(st.lists(TEXT, max_size=1))
            parts.append(Mark(number, closing=True))
    parts += draw(st.lists(TEXT, max_size=1))
    return elements.joined(parts)


@given(texts())
@pytest.mark.parametrize("version", [xliff_1, xliff_2])
def test_any_text_with_codes_survives_as_elements(version: Any, parts: Parts) -> None:
    class Pretended:
        coded = CODED

    element = etree.Element("target")
    version._fill(element, parts, Pretended())
    back = elements.parts_in(etree.fromstring(etree.tostring(element)))
    assert back == parts
    assert text_of(back, CODED) == text_of(parts, CODED)


# What the standards ask for


@pytest.mark.django_db
def test_a_file_of_version_1_is_what_the_standard_asks_for(french: Translation, house: House) -> None:
    put(french, "Report", "Rapport")
    root = etree.fromstring(saved(french))
    assert (root.tag, root.get("version")) == (f"{{{xliff_1.NAMESPACE}}}xliff", "1.2")
    file = root.find("x:file", X1)
    assert {name: file.get(name) for name in ("original", "source-language", "target-language", "datatype")} == {
        "original": str(house.document.uid),
        "source-language": "en",
        "target-language": "fr",
        "datatype": "html",
    }
    assert [etree.QName(one).localname for one in file] == ["header", "body"]
    units = file.findall("x:body/x:trans-unit", X1)
    assert len({unit.get("id") for unit in units}) == len(units) == len(load(french))
    order = ["source", "target", "alt-trans", "note"]
    for unit in units:
        names = [etree.QName(one).localname for one in unit]
        assert names == sorted(names, key=order.index)
        assert unit.get(xliff_1.SPACE) == "preserve"
    first, *rest = units
    assert (first.findtext("x:target", namespaces=X1), first.find("x:target", X1).get("state")) == (
        "Rapport",
        "translated",
    )
    assert (first.get("maxwidth"), first.get("size-unit")) == ("255", "char")
    # A text without translation has its source in its place: OmegaT translates no empty one.
    paragraph = next(unit for unit in rest if unit.find("x:source/x:x", X1) is not None)
    assert paragraph.find("x:target", X1).get("state") == "new"
    assert "".join(paragraph.find("x:target", X1).itertext()) == "".join(paragraph.find("x:source", X1).itertext())
    assert [(one.get("id"), one.get("ctype")) for one in paragraph.find("x:source", X1)] == [
        ("1", "italic"),
        ("2", "x-footnote"),
        ("3", "link"),
    ]
    assert paragraph.find("x:source/x:x", X1).get("equiv-text") == "1"
    assert paragraph.findtext("x:note", namespaces=X1) == "1 · Numbered paragraph · I Introduction"


@pytest.mark.django_db
def test_a_file_of_version_2_is_what_the_standard_asks_for(open_translation: Callable[[str], Translation]) -> None:
    arabic = open_translation("ar")
    put(arabic, "Report", "تقرير")
    root = etree.fromstring(saved(arabic, "xliff"))
    assert (root.get("version"), root.get("srcLang"), root.get("trgLang")) == ("2.0", "en", "ar")
    file = root.find("x:file", X2)
    assert (file.get("srcDir"), file.get("trgDir")) == ("ltr", "rtl")
    units = file.findall("x:unit", X2)
    order = ["metadata", "notes", "originalData", "segment"]
    for unit in units:
        names = [etree.QName(one).localname for one in unit]
        assert names == sorted(names, key=order.index)
        data = {one.get("id") for one in unit.iterfind("x:originalData/x:data", X2)}
        references = {
            one.get(name) for one in unit.iter("{*}ph", "{*}pc") for name in ("dataRef", "dataRefStart", "dataRefEnd")
        } - {None}
        assert references == data
    assert units[0].find("x:segment", X2).get("state") == "translated"
    assert units[1].find("x:segment", X2).attrib == {"id": "s1", "state": "initial", "subState": "plenary:missing"}
    assert units[1].find("x:segment/x:target", X2) is None
    note = next(one for one in root.iter("{*}ph"))
    assert (note.get("equiv"), note.get("canDelete"), note.get("type")) == ("1", "no", "other")


def change_source(house: House, place: int, text: str, editor: User) -> None:
    """Publishes another text in place of a paragraph's."""
    page = fresh(house.report)
    page.body[place].value["text"] = type(page.body[place].value["text"])(text)
    page.save()
    page.save_revision().publish()
    refresh(page, editor)


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["xlf", "xliff", "po"])
def test_the_former_translation_is_beside_a_source_that_changed(
    form: str, house: House, french: Translation, editor: User
) -> None:
    put(french, "The", "Le ①Groupe❶ a noté② le ③document❸ & s’est ajourné.")
    # Without the codes that the former one had: what is left of them must not be taken for others.
    change_source(house, 1, "<p>The <i>Group</i> noted document CTOC/COP/2020/3 &amp; adjourned.</p>", editor)
    content = saved(french, form)
    assert "s’est ajourné" in content.decode()
    # It is an offer and no translation of the new text.
    assert line_of(taken(french, content), "The").outcome == Outcome.OPEN


# What becomes of each text


@pytest.mark.django_db
def test_finished_texts_are_confirmed_on_request_and_drafts_else(french: Translation, translator: User) -> None:
    content = with_target(saved(french), "Report", "Rapport")
    content = with_target(content, "To meet", "Se réunir.", state="needs-review-translation")
    lines = taken(french, content, translator)
    assert outcomes(lines) == {"taken": 2, "open": len(lines) - 2}
    assert (row_of(french, "Report").state, row_of(french, "Report").version) == ("draft", 1)
    assert target(french).draft_title == "Rapport"
    lines = taken(french, content, translator, confirm=True)
    assert line_of(lines, "Report").outcome == Outcome.CONFIRMED
    assert line_of(lines, "To meet").outcome == Outcome.UNCHANGED
    assert (row_of(french, "Report").state, row_of(french, "To meet").state) == ("confirmed", "draft")
    assert row_of(french, "Report").current.last_translated_by == translator
    history = SegmentChange.objects.of_text(french, row_of(french, "Report").segment.context_id)
    assert [(change.before, change.text, change.state) for change in history] == [
        ("Rapport", "Rapport", "confirmed"),
        ("", "Rapport", "draft"),
    ]


@pytest.mark.django_db
def test_nothing_is_written_over_what_was_changed_here_since(french: Translation) -> None:
    put(french, "Report", "Rapport")
    content = with_target(saved(french), "Report", "Compte rendu")
    put(french, "Report", "Bilan")
    line = line_of(taken(french, content), "Report")
    assert (line.outcome, line.detail) == (Outcome.REFUSED, "It was changed here since the file was saved.")
    assert row_of(french, "Report").target == "Bilan"
    content = with_target(saved(french), "Report", "Compte rendu")
    assert line_of(taken(french, content), "Report").outcome == Outcome.TAKEN
    assert row_of(french, "Report").target == "Compte rendu"


@pytest.mark.django_db
def test_a_file_that_is_worked_on_further_is_taken_again(french: Translation) -> None:
    content = saved(french)
    taken(french, with_target(content, "Report", "Rapport"))
    lines = taken(french, with_target(content, "Report", "Compte rendu"))
    assert line_of(lines, "Report").outcome == Outcome.TAKEN
    # As soon as somebody has touched the text here, it is theirs.
    put(french, "Report", "Compte rendu")
    line = line_of(taken(french, with_target(content, "Report", "Bilan")), "Report")
    assert line.detail == "It was changed here since the file was saved."


@pytest.mark.django_db
def test_a_file_that_lost_its_versions_writes_over_nothing(french: Translation) -> None:
    put(french, "Report", "Rapport")
    content = with_target(with_target(saved(french), "Report", "Bilan"), "To meet", "Se réunir.")
    lines = taken(french, content.replace(b"extradata", b"resname2"))
    assert line_of(lines, "Report").outcome == Outcome.REFUSED
    assert line_of(lines, "To meet").outcome == Outcome.TAKEN


@pytest.mark.django_db
def test_a_changed_source_refuses_its_text_and_no_other(house: House, french: Translation, editor: User) -> None:
    content = with_target(with_target(saved(french), "Report", "Rapport"), "To meet", "Se réunir.")
    change_source(house, 2, "<p>To adjourn at once.</p>", editor)
    lines = taken(french, content)
    line = line_of(lines, "To meet")
    assert (line.key, line.outcome, line.detail) == (
        "",
        Outcome.REFUSED,
        "The source has changed since the file was saved.",
    )
    assert line_of(lines, "Report").outcome == Outcome.TAKEN


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "text", "sentence"),
    [
        ("The", 'Le <g id="9">Groupe</g>', "The source has no code number 9."),
        ("The", 'Le <g id="x">Groupe</g>', "The source has no code number 0."),
        ("The", 'Le <bx id="1"/>Groupe', "① is not closed."),
        ("The", 'Le <x id="2"/> <x id="2"/>', "② stands here twice."),
        ("The", 'Le <bx id="1"/><bx id="3"/>Groupe<ex rid="1"/><ex rid="3"/>', "❶ closes nothing here."),
        ("The", "Le <sub>Groupe</sub>", "&lt;sub> is not known in a text."),
        ("Report", "x" * 300, "255"),
        ("To meet", "x" * 100_001, "longer than any text"),
        ("Report", '<g id="1">Rapport</g>', "The source has no code number 1."),
    ],
)
def test_a_broken_text_is_refused_in_a_sentence(french: Translation, start: str, text: str, sentence: str) -> None:
    line = line_of(taken(french, with_target(saved(french), start, text)), start)
    assert line.outcome == Outcome.REFUSED
    assert sentence.replace("&lt;", "<") in line.detail
    assert not StringTranslation.objects.exists()


@pytest.mark.django_db
def test_halves_of_pairs_and_comments_of_programs_are_read(french: Translation) -> None:
    text = 'Le <bx id="1"/><mrk mtype="seg" mid="0">Groupe</mrk><ex rid="1"/> a noté<x id="2"/> <g id="3">X</g>'
    line = line_of(taken(french, with_target(saved(french), "The", text)), "The")
    assert line.outcome == Outcome.TAKEN
    assert row_of(french, "The").target == "Le ①Groupe❶ a noté② ③X❸"


@pytest.mark.django_db
def test_a_source_that_a_program_left_in_the_place_of_a_translation_is_none(french: Translation) -> None:
    """OmegaT keeps the state "new" of what it has translated, and may write the spaces of the rest in another way."""
    content = with_target(saved(french), "Report", "Report  of the\nPlenary ", state="new")
    lines = taken(french, with_target(content, "To meet", "Se réunir.", state="new"), confirm=True)
    assert line_of(lines, "Report").outcome == Outcome.OPEN
    assert line_of(lines, "To meet").outcome == Outcome.TAKEN


@pytest.mark.django_db
def test_a_catalogue_with_other_line_ends_is_read(french: Translation) -> None:
    put(french, "The", "Le ①Groupe❶ a noté② ③CTOC/COP/2020/3❸ & s’est\najourné.")
    content = saved(french, "po").replace(b"\n", b"\r\n")
    assert set(outcomes(taken(french, content))) == {"open", "unchanged"}


@pytest.mark.django_db
def test_what_a_check_finds_is_told_and_an_error_keeps_a_text_from_being_confirmed(french: Translation) -> None:
    content = with_target(with_target(saved(french), "The", "Le Groupe."), "To meet", "Se réunir")
    for _time in range(2):
        lines = taken(french, content, confirm=True)
    assert row_of(french, "The").state == "draft"
    assert "Missing from the translation: ②" in line_of(taken(french, content.replace(b"Groupe", b"X")), "The").detail
    assert (row_of(french, "To meet").state, outcomes(lines)["unchanged"]) == ("confirmed", 2)


@pytest.mark.django_db
def test_the_same_text_twice_and_texts_of_elsewhere_are_told(french: Translation) -> None:
    root = etree.fromstring(with_target(saved(french), "Report", "Rapport"))
    body = root.find(".//x:body", X1)
    body.append(etree.fromstring(etree.tostring(body[0])))
    stranger = etree.fromstring(etree.tostring(body[0]))
    stranger.set("id", "1")
    body.append(stranger)
    *_lines, twice, foreign = taken(french, etree.tostring(root))
    assert (twice.outcome, twice.detail) == (Outcome.REFUSED, "The file has it twice.")
    assert (foreign.outcome, foreign.detail) == (Outcome.REFUSED, "The page has no such text, or not any more.")


@pytest.mark.django_db
def test_segments_of_a_program_are_put_together(french: Translation) -> None:
    root = etree.fromstring(saved(french, "xliff"))
    unit = root.find(".//x:unit", X2)
    segment = unit.find("x:segment", X2)
    pieces = (
        '<segment id="s1" state="translated"><source>Report of</source><target>Rapport de</target></segment>',
        "<ignorable><source> </source></ignorable>",
        '<segment id="s2" state="reviewed"><source>the Plenary</source><target>la plénière</target></segment>',
    )
    position = unit.index(segment)
    unit.remove(segment)
    for number, piece in enumerate(pieces):
        unit.insert(position + number, etree.fromstring(f'<x xmlns="{xliff_2.NAMESPACE}">{piece}</x>')[0])
    lines = taken(french, etree.tostring(root), confirm=True)
    assert lines[0].outcome == Outcome.CONFIRMED
    assert row_of(french, "Report").target == "Rapport de la plénière"
    unit.remove(unit[position].getparent()[position + 2].find("x:target", X2).getparent())
    assert taken(french, etree.tostring(root))[0].detail == "The source in the file is another than that of the page."


# PO and TMX


@pytest.mark.django_db
def test_a_po_file_is_one_that_editors_of_catalogues_know(french: Translation, house: House) -> None:
    put(french, "Report", "Rapport")
    put(french, "To meet", "Se réunir.", confirm=False)
    file = polib.pofile(saved(french, "po").decode())
    assert file.metadata["Language"] == "fr"
    assert file.metadata[po.PAGE] == str(house.document.uid)
    entries = {entry.msgid: entry for entry in file}
    assert (entries["Report of the Plenary"].msgctxt, entries["Report of the Plenary"].msgstr) == ("title", "Rapport")
    assert [entries[text].fuzzy for text in ("Report of the Plenary", "To meet.")] == [False, True]
    paragraph = next(entry for text, entry in entries.items() if text.startswith("The ①Group❶ noted②"))
    assert paragraph.comment.split("\n") == [
        "1 · Numbered paragraph · I Introduction",
        "①…❶ italic",
        "② footnote mark 1",
        "③…❸ document link CTOC/COP/2020/3",
        "version 0",
    ]


@pytest.mark.django_db
def test_a_po_file_is_translated_in_an_editor_and_taken(
    house: House, french: Translation, editor: User, translator: User
) -> None:
    put(french, "To meet.", "Se réunir.")
    change_source(house, 2, "<p>To meet twice.</p>", editor)
    file = polib.pofile(saved(french, "po").decode())
    for entry in file:
        if entry.msgid.startswith("The"):
            entry.msgstr = "Le ①Groupe❶ a noté② ③CTOC/COP/2020/3❸ & s’est ajourné."
        elif entry.msgid == "Introduction":
            entry.msgstr = "①Introduction"
            entry.flags.append("fuzzy")
        elif entry.previous_msgid:
            assert (entry.msgstr, entry.fuzzy) == ("Se réunir.", True)
    content = str(file).encode()
    assert line_of(taken(french, content, translator), "To meet twice").outcome == Outcome.OPEN
    for entry in file:
        if entry.previous_msgid:
            entry.msgstr, entry.flags, entry.previous_msgid = "Se réunir deux fois.", [], None
    lines = taken(french, str(file).encode(), translator, confirm=True)
    assert line_of(lines, "To meet twice").outcome == Outcome.CONFIRMED
    assert row_of(french, "The").state == "confirmed"
    assert line_of(lines, "Introduction").outcome == Outcome.UNCHANGED
    # The heading has no codes: a digit there is a digit.
    assert row_of(french, "Introduction").target == "①Introduction"


MEMORY = """<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en"
 srclang="en-US" datatype="plaintext"/><body>
<tu><tuv xml:lang="EN-GB"><seg>To meet.</seg></tuv><tuv xml:lang="FR-CA"><seg>Se <hi>réunir</hi>.</seg></tuv>
<tuv xml:lang="tlh"><seg>x</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>To meet.</seg></tuv><tuv xml:lang="fr"><seg>Rencontrer.</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Report of the Plenary</seg></tuv><tuv xml:lang="fr"><seg>Autre rapport</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Of elsewhere</seg></tuv><tuv xml:lang="fr"><seg>D’ailleurs</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Introduction</seg></tuv></tu>
</body></tmx>"""


@pytest.mark.django_db
def test_a_memory_of_another_program_fills_what_is_open(french: Translation, translator: User) -> None:
    put(french, "Report", "Rapport")
    reading = read_file(MEMORY.encode(), head_of(french))
    lines = take(french, reading, translator, confirm=True)
    # Nobody here stands by what another program knows.
    assert [(line.text, line.outcome) for line in lines] == [("To meet.", Outcome.TAKEN)]
    assert (row_of(french, "To meet").target, row_of(french, "Report").target) == ("Se réunir.", "Rapport")
    with pytest.raises(FileRefusedError, match="of one translation only"):
        read_file(MEMORY.encode())


# Files of elsewhere


@pytest.mark.django_db
def test_a_file_of_another_page_or_language_is_refused(
    french: Translation, open_translation: Callable[[str], Translation]
) -> None:
    with pytest.raises(FileRefusedError, match="The file goes from English into Spanish"):
        taken(french, saved(open_translation("es")))
    content = saved(french).replace(str(french.source.object_id).encode(), b"0b5b7f2e-4d4c-4f0a-8a57-3f6b0a4b8f11")
    with pytest.raises(FileRefusedError, match="of another page"):
        taken(french, content)


def test_characters_that_xml_has_not_do_not_spoil_a_file() -> None:
    element = etree.Element("target")
    elements.fill(element, ("a\x0bb\ufffe",), lambda *_arguments: None, lambda _number: True)
    assert element.text == "ab"


# What it costs


@pytest.mark.django_db
def test_three_hundred_paragraphs_are_taken_in_few_queries(
    house: House, open_translation: Callable[[str], Translation], django_assert_max_num_queries: Any
) -> None:
    lengthen(house.report)
    translation = open_translation("fr")
    reading = read_file(saved(translation))
    for number, one in enumerate(reading.given):
        reading.given[number] = type(one)(**{**one.__dict__, "target": ("FR ", *one.target), "is_open": False})
    with django_assert_max_num_queries(25):
        lines = take(translation, reading, None, confirm=True)
    assert outcomes(lines) == {"taken": 416}
    content = saved(translation)
    with django_assert_max_num_queries(3):
        write(FORMATS["xlf"], translation)
    again = read_file(content.replace(b"FR ", b"fr "))
    with django_assert_max_num_queries(35):
        lines = take(translation, again, factories.UserFactory(), confirm=True)
    assert outcomes(lines) == {"taken": 416}
    assert language(translation.target_locale.language_code).code == "fr"
