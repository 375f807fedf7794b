"""What long lists are answered from: it follows the language versions however they are written, and pages add up."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cms.core.paging import LongPaginator
from cms.core.visibility import anonymous
from documents.models import LanguageVersion, OfficialDocument
from tests import factories
from tests.tree import Tree

State = LanguageVersion.State
TOMORROW = timezone.now() + timedelta(days=1)


def is_shown(document: OfficialDocument) -> bool:
    """Whether the public knows of the document."""
    return OfficialDocument.objects.visible_to(anonymous()).filter(pk=document.pk).exists()


def shown_in(document: OfficialDocument, language: str) -> bool:
    """Whether the list of documents in a language has the document."""
    viewer = anonymous()
    visible = OfficialDocument.objects.visible_to(viewer)
    return visible.out_in(language, viewer.now).filter(pk=document.pk).exists()


@pytest.fixture
def document(db: None) -> OfficialDocument:
    """A document with one version, in French, held."""
    made: OfficialDocument = factories.OfficialDocumentFactory(date=date(2024, 1, 1))
    factories.LanguageVersionFactory(document=made, language="fr", state=State.HELD)
    return made


def released_by_saving(document: OfficialDocument) -> None:
    version = LanguageVersion.objects.get(document=document)
    version.state = State.RELEASED
    version.save()


def released_by_update(document: OfficialDocument) -> None:
    LanguageVersion.objects.filter(document=document).update(state=State.RELEASED)


def released_in_bulk(document: OfficialDocument) -> None:
    version = LanguageVersion.objects.get(document=document)
    version.state = State.RELEASED
    LanguageVersion.objects.bulk_update([version], ["state"])


def released_by_another(document: OfficialDocument) -> None:
    LanguageVersion.objects.filter(document=document).delete()
    LanguageVersion.objects.bulk_create([LanguageVersion(document=document, language="fr", state=State.RELEASED)])


@pytest.mark.parametrize(
    "release",
    [released_by_saving, released_by_update, released_in_bulk, released_by_another],
    ids=["saving", "update", "bulk update", "bulk create"],
)
def test_a_release_is_seen_however_it_is_written(
    document: OfficialDocument, release: Callable[[OfficialDocument], None]
) -> None:
    assert not is_shown(document)

    release(document)

    assert is_shown(document)
    assert shown_in(document, "fr")
    assert not shown_in(document, "en")


def test_a_document_is_gone_with_its_last_version_and_by_withdrawal(document: OfficialDocument) -> None:
    released_by_update(document)
    LanguageVersion.objects.filter(document=document).update(state=State.WITHDRAWN)
    assert not is_shown(document)
    released_by_update(document)
    LanguageVersion.objects.get(document=document).delete()
    assert not is_shown(document)


def test_an_embargo_hides_the_language_and_an_awaited_version_shows_the_document(document: OfficialDocument) -> None:
    versions = LanguageVersion.objects.filter(document=document)
    versions.update(state=State.RELEASED, released_at=TOMORROW)
    assert not is_shown(document)
    factories.LanguageVersionFactory(document=document, language="en", state=State.AWAITED)
    assert is_shown(document)
    assert not shown_in(document, "fr")
    assert not shown_in(document, "en")
    versions.update(released_at=timezone.now() - timedelta(minutes=1))
    assert shown_in(document, "fr")


def test_saving_a_document_that_was_loaded_before_the_release_does_not_hide_it(document: OfficialDocument) -> None:
    loaded = OfficialDocument.objects.get(pk=document.pk)
    released_by_update(document)

    loaded.kind = OfficialDocument.Kind.NOTE
    loaded.save()

    assert is_shown(document)


def test_documents_without_a_date_are_last_in_both_orders_and_every_page_follows_the_one_before(db: None) -> None:
    process = factories.ProcessFactory()
    for number in range(23):
        day = date(2020, 1, 1) + timedelta(days=number // 3) if number < 20 else None
        factories.OfficialDocumentFactory(symbol=f"TEST/{number}", date=day, process=process)
    documents = OfficialDocument.objects.all()

    for rows in (documents.newest_first(), documents.order_by("undated", "date", "symbol", "pk")):
        paginator = LongPaginator(rows, 5, "test")
        pages = [list(page.object_list) for page in paginator]
        assert [key for page in pages for key in page] == list(rows.values_list("pk", flat=True))
        assert [len(page) for page in pages] == [5, 5, 5, 5, 3]
        assert {entry.date for entry in OfficialDocument.objects.filter(pk__in=pages[-1])} == {None}


def test_the_date_of_a_document_decides_where_it_stands(document: OfficialDocument) -> None:
    document.date = None
    document.save()
    other = factories.OfficialDocumentFactory(date=date(1950, 1, 1))

    assert list(OfficialDocument.objects.newest_first()) == [other, document]


def test_the_list_takes_as_many_queries_with_many_documents_as_with_few(
    client: Client, tree: Tree, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    process = factories.ProcessFactory()

    def plant(count: int) -> None:
        for _number in range(count):
            document = factories.OfficialDocumentFactory(process=process, date=date(2021, 5, 1))
            factories.DocumentFileFactory(version=factories.LanguageVersionFactory(document=document))

    def asked(query: str) -> int:
        client.get(f"/en/documents/{query}")
        with django_assert_max_num_queries(20) as captured:
            assert client.get(f"/en/documents/{query}").status_code == 200
        return len(captured)

    plant(2)
    few = {query: asked(query) for query in ("", "?year=2021&language=en", "?order=symbol")}
    plant(60)
    many = {query: asked(query) for query in few}
    assert many == few
    assert asked("?page=last") <= few[""]
