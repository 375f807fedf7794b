"""Marking languages as not required: of whom, of what, why, and taking it back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.log_actions import registry
from wagtail.models import Locale
from wagtail_localize.models import Translation

from cms.localization.models import NotRequired
from cms.localization.sending.translating import translate_page
from cms.processes.models import ProcessRole
from cms.processes.roles import ensure_groups
from cms.users.models import User
from documents.models import OfficialDocument
from tests import factories
from tests.cms.localization.conftest import House, save, staff, target, translate_all
from tests.tree import fresh

pytestmark = pytest.mark.django_db

MOST_QUERIES = 40


def locale(code: str) -> Locale:
    found: Locale = Locale.objects.get(language_code=code)
    return found


def press(client: Client, action: str, *keys: Any, languages: tuple[str, ...] = ("ar",), reason: str = "") -> Any:
    data = {"action": action, "key": list(map(str, keys)), "reason": reason}
    data["locales"] = [locale(code).pk for code in languages]
    return client.post(reverse("localization:spare_languages"), data)


def test_a_language_is_marked_with_a_reason_and_the_mark_is_taken_back(
    client: Client, house: House, coordinator: User, editor: User
) -> None:
    key = house.document.uid
    client.force_login(coordinator)
    matrix = client.get(reverse("localization:matrix")).content.decode()
    assert reverse("localization:spare_languages") in matrix
    answer = press(client, "spare", key, languages=("ar", "es"))
    assert answer.status_code == 422
    assert "Say why: readers are told." in answer.content.decode()
    assert not NotRequired.objects.exists()

    assert press(client, "spare", key, languages=("ar", "es"), reason="Informal paper").status_code == 302
    assert client.get(reverse("localization:matrix")).content.decode().count("Informal paper") == 2
    (outcome,) = translate_page(house.report, [locale("ar")], editor)
    assert outcome.refusal == "It is marked as not required: Informal paper"
    press(client, "spare", key, reason="Withdrawn paper")
    assert press(client, "require", key).status_code == 302
    assert list(NotRequired.objects.values_list("locale__language_code", "reason")) == [("es", "Informal paper")]
    messages = [entry.message for entry in registry.get_logs_for_instance(house.document)]
    assert messages[:3] == [
        "Required in Arabic again",
        "Marked as not required in Arabic: Withdrawn paper",
        "Marked as not required in Arabic: Informal paper",
    ]
    (outcome,) = translate_page(house.report, [locale("ar")], editor)
    assert outcome.target is not None


def test_pages_are_marked_too(client: Client, house: House, coordinator: User) -> None:
    client.force_login(coordinator)
    page = factories.StandardPageFactory(parent=fresh(house.processes["en"]), title="About")
    assert press(client, "spare", page.translation_key, reason="Local matter").status_code == 302
    assert NotRequired.objects.get().translation_key == page.translation_key
    assert "Marked as not required in Arabic" in registry.get_logs_for_instance(page)[0].message


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        ("original", "It is the original."),
        ("edition", "It has an edition of its own in this language."),
        ("live", "Readers have it in this language already."),
        ("begun", "It is being translated (1 of 5 texts). Stop the translation first."),
    ],
)
def test_what_is_there_is_not_marked(
    client: Client, house: House, coordinator: User, translator: User, case: str, sentence: str, request: Any
) -> None:
    code = "en" if case == "original" else "fr"
    if case == "edition":
        factories.LanguageVersionFactory(document=house.document, language="fr", origin="imported")
    if case in {"live", "begun"}:
        french: Translation = request.getfixturevalue("french")
        client.force_login(translator)
        if case == "live":
            translate_all(client, french)
            target(french).save_revision().publish()
        else:
            save(client, french, "Rapport", "Report")
    other = factories.OfficialDocumentFactory(process=house.document.process, symbol="KP/9")
    client.force_login(coordinator)
    answer = press(client, "spare", house.document.uid, other.uid, languages=(code,), reason="Informal paper")
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    # Each stands for itself.
    assert list(NotRequired.objects.values_list("translation_key", flat=True)) == [other.uid]


def test_a_translation_that_nobody_began_is_stopped_by_it(
    client: Client, house: House, coordinator: User, french: Translation
) -> None:
    client.force_login(coordinator)
    assert press(client, "spare", house.document.uid, languages=("fr",), reason="Informal").status_code == 302
    assert not Translation.objects.get(pk=french.pk).enabled
    assert not target(french).live


@pytest.mark.parametrize("who", ["nobody", "editor", "translator", "other"])
def test_only_the_coordinators_of_the_process_mark(client: Client, house: House, who: str, request: Any) -> None:
    if who == "other":
        roles = ensure_groups(factories.ProcessFactory(code="other"))
        client.force_login(factories.UserFactory(groups=[roles[ProcessRole.Role.COORDINATOR].group]))
    elif who == "nobody":
        client.force_login(staff())
    else:
        client.force_login(request.getfixturevalue(who))
    NotRequired.objects.create(translation_key=house.document.uid, locale=locale("es"), reason="x")
    address = f"{reverse('localization:spare_languages')}?key={house.document.uid}"
    assert "Report of the Plenary" not in client.get(address, follow=True).content.decode()
    press(client, "spare", house.document.uid, reason="Informal")
    press(client, "require", house.document.uid, languages=("es",))
    assert list(NotRequired.objects.values_list("reason", flat=True)) == ["x"]


def test_many_are_marked_at_once_and_looking_at_them_costs_the_same(
    client: Client, house: House, coordinator: User, open_translation: Callable[[str], Translation]
) -> None:
    open_translation("fr")
    client.force_login(coordinator)
    documents = [
        factories.OfficialDocumentFactory(process=house.document.process, symbol=f"KP/2020/{number}")
        for number in range(40)
    ]

    def asked(*shown: OfficialDocument) -> int:
        query = "&".join(f"key={document.uid}" for document in shown)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{reverse('localization:spare_languages')}?{query}").status_code == 200
        return len(queries)

    asked(house.document)
    few = asked(house.document, *documents[:1])
    assert asked(house.document, *documents) == few <= MOST_QUERIES
    press(client, "spare", *(document.uid for document in documents), languages=("ar", "es"), reason="Informal")
    assert NotRequired.objects.count() == 80


@pytest.mark.parametrize(
    "data",
    [{}, {"key": "x", "action": "x"}, {"action": "spare", "locales": "9" * 40, "reason": "x" * 900, "key": "\x00"}],
    ids=["nothing", "nonsense", "huge"],
)
def test_whatever_is_posted_there_is_a_page(client: Client, coordinator: User, data: dict[str, Any]) -> None:
    client.force_login(coordinator)
    assert client.post(reverse("localization:spare_languages"), data).status_code == 422
