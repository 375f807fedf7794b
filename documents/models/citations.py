"""What a document cites, by symbol, whether or not the archive holds it yet."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.models.documents import OfficialDocument


class Citation(models.Model):
    """A symbol or decision found in a document's text. The key finds its target once that is filed."""

    document = models.ForeignKey(OfficialDocument, on_delete=models.CASCADE, related_name="citations")
    symbol = models.CharField(_("symbol"), max_length=120)
    symbol_key = models.CharField(max_length=120, db_index=True)
    printed = models.CharField(_("as printed"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["document", "symbol"]
        constraints = [models.UniqueConstraint(fields=["document", "symbol_key"], name="one_citation_per_target")]

    def __str__(self) -> str:
        return self.symbol
