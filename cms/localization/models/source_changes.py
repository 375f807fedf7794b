"""What changed in the texts that translators work from."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceChange(models.Model):
    """One text of a source that another one took the place of.

    A minor one outdates no translation: what was made of the text before stands for the one after.
    """

    source = models.ForeignKey("wagtail_localize.TranslationSource", on_delete=models.CASCADE, related_name="changes")
    context = models.ForeignKey("wagtail_localize.TranslationContext", on_delete=models.CASCADE, related_name="+")
    before = models.ForeignKey("wagtail_localize.String", on_delete=models.CASCADE, related_name="+")
    after = models.ForeignKey("wagtail_localize.String", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    minor = models.BooleanField(_("small correction"), default=False)

    class Meta:
        verbose_name = _("change of a source text")
        verbose_name_plural = _("changes of source texts")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
