"""Mail where a bundle could not be released: its moment may come at night, with nobody looking."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin.mail import send_mail

from cms.localization.models import ReleaseBundle
from cms.users.people import language_of

logger = logging.getLogger(__name__)


def tell_failure(bundle: ReleaseBundle, reason: str) -> int:
    """Tells whoever approved and made the bundle that nothing was released, and why; gives how many were told."""
    people = {user.pk: user for user in (bundle.approved_by, bundle.created_by) if user is not None}
    told = 0
    for user in people.values():
        if not (user.is_active and user.email):
            continue
        with override(language_of(user)):
            subject = _("Not released: %(bundle)s") % {"bundle": " ".join(bundle.name.split())}
            address = settings.WAGTAILADMIN_BASE_URL + reverse("localization:bundle", args=[bundle.pk])
            text = _("Nothing of the bundle “%(bundle)s” was released: %(reason)s") % {
                "bundle": bundle.name,
                "reason": reason,
            }
            try:
                send_mail(subject, f"{text}\n\n{address}\n", [user.email])
            except (OSError, SMTPException):
                logger.exception("Mail about bundle %s to user %s was not sent.", bundle.pk, user.pk)
                continue
        told += 1
    return told
