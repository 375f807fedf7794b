"""The editable table of decision series and the letters they have in each language."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.core.fields import NamesField
from cms.core.models import Record
from cms.processes.models import Process


class SymbolSeries(Record):
    """A series of decisions, such as MC-3/11, with its letters per language (МК in Russian)."""

    letters = models.CharField(
        _("canonical letters"), max_length=20, unique=True, help_text=_("In Latin letters, such as MC in MC-3/11.")
    )
    printed_letters = NamesField(
        verbose_name=_("letters per language"), help_text=_("The letters that each language prints, such as МК.")
    )
    process = models.ForeignKey(
        Process, verbose_name=_("process"), on_delete=models.CASCADE, related_name="symbol_series"
    )

    panels = [FieldPanel("process"), FieldPanel("letters"), FieldPanel("printed_letters")]

    class Meta:
        verbose_name = _("symbol series")
        verbose_name_plural = _("symbol series")
        ordering = ["letters"]

    def __str__(self) -> str:
        return self.letters
