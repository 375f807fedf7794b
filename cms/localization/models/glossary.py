"""The glossary: what a term is called in each language, of one process or of all."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable

from cms.core.models import Record
from cms.localization.glossary.stems import name_stems
from cms.localization.texts.inline import CONTROL
from cms.processes.models import Process

LONGEST_NAME = 250
LONGEST_SOURCE = 500
LONGEST_NOTE = 2000
SEPARATOR = "|"


class Term(Record, ClusterableModel):
    """A concept with its names. Without a process it holds for every text of the site."""

    process = models.ForeignKey(
        Process,
        verbose_name=gettext_lazy("process"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="terms",
        help_text=gettext_lazy("Whose texts it is for. Empty: all texts of the site; administrators keep those terms."),
    )
    source = models.CharField(
        gettext_lazy("source"),
        max_length=LONGEST_SOURCE,
        blank=True,
        help_text=gettext_lazy("Where it is laid down, such as “Rules of procedure, rule 2”."),
    )
    note = models.TextField(
        gettext_lazy("note"),
        blank=True,
        max_length=LONGEST_NOTE,
        help_text=gettext_lazy("What translators should know: when it is used, and when not."),
    )

    panels = [
        FieldPanel("process"),
        InlinePanel("names", heading=gettext_lazy("Names"), label=gettext_lazy("name"), min_num=1),
        FieldPanel("source"),
        FieldPanel("note"),
    ]

    class Meta:
        verbose_name = gettext_lazy("term")
        verbose_name_plural = gettext_lazy("glossary")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name_in(get_language() or settings.LANGUAGE_CODE) or _("Term %(number)s") % {"number": self.pk}

    def name_in(self, language: str) -> str:
        """The official name in a language, else that in the main language, else any; empty where it has none."""
        names = sorted(self.names.all(), key=lambda name: (name.use != TermName.Use.PREFERRED, name.sort_order or 0))
        for code in (language, settings.LANGUAGE_CODE, None):
            for name in names:
                if code is None or name.language == code:
                    return str(name.text)
        return ""


class TermName(Orderable):
    """One name of a term in one language: the official one, another that is allowed, or one that is forbidden."""

    class Use(models.TextChoices):
        PREFERRED = "preferred", gettext_lazy("Official")
        ADMITTED = "admitted", gettext_lazy("Also allowed")
        FORBIDDEN = "forbidden", gettext_lazy("Forbidden")

    term = ParentalKey(Term, verbose_name=gettext_lazy("term"), on_delete=models.CASCADE, related_name="names")
    language = models.CharField(gettext_lazy("language"), max_length=10, choices=settings.LANGUAGES)
    text = models.CharField(gettext_lazy("name"), max_length=LONGEST_NAME)
    use = models.CharField(gettext_lazy("use"), max_length=10, choices=Use.choices, default=Use.PREFERRED)
    # The stems of its words, and the first of them: it is looked up by the words of a text (``terms``).
    stems = models.CharField(max_length=2 * LONGEST_NAME, editable=False)
    first_stem = models.CharField(max_length=60, editable=False)

    panels = [FieldPanel("language"), FieldPanel("text"), FieldPanel("use")]

    class Meta(Orderable.Meta):
        verbose_name = gettext_lazy("name of a term")
        verbose_name_plural = gettext_lazy("names of terms")
        constraints = [
            models.UniqueConstraint(
                fields=["term", "language", "text"],
                name="term_named_once",
                violation_error_message=gettext_lazy("The term has this name in this language already."),
            )
        ]
        indexes = [models.Index(fields=["language", "first_stem"], name="term_by_word")]

    def __str__(self) -> str:
        return self.text

    def derive(self) -> None:
        """Fills what follows from the name: single spaces, and the stems that it is found by."""
        self.text = " ".join(CONTROL.sub("", self.text).split())
        stems = name_stems(self.text, self.language)
        self.stems = " ".join(stems)
        self.first_stem = stems[0] if stems else ""

    def clean(self) -> None:
        super().clean()
        self.derive()
        problem = self.problem
        if self.text and problem:
            raise ValidationError({"text": problem})

    @property
    def problem(self) -> str | None:
        """Why this cannot be the name of a term, in a sentence. Call :meth:`derive` before."""
        if not self.stems:
            return _("A name needs letters or figures.")
        if len(self.text) > LONGEST_NAME:
            return _("“%(name)s…” is too long: at most %(most)s characters.") % {
                "name": self.text[:40],
                "most": LONGEST_NAME,
            }
        if SEPARATOR in self.text:
            return _("A name cannot have a vertical bar: in tables it stands between two names.")
        return None

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves the name with its stems."""
        self.derive()
        super().save(*args, **kwargs)
