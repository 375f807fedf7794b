"""Release bundles: put together, approved once, released at one instant or not at all."""

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.log_actions import LogContext, log
from wagtail.models import Locale, Page

from cms.core.languages import joined
from cms.localization.bundles.mail import tell_failure
from cms.localization.bundles.standings import Standing, refused_to, standings
from cms.localization.models import BundleItem, NotRequired, ReleaseBundle
from cms.localization.proofreading import rows_with_errors
from cms.localization.reviewing import mark_approved
from cms.users.people import language_of
from documents.models import LanguageVersion

logger = logging.getLogger(__name__)
State = ReleaseBundle.State
# Some 60 ms and 90 queries for each page that is published, all in one transaction.
MOST_ITEMS = 300
NAMED = 10  # items named in a sentence


class NotReleasedError(Exception):
    """Nothing is released. The message is a sentence that says why."""


def bundle_items(bundle: ReleaseBundle) -> list[BundleItem]:
    """The items of a bundle with their languages. One query."""
    return list(bundle.items.select_related("locale").order_by("pk"))


@transaction.atomic
def add_items(bundle: ReleaseBundle, keys: Iterable[UUID], locales: Iterable[Locale]) -> int:
    """Puts these documents and pages in these languages into an open bundle; gives how many are new in it.

    What readers have already and what is not required is left out. Raises NotReleasedError for too many.
    """
    here = set(bundle.items.values_list("translation_key", "locale"))
    listed, languages = list(dict.fromkeys(keys)), list(locales)
    spared = set(NotRequired.objects.filter(translation_key__in=listed).values_list("translation_key", "locale"))
    wanted = [
        BundleItem(bundle=bundle, translation_key=key, locale=locale)
        for key in listed
        for locale in languages
        if (key, locale.pk) not in here | spared
    ]
    new = [standing.item for standing in standings(wanted) if not standing.is_out]
    if len(here) + len(new) > MOST_ITEMS:
        raise NotReleasedError(
            _("A bundle has at most %(most)d items, and these would be %(count)d. Choose fewer.")
            % {"most": MOST_ITEMS, "count": len(here) + len(new)}
        )
    BundleItem.objects.bulk_create(new)
    return len(new)


def check_texts(bundle: ReleaseBundle) -> int:
    """Looks for errors in the texts of all drafts that were not looked through yet; gives how many drafts these were.

    Some 60 ms and five queries for a draft of 300 paragraphs.
    """
    waiting = [standing for standing in standings(bundle_items(bundle)) if standing.needs_check]
    for standing in waiting:
        errors = len(rows_with_errors(standing.translation))
        BundleItem.objects.filter(pk=standing.item.pk).update(errors=errors, checked_as=standing.fingerprint)
    return len(waiting)


def approve(bundle: ReleaseBundle, user: Any, moment: datetime | None) -> None:
    """Approves the bundle as it stands, to be released at the moment, or at once (None).

    Raises NotReleasedError where something is not ready or is not the user's to release; then nothing is written.
    """
    now = timezone.now()
    check_texts(bundle)
    with transaction.atomic():
        stored = ReleaseBundle.objects.select_for_update().filter(pk=bundle.pk, state=State.OPEN).first()
        if stored is None:
            raise NotReleasedError(_("Somebody else approved it meanwhile."))
        found = standings(bundle_items(stored))
        _refuse(found, user)
        for standing in found:
            standing.item.approved_as = standing.fingerprint
        BundleItem.objects.bulk_update([standing.item for standing in found], ["approved_as"], batch_size=100)
        stored.state, stored.approved_by, stored.approved_at = State.APPROVED, user, now
        stored.release_at, stored.failure = moment or now, ""
        stored.save()
        _tell(found, "localization.bundle.approve", stored, user)
    bundle.refresh_from_db()


def withdraw(bundle: ReleaseBundle) -> bool:
    """Takes an approval back, as long as nothing is released. Gives whether there was one."""
    return bool(
        ReleaseBundle.objects.filter(pk=bundle.pk, state=State.APPROVED).update(
            state=State.OPEN, approved_by=None, approved_at=None, release_at=None
        )
    )


def release(bundle_id: int) -> bool:
    """Releases an approved bundle whose moment has come: all of it in one transaction, or nothing. Can be repeated.

    Where something is not ready any more the bundle is open again and says why. Gives whether it was released.
    """
    known = ReleaseBundle.objects.due().select_related("approved_by", "created_by").filter(pk=bundle_id).first()
    if known is None:
        return False  # released already, or its approval was taken back
    with override(language_of(known.approved_by)):
        try:
            # Histories name whoever approved it: the worker is nobody.
            with LogContext(user=known.approved_by), transaction.atomic():
                bundle = ReleaseBundle.objects.select_for_update(of=("self",)).due().filter(pk=bundle_id).first()
                if bundle is None:
                    return False
                _release(bundle)
        except (NotReleasedError, ValidationError) as error:
            reason = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            _reopen(known, reason)
            return False
    return True


def _reopen(bundle: ReleaseBundle, reason: str) -> None:
    """Opens a bundle again that could not be released, and tells why."""
    logger.warning("Bundle %s is not released: %s", bundle.pk, reason)
    opened = ReleaseBundle.objects.filter(pk=bundle.pk, state=State.APPROVED).update(
        state=State.OPEN, failure=reason, approved_by=None, approved_at=None, release_at=None
    )
    if opened:
        tell_failure(bundle, reason)


def _release(bundle: ReleaseBundle) -> None:
    """Releases all items at one instant. Raises NotReleasedError, and ValidationError for what a page refuses."""
    user = bundle.approved_by
    if user is None or not user.is_active:
        raise NotReleasedError(_("Whoever approved it has no account any more."))
    found = standings(bundle_items(bundle))
    changed = [standing for standing in found if standing.item.approved_as != standing.fingerprint]
    if changed:
        raise NotReleasedError(_("It changed since it was approved: %(items)s.") % {"items": _named(changed)})
    _refuse(found, user)
    moment = timezone.now()
    waiting = [standing for standing in found if not standing.is_out]
    for standing in waiting:
        if standing.publishes_page:
            PublishPageRevisionAction(standing.page.get_latest_revision(), user=user).execute()
            if standing.translation is not None:
                mark_approved(standing.translation, user)
        if standing.releases_version:
            version = standing.version
            version.state, version.released_at = LanguageVersion.State.RELEASED, moment
            version.save(update_fields=["state", "released_at"])
    published = [standing.page for standing in waiting if standing.publishes_page]
    # Wagtail notes the time of each page by itself.
    pages = Page.objects.filter(pk__in=[page.pk for page in published])
    pages.update(last_published_at=moment)
    pages.filter(pk__in=[page.pk for page in published if page.first_published_at is None]).update(
        first_published_at=moment
    )
    _tell(waiting, "localization.bundle.release", bundle, user)
    bundle.state, bundle.released_at, bundle.failure = State.RELEASED, moment, ""
    bundle.save(update_fields=["state", "released_at", "failure"])


def _refuse(found: list[Standing], user: Any) -> None:
    """Raises NotReleasedError where an item is not ready or is not the user's to release."""
    if all(standing.is_out for standing in found):
        raise NotReleasedError(_("There is nothing in it that readers do not have already."))
    unready = [standing for standing in found if not standing.is_ready or standing.needs_check]
    if unready:
        raise NotReleasedError(_("Not ready: %(items)s.") % {"items": _named(unready)})
    refused = refused_to(found, user)
    if refused:
        foreign = [standing for standing in found if standing.item.pk in refused]
        reasons = joined(dict.fromkeys(refused.values()))
        raise NotReleasedError(
            _("You may not release %(items)s: %(reasons)s") % {"items": _named(foreign), "reasons": reasons}
        )


def _named(found: list[Standing]) -> str:
    """The items in a sentence: symbol or title, and language; of many, the first ones and how many more."""
    names = [f"{standing.name.symbol or standing.name.title} ({standing.language.label})" for standing in found]
    if len(names) > NAMED:
        more = ngettext("%(n)d more", "%(n)d more", len(names) - NAMED) % {"n": len(names) - NAMED}
        names = [*names[:NAMED], more]
    return joined(names)


def _tell(found: Iterable[Standing], action: str, bundle: ReleaseBundle, user: Any) -> None:
    """Writes into the history of each version, or of the page where there is none, what became of it."""
    data = {"bundle": bundle.name}
    for standing in found:
        if not standing.is_out:
            log(instance=standing.version or standing.page.specific_deferred, action=action, user=user, data=data)
