"""The page of the administration about the index: how it is, building it anew, comparing it with the database."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from search.models import Rebuild
from search.overview import overview
from search.policies import may
from search.rebuilding import state
from search.tasks import ask_for_mending, ask_for_rebuild


@require_safe
def search_index(request: HttpRequest) -> HttpResponse:
    """How the index is, with what is under way."""
    _refuse_unless(request, "view")
    context = {"overview": overview(), "may_rebuild": may(request.user, "add", Rebuild)}
    return render(request, "search/admin/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rebuild_search_index(request: HttpRequest) -> HttpResponse:
    """Asks whether to build the index anew, and has it built by the worker; or has it go on with what was stopped."""
    _refuse_unless(request, "add")
    if request.method != "POST":
        return render(request, "search/admin/rebuild.html", {"unfinished": state()})
    if ask_for_rebuild():
        messages.success(request, _("The index is being built. The old one answers until the new one is ready."))
    else:
        messages.warning(request, _("The index is being built already. Nothing was begun a second time."))
    return redirect("search_index")


@require_POST
def mend_search_index(request: HttpRequest) -> HttpResponse:
    """Has the worker compare the index with the database and index again what differs."""
    _refuse_unless(request, "add")
    if ask_for_mending():
        messages.success(request, _("The index is being compared with the database."))
    else:
        messages.warning(request, _("A comparison is under way already. Nothing was begun a second time."))
    return redirect("search_index")


def _refuse_unless(request: HttpRequest, action: str) -> None:
    if not may(request.user, action, Rebuild):
        raise PermissionDenied
