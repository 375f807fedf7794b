"""The page of a session: its words in one language."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import Select
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, TranslatableMixin
from wagtail.rich_text import get_text_for_indexing
from wagtail_localize.fields import SynchronizedField

from cms.core.facts import FactsPanel, OncePanel
from cms.core.fields import TEXT_FEATURES
from cms.core.models import BasePage
from cms.meetings.forms import AgendaTitlesPanel
from cms.meetings.models.agenda import AgendaItem
from cms.meetings.models.sessions import Session
from cms.processes.models import PlacedPageMixin


class SessionPage(PlacedPageMixin, BasePage):
    """The presentation of a session in one language: introduction, agenda titles and annotations."""

    record_field = "session"

    session = models.ForeignKey(
        Session,
        verbose_name=_("session"),
        on_delete=models.PROTECT,
        related_name="pages",
        help_text=_("The record that this page presents. Dates, venue and agenda numbers are edited there."),
    )
    introduction = RichTextField(
        _("introduction"), blank=True, features=TEXT_FEATURES, help_text=_("A few sentences for delegates.")
    )
    practical_information = RichTextField(
        _("practical information"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("Registration, access to the building, side events."),
    )

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FactsPanel("session", ["working_group", "starts_on", "ends_on", "venue", "status"]),
        OncePanel("session"),
        FieldPanel("introduction"),
        AgendaTitlesPanel(
            "agenda_titles",
            heading=_("Agenda"),
            label=_("agenda item"),
            help_text=_("The titles of the items in this language, with annotations where there are any."),
        ),
        FieldPanel("practical_information"),
    ]
    override_translatable_fields: ClassVar[list[Any]] = [
        *BasePage.override_translatable_fields,
        SynchronizedField("session", overridable=False),
    ]
    template = "meetings/session_page.html"
    is_searched = True
    page_description = _("A session in one language: introduction and agenda.")
    parent_page_types: ClassVar[list[str]] = ["processes.ProcessPage", "processes.WorkingGroupPage"]
    subpage_types: ClassVar[list[str]] = ["documents.ReportPage", "home.StandardPage"]

    class Meta:
        verbose_name = _("session page")
        verbose_name_plural = _("session pages")

    def search_text(self) -> str:
        parts = [self.introduction, self.practical_information]
        for title in self.agenda_titles.all():
            parts += [title.title, title.annotation]
        return "\n".join(get_text_for_indexing(part) for part in parts if part)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.meetings.contexts import file_documents

        context = super().get_context(request, *args, **kwargs)
        file_documents(context)
        return context


class AgendaTitle(TranslatableMixin, Orderable):
    """The title and the annotation of an agenda item in one language."""

    page = ParentalKey(SessionPage, on_delete=models.CASCADE, related_name="agenda_titles")
    item = models.ForeignKey(AgendaItem, verbose_name=_("agenda item"), on_delete=models.CASCADE, related_name="titles")
    title = models.CharField(_("title"), max_length=500)
    annotation = RichTextField(
        _("annotation"),
        blank=True,
        features=["bold", "italic", "link", "ol", "ul"],
        help_text=_("What the annotated agenda says about this item. May be left empty."),
    )

    panels = [FieldPanel("item", widget=Select), FieldPanel("title"), FieldPanel("annotation")]
    override_translatable_fields: ClassVar[list[Any]] = [SynchronizedField("item", overridable=False)]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("agenda title")
        verbose_name_plural = _("agenda titles")

    def __str__(self) -> str:
        return f"{self.item}. {self.title}"

    def clean(self) -> None:
        super().clean()
        # A title that a form adds has no page yet; the form offers items of the page's session only.
        session_id = self.page.session_id if hasattr(self, "page") else None
        if self.item_id and session_id and self.item.session_id != session_id:
            raise ValidationError({"item": _("This item belongs to the agenda of another session.")})
