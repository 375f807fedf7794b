"""Query sets with SQL put together once: whenever they are asked, the rows are those of that moment and viewer."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page, PageViewRestriction

from cms.core.names import PublicName, public_names
from cms.core.prepared import KEYS, UIDS, Prepared
from cms.core.visibility import Viewer, anonymous, prepared_for_viewers, viewer_for_user, visible_pages
from cms.processes.models import Party, Process, ProcessPage
from documents.models import LanguageVersion
from tests import factories, people
from tests.tree import Tree, fresh, plant_process, plant_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def process() -> Any:
    return factories.ProcessFactory(code="alpha", name="Alpha")


@pytest.fixture
def pages(tree: Tree, process: Process) -> dict[str, ProcessPage]:
    return plant_process(tree, process)


def request_of(user: Any = None) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = user or AnonymousUser()
    return request


def name_of(process: Process, language: str = "en", request: HttpRequest | None = None) -> PublicName:
    return public_names([process], language, request or request_of())[process.uid]


def test_a_name_whose_address_is_not_shown_has_none(process: Process, pages: dict[str, ProcessPage]) -> None:
    with_address = name_of(process)
    assert with_address.url
    names = public_names([process], "en", request_of(), with_addresses=False)
    assert names[process.uid] == PublicName(with_address.text, with_address.language)


# What is asked


def test_rows_are_those_of_the_query_set(process: Process) -> None:
    for code in ("FR", "KE"):
        factories.PartyFactory(country=code, names={"fr": f"Nom {code}"})
    columns = ("pk", "uid", "country", "names")
    queryset = Party.objects.annotate(
        is_french=ExpressionWrapper(Q(country="FR"), output_field=BooleanField()),
        has_namesakes=Exists(Party.objects.filter(country=OuterRef("country")).exclude(pk=OuterRef("pk"))),
    ).order_by("pk")
    everything = list(queryset.values_list(*columns, "is_french", "has_namesakes"))
    prepared = Prepared(queryset.filter(pk__in=KEYS).values_list(*columns, "is_french", "has_namesakes"))
    keys = [row[0] for row in everything]
    assert [tuple(row) for row in prepared.rows(keys=keys)] == everything
    assert [tuple(row) for row in prepared.rows(keys=keys[1:])] == everything[1:]


def test_any_number_of_values_takes_one_query(
    process: Process, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    prepared = Prepared(Process.objects.filter(Q(uid__in=UIDS) | Q(pk__in=KEYS)).values_list("pk"))
    with django_assert_num_queries(3):
        assert prepared.rows(uids=[], keys=[]) == []
        assert prepared.rows(uids=[process.uid], keys=[]) == [[process.pk]]
        assert prepared.rows(uids=[], keys=range(10**17, 10**17 + 5_000)) == []


def test_every_viewer_at_every_moment_sees_what_the_gate_says(
    pages: dict[str, ProcessPage], process: Process, tree: Tree
) -> None:
    now = timezone.now()
    Page.objects.filter(pk=pages["fr"].pk).update(expire_at=now + timedelta(hours=1))
    Page.objects.filter(pk=pages["ru"].pk).update(live=False)
    delegates = factories.GroupFactory()
    closed = [
        factories.StandardPageFactory(parent=fresh(tree.homes["en"]), title=f"Closed {kind}")
        for kind in ("login", "groups", "password")
    ]
    PageViewRestriction.objects.create(page=closed[0], restriction_type="login")
    PageViewRestriction.objects.create(page=closed[1], restriction_type="groups").groups.add(delegates)
    word = PageViewRestriction.objects.create(page=closed[2], restriction_type="password", password="x")
    document = factories.OfficialDocumentFactory(process=process, access="participants")
    plant_report(fresh(pages["en"]), document)
    LanguageVersion.objects.filter(document=document).update(released_at=now + timedelta(hours=1))

    def viewers() -> list[Viewer]:
        user, delegate = factories.UserFactory(), factories.UserFactory(groups=[delegates])
        return [
            anonymous(),
            replace(anonymous(), passed_restrictions=frozenset({word.pk})),
            *(viewer_for_user(one) for one in (user, delegate, people.superuser())),
        ]

    @prepared_for_viewers
    def seen(viewer: Viewer) -> QuerySet[Any, Any]:
        return visible_pages(Page.objects.filter(pk__in=KEYS), viewer).values_list("pk")

    everything = list(Page.objects.values_list("pk", flat=True))
    answers = []
    for viewer in viewers():
        for moment in (now, now + timedelta(hours=2)):
            there = replace(viewer, now=moment)
            answers.append({pk for (pk,) in seen(there, keys=everything)})
            assert answers[-1] == set(visible_pages(Page.objects.all(), there).values_list("pk", flat=True))
    assert len({frozenset(answer) for answer in answers}) > 5

    PageViewRestriction.objects.all().delete()
    assert {page.pk for page in closed} <= {pk for (pk,) in seen(anonymous(), keys=everything)}


# Names, asked before a change and after it


def test_a_page_called_otherwise_even_behind_the_backs_of_signals_is_called_so_at_once(
    pages: dict[str, ProcessPage], process: Process
) -> None:
    assert name_of(process).text == "Alpha en"
    page = fresh(pages["en"])
    page.title = "Beta"
    page.save()
    assert name_of(process).text == "Beta"
    # As another process or a bare statement would do it.
    Page.objects.filter(pk=page.pk).update(title="Gamma")
    assert name_of(process).text == "Gamma"


@pytest.mark.parametrize("how", ["unpublished", "deleted", "restricted", "expired"])
def test_the_title_of_a_page_that_is_no_longer_there_for_the_reader_is_no_name(
    how: str, pages: dict[str, ProcessPage], process: Process, tree: Tree
) -> None:
    Page.objects.filter(pk__in=[pages["fr"].pk, pages["ru"].pk]).update(live=False)
    assert name_of(process) == PublicName("Alpha en", "en", fresh(pages["en"]).url)
    page = fresh(pages["en"])
    if how == "unpublished":
        page.unpublish()
    elif how == "deleted":
        page.delete()
    elif how == "restricted":
        PageViewRestriction.objects.create(page=tree.processes["en"], restriction_type="login")
        assert name_of(process, request=request_of(factories.UserFactory())).text == "Alpha en"
    else:
        Page.objects.filter(pk=page.pk).update(expire_at=timezone.now())
    assert name_of(process) == PublicName("Alpha", "en", None)


def test_a_page_expires_for_names_when_its_moment_comes(pages: dict[str, ProcessPage], process: Process) -> None:
    moment = timezone.now() + timedelta(hours=1)
    Page.objects.filter(pk=pages["en"].pk).update(expire_at=moment)
    assert name_of(process).text == "Alpha en"
    later = request_of()
    later._plenary_viewer = replace(anonymous(), now=moment)
    assert name_of(process, request=later).language != "en"


def test_a_page_moved_has_its_new_address_and_one_translated_its_new_language(
    pages: dict[str, ProcessPage], process: Process, tree: Tree
) -> None:
    before = name_of(process, "fr")
    fresh(pages["fr"]).move(fresh(tree.archives["fr"]), "last-child")
    after = name_of(process, "fr")
    assert after.url == fresh(pages["fr"]).url != before.url

    assert name_of(process, "es").language == "en"
    home = factories.HomePageFactory(
        parent=fresh(tree.root), title="Inicio", locale=factories.LocaleFactory(language_code="es")
    )
    factories.ProcessPageFactory(parent=home, process=process, title="Alfa")
    assert name_of(process, "es") == PublicName("Alfa", "es", None)
