"""The translation memory: filled from what is published, shown to whoever may read it, gone with its pages."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks
from wagtail.models import Locale, PageViewRestriction
from wagtail_localize.models import Translation

from cms.core.visibility import Access, Viewer, anonymous, viewer_for_user
from cms.localization.memory.matching import exact, similar
from cms.localization.memory.remembering import note, remember
from cms.localization.models import MemoryChange, MemorySource, MemoryTarget, MemoryToken
from cms.localization.sending.translating import translate_page
from cms.localization.texts import inline
from cms.localization.texts.comparing import text_key, tokens
from cms.localization.texts.rows import load
from cms.users.models import User
from documents.models import LanguageVersion, OfficialDocument, ReportPage
from tests import factories, people
from tests.cms.localization.conftest import House, plant_edition, staff, target
from tests.tree import fresh, plant_report

pytestmark = pytest.mark.django_db

State = LanguageVersion.State

FRENCH = {
    "i": "Introduction générale",
    "1": '<p>Le <i>Groupe</i> a pris note<a linktype="footnote" id="fn1">1</a> du document '
    '<a linktype="symbol" symbol="CTOC/COP/2020/3">CTOC/COP/2020/3</a> &amp; a levé la séance.</p>',
    "1-a": "<p>Se réunir.</p>",
}


def plant_french(house: House, document: OfficialDocument | None = None) -> ReportPage:
    """A French edition from its own file: the same anchors, other block ids."""
    page = plant_report(fresh(house.processes["fr"]), document or house.document, title="Rapport de la plénière")
    kinds = {"i": "heading", "1": "paragraph", "1-a": "lettered"}
    page.body = [
        {"type": kinds[anchor], "value": {"label": "", "anchor": anchor, "text": text}}
        for anchor, text in FRENCH.items()
    ]
    for block in page.body:
        if "level" in block.value:
            block.value["level"] = "2" if block.block_type == "heading" else "1"
    page.footnotes.set(
        [
            factories.FootnoteFactory.build(
                page=page, locale=page.locale, anchor="fn1", mark="1", text="<p>Une note.</p>"
            )
        ]
    )
    page.save()
    page.save_revision(user=factories.UserFactory(first_name="Anne", last_name="Dupont")).publish()
    return ReportPage.objects.get(pk=page.pk)


@pytest.fixture
def committed(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Callable[[], Any]:
    """Does what waits for the end of a transaction, as the worker does."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def filled(house: House, committed: Callable[[], Any]) -> House:
    """The document of the house in English and French, remembered."""
    with committed():
        note_key = house.document.uid
        plant_french(house)
        note([note_key])
    return house


def locale(code: str) -> Locale:
    found: Locale = Locale.objects.get(language_code=code)
    return found


def look(text: str, viewer: Viewer | None = None, source: str = "en", into: str = "fr") -> list[tuple[int, str]]:
    """What the memory says of a text: percentages and translations."""
    hits = similar(inline.encode(text), locale(source), locale(into), viewer or anonymous())
    return [(hit.percentage, hit.target) for hit in hits]


def test_two_editions_are_aligned_by_the_anchors_of_their_paragraphs(filled: House) -> None:
    assert look("To meet.") == [(100, "Se réunir.")]
    assert look("Introduction") == [(100, "Introduction générale")]
    assert look("A note.") == [(100, "Une note.")]
    assert look("Report of the Plenary") == [(100, "Rapport de la plénière")]
    assert look("Se réunir.", source="fr", into="en") == [(100, "To meet.")]
    assert look("To meet.", into="es") == []


def test_what_was_translated_here_is_remembered_when_it_is_published(
    house: House, french: Translation, committed: Callable[[], Any]
) -> None:
    page = target(french)
    page.title = "Rapport"
    with committed():
        page.save_revision()
    assert look("Report of the Plenary", viewer_for_user(people.superuser())) == []
    with committed():
        page.save_revision().publish()
    assert look("Report of the Plenary", viewer_for_user(people.superuser())) == [(100, "Rapport")]


def test_a_similar_text_comes_with_its_difference_and_where_it_is_from(filled: House) -> None:
    (hit,) = similar(inline.encode("Report of the next Plenary"), locale("en"), locale("fr"), anonymous())
    assert hit.percentage == 80
    assert hit.source == "Report of the Plenary"
    assert hit.difference == [("=", "Report of the "), ("+", "next "), ("=", "Plenary")]
    assert hit.origin.name == "KP/2017/1"
    assert hit.origin.title == "Rapport de la plénière"
    assert hit.origin.who == "Anne Dupont"
    assert hit.origin.date == ReportPage.objects.get(title="Rapport de la plénière").last_published_at
    assert look("Something else entirely") == []


def test_codes_come_as_the_text_at_hand_has_them_and_are_refused_where_it_has_others(filled: House) -> None:
    attrs = {
        "a1": {"linktype": "footnote", "id": "fn40"},
        "a2": {"linktype": "symbol", "symbol": "CTOC/COP/2020/3"},
    }
    data = 'The <i>Group</i> noted<a id="a1">40</a> document <a id="a2">CTOC/COP/2020/3</a> &amp; adjourned.'
    (hit,) = similar(inline.encode(data, attrs), locale("en"), locale("fr"), anonymous())
    assert (hit.percentage, hit.codes_fit) == (100, True)
    assert hit.target == "Le ①Groupe❶ a pris note② du document ③CTOC/COP/2020/3❸ & a levé la séance."
    plain = inline.encode("The Group noted document CTOC/COP/2020/3 &amp; adjourned.")
    (hit,) = similar(plain, locale("en"), locale("fr"), anonymous())
    assert not hit.codes_fit
    assert hit.percentage < 100
    assert hit.target == "Le Groupe a pris note du document CTOC/COP/2020/3 & a levé la séance."


@pytest.mark.parametrize("access", [Access.PARTICIPANTS, Access.STAFF])
def test_what_is_restricted_is_shown_to_whoever_may_read_it(filled: House, access: str) -> None:
    OfficialDocument.objects.filter(pk=filled.document.pk).update(access=access)
    stranger = factories.ProcessFactory()
    for user in (people.translator_of("es"), people.reader_of(stranger), people.publisher_of(stranger)):
        assert look("To meet.", viewer_for_user(user)) == []
    assert look("To meet.") == []
    assert look("To meet.", viewer_for_user(people.publisher_of(filled.document.process))) == [(100, "Se réunir.")]
    reader = look("To meet.", viewer_for_user(people.reader_of(filled.document.process)))
    assert bool(reader) == (access == Access.PARTICIPANTS)


def test_an_embargo_and_a_closed_page_hold_here_too(filled: House) -> None:
    translator = viewer_for_user(people.translator_of("fr"))
    versions = LanguageVersion.objects.filter(document=filled.document)
    for language in ("en", "fr"):
        versions.filter(language=language).update(state=State.HELD)
        assert look("To meet.", translator) == [], language
        assert look("To meet.", viewer_for_user(people.superuser())) == [(100, "Se réunir.")]
        versions.update(state=State.RELEASED)
    assert look("To meet.", translator)
    PageViewRestriction.objects.create(page=filled.processes["en"], restriction_type="login")
    assert look("To meet.") == []


def test_before_its_release_a_translation_is_there_for_its_translators_alone(
    house: House, french: Translation, committed: Callable[[], Any]
) -> None:
    page = target(french)
    page.title = "Rapport"
    with committed():
        page.save_revision().publish()
    LanguageVersion.objects.filter(document=house.document).update(state=State.HELD)
    assert look("Report of the Plenary") == []
    spanish, own = (staff((house.tree.homes[code], ("change_page",))) for code in ("es", "fr"))
    assert look("Report of the Plenary", viewer_for_user(spanish)) == []
    assert look("Report of the Plenary", viewer_for_user(own)) == [(100, "Rapport")]


def test_a_withdrawn_version_is_forgotten_and_remembered_when_it_is_released_again(
    filled: House, committed: Callable[[], Any]
) -> None:
    everything = viewer_for_user(people.superuser())
    version = LanguageVersion.objects.get(document=filled.document, language="fr")
    version.state = State.WITHDRAWN
    with committed():
        version.save()
    assert look("To meet.", everything) == []
    assert not MemoryTarget.objects.exists()
    assert not MemorySource.objects.exists()
    version.state = State.RELEASED
    with committed():
        version.save()
    assert look("To meet.") == [(100, "Se réunir.")]


@pytest.mark.parametrize("way", ["unpublish", "delete"])
@pytest.mark.parametrize("code", ["en", "fr"])
def test_with_a_page_go_its_texts(filled: House, committed: Callable[[], Any], way: str, code: str) -> None:
    page = ReportPage.objects.get(document=filled.document, locale__language_code=code)
    with committed():
        getattr(page, way)()
    assert not MemoryTarget.objects.exists()
    assert not MemorySource.objects.exists()
    assert not MemoryToken.objects.exists()


def test_a_changed_paragraph_takes_the_place_of_what_was_there(filled: House, committed: Callable[[], Any]) -> None:
    page = ReportPage.objects.get(document=filled.document, locale__language_code="fr")
    others = MemoryTarget.objects.exclude(text="Se réunir.").exclude(source__text="Se réunir.")
    kept = set(others.values_list("pk", flat=True))
    page.body[2].value["text"].source = "<p>Siéger.</p>"
    with committed():
        page.save_revision().publish()
    assert look("To meet.") == [(100, "Siéger.")]
    assert not MemorySource.objects.filter(text="Se réunir.").exists()
    assert kept <= set(MemoryTarget.objects.values_list("pk", flat=True))


def test_a_place_with_another_number_of_paragraphs_tells_nothing(filled: House, committed: Callable[[], Any]) -> None:
    page = ReportPage.objects.get(document=filled.document, locale__language_code="fr")
    page.body[2].value["text"].source = "<p>Se réunir.</p><p>Et se séparer.</p>"
    with committed():
        page.save_revision().publish()
    assert look("To meet.") == []
    assert look("Introduction") == [(100, "Introduction générale")]


def test_one_way_to_say_it_is_one_hit_however_many_documents_have_it(
    filled: House, committed: Callable[[], Any]
) -> None:
    other = factories.OfficialDocumentFactory(process=filled.document.process, symbol="KP/2018/9")
    with committed():
        plant_edition(fresh(filled.processes["en"]), other)
        plant_french(filled, other)
    (hit,) = similar(inline.encode("To meet."), locale("en"), locale("fr"), anonymous())
    assert (hit.target, hit.times, hit.origin.symbol) == ("Se réunir.", 2, "KP/2018/9")


def test_a_whole_page_is_looked_up_in_one_go(
    filled: House, editor: User, committed: Callable[[], Any], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    other = factories.OfficialDocumentFactory(process=filled.document.process, symbol="KP/2018/9")
    page = plant_edition(fresh(filled.processes["en"]), other)
    translate_page(page, [locale("fr")], editor)
    translation = Translation.objects.select_related("source__locale", "target_locale").get(source__object_id=other.uid)
    rows = load(translation)
    viewer = viewer_for_user(editor)
    with django_assert_max_num_queries(5):
        few = exact(translation, rows[:1], viewer)
    with django_assert_max_num_queries(5):
        hits = exact(translation, rows, viewer)
    assert len(few) == 1
    found = {row.source.text: hits[row.key][0].target for row in rows if row.key in hits}
    assert found["To meet."] == "Se réunir."
    assert found["The ①Group❶ noted② document ③CTOC/COP/2020/3❸ & adjourned."] == (
        "Le ①Groupe❶ a pris note② du document ③CTOC/COP/2020/3❸ & a levé la séance."
    )
    assert all(hit.percentage == 100 for one in hits.values() for hit in one)
    english, french, translator = locale("en"), locale("fr"), viewer_for_user(people.translator_of("fr"))
    with django_assert_max_num_queries(7):
        assert similar(rows[0].source, english, french, translator)


def test_the_same_text_is_found_among_very_many_that_share_its_words(filled: House) -> None:
    english, french = ReportPage.objects.get(pk=filled.report.pk), ReportPage.objects.get(title__startswith="Rapport")
    for number in range(600):
        source = factories.MemorySourceFactory(
            locale=locale("en"), text=f"Table {number}", key=text_key(f"Table {number}", "en")
        )
        MemoryToken.objects.create(source=source, token=tokens("Table", "en")[0])
        factories.MemoryTargetFactory(source=source, text=f"Tableau {number}", source_page=english, page=french)
    assert look("Table 7")[0] == (100, "Tableau 7")
    assert look("Table 599")[0] == (100, "Tableau 599")


def test_the_command_fills_what_was_there_before_and_can_be_repeated(house: House) -> None:
    plant_french(house)
    MemoryChange.objects.all().delete()
    out = io.StringIO()
    call_command("fill_translation_memory", stdout=out)
    assert f"it holds {MemorySource.objects.count()} texts in {MemoryTarget.objects.count()} pairs" in out.getvalue()
    assert look("To meet.") == [(100, "Se réunir.")]
    before = set(MemoryTarget.objects.values_list("pk", flat=True))
    out = io.StringIO()
    call_command("fill_translation_memory", stdout=out)
    assert "0 pairs added, 0 removed" in out.getvalue()
    assert set(MemoryTarget.objects.values_list("pk", flat=True)) == before
    assert not MemoryChange.objects.exists()


def test_the_command_takes_out_what_is_gone_and_goes_on_where_it_stopped(filled: House) -> None:
    ReportPage.objects.filter(locale__language_code="fr").update(live=False)
    assert note_is_done_once(filled.document)
    call_command("fill_translation_memory", stdout=io.StringIO())
    assert not MemoryTarget.objects.filter(page__translation_key=filled.document.uid).exists()
    assert not MemorySource.objects.filter(text="To meet.").exists()
    assert not MemorySource.objects.without_targets().exists()


def note_is_done_once(document: OfficialDocument) -> bool:
    """Whether a change that is noted twice is looked at once."""
    note([document.uid])
    note([document.uid])
    waiting = MemoryChange.objects.filter(translation_key=document.uid).count()
    remember(document.uid)
    return waiting == 1 and remember(document.uid) == (0, 0)


def test_remembering_takes_as_many_queries_for_many_paragraphs_as_for_few(
    house: House, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page = plant_french(house)
    english = ReportPage.objects.get(pk=house.report.pk)
    for edition, words in ((english, "The meeting was long"), (page, "La séance fut longue")):
        edition.body = [
            {"type": "paragraph", "value": {"label": str(n), "anchor": str(n), "text": f"<p>{words}: {n}.</p>"}}
            for n in range(1, 101)
        ]
        edition.save_revision().publish()
    note([house.document.uid])
    with django_assert_max_num_queries(22):
        assert remember(house.document.uid)[0] >= 200
    assert look("The meeting was long: 57.")[0] == (100, "La séance fut longue: 57.")
