"""Every view of the workplace by axe, in administrations of three directions and scripts; and by the keyboard alone."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as BrowserPage
from wagtail.models import Locale
from wagtail.users.models import UserProfile
from wagtail_localize.models import Translation

from cms.localization.models import MemoryFile, ReleaseBundle, Submission
from cms.users.models import User
from tests import factories
from tests.chromium import OpenPage, accessibility_problems
from tests.cms.localization.conftest import House, row_of, save, translate_by_machine
from tests.cms.localization.full_report import fill
from tests.cms.localization.test_in_browser import logged_in
from tests.cms.localization.test_terms import term

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def arabic(house: House, open_translation: Callable[[str], Translation]) -> Translation:
    """An Arabic translation whose texts are in every state."""
    term(house.document.process, en="group", fr=["Groupe"], ar=["الفريق"])
    house.report = fill(house.report)
    translation = open_translation("ar")
    client = Client()
    client.force_login(factories.UserFactory(is_superuser=True))
    save(client, translation, "أحاط ①الفريق❶ علما② بالوثيقة ③CTOC/COP/2020/3❸.", "The ①Group")
    save(client, translation, "فيينا", "Vienna", action="save")
    save(client, translation, "تقرير", "Report")
    translate_by_machine(translation, "To meet", "الاجتماع")
    line = {"place": "Pair 1", "text": "Vienna", "language": "en", "outcome": "refused", "detail": "One language."}
    factories.MemoryFileFactory(counts={"added": 5, "refused": 1}, lines=[line])
    factories.MemoryFileFactory(is_at_work=True, total=5, done=2)
    house.report.title = "Revised report of the Plenary"
    house.report.save_revision().publish()
    client.post(reverse("localization:update_source", args=[translation.source_id]))
    return translation


def views(house: House, translation: Translation) -> list[str]:
    """The addresses of the workplace's views."""
    name, pk = "localization:", translation.pk
    text = row_of(translation, "The ①Group").key
    submission, bundle = Submission.objects.first(), ReleaseBundle.objects.first()
    return [
        reverse(f"{name}edit_translation", args=[pk]),
        reverse(f"{name}edit_translation", args=[pk]) + "?show=open",
        reverse(f"{name}edit_translation", args=[pk]) + "?q=nothing",
        reverse(f"{name}suggestions", args=[pk, text]),
        reverse(f"{name}preview_both", args=[pk]),
        reverse(f"{name}page_files", args=[pk]),
        reverse(f"{name}submit_page", args=[house.report.pk]),
        reverse(f"{name}submissions"),
        *([reverse(f"{name}submission", args=[submission.pk])] if submission else []),
        reverse(f"{name}update_source", args=[translation.source_id]),
        reverse(f"{name}list_translations"),
        reverse(f"{name}matrix"),
        reverse(f"{name}deliveries"),
        reverse(f"{name}export_memory"),
        reverse(f"{name}memory_files"),
        *[
            reverse(f"{name}{view}", args=[file.pk])
            for file in MemoryFile.objects.all()
            for view in ("memory_file", "remove_memory_file")
        ],
        reverse(f"{name}bundles"),
        reverse(f"{name}new_bundle"),
        *([reverse(f"{name}bundle", args=[bundle.pk])] if bundle else []),
        reverse("import_glossary"),
    ]


@pytest.mark.parametrize("language", ["en", "ru", "ar"])
def test_axe_finds_nothing_in_any_view(
    open_page: OpenPage, live_server: object, house: House, arabic: Translation, language: str
) -> None:
    user = factories.UserFactory(is_superuser=True)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    page = logged_in(open_page(viewport={"width": 1280, "height": 900}), user, str(live_server))
    problems = {}
    for address in views(house, arabic):
        answer = page.goto(str(live_server) + address)
        assert answer is not None
        assert answer.status == 200, address
        if found := accessibility_problems(page):
            problems[address] = found
    page.goto(str(live_server) + reverse("localization:edit_translation", args=[arabic.pk]))
    page.locator("[data-look=numbered] textarea").first.focus()
    page.locator(".translation-beside").wait_for()
    if found := accessibility_problems(page):
        problems["beside"] = found
    assert problems == {}
    assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")


def tab_to(page: BrowserPage, wanted: Locator, most: int = 80) -> None:
    """Presses Tab until the element has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{wanted} is not reached by the keyboard")


def test_a_page_is_translated_with_the_keyboard_alone(
    open_page: OpenPage, live_server: object, translator: User, french: Translation
) -> None:
    page = logged_in(open_page(), translator, str(live_server))
    page.goto(str(live_server) + reverse("localization:list_translations"))
    tab_to(page, page.get_by_role("link", name="Report of the Plenary"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.keyboard.press("Alt+Shift+J")
    expect(page.get_by_label("Title")).to_be_focused()
    for label, parts in (
        ("Title", ["Rapport de la plénière"]),
        ("Heading I:", ["Présentation"]),
        (
            "Numbered paragraph 1:",
            [
                *("Le ", "Alt+Shift+X", "Groupe", "ArrowRight", " a pris note", "Alt+Shift+X", " du document "),
                *("Alt+Shift+X", "CTOC/COP/2020/3", "ArrowRight", " et a levé la séance."),
            ],
        ),
        ("Lettered item (a):", ["Se réunir."]),
        ("Footnote 1:", ["Une note."]),
    ):
        box = page.get_by_label(label)
        expect(box).to_be_focused()
        for part in parts:
            if part in {"Alt+Shift+X", "ArrowRight"}:
                page.keyboard.press(part)
            else:
                page.keyboard.type(part)
        page.keyboard.press("Control+Enter")
    expect(page.locator("#translation-status")).to_have_text("All saved")
    assert row_of(french, "The").target == "Le ①Groupe❶ a pris note② du document ③CTOC/COP/2020/3❸ et a levé la séance."
    tab_to(page, page.get_by_role("button", name="Send to review"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("Sent to review.")).to_be_visible()
    assert french.source.get_translated_instance(Locale.objects.get(language_code="fr")).workflow_in_progress
