"""The web edition of a document in one language, its text as paragraphs."""

from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import unquote

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Concat
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.core.facts import FactsPanel, OncePanel
from cms.core.models import BasePage
from cms.core.visibility import Viewer, register_hidden_pages
from cms.processes.models import PlacedPageMixin
from documents.anchoring import fill_anchors
from documents.blocks import TEXT_FEATURES, BodyBlock
from documents.models.documents import OfficialDocument
from documents.models.versions import LanguageVersion


class ReportPage(PlacedPageMixin, BasePage):
    """The web edition of one language version. Its address is the document's; its place in the tree is for rights."""

    record_field = "document"

    document = models.ForeignKey(
        OfficialDocument,
        verbose_name=_("document"),
        on_delete=models.PROTECT,
        related_name="pages",
        help_text=_("The record that this edition belongs to. Symbol, date and distribution are edited there."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FactsPanel("document", ["symbol", "kind", "date", "distribution", "access", "process", "session"]),
        OncePanel("document"),
        FieldPanel("body"),
        InlinePanel(
            "footnotes",
            heading=_("Footnotes"),
            label=_("footnote"),
            help_text=_("In the order of their marks in the text."),
        ),
    ]
    override_translatable_fields: ClassVar[list[Any]] = [
        *BasePage.override_translatable_fields,
        SynchronizedField("document", overridable=False),
    ]
    search_fields: ClassVar[list[Any]] = [*BasePage.search_fields, index.FilterField("document_id")]

    @classmethod
    def of_outer_version(cls) -> QuerySet["ReportPage"]:
        """In a query about language versions, the pages of the version at hand, found by its document.

        The language is compared as an expression. By its index SQLite would go through all pages of the language for
        each version: 73 ms of a page of results on a site of 10,000 pages.
        """
        code = Concat("locale__language_code", Value(""), output_field=models.CharField())
        pages: Any = cls.objects.alias(code=code)
        beside: QuerySet[ReportPage] = pages.filter(document=OuterRef("document"), code=OuterRef("language"))
        return beside

    template = "documents/report_page.html"
    is_searched = False  # it is searched as the language version that it is an edition of
    page_description = _("The text of a document in one language, paragraph by paragraph.")
    parent_page_types: ClassVar[list[str]] = [
        "processes.ProcessPage",
        "processes.WorkingGroupPage",
        "meetings.SessionPage",
        "documents.ArchivePage",
    ]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("web edition")
        verbose_name_plural = _("web editions")

    @cached_property
    def version(self) -> LanguageVersion | None:
        """The language version that this page is the web edition of."""
        return (
            LanguageVersion.objects.filter(document_id=self.document_id, language=self.locale.language_code)
            .prefetch_related("files")
            .first()
        )

    def clean(self) -> None:
        super().clean()
        fill_anchors(self.body)

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """The document's one address instead of the slugs of the tree."""
        from documents.addresses import document_url

        parts = super().get_url_parts(request)
        if parts is None or parts[2] is None:
            return parts
        return parts[0], parts[1], document_url(self.document, self.locale.language_code)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Serves the edition at its one address; any other way to it is redirected there."""
        address = self.get_url(request)
        if not getattr(request, "is_preview", False) and address and request.path_info != unquote(address):
            return redirect(address, permanent=True)
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from documents.presentation import document_context

        context = super().get_context(request, *args, **kwargs)
        context.update(document_context(self.document, self.locale.language_code, request, edition=self))
        return context


class Footnote(TranslatableMixin, Orderable):
    """A note of a web edition. Its mark in the text is a link, ``<a linktype="footnote" id="ANCHOR">``."""

    page = ParentalKey(ReportPage, on_delete=models.CASCADE, related_name="footnotes")
    anchor = models.SlugField(_("anchor"), max_length=60, help_text=_("Its name in addresses, such as fn1."))
    mark = models.CharField(_("mark"), max_length=10, help_text=_("As printed: 1 or *."))
    text = RichTextField(_("text"), features=[feature for feature in TEXT_FEATURES if feature != "footnote"])

    panels = [FieldPanel("mark"), FieldPanel("anchor"), FieldPanel("text")]
    override_translatable_fields: ClassVar[list[Any]] = [
        SynchronizedField("anchor", overridable=False),
        SynchronizedField("mark", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("footnote")
        verbose_name_plural = _("footnotes")

    def __str__(self) -> str:
        return f"{self.mark} {self.anchor}"


@register_hidden_pages
def pages_of_hidden_documents(viewer: Viewer) -> QuerySet[Any]:
    """Web editions whose language version is not out for this viewer. The record decides, not the page."""
    visible = LanguageVersion.objects.visible_to(viewer).filter(
        document=OuterRef("document"), language=OuterRef("locale__language_code")
    )
    return ReportPage.objects.filter(~Exists(visible)).values("pk")
