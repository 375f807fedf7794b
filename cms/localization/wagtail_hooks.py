"""The place of translation in the admin: our addresses before wagtail-localize's, buttons, menu, history."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path, re_path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.models import Locale, Page
from wagtail.snippets.models import register_snippet
from wagtail_localize.models import Translation, TranslationSource

from cms.core.languages import joined, language
from cms.localization.completeness import erroneous, open_translations, unfinished
from cms.localization.glossary.viewsets import TermViewSet
from cms.localization.notices.account import TranslationMailPanel
from cms.localization.reviewing import mark_approved, open_translation
from cms.localization.rules import source_refusal
from cms.localization.views import (
    assigning,
    bundles,
    comments,
    coordinating,
    editor,
    exchange,
    filling,
    glossary,
    listing,
    matrix,
    memory_files,
    previews,
    review,
    segments,
    source_changes,
    sparing,
    submissions,
    submit,
    suggestions,
    work,
)
from cms.localization.views.refused import refused

register_snippet(TermViewSet)

# wagtail-localize registers the same addresses; what stands first in the list of addresses is what answers. Its names
# (`wagtail_localize:...`), which its buttons use, still lead here. The last line takes all that has no counterpart.
addresses = [
    path("submit/page/<int:page_id>/", submit.submit_page, name="submit_page"),
    path("submissions/", submissions.list_submissions, name="submissions"),
    path("submissions/<int:submission_id>/", submissions.one_submission, name="submission"),
    path("update/<int:source_id>/", source_changes.update_source, name="update_source"),
    path("translate/<int:translation_id>/", editor.edit_translation, name="edit_translation"),
    path("translate/<int:translation_id>/hand-in/", editor.hand_in, name="hand_in"),
    path("translate/<int:translation_id>/review/", review.review, name="review"),
    path("translate/<int:translation_id>/text/<str:key>/", segments.save_segment, name="save_segment"),
    path("translate/<int:translation_id>/text/<str:key>/suggestions/", suggestions.suggest, name="suggestions"),
    path("translate/<int:translation_id>/text/<str:key>/comments/", comments.add_comment, name="add_comment"),
    path(
        "translate/<int:translation_id>/text/<str:key>/comments/<int:comment_id>/",
        comments.settle_comment,
        name="settle_comment",
    ),
    path("translate/<int:translation_id>/fill/", filling.fill_texts, name="fill_texts"),
    path("translate/<int:translation_id>/fill/<int:filling_id>/", filling.one_filling, name="filling"),
    path("translate/<int:translation_id>/preview/", previews.preview_translation, name="preview_translation"),
    path("translate/<int:translation_id>/preview/<str:mode>/", previews.preview_translation),
    path("translate/<int:translation_id>/source/", previews.preview_source, name="preview_source"),
    path("translate/<int:translation_id>/both/", previews.preview_both, name="preview_both"),
    path("translate/<int:translation_id>/disable/", editor.stop_translation, name="stop_translation"),
    path("translate/<int:translation_id>/files/", exchange.page_files, name="page_files"),
    path("translate/<int:translation_id>/export.<str:form>", exchange.export_page, name="export_page"),
    path("sessions/<int:session_id>/files/", exchange.session_files, name="session_files"),
    path(
        "sessions/<int:session_id>/files/<str:language_code>.<str:form>.zip",
        exchange.export_session,
        name="export_session",
    ),
    path("memory/", memory_files.export_memory, name="export_memory"),
    path("memory/files/", memory_files.list_files, name="memory_files"),
    path("memory/files/<int:file_id>/", memory_files.one_file, name="memory_file"),
    path("memory/files/<int:file_id>/remove/", memory_files.remove_file, name="remove_memory_file"),
    path("deliveries/", exchange.list_deliveries, name="deliveries"),
    path("deliveries/<int:delivery_id>/", exchange.one_delivery, name="delivery"),
    path("deliveries/<int:delivery_id>/<int:file_id>/", exchange.one_file, name="delivered_file"),
    path("reports/translations/", listing.list_translations, name="list_translations"),
    path("languages/", matrix.show_matrix, name="matrix"),
    path("work/", work.my_work, name="my_work"),
    path("work/calendar/", work.renew_calendar, name="renew_calendar"),
    path("tasks/", coordinating.list_tasks, name="tasks"),
    path("tasks/<int:task_id>/", coordinating.show_task, name="task"),
    path("tasks/assign/", assigning.assign_tasks, name="assign_tasks"),
    path("languages/not-required/", sparing.spare_languages, name="spare_languages"),
    path("bundles/", bundles.list_bundles, name="bundles"),
    path("bundles/new/", bundles.new_bundle, name="new_bundle"),
    path("bundles/<int:bundle_id>/", bundles.show_bundle, name="bundle"),
    path("bundles/<int:bundle_id>/change/", bundles.change_bundle, name="change_bundle"),
    path("bundles/<int:bundle_id>/preview/", bundles.preview_bundle, name="preview_bundle"),
    path("bundles/<int:bundle_id>/preview/<int:item_id>/", bundles.preview_item, name="preview_item"),
    re_path(r"^.*$", refused, name="refused"),
]


@hooks.register("register_admin_urls", order=-100)
def register_addresses() -> list[URLResolver]:
    """Our addresses, before those of wagtail-localize (system check localization.E002)."""
    return [path("localize/", include((addresses, "localization")))]


@hooks.register("register_admin_urls")
def glossary_addresses() -> list[URLPattern]:
    """The glossary's ways in and out; its list and form are those of every record."""
    return [
        path("glossary/import/", glossary.import_glossary, name="import_glossary"),
        re_path(r"^glossary/export\.(?P<form>tbx|csv)$", glossary.export_glossary, name="export_glossary"),
    ]


@hooks.register("before_edit_page", order=-100)
def edit_in_the_translators_editor(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Leads from a translated page to the translators' editor, before wagtail-localize's own hook runs."""
    translation = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id
    ).first()
    if request.method == "POST" and "localize-convert-to-alias" in request.POST:
        messages.error(request, _("A page is not turned into a copy of another here: its text would be lost."))
        return redirect("wagtailadmin_explore", page.pk)
    if translation is None or page.alias_of_id:
        return None
    if translation.enabled:
        return redirect("localization:edit_translation", translation.pk)
    if request.method == "POST" and "localize-restart-translation" in request.POST:
        return editor.restart_translation(request, translation, page)
    return None


@hooks.register("construct_page_action_menu")
def without_turning_into_copies(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Takes away wagtail-localize's "Convert to alias page"."""
    menu_items[:] = [item for item in menu_items if item.name != "localize-convert-to-alias"]


@hooks.register("before_publish_page")
def publish_no_mixture(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuses to publish a translation that is not complete."""
    translated = open_translations([page])
    if unfinished(translated):
        messages.error(request, _("Not published: some texts are not finished yet."))
    elif erroneous(translated):
        messages.error(request, _("Not published: some texts have errors."))
    else:
        return None
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def publish_no_mixtures(request: HttpRequest, action_type: str, objects: Any, instance: Any) -> HttpResponse | None:
    """The same for several pages at once."""
    if action_type != "publish" or request.method != "POST":
        return None
    pages = [entry for entry in objects if isinstance(entry, Page)]
    translated = open_translations(pages)
    left = unfinished(translated) or erroneous(translated)
    if not left:
        return None
    titles = joined(page.get_admin_display_title() for page in left)
    messages.error(
        request, _("Not published: not translated completely, or with errors: %(titles)s") % {"titles": titles}
    )
    parent = left[0].get_parent()
    return redirect("wagtailadmin_explore", parent.pk)


@hooks.register("after_bulk_action")
def approve_published(request: HttpRequest, action_type: str, objects: Any, instance: Any) -> None:
    """Texts of translations that a publisher published in the list of pages are approved by that."""
    if action_type != "publish":
        return
    for page in Page.objects.filter(pk__in=[entry.pk for entry in objects if isinstance(entry, Page)], live=True):
        translation = open_translation(page)
        if translation is not None:
            mark_approved(translation, request.user)


@hooks.register("register_page_header_buttons")
def header_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """ "Translate this page" and "Changes for translators", for whoever may change the page.

    Administrators get wagtail-localize's own buttons, which go by the permission that nobody else is given and lead to
    the same addresses.
    """
    if user.has_perm("wagtail_localize.submit_translation") or source_refusal(page, user):
        return
    here = page.get_translations(inclusive=True).values("locale")
    if page.numchild or Locale.objects.exclude(pk__in=here).exists():
        yield Button(
            gettext_lazy("Translate this page"),
            reverse("localization:submit_page", args=[page.pk]),
            icon_name="wagtail-localize-language",
            priority=60,
        )
    source = TranslationSource.objects.filter(object__translation_key=page.translation_key, locale=page.locale_id)
    found = source.filter(translations__enabled=True).first()
    if found is not None:
        yield Button(
            gettext_lazy("Changes for translators"),
            reverse("localization:update_source", args=[found.pk]),
            icon_name="resubmit",
            priority=61,
        )


@hooks.register("register_admin_menu_item")
def languages_in_the_menu() -> MenuItem:
    """The parity matrix, for everybody in the administration."""
    address = reverse_lazy("localization:matrix")
    return MenuItem(gettext_lazy("Languages"), address, icon_name="wagtail-localize-language", order=350)


@hooks.register("register_admin_menu_item")
def work_in_the_menu() -> MenuItem:
    """A person's translation tasks, for everybody in the administration."""
    return MenuItem(
        gettext_lazy("My work"), reverse_lazy("localization:my_work"), icon_name="calendar-check", order=340
    )


hooks.register("register_bulk_action", submissions.SubmitPages)
hooks.register("register_account_settings_panel", TranslationMailPanel)
hooks.register("register_bulk_action", assigning.AssignPages)


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """What is written into the history of pages."""
    actions.register_action(
        "localization.start", gettext_lazy("Open for translation"), gettext_lazy("Opened for translation")
    )
    actions.register_action(
        "localization.stop", gettext_lazy("Stop translation"), gettext_lazy("Stopped the translation")
    )
    actions.register_action(
        "localization.restart", gettext_lazy("Restart translation"), gettext_lazy("Started the translation again")
    )

    @actions.register_action("localization.not_required")
    class Spared(LogFormatter):
        label = gettext_lazy("Mark a language as not required")

        def format_message(self, log_entry: Any) -> str:
            return _("Marked as not required in %(language)s: %(reason)s") % {
                "language": language(log_entry.data.get("language", "en")).label,
                "reason": log_entry.data.get("reason", ""),
            }

    @actions.register_action("localization.required")
    class Required(LogFormatter):
        label = gettext_lazy("Require a language again")

        def format_message(self, log_entry: Any) -> str:
            return _("Required in %(language)s again") % {
                "language": language(log_entry.data.get("language", "en")).label
            }

    @actions.register_action("localization.bundle.approve")
    class BundleApproved(LogFormatter):
        label = gettext_lazy("Approve a bundle")

        def format_message(self, log_entry: Any) -> str:
            return _("Approved with the bundle “%(bundle)s”") % {"bundle": log_entry.data.get("bundle", "")}

    @actions.register_action("localization.bundle.release")
    class BundleReleased(LogFormatter):
        label = gettext_lazy("Release a bundle")

        def format_message(self, log_entry: Any) -> str:
            return _("Released with the bundle “%(bundle)s”") % {"bundle": log_entry.data.get("bundle", "")}

    @actions.register_action("localization.subtree")
    class SubtreeFormatter(LogFormatter):
        label = gettext_lazy("Translate pages below")

        def format_message(self, log_entry: Any) -> str:
            return _("Opened %(started)s pages below for translation; %(refused)s were refused") % {
                "started": log_entry.data.get("started", 0),
                "refused": log_entry.data.get("refused", 0),
            }
