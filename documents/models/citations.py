"""What a document cites, by symbol, whether or not the archive holds it yet."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from documents.models.documents import FormerSymbol, OfficialDocument
from documents.models.versions import LanguageVersion


class CitationQuerySet(models.QuerySet["Citation"]):
    def shown_at(self, now: datetime) -> Self:
        """Citations that give nothing away: stated of the document, or found in a language version that is out.

        Whether a reader may know of the citing document is asked of the document.
        """
        released = LanguageVersion.objects.released_at_moment(now).filter(pk=OuterRef("version"))
        return self.filter(Q(version=None) | Exists(released))

    def unfiled(self) -> Self:
        """Citations of what the archive does not hold, under today's symbol or a former one."""
        held = OfficialDocument.objects.filter(symbol_key=OuterRef("symbol_key"))
        former = FormerSymbol.objects.filter(symbol_key=OuterRef("symbol_key"))
        return self.exclude(Exists(held)).exclude(Exists(former))


class Citation(models.Model):
    """A symbol or decision that a document names. The key finds its target once that is filed.

    Found in a text: the language version, and of its first mention there the paragraph (``anchor``, and the printed
    ``label``: "3 (b)") and the ``sentence`` around. Stated without a text: the document alone.
    """

    document = models.ForeignKey(OfficialDocument, on_delete=models.CASCADE, related_name="citations")
    version = models.ForeignKey(
        LanguageVersion,
        verbose_name=_("language version"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="citations",
    )
    symbol = models.CharField(_("symbol"), max_length=120)
    symbol_key = models.CharField(max_length=120, db_index=True)
    printed = models.CharField(_("as printed"), max_length=200, blank=True)
    anchor = models.CharField(max_length=80, blank=True)
    label = models.CharField(max_length=40, blank=True)
    sentence = models.TextField(_("sentence"), blank=True)

    objects = CitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["document", "symbol"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "symbol_key"], condition=Q(version=None), name="one_stated_citation_per_target"
            ),
            models.UniqueConstraint(fields=["version", "symbol_key"], name="one_citation_per_version_and_target"),
        ]

    def __str__(self) -> str:
        return self.symbol
