"""What is to be told to the search engine."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IndexChange(models.Model):
    """A version or page whose entry must be looked at again. Written in the transaction that changes the thing.

    A row says only that something changed: the feed reads what the thing is now, so the order of rows does not matter
    and a row too many does no harm.
    """

    class Target(models.TextChoices):
        VERSION = "version", _("Language version")
        PAGE = "page", _("Page")

    target = models.CharField(_("target"), max_length=10, choices=Target.choices)
    object_id = models.PositiveBigIntegerField(_("number"))
    created_at = models.DateTimeField(_("changed"), auto_now_add=True)
    # Noted before the rebuild that is unfinished began, so that what this row tells of is in the new index anyhow.
    is_in_rebuild = models.BooleanField(_("in the rebuild"), default=False, editable=False)

    class Meta:
        verbose_name = _("change to be indexed")
        verbose_name_plural = _("changes to be indexed")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.target} {self.object_id}"
