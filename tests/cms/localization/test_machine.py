"""Open texts filled by the memory and by an engine: what is taken, what is left open, and that nothing goes public."""

import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, cast

import pytest
from django.core.checks import run_checks
from django.db import connection
from django.http import HttpResponse
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation

from cms.localization.filling import work_through
from cms.localization.machine import MOST_CHARACTERS, MOST_TEXTS, batches
from cms.localization.memory.remembering import note_all, remember_all
from cms.localization.models import Filling, SegmentChange, SegmentReview
from cms.localization.sending.translating import translate_page
from cms.localization.texts.rows import load
from cms.localization.texts.storing import Change, store
from cms.users.models import User
from documents.models import ReportPage
from tests import factories
from tests.cms.localization.conftest import House, hand_in, plant_edition, row_of, save, target, translate_all
from tests.cms.localization.engine import Engine, running
from tests.cms.localization.long_report import lengthen

pytestmark = pytest.mark.django_db


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    """An engine that is set up, and listens."""
    with running() as found:
        settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = found.setting
        yield found


def press(client: Client, address: str) -> HttpResponse:
    """Presses a button, lets the worker do what it was given, and follows to what is told."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = client.post(address)
    return cast(HttpResponse, client.get(answer["Location"]))


def fill(client: Client, translation: Translation) -> HttpResponse:
    """Presses "Fill the open texts"."""
    return press(client, reverse("localization:fill_texts", args=[translation.pk]))


def page_of(client: Client, translation: Translation, query: str = "") -> str:
    return client.get(reverse("localization:edit_translation", args=[translation.pk]) + query).content.decode()


def twin(house: House, editor: User) -> Translation:
    """A second document with the same texts, open in French, whose first has a published French translation."""
    translated = ReportPage.objects.get(translation_key=house.document.uid, locale__language_code="fr")
    translated.save_revision().publish()
    note_all()
    remember_all(lambda: None)
    document = factories.OfficialDocumentFactory(process=house.document.process, symbol="KP/2019/1")
    page = plant_edition(house.processes["en"], document)
    (outcome,) = translate_page(page, [Locale.objects.get(language_code="fr")], editor)
    assert outcome.target is not None, outcome.refusal
    translation: Translation = Translation.objects.select_related("source", "target_locale").get(
        source__object_id=document.uid
    )
    return translation


def test_without_an_engine_the_memory_fills_what_it_knows(
    client: Client,
    house: House,
    editor: User,
    translator: User,
    french: Translation,
) -> None:
    client.force_login(factories.UserFactory(is_superuser=True))
    translate_all(client, french)
    hand_in(client, french, "publish")
    other = twin(house, editor)
    client.force_login(translator)
    save(client, other, "Mon rapport", "Report")
    page = fill(client, other).content.decode()
    assert "4 texts were filled in from the translation memory, as drafts." in page
    assert row_of(other, "Report").target == "Mon rapport"
    row = row_of(other, "The")
    assert (row.target, row.state) == ("FR The ①Group❶ noted② document ③CTOC/COP/2020/3❸ & adjourned.", "draft")
    assert row.state_label == "Draft from the translation memory"
    assert "Draft from the translation memory" in page
    assert SegmentChange.objects.filter(translation=other, state="draft").count() == 4
    assert "Fill the open texts" not in page_of(client, other)


def test_a_memory_that_knows_nothing_says_so(client: Client, translator: User, french: Translation) -> None:
    client.force_login(translator)
    assert "The translation memory has none of the open texts." in fill(client, french).content.decode()
    assert not StringTranslation.objects.exists()


def test_an_engine_translates_what_is_open_and_keeps_the_codes(
    client: Client, translator: User, french: Translation, engine: Engine
) -> None:
    client.force_login(translator)
    save(client, french, "Rapport", "Report")
    assert "LibreTranslate" in page_of(client, french)
    page = fill(client, french).content.decode()
    assert "4 texts have a machine translation now." in page
    (asked,) = engine.asked
    assert (asked["source"], asked["target"], asked["format"]) == ("en", "fr", "html")
    assert len(asked["q"]) == 4
    row = row_of(french, "The")
    assert row.target == f"Traduit : {row.source.text}"
    assert (row.state, row.state_label) == ("machine", "Machine text")
    assert row.current is not None
    assert (row.current.translation_type, row.current.tool_name) == ("machine", "LibreTranslate")
    assert row_of(french, "Report").target == "Rapport"
    change = SegmentChange.objects.filter(context=row.segment.context).get()
    assert (change.state, change.user) == ("machine", translator)
    # Once more there is nothing left to ask.
    fill(client, french)
    assert len(engine.asked) == 1


def test_machine_text_is_not_sent_to_review_and_not_published(
    client: Client, french: Translation, engine: Engine
) -> None:
    client.force_login(factories.UserFactory(is_superuser=True))
    fill(client, french)
    page = page_of(client, french)
    assert "Machine text (5)" in page
    for action in ("submit", "publish"):
        assert "5 texts are not finished yet." in hand_in(client, french, action, follow=True).content.decode()
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{bulk}?id={target(french).pk}&next=/admin/", {"include_descendants": "on"})
    client.post(
        reverse("wagtailadmin_pages:edit", args=[target(french).pk]), {"action-publish": "1", "title": "x", "slug": "x"}
    )
    assert not target(french).live
    for row in load(french):
        save(client, french, row.target, row.source.text)
    assert {row.state for row in load(french)} == {"confirmed"}
    assert set(StringTranslation.objects.values_list("translation_type", "tool_name")) == {("manual", "")}
    hand_in(client, french, "publish")
    assert target(french).live


def test_machine_text_stays_marked_until_it_is_confirmed_or_another(
    client: Client, translator: User, french: Translation, engine: Engine
) -> None:
    client.force_login(translator)
    fill(client, french)
    words = row_of(french, "A note").target
    for text, action, state in (
        (words, "save", "machine"),  # looked at, and left as it was
        (f"{words} Vraiment.", "save", "machine"),
        ("Tout autre chose.", "save", "draft"),
    ):
        save(client, french, text, "A note", action=action)
        assert row_of(french, "A note").state == state
    save(client, french, row_of(french, "Report").target, "Report")
    assert row_of(french, "Report").state == "confirmed"


@pytest.mark.parametrize(
    "translate",
    [
        lambda text: re.sub("<[^>]+>", "", text),
        lambda text: text + text,
        lambda text: text.replace("</i>", ""),
        lambda text: re.sub('<a id="([^"]+)"', '<a id="\\1x"', text),
        lambda text: f"<script>alert(1)</script>{text}" if "<" in text else text,
    ],
    ids=["codes stripped", "codes doubled", "markup broken", "names of codes changed", "foreign markup"],
)
def test_a_text_whose_codes_did_not_survive_stays_open(
    client: Client, translator: User, french: Translation, engine: Engine, translate: Any
) -> None:
    engine.translate = translate
    client.force_login(translator)
    page = fill(client, french).content.decode()
    row = row_of(french, "The")
    if row.state == "machine":  # mended by whoever reads HTML, or taken as the plain text that it is
        assert sorted(row.source.pattern.findall(row.target)) == sorted(row.source.pattern.findall(row.source.text))
        assert row.current is not None
        assert "<script" not in row.current.data
    else:
        assert "1 text stays open" in page
    assert row_of(french, "To meet").state == "machine"


def test_a_text_that_its_field_does_not_take_stays_open(
    client: Client, translator: User, french: Translation, engine: Engine
) -> None:
    engine.translate = lambda text: "x" * 300
    client.force_login(translator)
    fill(client, french)
    assert row_of(french, "Report").state == "missing"
    assert row_of(french, "To meet").state == "machine"


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        ({"status": 500}, "cannot be reached"),
        ({"status": 429}, "takes no more texts now"),
        ({"key": "another key"}, "refused the request: its key"),
        ({"answer": b"<html>"}, "gave an answer that cannot be understood"),
        ({"answer": b'{"error": "no"}'}, "gave an answer that cannot be understood"),
        ({"answer": b'{"translatedText": ["one"]}'}, "gave an answer that cannot be understood"),
        ({"answer": b'{"translatedText": [null, null, null, null, null]}'}, "that cannot be understood"),
    ],
    ids=["broken", "busy", "key", "no JSON", "error", "one for all", "nothing"],
)
def test_trouble_with_the_engine_is_told_in_a_sentence(
    client: Client,
    translator: User,
    french: Translation,
    engine: Engine,
    caplog: pytest.LogCaptureFixture,
    trouble: dict[str, Any],
    sentence: str,
) -> None:
    for name, value in trouble.items():
        setattr(engine, name, value)
    client.force_login(translator)
    with caplog.at_level(logging.DEBUG):
        page = fill(client, french).content.decode()
    assert sentence in page
    assert not StringTranslation.objects.exists()
    assert "a key" not in caplog.text
    # It can be tried again at once.
    engine.status, engine.answer, engine.key = 200, None, "a key"
    assert "5 texts have a machine translation now." in fill(client, french).content.decode()


def test_an_engine_that_is_away_is_told(
    client: Client, translator: User, french: Translation, settings: Settings
) -> None:
    with running() as gone:
        settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = gone.setting
    client.force_login(translator)
    assert "LibreTranslate cannot be reached. Try again later." in fill(client, french).content.decode()


def test_what_somebody_writes_meanwhile_is_not_written_over(
    client: Client, translator: User, french: Translation
) -> None:
    # As the worker does: it read that the text is open, and the engine took its time.
    open_row = row_of(french, "To meet")
    client.force_login(translator)
    save(client, french, "Se réunir.", "To meet")
    late = store(french, [Change(open_row, "Machine", SegmentReview.State.MACHINE, "x")], translator)
    assert late == {open_row.key}
    row = row_of(french, "To meet")
    assert (row.target, row.state) == ("Se réunir.", "confirmed")


@pytest.mark.parametrize("why", ["rights", "account", "stopped"])
def test_whoever_may_not_write_any_more_translates_nothing(
    translator: User, french: Translation, engine: Engine, why: str
) -> None:
    filling = Filling.objects.create(translation=french, engine="x", created_by=translator)
    if why == "rights":
        translator.groups.clear()
        filling.created_by = User.objects.get(pk=translator.pk)
    elif why == "account":
        filling.created_by = None
    else:
        french.enabled = False
    work_through(filling)
    filling = Filling.objects.get()
    assert filling.problem == "You may not change this page."
    assert not filling.is_at_work
    assert engine.asked == []


def test_a_lock_and_the_rights_bind_the_button(
    client: Client, publisher: User, translator: User, outsider: User, french: Translation, engine: Engine
) -> None:
    client.force_login(outsider)
    answer = client.post(reverse("localization:fill_texts", args=[french.pk]))
    assert answer["Location"] == reverse("wagtailadmin_home")  # Wagtail's way to say no
    ReportPage.objects.filter(pk=target(french).pk).update(locked=True, locked_by=publisher)
    client.force_login(translator)
    fill(client, french)
    assert not StringTranslation.objects.exists()
    assert engine.asked == []


def test_a_filling_that_lost_its_worker_can_be_gone_on_with(
    client: Client, translator: User, french: Translation, engine: Engine
) -> None:
    long_ago = timezone.now() - timedelta(hours=1)
    filling = Filling.objects.create(
        translation=french, engine="LibreTranslate", created_by=translator, total=5, done=1, moved_at=long_ago
    )
    client.force_login(translator)
    address = reverse("localization:filling", args=[french.pk, filling.pk])
    # Pressing the button again leads to it and begins nothing new.
    page = fill(client, french).content.decode()
    assert "1 of 5 texts" in page
    assert "Go on with the rest" in page
    page = press(client, address).content.decode()
    assert "5 texts have a machine translation now." in page
    other = Translation.objects.exclude(pk=french.pk).first()
    assert other is None or client.get(reverse("localization:filling", args=[other.pk, filling.pk])).status_code == 404


def test_texts_are_sent_in_bounded_batches(french: Translation) -> None:
    row = load(french)[0]
    rows = [row] * 120
    assert [len(batch) for batch in batches(rows)] == [MOST_TEXTS, MOST_TEXTS, 20]
    row.segment.string.data = "x" * (MOST_CHARACTERS // 2 + 1)
    assert [len(batch) for batch in batches(rows[:3])] == [1, 1, 1]
    assert list(batches([])) == []


def test_three_hundred_texts_cost_few_queries(
    client: Client, house: House, editor: User, translator: User, engine: Engine
) -> None:
    document = factories.OfficialDocumentFactory(process=house.document.process, symbol="KP/2018/1")
    page = lengthen(plant_edition(house.processes["en"], document))
    (outcome,) = translate_page(page, [Locale.objects.get(language_code="fr")], editor)
    assert outcome.target is not None
    translation = Translation.objects.get(source__object_id=document.uid)
    client.force_login(translator)
    filling = Filling.objects.create(translation=translation, engine="x", created_by=translator)
    with CaptureQueriesContext(connection) as asked:
        work_through(filling)
    batches_sent = len(engine.asked)
    assert SegmentReview.objects.filter(state="machine").count() == Filling.objects.get().done >= 400
    assert len(asked) <= 20 + 10 * batches_sent, "\n".join(query["sql"][:150] for query in asked)


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        (None, []),
        (
            {"CLASS": "wagtail_localize.machine_translators.libretranslate.LibreTranslator", "OPTIONS": {}},
            ["LibreTranslator needs TRANSLATION_ENGINE_URL."],
        ),
        (
            {"CLASS": "wagtail_localize.machine_translators.deepl.DeepLTranslator", "OPTIONS": {"AUTH_KEY": ""}},
            ["DeepLTranslator needs TRANSLATION_ENGINE_KEY."],
        ),
        (
            {"CLASS": "wagtail_localize.machine_translators.deepl.DeepLTranslator", "OPTIONS": {"AUTH_KEY": "x"}},
            [],
        ),
        ({"CLASS": "nowhere.Translator"}, ["nowhere.Translator cannot be loaded: No module named 'nowhere'."]),
    ],
    ids=["none", "no address", "no key", "whole", "no class"],
)
def test_an_engine_set_up_by_half_is_named_and_does_no_harm(
    client: Client, translator: User, french: Translation, settings: Settings, setting: Any, said: list[str]
) -> None:
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = setting
    assert [message.msg for message in run_checks() if message.id == "localization.W001"] == said
    client.force_login(translator)
    page = page_of(client, french)
    assert ("the rest by" in page) is (setting is not None and not said)
