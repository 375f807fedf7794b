"""The matrix, bundles and the public page of languages in a browser: axe finds nothing, no script is needed."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from wagtail.models import Locale
from wagtail_localize.models import Translation

from cms.localization.bundles.bundling import add_items
from cms.localization.models import NotRequired, ReleaseBundle
from cms.meetings.models import Session
from cms.users.models import User
from documents.models import LanguageVersion, OfficialDocument
from tests import factories
from tests.chromium import OpenPage, accessibility_problems, follow
from tests.cms.localization.conftest import House
from tests.cms.localization.test_in_browser import logged_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def plant_meeting(house: House) -> Session:
    """A session with the report and a French paper that is held."""
    body = factories.WorkingGroupFactory(process=house.document.process, name="Plenary")
    session: Session = factories.SessionFactory(working_group=body, number=3)
    paper = factories.OfficialDocumentFactory(process=house.document.process, symbol="KP/2017/2", session=session)
    version = factories.LanguageVersionFactory(document=paper, language="fr", state="held", title="Note du secrétariat")
    factories.DocumentFileFactory(version=version)
    OfficialDocument.objects.filter(pk=house.document.pk).update(session=session, original_language="en")
    arabic = Locale.objects.get(language_code="ar")
    NotRequired.objects.create(translation_key=house.document.uid, locale=arabic, reason="Informal paper")
    return session


def test_a_session_is_chosen_and_released_together_without_javascript(
    open_page: OpenPage, live_server: object, house: House
) -> None:
    plant_meeting(house)
    server = str(live_server)
    boss = factories.UserFactory(is_superuser=True)
    page = logged_in(open_page(java_script_enabled=False), boss, server)
    page.goto(f"{server}{reverse('localization:matrix')}?kind=sessions")
    follow(page.get_by_role("row").filter(has_text="2 documents").get_by_role("link").first)
    row = page.get_by_role("row").filter(has_text="KP/2017/2")
    row.get_by_role("checkbox").check()
    follow(page.get_by_role("button", name="Release the chosen together"))
    page.get_by_label("Name of a new one").fill("Papers of the plenary")
    page.get_by_label("French").check()
    follow(page.get_by_role("button", name="Put together"))
    expect(page.get_by_role("row").filter(has_text="KP/2017/2")).to_contain_text("Ready")
    follow(page.get_by_role("button", name="Approve and release"))
    version = LanguageVersion.objects.get(document__symbol="KP/2017/2", language="fr")
    assert version.is_released()


def test_a_double_click_makes_one_bundle_and_its_page_follows_the_release(
    open_page: OpenPage, live_server: object, house: House
) -> None:
    session = plant_meeting(house)
    server = str(live_server)
    page = logged_in(open_page(), factories.UserFactory(is_superuser=True), server)
    page.goto(f"{server}{reverse('localization:new_bundle')}?session={session.pk}")
    page.get_by_label("French").check()
    page.get_by_role("button", name="Put together").dblclick()
    expect(page.get_by_role("heading", name="Release", exact=True)).to_be_visible()
    bundle = ReleaseBundle.objects.get()
    # As while the worker is at it.
    ReleaseBundle.objects.update(state="approved", release_at=timezone.now())
    page.reload()
    expect(page.get_by_role("status").filter(has_text="It is being released")).to_be_visible()
    ReleaseBundle.objects.filter(pk=bundle.pk).update(state="released", released_at=timezone.now())
    expect(page.get_by_text("All of it was released at one instant")).to_be_visible()


def test_the_matrix_is_printed_whole_and_without_the_administration(
    open_page: OpenPage, live_server: object, house: House
) -> None:
    for number in range(40):
        factories.OfficialDocumentFactory(process=house.document.process, symbol=f"KP/2018/{number}")
    server = str(live_server)
    page = logged_in(open_page(), factories.UserFactory(is_superuser=True), server)
    page.goto(f"{server}{reverse('localization:matrix')}?state=not_started")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation")).to_have_count(0)
    expect(page.get_by_role("button")).to_have_count(0)
    assert page.get_by_role("checkbox").all_inner_texts() == [""]  # the state that was chosen
    # What a window scrolls by itself is cut off on paper: all of it has to be the page's own height.
    row = page.get_by_role("row").last.bounding_box()
    assert row is not None
    assert row["y"] + row["height"] <= page.evaluate("document.body.scrollHeight")
    assert page.evaluate("document.body.scrollHeight") > 2_000


@pytest.mark.parametrize("width", [390, 1400])
def test_axe_finds_nothing_in_the_administration(
    open_page: OpenPage, live_server: object, house: House, french: Translation, width: int
) -> None:
    session = plant_meeting(house)
    boss: User = factories.UserFactory(is_superuser=True)
    bundle = ReleaseBundle.objects.create(name="Papers", process=house.document.process, created_by=boss)
    add_items(bundle, OfficialDocument.objects.values_list("uid", flat=True), Locale.objects.all())
    failed = ReleaseBundle.objects.create(
        name="Approved", state="approved", approved_by=boss, release_at="2001-01-01T00:00Z"
    )
    server = str(live_server)
    page = logged_in(open_page(viewport={"width": width, "height": 900}), boss, server)
    matrix = reverse("localization:matrix")
    for address in (
        matrix,
        f"{matrix}?kind=sessions",
        f"{matrix}?kind=pages",
        f"{reverse('localization:spare_languages')}?key={house.document.uid}",
        reverse("localization:bundles"),
        f"{reverse('localization:new_bundle')}?session={session.pk}",
        reverse("localization:bundle", args=[bundle.pk]),
        reverse("localization:bundle", args=[failed.pk]),
        reverse("localization:preview_bundle", args=[bundle.pk]),
    ):
        page.goto(server + address)
        assert accessibility_problems(page) == [], address


@pytest.mark.parametrize("width", [390, 1400])
@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_axe_finds_nothing_in_the_public_page(
    open_page: OpenPage, live_server: Any, house: House, language: str, width: int
) -> None:
    session = plant_meeting(house)
    page = open_page(java_script_enabled=True, viewport={"width": width, "height": 900})
    for path in ("", f"{session.uid}/", "pages/"):
        page.goto(f"{live_server.url}/{language}/documents/languages/{path}")
        assert accessibility_problems(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
