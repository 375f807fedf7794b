"""Files as translation programs give them back: cut into segments, with their own elements, notes and offers."""

from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree
from wagtail_localize.models import Translation

from cms.localization.exchange import xliff_1, xliff_2
from cms.localization.exchange.reading import read_file
from cms.localization.exchange.taking import Line, take
from cms.localization.exchange.units import head_of
from cms.localization.foreign import FileRefusedError
from tests.cms.localization.conftest import row_of
from tests.cms.localization.test_exchange import X1, X2, line_of, put, saved, taken

pytestmark = pytest.mark.django_db

START = "The ①Group"
FRENCH = "Le ①Groupe❶ a pris note② du document ③CTOC/COP/2020/3❸ & a levé la séance."


def edited(content: bytes, change: Callable[[Any], None], start: str = "The ") -> bytes:
    """A file of either version in which a program worked on the text whose source begins so."""
    root = etree.fromstring(content)
    spaces, path = (X1, ".//x:trans-unit") if root.get("version") == "1.2" else (X2, ".//x:unit")
    unit = next(
        one
        for one in root.iterfind(path, spaces)
        if "".join(one.find(".//{*}source").itertext())
        and ("".join(one.find(".//{*}source").itertext()).startswith(start))
    )
    change(unit)
    return etree.tostring(root)


def replace(unit: Any, name: str, xml: str) -> None:
    """Puts an element of the file's own version in the place of one."""
    namespace = etree.QName(unit).namespace
    old = unit.find(f"{{*}}{name}")
    new = etree.fromstring(xml.replace(f"<{name}", f'<{name} xmlns="{namespace}" xmlns:o="urn:other"', 1))
    if old is None:
        unit.append(new)
    else:
        unit.replace(old, new)


def read(translation: Translation, content: bytes, *, confirm: bool = True) -> tuple[Line, str]:
    """What became of the paragraph, and how it reads now."""
    line = line_of(taken(translation, content, confirm=confirm), START)
    return line, row_of(translation, START).target


CODED = 'Le <g id="1">Groupe</g> a pris note<x id="2"/> du document <g id="3">CTOC/COP/2020/3</g> &amp; '
WAYS_1 = {
    "segments marked in the target": f'<target state="translated"><mrk mtype="seg" mid="0">{CODED}</mrk>'
    '<mrk mtype="seg" mid="1">a levé la séance.</mrk></target>',
    "halves of pairs": '<target state="final">Le <bx id="1" rid="1"/>Groupe<ex id="9" rid="1"/> a pris note<x id="2"/> '
    'du document <bpt id="3" rid="3">&lt;a&gt;</bpt>CTOC/COP/2020/3<ept id="3" rid="3">&lt;/a&gt;</ept> &amp; a levé '
    "la séance.</target>",
    "comments and other spaces of names": f'<target state="signed-off" o:origin="mt">{CODED}'
    '<mrk mtype="x-sdl-comment" o:cid="7">a levé</mrk> la séance.</target>',
    "placeholders": '<target state="translated">Le <g id="1">Groupe</g> a pris note<ph id="2">{1}</ph> du document '
    '<g id="3">CTOC/COP/2020/3</g> &amp; a levé la séance.</target>',
    "an own state": f'<target state="x-confirmed" state-qualifier="exact-match">{CODED}a levé la séance.</target>',
}


@pytest.mark.parametrize("way", WAYS_1)
def test_version_1_of_another_program(french: Translation, way: str) -> None:
    line, text = read(french, edited(saved(french), lambda unit: replace(unit, "target", WAYS_1[way])))
    assert text == FRENCH
    assert line.outcome.value == ("taken" if way == "an own state" else "confirmed")


def test_offers_beside_a_text_and_groups_around_it_are_no_translations(french: Translation) -> None:
    def work(unit: Any) -> None:
        replace(unit, "target", f'<target state="translated">{CODED}a levé la séance.</target>')
        namespace = xliff_1.NAMESPACE
        offer = (
            f'<alt-trans xmlns="{namespace}" match-quality="80%"><source>The</source><target>Faux</target></alt-trans>'
        )
        unit.append(etree.fromstring(offer))
        unit.insert(
            1, etree.fromstring(f'<seg-source xmlns="{namespace}"><mrk mtype="seg" mid="0">x</mrk></seg-source>')
        )
        unit.append(etree.fromstring('<o:seg-defs xmlns:o="urn:other"><o:seg id="1" conf="Draft"/></o:seg-defs>'))
        unit.append(etree.fromstring(f'<note xmlns="{namespace}" from="memoQ">Une note</note>'))
        group = etree.Element(f"{{{namespace}}}group", id="g1")
        unit.addprevious(group)
        group.append(unit)

    assert read(french, edited(saved(french), work))[1] == FRENCH


SEGMENTS = """
<segment id="s1" state="translated"><source>The <pc id="1">Group</pc> noted<ph id="2"/> </source>
<target>Le <pc id="1">Groupe</pc> a pris note<ph id="2"/> </target></segment>
<ignorable><source>document </source></ignorable>
<segment id="s2" state="final"><source><pc id="3">CTOC/COP/2020/3</pc> &amp; adjourned.</source>
<target><mrk id="m1" type="term">du</mrk> document <sc id="3"/>CTOC/COP/2020/3<ec
startRef="3"/> &amp; a levé la séance.<sm id="m2"/><em startRef="m2"/></target></segment>"""


def test_version_2_cut_into_segments(french: Translation) -> None:
    def work(unit: Any) -> None:
        segment = unit.find("{*}segment")
        for one in reversed(etree.fromstring(f'<unit xmlns="{xliff_2.NAMESPACE}">{SEGMENTS}</unit>')):
            segment.addnext(one)
        unit.remove(segment)
        matches = (
            f'<m:matches xmlns:m="urn:oasis:names:tc:xliff:matches:2.0"><m:match ref="#s1">'
            f'<source xmlns="{xliff_2.NAMESPACE}">x</source><target xmlns="{xliff_2.NAMESPACE}">Faux</target>'
            "</m:match></m:matches>"
        )
        unit.insert(0, etree.fromstring(matches))

    line, text = read(french, edited(saved(french, "xliff"), work))
    assert line.outcome.value == "confirmed", line.detail
    assert text == "Le ①Groupe❶ a pris note② document du document ③CTOC/COP/2020/3❸ & a levé la séance."


def test_a_later_version_2_is_read_too(french: Translation) -> None:
    content = saved(french, "xliff").replace(b'version="2.0"', b'version="2.1"')
    assert line_of(taken(french, content), START).outcome.value == "open"


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("<target>Le <it id='1' pos='open'>x</it></target>", "<it> is not known"),
        ("<target>Le <sub>x</sub></target>", "<sub> is not known"),
        ("<target>Le Groupe a pris note.</target>", ""),
        ("<target><g id='1'>Le</g> <g id='1'>Groupe</g></target>", "."),
        ("<target><g id='99999999'>Le</g></target>", "no code number"),
        ("<target><g id='x'>Le</g></target>", "no code number"),
        ("<target><g>Le</g></target>", "no code number"),
        ("<target><x id='1'/><ex id='1'/></target>", ""),
    ],
)
def test_codes_that_a_program_broke_cost_one_text(french: Translation, target: str, sentence: str) -> None:
    content = edited(
        saved(french), lambda unit: replace(unit, "target", target.replace("<target", '<target state="final"', 1))
    )
    line, text = read(french, content)
    if sentence:
        assert (line.outcome.value, text) == ("refused", "")
        assert sentence in line.detail
    else:  # codes or words are lost: its translator has to look at it
        assert line.outcome.value == "taken"
        assert line.detail


PO_HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_catalogue_of_an_editor(french: Translation, ends: str) -> None:
    """With plural forms, obsolete entries, former sources, references and comments of its own."""
    text = saved(french, "po").decode()
    text = text.replace('msgid "To meet."\nmsgstr ""', 'msgid "To meet."\nmsgstr "Se réunir."')
    text = text.replace('msgid "A note."\nmsgstr ""', 'msgid "A note."\nmsgstr "Une note."').replace(
        "#. version 0\nmsgctxt", "#. version 0\n#: file.html:3\n# A remark\nmsgctxt"
    )
    text += (
        '\n#, fuzzy\n#| msgid "Old"\nmsgctxt "elsewhere"\nmsgid "New"\nmsgstr "Neuf"\n'
        '\nmsgid "%d day"\nmsgid_plural "%d days"\nmsgstr[0] "%d jour"\nmsgstr[1] "%d jours"\n'
        '\n#~ msgid "Gone"\n#~ msgstr "Parti"\n'
    )
    lines = taken(french, ("\ufeff" + text.replace("\n", ends)).encode(), confirm=True)
    assert line_of(lines, "To meet.").outcome.value == "confirmed"
    assert row_of(french, "A note").target == "Une note."
    refused = {line.text: line.detail for line in lines if line.outcome.value == "refused"}
    assert set(refused) == {"New", "%d day"}
    assert all(refused.values())


def test_a_fuzzy_entry_is_a_draft(french: Translation) -> None:
    text = saved(french, "po").decode()
    text = text.replace('msgid "To meet."\nmsgstr ""', 'msgid "To meet."\nmsgstr "Se réunir."')
    place = text.index("msgctxt", text.rindex("\n\n", 0, text.index("Se réunir.")))
    lines = taken(french, (text[:place] + "#, fuzzy, no-wrap\n" + text[place:]).encode(), confirm=True)
    assert line_of(lines, "To meet.").outcome.value == "taken"


def test_memories_of_other_programs_fill_a_page(french: Translation) -> None:
    units = (
        '<tu><tuv xml:lang="DE"><seg>Anmerkung.</seg></tuv><tuv xml:lang="FR-CH"><seg>Note.</seg></tuv></tu>'
        '<tu tuid="x"><prop type="client">A</prop><note>n</note><tuv xml:lang="EN-GB" creationid="B"><prop type="p">1'
        '</prop><seg>To meet.</seg></tuv><tuv xml:lang="FR-FR"><seg>Se <hi>réunir</hi>.</seg></tuv></tu>'
        '<tu><tuv xml:lang="en"><seg>A note.</seg></tuv><tuv xml:lang="fr"><seg>Une '
        '<it pos="begin">x</it>note.</seg></tuv></tu>'
    )
    content = f'<tmx version="1.4"><header srclang="*all*"/><body>{units}</body></tmx>'.encode()
    lines = take(french, read_file(content, head_of(french)), None, confirm=True)
    assert row_of(french, "To meet").target == "Se réunir."
    assert [line.outcome.value for line in lines] == ["taken", "refused"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "iso-8859-1"])
@pytest.mark.parametrize("form", ["xlf", "xliff", "tmx"])
def test_a_file_saved_in_another_encoding_is_read(french: Translation, form: str, encoding: str) -> None:
    put(french, "Report", "Rapport")  # a memory holds what is finished
    text = saved(french, form).decode()
    named = text.replace("encoding='UTF-8'", f"encoding='{'utf-8' if encoding == 'utf-8-sig' else encoding}'")
    content = named.encode(encoding, "xmlcharrefreplace")
    assert read_file(content).head.page == str(french.source.object_id)


@pytest.mark.parametrize("form", ["xlf", "xliff", "po", "tmx"])
def test_a_file_that_was_cut_off_gets_a_sentence_or_gives_what_is_whole(french: Translation, form: str) -> None:
    content, told = saved(french, form), list[str]()
    for part in range(1, 20):
        try:
            lines = taken(french, content[: len(content) * part // 20])
        except FileRefusedError as error:
            told.append(str(error))
        else:
            told += [line.outcome.value for line in lines]
    assert told
    assert all(words.endswith((".", "open", "refused", "unchanged")) for words in told)
