"""The archive's front, one per language, and the address of every document."""

from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import unquote

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.url_routing import RouteResult

from cms.core.models import BasePage
from cms.core.navigation import Crumb, SiteContext
from cms.core.visibility import viewer_for, visible_pages
from documents.models.documents import OfficialDocument
from documents.models.report_page import ReportPage
from documents.models.versions import LanguageVersion


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
        from documents.addresses import find_document

        if not path_components:
            result: RouteResult = super().route(request, path_components)
            return result
        document = find_document("/".join(path_components))
        if document is None:
            return super().route(request, path_components)
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
        self, request: HttpRequest, *args: Any, document: OfficialDocument | None = None, **kwargs: Any
    ) -> HttpResponseBase:
        if document is None:
            return super().serve(request, *args, **kwargs)
        return self.serve_document(request, document)

    def serve_document(self, request: HttpRequest, document: OfficialDocument) -> HttpResponseBase:
        """A document without a web edition in this language: its facts, its files, its other languages."""
        # Wagtail's hooks import its models, so they wait for ours to be loaded.
        from wagtail.wagtail_hooks import require_wagtail_login

        from documents.addresses import document_url
        from documents.presentation import document_context, document_crumb

        viewer = viewer_for(request)
        if not viewer.may_read(document.access, document.process_id):
            released = LanguageVersion.objects.filter(document=document).released_at_moment(viewer.now)
            if viewer.user_id is None and released.exists():
                return require_wagtail_login(request.get_full_path())
            raise Http404
        if not OfficialDocument.objects.filter(pk=document.pk).visible_to(viewer).exists():
            raise Http404
        address = document_url(document, self.locale.language_code)
        if request.path_info != unquote(address):
            return redirect(address, permanent=True)
        context = super().get_context(request)
        crumbs = SiteContext.of(request).breadcrumbs[:-1]
        context["breadcrumbs"] = [*crumbs, Crumb(self.title, self.get_url(request)), document_crumb(document)]
        context.update(document_context(document, self.locale.language_code, request, edition=None))
        return render(request, "documents/document_page.html", context)

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
