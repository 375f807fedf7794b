"""Who chairs, coordinates or answers for a body, and for how long."""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from cms.core.models import Record
from cms.core.periods import holding, period_holds
from cms.processes.models.parties import Party
from cms.processes.models.processes import Process
from cms.processes.models.working_groups import WorkingGroup


class OfficeQuerySet(models.QuerySet["Office"]):
    def current(self, on: date | None = None) -> Self:
        """Offices whose term holds the day (today if none is given)."""
        return self.filter(holding(on or timezone.localdate()))


class Office(Record):
    """An office held by a party, a person or a person of a party, for a term."""

    class Kind(models.TextChoices):
        CHAIR = "chair", _("Chair")
        VICE_CHAIR = "vice_chair", _("Vice-Chair")
        RAPPORTEUR = "rapporteur", _("Rapporteur")
        COORDINATOR = "coordinator", _("Coordinator")
        FOCAL_POINT = "focal_point", _("National focal point")
        EXECUTIVE_SECRETARY = "executive_secretary", _("Executive Secretary")

    process = models.ForeignKey(Process, verbose_name=_("process"), on_delete=models.PROTECT, related_name="offices")
    working_group = models.ForeignKey(
        WorkingGroup,
        verbose_name=_("body"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="offices",
        help_text=_("Leave empty for an office of the process as a whole."),
    )
    kind = models.CharField(_("office"), max_length=20, choices=Kind.choices, default=Kind.CHAIR)
    party = models.ForeignKey(
        Party, verbose_name=_("party"), null=True, blank=True, on_delete=models.PROTECT, related_name="offices"
    )
    person = models.CharField(_("person"), max_length=200, blank=True, help_text=_("The name, without a title."))
    starts_on = models.DateField(_("term from"), null=True, blank=True)
    ends_on = models.DateField(_("term to"), null=True, blank=True)

    objects = OfficeQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("process"), FieldPanel("working_group")]),
        FieldPanel("kind"),
        FieldRowPanel([FieldPanel("party"), FieldPanel("person")]),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
    ]

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["process", "working_group", "kind", "-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="term_ends_after_it_starts",
                violation_error_message=_("The term cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(party__isnull=False) | ~Q(person=""),
                name="office_has_a_holder",
                violation_error_message=_("Name the party, the person, or both."),
            ),
        ]

    def holds(self, on: date) -> bool:
        """Whether its term holds the day."""
        return period_holds(self.starts_on, self.ends_on, on)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.person or self.party}"

    def clean(self) -> None:
        super().clean()
        if self.working_group and self.working_group.process_id != self.process_id:
            raise ValidationError({"working_group": _("This body belongs to another process.")})
