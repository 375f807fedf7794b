"""What went wrong while the index was fed or built, for those who look after it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class IndexTrouble(models.Model):
    """One kind of trouble: what the engine said, when first and last, and how often."""

    text = models.CharField(_("what happened"), max_length=300)
    times = models.PositiveIntegerField(_("times"), default=1)
    first_at = models.DateTimeField(_("first"), default=timezone.now)
    last_at = models.DateTimeField(_("last"), default=timezone.now)

    class Meta:
        verbose_name = _("trouble with the search index")
        verbose_name_plural = _("troubles with the search index")
        ordering = ["-last_at", "-pk"]

    def __str__(self) -> str:
        return self.text
