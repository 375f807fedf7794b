"""Relations between documents: how they come about, what readers see of them on both sides, and their form."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client

from cms.core.visibility import Access
from documents.addresses import document_url
from documents.models import DocumentRelation, FormerSymbol, LanguageVersion, OfficialDocument
from tests import factories, people
from tests.documents.test_pages import read, section, words
from tests.records import World, admin_url, errors_of, list_url, save_form
from tests.sample import MOST_QUERIES, cold_queries
from tests.tree import plant

pytestmark = pytest.mark.django_db

Kind = DocumentRelation.Kind
SYMBOL = "CTOC/COP/2020/3"


def filed(symbol: str, **facts: Any) -> OfficialDocument:
    """A document released in English."""
    document: OfficialDocument = factories.OfficialDocumentFactory(symbol=symbol, **facts)
    factories.LanguageVersionFactory(document=document, title=f"Title of {symbol}")
    return document


def related() -> set[tuple[str, str, str]]:
    """All relations there are, by symbols."""
    return {
        (relation.source.symbol, relation.kind, relation.target.symbol) for relation in DocumentRelation.objects.all()
    }


# What symbols state


@pytest.mark.parametrize("parent_first", [True, False], ids=["parent first", "parent later"])
def test_a_symbol_relates_a_document_to_its_parent_in_either_order(parent_first: bool) -> None:
    children = [f"{SYMBOL}/{change}" for change in ("Corr.1", "Add.1", "Amend.1", "Rev.1", "Rev.1/Add.2")]
    for symbol in [SYMBOL, *children] if parent_first else [*reversed(children), SYMBOL]:
        factories.OfficialDocumentFactory(symbol=symbol)
    assert related() == {
        (f"{SYMBOL}/Corr.1", "corrigendum", SYMBOL),
        (f"{SYMBOL}/Add.1", "addendum", SYMBOL),
        (f"{SYMBOL}/Amend.1", "amendment", SYMBOL),
        (f"{SYMBOL}/Rev.1", "revision", SYMBOL),
        (f"{SYMBOL}/Rev.1/Add.2", "addendum", f"{SYMBOL}/Rev.1"),
    }


def test_a_parent_is_known_by_its_former_symbol_too() -> None:
    parent = factories.OfficialDocumentFactory(symbol=SYMBOL)
    FormerSymbol(document=parent, symbol="CTOC/COP/2020/L.1").save()
    factories.OfficialDocumentFactory(symbol="CTOC/COP/2020/L.1/Corr.1")
    factories.OfficialDocumentFactory(symbol="CTOC/COP/2020/L.9/Corr.1")
    FormerSymbol(document=parent, symbol="CTOC/COP/2020/L.9").save()
    assert related() == {
        ("CTOC/COP/2020/L.1/Corr.1", "corrigendum", SYMBOL),
        ("CTOC/COP/2020/L.9/Corr.1", "corrigendum", SYMBOL),
    }


def test_a_relation_that_was_taken_away_stays_away_and_a_corrected_symbol_relates() -> None:
    factories.OfficialDocumentFactory(symbol=SYMBOL)
    child = factories.OfficialDocumentFactory(symbol=f"{SYMBOL}/Corr.1")
    child.relations.all().delete()
    child = OfficialDocument.objects.get(pk=child.pk)
    child.save()
    assert related() == set()
    child.symbol = f"{SYMBOL}/Add.1"
    child.save()
    assert related() == {(f"{SYMBOL}/Add.1", "addendum", SYMBOL)}


def test_documents_that_were_there_before_are_related_by_the_migration() -> None:
    factories.OfficialDocumentFactory(symbol=SYMBOL)
    child = factories.OfficialDocumentFactory(symbol=f"{SYMBOL}/Corr.1")
    DocumentRelation.objects.all().delete()
    OfficialDocument.objects.update(parent_key="")
    migration = import_module("documents.migrations.0010_stated_relations")
    for _time in range(2):
        migration.relate(apps, None)
    assert related() == {(f"{SYMBOL}/Corr.1", "corrigendum", SYMBOL)}
    assert OfficialDocument.objects.get(pk=child.pk).parent_key == SYMBOL


def test_amendments_that_were_there_before_are_related_by_the_migration() -> None:
    factories.OfficialDocumentFactory(symbol=SYMBOL)
    child = factories.OfficialDocumentFactory(symbol=f"{SYMBOL}/Amend.1")
    factories.OfficialDocumentFactory(symbol=f"{SYMBOL}/Corr.1")
    DocumentRelation.objects.all().delete()
    OfficialDocument.objects.filter(pk=child.pk).update(parent_key="")
    migration = import_module("documents.migrations.0016_amendments_and_other_symbols")
    for _time in range(2):
        migration.relate(apps, None)
    assert related() == {(f"{SYMBOL}/Amend.1", "amendment", SYMBOL)}  # another that was taken away stays away
    assert OfficialDocument.objects.get(pk=child.pk).parent_key == SYMBOL


# What is refused


def test_no_document_leads_back_to_itself() -> None:
    one, two, three = (factories.OfficialDocumentFactory() for _number in range(3))
    factories.DocumentRelationFactory(source=one, target=two)
    factories.DocumentRelationFactory(source=two, target=three, kind=Kind.ANNEX)
    for source, target in ((three, one), (two, one), (one, one)):
        with pytest.raises(ValidationError):
            DocumentRelation(source=source, target=target, kind=Kind.ANSWERS).full_clean()
    DocumentRelation(source=one, target=three, kind=Kind.ANSWERS).full_clean()


# What readers see


@pytest.mark.parametrize(
    ("kind", "forward", "backward"),
    [
        (Kind.CORRIGENDUM, "Corrigendum to", "Corrected by"),
        (Kind.REVISION, "Revision of", "Revised by"),
        (Kind.ADDENDUM, "Addendum to", "Addenda"),
        (Kind.AMENDMENT, "Amendment to", "Amended by"),
        (Kind.SUPERSEDES, "Supersedes", "Superseded by"),
        (Kind.ANSWERS, "Answers", "Answered by"),
        (Kind.ANNEX, "Annex of", "Annexes"),
    ],
    ids=list(Kind),
)
def test_both_sides_name_each_other(kind: str, forward: str, backward: str, client: Client) -> None:
    plant(("en",))
    factories.DocumentRelationFactory(source=filed("TEST/2"), target=filed("TEST/1"), kind=kind)
    newer = section(read(client, "/en/documents/TEST/2/"), 'id="related"')
    older = section(read(client, "/en/documents/TEST/1/"), 'id="related"')
    assert words(newer).endswith(f"{forward} TEST/1 Title of TEST/1 No file")
    assert words(older).endswith(f"{backward} TEST/2 Title of TEST/2 No file")
    assert 'href="/en/documents/TEST/1/"' in newer
    assert 'href="/en/documents/TEST/2/"' in older


def test_the_corrected_document_has_a_notice_with_a_link(client: Client) -> None:
    plant(("en",))
    filed(SYMBOL)
    filed(f"{SYMBOL}/Corr.1")
    html = section(read(client, f"/en/documents/{SYMBOL}/"), 'class="notice', "</div>")
    assert "This document has a corrigendum" in words(html)
    assert f'href="/en/documents/{SYMBOL}/Corr.1/"' in html


def test_old_texts_lead_to_the_latest_revision_and_stay_at_their_address(client: Client) -> None:
    plant(("en",))
    for symbol in (SYMBOL, f"{SYMBOL}/Rev.1", f"{SYMBOL}/Rev.2", f"{SYMBOL}/Rev.10"):
        filed(symbol)
    for symbol in (SYMBOL, f"{SYMBOL}/Rev.1", f"{SYMBOL}/Rev.2"):
        notice = section(read(client, f"/en/documents/{symbol}/"), 'class="notice', "</div>")
        assert "There is a later revision" in words(notice)
        assert f'href="/en/documents/{SYMBOL}/Rev.10/"' in notice
    assert 'class="notice' not in read(client, f"/en/documents/{SYMBOL}/Rev.10/")


def test_a_superseded_document_says_so(client: Client) -> None:
    plant(("en",))
    factories.DocumentRelationFactory(source=filed("TEST/9"), target=filed(SYMBOL), kind=Kind.SUPERSEDES)
    notice = section(read(client, f"/en/documents/{SYMBOL}/"), 'class="notice', "</div>")
    assert "This document has been superseded" in words(notice)
    assert 'href="/en/documents/TEST/9/"' in notice


@pytest.mark.parametrize("hidden", ["staff", "held"])
def test_nothing_is_said_of_documents_that_are_not_open(hidden: str, client: Client) -> None:
    plant(("en",))
    filed(SYMBOL)
    corrigendum = filed(f"{SYMBOL}/Corr.1")
    if hidden == "staff":
        OfficialDocument.objects.filter(pk=corrigendum.pk).update(access=Access.STAFF)
    else:
        corrigendum.versions.update(state=LanguageVersion.State.HELD)
    html = read(client, f"/en/documents/{SYMBOL}/")
    assert "Corr.1" not in html
    assert "corrigendum" not in html.casefold()


def costs(client: Client, number: int) -> int:
    """The queries, cold, of a document with so many relations from both sides."""
    with transaction.atomic():
        plant(("en",))
        document = filed(SYMBOL)
        for one in range(number):
            factories.DocumentRelationFactory(source=document, target=filed(f"OLD/{one}"))
            factories.DocumentRelationFactory(source=filed(f"NEW/{one}"), target=document, kind=Kind.CORRIGENDUM)
        cost = cold_queries(client, document_url(document, "en"))
        transaction.set_rollback(True)
    return cost


def test_relations_cost_the_same_few_queries_however_many(client: Client) -> None:
    few, many = costs(client, 1), costs(client, 30)
    assert few == many <= MOST_QUERIES


# The form


def relation_fields(target: OfficialDocument, kind: str = Kind.ANSWERS) -> dict[str, str]:
    """What the form posts for one new relation."""
    return {
        "relations-TOTAL_FORMS": "1",
        "relations-0-id": "",
        "relations-0-kind": kind,
        "relations-0-target": str(target.pk),
        "relations-0-ORDER": "1",
        "relations-0-DELETE": "",
    }


def test_an_editor_relates_an_own_document_to_one_of_another_process(
    client: Client, world: World, foreign: World
) -> None:
    client.force_login(people.editor_of(world.process))
    own, other = world.of(OfficialDocument), foreign.of(OfficialDocument)
    factories.LanguageVersionFactory(document=other, language="fr")
    response = save_form(client, admin_url(own, "edit"), **relation_fields(other))
    assert errors_of(response) == {}
    assert related() == {(own.symbol, "answers", other.symbol)}


def test_what_an_editor_may_not_read_cannot_be_related(client: Client, world: World, foreign: World) -> None:
    client.force_login(people.editor_of(world.process))
    own, other = world.of(OfficialDocument), foreign.of(OfficialDocument)
    OfficialDocument.objects.filter(pk=other.pk).update(access=Access.STAFF)
    for target in (other, own):
        response = save_form(client, admin_url(own, "edit"), **relation_fields(target))
        assert "relations" in errors_of(response)
    assert related() == set()


def test_a_form_that_gives_a_symbol_relates_at_once(client: Client, world: World) -> None:
    client.force_login(people.editor_of(world.process))
    parent = world.of(OfficialDocument)
    parent.symbol = SYMBOL
    parent.save()
    response = save_form(client, list_url(OfficialDocument, "add"), process=world.process.pk, symbol=f"{SYMBOL}/Add.1")
    assert errors_of(response) == {}
    assert related() == {(f"{SYMBOL}/Add.1", "addendum", SYMBOL)}
    child = OfficialDocument.objects.get(symbol=f"{SYMBOL}/Add.1")
    assert errors_of(save_form(client, admin_url(child, "edit"), symbol=f"{SYMBOL}/Add.2")) == {}
    assert {source for source, _kind, _target in related()} == {f"{SYMBOL}/Add.2"}
