"""The translation memory and files of other programs: what readers have goes out, what files hold comes in."""

from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.models import Locale

from cms.core.downloads import saved_as
from cms.core.visibility import Access, viewer_for
from cms.localization.exchange.memory import pairs_of, stream
from cms.localization.exchange.memory_reading import MOST_BYTES, open_memory
from cms.localization.foreign import FileRefusedError, shown_name
from cms.localization.glossary.policies import keeps_general_terms
from cms.localization.memory.rights import files_of, may_keep_files, processes_with_files
from cms.localization.memory.taking import REMOVED, BusyError, Outcome, receive, remove, work_through
from cms.localization.models import MemoryFile
from cms.localization.rules import name_of
from cms.localization.tasks import begin_memory_file, is_stale
from cms.processes.models import Process

PER_PAGE = 50
MOST_LINES = 200  # of a report's page
# A file of so many bytes is taken while the browser waits, in some two seconds; a larger one by the worker.
AT_ONCE = 200_000


class LanguageField(forms.ModelChoiceField):
    """A language, by its name in the reader's."""

    def label_from_instance(self, locale: Any) -> str:
        return name_of(locale)


class MemoryForm(forms.Form):
    """Whose texts, from which language into which."""

    process: Any = forms.ModelChoiceField(label=gettext_lazy("Process"), queryset=Process.objects.order_by("name"))
    source: Any = LanguageField(label=gettext_lazy("From"), queryset=Locale.objects.all())
    target: Any = LanguageField(label=gettext_lazy("Into"), queryset=Locale.objects.all())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("source") and cleaned.get("source") == cleaned.get("target"):
            raise ValidationError(_("Choose two languages."))
        return cleaned


@require_safe
def export_memory(request: HttpRequest) -> HttpResponseBase:
    """The form that chooses a process and two languages. Sent, it gives the pairs that the user may read, as TMX."""
    form = MemoryForm(request.GET or None)
    if not (form.is_bound and form.is_valid()):
        context = {"form": form, "may_keep_files": may_keep_files(request.user)}
        return render(request, "localization/exchange/memory.html", context, status=422 if form.errors else 200)
    process, source, target = (form.cleaned_data[name] for name in ("process", "source", "target"))
    pairs = pairs_of(process, source, target, viewer_for(request))
    name = f"memory-{slugify(process.code)}-{source.language_code}-{target.language_code}.tmx"
    return saved_as(name, StreamingHttpResponse(stream(pairs, source, target), content_type="application/x-tmx+xml"))


class MemoryFileForm(forms.Form):
    """A TMX file, the process that it belongs to, and who may read its texts."""

    upload = forms.FileField(label=gettext_lazy("File"), help_text=gettext_lazy("TMX, 20 MB at most."))
    process: Any = forms.ModelChoiceField(
        label=gettext_lazy("For"),
        queryset=Process.objects.none(),
        required=False,
        empty_label=gettext_lazy("The whole site"),
        error_messages={"required": gettext_lazy("Choose a process.")},
    )
    access = forms.ChoiceField(
        label=gettext_lazy("Who may read the texts"),
        choices=[("", "---------"), *Access.choices],
        help_text=gettext_lazy(
            "They are suggested to translators who may read documents of that kind: public ones to all of them, others "
            "to those of the process alone."
        ),
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        process: Any = self.fields["process"]
        process.queryset = processes_with_files(user).order_by("name")
        if not keeps_general_terms(user):
            process.required = True
            process.empty_label = "---------"
            process.widget.is_required = True
        self.content = b""

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        if upload.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than %(most)s.") % {"most": filesizeformat(MOST_BYTES)})
        self.content = upload.read()
        try:
            open_memory(self.content)
        except FileRefusedError as error:
            raise ValidationError(str(error)) from error
        return upload

    def take(self, user: Any) -> MemoryFile | None:
        """Keeps the file; None where the form or the file is refused, which it then says itself."""
        if not self.is_valid():
            return None
        given = self.cleaned_data
        name = shown_name(given["upload"].name)
        try:
            return receive(name, self.content, given["process"], given["access"], user)
        except BusyError:
            self.add_error("upload", _("A file of this name is being taken at this moment."))
            return None


@require_http_methods(["GET", "HEAD", "POST"])
def list_files(request: HttpRequest) -> HttpResponse:
    """The files in the memory that the user keeps, newest first, and the form that takes one."""
    if not may_keep_files(request.user):
        raise PermissionDenied
    posted: Any = (request.POST, request.FILES) if request.method == "POST" else ()
    form = MemoryFileForm(request.user, *posted)
    file = form.take(request.user) if form.is_bound else None
    if file is not None:
        if len(form.content) > AT_ONCE:
            transaction.on_commit(partial(begin_memory_file, file))
        else:
            work_through(file)
        return redirect("localization:memory_file", file.pk)
    files = files_of(request.user).with_counts().select_related("process", "created_by").defer("content", "lines")
    page = Paginator(files.order_by("-created_at", "-pk"), PER_PAGE).get_page(request.GET.get("p"))
    context = {"form": form, "page_obj": page}
    return render(request, "localization/memory/files.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def one_file(request: HttpRequest, file_id: int) -> HttpResponse:
    """How far the worker is with a file, or what became of its units. A lost one is begun again (POST)."""
    file = _file(request, file_id)
    if request.method == "POST":
        if is_stale(file):
            begin_memory_file(file)
        else:
            messages.warning(request, _("The file is not waiting to be begun again."))
        return redirect("localization:memory_file", file.pk)
    labels = dict(Outcome.choices) | {REMOVED: _("Pairs of the former file that are not in this one")}
    # What needs somebody's eyes first.
    ordered = sorted(file.lines, key=lambda line: line["outcome"] != Outcome.REFUSED)
    page = Paginator(ordered, MOST_LINES).get_page(request.GET.get("p"))
    context = {
        "file": file,
        "is_stale": is_stale(file),
        "time_left": file.time_left(),
        "counts": [(labels[name], file.counts[name]) for name in labels if file.counts.get(name)],
        "page_obj": page,
        "lines": [line | {"label": labels.get(line["outcome"], "")} for line in page],
    }
    return render(request, "localization/memory/file.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_file(request: HttpRequest, file_id: int) -> HttpResponse:
    """Asks whether a file's pairs are to leave the memory; confirmed, they do."""
    file = _file(request, file_id)
    if request.method != "POST":
        return render(request, "localization/memory/remove.html", {"file": file})
    remove(file, request.user)
    messages.success(request, _("“%(name)s” is out of the translation memory.") % {"name": file.name})
    return redirect("localization:memory_files")


def _file(request: HttpRequest, file_id: int) -> MemoryFile:
    """A file that the user keeps. Raises Http404."""
    files = files_of(request.user).with_counts().select_related("process", "created_by").defer("content")
    found: MemoryFile = get_object_or_404(files, pk=file_id)
    return found
