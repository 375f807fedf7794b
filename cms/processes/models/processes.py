"""A process, and who works on it."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from cms.core.fields import LanguagesField
from cms.core.models import Record


class Process(Record):
    """A convention, treaty body, certification scheme or consultative process with its own governing body."""

    class Kind(models.TextChoices):
        CONVENTION = "convention", _("Convention")
        TREATY_BODY = "treaty_body", _("Treaty body")
        CERTIFICATION = "certification", _("Certification scheme")
        CONSULTATIVE = "consultative", _("Consultative process")

    class DecisionRule(models.TextChoices):
        CONSENSUS = "consensus", _("Consensus")
        TWO_THIRDS = "two_thirds", _("Two-thirds majority")
        MAJORITY = "majority", _("Simple majority")

    code = models.SlugField(
        _("code"), unique=True, help_text=_("Short name in addresses and file names, such as untoc. Keep it for good.")
    )
    name = models.CharField(
        _("working name"),
        max_length=255,
        help_text=_("The name in lists of the administration. Readers see the title of the process's page."),
    )
    acronym = models.CharField(_("acronym"), max_length=20, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.CONVENTION)
    main_language = models.CharField(
        _("main language"),
        max_length=10,
        choices=settings.LANGUAGES,
        default="en",
        help_text=_("Whoever may edit the process's page in this language may edit its records."),
    )
    languages = LanguagesField(
        verbose_name=_("official languages"), help_text=_("The languages in which its documents are issued.")
    )
    established_on = models.DateField(_("established on"), null=True, blank=True)
    in_force_on = models.DateField(_("in force since"), null=True, blank=True)
    decision_rule = models.CharField(
        _("decisions are taken by"), max_length=20, choices=DecisionRule.choices, blank=True
    )
    chair_rotation_years = models.PositiveSmallIntegerField(
        _("chair rotates every … years"),
        null=True,
        blank=True,
        help_text=_("For a chair that passes from member to member in English alphabetical order. Else leave empty."),
    )
    # The six-week rule of the United Nations: documents are out in all languages six weeks before a session
    # (General Assembly resolution 47/202 B).
    translation_weeks = models.PositiveSmallIntegerField(
        _("translations are due … weeks before a session"),
        default=6,
        validators=[MaxValueValidator(104)],
        help_text=_("The date that is proposed for its translations. It can be changed with each task."),
    )
    translation_days = models.PositiveSmallIntegerField(
        _("those of in-session papers … days after filing"),
        default=2,
        validators=[MaxValueValidator(365)],
        help_text=_("For papers filed once the session has begun, or too late for the date above."),
    )
    symbol_heads = models.JSONField(
        _("symbol heads"),
        default=list,
        blank=True,
        help_text=_('How the symbols of its documents begin, as a list: ["CTOC/COP"].'),
    )
    website = models.URLField(_("other website"), blank=True)

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldRowPanel([FieldPanel("code"), FieldPanel("acronym")]),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("decision_rule")]),
            ],
            heading=_("Process"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("main_language"),
                FieldPanel("languages"),
                FieldRowPanel([FieldPanel("translation_weeks"), FieldPanel("translation_days")]),
            ],
            heading=_("Languages"),
        ),
        FieldRowPanel([FieldPanel("established_on"), FieldPanel("in_force_on")], heading=_("Dates")),
        FieldPanel("chair_rotation_years"),
        FieldPanel("symbol_heads"),
        FieldPanel("website"),
    ]

    class Meta:
        verbose_name = _("process")
        verbose_name_plural = _("processes")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def website_host(self) -> str:
        """The host of its other website, which is how readers know it: "www.unodc.org"."""
        return urlsplit(self.website).netloc

    def derive(self) -> None:
        if self.main_language not in self.languages:
            self.languages = [self.main_language, *self.languages]


class ProcessRole(models.Model):
    """Ties a group of users to a process: its editors, publishers, coordinators of translation, readers.

    The groups are made with the process's first page (``cms.processes.roles``), which also gives them their rights.
    """

    class Role(models.TextChoices):
        EDITOR = "editor", _("Editors")
        PUBLISHER = "publisher", _("Publishers")
        COORDINATOR = "coordinator", _("Coordinators")
        READER = "reader", _("Readers of restricted papers")

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="roles")
    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="process_role")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)

    class Meta:
        verbose_name = _("role in a process")
        verbose_name_plural = _("roles in processes")
        constraints = [models.UniqueConstraint(fields=["process", "role"], name="one_group_per_role_and_process")]

    def __str__(self) -> str:
        return f"{self.process}: {self.get_role_display()}"
