"""An officer's import: files put in, read, reviewed, filed as drafts, undone; each by who may, and nothing twice."""

import datetime
import io
import zipfile
from collections.abc import Iterable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import ModelLogEntry

from cms.meetings.models import Session
from documents.batches.assessing import symbol_in_name
from documents.batches.tasks import STALE, begin
from documents.models import (
    DocumentFile,
    DocumentRelation,
    ImportBatch,
    ImportItem,
    LanguageVersion,
    OfficialDocument,
    ReportPage,
)
from tests import factories, people
from tests.documents.importing.mastheads import ENGLISH, FRENCH, RUSSIAN, Printed
from tests.documents.importing.pdf_files import SCAN, pages
from tests.records import World, plant_world
from tests.tree import Tree, plant_body, plant_process, plant_session

pytestmark = pytest.mark.django_db

SYMBOL = "CTOC/COP/2032/7"
NEW, LIST = "new_document_import", "document_imports"


@pytest.fixture
def session(tree: Tree) -> Session:
    """The conference's twelfth session, with pages in English and Russian and two items on its agenda."""
    process = factories.ProcessFactory(code="untoc", symbol_heads=["CTOC/COP"])
    body = factories.WorkingGroupFactory(process=process, code="cop", symbol_head="CTOC/COP")
    session = factories.SessionFactory(
        working_group=body,
        number=12,
        code="12",
        starts_on=datetime.date(2032, 3, 8),
        ends_on=datetime.date(2032, 3, 12),
    )
    for number in ("3", "4", "4 (b)"):
        factories.AgendaItemFactory(session=session, number=number)
    plant_session(plant_body(plant_process(tree, process), body), session)
    return session


@pytest.fixture
def officer(client: Client, session: Session) -> Client:
    client.force_login(people.editor_of(session.process))
    return client


def text_file(printed: Printed, name: str = "", **replaced: str) -> SimpleUploadedFile:
    text = printed.text
    for old, new in replaced.items():
        text = text.replace(old.replace("_", " "), new)
    return SimpleUploadedFile(name or f"{printed.language}.txt", text.encode())


def put_in(client: Client, session: Session, files: Iterable[SimpleUploadedFile]) -> ImportBatch:
    """Puts files in as the form does; they have been read when it returns, since tests work at once."""
    fields = {"process": session.process.pk, "access": "public", "uploads": list(files)}
    response = client.post(reverse(NEW), fields)
    assert response.status_code == 302, response.context["form"].errors
    batch = ImportBatch.objects.latest("pk")
    assert response.url == address(batch)
    return batch


def address(batch: ImportBatch) -> str:
    return reverse("document_import", args=[batch.pk])


def row_fields(client: Client, batch: ImportBatch) -> dict[str, Any]:
    """What a browser would post from the review as it stands."""
    page = BeautifulSoup(client.get(address(batch)).content, "html.parser")
    fields: dict[str, Any] = {}
    elements: Any = page.select("fieldset input, fieldset textarea, fieldset select")
    for element in elements:
        if element.get("type") == "checkbox":
            if element.has_attr("checked"):
                fields[element["name"]] = "on"
        elif element.name == "select":
            chosen = element.find("option", selected=True)
            fields[element["name"]] = chosen["value"] if chosen else ""
        else:
            fields[element["name"]] = element.get("value", "") if element.name == "input" else element.text.strip()
    return fields


def act(client: Client, batch: ImportBatch, action: str, **changes: str) -> Any:
    fields = row_fields(client, batch) | {name.replace("__", "-"): value for name, value in changes.items()}
    return client.post(address(batch), {**fields, "action": action})


def file_all(client: Client, batch: ImportBatch, capture: DjangoCaptureOnCommitCallbacks) -> None:
    with capture(execute=True):
        assert act(client, batch, "create").status_code == 302


def states(batch: ImportBatch) -> dict[str, str]:
    return dict(batch.items.values_list("name", "state"))


def stored_files() -> set[str]:
    storage = storages["documents"]
    return set(storage.listdir("imports")[1]) if storage.exists("imports") else set()


def test_files_are_read_reviewed_and_filed_as_drafts(
    officer: Client, session: Session, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    before = stored_files()
    batch = put_in(officer, session, [text_file(ENGLISH), text_file(RUSSIAN)])
    assert states(batch) == {"en.txt": "ready", "ru.txt": "ready"}
    assert not OfficialDocument.objects.exists()
    html = officer.get(address(batch)).content.decode()
    assert "New document" in html
    assert ENGLISH.title in html
    file_all(officer, batch, django_capture_on_commit_callbacks)
    document = OfficialDocument.objects.get()
    assert (document.symbol, document.session, document.date) == (SYMBOL, session, datetime.date(2032, 2, 1))
    assert sorted(item.number for item in document.agenda_items.all()) == ["3", "4 (b)"]
    assert {version.language: version.state for version in document.versions.all()} == {"en": "held", "ru": "held"}
    assert [page.live for page in ReportPage.objects.all()] == [False, False]
    assert states(batch) == {"en.txt": "created", "ru.txt": "added"}
    logged = ModelLogEntry.objects.filter(action="wagtail.create", object_id=str(document.pk)).first()
    assert logged is not None
    assert logged.user is not None
    assert stored_files() == before


def test_what_is_corrected_in_the_review_is_what_is_filed(
    officer: Client, session: Session, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    batch = put_in(officer, session, [text_file(ENGLISH), text_file(FRENCH)])
    english, french = batch.items.order_by("pk")
    act(
        officer,
        batch,
        "save",
        **{f"item__{english.pk}__title": "Another title", f"item__{english.pk}__symbol": "CTOC/COP/2032/8"},
    )
    fields = row_fields(officer, batch)
    fields.pop(f"item-{french.pk}-included")
    with django_capture_on_commit_callbacks(execute=True):
        officer.post(address(batch), {**fields, "action": "create"})
    version = LanguageVersion.objects.get()
    assert (version.title, version.document.symbol) == ("Another title", "CTOC/COP/2032/8")
    assert states(batch) == {"en.txt": "created", "fr.txt": "ready"}


def test_a_wrong_row_is_said_by_field_and_the_others_are_saved(officer: Client, session: Session) -> None:
    batch = put_in(officer, session, [text_file(ENGLISH), text_file(FRENCH)])
    english, french = batch.items.order_by("pk")
    changes = {
        f"item__{english.pk}__date": "the first of May",
        f"item__{english.pk}__agenda_items": "17",
        f"item__{english.pk}__title": "A title that is not lost",
        f"item__{french.pk}__title": "Un autre titre",
    }
    response = act(officer, batch, "create", **changes)
    html = response.content.decode()
    assert "This session has no agenda item 17." in html
    assert "Enter a valid date." in html
    assert "A title that is not lost" in html
    french.refresh_from_db()
    assert french.facts["title"] == "Un autre titre"
    batch.refresh_from_db()
    assert batch.state == "review"
    assert not OfficialDocument.objects.exists()


HOSTILE = {
    "empty.txt": b"",
    "picture.pdf": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
    "page.txt": b"<!DOCTYPE html><html><body>There is no document.</body></html>",
    "binary.txt": bytes(range(256)) * 64,
}


def docm() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("[Content_Types].xml", "<Types>wordprocessingml.document.main+xml</Types>")
        package.writestr("word/vbaProject.bin", "macro")
    return buffer.getvalue()


def test_bad_files_are_refused_one_by_one_and_the_good_ones_kept(officer: Client, session: Session) -> None:
    bad = [SimpleUploadedFile(name, content) for name, content in {**HOSTILE, "macro.docx": docm()}.items()]
    name = "../../<script>alert(1)</script>\u202e.txt"
    good = [text_file(ENGLISH, name), text_file(ENGLISH, "twice.txt")]
    batch = put_in(officer, session, [*bad, *good])
    refused = {item.name: item.reason for item in batch.items.filter(state="refused")}
    assert set(refused) == {*HOSTILE, "macro.docx", "twice.txt"}
    assert all(reason.endswith(".") for reason in refused.values()), refused
    html = officer.get(address(batch)).content.decode()
    assert "<script>alert(1)" not in html
    assert "\u202e" not in html
    kept = batch.items.exclude(state="refused").get()
    assert kept.file.name.startswith("imports/")


def test_no_files_is_a_message(officer: Client, session: Session) -> None:
    response = officer.post(reverse(NEW), {"process": session.process.pk, "access": "public"})
    assert response.status_code == 200
    assert "Choose the files to import." in response.content.decode()
    assert not ImportBatch.objects.exists()


def test_the_same_content_again_is_a_conflict_and_nothing_doubles(
    officer: Client, session: Session, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    file_all(officer, put_in(officer, session, [text_file(ENGLISH)]), django_capture_on_commit_callbacks)
    again = put_in(officer, session, [text_file(ENGLISH, "again.txt")])
    assert "The same content is there already" in officer.get(address(again)).content.decode()
    file_all(officer, again, django_capture_on_commit_callbacks)
    assert states(again) == {"again.txt": "conflict"}
    assert (OfficialDocument.objects.count(), DocumentFile.objects.count(), ReportPage.objects.count()) == (1, 1, 1)


def test_conflicts_are_shown_before_anything_is_filed(officer: Client, session: Session) -> None:
    there = factories.OfficialDocumentFactory(symbol=SYMBOL, process=session.process)
    version = factories.LanguageVersionFactory(document=there, language="en", state="held")
    factories.DocumentFileFactory(version=version)
    factories.OfficialDocumentFactory(symbol="CTOC/COP/2032/9")
    files = [
        text_file(ENGLISH, "CTOC_COP_2032_6.txt"),
        text_file(FRENCH, "body.txt", **{"CTOC/COP/2032/7": "CTOC/XYZ/2032/7"}),
        text_file(RUSSIAN, "foreign.txt", **{"CTOC/COP/2032/7": "CTOC/COP/2032/9"}),
    ]
    batch = put_in(officer, session, files)
    html = BeautifulSoup(officer.get(address(batch)).content, "html.parser").text
    assert "There is another text with this symbol and language" in html
    assert "The file's name says CTOC/COP/2032/6." in html
    assert "No body of this process has symbols that begin like this." in html
    assert "CTOC/COP/2032/9 belongs to another process." in html


def test_a_conflict_is_not_hidden_among_differences_between_languages(officer: Client, session: Session) -> None:
    there = factories.OfficialDocumentFactory(symbol=SYMBOL, process=session.process, date=datetime.date(1999, 1, 1))
    version = factories.LanguageVersionFactory(document=there, language="en", state="held")
    factories.DocumentFileFactory(version=version)
    batch = put_in(officer, session, [text_file(ENGLISH)])

    html = BeautifulSoup(officer.get(address(batch)).content, "html.parser").text
    assert "There is another text with this symbol and language" in html
    assert "this file" not in html


def test_a_file_without_a_title_is_not_filed_and_the_others_are(
    officer: Client, session: Session, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    batch = put_in(officer, session, [text_file(ENGLISH), text_file(FRENCH)])
    english = batch.items.get(name="en.txt")
    act(officer, batch, "save", **{f"item__{english.pk}__title": ""})
    file_all(officer, batch, django_capture_on_commit_callbacks)

    assert states(batch) == {"en.txt": "ready", "fr.txt": "created"}
    assert "Give its title." in officer.get(address(batch)).content.decode()


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("CTOC_COP_2020_3.ru.pdf", "CTOC/COP/2020/3"),
        ("CTOC_COP_WG.10_2019_5.docx", "CTOC/COP/WG.10/2019/5"),
        ("A_79_716-E.docx", "A/79/716"),
        ("A_79_716_Add.1.pdf", "A/79/716/Add.1"),
        ("report of the meeting.pdf", ""),
    ],
)
def test_symbols_in_file_names_are_found(name: str, symbol: str) -> None:
    assert symbol_in_name(name) == symbol


def test_another_format_joins_the_version_that_is_there(
    officer: Client, session: Session, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    there = factories.OfficialDocumentFactory(symbol=SYMBOL, process=session.process)
    version = factories.LanguageVersionFactory(document=there, language="en", state="held")
    pdf = DocumentFile(version=version, format="pdf", sha256="0" * 64)
    pdf.file.name = "documents/none.pdf"
    pdf.save()
    batch = put_in(officer, session, [text_file(ENGLISH)])
    assert "Further format of" in officer.get(address(batch)).content.decode()
    file_all(officer, batch, django_capture_on_commit_callbacks)
    assert sorted(version.files.values_list("format", flat=True)) == ["pdf", "txt"]


def test_languages_that_do_not_match_are_named(officer: Client, session: Session) -> None:
    text = FRENCH.text.replace("1er février 2032", "2 février 2032")
    french = SimpleUploadedFile("fr.txt", text.encode())
    batch = put_in(officer, session, [text_file(ENGLISH), french])
    html = BeautifulSoup(officer.get(address(batch)).content, "html.parser").text
    assert "English has the date Feb. 1, 2032, French Feb. 2, 2032." in html


def test_a_released_version_takes_a_further_file_from_a_publisher_only(
    client: Client, session: Session, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    there = factories.OfficialDocumentFactory(symbol=SYMBOL, process=session.process)
    version = factories.LanguageVersionFactory(document=there, language="en", state="released")
    client.force_login(people.editor_of(session.process))
    batch = put_in(client, session, [text_file(ENGLISH)])
    file_all(client, batch, django_capture_on_commit_callbacks)
    assert states(batch) == {"en.txt": "conflict"}
    assert not version.files.exists()
    client.force_login(people.publisher_of(session.process))
    fields = row_fields(client, batch) | {f"item-{batch.items.get().pk}-included": "on"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address(batch), {**fields, "action": "create"})
    assert version.files.count() == 1


def test_undoing_takes_back_all_that_nobody_touched(
    officer: Client, session: Session, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    awaited = factories.OfficialDocumentFactory(symbol="CTOC/COP/2032/9", process=session.process)
    version = factories.LanguageVersionFactory(document=awaited, language="en", state="awaited", title="Expected")
    files = [
        text_file(ENGLISH),
        text_file(FRENCH),
        text_file(ENGLISH, "awaited.txt", **{"CTOC/COP/2032/7": "CTOC/COP/2032/9"}),
    ]
    batch = put_in(officer, session, files)
    file_all(officer, batch, django_capture_on_commit_callbacks)
    assert OfficialDocument.objects.count() == 2
    with django_capture_on_commit_callbacks(execute=True):
        officer.post(address(batch), {"action": "undo"})
    assert set(states(batch).values()) == {"undone"}
    assert OfficialDocument.objects.get() == awaited
    version.refresh_from_db()
    assert (version.state, version.title, version.origin) == ("awaited", "Expected", "written")
    assert not ReportPage.objects.exists()
    assert not DocumentFile.objects.exists()
    assert ModelLogEntry.objects.filter(action="wagtail.delete").exists()
    batch.refresh_from_db()
    assert batch.state == "undone"
    assert officer.get(address(batch)).status_code == 200


def test_undoing_leaves_what_was_changed_or_released_and_says_so(
    officer: Client, session: Session, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    batch = put_in(officer, session, [text_file(ENGLISH), text_file(FRENCH), text_file(RUSSIAN)])
    file_all(officer, batch, django_capture_on_commit_callbacks)
    released = LanguageVersion.objects.get(language="fr")
    released.state = "released"
    released.save()
    edited = ReportPage.objects.get(locale__language_code="ru")
    edited.title = "Changed"
    edited.save_revision()
    with django_capture_on_commit_callbacks(execute=True):
        officer.post(address(batch), {"action": "undo"})
    assert states(batch) == {"en.txt": "undone", "fr.txt": "added", "ru.txt": "added"}
    reasons = dict(batch.items.values_list("name", "reason"))
    assert reasons["fr.txt"] == "Left: it has been released."
    assert reasons["ru.txt"] == "Left: the web edition has been changed since."
    assert reasons["en.txt"] == "The document stays: it has other language versions."
    assert {version.language for version in LanguageVersion.objects.all()} == {"fr", "ru"}
    assert "Left: it has been released." in officer.get(address(batch)).content.decode()


@pytest.mark.parametrize("order", [1, -1], ids=["document first", "corrigendum first"])
def test_related_documents_are_undone_together_and_kept_for_a_relation_made_since(
    officer: Client,
    session: Session,
    order: int,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    files = [text_file(ENGLISH), text_file(ENGLISH, "corr.txt", **{"CTOC/COP/2032/7": "CTOC/COP/2032/7/Corr.1"})]
    batch = put_in(officer, session, files[::order])
    file_all(officer, batch, django_capture_on_commit_callbacks)
    first, corrigendum = OfficialDocument.objects.order_by("symbol")
    assert [relation.target for relation in corrigendum.relations.all()] == [first]
    other = factories.OfficialDocumentFactory(symbol="CTOC/COP/2032/99", process=session.process)
    relation = DocumentRelation.objects.create(source=other, target=corrigendum, kind="answers")
    again = put_in(officer, session, [text_file(ENGLISH, **{"CTOC/COP/2032/7": "CTOC/COP/2032/8"})])
    file_all(officer, again, django_capture_on_commit_callbacks)
    for undone in (batch, again):
        with django_capture_on_commit_callbacks(execute=True):
            officer.post(address(undone), {"action": "undo"})
    reason = "The document stays: another document has been related to it since."
    assert set(OfficialDocument.objects.all()) == {corrigendum, other}
    assert DocumentRelation.objects.get() == relation
    assert batch.items.get(name="corr.txt").reason == reason


def test_every_view_asks_for_the_process(client: Client, session: Session, tree: Tree) -> None:
    foreign: World = plant_world(tree, "other")
    batch = ImportBatch.objects.create(process=foreign.process)
    item = ImportItem.objects.create(batch=batch, name="a.txt", state="created", reading={}, facts={})
    client.force_login(people.editor_of(session.process))
    assert client.get(address(batch)).status_code == 404
    for action in ("save", "create", "undo", "remove", "again"):
        assert client.post(address(batch), {"action": action}).status_code == 404
    listed = client.get(reverse(LIST)).content.decode()
    assert address(batch) not in listed
    response = client.post(
        reverse(NEW), {"process": foreign.process.pk, "access": "public", "uploads": [text_file(ENGLISH)]}
    )
    assert response.status_code == 200
    assert "process" in response.context["form"].errors
    item.refresh_from_db()
    assert item.state == "created"
    client.force_login(people.translator_of("fr"))
    for name in (LIST, NEW):
        assert client.get(reverse(name)).status_code == 302
    assert reverse(LIST) not in client.get(reverse("wagtailadmin_home")).content.decode()
    client.force_login(people.archive_officer())
    assert client.get(address(batch)).status_code == 200
    assert reverse(LIST) in client.get(reverse("wagtailadmin_home")).content.decode()


def test_who_has_lost_the_right_files_nothing(
    officer: Client, session: Session, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    batch = put_in(officer, session, [text_file(ENGLISH)])
    stranger = factories.UserFactory()
    with django_capture_on_commit_callbacks(execute=True):
        begin(batch, "creating", stranger)
    assert states(batch) == {"en.txt": "conflict"}
    assert not OfficialDocument.objects.exists()


def test_a_file_that_is_gone_from_storage_costs_none_of_the_others(
    officer: Client, session: Session, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    batch = put_in(officer, session, [text_file(ENGLISH), text_file(FRENCH)])
    gone = batch.items.get(name="en.txt")
    gone.file.storage.delete(gone.file.name)
    file_all(officer, batch, django_capture_on_commit_callbacks)
    assert states(batch) == {"en.txt": "refused", "fr.txt": "created"}


def test_an_import_whose_worker_was_lost_is_begun_again(officer: Client, session: Session) -> None:
    batch = put_in(officer, session, [text_file(ENGLISH), text_file(FRENCH)])
    batch.items.filter(name="en.txt").update(state="reading", reading={}, facts={})
    ImportBatch.objects.filter(pk=batch.pk).update(state="reading", done=1, total=2)
    assert "Go on with the rest" not in officer.get(address(batch)).content.decode()
    assert officer.post(address(batch), {"action": "undo"}).status_code == 302
    ImportBatch.objects.filter(pk=batch.pk).update(moved_at=timezone.now() - 2 * STALE)
    html = officer.get(address(batch)).content.decode()
    assert "Go on with the rest" in html
    assert "1 of 2 files" in html
    officer.post(address(batch), {"action": "again"})
    assert states(batch) == {"en.txt": "ready", "fr.txt": "ready"}


def test_an_import_is_removed_with_its_files_when_nothing_of_it_is_filed(officer: Client, session: Session) -> None:
    before = stored_files()
    batch = put_in(officer, session, [text_file(ENGLISH)])
    assert len(stored_files()) == len(before) + 1
    officer.post(address(batch), {"action": "remove"})
    assert not ImportBatch.objects.exists()
    assert stored_files() == before


def count(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_a_long_review_and_a_long_list_take_no_more_queries(officer: Client, session: Session) -> None:
    batch = put_in(officer, session, [text_file(ENGLISH), text_file(FRENCH)])
    fill(batch, range(10))
    few = count(officer, address(batch)), count(officer, reverse(LIST))
    fill(batch, range(10, 200))
    assert (count(officer, address(batch)), count(officer, reverse(LIST))) == few
    assert max(few) <= 25, few


def fill(batch: ImportBatch, numbers: Iterable[int]) -> None:
    """Adds files whose documents are there, every fourth of them filed; and further imports."""
    model = batch.items.earliest("pk")
    for number in numbers:
        symbol = f"CTOC/COP/2032/{number + 100}"
        there = factories.OfficialDocumentFactory(symbol=symbol, process=batch.process)
        ImportItem.objects.create(
            batch=batch,
            name=f"{number}.txt",
            state="created" if number % 4 == 0 else "ready",
            document=there,
            version=factories.LanguageVersionFactory(document=there, state="held"),
            format="txt",
            reading=model.reading,
            facts={**model.facts, "symbol": symbol},
        )
        ImportBatch.objects.create(process=batch.process)


def pdf() -> bytes:
    """The smallest PDF file with a page; its text layer is empty, like a scan's."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )


def test_pages_of_which_nothing_was_read_are_named_in_the_review(officer: Client, session: Session) -> None:
    lines = [
        "UNITED NATIONS",
        SYMBOL,
        *[f"{n}. The Conference took note of the report of the body." for n in (1, 2, 3)],
    ]
    text = [(72.0, 72.0 + 20 * place, line, 11.0, "F1") for place, line in enumerate(lines)]
    broken = [(72.0, 72.0, "".join(chr(ord(letter) - 29) for letter in "It took note. " * 9), 9.0, "F4")]
    batch = put_in(officer, session, [SimpleUploadedFile("mixed.pdf", pages([text, SCAN, SCAN, text, SCAN, broken]))])
    html = officer.get(address(batch)).content.decode()
    assert "Pages that are pictures without text, of which nothing was read: 2-3, 5." in html
    assert "Pages of which nothing was read, since their fonts do not say which letters they show: 6." in html


def test_a_scan_shows_its_first_page_and_is_filed_by_hand(
    officer: Client, session: Session, tree: Tree, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    before = stored_files()
    batch = put_in(officer, session, [SimpleUploadedFile("scan.pdf", pdf())])
    item = batch.items.get()
    assert (item.state, item.included) == ("ready", False)
    assert item.reason.endswith(".")
    picture = reverse("document_import_picture", args=[item.pk])
    assert picture in officer.get(address(batch)).content.decode()
    assert b"".join(officer.get(picture).streaming_content).startswith(b"RIFF")
    stranger = Client()
    stranger.force_login(people.editor_of(plant_world(tree, "other").process))
    assert stranger.get(picture).status_code == 404
    changes = {"included": "on", "symbol": "CTOC/COP/1999/4", "language": "en", "title": "An old report"}
    fields = row_fields(officer, batch) | {f"item-{item.pk}-{name}": value for name, value in changes.items()}
    with item.picture.storage.open(item.picture.name, "ab") as stored:
        stored.write(b"told apart")
    with django_capture_on_commit_callbacks(execute=True):
        officer.post(address(batch), {**fields, "action": "create"})
    file = DocumentFile.objects.get(format="pdf")
    assert file.version.title == "An old report"
    assert file.pages == 1
    assert file.picture.read().endswith(b"told apart")  # the picture of the review, not one made again
    assert not ReportPage.objects.exists()
    assert stored_files() == before


def test_a_row_may_say_otherwise_who_may_read(
    officer: Client, session: Session, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    other = text_file(ENGLISH, "other.txt", **{"CTOC/COP/2032/7": "CTOC/COP/2032/8"})
    batch = put_in(officer, session, [text_file(ENGLISH), other])
    ImportBatch.objects.filter(pk=batch.pk).update(access="participants")
    older = batch.items.get(name="en.txt")
    older.facts.pop("access")  # as rows were kept before this could be said
    older.save()
    assert "As the import: Participants" in officer.get(address(batch)).content.decode()
    act(officer, batch, "save", **{f"item__{batch.items.get(name='other.txt').pk}__access": "staff"})
    file_all(officer, batch, django_capture_on_commit_callbacks)
    found = dict(OfficialDocument.objects.values_list("symbol", "access"))
    assert found == {SYMBOL: "participants", "CTOC/COP/2032/8": "staff"}


def test_who_may_read_a_document_that_is_there_is_not_changed_and_said(officer: Client, session: Session) -> None:
    factories.OfficialDocumentFactory(symbol=SYMBOL, process=session.process, access="staff")
    new = [text_file(printed, **{"CTOC/COP/2032/7": "CTOC/COP/2032/8"}) for printed in (FRENCH, RUSSIAN)]
    batch = put_in(officer, session, [text_file(ENGLISH), *new])
    act(officer, batch, "save", **{f"item__{batch.items.get(name='fr.txt').pk}__access": "staff"})
    html = BeautifulSoup(officer.get(address(batch)).content, "html.parser").text
    assert f"{SYMBOL} is there with the access “Staff”, which stays." in html
    assert "“ru.txt” is the same document with another access" in html


def test_two_officers_with_one_review_lose_nothing_of_each_other(officer: Client, session: Session) -> None:
    batch = put_in(officer, session, [text_file(ENGLISH), text_file(FRENCH)])
    english, french = (f"item-{item.pk}-title" for item in batch.items.order_by("pk"))
    first = {**row_fields(officer, batch), "action": "save"}
    officer.post(address(batch), {**first, english: "A title that the first one gave"})
    second = {**first, english: "A title that the second one gave", french: "Un autre titre"}
    answer = officer.post(address(batch), second)
    html = BeautifulSoup(answer.content, "html.parser")
    assert "Somebody else has changed this row since you opened it." in html.text
    assert "Title: A title that the first one gave" in html.text
    assert "A title that the second one gave" in html.text
    assert [item.facts["title"] for item in batch.items.order_by("pk")] == [
        "A title that the first one gave",
        "Un autre titre",
    ]
    marks = {str(field["name"]): str(field["value"]) for field in html.select("input[name$=-seen]")}
    officer.post(address(batch), {**second, **marks})
    assert batch.items.get(name="en.txt").facts["title"] == "A title that the second one gave"


def test_what_was_typed_in_a_row_that_was_filed_meanwhile_is_said_to_be_lost(
    officer: Client, session: Session, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    batch = put_in(officer, session, [text_file(ENGLISH), text_file(FRENCH)])
    fields = row_fields(officer, batch)
    fields.pop(f"item-{batch.items.get(name='fr.txt').pk}-included")
    file_all_of(officer, batch, {**fields, "action": "create"}, django_capture_on_commit_callbacks)
    fields[f"item-{batch.items.get(name='fr.txt').pk}-title"] = "Un autre titre"
    answer = officer.post(address(batch), {**fields, "action": "save"}, follow=True)
    assert "1 row is no longer to be reviewed" in answer.content.decode()
    assert batch.items.get(name="fr.txt").facts["title"] == "Un autre titre"


def file_all_of(client: Client, batch: ImportBatch, posted: Any, capture: DjangoCaptureOnCommitCallbacks) -> None:
    with capture(execute=True):
        client.post(address(batch), posted)


def test_a_row_is_saved_although_it_has_moved_to_another_page(
    officer: Client, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("documents.batches.review.PER_PAGE", 1)
    batch = put_in(officer, session, [text_file(ENGLISH), text_file(FRENCH)])
    second = batch.items.get(name="fr.txt")
    batch.items.filter(name="en.txt").update(state="created")
    fields = {f"item-{second.pk}-title": "Un autre titre", f"item-{second.pk}-kind": "note", "action": "save"}
    officer.post(f"{address(batch)}?p=2", fields)
    second.refresh_from_db()
    assert second.facts["title"] == "Un autre titre"


def test_files_that_cannot_be_filed_as_they_are_are_listed_first(officer: Client, session: Session) -> None:
    batch = put_in(officer, session, [text_file(ENGLISH), SimpleUploadedFile("scan.pdf", pdf())])
    page = BeautifulSoup(officer.get(address(batch)).content, "html.parser")
    [link] = page.select(".import-remarks a")
    assert link.text == "scan.pdf"
    assert page.select_one(str(link["href"])) is not None


def test_languages_are_compared_with_one_other_only(officer: Client, session: Session) -> None:
    """The original's text, or the first one's: what differs from it would be said of every pair otherwise."""
    second = next(line for line in FRENCH.text.split("\n") if line.strip().startswith("2."))
    french = SimpleUploadedFile("fr.txt", FRENCH.text.replace(second, "").encode())
    batch = put_in(officer, session, [text_file(ENGLISH), french, text_file(RUSSIAN)])
    for item in batch.items.all():
        item.facts["original_language"] = ""
        item.save()
    page = BeautifulSoup(officer.get(address(batch)).content, "html.parser")
    lines = [line.text for line in page.select("form li") if "missing" in line.text]
    assert lines == ["Paragraphs of English missing in French: 2."]
