"""Files of translations that somebody brought back: what was in them, and what became of each text."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.localization.models.kept_files import KeptFile
from cms.localization.models.long_work import LongWork


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def with_counts(self) -> Self:
        """With how many of its files were ``taken``, and ``refused``."""
        state = DeliveredFile.State
        return self.annotate(
            taken=Count("files", filter=Q(files__state=state.TAKEN)),
            refused=Count("files", filter=Q(files__state=state.REFUSED)),
        )

    def of(self, user: Any) -> Self:
        """Those that the user may look at: the own ones; all of them for administrators."""
        return self if user.is_superuser else self.filter(created_by=user)


class Delivery(LongWork):
    """One file, or those of one ZIP file, that somebody brought together."""

    # The translation on whose page it was brought: then its files are of that page alone.
    translation = models.ForeignKey(
        "wagtail_localize.Translation", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("date"), default=timezone.now, db_index=True)
    # Whether texts that count as finished in a file are confirmed.
    confirm = models.BooleanField(default=False)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery of translations")
        verbose_name_plural = _("deliveries of translations")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return str(_("Delivery {number}").format(number=self.pk))


class DeliveredFile(KeptFile):
    """One file of a delivery."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        TAKEN = "taken", _("Taken")
        REFUSED = "refused", _("Refused")

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(_("file"), max_length=255)
    translation = models.ForeignKey(
        "wagtail_localize.Translation", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    # Why the whole file was refused.
    reason = models.TextField(blank=True)
    # What became of each text, as `exchange.taking.Line.as_json` writes it.
    lines: Any = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("delivered file")
        verbose_name_plural = _("delivered files")
        ordering = ["delivery", "pk"]
        indexes = [models.Index(fields=["delivery", "state"], name="delivered_file_state")]

    def __str__(self) -> str:
        return self.name
