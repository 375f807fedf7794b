"""A new document of a session in one step: record, language version and draft page, in one transaction."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.generic import CreateView
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry

from cms.meetings.models import Session, SessionPage
from documents.derivation import printed_in
from documents.forms import NewDocumentForm
from documents.models import LanguageVersion, OfficialDocument, ReportPage
from documents.placement import parent_for, slug_for
from documents.symbol_forms import show_notices


def may_add_document(user: Any, session: Session) -> bool:
    """Whether the user may add documents to the session: asked of a document that is not saved."""
    probe = OfficialDocument(process=session.working_group.process, session=session)
    return bool(policy_registry.get_by_type(OfficialDocument).user_has_permission_for_instance(user, "add", probe))


def new_document_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> list[Button]:
    """The button on a session's page, in the explorer and in the editor, for whoever may use it."""
    if not issubclass(page.specific_class or Page, SessionPage) or not may_add_document(user, page.specific.session):
        return []
    return [Button(_("New document"), url=reverse("new_document", args=[page.pk]), icon_name="doc-full", priority=15)]


class NewDocumentView(CreateView):
    """The form; what it makes is made together or not at all."""

    model = OfficialDocument
    form_class = NewDocumentForm
    template_name = "wagtailadmin/generic/form.html"
    page_title = gettext_lazy("New document")
    header_icon = "doc-full"
    # The mixin asks about the type; dispatch asks about a document of this session.
    permission_required = None

    def setup(self, request: HttpRequest, *args: Any, page_id: int, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        pages = SessionPage.objects.select_related("session__working_group__process", "locale")
        self.page: SessionPage = get_object_or_404(pages, pk=page_id)
        self.session: Session = self.page.session

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_add_document(request.user, self.session):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_page_subtitle(self) -> str:
        return _("New document: %(session)s") % {"session": self.session}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        session_page = {"url": reverse("wagtailadmin_explore", args=[self.page.pk]), "label": self.page.title}
        return [*self.breadcrumbs_items, session_page, {"url": "", "label": _("New document")}]

    def get_add_url(self) -> str:
        return self.request.path

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "session": self.session}

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "language": self.page.locale.language_code}

    def form_valid(self, form: NewDocumentForm) -> HttpResponse:
        try:
            with transaction.atomic():
                document, page = make_document(form, self.request.user)
        except IntegrityError:
            # Somebody filed the same symbol between the form's check and now.
            form.add_error("symbol", _("This symbol has just been taken."))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(self.request, _("“%(document)s” has been filed.") % {"document": document})
            show_notices(self.request, document)
            if page is not None:
                return redirect("wagtailadmin_pages:edit", page.pk)
            viewset: Any = OfficialDocument.snippet_viewset
            return redirect(viewset.get_url_name("edit"), document.pk)
        self.produced_error_message = self.get_error_message()
        response: HttpResponse = self.form_invalid(form)
        return response


def make_document(form: NewDocumentForm, user: Any) -> tuple[OfficialDocument, ReportPage | None]:
    """Saves what the form says: the document, a held version in one language, and a draft page if one is wanted.

    Raises ValidationError where the page has no place, or the user may not add pages there.
    """
    data = form.cleaned_data
    document: OfficialDocument = form.save(commit=False)
    document.original_language = data["language"]
    document.save()
    form.save_m2m()
    document.save_revision(user=user, clean=False)  # the form has cleaned it
    log(instance=document, action="wagtail.create", user=user)
    printed = printed_in(document.symbol, data["language"]) if document.symbol else ""
    LanguageVersion.objects.create(
        document=document, language=data["language"], title=data["title"], printed_symbol=printed
    )
    if not data["web_edition"]:
        return document, None
    return document, draft_edition(document, data["language"], data["title"], user)


def draft_edition(document: OfficialDocument, language: str, title: str, user: Any) -> ReportPage:
    """Adds the draft page of a document's text in one language, at its place in the tree."""
    locale = Locale.objects.filter(language_code=language).first()
    parent = parent_for(document, locale) if locale else None
    if parent is None:
        raise ValidationError(_("There is no page in this language under which the text could stand."))
    if not parent.permissions_for_user(user).can_add_subpage():
        raise ValidationError(_("You may not add pages under “%(page)s”.") % {"page": parent.title})
    page = ReportPage(
        title=title[:255], slug=slug_for(document, parent), locale=locale, document=document, owner=user, live=False
    )
    parent.add_child(instance=page)
    log(instance=page, action="wagtail.create", user=user, content_changed=True)
    page.save_revision(user=user, log_action=True)
    return page
