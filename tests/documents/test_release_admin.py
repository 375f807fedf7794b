"""Forms of documents: what an editor of a process may decide, what only its publishers may, and whose records count."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cms.meetings.models import AgendaItem, Session
from cms.processes.models import WorkingGroup
from documents.models import DocumentFile, FormerSymbol, LanguageVersion, OfficialDocument
from tests import factories, people
from tests.records import World, admin_url, errors_of, list_url, save_form

pytestmark = pytest.mark.django_db
State = LanguageVersion.State


def released(version: LanguageVersion) -> LanguageVersion:
    version.state = State.RELEASED
    version.save()
    return version


@pytest.fixture
def editor(client: Client, world: World) -> Client:
    client.force_login(people.editor_of(world.process))
    return client


@pytest.fixture
def publisher(client: Client, world: World) -> Client:
    client.force_login(people.publisher_of(world.process))
    return client


# Release


def test_an_editor_writes_a_version_and_does_not_release_it(editor: Client, world: World) -> None:
    version = world.of(LanguageVersion)
    address = admin_url(version, "edit")
    assert errors_of(save_form(editor, address, title="Another title")) == {}
    refused = errors_of(save_form(editor, address, state=State.RELEASED))
    assert refused == {"state": ["Only a publisher of this process may release or withdraw a version."]}
    version.refresh_from_db()
    assert (version.title, version.state) == ("Another title", State.HELD)


def test_a_publisher_releases_and_withdraws(publisher: Client, world: World) -> None:
    version = world.of(LanguageVersion)
    for state in (State.RELEASED, State.WITHDRAWN, State.HELD):
        assert errors_of(save_form(publisher, admin_url(version, "edit"), state=state)) == {}
        version.refresh_from_db()
        assert version.state == state


def test_an_editor_does_not_end_an_embargo(editor: Client, world: World) -> None:
    version = released(world.of(LanguageVersion))
    refused = errors_of(save_form(editor, admin_url(version, "edit"), released_at="2020-01-01 00:00"))
    assert set(refused) == {"released_at"}


def test_an_editor_does_not_take_a_released_version_back(editor: Client, world: World) -> None:
    version = released(world.of(LanguageVersion))
    assert set(errors_of(save_form(editor, admin_url(version, "edit"), state=State.HELD))) == {"state"}
    assert set(errors_of(save_form(editor, admin_url(version, "edit"), state=State.WITHDRAWN))) == {"state"}


def test_an_editor_does_not_add_a_version_that_is_released_already(editor: Client, world: World) -> None:
    fields = {"document": world.of(OfficialDocument).pk, "language": "fr", "title": "Rapport", "state": State.RELEASED}
    assert set(errors_of(save_form(editor, list_url(LanguageVersion, "add"), **fields))) == {"state"}
    fields["state"] = State.AWAITED
    assert errors_of(save_form(editor, list_url(LanguageVersion, "add"), **fields)) == {}


def test_the_files_of_a_released_version_are_a_publishers(editor: Client, world: World) -> None:
    version = released(world.of(LanguageVersion))
    file = world.of(DocumentFile)
    upload = SimpleUploadedFile("new.txt", b"Another text")
    for change in ({"files__0__file": upload}, {"files__0__DELETE": "on"}, {"files__0__format": "pdf"}):
        assert "__all__" in errors_of(save_form(editor, admin_url(version, "edit"), **change)), change
    assert set(errors_of(save_form(editor, admin_url(file, "edit"), file=SimpleUploadedFile("x.txt", b"x")))) == {
        "__all__"
    }
    fields = {"version": version.pk, "format": "pdf", "file": SimpleUploadedFile("x.pdf", b"%PDF-1.4")}
    assert set(errors_of(save_form(editor, list_url(DocumentFile, "add"), **fields))) == {"__all__"}
    assert [one.pk for one in version.files.all()] == [file.pk]
    assert errors_of(save_form(editor, admin_url(version, "edit"), job_number="V.20-1")) == {}


def test_reverting_to_an_older_state_does_not_get_around_it(client: Client, world: World) -> None:
    version = released(world.of(LanguageVersion))
    while_released = version.save_revision()
    version.state = State.WITHDRAWN
    version.save()
    client.force_login(people.editor_of(world.process))
    address = admin_url(version, "revisions_revert", while_released.pk)
    assert set(errors_of(save_form(client, address))) == {"state"}
    version.refresh_from_db()
    assert version.state == State.WITHDRAWN


@pytest.mark.parametrize("model", [OfficialDocument, LanguageVersion, DocumentFile])
def test_what_is_released_is_deleted_by_publishers(model: Any, client: Client, world: World) -> None:
    released(world.of(LanguageVersion))
    record = world.of(model)
    client.force_login(people.editor_of(world.process))
    bulk = reverse("wagtail_bulk_action", args=["documents", model._meta.model_name, "delete"])
    client.post(admin_url(record, "delete"))
    client.post(f"{bulk}?id={record.pk}&next=/admin/")
    assert model.objects.filter(pk=record.pk).exists()
    client.force_login(people.publisher_of(world.process))
    client.post(admin_url(record, "delete"))
    assert not model.objects.filter(pk=record.pk).exists()


# Access


def test_only_a_publisher_opens_a_document_to_more_readers(client: Client, world: World) -> None:
    document = world.of(OfficialDocument)
    address = admin_url(document, "edit")
    client.force_login(people.editor_of(world.process))
    for access in ("participants", "staff"):
        assert errors_of(save_form(client, address, access=access)) == {}
    for access in ("participants", "public"):
        assert set(errors_of(save_form(client, address, access=access))) == {"access"}
    client.force_login(people.publisher_of(world.process))
    assert errors_of(save_form(client, address, access="public")) == {}


# Whose records


def test_a_document_does_not_move_to_a_foreign_process_or_session(editor: Client, world: World, foreign: World) -> None:
    document = world.of(OfficialDocument)
    address = admin_url(document, "edit")
    assert "process" in errors_of(save_form(editor, address, process=foreign.process.pk, session="", working_group=""))
    assert "session" in errors_of(save_form(editor, address, session=foreign.of(Session).pk))
    assert "working_group" in errors_of(save_form(editor, address, working_group=foreign.of(WorkingGroup).pk))
    assert "agenda_items" in errors_of(save_form(editor, address, agenda_items=[foreign.of(AgendaItem).pk]))
    document.refresh_from_db()
    assert document.process == world.process


@pytest.mark.parametrize("model", [LanguageVersion, FormerSymbol, DocumentFile])
def test_parts_of_a_document_are_added_to_own_documents_only(
    model: Any, editor: Client, world: World, foreign: World
) -> None:
    name = "version" if model is DocumentFile else "document"
    target = LanguageVersion if model is DocumentFile else OfficialDocument
    before = model.objects.count()
    refused = errors_of(save_form(editor, list_url(model, "add"), **{name: foreign.of(target).pk}))
    assert "belongs to a process that you do not work on" in refused[name][0]
    assert model.objects.count() == before


@pytest.mark.parametrize("model", [LanguageVersion, FormerSymbol, DocumentFile])
def test_a_part_of_a_document_stays_with_it(model: Any, editor: Client, world: World) -> None:
    """A released file moved to another document would be seen by that one's readers."""
    part = world.of(model)
    name = "version" if model is DocumentFile else "document"
    other: Any = factories.OfficialDocumentFactory(process=world.process)
    if model is DocumentFile:
        other = factories.LanguageVersionFactory(document=other, state=State.HELD)
    before = getattr(part, f"{name}_id")
    save_form(editor, admin_url(part, "edit"), **{name: other.pk})
    part.refresh_from_db()
    assert getattr(part, f"{name}_id") == before


def test_a_decision_of_another_process_can_be_cited_once_it_is_public(
    editor: Client, world: World, foreign: World
) -> None:
    body, decision = world.of(WorkingGroup), foreign.of(OfficialDocument)
    address = admin_url(body, "edit")
    chooser = OfficialDocument.snippet_viewset.citing_chooser_viewset
    chosen = reverse(chooser.get_url_name("chosen"), args=[decision.pk])
    assert reverse(chooser.get_url_name("choose")) in editor.get(address).content.decode()
    assert editor.get(chosen, follow=True).status_code == 404
    assert "established_by" in errors_of(save_form(editor, address, established_by=decision.pk))

    released(foreign.of(LanguageVersion))
    assert editor.get(chosen).status_code == 200
    assert errors_of(save_form(editor, address, established_by=decision.pk)) == {}

    decision.access = "staff"
    decision.save()
    assert editor.get(chosen, follow=True).status_code == 404
    assert errors_of(save_form(editor, address, name="Renamed")) == {}


def test_agenda_items_are_those_of_the_session_and_of_the_one_it_reports_to(editor: Client, world: World) -> None:
    document = world.of(OfficialDocument)
    receiving = factories.SessionFactory(working_group=world.of(WorkingGroup), code="cop")
    elsewhere = factories.AgendaItemFactory(session=factories.SessionFactory(working_group=world.of(WorkingGroup)))
    its_item = factories.AgendaItemFactory(session=receiving)
    Session.objects.filter(pk=document.session_id).update(transmitted_to=receiving)
    html = editor.get(admin_url(document, "edit")).content.decode()
    offered = {item.pk for item in AgendaItem.objects.all() if f'name="agenda_items" value="{item.pk}"' in html}
    assert offered == {world.of(AgendaItem).pk, its_item.pk}
    address = admin_url(document, "edit")
    assert errors_of(save_form(editor, address, agenda_items=[its_item.pk])) == {}
    assert list(document.agenda_items.all()) == [its_item]
    assert "agenda_items" in errors_of(save_form(editor, address, agenda_items=[elsewhere.pk]))


# Files and forms


def test_the_link_of_a_file_leads_through_the_gate(editor: Client, world: World) -> None:
    file = world.of(DocumentFile)
    html = editor.get(admin_url(file, "edit")).content.decode()
    assert f'href="/files/{file.uid}/ALPHA_1.en.txt"' in html
    assert file.file.name not in html


def test_the_form_goes_back_to_where_the_user_came_from(editor: Client, world: World) -> None:
    address = admin_url(world.of(LanguageVersion), "edit")
    back = admin_url(world.of(OfficialDocument), "edit")
    assert save_form(editor, f"{address}?next={back}").url == back
    assert f"?next={back.replace('/', '%2F')}" in editor.get(f"{address}?next={back}").content.decode()
    assert save_form(editor, f"{address}?next=https://elsewhere.example/").url == list_url(LanguageVersion)


def test_a_new_language_version_is_one_button_away(editor: Client, world: World, foreign: World) -> None:
    document = world.of(OfficialDocument)
    html = editor.get(admin_url(document, "edit")).content.decode()
    prefilled = f"{list_url(LanguageVersion, 'add')}?document={document.pk}&amp;language=fr"
    assert prefilled in html
    form = editor.get(list_url(LanguageVersion, "add"), {"document": document.pk, "language": "fr"}).context["form"]
    assert (form["document"].value(), form["language"].value()) == (document.pk, "fr")
    others = {"document": foreign.of(OfficialDocument).pk, "language": "fr", "x": "y"}
    page = editor.get(list_url(LanguageVersion, "add"), others)
    assert page.context["form"]["document"].value() is None
    assert "BETA" not in page.content.decode()
    assert editor.get(list_url(LanguageVersion, "add"), {"document": "x"}).status_code == 200


# Locks and deleting


def test_a_lock_binds(client: Client, world: World) -> None:
    document = world.of(OfficialDocument)
    client.force_login(people.publisher_of(world.process))
    client.post(admin_url(document, "lock"))
    document.refresh_from_db()
    assert document.locked
    client.force_login(people.editor_of(world.process))
    save_form(client, admin_url(document, "edit"), kind="note")
    client.post(admin_url(document, "delete"))
    bulk = reverse("wagtail_bulk_action", args=["documents", "officialdocument", "delete"])
    client.post(f"{bulk}?id={document.pk}&next=/admin/")
    client.post(admin_url(document, "unlock"))
    document.refresh_from_db()
    assert (document.kind, document.locked) == ("report", True)


def test_a_record_that_others_need_stays_with_a_plain_word(client: Client, world: World) -> None:
    client.force_login(people.administrator())
    body = world.of(WorkingGroup)
    bulk = reverse("wagtail_bulk_action", args=["processes", "workinggroup", "delete"])
    for response in (
        client.post(f"{bulk}?id={body.pk}&next=/admin/", follow=True),
        client.post(admin_url(body, "delete"), follow=True),
    ):
        assert "2 other records need it" in response.content.decode()
    assert WorkingGroup.objects.filter(pk=body.pk).exists()


def test_deleting_several_deletes_those_that_can_go(editor: Client, world: World) -> None:
    drafts = [factories.OfficialDocumentFactory(process=world.process) for _number in range(2)]
    kept = world.of(WorkingGroup)
    bulk = reverse("wagtail_bulk_action", args=["documents", "officialdocument", "delete"])
    address = f"{bulk}?id={drafts[0].pk}&id={drafts[1].pk}&next=/admin/"
    assert str(drafts[0]) in editor.get(address).content.decode()
    editor.post(address)
    assert not OfficialDocument.objects.filter(pk__in=[one.pk for one in drafts]).exists()
    assert WorkingGroup.objects.filter(pk=kept.pk).exists()
