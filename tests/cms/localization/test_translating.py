"""Opening translations: what is made, for whom, and what is never overwritten."""

from collections.abc import Callable

import pytest
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.localization.models import Submission
from cms.localization.rules import target_refusal
from cms.localization.sending.refreshing import update_translations
from cms.localization.sending.submitting import submit, work_through
from cms.localization.sending.translating import translate_page
from cms.users.models import User
from documents.models import LanguageVersion, ReportPage
from tests import factories
from tests.cms.localization.conftest import House, imported_edition, plant_edition, segments, staff, target
from tests.tree import fresh

pytestmark = pytest.mark.django_db


def translate_subtree(page: Page, locales: list[Locale], user: User) -> Submission:
    """Sends all pages below a page to translation, as the worker does."""
    submission = submit(page.get_descendants().values_list("pk", flat=True), locales, user, under=page)
    work_through(submission)
    return submission


def locale(code: str) -> Locale:
    found: Locale = Locale.objects.get(language_code=code)
    return found


def test_the_target_is_a_draft_beside_its_process_with_the_facts_of_the_source(
    house: House, french: Translation
) -> None:
    page = target(french)
    assert not page.live
    assert page.get_parent().pk == house.processes["fr"].pk
    assert page.document_id == house.document.pk
    assert page.slug == house.report.slug
    assert page.translation_key == house.document.uid
    assert [note.locale.language_code for note in page.footnotes.all()] == ["fr"]
    assert Page.find_problems() == ([], [], [], [], [])


def test_the_translated_version_is_held(house: House, french: Translation) -> None:
    version = LanguageVersion.objects.get(document=house.document, language="fr")
    assert (version.origin, version.state) == ("translated", "held")


def test_an_awaited_version_becomes_the_translated_one_and_stays_awaited(house: House, editor: User) -> None:
    factories.LanguageVersionFactory(document=house.document, language="fr", state="awaited")
    (outcome,) = translate_page(house.report, [locale("fr")], editor)
    assert outcome.target is not None
    version = LanguageVersion.objects.get(document=house.document, language="fr")
    assert (version.origin, version.state) == ("translated", "awaited")


def test_a_draft_is_translated_as_it_was_last_saved(house: House, editor: User) -> None:
    page = factories.StandardPageFactory(parent=fresh(house.processes["en"]), title="First thought", live=False)
    page.title = "Second thought"
    page.save_revision()
    (outcome,) = translate_page(fresh(page), [locale("fr")], editor)
    assert outcome.target is not None
    assert not outcome.target.live
    source = TranslationSource.objects.get(object_id=page.translation_key)
    assert segments(Translation.objects.get(source=source)) == ["Second thought"]


def test_who_may_not_change_the_source_opens_nothing(house: House, translator: User, outsider: User) -> None:
    for user in (translator, outsider):
        (outcome,) = translate_page(house.report, [locale("fr")], user)
        assert outcome.refusal == "You may not change this page."
    assert not TranslationSource.objects.exists()


def test_each_language_is_asked_for_its_own_rights(house: House) -> None:
    english_and_french = staff(
        (house.processes["en"], ("add_page", "change_page")), (house.processes["fr"], ("add_page", "change_page"))
    )
    outcomes = translate_page(house.report, [locale("fr"), locale("es")], english_and_french)
    assert {outcome.locale.language_code: outcome.refusal for outcome in outcomes} == {
        "es": "You may not add pages in this language.",
        "fr": "",
    }
    assert not ReportPage.objects.filter(locale=locale("es")).exists()


def test_without_the_page_above_there_is_no_place(house: House, editor: User) -> None:
    fresh(house.processes["es"]).delete()
    (outcome,) = translate_page(fresh(house.report), [locale("es")], editor)
    assert outcome.refusal == "The page above it does not exist in this language yet."


def test_an_imported_edition_is_not_translated_over(house: House, editor: User) -> None:
    edition = imported_edition(house, "fr")
    (outcome,) = translate_page(house.report, [locale("fr")], editor)
    assert outcome.refusal == "The document has an edition of its own in this language."
    assert ReportPage.objects.get(pk=edition.pk).title == "Rapport importé"
    assert not Translation.objects.exists()


def test_a_file_of_its_own_counts_as_an_edition_too(house: House, editor: User) -> None:
    factories.LanguageVersionFactory(document=house.document, language="fr", origin="imported", state="held")
    (outcome,) = translate_page(house.report, [locale("fr")], editor)
    assert outcome.refusal == "The document has an edition of its own in this language."


def test_a_subtree_leaves_imported_editions_below_as_they_are(house: House, editor: User) -> None:
    edition = imported_edition(house, "fr")
    other = plant_edition(
        fresh(house.processes["en"]), factories.OfficialDocumentFactory(process=house.document.process), title="Other"
    )
    submission = translate_subtree(fresh(house.processes["en"]), [locale("fr")], editor)
    states = dict(submission.items.values_list("page", "state"))
    assert states == {house.report.pk: "refused", other.pk: "opened"}
    assert ReportPage.objects.get(pk=edition.pk).title == "Rapport importé"
    assert ReportPage.objects.get(pk=edition.pk).live


def test_a_subtree_under_an_alias_overwrites_nothing(house: House, editor: User) -> None:
    """The French page above is an alias: wagtail-localize would then write over every imported page below, live."""
    edition = imported_edition(house, "fr")
    Page.objects.filter(pk=house.processes["fr"].pk).update(alias_of=house.processes["en"].pk)
    parent = translate_page(fresh(house.processes["en"]), [locale("fr")], editor)
    assert [outcome.refusal for outcome in parent] == [
        "A copy that repeats the original stands there. Delete the copy first."
    ]
    translate_subtree(fresh(house.processes["en"]), [locale("fr")], editor)
    page = ReportPage.objects.get(pk=edition.pk)
    assert (page.title, page.live, page.alias_of_id) == ("Rapport importé", True, None)
    assert page.body[0].value["text"] == "Introduction"
    assert not Translation.objects.filter(target_locale=locale("fr"), source__object_id=house.document.uid).exists()


def test_a_subtree_asks_rights_page_by_page(house: House) -> None:
    parent = factories.StandardPageFactory(parent=fresh(house.processes["en"]), title="Open", slug="open")
    factories.StandardPageFactory(parent=parent, title="Below", slug="below")
    user = staff((parent, ("change_page",)), (house.processes["fr"], ("add_page", "change_page")))
    submission = translate_subtree(fresh(house.processes["en"]), [locale("fr")], user)
    assert dict(submission.items.values_list("page__title", "reason")) == {
        "Report of the Plenary": "You may not change this page.",
        "Open": "",
        "Below": "",
    }


def test_a_second_time_makes_nothing_twice(house: House, editor: User, french: Translation) -> None:
    (outcome,) = translate_page(house.report, [locale("fr")], editor)
    assert outcome.refusal == "It is being translated already."
    assert ReportPage.objects.filter(locale=locale("fr")).count() == 1


def test_a_page_written_in_the_language_is_left_alone(house: House, editor: User) -> None:
    assert target_refusal(house.processes["en"], locale("fr"), editor, {}) == "It has a page of its own there."


def test_texts_outlive_their_page(house: House, editor: User, open_translation: Callable[[str], Translation]) -> None:
    translation = open_translation("fr")
    segment = translation.source.stringsegment_set.get(context__path="title")
    StringTranslation.objects.create(
        translation_of=segment.string, context=segment.context, locale=locale("fr"), data="Rapport"
    )
    target(translation).delete()
    assert not Translation.objects.get(pk=translation.pk).enabled
    LanguageVersion.objects.filter(document=house.document, language="fr").delete()
    translate_page(fresh(house.report), [locale("fr")], editor)
    assert target(translation).get_latest_revision_as_object().title == "Rapport"


def test_home_pages_keep_their_own_slugs(house: House) -> None:
    admin = factories.UserFactory(is_superuser=True)
    house.tree.homes["ar"].delete()
    (outcome,) = translate_page(fresh(house.tree.homes["en"]), [locale("ar")], admin)
    assert outcome.target is not None
    assert outcome.target.slug != house.tree.homes["en"].slug


def test_updating_brings_the_new_text_and_publishes_nothing(house: House, editor: User, french: Translation) -> None:
    live = target(french)
    live.save_revision().publish()
    house.report.title = "Revised report"
    house.report.save_revision().publish()
    (outcome,) = update_translations(french.source, editor)
    assert outcome.target is not None
    page = target(french)
    assert page.title == live.title
    assert page.has_unpublished_changes
    assert page.get_latest_revision_as_object().title == "Revised report"


def test_updating_leaves_out_languages_that_are_not_the_users(house: House, french: Translation) -> None:
    before = target(french).latest_revision_id
    english = staff((house.processes["en"], ("change_page",)))
    (outcome,) = update_translations(french.source, english)
    assert outcome.refusal == "You may not change this page."
    assert target(french).latest_revision_id == before


def test_updating_respects_a_lock(house: House, editor: User, publisher: User, french: Translation) -> None:
    ReportPage.objects.filter(pk=target(french).pk).update(locked=True, locked_by=publisher)
    (outcome,) = update_translations(french.source, editor)
    assert "locked" in outcome.refusal


def test_updating_is_for_who_may_change_the_source(translator: User, french: Translation) -> None:
    with pytest.raises(PermissionError):
        update_translations(french.source, translator)
