"""The glossary's ways in and out: terms from a file, with what became of each, and the terms as a file."""

from collections import Counter
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.permissions import policy_registry

from cms.core.downloads import saved_as
from cms.localization.foreign import FileRefusedError
from cms.localization.glossary.policies import keeps_general_terms, processes_with_glossary
from cms.localization.glossary.termbase import table, tbx
from cms.localization.glossary.termbase.entries import MOST_BYTES, Entry
from cms.localization.glossary.termbase.taking import Outcome, read_file, take
from cms.localization.glossary.viewsets import TermFilterSet
from cms.localization.models import Term
from cms.processes.models import Process

# Lines of a report that a page shows; the refused ones come first.
MOST_LINES = 1_000


class GlossaryImportForm(forms.Form):
    """The file, and the process whose terms it brings."""

    process = forms.ModelChoiceField(
        label=gettext_lazy("For"),
        queryset=Process.objects.none(),
        required=False,
        empty_label=gettext_lazy("The whole site"),
        error_messages={"required": gettext_lazy("Choose a process.")},
    )
    upload = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("TBX or CSV, 10 MB at most. For CSV, save the glossary once and use its columns."),
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        process: Any = self.fields["process"]
        process.queryset = processes_with_glossary(user)
        if not keeps_general_terms(user):
            process.required = True
            process.empty_label = "---------"
            process.widget.is_required = True
        self.entries: list[Entry] = []

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        if upload.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than %(most)s MB.") % {"most": MOST_BYTES // 1024**2})
        try:
            self.entries = read_file(upload.name, upload.read())
        except FileRefusedError as error:
            raise ValidationError(str(error)) from error
        return upload


@require_http_methods(["GET", "POST"])
def import_glossary(request: HttpRequest) -> HttpResponse:
    """Takes terms from a TBX or CSV file and shows what became of each. The same file can be taken again."""
    if not (keeps_general_terms(request.user) or processes_with_glossary(request.user).exists()):
        raise PermissionDenied
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = GlossaryImportForm(request.user, *posted)
    if form.is_bound and form.is_valid():
        process = form.cleaned_data["process"]
        lines = take(form.entries, process, request.user)
        counts = Counter(line.outcome for line in lines)
        # What needs somebody's eyes first: refused, then taken in part.
        ordered = sorted(lines, key=lambda line: (line.outcome != Outcome.REFUSED, not line.detail))
        context = {
            "process": process,
            "counts": [(outcome.label, counts[outcome]) for outcome in Outcome if counts[outcome]],
            "lines": ordered[:MOST_LINES],
            "more": max(len(lines) - MOST_LINES, 0),
            "list_url": _list_url(),
        }
        return render(request, "localization/glossary/report.html", context)
    context = {"form": form, "list_url": _list_url()}
    return render(request, "localization/glossary/import.html", context, status=422 if form.errors else 200)


@require_GET
def export_glossary(request: HttpRequest, form: str) -> HttpResponse:
    """The terms as TBX or CSV, under the filters of the list."""
    policy = policy_registry.get_by_type(Term)
    if not policy.user_has_permission(request.user, "view"):
        raise PermissionDenied
    filters = TermFilterSet(request.GET, queryset=Term.objects.prefetch_related("names"), request=request)
    if not filters.is_valid():
        raise Http404
    terms = filters.qs.order_by("pk")
    if form == "tbx":
        response = HttpResponse(tbx.write(terms, _("Glossary")), content_type="application/xml; charset=utf-8")
    else:
        response = HttpResponse(table.write(terms), content_type="text/csv; charset=utf-8")
    return saved_as(f"glossary-{timezone.localdate():%Y-%m-%d}.{form}", response)


def _list_url() -> str:
    viewset: Any = Term.snippet_viewset
    return reverse(viewset.get_url_name("list"))
