"""The pages of processes and their bodies: words, one per language."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing
from wagtail_localize.fields import SynchronizedField

from cms.core.facts import FactsPanel, OncePanel
from cms.core.fields import TEXT_FEATURES
from cms.core.models import BasePage, RecordPageMixin
from cms.processes.forms import RecordPageForm
from cms.processes.models.processes import Process
from cms.processes.models.working_groups import WorkingGroup


class PlacedPageMixin(RecordPageMixin):
    """A page of a record that stands in the section of its process, and is chosen by whoever may change the record."""

    base_form_class = RecordPageForm

    class Meta:
        abstract = True

    def can_move_to(self, parent: Page) -> bool:
        """Not into the section of another process: rights and workflow follow the place."""
        from cms.processes.placement import may_stand_under

        allowed: bool = super().can_move_to(parent)  # type: ignore[misc]  # a Page is mixed in
        return allowed and may_stand_under(self.record, parent)


class ProcessIndexPage(BasePage):
    """The list of processes, one per language."""

    intro = RichTextField(
        _("introduction"), blank=True, features=TEXT_FEATURES, help_text=_("A few sentences above the list.")
    )

    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, FieldPanel("intro")]
    template = "processes/process_index_page.html"
    is_searched = False  # it repeats what it lists
    page_description = _("The list of all processes.")
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["processes.ProcessPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of processes")


class ProcessPage(PlacedPageMixin, BasePage):
    """The presentation of a process in one language."""

    record_field = "process"

    process = models.ForeignKey(
        Process,
        verbose_name=_("process"),
        on_delete=models.PROTECT,
        related_name="pages",
        help_text=_("The record that this page presents. Dates, members and officers are edited there."),
    )
    summary = models.TextField(
        _("summary"),
        blank=True,
        max_length=500,
        help_text=_("One or two sentences, shown in lists and under the title."),
    )
    body = RichTextField(
        _("text"), blank=True, features=TEXT_FEATURES, help_text=_("What the process is and how it works.")
    )

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FactsPanel("process", ["kind", "established_on", "in_force_on", "decision_rule"]),
        OncePanel("process"),
        FieldPanel("summary"),
        FieldPanel("body"),
    ]
    override_translatable_fields: ClassVar[list[Any]] = [
        *BasePage.override_translatable_fields,
        SynchronizedField("process", overridable=False),
    ]
    template = "processes/process_page.html"
    is_searched = True
    page_description = _("What a process is, in one language.")
    parent_page_types: ClassVar[list[str]] = ["processes.ProcessIndexPage"]
    subpage_types: ClassVar[list[str]] = [
        "processes.WorkingGroupPage",
        "meetings.SessionPage",
        "documents.ReportPage",
        "home.StandardPage",
    ]

    class Meta:
        verbose_name = _("process page")
        verbose_name_plural = _("process pages")

    def search_text(self) -> str:
        return f"{self.process.acronym}\n{self.summary}\n{get_text_for_indexing(self.body)}"


class WorkingGroupPage(PlacedPageMixin, BasePage):
    """The presentation of a body in one language."""

    record_field = "working_group"

    working_group = models.ForeignKey(
        WorkingGroup,
        verbose_name=_("working group"),
        on_delete=models.PROTECT,
        related_name="pages",
        help_text=_("The record that this page presents. Its lifetime and its officers are edited there."),
    )
    summary = models.TextField(
        _("summary"),
        blank=True,
        max_length=500,
        help_text=_("One or two sentences, shown in lists and under the title."),
    )
    mandate = RichTextField(
        _("mandate"), blank=True, features=TEXT_FEATURES, help_text=_("What the body is asked to do, and by whom.")
    )

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FactsPanel("working_group", ["kind", "duration", "established_by", "established_by_reference"]),
        OncePanel("working_group"),
        FieldPanel("summary"),
        FieldPanel("mandate"),
    ]
    override_translatable_fields: ClassVar[list[Any]] = [
        *BasePage.override_translatable_fields,
        SynchronizedField("working_group", overridable=False),
    ]
    template = "processes/working_group_page.html"
    is_searched = True
    page_description = _("What a body of a process is and does, in one language.")
    parent_page_types: ClassVar[list[str]] = ["processes.ProcessPage", "processes.WorkingGroupPage"]
    subpage_types: ClassVar[list[str]] = [
        "processes.WorkingGroupPage",
        "meetings.SessionPage",
        "documents.ReportPage",
        "home.StandardPage",
    ]

    class Meta:
        verbose_name = _("working group page")
        verbose_name_plural = _("working group pages")

    def search_text(self) -> str:
        return f"{self.working_group.acronym}\n{self.summary}\n{get_text_for_indexing(self.mandate)}"
