"""Texts of a page as files for translation programs, and the files taken back, with what became of each text."""

from collections import Counter
from functools import partial
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail_localize.models import Translation

from cms.core.downloads import saved_as
from cms.core.languages import LANGUAGES, language
from cms.localization.exchange.bundle import contents, stream
from cms.localization.exchange.delivering import receive, work_through
from cms.localization.exchange.formats import FORMATS, file_name, write
from cms.localization.exchange.taking import Outcome
from cms.localization.foreign import FileRefusedError
from cms.localization.models import DeliveredFile, Delivery
from cms.localization.rules import name_of
from cms.localization.tasks import begin_delivery, is_stale
from cms.localization.views.editor import Work, find
from cms.localization.views.listing import translations_of
from cms.meetings.models import Session, SessionPage
from documents.models import OfficialDocument

PER_PAGE = 50
MOST_LINES = 200  # of a report's page
# So many files are taken while the browser waits; more are handed to the worker.
AT_ONCE = 3


class DeliveryForm(forms.Form):
    """The file, and whether what it calls finished is confirmed."""

    upload = forms.FileField(label=gettext_lazy("File"))
    confirm = forms.BooleanField(
        label=gettext_lazy("Confirm what is finished in the file"),
        required=False,
        help_text=gettext_lazy(
            "Texts that the program has marked as translated or reviewed are confirmed. All others are drafts."
        ),
    )

    def deliver(self, user: Any, translation: Translation | None = None) -> Delivery | None:
        """Keeps what was brought; None where the form or the file is refused, which it then says itself."""
        if not self.is_valid():
            return None
        upload = self.cleaned_data["upload"]
        files = contents(upload.name, upload.size, upload.file)
        try:
            return receive(files, user, confirm=self.cleaned_data["confirm"], translation=translation)
        except FileRefusedError as error:
            self.add_error("upload", str(error))
            return None


@require_http_methods(["GET", "HEAD", "POST"])
def page_files(request: HttpRequest, translation_id: int) -> HttpResponse:
    """The files that a translation can be saved as, and the form that takes one back."""
    work = find(translation_id, request.user)
    posted: Any = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DeliveryForm(*posted)
    delivery = form.deliver(request.user, work.translation) if form.is_bound and not work.refusal else None
    if delivery is not None:
        return hand_over(delivery)
    context = _of_page(work) | {"form": form, "formats": FORMATS.values()}
    return render(request, "localization/exchange/files.html", context, status=422 if form.is_bound else 200)


def _of_page(work: Work) -> dict[str, Any]:
    return {
        "translation": work.translation,
        "title": work.page.get_admin_display_title(),
        "target_name": name_of(work.translation.target_locale),
        "refusal": work.refusal,
    }


@require_safe
def export_page(request: HttpRequest, translation_id: int, form: str) -> HttpResponse:
    """The texts of a translation as a file."""
    work = find(translation_id, request.user)
    if form not in FORMATS:
        raise Http404
    chosen = FORMATS[form]
    name = file_name(chosen, work.translation, work.translation.source.object_repr)
    return saved_as(name, HttpResponse(write(chosen, work.translation), content_type=chosen.media_type))


@require_http_methods(["GET", "HEAD", "POST"])
def session_files(request: HttpRequest, session_id: int) -> HttpResponse:
    """The translations of a session that the user works on, by language, as ZIP files; and the form that takes one."""
    session = get_object_or_404(Session.objects.for_lists(), pk=session_id)
    posted: Any = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DeliveryForm(*posted)
    delivery = form.deliver(request.user) if form.is_bound else None
    if delivery is not None:
        return hand_over(delivery)
    counted = Counter(
        translation.target_locale.language_code for translation in translations_of_session(session, request.user)
    )
    languages = [(entry, counted[entry.code]) for entry in LANGUAGES if counted[entry.code]]
    context = {"session": session, "form": form, "formats": FORMATS.values(), "languages": languages}
    return render(request, "localization/exchange/session.html", context, status=422 if form.is_bound else 200)


@require_safe
def export_session(request: HttpRequest, session_id: int, language_code: str, form: str) -> HttpResponseBase:
    """The translations of a session into one language that the user works on, a file for each, as one ZIP file."""
    session = get_object_or_404(Session, pk=session_id)
    if form not in FORMATS:
        raise Http404
    translations = translations_of_session(session, request.user).filter(target_locale__language_code=language_code)
    chosen = list(translations)
    if not chosen:
        raise Http404
    name = f"{slugify(str(session)) or 'session'}-{chosen[0].target_locale.language_code}-{form}.zip"
    return saved_as(name, StreamingHttpResponse(stream(FORMATS[form], chosen), content_type="application/zip"))


def translations_of_session(session: Session, user: Any) -> QuerySet[Translation]:
    """The open translations of a session's own page and of its documents that the user may change, in page order."""
    keys = OfficialDocument.objects.filter(session=session).values("uid")
    pages = SessionPage.objects.filter(session=session).values("translation_key")
    of_session = translations_of(user).filter(Q(source__object_id__in=keys) | Q(source__object_id__in=pages))
    return of_session.select_related("source__locale", "source__specific_content_type", "target_locale").order_by("pk")


def hand_over(delivery: Delivery) -> HttpResponse:
    """Takes a few files at once, gives many to the worker, and leads to where it tells what became of them."""
    if delivery.total > AT_ONCE:
        transaction.on_commit(partial(begin_delivery, delivery))
    else:
        work_through(delivery)
    return redirect("localization:delivery", delivery.pk)


@require_safe
def list_deliveries(request: HttpRequest) -> HttpResponse:
    """The user's own deliveries, newest first; everybody's for administrators."""
    deliveries = Delivery.objects.of(request.user).with_counts().select_related("created_by")
    page = Paginator(deliveries.order_by("-created_at", "-pk"), PER_PAGE).get_page(request.GET.get("p"))
    return render(request, "localization/exchange/deliveries.html", {"page_obj": page})


@require_http_methods(["GET", "HEAD", "POST"])
def one_delivery(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """One delivery: how far the worker is, or what became of its files. A lost one is begun again (POST)."""
    delivery = get_object_or_404(Delivery.objects.of(request.user).with_counts(), pk=delivery_id)
    if request.method == "POST":
        if is_stale(delivery):
            begin_delivery(delivery)
        else:
            messages.warning(request, _("The files are being worked on. Wait until that is done."))
        return redirect("localization:delivery", delivery.pk)
    files = _with_pages(delivery.files.defer("content"))
    page = Paginator(files, PER_PAGE).get_page(request.GET.get("p"))
    if page.paginator.count == 1 and not delivery.is_at_work:
        return _report(request, page[0])
    context = {
        "delivery": delivery,
        "is_stale": is_stale(delivery),
        "time_left": delivery.time_left(),
        "page_obj": page,
        "files": [(file, _counts(file)) for file in page],
    }
    return render(request, "localization/exchange/delivery.html", context)


@require_safe
def one_file(request: HttpRequest, delivery_id: int, file_id: int) -> HttpResponse:
    """What became of each text of one file."""
    delivery = get_object_or_404(Delivery.objects.of(request.user), pk=delivery_id)
    return _report(request, get_object_or_404(_with_pages(delivery.files.defer("content")), pk=file_id))


def _with_pages(files: Any) -> Any:
    return files.select_related("delivery", "translation__source__locale", "translation__target_locale").order_by("pk")


def _counts(file: DeliveredFile) -> list[tuple[str, Any, int]]:
    """How many texts of a file had which outcome: value, label, number."""
    counted = Counter(line["outcome"] for line in file.lines)
    return [(one.value, one.label, counted[one.value]) for one in Outcome if counted[one.value]]


def _report(request: HttpRequest, file: DeliveredFile) -> HttpResponse:
    """The texts of a file, of one outcome on request (``?show=refused``); what needs somebody's eyes first."""
    shown = request.GET.get("show", "")
    wanted = [line for line in file.lines if shown not in Outcome.values or line["outcome"] == shown]
    ordered = sorted(wanted, key=lambda line: (line["outcome"] != Outcome.REFUSED, not line["detail"]))
    labels = dict(Outcome.choices)
    page = Paginator(ordered, MOST_LINES).get_page(request.GET.get("p"))
    context = {
        "file": file,
        "counts": _counts(file),
        "shown": shown if shown in Outcome.values else "",
        "page_obj": page,
        "lines": [line | {"label": labels.get(line["outcome"], "")} for line in page],
        "source": file.translation.source if file.translation else None,
        "source_language": language(file.translation.source.locale.language_code) if file.translation else None,
        "into": name_of(file.translation.target_locale) if file.translation else "",
    }
    return render(request, "localization/exchange/report.html", context)
