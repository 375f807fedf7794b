"""The front page, plain pages and news."""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing
from wagtail.url_routing import RouteResult

from cms.core.fields import TEXT_FEATURES
from cms.core.models import BasePage, RecordPageMixin
from cms.core.visibility import viewer_for, visible_pages
from documents.blocks import newest_image
from documents.models import ArchivePage

NEWS_PER_PAGE = 12
# The first part of the addresses of documents (cms.urls).
ARCHIVE_SLUG = "documents"


def page_at(home: Page, slugs: list[str]) -> Page | None:
    """The page below a home page that these slugs lead to, with its language and record; None where there is none."""
    path = f"{home.url_path}{'/'.join(slugs)}/"
    found = Page.objects.filter(slug=slugs[-1], depth=home.depth + len(slugs), url_path=path).first()
    model = found.specific_class if found else None
    if model is None:
        return None
    related = ["locale", model.record_field] if issubclass(model, RecordPageMixin) else ["locale"]
    page: Page | None = model.objects.select_related(*related).filter(pk=found.pk).first()
    return page


class HomePage(BasePage):
    """The front of the site in one language."""

    lead = models.TextField(
        _("lead"), blank=True, max_length=500, help_text=_("One or two sentences: what this site is and for whom.")
    )

    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, FieldPanel("lead")]
    template = "home/home_page.html"
    is_searched = True
    page_description = _("The front page of the site in one language.")
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "home.StandardPage",
        "home.NewsIndexPage",
        "processes.ProcessIndexPage",
        "documents.ArchivePage",
    ]

    class Meta:
        verbose_name = _("home page")

    def search_text(self) -> str:
        return self.lead

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Finds the page of an address in two queries, where Wagtail asks three for each of its parts.

        The archive is found in one, and what lies under it is left to it: symbols are no slugs.
        """
        if path_components[:1] == [ARCHIVE_SLUG]:
            archive = ArchivePage.objects.child_of(self).filter(slug=ARCHIVE_SLUG).select_related("locale").first()
            if archive is not None:
                return archive.route(request, path_components[1:])
        elif path_components:
            page = page_at(self, path_components)
            if page is not None:
                return page.route(request, [])
        return super().route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.front import front_context

        context = super().get_context(request, *args, **kwargs)
        context.update(front_context(self, request))
        return context


class StandardBody(blocks.StreamBlock):
    """The parts of a plain page."""

    text = blocks.RichTextBlock(
        features=TEXT_FEATURES,
        icon="pilcrow",
        label=_("Text"),
        description=_("Headings, paragraphs and lists."),
        preview_value="<h2>Visiting</h2><p>The secretariat is open to delegates on weekdays.</p>",
    )
    image = ImageBlock(
        icon="image",
        label=_("Image"),
        description=_("A picture with a description for those who cannot see it."),
        preview_value=newest_image,
    )
    quotation = blocks.BlockQuoteBlock(
        icon="openquote",
        label=_("Quotation"),
        description=_("A passage quoted from elsewhere."),
        preview_value="Each party shall designate a focal point.",
    )

    class Meta:
        required = False


class StandardPage(BasePage):
    """A plain page: about us, contact, accessibility."""

    summary = models.TextField(
        _("summary"), blank=True, max_length=500, help_text=_("One or two sentences under the title.")
    )
    body = StreamField(StandardBody(), verbose_name=_("text"), blank=True)

    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, FieldPanel("summary"), FieldPanel("body")]
    template = "home/standard_page.html"
    is_searched = True
    page_description = _("A plain page of text and pictures.")
    parent_page_types: ClassVar[list[str]] = [
        "home.HomePage",
        "home.StandardPage",
        "processes.ProcessPage",
        "processes.WorkingGroupPage",
        "meetings.SessionPage",
    ]
    subpage_types: ClassVar[list[str]] = ["home.StandardPage"]

    class Meta:
        verbose_name = _("standard page")

    def search_text(self) -> str:
        texts = (block.block.get_searchable_content(block.value) for block in self.body)
        return "\n".join([self.summary, *(text for parts in texts for text in parts)])


class NewsIndexPage(BasePage):
    """The list of news, newest first."""

    template = "home/news_index_page.html"
    is_searched = False  # it repeats what it lists
    page_description = _("The list of news, newest first.")
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["home.NewsPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of news")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        news = visible_pages(NewsPage.objects.child_of(self), viewer_for(request))
        news = news.select_related("picture", "locale").order_by("-date", "-pk")
        context["news"] = Paginator(news, NEWS_PER_PAGE).get_page(request.GET.get("page"))
        return context


class NewsPage(BasePage):
    """One piece of news."""

    date = models.DateField(_("date"), default=timezone.localdate, help_text=_("The day that readers see."))
    summary = models.TextField(_("summary"), max_length=500, help_text=_("One or two sentences, shown in lists."))
    picture = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = RichTextField(_("text"), blank=True, features=TEXT_FEATURES, help_text=_("The news itself."))

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("date"),
        FieldPanel("summary"),
        FieldPanel("picture"),
        FieldPanel("body"),
    ]
    template = "home/news_page.html"
    is_searched = True
    page_description = _("One piece of news with a date.")
    parent_page_types: ClassVar[list[str]] = ["home.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")

    def search_text(self) -> str:
        return f"{self.summary}\n{get_text_for_indexing(self.body)}"
