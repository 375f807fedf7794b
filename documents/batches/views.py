"""Importing documents in the admin: the list of imports, putting files in, and one import from reading to undoing."""

import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from cms.core.progress import readable_seconds
from documents.batches.creating import delete_stored, to_create
from documents.batches.forms import UploadForm
from documents.batches.receiving import receive
from documents.batches.review import item_forms, open_items, rows_of, save_rows
from documents.batches.rights import batches_of, may_import_at_all
from documents.batches.tasks import begin, is_stale
from documents.models import ImportBatch, ImportItem
from documents.models.versions import document_storage

PER_PAGE = 50
# The field by which a posted row of the review is known.
ROW = re.compile(r"item-(\d{1,18})-title")
State = ImportBatch.State


@require_safe
def list_imports(request: HttpRequest) -> HttpResponse:
    """The imports into processes to which the user may add documents, newest first."""
    if not may_import_at_all(request.user):
        raise PermissionDenied
    batches = batches_of(request.user).with_counts().select_related("process", "created_by")
    page = Paginator(batches.order_by("-created_at", "-pk"), PER_PAGE).get_page(request.GET.get("p"))
    return render(request, "documents/batches/list.html", {"page_obj": page})


@require_http_methods(["GET", "HEAD", "POST"])
def new_import(request: HttpRequest) -> HttpResponse:
    """The form that takes the files; they are read in the background."""
    if not may_import_at_all(request.user):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        user: Any = request.user
        with transaction.atomic():
            batch = ImportBatch.objects.create(process=data["process"], access=data["access"], created_by=user)
            receive(batch, data["uploads"])
        begin(batch, State.READING, user)
        return redirect("document_import", batch.pk)
    return render(request, "documents/batches/new.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def one_import(request: HttpRequest, batch_id: int) -> HttpResponse:
    """One import: how far the worker is, or the review, and what was made."""
    batch = get_object_or_404(batches_of(request.user).select_related("process", "created_by"), pk=batch_id)
    if request.method == "POST":
        return _act(request, batch)
    return _show(request, batch, None)


@require_safe
def item_picture(request: HttpRequest, item_id: int) -> HttpResponseBase:
    """The first page of a file that is to be reviewed, for whoever may review it."""
    items = ImportItem.objects.filter(batch__in=batches_of(request.user)).exclude(picture="")
    item = get_object_or_404(items.only("picture"), pk=item_id)
    try:
        response = FileResponse(item.picture.open("rb"), content_type="image/webp")
    except FileNotFoundError as error:
        raise Http404 from error
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _act(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    action = request.POST.get("action", "")
    if batch.is_at_work:
        if action == "again" and is_stale(batch):
            begin(batch, batch.state, request.user)
        else:
            messages.warning(request, _("The files are being worked on. Wait until that is done."))
        return redirect("document_import", batch.pk)
    if action in ("save", "create"):
        return _save(request, batch, action)
    if action == "undo":
        begin(batch, State.UNDOING, request.user)
    elif action == "remove":
        return _remove(request, batch)
    return redirect("document_import", batch.pk)


def _save(request: HttpRequest, batch: ImportBatch, action: str) -> HttpResponse:
    """Saves the rows of this page, and has everything that is to be filed filed if no row is wrong."""
    posted = {int(found[1]) for found in map(ROW.fullmatch, request.POST) if found}
    items = list(batch.items.filter(pk__in=posted, state__in=ImportItem.OPEN).order_by("pk"))
    if gone := len(posted) - len(items):
        text = ngettext(
            "%(count)s row is no longer to be reviewed: somebody has filed it meanwhile.",
            "%(count)s rows are no longer to be reviewed: somebody has filed them meanwhile.",
            gone,
        )
        messages.warning(request, text % {"count": gone})
    wrong = save_rows(item_forms(batch, items, request.POST))
    if wrong:
        text = ngettext(
            "%(count)s row could not be saved; the others were.",
            "%(count)s rows could not be saved; the others were.",
            len(wrong),
        )
        messages.error(request, text % {"count": len(wrong)})
        return _show(request, batch, {form.item.pk: form for form in wrong})
    if action == "save":
        messages.success(request, _("The facts have been saved."))
    elif to_create(batch).exists():
        begin(batch, State.CREATING, request.user)
    else:
        messages.warning(request, _("No file is marked to be filed."))
    page = request.GET.get("p")
    response = redirect("document_import", batch.pk)
    if page and action == "save":
        response["Location"] += f"?p={page}"
    return response


def _remove(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    """Removes an import of which nothing is in the archive, with its files."""
    if batch.items.filter(state__in=ImportItem.MADE).exists():
        messages.error(request, _("Undo the import first: some of its files are in the archive."))
        return redirect("document_import", batch.pk)
    stored = [name for item in batch.items.only("batch", "file", "picture") for name in item.stored()]
    batch.delete()
    delete_stored(document_storage(), stored)
    messages.success(request, _("The import has been removed."))
    return redirect("document_imports")


def _show(request: HttpRequest, batch: ImportBatch, wrong: dict[int, Any] | None) -> HttpResponse:
    """The page of one import. ``wrong`` are the forms of rows that could not be saved, by item."""
    context: dict[str, Any] = {"batch": batch, "is_stale": is_stale(batch)}
    if batch.is_at_work:
        left = batch.seconds_left()
        context["time_left"] = None if left is None else readable_seconds(left)
    else:
        page = open_items(batch, request.GET.get("p"))
        items = list(page)
        # Also rows that have moved to another page, since others were filed meanwhile.
        shown = {item.pk for item in items}
        items += [form.item for pk, form in (wrong or {}).items() if pk not in shown]
        forms = [(wrong or {}).get(form.item.pk, form) for form in item_forms(batch, items)]
        rows = rows_of(batch, items, forms)
        context |= {
            "page_obj": page,
            "rows": rows,
            "to_put_right": [row for row in rows if row.needs_work],
            "will_file": to_create(batch).count(),
        }
    still_open = [*ImportItem.OPEN, ImportItem.State.WAITING, ImportItem.State.READING]
    closed = batch.items.exclude(state__in=still_open).select_related("document", "version__document")
    context["closed"] = list(closed.defer("reading", "facts", "made").order_by("pk"))
    context["made"] = sum(item.state in ImportItem.MADE for item in context["closed"])
    return render(request, "documents/batches/one.html", context)
