"""The editable table of decision series: their letters in each language, and those that are cited by number alone."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from cms.core.fields import NamesField
from cms.core.languages import short_code
from cms.core.models import Record
from cms.processes.models import Process
from documents.symbols.series import DEFAULT_SERIES, DecisionSeries


class SymbolSeriesQuerySet(models.QuerySet["SymbolSeries"]):
    def decision_series(self) -> tuple[DecisionSeries, ...]:
        """The series with letters of their own, those of the table in place of the built-in ones. One query."""
        edited = {one.letters: one.decision_series() for one in self if not one.cited_by_number}
        return (*edited.values(), *(one for one in DEFAULT_SERIES if one.letters not in edited))


class SymbolSeries(Record):
    """A series of decisions: MC-3/11 with its letters per language (МК in Russian), or resolution 9/1 of a body."""

    class Kind(models.TextChoices):
        DECISION = "decision", _("Decision")
        RESOLUTION = "resolution", _("Resolution")

    letters = models.CharField(
        _("canonical letters"),
        max_length=20,
        unique=True,
        help_text=_(
            "In Latin letters, such as MC in MC-3/11; for a series cited by number alone, how the symbols begin, "
            "such as CTOC/COP/RES."
        ),
    )
    printed_letters = NamesField(
        verbose_name=_("letters per language"), help_text=_("The letters that each language prints, such as МК.")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.DECISION)
    cited_by_number = models.BooleanField(
        _("cited by number alone"),
        default=False,
        help_text=_("Texts of this process write “resolution 9/1”. It is filed as CTOC/COP/RES/9/1."),
    )
    process = models.ForeignKey(
        Process, verbose_name=_("process"), on_delete=models.CASCADE, related_name="symbol_series"
    )

    objects = SymbolSeriesQuerySet.as_manager()

    panels = [
        FieldPanel("process"),
        FieldPanel("letters"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("cited_by_number")]),
        FieldPanel("printed_letters"),
    ]

    class Meta:
        verbose_name = _("symbol series")
        verbose_name_plural = _("symbol series")
        ordering = ["letters"]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "kind"],
                condition=models.Q(cited_by_number=True),
                name="one_series_cited_by_number",
                violation_error_message=_("This process has a series of this kind that is cited by number alone."),
            )
        ]

    def __str__(self) -> str:
        return self.letters

    def clean(self) -> None:
        super().clean()
        if "{" in self.letters or "}" in self.letters:
            raise ValidationError({"letters": _("Letters hold no braces.")})

    def decision_series(self) -> DecisionSeries:
        """The series as the finder of symbols takes it. Its languages have short codes there."""
        local = {short_code(code): (letters,) for code, letters in self.printed_letters.items() if letters}
        return DecisionSeries(self.letters, str(self.process_id), local)
