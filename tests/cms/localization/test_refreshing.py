"""When the source changes: what stays translated, what does not, and that nobody has to ask for it."""

import copy
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.localization.models import SegmentChange, SegmentReview, SourceChange
from cms.localization.proofreading import proofread
from cms.localization.sending.carrying import carry_over
from cms.localization.sending.refreshing import mark_minor, refresh
from cms.localization.sending.sources import snapshot
from cms.localization.texts.rows import Row, load
from cms.users.models import User
from documents.models import ReportPage
from tests import factories
from tests.cms.localization.conftest import BODY, House, row_of, target
from tests.cms.localization.long_report import lengthen
from tests.tree import fresh

pytestmark = pytest.mark.django_db

NOTED = "<p>The Group noted{mark} the report.</p>"


def mark(name: str, printed: str = "1") -> str:
    return f'<a linktype="footnote" id="{name}">{printed}</a>'


def rewrite(house: House, *, publish: bool = True, **texts: str) -> ReportPage:
    """Changes blocks of the source by their ids, a new id adding a paragraph at the top, and publishes it."""
    page = fresh(house.report)
    body = [
        {"type": block.block_type, "id": block.id, "value": block.block.get_prep_value(block.value)}
        for block in page.body
    ]
    for name, text in texts.items():
        known = [entry for entry in body if entry["id"] == name]
        for entry in known:
            entry["value"]["text"] = text
        if not known:
            body.insert(0, {"type": "plain", "id": name, "value": {"anchor": name, "text": text}})
    page.body = body
    revision = page.save_revision()
    if publish:
        revision.publish()
    return fresh(page)


def translate(translation: Translation, start: str, data: str, state: str = "confirmed") -> None:
    """Stores the translation of the text that begins so, in a state and in its third version."""
    row = row_of(translation, start)
    entry = StringTranslation.objects.create(
        translation_of=row.segment.string,
        context=row.segment.context,
        locale=translation.target_locale,
        data=data,
        translation_type="manual",
    )
    SegmentReview.objects.create(translation=entry, state=state, version=3)


def now(translation: Translation, start: str) -> Row:
    """The row as it stands now."""
    return row_of(Translation.objects.get(pk=translation.pk), start)


@pytest.fixture
def published(django_capture_on_commit_callbacks: Any) -> Callable[..., ReportPage]:
    """Changes and publishes the source, and lets the worker do what follows."""

    def run(house: House, **texts: str) -> ReportPage:
        with django_capture_on_commit_callbacks(execute=True):
            house.report = rewrite(house, **texts)
        return house.report

    return run


# By itself


def test_publishing_the_source_gives_translators_its_new_text(
    house: House, french: Translation, published: Callable[..., ReportPage]
) -> None:
    translate(french, "Report", "Rapport")
    translate(french, "Introduction", "Introduction")
    published(house, h1="An introduction", x1="<p>New.</p>")
    assert [row.source.text for row in load(Translation.objects.get(pk=french.pk))][:3] == [
        "Report of the Plenary",
        "New.",
        "An introduction",
    ]
    assert now(french, "Report").state == "confirmed"
    changed = now(french, "An introduction")
    assert (changed.current, changed.previous_source, changed.previous_target) == (None, "Introduction", "Introduction")


def test_a_draft_of_the_source_changes_nothing_for_translators(
    house: House, french: Translation, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        rewrite(house, publish=False, h1="Opening")
    assert row_of(french, "Introduction")


def test_the_target_pages_draft_takes_over_what_is_no_text(
    house: House, french: Translation, published: Callable[..., ReportPage]
) -> None:
    target(french).save_revision().publish()
    page = fresh(house.report)
    page.body = list(reversed(BODY))
    with_order = page.save_revision()
    with_order.publish()
    refresh(fresh(page), None)
    draft = target(french).get_latest_revision_as_object()
    assert [block.id for block in draft.body] == ["l1", "p1", "h1"]
    # What readers see stays as it is.
    assert [block.id for block in target(french).body] == ["h1", "p1", "l1"]


def test_publishing_the_same_text_again_makes_no_draft(
    house: House, french: Translation, published: Callable[..., ReportPage]
) -> None:
    before = target(french).latest_revision_id
    published(house)
    assert target(french).latest_revision_id == before


def test_a_locked_target_page_is_left_as_it_is(
    house: House, french: Translation, published: Callable[..., ReportPage], publisher: User
) -> None:
    ReportPage.objects.filter(pk=target(french).pk).update(locked=True, locked_by=publisher)
    before = target(french).latest_revision_id
    published(house, h1="Opening")
    assert target(french).latest_revision_id == before
    assert now(french, "Opening")


def test_a_page_that_is_not_translated_costs_one_query(house: House, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        rewrite(house, h1="Opening")
    assert not [callback for callback in callbacks if "refresh_translations" in repr(callback)]
    assert not TranslationSource.objects.exists()


# Links


def test_another_address_of_a_link_outdates_nothing(
    house: House, open_translation: Callable[[str], Translation], published: Callable[..., ReportPage]
) -> None:
    published(house, p1='<p>See <a href="https://example.org/a">the site</a>.</p>')
    french = open_translation("fr")
    name = row_of(french, "See").segment.string.data.partition('id="')[2].partition('"')[0]
    translate(french, "See", f'Voir <a id="{name}">le site</a>.')
    published(house, p1='<p>See <a href="https://example.org/b">the site</a>.</p>')
    row = now(french, "See")
    assert (row.state, row.version) == ("confirmed", 4)
    assert 'href="https://example.org/b"' in target(french).get_latest_revision_as_object().body[1].value["text"].source
    assert "Voir" in target(french).get_latest_revision_as_object().body[1].value["text"].source


def test_a_footnote_put_in_never_gives_a_note_to_the_wrong_mark(
    house: House, open_translation: Callable[[str], Translation], published: Callable[..., ReportPage]
) -> None:
    """By position, the old translation's first mark would now mean the new note: valid, silent and wrong."""
    published(house, p1=f"<p>The Group{mark('fn1')} rose.</p>")
    french = open_translation("fr")
    translate(french, "The Group", 'Le Groupe<a id="fn1">1</a> a levé la séance.')
    published(house, p1=f"<p>The Group{mark('new', '1')} rose{mark('fn1', '2')}.</p>")
    row = now(french, "The Group")
    assert row.current is None
    assert row.source.text == "The Group① rose②."
    assert row.previous_target == "Le Groupe② a levé la séance."


def test_footnotes_numbered_anew_stay_translated(
    house: House, open_translation: Callable[[str], Translation], published: Callable[..., ReportPage]
) -> None:
    """A note put in elsewhere moves the printed marks of all that follow, and their names on a new import."""
    published(house, p1=NOTED.format(mark=mark("fn1", "1")))
    french = open_translation("fr")
    translate(french, "The Group", 'Le Groupe a pris acte<a id="fn1">1</a> du rapport.', "approved")
    published(house, p1=NOTED.format(mark=mark("fn2", "2")), x1=f"<p>Before{mark('fn1')}.</p>")
    row = now(french, "The Group")
    assert (row.state, row.version) == ("approved", 4)
    draft = target(french).get_latest_revision_as_object()
    assert draft.body[2].value["text"].source == (
        '<p>Le Groupe a pris acte<a id="fn2" linktype="footnote">2</a> du rapport.</p>'
    )


def test_a_text_that_moves_to_another_place_takes_its_translation_along(
    house: House, french: Translation, published: Callable[..., ReportPage]
) -> None:
    translate(french, "Introduction", "Einleitung")
    page = fresh(house.report)
    body = copy.deepcopy(BODY)
    body[0]["id"] = "other"
    page.body = body
    page.save_revision().publish()
    refresh(fresh(page), None)
    assert now(french, "Introduction").target == "Einleitung"


def test_the_same_words_elsewhere_are_not_filled_in(
    house: House, french: Translation, published: Callable[..., ReportPage]
) -> None:
    """That is for the translator to decide, with the translation memory's help."""
    translate(french, "Introduction", "Einleitung")
    published(house, x1="<p>Introduction</p>")
    rows = [row for row in load(Translation.objects.get(pk=french.pk)) if row.source.text == "Introduction"]
    assert [row.target for row in rows] == ["", "Einleitung"]


def test_a_source_changed_back_is_translated_at_once(
    house: House, french: Translation, published: Callable[..., ReportPage]
) -> None:
    translate(french, "Introduction", "Einleitung")
    published(house, h1="Opening")
    published(house, h1="Introduction")
    assert now(french, "Introduction").target == "Einleitung"


# Small corrections


def correct(client: Client, source: TranslationSource, *changes: int) -> Any:
    address = reverse("localization:update_source", args=[source.pk])
    return client.post(address, {"action": "minor", "change": list(changes)})


def test_a_small_correction_keeps_the_translations_in_every_language(
    client: Client,
    house: House,
    editor: User,
    open_translation: Callable[[str], Translation],
    published: Callable[..., ReportPage],
) -> None:
    french, arabic = open_translation("fr"), open_translation("ar")
    translate(french, "To meet", "Se réunir.", "approved")
    translate(arabic, "To meet", "أن يجتمع.", "machine")
    published(house, l1="<p>To meet again.</p>", h1="Opening")
    client.force_login(editor)
    page = client.get(reverse("localization:update_source", args=[french.source_id])).content.decode()
    assert "To meet again." in page
    assert "Introduction" in page
    change = SourceChange.objects.get(before__data="To meet.")
    assert correct(client, french.source, change.pk).status_code == 302
    for translation, text, state in ((french, "Se réunir.", "approved"), (arabic, "أن يجتمع.", "machine")):
        row = now(translation, "To meet again")
        assert (row.target, row.state, row.version) == (text, state, 4)
    # The other change is as it was, and is still offered.
    assert now(french, "Opening").current is None
    page = client.get(reverse("localization:update_source", args=[french.source_id])).content.decode()
    assert "To meet again." not in page
    assert "Opening" in page
    change_of_text = SegmentChange.objects.get(translation=french)
    assert (change_of_text.text, change_of_text.source, change_of_text.user) == (
        "Se réunir.",
        "To meet again.",
        editor,
    )


def test_warnings_that_were_right_so_stay_answered_after_a_small_correction(
    house: House, editor: User, french: Translation, published: Callable[..., ReportPage]
) -> None:
    translate(french, "To meet", "Se réunir  ici")
    SegmentReview.objects.update(accepted=["code:①", "punctuation:./", "space:"])

    def asked() -> list[str]:
        row = now(french, "To meet")
        proofread(french, [row], None)
        return [finding.mark for finding in row.questions]

    published(house, l1="<p>To meett.</p>")
    mark_minor(french.source, [SourceChange.objects.get().pk], editor)
    assert asked() == []
    assert "code:①" not in now(french, "To meet").accepted  # codes are named by their order, which may be another
    # Something else in the corrected source is asked.
    published(house, l1="<p>To meet?</p>")
    mark_minor(french.source, [SourceChange.objects.latest("pk").pk], editor)
    assert asked() == ["punctuation:?/"]


def test_a_correction_after_a_real_change_revives_nothing(
    house: House, editor: User, french: Translation, published: Callable[..., ReportPage]
) -> None:
    """French never took up the real change, so a later misprint does not make its old text valid."""
    translate(french, "To meet", "Se réunir.")
    published(house, l1="<p>Not to meett.</p>")
    published(house, l1="<p>Not to meet.</p>")
    last = SourceChange.objects.get(after__data="Not to meet.")
    assert mark_minor(french.source, [last.pk], editor) == 0
    assert now(french, "Not to meet").current is None


def test_corrections_one_after_the_other_keep_it_in_whatever_order_they_are_marked(
    house: House, editor: User, french: Translation, published: Callable[..., ReportPage]
) -> None:
    translate(french, "To meet", "Se réunir.")
    published(house, l1="<p>To meet now.</p>")
    published(house, l1="<p>To meet now!</p>")
    first, second = SourceChange.objects.order_by("pk")
    assert mark_minor(french.source, [second.pk], editor) == 0
    assert mark_minor(french.source, [first.pk], editor) == 1
    assert now(french, "To meet now!").target == "Se réunir."


def test_a_footnote_that_came_with_a_correction_stays_to_be_translated(
    house: House, editor: User, french: Translation, published: Callable[..., ReportPage]
) -> None:
    translate(french, "To meet", "Se réunir.")
    published(house, l1=f"<p>To meet{mark('fn1')}.</p>")
    change = SourceChange.objects.get()
    assert mark_minor(french.source, [change.pk], editor) == 0
    assert now(french, "To meet").current is None


def test_what_a_translator_wrote_meanwhile_stands(
    house: House, editor: User, french: Translation, published: Callable[..., ReportPage]
) -> None:
    translate(french, "To meet", "Se réunir.")
    published(house, l1="<p>To meet again.</p>")
    translate(Translation.objects.get(pk=french.pk), "To meet again", "Se réunir de nouveau.")
    assert mark_minor(french.source, [SourceChange.objects.get().pk], editor) == 0
    assert now(french, "To meet again").target == "Se réunir de nouveau."


def test_a_translator_marks_no_change_of_the_source(
    client: Client, house: House, translator: User, french: Translation, published: Callable[..., ReportPage]
) -> None:
    translate(french, "To meet", "Se réunir.")
    published(house, l1="<p>To meet again.</p>")
    change = SourceChange.objects.get()
    client.force_login(translator)
    assert correct(client, french.source, change.pk)["Location"] == reverse("wagtailadmin_home")
    with pytest.raises(PermissionError):
        mark_minor(french.source, [change.pk], translator)
    change.refresh_from_db()
    assert not change.minor


@pytest.mark.parametrize("value", ["", "x", "-1", "9" * 40, "١", "999999"])
def test_whatever_is_posted_is_answered(
    client: Client, house: House, editor: User, french: Translation, value: str
) -> None:
    client.force_login(editor)
    address = reverse("localization:update_source", args=[french.source_id])
    assert client.post(address, {"action": "minor", "change": value}, follow=True).status_code == 200


def test_a_change_of_another_page_is_not_marked_by_this_ones(
    client: Client, house: House, editor: User, french: Translation, published: Callable[..., ReportPage]
) -> None:
    published(house, l1="<p>To meet again.</p>")
    other = snapshot(factories.StandardPageFactory(parent=fresh(house.processes["en"]), title="Other"))
    client.force_login(editor)
    correct(client, other, SourceChange.objects.get().pk)
    assert not SourceChange.objects.filter(minor=True).exists()


@pytest.mark.parametrize("paragraphs", [20, 300])
def test_carrying_over_costs_few_queries(
    house: House, editor: User, open_translation: Callable[[str], Translation], paragraphs: int
) -> None:
    house.report = lengthen(house.report, paragraphs)
    translations = [open_translation(code) for code in ("fr", "es")]
    for translation in translations:
        StringTranslation.objects.bulk_create(
            StringTranslation(
                translation_of_id=row.segment.string_id,
                context_id=row.segment.context_id,
                locale=translation.target_locale,
                data=row.segment.string.data,
            )
            for row in load(translation)
        )
    page = fresh(house.report)
    for block in page.body:
        if block.block_type == "paragraph":
            block.value["text"].source = block.value["text"].source.replace("publish it", "publish  it")
    page.save()
    source = snapshot(fresh(page))
    SourceChange.objects.update(minor=True)
    with CaptureQueriesContext(connection) as queries:
        carried = carry_over(source, editor)
    assert sum(carried.values()) == paragraphs * 2
    assert len(queries) <= 20


def test_a_refresh_of_a_long_page_costs_few_queries(
    house: House, open_translation: Callable[[str], Translation]
) -> None:
    house.report = lengthen(house.report)
    open_translation("fr")
    page = fresh(house.report)
    page.body[5].value["text"].source = "<p>Changed.</p>"
    page.save()
    with CaptureQueriesContext(connection) as queries:
        assert refresh(Page.objects.get(pk=page.pk).specific, None)
    assert len(queries) <= 100


def test_all_sources_are_brought_to_their_present_text_at_once(house: House, french: Translation) -> None:
    translate(french, "To meet", "Se réunir.")
    TranslationSource.objects.get().stringsegment_set.filter(context__path="title").delete()
    out = io.StringIO()
    for _time in range(2):
        call_command("refresh_translations", stdout=out)
        assert now(french, "Report").state == "missing"
        assert now(french, "To meet").target == "Se réunir."
    fresh(house.report).delete()
    call_command("refresh_translations", stdout=out)
    assert "its page is gone: Report of the Plenary" in out.getvalue()
