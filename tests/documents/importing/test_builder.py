"""What an import leaves in the records, in the archive and on the site, and what it never does."""

import json
import os
from datetime import date
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from cms.meetings.models import Session
from cms.processes.models import Process
from documents.importing.builder import Outcome
from documents.importing.runs import Job, Plan, import_chunk
from documents.models import Citation, DocumentFile, LanguageVersion, OfficialDocument, ReportPage
from search.entries import all_entries
from tests import factories
from tests.documents.importing.docx_files import WordFile, cell, paragraph, run, table
from tests.documents.importing.mastheads import ENGLISH, RUSSIAN, Printed
from tests.tree import Tree, plant_body, plant_process, plant_session

SYMBOL = "CTOC/COP/2032/7"


@pytest.fixture
def session(tree: Tree) -> Session:
    """The conference's twelfth session, with pages in English and Russian and two items on its agenda."""
    process = factories.ProcessFactory(code="untoc", symbol_heads=["CTOC/COP"])
    body = factories.WorkingGroupFactory(process=process, code="cop", symbol_head="CTOC/COP")
    session = factories.SessionFactory(
        working_group=body, number=12, code="12", starts_on=date(2032, 3, 8), ends_on=date(2032, 3, 12)
    )
    for number in ("3", "4", "4 (b)"):
        factories.AgendaItemFactory(session=session, number=number)
    pages = plant_process(tree, process, ("en", "ru"))
    plant_session(plant_body(pages, body), session)
    return session


def file_of(folder: Path, printed: Printed, name: str = "") -> Path:
    path = folder / (name or f"{printed.language}.txt")
    path.write_text(printed.text, encoding="utf-8")
    return path


def imported(path: Path, *, publish: bool = False, process: Process | None = None) -> Outcome:
    [done] = import_chunk([Job(path.name, path)], Plan(process=process, publish=publish))
    return done.outcome


def test_an_import_files_the_facts_where_they_belong(session: Session, tmp_path: Path) -> None:
    assert imported(file_of(tmp_path, ENGLISH)).result == "created"
    document = OfficialDocument.objects.get(symbol=SYMBOL)
    assert (document.process.code, document.working_group, document.session) == (
        "untoc",
        session.working_group,
        session,
    )
    assert (document.date, document.distribution, document.original_language) == (date(2032, 2, 1), "limited", "es")
    assert sorted(item.number for item in document.agenda_items.all()) == ["3", "4 (b)"]
    version = document.versions.get()
    assert (version.language, version.title, version.origin) == ("en", ENGLISH.title, "imported")
    assert version.files.get().file.read() == ENGLISH.text.encode()
    assert "CTOC/COP/WG.9/2031/5" in Citation.objects.filter(document=document).values_list("symbol", flat=True)


def test_a_joint_document_is_known_by_each_of_its_symbols(session: Session, tmp_path: Path, client: Client) -> None:
    joint = f"{SYMBOL}–TEST/2032/230"
    path = tmp_path / "joint.txt"
    path.write_text(ENGLISH.text.replace(SYMBOL, joint), encoding="utf-8")
    assert imported(path, publish=True).result == "created"
    document = OfficialDocument.objects.get(symbol=SYMBOL)
    others = ["TEST/2032/230", f"{SYMBOL}-TEST/2032/230"]
    assert list(document.former_symbols.values_list("symbol", flat=True)) == others
    for symbol in others:
        response = client.get(f"/en/documents/{symbol}/")
        assert response.headers["Location"] == f"/en/documents/{SYMBOL}/"
    [entry] = [entry for entry in all_entries() if SYMBOL in entry.symbols]
    assert set(entry.symbols) == {SYMBOL, *others}


def test_a_symbol_of_another_document_is_left_to_it(session: Session, tmp_path: Path) -> None:
    factories.OfficialDocumentFactory(symbol="TEST/2032/230")
    path = tmp_path / "joint.txt"
    path.write_text(ENGLISH.text.replace(SYMBOL, f"{SYMBOL}–TEST/2032/230"), encoding="utf-8")
    assert imported(path).result == "created"
    document = OfficialDocument.objects.get(symbol=SYMBOL)
    assert [other.symbol for other in document.former_symbols.all()] == [f"{SYMBOL}-TEST/2032/230"]


def test_an_import_is_a_draft_that_nobody_sees(session: Session, tmp_path: Path, client: Client) -> None:
    imported(file_of(tmp_path, ENGLISH))
    page = ReportPage.objects.get(document__symbol=SYMBOL)
    assert not page.live
    assert page.has_unpublished_changes
    assert page.get_latest_revision() is not None
    assert page.get_parent().specific.session == session
    assert LanguageVersion.objects.get(document__symbol=SYMBOL).state == LanguageVersion.State.HELD
    assert client.get(f"/en/documents/{SYMBOL}/").status_code == 404


def test_a_released_import_is_read_at_its_address(session: Session, tmp_path: Path, client: Client) -> None:
    imported(file_of(tmp_path, ENGLISH), publish=True)
    response = client.get(f"/en/documents/{SYMBOL}/")
    html = response.content.decode()
    assert response.status_code == 200
    assert ENGLISH.title in html
    assert 'id="para-1"' in html
    assert "The Working Group met twice." in html
    page = ReportPage.objects.get(document__symbol=SYMBOL)
    assert page.live_revision is not None
    assert page.footnotes.count() == 2


def test_languages_find_their_document_and_share_its_paragraphs(session: Session, tmp_path: Path) -> None:
    imported(file_of(tmp_path, ENGLISH))
    outcome = imported(file_of(tmp_path, RUSSIAN))
    assert outcome.result == "added"
    assert OfficialDocument.objects.count() == 1
    english, russian = (ReportPage.objects.get(locale__language_code=code) for code in ("en", "ru"))
    assert english.translation_key == russian.translation_key
    assert [block.id for block in english.body] == [block.id for block in russian.body]
    assert [note.translation_key for note in english.footnotes.all()] == [
        note.translation_key for note in russian.footnotes.all()
    ]


def test_the_same_content_is_skipped(session: Session, tmp_path: Path) -> None:
    imported(file_of(tmp_path, ENGLISH))
    outcome = imported(file_of(tmp_path, ENGLISH, "again.txt"))
    assert outcome.result == "skipped"
    assert not outcome.is_trouble
    assert (OfficialDocument.objects.count(), DocumentFile.objects.count(), ReportPage.objects.count()) == (1, 1, 1)


def test_another_text_with_the_same_symbol_and_language_is_a_conflict_and_overwrites_nothing(
    session: Session, tmp_path: Path
) -> None:
    imported(file_of(tmp_path, ENGLISH), publish=True)
    other = tmp_path / "other.txt"
    other.write_text(ENGLISH.text.replace("met twice", "met three times"), encoding="utf-8")
    outcome = imported(other, publish=True)
    assert (outcome.result, outcome.document, outcome.language) == ("conflict", SYMBOL, "en")
    assert DocumentFile.objects.get().file.read() == ENGLISH.text.encode()
    page = ReportPage.objects.get()
    assert "met twice" in str(page.body)


def test_an_awaited_version_is_filled(session: Session, tmp_path: Path) -> None:
    document = factories.OfficialDocumentFactory(symbol=SYMBOL, process=session.process, session=session)
    awaited = factories.LanguageVersionFactory(document=document, language="en", state="awaited", title="")
    assert imported(file_of(tmp_path, ENGLISH), publish=True).result == "added"
    awaited.refresh_from_db()
    assert (awaited.state, awaited.title) == ("released", ENGLISH.title)
    assert awaited.is_released(timezone.now())
    assert awaited.files.count() == 1


def test_a_document_without_a_known_process_is_refused_and_leaves_nothing(tree: Tree, tmp_path: Path) -> None:
    outcome = imported(file_of(tmp_path, ENGLISH))
    assert outcome.result == "refused"
    assert "--process" in outcome.reason
    assert not OfficialDocument.objects.exists()


def test_a_document_of_another_process_is_not_taken_over(session: Session, tmp_path: Path) -> None:
    imported(file_of(tmp_path, ENGLISH))
    other = factories.ProcessFactory(code="other")
    assert imported(file_of(tmp_path, RUSSIAN), process=other).result == "refused"
    assert LanguageVersion.objects.count() == 1


def test_symbol_heads_are_whole_parts(session: Session, tmp_path: Path) -> None:
    stranger = tmp_path / "stranger.txt"
    stranger.write_text(ENGLISH.text.replace("CTOC/COP/2032", "CTOC/COPX/2032"), encoding="utf-8")
    assert imported(stranger).result == "refused"


def test_the_command_goes_on_after_bad_files_and_says_what_became_of_each(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file_of(tmp_path, ENGLISH)
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    (tmp_path / "page.txt").write_text("<!DOCTYPE html><html><body>There is no document.</body></html>")
    (tmp_path / "russian.txt").write_bytes(RUSSIAN.text.encode("windows-1251", errors="replace"))
    with pytest.raises(SystemExit) as ended:
        call_command("import_documents", tmp_path, json=True)
    assert ended.value.code == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    assert {line["file"]: line["result"] for line in lines} == {
        "en.txt": "created",
        "empty.txt": "refused",
        "picture.txt": "refused",
        "page.txt": "refused",
        "russian.txt": "added",
    }
    assert all(line["reason"].endswith(".") for line in lines if line["result"] == "refused")


def test_the_command_can_be_run_again(session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file_of(tmp_path, ENGLISH)
    file_of(tmp_path, RUSSIAN)
    call_command("import_documents", tmp_path)
    call_command("import_documents", tmp_path)
    assert "2 skipped" in capsys.readouterr().out
    assert (OfficialDocument.objects.count(), LanguageVersion.objects.count(), ReportPage.objects.count()) == (1, 2, 2)


def test_the_command_goes_on_after_paths_that_cannot_be_opened(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    good = file_of(tmp_path, ENGLISH)
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with caplog.at_level("INFO"), pytest.raises(SystemExit) as ended:
        call_command("import_documents", tmp_path / "loop", tmp_path / "none.txt", good)
    assert ended.value.code == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[:2] for line in lines[:3]] == [
        ["loop", " refused"],
        ["none.txt", " refused"],
        ["en.txt", " created"],
    ]
    assert not caplog.records  # one line a file, and nothing between them


def test_a_folder_that_cannot_be_opened_is_refused(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file_of(tmp_path, ENGLISH)
    closed = tmp_path / "closed"
    closed.mkdir()
    file_of(closed, RUSSIAN)
    scan = os.scandir

    def scan_open_ones(path: str) -> object:
        """What a folder without permissions does to everybody but root, as whom tests may run."""
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", scan_open_ones)
    with pytest.raises(SystemExit):
        call_command("import_documents", tmp_path)
    out = capsys.readouterr().out
    assert "closed: refused: " in out
    assert "1 created, 1 refused" in out


def test_a_dry_run_saves_nothing(session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file_of(tmp_path, ENGLISH)
    storage = storages["documents"]
    stored = storage.listdir("documents")[0] if storage.exists("documents") else []
    call_command("import_documents", tmp_path, dry_run=True)
    assert (storage.listdir("documents")[0] if storage.exists("documents") else []) == stored
    assert "created" in capsys.readouterr().out
    assert not OfficialDocument.objects.exists()
    assert not DocumentFile.objects.exists()


def test_an_unknown_process_or_an_empty_folder_is_said_in_one_line(session: Session, tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"There is no process .nowhere.*untoc"):
        call_command("import_documents", tmp_path, process="nowhere")
    with pytest.raises(SystemExit):
        call_command("import_documents", tmp_path)


def test_a_word_file_is_kept_as_one_and_its_tables_are_tables_on_the_page(
    session: Session, tmp_path: Path, client: Client
) -> None:
    prose = "The Conference of the Parties took note of the report on the work done during the year. " * 3
    span = '<w:gridSpan w:val="3"/>'
    file = WordFile(header=paragraph("CTOC/COP/2032/8")).add(paragraph("Report on contributions", style="Title1"))
    file.add(
        paragraph(prose, style="Numbered"),
        table(
            ["State", "Paid", "Due"],
            [cell("Western Europe", properties=span)],
            [cell(paragraph(run("Andorra"), file.note("Paid late."))), "2 & 3", cell("A/79/1", "and more")],
            widths=(3000, 3000, 3000),
            header_rows=1,
        ),
    )
    path = tmp_path / "report.docx"
    path.write_bytes(file.data())
    assert imported(path, publish=True).result == "created"
    kept = DocumentFile.objects.get()
    assert (kept.format, kept.file.read()) == ("docx", path.read_bytes())
    html = client.get("/en/documents/CTOC/COP/2032/8/").content.decode()
    assert '<th scope="col" role="columnheader">Paid</th>' in html
    assert '<th scope="row" role="rowheader" colspan="3">Western Europe</th>' in html
    assert '<td role="cell" data-label="Paid">2 &amp; 3</td>' in html
    assert "A/79/1<br/>and more</div></td>" in html.replace("</a>", "").replace("</span>", "")
    assert 'id="ref-fn1"' in html
    assert Citation.objects.get(symbol="A/79/1").anchor == "1-tab1"
    (entry,) = (entry for entry in all_entries() if entry.passages)
    assert any("Western Europe Andorra 2 & 3 A/79/1 and more" in passage.text for passage in entry.passages)
