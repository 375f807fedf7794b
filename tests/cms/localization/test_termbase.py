"""The glossary in files: there and back without loss, and files that are broken or hostile get a sentence."""

import csv
import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from lxml import etree

from cms.localization.foreign import FileRefusedError
from cms.localization.glossary.termbase import table, tbx
from cms.localization.glossary.termbase.taking import Line, Outcome, read_file, take
from cms.localization.models import Term, TermName
from cms.processes.models import Process
from tests import factories
from tests.cms.localization.test_terms import term

pytestmark = pytest.mark.django_db

Use = TermName.Use
Facts = dict[str, Any]


@pytest.fixture
def process() -> Process:
    made: Process = factories.ProcessFactory(code="kp")
    return made


def plant(process: Process | None) -> None:
    """Two terms with everything that a term may have."""
    one = term(process, en=["focal point", "contact point"], fr="point focal", ar="جهة الاتصال", zh="联络点")
    one.names.add(TermName(language="fr", text="correspondant", use=Use.FORBIDDEN, sort_order=9))
    one.source, one.note = "Rules <2> & 3", "=One per state.\nNever two."
    one.save()
    term(process, en="-5 °C limit", ru="предел")


def facts(process: Process | None) -> list[Facts]:
    """Everything that the glossary says, without ids."""
    return [
        {
            "names": sorted((name.language, name.text, name.use) for name in one.names.all()),
            "source": one.source,
            "note": " ".join(one.note.split()),
        }
        for one in Term.objects.filter(process=process).order_by("pk")
    ]


def saved(form: str, process: Process | None) -> bytes:
    terms = Term.objects.filter(process=process).order_by("pk").prefetch_related("names")
    return tbx.write(terms, "Glossary") if form == "tbx" else table.write(terms).encode()


def outcomes(lines: list[Line]) -> list[str]:
    return [line.outcome.value for line in lines]


@pytest.mark.parametrize("form", ["tbx", "csv"])
def test_there_and_back_nothing_is_lost(form: str, process: Process) -> None:
    plant(process)
    before = facts(process)
    content = saved(form, process)
    assert outcomes(take(read_file(f"g.{form}", content), process, None)) == ["same", "same"]
    Term.objects.all().delete()
    assert outcomes(take(read_file(f"g.{form}", content), process, None)) == ["added", "added"]
    assert facts(process) == before
    other = factories.ProcessFactory()
    assert outcomes(take(read_file(f"g.{form}", content), other, None)) == ["added", "added"]
    assert facts(other) == facts(process) == before


def test_what_the_file_says_of_a_language_takes_its_place_and_the_rest_stays(process: Process) -> None:
    plant(process)
    content = b"en;fr;fr_forbidden;note\nfocal point;point de liaison;contact | interlocuteur;\n"
    (line,) = take(read_file("g.csv", content), process, None)
    assert line.outcome == Outcome.CHANGED
    one = Term.objects.get(names__text="point de liaison")
    assert sorted(one.names.filter(language="fr").values_list("text", flat=True)) == [
        "contact",
        "interlocuteur",
        "point de liaison",
    ]
    assert one.names.filter(language="ar", text="جهة الاتصال").exists()
    # The file names one English name: "contact point", another one, is gone.
    assert list(one.names.filter(language="en").values_list("text", flat=True)) == ["focal point"]
    assert one.note.startswith("=One per state.")


def test_a_line_that_cannot_be_taken_keeps_none_of_the_others_back(process: Process) -> None:
    plant(process)
    rows = [
        "en,fr,id",
        "secretariat,secrétariat,",
        "…,,",
        f"{'x' * 300},,",
        ",,",
        "focal point,point focal,nonsense",
        "Focal Point,encore,",
    ]
    lines = take(read_file("g.csv", "\n".join(rows).encode()), process, None)
    assert outcomes(lines) == ["added", "refused", "refused", "changed", "refused"]
    assert [line.place for line in lines] == ["Line 2", "Line 3", "Line 4", "Line 6", "Line 7"]
    assert lines[1].detail == "A name needs letters or figures."
    assert lines[2].detail.endswith("is too long: at most 250 characters.")
    assert lines[3].detail == "“nonsense” is no id of this glossary."
    assert lines[4].detail == "The file has it twice: Line 6."


def test_names_of_two_terms_and_a_locked_term_are_refused(process: Process) -> None:
    first, second = term(process, en="chair", fr="président"), term(process, en="bureau", fr="bureau")
    lines = take(read_file("g.csv", b"en,fr\nchair,bureau\n"), process, None)
    assert lines[0].detail == "Its names belong to different terms of the glossary."
    second.locked, second.locked_by = True, factories.UserFactory()
    second.save()
    lines = take(read_file("g.csv", b"en,es\nbureau,mesa\n"), process, factories.UserFactory())
    assert lines[0].detail == "It is locked in the glossary."
    assert first.names.count() == 2


def test_a_table_is_no_program(process: Process) -> None:
    plant(process)
    rows = list(csv.DictReader(io.StringIO(saved("csv", process).decode("utf-8-sig"))))
    assert rows[0]["note"].startswith("'=One")
    assert rows[1]["en"] == "'-5 °C limit"


def test_files_of_terminology_programs_are_read(process: Process) -> None:
    """Version 2 with its document type, and version 3 in the style that names elements for their meaning."""
    old = b"""<?xml version='1.0'?><!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
    <martif type="TBX-Basic" xml:lang="en"><text><body><termEntry id="eid-1">
      <note>Of states.</note>
      <langSet xml:lang="en-US"><tig><term>focal <hi>point</hi></term></tig>
        <tig><term>contact man</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
      </langSet>
      <langSet xml:lang="zh-CN"><ntig><termGrp><term>\xe8\x81\x94\xe7\xbb\x9c\xe7\x82\xb9</term></termGrp></ntig>
      </langSet>
      <langSet xml:lang="de"><tig><term>Anlaufstelle</term></tig></langSet>
    </termEntry></body></text></martif>"""
    (line,) = take(read_file("old.tbx", old), process, None)
    assert (line.outcome, line.detail) == (Outcome.ADDED, "“de” is no language of this site.")
    assert facts(process) == [
        {
            "names": [
                ("en", "contact man", "forbidden"),
                ("en", "focal point", "preferred"),
                ("zh-hans", "联络点", "preferred"),
            ],
            "source": "",
            "note": "Of states.",
        }
    ]
    new = b"""<tbx type="TBX-Min" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
      xmlns:min="http://www.tbxinfo.net/ns/min"><text><body><conceptEntry id="1"><langSec xml:lang="fr">
      <termSec><term>secr\xc3\xa9tariat</term><min:administrativeStatus>admittedTerm-admn-sts</min:administrativeStatus>
      </termSec></langSec></conceptEntry></body></text></tbx>"""
    take(read_file("new.xml", new), process, None)
    assert TermName.objects.get(text="secrétariat").use == Use.ADMITTED


def test_what_is_written_is_what_the_standard_asks_for(process: Process) -> None:
    plant(process)
    root = etree.fromstring(saved("tbx", process))
    space = {"t": tbx.NAMESPACE}
    assert root.tag == f"{{{tbx.NAMESPACE}}}tbx"
    assert root.get("style") == "dca"
    assert [one.get(tbx.XML_LANG) for one in root.iterfind(".//t:conceptEntry[1]/t:langSec", space)] == [
        "en",
        "fr",
        "ar",
        "zh-Hans",
    ]
    assert root.findtext(".//t:admin[@type='source']", namespaces=space) == "Rules <2> & 3"


HOSTILE = {
    "a thousand laughs": b"""<!DOCTYPE tbx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><tbx>&b;</tbx>""",
    "a file of the machine": b"""<!DOCTYPE tbx [<!ENTITY a SYSTEM "file:///etc/hostname">]><tbx>&a;</tbx>""",
    "the same in UTF-16": """<!DOCTYPE tbx [<!ENTITY a SYSTEM "file:///etc/hostname">]><tbx>&a;</tbx>""".encode(
        "utf-16"
    ),
    "very deep": b"<tbx>" + b"<x>" * 5_000 + b"</x>" * 5_000 + b"</tbx>",
    "half a file": b"<tbx><text><body><conceptEntry>",
    "a web page": b"<!doctype html><html><body><p>Hello</p></body></html>",
    "another XML": b"<xliff/>",
    "no terms": b"<tbx><text><body/></text></tbx>",
    "nothing": b"  \n",
    "no table": b"\xff\xfe\x00\x01",
    "no columns": b"first,second\na,b\n",
    "no language": b"id,note\n,b\n",
    "a column twice": b"en,en\na,b\n",
    "an open quotation": b'en,fr\n"a,b\n',
    "a picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "too large": b"<tbx>" + b" " * (10 * 1024 * 1024),
    "NULs": b"\x00" * 50,
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("called", ["g.tbx", "g.csv"])
def test_a_hostile_or_foreign_file_gets_a_sentence(name: str, called: str) -> None:
    with pytest.raises(FileRefusedError) as refusal:
        take(read_file(called, HOSTILE[name]), None, None)
    assert str(refusal.value).endswith(".")


def test_control_characters_do_not_spoil_a_file(process: Process) -> None:
    one = term(process, en="secretariat")
    Term.objects.filter(pk=one.pk).update(note="a\x0bb\ufffe")
    assert b"ab" in saved("tbx", process)


def test_taking_many_terms_takes_few_queries(process: Process, django_assert_max_num_queries: Any) -> None:
    content = ("en,fr\n" + "".join(f"notion {n},idée {n}\n" for n in range(400))).encode()
    with django_assert_max_num_queries(40):
        take(read_file("g.csv", content), process, None)
    changed = content.replace("idée".encode(), b"notion")
    with django_assert_max_num_queries(40):
        lines = take(read_file("g.csv", changed), process, None)
    assert set(outcomes(lines)) == {"changed"}
    assert Term.objects.count() == 400


def test_the_command_takes_a_file_and_says_what_became_of_it(process: Process, tmp_path: Any) -> None:
    path = tmp_path / "g.csv"
    path.write_text("en,fr\nchair,président\n…,\n")
    out, err = io.StringIO(), io.StringIO()
    call_command("import_glossary", str(path), "--process", "kp", stdout=out, stderr=err)
    assert out.getvalue() == "Glossary: 1 added, 0 changed, 0 same, 1 refused.\n"
    assert "Line 3" in err.getvalue()
    assert Term.objects.get().process == process
    with pytest.raises(CommandError, match="There is no process"):
        call_command("import_glossary", str(path), "--process", "nowhere")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_glossary", str(tmp_path / "missing.csv"))


def test_stems_are_written_anew_after_the_rules_have_changed(process: Process) -> None:
    term(process, en="working groups")
    TermName.objects.update(stems="old", first_stem="old")
    out = io.StringIO()
    call_command("stem_glossary", stdout=out)
    assert "1 names have other stems now." in out.getvalue()
    assert TermName.objects.get().stems == "work group"
