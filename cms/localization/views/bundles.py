"""Release bundles: their list, putting one together, its page, its previews."""

from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages
from wagtail.models import Page
from wagtail.utils.decorators import xframe_options_sameorigin_override

from cms.core.keys import key_in, keys_in, uids_in
from cms.localization.bundles.bundling import NotReleasedError, add_items, approve, bundle_items, withdraw
from cms.localization.bundles.forms import ApprovalForm, BundleForm
from cms.localization.bundles.rights import bundles_of, may_bundle, own_documents, own_keys
from cms.localization.bundles.standings import refused_to, standings
from cms.localization.models import ReleaseBundle
from cms.localization.tasks import check_bundle, schedule_release
from cms.localization.things import Name, names_of
from cms.localization.views.previews import as_readers_see
from cms.meetings.models import Session
from documents.models import OfficialDocument

PER_PAGE = 50
State = ReleaseBundle.State


@require_safe
def list_bundles(request: HttpRequest) -> HttpResponse:
    """The bundles that the user may look at, newest first."""
    bundles = bundles_of(request.user).select_related("process", "created_by").annotate(n=Count("items"))
    page = Paginator(bundles.order_by("-created_at", "-pk"), PER_PAGE).get_page(request.GET.get("p"))
    return render(request, "localization/bundles.html", {"page_obj": page, "may_bundle": may_bundle(request.user)})


def _find(request: HttpRequest, bundle_id: int) -> ReleaseBundle:
    """The bundle. Raises Http404 where there is none that the user may look at."""
    bundles = bundles_of(request.user).select_related("process", "created_by", "approved_by")
    return get_object_or_404(bundles, pk=bundle_id)


def chosen_keys(request: HttpRequest) -> list[UUID]:
    """The keys of documents and pages that the address or form names; what is none is left out."""
    asked = request.POST if request.method == "POST" else request.GET
    return uids_in(asked.getlist("key"))


@require_http_methods(["GET", "HEAD", "POST"])
def new_bundle(request: HttpRequest) -> HttpResponse:
    """Puts a bundle together: of a session (``session=12``) or of what was chosen (``key=…``)."""
    if not may_bundle(request.user):
        raise PermissionDenied
    pk = key_in(request.GET.get("session", ""))
    session = Session.objects.for_lists().filter(pk=pk).first() if pk else None
    if session is not None:
        documents = own_documents(request.user).filter(session=session).newest_first()
        keys = list(documents.values_list("uid", flat=True))
    else:
        keys = own_keys(chosen_keys(request), request.user)
    posted = request.POST if request.method == "POST" else None
    form = BundleForm(request.user, posted, initial={"name": str(session) if session else ""})
    if request.method == "POST" and form.is_valid():
        try:
            bundle, count = _fill(form, keys, session, request.user)
        except NotReleasedError as error:
            form.add_error(None, str(error))
        else:
            text = ngettext("%(n)d item is new in the bundle.", "%(n)d items are new in the bundle.", count)
            messages.success(request, text % {"n": count})
            return redirect("localization:bundle", bundle.pk)
    shown = keys[:PER_PAGE]
    names = names_of(shown)
    context = {
        "form": form,
        "session": session,
        "keys": [] if session else keys,
        "count": len(keys),
        "names": [names.get(key, Name()) for key in shown],
        "more": max(len(keys) - PER_PAGE, 0),
    }
    return render(request, "localization/new_bundle.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _fill(form: BundleForm, keys: list[UUID], session: Session | None, user: Any) -> tuple[ReleaseBundle, int]:
    """The bundle with what was chosen in it, and how many items are new. Raises NotReleasedError."""
    if not keys:
        raise NotReleasedError(_("Choose documents or pages that you may change."))
    bundle = form.cleaned_data["bundle"]
    if bundle is None:
        process = session.working_group.process_id if session else None
        if process is None:
            first = OfficialDocument.objects.filter(uid__in=keys).first()
            process = first.process_id if first else None
        bundle = ReleaseBundle.objects.create(name=form.cleaned_data["name"], process_id=process, created_by=user)
    count = add_items(bundle, keys, form.cleaned_data["locales"])
    transaction.on_commit(partial(check_bundle.enqueue, bundle.pk))
    return bundle, count


@require_safe
def show_bundle(request: HttpRequest, bundle_id: int) -> HttpResponse:
    """A bundle with the readiness of each item."""
    return _show(request, _find(request, bundle_id), ApprovalForm())


def _show(request: HttpRequest, bundle: ReleaseBundle, form: ApprovalForm, status: int = 200) -> HttpResponse:
    found = standings(bundle_items(bundle))
    is_open = bundle.state == State.OPEN
    refused = refused_to(found, request.user) if is_open else {}
    unready = sum(not standing.is_ready for standing in found)
    context = {
        "bundle": bundle,
        "entries": [(standing, refused.get(standing.item.pk, "")) for standing in found],
        "is_open": is_open,
        "unready": unready,
        "refused": len(refused),
        "out": sum(standing.is_out for standing in found),
        "can_approve": is_open and found and not unready and not refused,
        "can_withdraw": bundle.state == State.APPROVED and not refused_to(found, request.user),
        "form": form,
    }
    return render(request, "localization/bundle.html", context, status=status)


@require_POST
def change_bundle(request: HttpRequest, bundle_id: int) -> HttpResponse:
    """What the buttons of a bundle's page do: approve, take the approval back, release again, remove items, delete."""
    bundle = _find(request, bundle_id)
    action = request.POST.get("action")
    if action == "approve":
        return _approve(request, bundle)
    if action == "withdraw":
        if refused_to(standings(bundle_items(bundle)), request.user):
            raise PermissionDenied
        if withdraw(bundle):
            messages.success(request, _("The approval is taken back. Nothing was released."))
    elif action == "release" and bundle.is_due:
        transaction.on_commit(partial(schedule_release, bundle))
        messages.success(request, _("The bundle is released in the background."))
    elif bundle.state != State.OPEN:
        messages.error(request, _("The bundle is approved: take the approval back first."))
    elif action == "remove":
        bundle.items.filter(pk__in=keys_in(request.POST.getlist("item"))).delete()
    elif action == "delete":
        bundle.delete()
        messages.success(request, _("The bundle is deleted. Its documents and pages stay as they are."))
        return redirect("localization:bundles")
    return redirect("localization:bundle", bundle.pk)


def _approve(request: HttpRequest, bundle: ReleaseBundle) -> HttpResponse:
    form = ApprovalForm(request.POST)
    if not form.is_valid():
        return _show(request, bundle, form, status=422)
    try:
        approve(bundle, request.user, form.cleaned_data["moment"])
    except NotReleasedError as error:
        form.add_error(None, str(error))
        return _show(request, bundle, form, status=422)
    transaction.on_commit(partial(schedule_release, bundle))
    messages.success(request, _("Approved. All of it is released together, or nothing if something is not ready then."))
    return redirect("localization:bundle", bundle.pk)


@require_safe
def preview_bundle(request: HttpRequest, bundle_id: int) -> HttpResponse:
    """All that the bundle would release, on one page: the texts in frames, the files as links."""
    bundle = _find(request, bundle_id)
    found = standings(bundle_items(bundle))
    return render(request, "localization/bundle_preview.html", {"bundle": bundle, "entries": found})


@require_safe
@xframe_options_sameorigin_override
def preview_item(request: HttpRequest, bundle_id: int, item_id: int) -> HttpResponse:
    """The newest draft of an item's page as readers would see it. Writes nothing."""
    bundle = _find(request, bundle_id)
    item = get_object_or_404(bundle.items.select_related("locale"), pk=item_id)
    page = Page.objects.filter(translation_key=item.translation_key, locale=item.locale, alias_of=None).first()
    if page is None:
        raise Http404
    rights = page.permissions_for_user(request.user)
    may_look = rights.can_edit() or rights.can_publish()
    if not may_look and not own_documents(request.user).filter(uid=item.translation_key).exists():
        raise PermissionDenied
    return as_readers_see(request, page.get_latest_revision_as_object())
