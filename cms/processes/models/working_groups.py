"""The bodies of a process."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from cms.core.fields import NamesField, best_text
from cms.core.models import Record
from cms.processes.models.processes import Process


class WorkingGroup(Record):
    """Any standing or temporary body of a process, its governing body and its secretariat included."""

    class Kind(models.TextChoices):
        GOVERNING_BODY = "governing_body", _("Governing body")
        WORKING_GROUP = "working_group", _("Working group")
        COMMITTEE = "committee", _("Committee")
        EXPERT_GROUP = "expert_group", _("Expert group")
        TASK_FORCE = "task_force", _("Task force")
        OFFICIALS_MEETING = "officials_meeting", _("Senior officials' meeting")
        BUREAU = "bureau", _("Bureau")
        SECRETARIAT = "secretariat", _("Secretariat or support unit")

    class Duration(models.TextChoices):
        STANDING = "standing", _("Standing")
        TEMPORARY = "temporary", _("Temporary")

    process = models.ForeignKey(
        Process, verbose_name=_("process"), on_delete=models.PROTECT, related_name="working_groups"
    )
    also_serves = models.ManyToManyField(
        Process,
        verbose_name=_("also serves"),
        blank=True,
        related_name="joint_bodies",
        help_text=_("Other processes that share this body, such as a joint secretariat."),
    )
    parent = models.ForeignKey(
        "self", verbose_name=_("parent body"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    code = models.SlugField(_("code"), help_text=_("Short name in addresses, unique within its process."))
    name = models.CharField(
        _("working name"),
        max_length=255,
        help_text=_("The name in lists of the administration. Readers see the title of the body's page."),
    )
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.WORKING_GROUP)
    duration = models.CharField(_("duration"), max_length=10, choices=Duration.choices, default=Duration.STANDING)
    established_by = models.ForeignKey(
        "documents.OfficialDocument",
        verbose_name=_("established by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="established_bodies",
        help_text=_("The decision or resolution that gave it its mandate, where the archive holds it."),
    )
    established_by_reference = NamesField(
        verbose_name=_("mandate reference"),
        help_text=_("That decision as it is cited, such as resolution 7/1. Used where the archive does not hold it."),
    )
    starts_on = models.DateField(_("exists since"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    symbol_head = models.CharField(
        _("symbol head"),
        max_length=60,
        blank=True,
        help_text=_("How the symbols of its documents begin, such as CTOC/COP/WG.4."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=100, help_text=_("Small numbers stand first in lists.")
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("process"),
                FieldPanel("name"),
                FieldRowPanel([FieldPanel("code"), FieldPanel("acronym")]),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("duration")]),
                FieldPanel("parent"),
                FieldPanel("also_serves", widget=CheckboxSelectMultiple),
            ],
            heading=_("Body"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("established_by"),
                FieldPanel("established_by_reference"),
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
            ],
            heading=_("Mandate and lifetime"),
        ),
        FieldRowPanel([FieldPanel("symbol_head"), FieldPanel("position")], heading=_("Documents and order")),
    ]

    class Meta:
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")
        ordering = ["process", "position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "code"],
                name="one_body_per_code_and_process",
                violation_error_message=_("This process has a body with this code already."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="body_ends_after_it_starts",
                violation_error_message=_("The body cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def reference_and_language(self, language: str) -> tuple[str, str]:
        """What established it as readers of the language cite it, with the language it really is in; empty if none."""
        return best_text(self.established_by_reference, language)

    def clean(self) -> None:
        super().clean()
        if self.parent_id is None or self.parent is None:
            return
        if self.parent.process_id != self.process_id:
            raise ValidationError({"parent": _("The parent body belongs to another process.")})
        ancestor: WorkingGroup | None = self.parent
        while ancestor is not None:
            if ancestor.pk == self.pk:
                raise ValidationError({"parent": _("A body cannot stand under itself.")})
            ancestor = ancestor.parent
