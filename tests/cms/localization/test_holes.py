"""The holes of wagtail-localize, one by one, each closed. Those that a view could open again are in `test_addresses`.

Elsewhere: drafts that publish (`test_editor`, `test_guards`), locks and versions (`test_editor`, `test_saving`),
changes of the source that nobody is told of, strings lost on a one-word edit and footnotes given to the wrong mark
(`test_refreshing`), tables without texts (`test_tables`), imported editions written over (`test_guards`).
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Locale, Page, PageViewRestriction, get_page_models, get_translatable_models
from wagtail_localize.models import StringTranslation, Translation

from cms.localization.rules import target_refusal
from cms.localization.sending.drafts import build, save_draft
from cms.localization.sending.translating import translate_page
from cms.users.models import User
from documents.models import LanguageVersion
from home.models import HomePage
from tests import factories
from tests.cms.localization.conftest import House, row_of, save, target
from tests.cms.localization.test_exchange import line_of, saved, taken, with_target
from tests.tree import fresh, plant_session

pytestmark = pytest.mark.django_db


def translate(translation: Translation, start: str, data: str) -> None:
    row = row_of(translation, start)
    StringTranslation.objects.create(
        translation_of=row.segment.string, context=row.segment.context, locale=translation.target_locale, data=data
    )


def test_submitting_publishes_nothing_whoever_asks_and_whatever_is_posted(client: Client, house: House) -> None:
    """wagtail-localize makes a live page in the source's language, with the one permission that it asks for."""
    client.force_login(factories.UserFactory(is_superuser=True))
    french = Locale.objects.get(language_code="fr")
    address = reverse("wagtail_localize:submit_page_translation", args=[house.report.pk])
    client.post(address, {"locales": [french.pk], "publish_translations": "on", "include_subtree": "on"})
    page = Page.objects.get(translation_key=house.document.uid, locale=french)
    assert not page.live
    assert page.live_revision is None


def test_a_draft_of_a_live_page_leaves_what_readers_see(client: Client, house: House, french: Translation) -> None:
    page = target(french)
    page.title = "Rapport publié"
    page.save_revision().publish()
    LanguageVersion.objects.filter(document=house.document, language="fr").update(state="released")
    translate(french, "Report", "Rapport en cours")
    save_draft(french, None)
    assert target(french).title == "Rapport publié"
    assert target(french).get_latest_revision_as_object().title == "Rapport en cours"


@pytest.mark.parametrize("slug", ["сессия-6", "الدورة-6", "会议-6"])
def test_a_slug_in_another_script_is_kept_and_a_title_changes_no_address(house: House, editor: User, slug: str) -> None:
    """wagtail-localize makes "6" of each of them, and a new address with every title."""
    page = factories.StandardPageFactory(parent=fresh(house.processes["en"]), title="Session 6", slug=slug)
    locale = Locale.objects.get(language_code="fr")
    (outcome,) = translate_page(page, [locale], editor)
    assert outcome.target is not None
    assert outcome.target.slug == slug
    translation = Translation.objects.get(source__object_id=page.translation_key)
    translate(translation, "Session 6", "Sitzung sechs")
    save_draft(translation, editor)
    draft = Page.objects.get(pk=outcome.target.pk).get_latest_revision_as_object()
    assert (draft.title, draft.slug) == ("Sitzung sechs", slug)


@pytest.mark.parametrize("restriction", ["password", "login", "groups"])
def test_a_restriction_binds_the_translation_too(client: Client, house: House, editor: User, restriction: str) -> None:
    """wagtail-localize leaves translations made earlier open, and those of pages below a restricted one."""
    above = factories.StandardPageFactory(parent=fresh(house.processes["en"]), title="Members", slug="members")
    below = factories.StandardPageFactory(parent=above, title="Secret minutes", slug="minutes")
    french = [Locale.objects.get(language_code="fr")]
    for page in (above, below):
        (outcome,) = translate_page(fresh(page), french, editor)
        assert outcome.target is not None
        outcome.target.get_latest_revision_as_object().save_revision().publish()
    address = outcome.target.specific.url
    assert client.get(address).status_code == 200
    entry = PageViewRestriction.objects.create(page=above, restriction_type=restriction, password="secret")
    entry.groups.set([factories.GroupFactory()])
    answer = client.get(address, follow=False)
    assert b"Secret minutes" not in answer.content
    assert restriction == "password" or answer.status_code == 302


def test_children_deleted_from_the_source_do_not_come_back(house: House, editor: User) -> None:
    """An agenda item that is gone takes its titles with it in every language, whatever the snapshot says."""
    session = factories.SessionFactory(working_group__process=house.document.process)
    page = plant_session({"en": fresh(house.processes["en"])}, session)["en"]
    titles = [
        factories.AgendaTitleFactory(page=page, item=factories.AgendaItemFactory(session=session), title=title)
        for title in ("Opening", "Closing")
    ]
    (outcome,) = translate_page(fresh(page), [Locale.objects.get(language_code="fr")], editor)
    assert outcome.target is not None
    translation = Translation.objects.get(source__object_id=page.translation_key)
    translate(translation, "Closing", "Clôture")
    titles[0].item.delete()
    draft = build(translation)
    assert [title.title for title in draft.agenda_titles.all()] == ["Clôture"]
    save_draft(translation, editor).publish()
    assert list(type(draft).objects.get(pk=draft.pk).agenda_titles.values_list("title", flat=True)) == ["Clôture"]


def test_no_page_has_a_relation_that_goes_stale_in_translation() -> None:
    """wagtail-localize does not follow relations to many: they keep what the source had when it was first sent."""
    relations = [
        f"{model.__name__}.{field.name}"
        for model in get_page_models()
        for field in model._meta.get_fields()
        if field.many_to_many and not field.auto_created
    ]
    assert relations == []


def test_texts_of_pictures_and_captions_and_quotations_are_translated(house: House, editor: User) -> None:
    from wagtail_factories import ImageFactory

    picture = {"image": ImageFactory().pk, "alt_text": "People at a table", "decorative": False}
    body: Any = [{"type": "image", "id": "i1", "value": picture}, {"type": "quotation", "id": "q1", "value": "Agreed."}]
    page = factories.StandardPageFactory(parent=fresh(house.processes["en"]), title="About", body=body)
    page = fresh(page)
    (outcome,) = translate_page(page, [Locale.objects.get(language_code="fr")], editor)
    assert outcome.target is not None
    translation = Translation.objects.get(source__object_id=page.translation_key)
    translate(translation, "People", "Des personnes à une table")
    translate(translation, "Agreed", "D'accord.")
    made = build(translation)
    assert made.body[0].value.contextual_alt_text == "Des personnes à une table"
    assert made.body[1].value == "D'accord."


def test_no_field_of_a_page_offers_marks_that_split_a_sentence() -> None:
    """wagtail-localize cuts a text at every element that it does not know, such as a raised number."""
    offered: dict[str, set[str]] = {}
    for model in get_translatable_models(include_subclasses=True):
        for field in model._meta.get_fields():
            if isinstance(field, RichTextField):
                offered[f"{model.__name__}.{field.name}"] = set(field.features or ["all of them"])
            elif isinstance(field, StreamField):
                for path, block in rich_texts(field.stream_block):
                    offered[f"{model.__name__}.{field.name}.{path}"] = set(block.features or ["all of them"])
    assert {"ReportPage.body.paragraph.text", "NewsPage.body", "AgendaTitle.annotation"} <= set(offered)
    # Elements around whole paragraphs, and those that stay inside a sentence.
    whole = {"h2", "h3", "h4", "ol", "ul", "hr", "blockquote"}
    inside = {"bold", "italic", "link", "document-link", "symbol", "footnote"}
    for name, features in offered.items():
        assert features <= whole | inside, name


def rich_texts(block: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The rich texts under a block, with their paths."""
    if isinstance(block, blocks.RichTextBlock):
        yield path, block
    inner = getattr(block, "child_blocks", None) or {}
    if isinstance(block, blocks.ListBlock):
        inner = {"item": block.child_block}
    for name, child in inner.items():
        yield from rich_texts(child, f"{path}.{name}".strip("."))


@pytest.mark.parametrize("code", ["fr", "ar"])
def test_a_language_without_a_live_home_page_shows_no_other_in_its_name(
    client: Client, house: House, code: str
) -> None:
    """Wagtail serves the main language's pages below /ar/ where Arabic has none."""
    fresh(house.tree.homes[code]).unpublish()
    for address in (f"/{code}/", f"/{code}/kimberley-process/", house.report.url.replace("/en/", f"/{code}/", 1)):
        answer = client.get(address, follow=True)
        english = b'lang="en"' in answer.content.partition(b">")[2].partition(b">")[0]
        assert answer.status_code == 404 or english, address


def test_the_titles_of_a_page_s_children_are_measured_too(
    client: Client, house: House, editor: User, translator: User
) -> None:
    """wagtail-localize writes four hundred characters into an agenda item; PostgreSQL refuses them as it publishes."""
    session = factories.SessionFactory(working_group__process=house.document.process)
    page = plant_session({"en": fresh(house.processes["en"])}, session)["en"]
    factories.AgendaTitleFactory(page=page, item=factories.AgendaItemFactory(session=session), title="Opening")
    (outcome,) = translate_page(fresh(page), [Locale.objects.get(language_code="fr")], editor)
    assert outcome.target is not None
    translation = Translation.objects.get(source__object_id=page.translation_key)
    client.force_login(translator)
    assert save(client, translation, "x" * 501, "Opening").status_code == 422
    brought = with_target(saved(translation), "Opening", "x" * 501)
    assert line_of(taken(translation, brought, confirm=True), "Opening").outcome.value == "refused"
    assert not row_of(translation, "Opening").target
    assert save(client, translation, "x" * 500, "Opening").status_code == 302


def test_a_copy_of_a_page_is_of_no_translation(house: House, french: Translation) -> None:
    page = factories.StandardPageFactory(parent=fresh(house.processes["en"]), title="About")
    boss = factories.UserFactory(is_superuser=True)
    (outcome,) = translate_page(fresh(page), [Locale.objects.get(language_code="fr")], boss)
    assert outcome.target is not None
    copy = fresh(page).copy(update_attrs={"title": "About, again", "slug": "again"})
    translated = fresh(outcome.target).copy(update_attrs={"title": "À propos, encore", "slug": "encore"})
    for one in (copy, translated):
        assert not Translation.objects.filter(source__object_id=one.translation_key).exists()
    assert copy.translation_key != page.translation_key


def test_what_is_done_to_a_page_is_done_to_no_other_language_unasked(house: House, editor: User) -> None:
    """Each language is released, moved and taken offline by itself; what is of a document goes with its record."""
    parent = fresh(house.processes["en"])
    page = factories.StandardPageFactory(parent=parent, title="About")
    boss = factories.UserFactory(is_superuser=True)
    (outcome,) = translate_page(fresh(page), [Locale.objects.get(language_code="fr")], boss)
    assert outcome.target is not None
    made = save_draft(Translation.objects.get(source__object_id=page.translation_key), boss)
    made.publish()
    path = fresh(outcome.target).path
    fresh(page).unpublish()
    assert fresh(outcome.target).live
    fresh(page).move(fresh(house.tree.homes["en"]), pos="last-child")
    assert (fresh(outcome.target).live, fresh(outcome.target).path) == (True, path)


def test_home_and_news_have_a_place_in_every_language(house: House) -> None:
    boss = factories.UserFactory(is_superuser=True)
    index = factories.NewsIndexPageFactory(parent=fresh(house.tree.homes["en"]), title="News")
    news = factories.NewsPageFactory(parent=index, title="It began", summary="A <summary>")
    french = Locale.objects.get(language_code="fr")
    for page in (index, news):
        (outcome,) = translate_page(fresh(page), [french], boss)
        assert outcome.target is not None, outcome.refusal
    translation = Translation.objects.get(source__object_id=news.translation_key)
    translate(translation, "A <summary>", "Un &lt;résumé&gt;")
    assert build(translation).summary == "Un <résumé>"
    assert target_refusal(HomePage.objects.get(pk=house.tree.homes["en"].pk), french, boss, {})


def test_translations_of_a_deleted_source_are_kept(house: House, french: Translation) -> None:
    translate(french, "Report", "Rapport")
    fresh(house.report).delete()
    assert StringTranslation.objects.filter(data="Rapport").exists()
    assert not Translation.objects.get(pk=french.pk).enabled


@pytest.mark.parametrize("code", ["fr", "ar"])
def test_a_text_without_translation_never_goes_public_in_the_wrong_language(
    client: Client, house: House, open_translation: Callable[[str], Translation], publisher: User, code: str
) -> None:
    translation = open_translation(code)
    translate(translation, "Report", "Rapport")
    save_draft(translation, publisher)
    client.force_login(publisher)
    client.post(reverse("wagtailadmin_pages:edit", args=[target(translation).pk]), {"action-publish": "1"}, follow=True)
    assert not target(translation).live
