"""The archive's front, one per language, and the address of every document."""

from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import unquote

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.url_routing import RouteResult

from cms.core.models import BasePage
from cms.core.navigation import Crumb, SiteContext
from cms.core.visibility import viewer_for, visible_pages
from documents.models.documents import OfficialDocument
from documents.models.report_page import ReportPage


class ArchivePage(BasePage):
    """The list of all documents with its filters. ``/ru/documents/<symbol>/`` is resolved here.

    A document with a live web edition in this language, wherever in the tree, is answered by that page; any other
    document that the reader may know of is answered by this page with the document's facts and files.
    """

    intro = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("intro", help_text=_("One or two sentences above the list.")),
    ]
    template = "documents/archive_page.html"
    is_searched = False  # it repeats what it lists
    page_description = _("The list of all documents, and the address of each.")
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["documents.ReportPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("archive")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Resolves a symbol; an address made of slugs still works and is redirected by the page it finds."""
        from documents.addresses import PARALLEL_SEGMENT, find_document

        if not path_components:
            result: RouteResult = super().route(request, path_components)
            return result
        is_parallel = path_components[-1] == PARALLEL_SEGMENT
        document = find_document("/".join(path_components[:-1] if is_parallel else path_components))
        if document is None:
            return super().route(request, path_components)
        if is_parallel:
            if not self.live:
                raise Http404
            return RouteResult(self, kwargs={"document": document, "is_parallel": True})
        edition = (
            visible_pages(
                ReportPage.objects.filter(document=document, locale=self.locale_id, alias_of=None), viewer_for(request)
            )
            .select_related("document__process", "document__session__working_group", "locale")
            .first()
        )
        if edition is not None:
            return RouteResult(edition)
        if not self.live:
            raise Http404
        return RouteResult(self, kwargs={"document": document})

    def serve(
        self,
        request: HttpRequest,
        *args: Any,
        document: OfficialDocument | None = None,
        is_parallel: bool = False,
        **kwargs: Any,
    ) -> HttpResponseBase:
        from documents.reading import refusal

        if document is None:
            return super().serve(request, *args, **kwargs)
        refused = refusal(request, document)
        if refused is not None:
            return refused
        return self.serve_parallel(request, document) if is_parallel else self.serve_document(request, document)

    def serve_document(self, request: HttpRequest, document: OfficialDocument) -> HttpResponseBase:
        """A document without a web edition in this language: its facts, its files, its other languages."""
        from documents.addresses import document_url
        from documents.presentation import document_context, document_crumb

        address = document_url(document, self.locale.language_code)
        if request.path_info != unquote(address):
            return redirect(address, permanent=True)
        context = super().get_context(request)
        crumbs = SiteContext.of(request).breadcrumbs[:-1]
        context["breadcrumbs"] = [*crumbs, Crumb(self.title, self.get_url(request)), document_crumb(document)]
        context.update(document_context(document, self.locale.language_code, request, edition=None))
        return render(request, "documents/document_page.html", context)

    def serve_parallel(self, request: HttpRequest, document: OfficialDocument) -> HttpResponseBase:
        """A document in two or three languages side by side; where fewer can be read, the document itself."""
        from documents.addresses import document_url, parallel_url
        from documents.parallel import parallel_context

        language = self.locale.language_code
        address = parallel_url(document, language)
        if request.path_info != unquote(address):
            asked = f"?{request.GET.urlencode()}" if request.GET else ""
            return redirect(f"{address}{asked}", permanent=True)
        shown = parallel_context(document, language, request)
        if shown is None:
            return redirect(document_url(document, language))
        context = super().get_context(request)
        crumbs = SiteContext.of(request).breadcrumbs[:-1]
        context["breadcrumbs"] = [
            *crumbs,
            Crumb(self.title, self.get_url(request)),
            Crumb(str(document), document_url(document, language), is_symbol=bool(document.symbol)),
            Crumb(gettext("Parallel reading")),
        ]
        return render(request, "documents/parallel_page.html", context | shown)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from documents.archive import archive_context

        context = super().get_context(request, *args, **kwargs)
        context.update(archive_context(request, self.locale.language_code))
        if request.GET:
            # The same list in another language: the filters go along.
            context["language_links"] = [
                replace(link, url=f"{link.url}?{request.GET.urlencode()}") if link.url else link
                for link in SiteContext.of(request).language_links
            ]
        return context
