"""Every address of the workplace, and Wagtail's own, asked and posted to by every role.

Nobody edits, reviews or publishes a language that is not theirs. An address that is new is walked by itself, with
whatever buttons there are; what it takes more is to be said in the table below.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from wagtail.models import Locale, Page, Revision, WorkflowState
from wagtail_localize.models import StringTranslation, Translation

from cms.localization.bundles.bundling import add_items
from cms.localization.exchange.delivering import receive
from cms.localization.models import (
    DeliveredFile,
    Delivery,
    Filling,
    NotRequired,
    ReleaseBundle,
    SegmentComment,
    Submission,
    TranslationTask,
)
from cms.localization.sending.submitting import submit
from cms.localization.texts.rows import load
from cms.meetings.models import Session
from cms.users.models import User
from documents.models import LanguageVersion
from tests import factories, people
from tests.cms.localization.conftest import House, hand_in, row_of, save, target, translate_all
from tests.cms.localization.test_exchange import saved, with_target
from tests.cms.localization.test_tasks import task_for
from tests.tree import fresh

pytestmark = pytest.mark.django_db

ALL = frozenset({"fr", "es"})
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Role:
    """Who somebody is, and which of the two languages at hand are theirs."""

    name: str
    make: Callable[[House], User | None]
    edits: frozenset[str] = frozenset()
    approves: frozenset[str] = frozenset()
    coordinates: bool = False


FRENCH, NONE = frozenset({"fr"}), frozenset[str]()
ROLES = [
    Role("anonymous", lambda house: None),
    Role("reader", lambda house: people.reader_of(house.document.process)),
    Role("translator", lambda house: people.translator_of("fr"), FRENCH),
    Role("translator of another language", lambda house: people.translator_of("ar")),
    Role("reviser", lambda house: people.reviser_of("fr"), FRENCH, FRENCH),
    Role("coordinator", lambda house: people.coordinator_of(house.document.process), coordinates=True),
    Role("coordinator of another process", lambda house: people.coordinator_of(factories.ProcessFactory())),
    Role("editor", lambda house: people.editor_of(house.document.process), ALL),
    Role("publisher", lambda house: people.publisher_of(house.document.process), ALL, ALL),
    Role("archive officer", lambda house: people.archive_officer(), ALL),
    Role("administrator", lambda house: people.administrator(), ALL, ALL, coordinates=True),
]


@dataclass
class Scene:
    """Two languages being translated, with what hangs on them: made by people who do not walk."""

    house: House
    translations: dict[str, Translation]
    tasks: dict[str, TranslationTask]
    comments: dict[str, SegmentComment]
    fillings: dict[str, Filling]
    session: Session
    bundle: ReleaseBundle
    submission: Submission
    delivery: Delivery


def make_scene(house: House, open_translation: Callable[[str], Translation], *, in_review: bool) -> Scene:
    """The report in French and Spanish, of which somebody else has translated one text, or all and handed them in."""
    client = Client()
    translations = {code: open_translation(code) for code in sorted(ALL)}
    comments = {}
    for code, translation in translations.items():
        writer = people.translator_of(code)
        client.force_login(writer)
        if in_review:
            translate_all(client, translation)
            hand_in(client, translation)
            assert fresh(target(translation)).workflow_in_progress
        else:
            save(client, translation, "Written before", "Report")
        context = load(translation)[0].segment.context
        comments[code] = SegmentComment.objects.create(
            translation=translation, context=context, text="A question", author=writer
        )
    fillings = {
        code: Filling.objects.create(translation=translation, engine="An engine", moved_at=LONG_AGO, total=1)
        for code, translation in translations.items()
    }
    session: Any = factories.SessionFactory(working_group__process=house.document.process)
    house.document.session = session
    house.document.save()
    bundle = ReleaseBundle.objects.create(name="Papers", process=house.document.process)
    add_items(bundle, [house.document.uid], list(Locale.objects.filter(language_code__in=ALL)))
    boss = people.superuser()
    delivery = receive([("report.xlf", saved(translations["es"]))], boss, confirm=True, translation=translations["es"])
    return Scene(
        house=house,
        translations=translations,
        tasks={code: task_for(house.document.uid, code, process=house.document.process) for code in translations},
        comments=comments,
        fillings=fillings,
        session=session,
        bundle=bundle,
        submission=submit([house.report.pk], Locale.objects.filter(language_code="ar"), boss),
        delivery=delivery,
    )


Visit = tuple[str, list[dict[str, Any]]]


def visits(scene: Scene, code: str) -> Iterator[tuple[str, Visit]]:
    """The workplace's addresses about one language, by their names, with what is posted to each."""
    house, translation = scene.house, scene.translations[code]
    row = row_of(translation, "To meet")
    text = [translation.pk, row.key]
    locales = list(Locale.objects.filter(language_code__in=ALL).values_list("pk", flat=True))
    key = {"key": str(house.document.uid), "locales": locales}
    order = {f"{code}-{name}": value for name, value in (("chosen", "on"), ("priority", "2"))}
    brought = with_target(saved(translation), "A note", "Brought by a file")
    decisions = [{"action": action} for action in ("take_back", "approve", "send_back")]
    named: list[tuple[str, list[Any], list[dict[str, Any]]]] = [
        ("submit_page", [house.report.pk], [{"locales": locales}]),
        ("submissions", [], []),
        ("submission", [scene.submission.pk], [{}]),
        ("update_source", [translation.source_id], [{"action": "minor", "change": "1"}, {}]),
        ("edit_translation", [translation.pk], [{}]),
        ("save_segment", text, [{"text": "By the walker", "version": str(row.version), "action": "confirm"}]),
        ("suggestions", text, []),
        ("add_comment", text, [{"comment": "By the walker"}]),
        ("settle_comment", [*text, scene.comments[code].pk], [{}, {"action": "reopen"}]),
        ("preview_translation", [translation.pk], []),
        ("preview_source", [translation.pk], []),
        ("preview_both", [translation.pk], []),
        ("fill_texts", [translation.pk], [{}]),
        ("filling", [translation.pk, scene.fillings[code].pk], [{}]),
        ("session_files", [scene.session.pk], [{"upload": brought, "confirm": "on"}]),
        ("page_files", [translation.pk], [{"upload": brought, "confirm": "on"}]),
        ("export_page", [translation.pk, "xlf"], []),
        ("deliveries", [], []),
        ("delivery", [scene.delivery.pk], [{}]),
        ("delivered_file", [scene.delivery.pk, DeliveredFile.objects.get(delivery=scene.delivery).pk], [{}]),
        ("list_translations", [], []),
        ("matrix", [], []),
        ("my_work", [], []),
        ("renew_calendar", [], [{}]),
        ("tasks", [], []),
        ("task", [scene.tasks[code].pk], [{"action": "save", "priority": "4"}, {"action": "withdraw"}]),
        ("assign_tasks", [], [order]),
        ("spare_languages", [], [key | {"action": "spare", "reason": "By the walker"}]),
        ("bundles", [], []),
        ("new_bundle", [], [key | {"name": "By the walker"}]),
        ("bundle", [scene.bundle.pk], []),
        ("preview_bundle", [scene.bundle.pk], []),
        ("preview_item", [scene.bundle.pk, scene.bundle.items.order_by("pk").values_list("pk", flat=True)[0]], []),
        ("change_bundle", [scene.bundle.pk], [{"action": "approve"}, {"action": "release"}, {"action": "withdraw"}]),
        ("review", [translation.pk], [decision | {"comment": "By the walker"} for decision in decisions]),
        ("hand_in", [translation.pk], [{"action": "publish"}, {"action": "submit"}]),
        ("stop_translation", [translation.pk], [{}]),
    ]
    for name, args, posts in named:
        yield name, (reverse(f"localization:{name}", args=args), posts)
    known = {name for name, *_rest in named}
    ids = {"translation_id": translation.pk, "page_id": target(translation).pk, "session_id": scene.session.pk}
    texts = {"key": row.key, "form": "xlf", "language_code": code}
    for pattern in workplace():
        if pattern.name not in known:
            takes = pattern.pattern.converters
            words = {name: texts.get(name, ids.get(name, 1)) for name in takes}
            address = "/admin/localize/anything/"
            if pattern.name and pattern.name != "refused":
                address = reverse(f"localization:{pattern.name}", kwargs=words)
            buttons = ("", "save", "confirm", "approve", "publish", "submit", "release", "delete")
            yield pattern.name or str(pattern.pattern), (address, [{"action": button} for button in buttons])


def workplace() -> list[URLPattern]:
    """The addresses of the workplace."""
    return next(
        entry.url_patterns
        for pattern in get_resolver().url_patterns
        for entry in getattr(pattern, "url_patterns", [])
        if getattr(entry, "namespace", "") == "localization"
    )


def wagtails(page: Page, version: LanguageVersion | None) -> Iterator[Visit]:
    """Wagtail's own addresses of a page and of its language version."""

    def own(name: str, *args: Any) -> str:
        return reverse(f"wagtailadmin_pages:{name}", args=[page.pk, *args])

    form = {"title": "By the walker", "slug": page.slug, "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    yield own("edit"), [form, form | {"action-publish": "1"}, form | {"action-submit": "1"}]
    state = page.current_workflow_task_state
    if state is not None:
        yield own("workflow_action", "approve", state.pk), [{}]
        yield own("workflow_action", "reject", state.pk), [{"comment": "By the walker"}]
        yield own("collect_workflow_action_data", "approve", state.pk), [{}]
    for revision in Revision.objects.for_instance(page)[:1]:
        yield own("revisions_revert", revision.pk), [form | {"action-publish": "1"}]
    for name in ("unpublish", "convert_alias", "workflow_history", "history"):
        yield own(name), [{}]
    for action in ("publish", "unpublish", "localization_submit"):
        yield reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?id={page.pk}", [{}]
    if version is not None:
        view_set: Any = LanguageVersion.snippet_viewset
        yield (
            reverse(view_set.get_url_name("edit"), args=[version.pk]),
            [{"title": "By the walker", "state": "released"}],
        )
        yield reverse(view_set.get_url_name("delete"), args=[version.pk]), [{}]
    yield own("confirm_workflow_cancellation"), [{}]
    yield own("delete"), [{}]
    yield reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={page.pk}", [{}]


def walk(client: Client, scene: Scene, code: str, *, pages_too: bool = True) -> None:
    """Asks for every address about a language and posts to it. Nothing may fail, whoever asks."""
    translation = scene.translations[code]
    page: Page = fresh(target(translation))
    version = LanguageVersion.objects.filter(document=scene.house.document, language=code).first()
    table = dict(visits(scene, code))
    stopped = table.pop("stop_translation")
    own = list(wagtails(page, version)) if pages_too else []
    ends = [visit for visit in own if "delete" in visit[0]]
    for address, posts in [*table.values(), *(visit for visit in own if visit not in ends), stopped, *ends]:
        _visit(client, address, posts)


def _visit(client: Client, address: str, posts: list[dict[str, Any]]) -> None:
    assert client.get(address).status_code < 500, address
    for data in posts:
        upload = data.get("upload")
        posted = data | ({"upload": SimpleUploadedFile("report.xlf", upload)} if upload else {})
        assert client.post(address, posted).status_code < 500, (address, data)


def written(scene: Scene, code: str) -> list[object]:
    """All of a language that somebody could edit."""
    translation = scene.translations[code]
    texts = StringTranslation.objects.filter(locale=translation.target_locale).order_by("pk")
    pages = Page.objects.filter(translation_key=scene.house.document.uid, locale=translation.target_locale)
    versions = LanguageVersion.objects.filter(document=scene.house.document, language=code)
    comments = SegmentComment.objects.filter(translation=translation).order_by("pk")
    return [
        list(texts.values_list("pk", "data", "review__state", "last_translated_by")),
        list(pages.values_list("pk", "title", "draft_title", "slug", "path", "latest_revision")),
        Translation.objects.get(pk=translation.pk).enabled,
        list(versions.values_list("pk", "title", "origin")),
        list(comments.values_list("pk", "text", "resolved_at")),
    ]


def decided(scene: Scene, code: str) -> list[object]:
    """All of a language that somebody could review or publish."""
    locale = scene.translations[code].target_locale
    pages = Page.objects.filter(translation_key=scene.house.document.uid, locale=locale)
    reviews = WorkflowState.objects.filter(object_id__in=[str(pk) for pk in pages.values_list("pk", flat=True)])
    versions = LanguageVersion.objects.filter(document=scene.house.document, language=code)
    return [
        list(pages.values_list("pk", "live", "live_revision", "go_live_at")),
        list(reviews.order_by("pk").values_list("pk", "status")),
        list(versions.values_list("pk", "state", "released_at")),
    ]


def coordinated(scene: Scene) -> list[object]:
    """All that a coordinator decides."""
    return [
        list(TranslationTask.objects.order_by("pk").values_list("pk", "state", "priority", "translator")),
        NotRequired.objects.count(),
    ]


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_nobody_edits_a_language_that_is_not_theirs(
    client: Client, house: House, open_translation: Callable[[str], Translation], role: Role
) -> None:
    scene = make_scene(house, open_translation, in_review=False)
    user = role.make(house)
    if user is not None:
        client.force_login(user)
    tasks = coordinated(scene)
    before = {code: (written(scene, code), decided(scene, code)) for code in ALL}
    for code in sorted(ALL):
        walk(client, scene, code)
    for code in ALL:
        same = (written(scene, code) == before[code][0], decided(scene, code)[0] == before[code][1][0])
        assert same[0] == (code not in role.edits), code
        assert same[1] or code in role.edits, code
        assert not Page.objects.filter(translation_key=house.document.uid, locale__language_code=code, live=True)
    assert (coordinated(scene) == tasks) == (not role.coordinates)


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_nobody_reviews_or_publishes_a_language_that_is_not_theirs(
    client: Client, house: House, open_translation: Callable[[str], Translation], role: Role
) -> None:
    scene = make_scene(house, open_translation, in_review=True)
    user = role.make(house)
    if user is not None:
        client.force_login(user)
    before = {code: decided(scene, code) for code in ALL}
    for code in sorted(ALL):
        walk(client, scene, code, pages_too=code not in role.edits)
    for code in ALL:
        assert (decided(scene, code) == before[code]) == (code not in role.approves), code
