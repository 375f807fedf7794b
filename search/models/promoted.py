"""Results that the secretariat shows first for chosen queries."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page

from cms.core.fields import NamesField
from documents.models import OfficialDocument
from search.models.lines import lines_of, lines_problems
from search.models.stamped import StampedRecord


class PromotedResult(StampedRecord):
    """A document or page that is shown above the results when somebody types one of these queries."""

    queries = models.TextField(
        gettext_lazy("shown for"),
        help_text=gettext_lazy(
            "What readers type, one per line. Capitals, accents and inflected forms do not matter; all the words must "
            "be there, in this order, and no others."
        ),
    )
    language = models.CharField(
        gettext_lazy("for readers of"),
        max_length=10,
        choices=settings.LANGUAGES,
        blank=True,
        help_text=gettext_lazy("The language of the site that the reader is on. Leave empty for all."),
    )
    document = models.ForeignKey(
        OfficialDocument,
        verbose_name=gettext_lazy("document"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=gettext_lazy("Either a document or a page. Readers get it in their language, if it has that."),
    )
    page = models.ForeignKey(
        Page, verbose_name=gettext_lazy("page"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    reason = NamesField(
        verbose_name=gettext_lazy("description"),
        help_text=gettext_lazy("A sentence below the title, such as what readers find there. Optional."),
    )
    starts_on = models.DateField(gettext_lazy("first day"), null=True, blank=True)
    ends_on = models.DateField(gettext_lazy("last day"), null=True, blank=True)

    panels = [
        MultiFieldPanel([FieldPanel("queries"), FieldPanel("language")], heading=gettext_lazy("Queries")),
        MultiFieldPanel(
            [FieldPanel("document"), FieldPanel("page"), FieldPanel("reason")], heading=gettext_lazy("Result")
        ),
        FieldRowPanel(
            [FieldPanel("starts_on"), FieldPanel("ends_on")],
            heading=gettext_lazy("Period"),
            help_text=gettext_lazy("Both days are included. Leave empty what has no end."),
        ),
    ]

    class Meta:
        verbose_name = gettext_lazy("promoted result")
        verbose_name_plural = gettext_lazy("promoted results")
        ordering = ["queries", "pk"]

    def __str__(self) -> str:
        return self.lines[0] if self.lines else ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The queries as they were typed."""
        return lines_of(self.queries)

    @property
    def target(self) -> Any:
        """The document or the page."""
        return self.document or self.page

    def derive(self) -> None:
        super().derive()
        self.queries = "\n".join(self.lines)

    def clean(self) -> None:
        super().clean()
        errors: dict[str, list[str]] = {}
        if problems := list(lines_problems(self.lines)):
            errors["queries"] = problems
        if (self.document_id is None) == (self.page_id is None):
            errors["document"] = [_("Choose a document or a page, one of the two.")]
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            errors["ends_on"] = [_("The last day is before the first.")]
        if errors:
            raise ValidationError(errors)
