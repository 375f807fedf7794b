"""Release bundles: documents and pages in chosen languages that readers get at one instant, or not at all."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ReleaseBundleQuerySet(models.QuerySet["ReleaseBundle"]):
    def due(self) -> Self:
        """Approved ones whose moment has come."""
        return self.filter(state=ReleaseBundle.State.APPROVED, release_at__lte=timezone.now())


class ReleaseBundle(models.Model):
    """What is released together. Approving says when; the worker does it."""

    class State(models.TextChoices):
        OPEN = "open", _("In preparation")
        APPROVED = "approved", _("Approved")
        RELEASED = "released", _("Released")

    name = models.CharField(_("name"), max_length=200)
    # Of most of its items: whose staff may look at it. None for pages of no process.
    process = models.ForeignKey(
        "processes.Process", verbose_name=_("process"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("date"), default=timezone.now, db_index=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("approved by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    # The moment that was asked for, and the one at which it was done.
    release_at = models.DateTimeField(_("release moment"), null=True, blank=True)
    released_at = models.DateTimeField(null=True)
    # Why the last attempt released nothing.
    failure = models.TextField(blank=True)

    objects = ReleaseBundleQuerySet.as_manager()

    class Meta:
        verbose_name = _("release bundle")
        verbose_name_plural = _("release bundles")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "release_at"], name="bundle_due")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_due(self) -> bool:
        """Whether it should have been released by now."""
        return self.state == self.State.APPROVED and self.release_at is not None and self.release_at <= timezone.now()


class BundleItem(models.Model):
    """One document or page in one language."""

    bundle = models.ForeignKey(ReleaseBundle, on_delete=models.CASCADE, related_name="items")
    # The key that a page's languages share; for a document its uid.
    translation_key = models.UUIDField()
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    # What was approved (standings.Standing.fingerprint): what has changed since is not released.
    approved_as = models.CharField(max_length=64, blank=True)
    # Of how many of its texts the checks found errors in, and in which draft: looking takes long, so it is noted.
    errors = models.PositiveIntegerField(default=0)
    checked_as = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("item of a release bundle")
        verbose_name_plural = _("items of release bundles")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["bundle", "translation_key", "locale"], name="bundle_item_once"),
        ]

    def __str__(self) -> str:
        return f"{self.translation_key} ({self.locale})"
