"""Packs as visitors ask for them: the form, the page that says how far a large one is, and the file."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cms.core.downloads import saved_as
from cms.core.languages import reading_order
from cms.core.names import public_names
from cms.core.visibility import viewer_for
from cms.meetings.contexts import SessionLine, session_line
from cms.meetings.models import Session
from documents.models import DocumentFile, DocumentPack
from documents.packs.choosing import Choice, Offer, chosen, first_choice, offer
from documents.packs.contents import PackIndex
from documents.packs.making import (
    MOST_AT_ONCE,
    MOST_IN_PACK,
    TooManyError,
    ask_for,
    index_for,
    is_as_made,
    is_stale,
    size_of,
)
from documents.packs.writing import pack_stream
from documents.serving import StoredFile, stored_response

RETRY_AFTER = 900  # seconds
NO_INDEX = "noindex, nofollow"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The form that chooses documents of a session. Sent, it gives the pack at once, or leads to where it is made."""
    session = get_object_or_404(Session.objects.for_lists(), uid=uid)
    language = get_language() or "en"
    viewer = viewer_for(request)
    offered = offer(session, request.GET, viewer, language)
    line = _line(session, language, request)
    choice = first_choice(offered, language) if request.method != "POST" else chosen(offered, request.POST)
    status = 200
    if request.method == "POST" and not choice.errors:
        size = size_of(choice.files)
        index = index_for(session, line.name, language, request.build_absolute_uri("/").rstrip("/"))
        if size <= MOST_AT_ONCE:
            return _at_once(choice, index)
        if size > MOST_IN_PACK:
            limit = filesizeformat(MOST_IN_PACK)
            choice.errors["documents"] = _("These files are larger than %(limit)s together. Choose fewer.") % {
                "limit": limit
            }
        else:
            try:
                pack = ask_for(choice.files, session, index, viewer)
            except TooManyError:
                choice.errors["documents"] = _(
                    "Too many large packs are asked for at the moment. Choose fewer documents, or try again later."
                )
                status = 429
            else:
                return HttpResponseRedirect(reverse("pack", args=[pack.uid]))
    response = _page(request, "choose", _form(offered, choice, line, language), status)
    if status == 429:
        response["Retry-After"] = str(RETRY_AFTER)
    return response


def _line(session: Session, language: str, request: HttpRequest) -> SessionLine:
    """The session with its public name. One query."""
    names = public_names([session, session.process, session.working_group], language, request)
    return session_line(session, names, language)


def _page(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of packs, which search engines leave alone."""
    response = render(request, f"documents/packs/{name}.html", context, status=status)
    response["X-Robots-Tag"] = NO_INDEX
    return response


def _form(offered: Offer, choice: Choice, line: SessionLine, language: str) -> dict[str, Any]:
    formats = dict(DocumentFile.Format.choices)
    return {
        "offer": offered,
        "choice": choice,
        "line": line,
        "documents": [(one, str(one.line.document.pk) in choice.documents) for one in offered.documents],
        "languages": [
            (code, code in choice.languages) for code in reading_order(language) if code in offered.languages
        ],
        "formats": [(value, formats[value], value in choice.formats) for value in offered.formats],
    }


def _at_once(choice: Choice, index: PackIndex) -> HttpResponseBase:
    """The pack, written while it is sent."""
    pack = StreamingHttpResponse(pack_stream(choice.files, index), content_type="application/zip")
    response = saved_as(f"{index.folder}.zip", pack)
    response["X-Robots-Tag"] = NO_INDEX
    return response


@never_cache
@require_safe
def show(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The page of a pack that is made in the background: how far it is, then the link."""
    pack = _find(request, uid)
    session = Session.objects.for_lists().get(pk=pack.session_id)
    context = {
        "pack": pack,
        "total": len(pack.files),
        "line": _line(session, get_language() or "en", request),
        "is_lost": is_stale(pack) or pack.state == DocumentPack.State.FAILED,
        "is_changed": not is_as_made(pack, viewer_for(request)),
    }
    return _page(request, "show", context)


@require_safe
def fetch(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The pack itself, if all that is in it may still be seen by whoever fetches it, and is still the same."""
    pack = _find(request, uid)
    if pack.state != DocumentPack.State.READY or not is_as_made(pack, viewer_for(request)):
        raise Http404
    try:
        content = pack.content.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    disposition = f'attachment; filename="{PackIndex(**pack.index).folder}.zip"'
    return stored_response(request, content, StoredFile("application/zip", disposition, pack.uid.hex, pack.moved_at))


def _find(request: HttpRequest, uid: UUID) -> DocumentPack:
    """The pack, if it is one for everybody or the visitor's own. Raises Http404."""
    packs: Any = DocumentPack.objects.kept().open_to(viewer_for(request).user_id)
    pack: DocumentPack = get_object_or_404(packs, uid=uid)
    return pack
