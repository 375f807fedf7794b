"""The administration of every record, as somebody who works on another process.

Wagtail's snippet views ask permission of the type of a record; ours ask it of the record. Every address of every
viewset is walked here, so that a view added by the next Wagtail is caught.
"""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models

from cms.core.models import Record
from cms.localization.models import Term
from cms.meetings.models import AgendaItem, Session, Venue
from cms.processes.models import Membership, Office, Party, Process, WorkingGroup
from documents.models import DocumentFile, FormerSymbol, LanguageVersion, OfficialDocument, SymbolSeries
from search.models import PromotedResult, SynonymGroup
from tests import factories, people
from tests.records import World, admin_url, list_url

OF_A_PROCESS = [
    Process,
    WorkingGroup,
    Membership,
    Office,
    Session,
    AgendaItem,
    OfficialDocument,
    FormerSymbol,
    LanguageVersion,
    DocumentFile,
    SymbolSeries,
]
SHARED = [Party, Venue]
OF_THE_SITE = [SynonymGroup, PromotedResult]
GLOSSARY = [Term]  # looked up by everybody, kept by publishers: tests.cms.localization.test_glossary
REFUSED = (302, 403, 404)

pytestmark = pytest.mark.django_db


@pytest.fixture
def worlds(world: World, foreign: World) -> tuple[World, World]:
    """Two processes with records of every kind."""
    return world, foreign


@pytest.fixture
def editor(client: Client, worlds: tuple[World, World]) -> Client:
    """A client for somebody who edits alpha, and not beta."""
    client.force_login(people.editor_of(worlds[0].process))
    return client


def test_every_record_has_its_viewset_and_its_policy() -> None:
    registered = {model for model in get_snippet_models() if issubclass(model, Record)}
    assert registered == {*OF_A_PROCESS, *SHARED, *OF_THE_SITE, *GLOSSARY}
    for model in registered:
        assert model.snippet_viewset.asks_the_record
        assert policy_registry.get_by_type(model, fallback=False).asks_the_record


def addresses(record: Any) -> dict[str, str]:
    """Every address of the record's viewset that names a record, filled in for this one."""
    revision = record.save_revision()
    found = {}
    for pattern in record.snippet_viewset.get_urlpatterns():
        converters = pattern.pattern.converters
        names = set(converters) | set(pattern.pattern.regex.groupindex)
        if "pk" not in names:
            continue
        values = {
            "pk": record.pk,
            "revision_id": revision.pk,
            "revision_id_a": "live",
            "revision_id_b": str(revision.pk),
        }
        found[pattern.name] = reverse(
            record.snippet_viewset.get_url_name(pattern.name), kwargs={name: values[name] for name in names}
        )
    return found


@pytest.mark.parametrize("model", OF_A_PROCESS)
def test_every_view_of_a_foreign_record_is_closed(model: Any, worlds: tuple[World, World], editor: Client) -> None:
    foreign = worlds[1].of(model)
    before = model.objects.filter(pk=foreign.pk).values().get()
    walked = addresses(foreign)
    before = model.objects.filter(pk=foreign.pk).values().get()
    assert {"edit", "delete", "usage", "history", "inspect", "lock", "unlock", "revisions_revert"} <= set(walked)
    for name, address in walked.items():
        for method in (editor.get, editor.post):
            response = method(address)
            assert response.status_code in REFUSED, (name, method)
            assert str(foreign) not in response.content.decode() or len(str(foreign)) < 3
            if response.status_code == 302:
                assert response.url == reverse("wagtailadmin_home"), name
    assert model.objects.filter(pk=foreign.pk).values().get() == before


@pytest.mark.parametrize("model", OF_A_PROCESS)
def test_the_same_views_of_an_own_record_are_open(model: Any, worlds: tuple[World, World], editor: Client) -> None:
    """So that the walk above proves something."""
    own = worlds[0].of(model)
    walked = addresses(own)
    for name in ("edit", "usage", "history", "history_results", "inspect", "revisions_revert", "revisions_compare"):
        assert editor.get(walked[name]).status_code == 200, name
    assert editor.get(walked["delete"]).status_code == 200


@pytest.mark.parametrize("model", OF_THE_SITE)
def test_what_holds_for_the_whole_site_is_kept_by_officers_and_by_no_process(
    model: Any, worlds: tuple[World, World], client: Client
) -> None:
    record = getattr(factories, f"{model.__name__}Factory")()
    walked = addresses(record)
    for user in (people.publisher_of(worlds[0].process), people.editor_of(worlds[0].process)):
        client.force_login(user)
        for address in (list_url(model), list_url(model, "add"), *walked.values()):
            for method in (client.get, client.post):
                assert method(address).status_code in REFUSED, address
    assert model.objects.filter(pk=record.pk).exists()
    for user in (people.archive_officer(), people.administrator()):
        client.force_login(user)
        for name in ("edit", "usage", "history", "inspect", "delete"):
            assert client.get(walked[name]).status_code == 200, name
        assert client.get(list_url(model, "add")).status_code == 200


@pytest.mark.parametrize("model", OF_A_PROCESS)
@pytest.mark.parametrize("view", ["list", "list_results"])
def test_lists_show_own_records_only(model: Any, view: str, worlds: tuple[World, World], editor: Client) -> None:
    html = editor.get(list_url(model, view)).content.decode()
    assert admin_url(worlds[0].of(model), "edit") in html
    assert admin_url(worlds[1].of(model), "edit") not in html
    for word in ("beta", "BETA"):
        assert word not in html


@pytest.mark.parametrize("model", OF_A_PROCESS)
def test_exports_hold_own_records_only(model: Any, worlds: tuple[World, World], editor: Client) -> None:
    response = editor.get(list_url(model), {"export": "csv"})
    text = b"".join(response.streaming_content).decode()
    assert len(text.strip().splitlines()) == 2
    assert "beta" not in text.casefold()


@pytest.mark.parametrize("model", OF_A_PROCESS)
def test_choosers_offer_own_records_only(model: Any, worlds: tuple[World, World], editor: Client) -> None:
    chooser = model.snippet_viewset.chooser_viewset
    own, foreign = worlds[0].of(model), worlds[1].of(model)
    for view in ("choose", "choose_results"):
        html = editor.get(reverse(chooser.get_url_name(view))).content.decode()
        assert reverse(chooser.get_url_name("chosen"), args=[own.pk]) in html
        assert reverse(chooser.get_url_name("chosen"), args=[foreign.pk]) not in html
        assert "beta" not in html.casefold()
    assert editor.get(reverse(chooser.get_url_name("chosen"), args=[own.pk])).status_code == 200
    for pk in (foreign.pk, "x"):
        assert editor.get(reverse(chooser.get_url_name("chosen"), args=[pk]), follow=True).status_code == 404
    both = editor.get(reverse(chooser.get_url_name("chosen_multiple")), {"id": [own.pk, foreign.pk, "x"]}).json()
    assert [item["id"] for item in both["result"]] == [str(own.pk)]
    assert editor.post(reverse(chooser.get_url_name("create"))).status_code == 302


@pytest.mark.parametrize("model", OF_A_PROCESS)
def test_bulk_deleting_names_and_deletes_own_records_only(
    model: Any, worlds: tuple[World, World], editor: Client
) -> None:
    foreign = worlds[1].of(model)
    address = reverse("wagtail_bulk_action", args=[model._meta.app_label, model._meta.model_name, "delete"])
    for ids in ([foreign.pk], ["all"], ["x"]):
        page = editor.get(address, {"id": ids, "next": "/admin/"})
        assert page.status_code == 200
        assert "beta" not in page.content.decode().casefold()
        editor.post(f"{address}?id={ids[0]}&next=/admin/")
        assert model.objects.filter(pk=foreign.pk).exists()


@pytest.mark.parametrize("model", [*OF_A_PROCESS, *SHARED])
def test_nobody_else_enters(model: Any, worlds: tuple[World, World], client: Client) -> None:
    """A translator of the process's main language, and one of another, edit no facts."""
    for language in ("en", "fr"):
        client.force_login(people.translator_of(language))
        assert client.post(list_url(model, "add"), {}).status_code in REFUSED
        record = worlds[0].records.get(model)
        if record:
            assert client.get(admin_url(record, "edit")).status_code in REFUSED
            assert client.get(list_url(model)).status_code in REFUSED


@pytest.mark.parametrize("model", OF_A_PROCESS)
def test_adding_is_autosaved_nowhere(model: Any, worlds: tuple[World, World], editor: Client) -> None:
    """Autosave would write half-typed facts into the record."""
    for address in (list_url(model, "add"), admin_url(worlds[0].of(model), "edit")):
        assert "data-w-autosave-interval-value" not in editor.get(address).content.decode()


@pytest.mark.parametrize("model", [*OF_A_PROCESS, *SHARED])
def test_a_record_is_not_copied(model: Any) -> None:
    """A copy would carry the uid of its original."""
    assert "copy" not in {pattern.name for pattern in model.snippet_viewset.get_urlpatterns()}
