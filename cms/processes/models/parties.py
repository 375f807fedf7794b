"""Parties, and what they are members of."""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from cms.core.fields import NamesField, best_text
from cms.core.models import Record
from cms.core.periods import holding, period_holds
from cms.processes.countries import alphabetical_key, country_choices, country_names
from cms.processes.models.processes import Process
from cms.processes.models.working_groups import WorkingGroup


class Party(Record):
    """A state or an organisation. A state is named by the list of countries unless it is named here."""

    class Kind(models.TextChoices):
        STATE = "state", pgettext_lazy("kind of party", "State")
        REGIONAL = "regional", _("Regional organisation")
        INTERGOVERNMENTAL = "intergovernmental", _("Intergovernmental organisation")
        CIVIL_SOCIETY = "civil_society", _("Civil society")
        INDUSTRY = "industry", _("Industry")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.STATE)
    country = models.CharField(
        _("country"),
        max_length=2,
        null=True,
        blank=True,
        unique=True,
        choices=country_choices,
        help_text=_("For a state. Its names in the official languages follow from it."),
    )
    names = NamesField(
        verbose_name=_("names"),
        help_text=_("For an organisation; for a state only where its name differs from the list of countries."),
    )
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    sort_name = models.CharField(max_length=255, editable=False, default="")

    panels = [FieldRowPanel([FieldPanel("kind"), FieldPanel("country")]), FieldPanel("acronym"), FieldPanel("names")]

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["sort_name"]

    def __str__(self) -> str:
        return self.name("en")

    def name(self, language: str) -> str:
        """Its name in the language, else the best other one."""
        return self.name_and_language(language)[0]

    def name_and_language(self, language: str) -> tuple[str, str]:
        """Its name for readers of the language, with the language that the name really is in."""
        if self.names.get(language):
            return self.names[language], language
        for code in (language, "en"):
            if self.country in country_names(code):
                return country_names(code)[self.country], code
        return best_text(self.names, language)

    def derive(self) -> None:
        self.country = self.country or None
        self.sort_name = alphabetical_key(self.name("en"))[:255]

    def clean(self) -> None:
        if self.kind == self.Kind.STATE and not self.country:
            raise ValidationError({"country": _("Choose the country of this state.")})
        if self.kind != self.Kind.STATE and not any(self.names.values()):
            raise ValidationError({"names": _("Give the organisation's name in one language at least.")})
        super().clean()


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, on: date | None = None) -> Self:
        """Memberships whose period holds the day (today if none is given)."""
        return self.filter(holding(on or timezone.localdate()))

    def in_order(self) -> Self:
        """In English alphabetical order of the parties, with the party loaded."""
        return self.select_related("party").order_by("party__sort_name", "pk")


class Membership(Record):
    """What a party is in a process, or in one of its bodies, for a period."""

    class Status(models.TextChoices):
        MEMBER = "member", _("Member")
        PARTICIPANT = "participant", _("Participant")
        OBSERVER = "observer", _("Observer")
        PROVISIONAL = "provisional", _("Provisional member")

    party = models.ForeignKey(Party, verbose_name=_("party"), on_delete=models.PROTECT, related_name="memberships")
    process = models.ForeignKey(
        Process, verbose_name=_("process"), on_delete=models.PROTECT, related_name="memberships"
    )
    working_group = models.ForeignKey(
        WorkingGroup,
        verbose_name=_("body"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="memberships",
        help_text=_("For membership of one body only. Leave empty for the process as a whole."),
    )
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.MEMBER)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    condition = NamesField(
        verbose_name=_("condition"),
        help_text=_("For a provisional member: what must happen before it is a full one, in one sentence."),
    )
    deadline = models.DateField(
        _("deadline"), null=True, blank=True, help_text=_("By when the condition is to be met.")
    )

    objects = MembershipQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("process"), FieldPanel("working_group")]),
        FieldRowPanel([FieldPanel("party"), FieldPanel("status")]),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        MultiFieldPanel([FieldPanel("condition"), FieldPanel("deadline")], heading=_("Provisional membership")),
    ]

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["process", "party__sort_name", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_it_starts",
                violation_error_message=_("The period cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} – {self.working_group or self.process}"

    def holds(self, on: date) -> bool:
        """Whether its period holds the day."""
        return period_holds(self.starts_on, self.ends_on, on)

    def clean(self) -> None:
        super().clean()
        if self.working_group and self.working_group.process_id != self.process_id:
            raise ValidationError({"working_group": _("This body belongs to another process.")})
        if self.status == self.Status.PROVISIONAL and not (any(self.condition.values()) and self.deadline):
            raise ValidationError({"condition": _("A provisional membership needs its condition and its deadline.")})
        if self.party_id and self.process_id and self._overlapping().exists():
            raise ValidationError(_("This party has a membership here already in that period."))

    def _overlapping(self) -> MembershipQuerySet:
        others = Membership.objects.filter(
            party_id=self.party_id, process_id=self.process_id, working_group_id=self.working_group_id
        ).exclude(pk=self.pk)
        if self.starts_on:
            others = others.filter(Q(ends_on=None) | Q(ends_on__gte=self.starts_on))
        if self.ends_on:
            others = others.filter(Q(starts_on=None) | Q(starts_on__lte=self.ends_on))
        return others
