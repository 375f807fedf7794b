"""No way around: every address that wagtail-localize registers, asked by everybody, and what our views let through."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.core.checks import run_checks
from django.test import Client, override_settings
from django.urls import reverse
from wagtail.models import Locale, Page, PageLogEntry
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation, TranslationSource

from cms.localization import checks
from cms.users.models import User
from documents.models import ReportPage
from tests import factories
from tests.cms.localization.conftest import House, save, staff, target
from tests.tree import fresh

pytestmark = pytest.mark.django_db

ADMIN = "/admin/"


def refused(answer: Any) -> bool:
    """Whether Wagtail said no: it leads to the admin's home, with a message."""
    return bool(answer.status_code == 302 and answer["Location"] == reverse("wagtailadmin_home"))


def state() -> list[object]:
    """All that an address could change."""
    return [
        list(
            Page.objects.order_by("pk").values_list("pk", "live", "title", "draft_title", "latest_revision", "alias_of")
        ),
        list(Translation.objects.order_by("pk").values_list("pk", "enabled")),
        list(TranslationSource.objects.order_by("pk").values_list("pk", "last_updated_at")),
        list(StringTranslation.objects.order_by("pk").values_list("pk", "data")),
        SegmentOverride.objects.count(),
    ]


def stock_addresses(translation: Translation) -> list[str]:
    """Every address of wagtail-localize, with the numbers of things that exist."""
    page = translation.source.get_source_instance()
    numbers = {"submit/page": page.pk, "update": translation.source_id, "translate": translation.pk, "page": page.pk}
    found = []
    for path in checks.stock_paths():
        start = next((name for name in numbers if path.startswith(f"localize/{name}/")), "")
        found.append(ADMIN + path.replace("/1/", f"/{numbers.get(start, 1)}/", 1))
    return found


def test_the_list_of_addresses_is_not_empty(french: Translation) -> None:
    assert len(stock_addresses(french)) >= 17


@pytest.mark.parametrize("who", ["nobody", "outsider", "reader", "other translator"])
def test_nobody_without_rights_on_the_pages_changes_anything(
    client: Client, house: House, french: Translation, outsider: User, who: str
) -> None:
    target(french).save_revision().publish()
    ReportPage.objects.filter(pk=target(french).pk).update(live=False)
    people = {
        "outsider": outsider,
        "reader": staff(),
        "other translator": staff((house.tree.homes["es"], ("change_page", "add_page")), extra=("submit_translation",)),
    }
    if who in people:
        client.force_login(people[who])
    before = state()
    locales = {"locales": [Locale.objects.get(language_code="fr").pk, Locale.objects.get(language_code="es").pk]}
    for address in stock_addresses(french):
        for method in ("get", "post", "put", "delete"):
            data = {**locales, "publish_translations": "on", "subtree": "on", "value": "x"} if method == "post" else {}
            answer = getattr(client, method)(address, data)
            assert answer.status_code in {200, 302, 405, 410}, f"{method} {address}: {answer.status_code}"
            assert state() == before, f"{method} {address}"


def test_administrators_change_nothing_by_the_addresses_that_have_no_counterpart(
    client: Client, house: House, french: Translation
) -> None:
    client.force_login(factories.UserFactory(is_superuser=True))
    before = state()
    gone = [address for address in stock_addresses(french) if client.get(address).status_code == 410]
    assert [re.sub(r"/\d+/", "/1/", address.removeprefix("/admin/localize/")) for address in gone] == [
        "jsi18n/",
        "submit/snippet/x/x/x/",
        "translate/1/strings/1/edit/",
        "translate/1/overrides/1/edit/",
        "translate/1/pofile/download/",
        "translate/1/pofile/upload/",
        "translate/1/machine_translate/",
        "page/1/convert_to_alias/",
        "api/snippets/x/x/",
        "api/snippets/x/x/x/",
        "reports/translations/results/",
    ]
    for address in gone:
        for method in ("post", "put", "delete"):
            assert getattr(client, method)(address).status_code == 410
    assert state() == before


def test_a_translator_edits_the_own_language_only(
    client: Client, house: House, translator: User, french: Translation, open_translation: Callable[[str], Translation]
) -> None:
    spanish: Translation = open_translation("es")
    client.force_login(translator)
    for translation, mine in ((french, True), (spanish, False)):
        address = reverse("localization:edit_translation", args=[translation.pk])
        assert refused(client.get(address)) is not mine
        before = state()
        answer = save(client, translation, "Rapport", "Report")
        assert refused(answer) is not mine
        assert (state() == before) is not mine
        assert refused(client.get(reverse("localization:preview_translation", args=[translation.pk]))) is not mine
    assert refused(client.post(reverse("localization:stop_translation", args=[spanish.pk])))
    assert Translation.objects.get(pk=spanish.pk).enabled


def test_a_translator_sends_no_page_to_translation(
    client: Client, house: House, translator: User, french: Translation
) -> None:
    client.force_login(translator)
    assert refused(client.get(reverse("localization:submit_page", args=[house.report.pk])))
    assert refused(client.post(reverse("localization:update_source", args=[french.source_id])))


def test_an_editor_sends_a_page_into_the_languages_that_are_open(client: Client, house: House, editor: User) -> None:
    client.force_login(editor)
    address = reverse("wagtail_localize:submit_page_translation", args=[house.report.pk])
    fresh(house.processes["ar"]).delete()
    page = client.get(address).content.decode()
    assert "The page above it does not exist in this language yet." in page
    arabic, french = Locale.objects.get(language_code="ar"), Locale.objects.get(language_code="fr")
    assert client.post(address, {"locales": [arabic.pk]}).status_code == 422
    answer = client.post(address, {"locales": [french.pk], "publish_translations": "on"})
    made = ReportPage.objects.get(translation_key=house.document.uid, locale=french)
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[made.pk])
    assert not made.live


def test_a_subtree_is_sent_by_the_worker_and_told_in_the_history(
    client: Client, house: House, editor: User, django_capture_on_commit_callbacks: Any
) -> None:
    french = Locale.objects.get(language_code="fr")
    client.force_login(editor)
    address = reverse("localization:submit_page", args=[house.processes["en"].pk])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"locales": [french.pk], "subtree": "on"})
    assert ReportPage.objects.filter(translation_key=house.document.uid, locale=french, live=False).exists()
    entry = PageLogEntry.objects.get(action="localization.subtree")
    assert (entry.data["started"], entry.data["refused"]) == (1, 0)


def test_updating_never_publishes(client: Client, house: House, editor: User, french: Translation) -> None:
    client.force_login(editor)
    address = reverse("wagtail_localize:update_translations", args=[french.source_id])
    assert client.get(address).status_code == 200
    client.post(address, {"publish_translations": "on"})
    assert not target(french).live


def test_the_list_shows_the_own_translations(
    client: Client, house: House, translator: User, french: Translation, open_translation: Callable[[str], Translation]
) -> None:
    open_translation("es")
    client.force_login(translator)
    save(client, french, "Rapport", "Report")
    page = client.get(reverse("wagtail_localize:translations_report")).content.decode()
    assert "1 of 5" in page
    assert page.count(reverse("localization:edit_translation", args=[french.pk])) == 1
    assert "0 of 5" not in page
    assert (
        "no translations open to you"
        in client.get(reverse("localization:list_translations"), {"language": "es"}).content.decode()
    )


def test_the_page_header_offers_translation_to_whom_may(
    client: Client, house: House, editor: User, translator: User
) -> None:
    explorer = reverse("wagtailadmin_explore", args=[house.processes["en"].pk])
    client.force_login(editor)
    assert "Translate this page" in client.get(explorer).content.decode()
    client.force_login(translator)
    assert (
        "Translate this page"
        not in client.get(reverse("wagtailadmin_explore", args=[house.processes["fr"].pk])).content.decode()
    )


def test_a_page_is_not_turned_into_a_copy(client: Client, house: House, french: Translation) -> None:
    client.force_login(factories.UserFactory(is_superuser=True))
    Translation.objects.update(enabled=False)
    edit = reverse("wagtailadmin_pages:edit", args=[target(french).pk])
    assert "localize-convert-to-alias" not in client.get(edit).content.decode()
    client.post(edit, {"localize-convert-to-alias": "1"}, follow=True)
    assert target(french).alias_of_id is None


def test_nobody_is_given_the_global_permission() -> None:
    permission = Permission.objects.get(content_type__app_label="wagtail_localize", codename="submit_translation")
    assert list(permission.group_set.values_list("name", flat=True)) == []


# What holds at start-up


def test_the_project_passes_its_own_checks() -> None:
    assert [message for message in run_checks() if (message.id or "").startswith("localization.")] == []


@override_settings(WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE=True)
def test_publishing_on_translation_stops_the_start() -> None:
    (message,) = checks.check_settings(None)
    assert message.id == "localization.E001"
    assert "SYNC_LIVE_STATUS" in message.msg


@override_settings(WAGTAILLOCALIZE_DISABLE_ON_DELETE=False)
def test_losing_texts_stops_the_start() -> None:
    assert [message.id for message in checks.check_settings(None)] == ["localization.E001"]


@override_settings(ROOT_URLCONF="tests.cms.localization.stock_urls")
def test_a_stock_view_in_reach_stops_the_start() -> None:
    messages = checks.check_addresses(None)
    assert len(messages) >= 15
    assert {message.id for message in messages} == {"localization.E002"}


def test_our_code_calls_none_of_the_stock_writers() -> None:
    forbidden = re.compile(
        r"\.(save_target|create_or_update_translation|update_from_db|import_po|get_or_create_from_source)\s*\("
        r"|\b(translate_object|translate_page_subtree|apply_machine_translation)\s*\("
    )
    calls = []
    for folder in ("cms", "documents", "home", "search"):
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*.py")):
            calls += [
                f"{path.name}: {line.strip()}" for line in path.read_text().splitlines() if forbidden.search(line)
            ]
    assert calls == []
