"""How the items of a release bundle stand: what stands in the way of each, and what of it is out already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page, Revision, WorkflowState
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation

from cms.core.languages import Language, language
from cms.localization.completeness import errors_sentence, unfinished_sentence
from cms.localization.models import BundleItem, NotRequired, SegmentChange
from cms.localization.reviewing import unfinished_reviews, work_of
from cms.localization.states import with_all_counts
from cms.localization.things import Name, names_of
from documents.models import LanguageVersion, ReportPage

State = LanguageVersion.State
Place = tuple[UUID, str]  # translation key and language


@dataclass
class Standing:
    """One item: its document's version and its page, as far as there are such, and what stands in its way.

    ``problems`` are sentences; without any the item is ready. ``is_out`` says that readers have all of it already.
    """

    item: BundleItem
    language: Language
    name: Name
    version: Any = None
    page: Any = None
    translation: Any = None
    problems: list[str] = field(default_factory=list)
    is_out: bool = False
    in_review: bool = False

    @property
    def is_ready(self) -> bool:
        """Whether nothing stands in its way."""
        return not self.problems

    @property
    def publishes_page(self) -> bool:
        """Whether its page has something that readers do not have yet."""
        return self.page is not None and (not self.page.live or self.page.has_unpublished_changes)

    @property
    def releases_version(self) -> bool:
        """Whether its language version is not out yet."""
        return self.version is not None and self.version.state != State.RELEASED

    @property
    def work_url(self) -> str:
        """Where it is worked on."""
        if self.translation is not None:
            return reverse("localization:edit_translation", args=[self.translation.pk])
        if self.page is not None:
            return reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return self.version_url

    @property
    def version_url(self) -> str:
        """The form of its language version, where its files are; empty where there is none."""
        if self.version is None:
            return ""
        viewset: Any = LanguageVersion.snippet_viewset
        return reverse(viewset.get_url_name("edit"), args=[self.version.pk])

    @property
    def is_checked(self) -> bool:
        """Whether the checks have looked through the texts of its draft (``bundling.check_texts``)."""
        return self.item.checked_as == self.fingerprint

    @property
    def needs_check(self) -> bool:
        """Whether they have to."""
        return self.translation is not None and self.publishes_page and not self.is_checked

    @property
    def fingerprint(self) -> str:
        """What would be released now: other with every new draft, title or file."""
        parts: list[Any] = [self.page.latest_revision_id if self.page else None]
        if self.version is not None:
            files = sorted((file.format, file.sha256) for file in self.version.files.all())
            parts += [self.version.pk, self.version.title, self.version.document.access, files]
        return sha256(repr(parts).encode()).hexdigest()


def standings(items: Iterable[BundleItem]) -> list[Standing]:
    """How the items stand, in their order. Eleven queries, whatever their number."""
    listed = list(items)
    keys = {item.translation_key for item in listed}
    versions = _versions(keys)
    pages = _pages(keys)
    translations = _translations(keys)
    not_required = {
        (key, code): reason
        for key, code, reason in NotRequired.objects.filter(translation_key__in=keys).values_list(
            "translation_key", "locale__language_code", "reason"
        )
    }
    names = names_of(keys)
    timed = _with_moments_of_their_own(list(pages.values()))
    reviews = unfinished_reviews(pages.values())
    found = []
    for item in listed:
        place = (item.translation_key, item.locale.language_code)
        standing = Standing(
            item,
            language(item.locale.language_code),
            names.get(item.translation_key, Name()),
            versions.get(place),
            pages.get(place),
            translations.get(place),
        )
        review = reviews.get(standing.page.pk) if standing.page is not None else None
        standing.in_review = review == WorkflowState.STATUS_IN_PROGRESS
        _assess(standing, not_required.get(place), timed)
        if standing.publishes_page and review == WorkflowState.STATUS_NEEDS_CHANGES:
            standing.problems.append(_("It was sent back from review. Hand it in again."))
        found.append(standing)
    return found


def _versions(keys: set[UUID]) -> dict[Place, LanguageVersion]:
    versions = LanguageVersion.objects.filter(document__uid__in=keys).select_related("document")
    return {(version.document.uid, version.language): version for version in versions.prefetch_related("files")}


def _pages(keys: set[UUID]) -> dict[Place, Page]:
    """The pages, without the text of their drafts."""
    pages = Page.objects.filter(translation_key__in=keys, alias_of=None).select_related("locale", "latest_revision")
    pages = pages.defer("latest_revision__content").order_by("-pk")
    return {(page.translation_key, page.locale.language_code): page for page in pages}


def _translations(keys: set[UUID]) -> dict[Place, Translation]:
    """The open translations with their counts, and whether a text was changed after the draft was saved."""
    drafted = Page.objects.filter(
        translation_key=OuterRef(OuterRef("source__object_id")), locale=OuterRef(OuterRef("target_locale"))
    )
    late: QuerySet[SegmentChange] = SegmentChange.objects.filter(translation=OuterRef("pk")).exclude(text=F("before"))
    late = late.filter(Exists(drafted.filter(latest_revision_created_at__lt=OuterRef("at"))))
    translations = with_all_counts(Translation.objects.filter(source__object_id__in=keys, enabled=True))
    translations = translations.annotate(is_late=Exists(late)).select_related("source", "target_locale")
    return {
        (translation.source.object_id, translation.target_locale.language_code): translation
        for translation in translations.defer("source__content_json")
    }


def _with_moments_of_their_own(pages: Sequence[Page]) -> set[int]:
    """The pages whose newest draft says when it goes live: Wagtail would hold it back."""
    drafts = Revision.objects.filter(pk__in=[page.latest_revision_id for page in pages if page.latest_revision_id])
    moments = drafts.values_list("object_id", "content__go_live_at")
    return {int(pk) for pk, moment in moments if moment}


def _assess(standing: Standing, not_required: str | None, timed: set[int]) -> None:
    """Writes down what stands in the way of an item."""
    version, page = standing.version, standing.page
    standing.is_out = (
        (version is not None or page is not None)
        and (page is None or (page.live and not page.has_unpublished_changes))
        and (version is None or version.is_released())
    )
    if standing.is_out:
        return
    if not_required is not None:
        standing.problems.append(_("Not required: %(reason)s") % {"reason": not_required})
    if version is None and page is None:
        standing.problems.append(_("Nothing is there in this language yet."))
    if version is not None:
        standing.problems += _of_version(version, page)
    elif page is not None and issubclass(page.specific_class or Page, ReportPage):
        standing.problems.append(_("The document has no language version for this page."))
    if standing.publishes_page:
        standing.problems += _of_page(page, page.pk in timed)
        if standing.translation is not None:
            standing.problems += _of_translation(standing.translation)
            if standing.is_checked and standing.item.errors:
                standing.problems.append(errors_sentence(standing.item.errors))


def _of_version(version: LanguageVersion, page: Page | None) -> list[str]:
    problems = []
    if version.state == State.WITHDRAWN:
        problems.append(_("It was withdrawn. Its own form brings it back."))
    if version.state == State.RELEASED and not version.is_released():
        moment = date_format(version.released_at, "SHORT_DATETIME_FORMAT")  # type: ignore[arg-type]  # a later one
        problems.append(_("It has a release moment of its own: %(moment)s.") % {"moment": moment})
    if not version.title.strip():
        problems.append(_("A released version needs its title."))
    if page is None and not version.files.all():
        problems.append(_("It has neither a web edition nor a file."))
    return problems


def _of_page(page: Page, is_timed: bool) -> list[str]:
    problems = []
    if page.latest_revision_id is None:
        problems.append(_("The page has no draft yet."))
    if page.locked:
        problems.append(_("The page is locked."))
    if is_timed:
        problems.append(_("The page's draft has a date of its own at which it goes live. Take that out first."))
    return problems


def _of_translation(translation: Any) -> list[str]:
    """What an open translation lacks that went through ``_translations``."""
    problems = []
    left, machine = translation.total - translation.done, translation.machine
    if left:
        problems.append(unfinished_sentence(left))
    if machine:
        text = ngettext(
            "%(n)d text is a machine's, and nobody confirmed it.",
            "%(n)d texts are a machine's, and nobody confirmed them.",
            machine,
        )
        problems.append(text % {"n": machine})
    if not left and translation.is_late:
        problems.append(_("Texts changed since it was handed in. Hand it in again."))
    return problems


def refused_to(found: Iterable[Standing], user: Any) -> dict[int, str]:
    """What of this the user may not release, by the items' keys, each with the reason. Four queries, and rights.

    A publisher releases what somebody else translated and saved last; superusers may release their own, so that a site
    is never stuck.
    """
    listed = list(found)
    versions = [standing.version.pk for standing in listed if standing.releases_version]
    policy: Any = policy_registry.get_by_type(LanguageVersion)
    allowed = LanguageVersion.objects.filter(pk__in=versions)
    keys = {standing.item.translation_key for standing in listed if standing.publishes_page}
    own = set() if user.is_superuser or not keys else work_of(user, keys)
    may_release = set(policy.narrow(allowed, user, ["publish"]).values_list("pk", flat=True)) if versions else set()
    refused = {}
    for standing in listed:
        if standing.is_out:
            continue
        if standing.releases_version and standing.version.pk not in may_release:
            refused[standing.item.pk] = _("You may not release documents of this process.")
        elif standing.publishes_page:
            reason = _page_refusal(standing.page, user)
            if not reason and (standing.page.translation_key, standing.page.locale_id) in own:
                reason = _("You translated it: another publisher releases it.")
            if reason:
                refused[standing.item.pk] = reason
    return refused


def _page_refusal(page: Page, user: Any) -> str | None:
    if not page.permissions_for_user(user).can_publish():
        return _("You may not publish this page.")
    editor = page.latest_revision.user_id if page.latest_revision else page.owner_id
    if editor == user.pk and not user.is_superuser:
        return _("You saved it last: another publisher releases it.")
    return None
