"""Sessions of bodies, and where they meet."""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from cms.core.fields import NamesField, best_text
from cms.core.models import Record
from cms.processes.countries import country_choices, country_names
from cms.processes.models import Process, WorkingGroup


class Venue(Record):
    """A place where sessions meet, named in the official languages."""

    names = NamesField(verbose_name=_("city"), help_text=_("The city's name in each official language."))
    country = models.CharField(_("country"), max_length=2, blank=True, choices=country_choices)
    sort_name = models.CharField(max_length=255, editable=False, default="")

    panels = [FieldPanel("names"), FieldPanel("country")]

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["sort_name"]

    def __str__(self) -> str:
        return self.sort_name or f"{self.pk}"

    def derive(self) -> None:
        self.sort_name = self.name("en")[:255]

    def clean(self) -> None:
        super().clean()
        if not any(self.names.values()):
            raise ValidationError({"names": _("Give the city's name in one language at least.")})

    def name(self, language: str) -> str:
        """The city in the language, else in the best other one."""
        return best_text(self.names, language)[0]

    def country_name(self, language: str) -> str:
        """The country in the language; empty where none is given."""
        return country_names(language).get(self.country, "")


class SessionQuerySet(models.QuerySet["Session"]):
    def for_lists(self) -> Self:
        """With what a line about a session needs: its body, its process, its venue."""
        return self.select_related("working_group__process", "venue")

    def coming(self, on: date | None = None) -> Self:
        """Sessions that end today or later, are postponed or have no date yet, soonest first; no cancelled ones."""
        return self.filter(_is_coming(on)).order_by(F("starts_on").asc(nulls_last=True), "pk")

    def past(self, on: date | None = None) -> Self:
        """Sessions that were held, newest first."""
        return self.filter(_is_past(on)).order_by(F("starts_on").desc(nulls_last=True), "-number")

    def coming_and_past(self, on: date | None = None) -> Self:
        """All sessions, cancelled ones too: those to come first, marked with ``is_coming``, each part newest first."""
        marked = self.annotate(
            is_coming=Case(When(_is_coming(on), then=True), default=False, output_field=models.BooleanField())
        )
        return marked.order_by("-is_coming", F("starts_on").desc(nulls_first=True), "-number")


def _is_coming(on: date | None) -> Q:
    """Sessions that end on the day or later or have no date yet; postponed ones wait for a new one."""
    day = on or timezone.localdate()
    open_dates = Q(ends_on__gte=day) | Q(ends_on=None, starts_on__gte=day) | Q(starts_on=None)
    return Q(status="postponed") | open_dates & Q(status="planned")


def _is_past(on: date | None) -> Q:
    """Sessions that were held, or whose days went by without a word on them."""
    day = on or timezone.localdate()
    return Q(status="held") | Q(status="planned") & (Q(ends_on__lt=day) | Q(ends_on=None, starts_on__lt=day))


class Session(Record, ClusterableModel):
    """One meeting of a body, its governing body included."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        POSTPONED = "postponed", _("Postponed")
        CANCELLED = "cancelled", _("Cancelled")

    working_group = models.ForeignKey(
        WorkingGroup, verbose_name=_("body"), on_delete=models.PROTECT, related_name="sessions"
    )
    number = models.PositiveSmallIntegerField(
        _("number"), null=True, blank=True, help_text=_("10 for the tenth session. Empty for one without a number.")
    )
    code = models.SlugField(
        _("code"), help_text=_("Short name in addresses, unique within its body, such as 10 or 2019-intersessional.")
    )
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    venue = models.ForeignKey(
        Venue, verbose_name=_("venue"), null=True, blank=True, on_delete=models.PROTECT, related_name="sessions"
    )
    online = models.BooleanField(_("online"), default=False, help_text=_("Held online, wholly or in part."))
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.PLANNED)
    governing_document = models.ForeignKey(
        "documents.OfficialDocument",
        verbose_name=_("governing document"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="governed_sessions",
        help_text=_("The decision or resolution that convenes it, where the archive holds it."),
    )
    transmitted_to = models.ForeignKey(
        "self",
        verbose_name=_("report is transmitted to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="transmitting_sessions",
        help_text=_("The session of the governing body that receives this session's report."),
    )

    objects = SessionQuerySet.as_manager()

    panels = [
        MultiFieldPanel(
            [FieldPanel("working_group"), FieldRowPanel([FieldPanel("number"), FieldPanel("code")])],
            heading=_("Session"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
                FieldRowPanel([FieldPanel("venue"), FieldPanel("online")]),
                FieldPanel("status"),
            ],
            heading=_("When and where"),
        ),
        InlinePanel(
            "agenda_items",
            heading=_("Agenda items"),
            label=_("agenda item"),
            help_text=_("Numbers and order. The titles are written on the session's page, in each language."),
        ),
        MultiFieldPanel([FieldPanel("governing_document"), FieldPanel("transmitted_to")], heading=_("Documents")),
    ]

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = [F("starts_on").desc(nulls_last=True), "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["working_group", "code"],
                name="one_session_per_code_and_body",
                violation_error_message=_("This body has a session with this code already."),
            ),
            models.UniqueConstraint(
                fields=["working_group", "number"],
                name="one_session_per_number_and_body",
                violation_error_message=_("This body has a session with this number already."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="session_ends_after_it_starts",
                violation_error_message=_("The last day cannot lie before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.working_group}, {self.number or self.code}"

    @property
    def process(self) -> Process:
        """The process of its body."""
        return self.working_group.process

    def clean(self) -> None:
        super().clean()
        if self.status == self.Status.HELD and self.starts_on and self.starts_on > timezone.localdate():
            raise ValidationError({"status": _("A session that has not begun cannot have been held.")})
        if self.transmitted_to_id and self.transmitted_to_id == self.pk:
            raise ValidationError({"transmitted_to": _("A session does not report to itself.")})
        if self.transmitted_to and self.transmitted_to.process.pk != self.process.pk:
            raise ValidationError({"transmitted_to": _("That session belongs to another process.")})
