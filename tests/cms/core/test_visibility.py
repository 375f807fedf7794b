"""The one gate: what is not live, expired, restricted in any language, or hidden by a record is seen by nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from cms.core.visibility import Access, anonymous, viewer_for, viewer_for_user, visible_pages
from cms.processes.models import Process, ProcessPage
from documents.models import LanguageVersion, OfficialDocument, ReportPage
from tests import factories, people
from tests.tree import Tree, fresh, plant_process, plant_report

pytestmark = pytest.mark.django_db
State = LanguageVersion.State


@pytest.fixture
def process() -> Any:
    return factories.ProcessFactory(code="alpha")


@pytest.fixture
def pages(tree: Tree, process: Process) -> dict[str, ProcessPage]:
    return plant_process(tree, process)


def seen(viewer: Any = None) -> set[int]:
    return set(visible_pages(Page.objects.all(), viewer or anonymous()).values_list("pk", flat=True))


def test_drafts_and_expired_pages_are_not_seen(pages: dict[str, ProcessPage]) -> None:
    assert {page.pk for page in pages.values()} <= seen()
    Page.objects.filter(pk=pages["en"].pk).update(live=False)
    Page.objects.filter(pk=pages["fr"].pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    assert {page.pk for page in pages.values()} & seen() == {pages["ru"].pk}


def test_a_restriction_binds_translations_aliases_and_all_below(pages: dict[str, ProcessPage]) -> None:
    """Wagtail alone keeps only the one page: its French sibling stayed public (measured)."""
    below = factories.StandardPageFactory(parent=fresh(pages["fr"]), title="Below", slug="below")
    alias = pages["en"].copy_for_translation(factories.LocaleFactory(language_code="es"), copy_parents=True, alias=True)
    PageViewRestriction.objects.create(page=pages["en"], restriction_type="login")
    hidden = {page.pk for page in pages.values()} | {below.pk, alias.pk}
    assert hidden & seen() == set()
    assert hidden <= seen(viewer_for_user(factories.UserFactory()))


def test_a_restriction_on_an_alias_does_not_open_its_source(pages: dict[str, ProcessPage]) -> None:
    locale = factories.LocaleFactory(language_code="es")
    alias = pages["en"].copy_for_translation(locale, copy_parents=True, alias=True)
    PageViewRestriction.objects.create(page=alias, restriction_type="login")
    assert pages["en"].pk not in seen()


def test_groups_and_passwords(pages: dict[str, ProcessPage]) -> None:
    delegates = factories.GroupFactory()
    PageViewRestriction.objects.create(page=pages["en"], restriction_type="groups").groups.add(delegates)
    assert pages["fr"].pk in seen(viewer_for_user(factories.UserFactory(groups=[delegates])))
    assert pages["fr"].pk not in seen(viewer_for_user(factories.UserFactory()))
    assert pages["fr"].pk in seen(viewer_for_user(people.superuser()))

    PageViewRestriction.objects.all().delete()
    restriction = PageViewRestriction.objects.create(page=pages["en"], restriction_type="password", password="x")
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    request.session = {}  # type: ignore[assignment]  # all that the gate reads of a session
    assert pages["fr"].pk not in seen(viewer_for(request))
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    key = PageViewRestriction.passed_view_restrictions_session_key
    request.session = {key: [restriction.pk]}  # type: ignore[assignment]  # as above
    assert pages["fr"].pk in seen(viewer_for(request))


def test_restrictions_take_four_queries_however_many_pages(pages: dict[str, ProcessPage], process: Process) -> None:
    PageViewRestriction.objects.create(page=pages["en"], restriction_type="login")
    for number in range(5):
        factories.StandardPageFactory(parent=fresh(pages["en"]), title=f"Page {number}", slug=f"p{number}")
    with CaptureQueriesContext(connection) as captured:
        seen()
    assert len(captured) <= 5


@pytest.mark.parametrize("state", [State.AWAITED, State.HELD, State.WITHDRAWN])
def test_an_edition_is_hidden_until_its_version_is_released(
    state: str, pages: dict[str, ProcessPage], process: Process
) -> None:
    document = factories.OfficialDocumentFactory(process=process)
    edition = plant_report(pages["en"], document, state=state)
    assert edition.live
    assert edition.pk not in seen()
    LanguageVersion.objects.update(state=State.RELEASED)
    assert edition.pk in seen()


def test_an_edition_without_a_language_version_is_hidden(pages: dict[str, ProcessPage], process: Process) -> None:
    edition = plant_report(pages["en"], factories.OfficialDocumentFactory(process=process))
    LanguageVersion.objects.all().delete()
    assert edition.pk not in seen()


def test_an_embargo_ends_by_itself(pages: dict[str, ProcessPage], process: Process) -> None:
    edition = plant_report(pages["en"], factories.OfficialDocumentFactory(process=process))
    LanguageVersion.objects.update(released_at=timezone.now() + timedelta(hours=1))
    assert edition.pk not in seen()
    LanguageVersion.objects.update(released_at=timezone.now() - timedelta(seconds=1))
    assert edition.pk in seen()


def test_release_counts_per_language(pages: dict[str, ProcessPage], process: Process) -> None:
    document = factories.OfficialDocumentFactory(process=process)
    english = plant_report(pages["en"], document)
    french = plant_report(pages["fr"], document, state=State.HELD)
    assert {english.pk, french.pk} & seen() == {english.pk}


def readers(process: Process) -> dict[str, Any]:
    return {
        "anonymous": None,
        "somebody": factories.UserFactory(),
        "reader": people.reader_of(process),
        "reader of all": people.reader_of_all(),
        "reader of another": people.reader_of(factories.ProcessFactory()),
        "editor": people.editor_of(process),
        "editor of another": people.editor_of(factories.ProcessFactory()),
        "officer": people.archive_officer(),
        "administrator": people.administrator(),
        "superuser": people.superuser(),
        "translator": people.translator_of("en"),
    }


STAFF = {"editor", "officer", "administrator", "superuser"}


@pytest.mark.parametrize(
    ("access", "who"),
    [(Access.PUBLIC, None), (Access.PARTICIPANTS, STAFF | {"reader", "reader of all"}), (Access.STAFF, STAFF)],
)
def test_access_is_a_fact_of_the_record_in_every_language(
    access: str, who: set[str] | None, pages: dict[str, ProcessPage], process: Process
) -> None:
    document = factories.OfficialDocumentFactory(process=process, access=access)
    editions = [plant_report(pages[code], document) for code in ("en", "fr")]
    everybody = readers(process)
    for name, user in everybody.items():
        viewer = viewer_for_user(user)
        allowed = who is None or name in who
        assert {edition.pk for edition in editions} & seen(viewer) == (
            {edition.pk for edition in editions} if allowed else set()
        ), name
        assert OfficialDocument.objects.visible_to(viewer).exists() is allowed, name
        assert LanguageVersion.objects.visible_to(viewer).exists() is allowed, name
        assert viewer.may_read(access, process.pk) is allowed, name


def test_the_two_forms_of_the_rule_agree(process: Process) -> None:
    """``access_condition`` for lists and ``may_read`` for one record must never part."""
    documents = [
        factories.OfficialDocumentFactory(process=one, access=access)
        for one in (process, factories.ProcessFactory())
        for access in Access.values
    ]
    for user in readers(process).values():
        viewer = viewer_for_user(user)
        listed = set(OfficialDocument.objects.filter(viewer.access_condition()).values_list("pk", flat=True))
        assert listed == {one.pk for one in documents if viewer.may_read(one.access, one.process_id)}


def test_an_inactive_user_is_a_stranger(process: Process) -> None:
    user = people.reader_of(process)
    user.is_active = False
    user.save()
    assert viewer_for_user(user).user_id is None


def test_awaited_versions_are_known_and_not_read(process: Process) -> None:
    document = factories.OfficialDocumentFactory(process=process)
    factories.LanguageVersionFactory(document=document, state=State.AWAITED)
    now = timezone.now()
    assert LanguageVersion.objects.known_at(now).exists()
    assert not LanguageVersion.objects.released_at_moment(now).exists()
    assert not LanguageVersion.objects.visible_to(anonymous()).exists()
    assert not ReportPage.objects.exists()
