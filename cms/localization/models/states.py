"""Which languages of a page or document need no translation."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class NotRequired(models.Model):
    """Says that a page or document needs no translation into a language, and why."""

    # The key that a page's languages share; for a document's web editions the document's uid.
    translation_key = models.UUIDField()
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(
        _("reason"), max_length=255, help_text=_("Shown wherever the state is shown, such as: informal paper.")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("language not required")
        verbose_name_plural = _("languages not required")
        constraints = [
            models.UniqueConstraint(fields=["translation_key", "locale"], name="not_required_once"),
        ]

    def __str__(self) -> str:
        return self.reason
