"""An officer's import: files put in, read, filed as drafts, undone; each by who may, and nothing twice."""

import datetime
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
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
from tests.documents.importing.mastheads import ENGLISH, FRENCH, RUSSIAN
from tests.documents.imports_admin.steps import (
    LIST,
    NEW,
    SYMBOL,
    act,
    address,
    file_all,
    pdf,
    put_in,
    row_fields,
    states,
    stored_files,
    text_file,
)
from tests.records import World, plant_world
from tests.tree import Tree

pytestmark = pytest.mark.django_db

HOSTILE = {
    "empty.txt": b"",
    "picture.pdf": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
    "page.txt": b"<!DOCTYPE html><html><body>There is no document.</body></html>",
    "binary.txt": bytes(range(256)) * 64,
}


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
