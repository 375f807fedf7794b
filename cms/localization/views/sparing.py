"""Marking languages of documents and pages as not required: of one, or of many that were chosen."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from cms.core.languages import LANGUAGES
from cms.localization.roles import coordinates_any
from cms.localization.rules import name_of
from cms.localization.sparing import Spared, Thing, coordinated, require, spare, states_of
from cms.localization.sparing_forms import SPARE, SparingForm
from cms.localization.states import State
from cms.localization.things import Name
from cms.localization.views.bundles import chosen_keys

MOST_AT_ONCE = 500
MOST_IN_ADDRESS = 50  # longer ones are cut by proxies


@require_http_methods(["GET", "HEAD", "POST"])
def spare_languages(request: HttpRequest) -> HttpResponse:
    """The things (``key=…``) with their languages, and the form that marks these or takes the marks back."""
    if not coordinates_any(request.user):
        raise PermissionDenied
    keys = chosen_keys(request)[:MOST_AT_ONCE]
    things = coordinated(keys, request.user)
    form = SparingForm(request.POST if request.method == "POST" else None)
    refused: list[Spared] = []
    if request.method == "POST" and form.is_valid():
        refused = _do(request, form, things)
        if not refused:
            if len(things) > MOST_IN_ADDRESS:
                return redirect("localization:matrix")
            return redirect(f"{request.path}?{'&'.join(f'key={thing.key}' for thing in things)}")
    context = {
        "form": form,
        "lines": _lines(things),
        "languages": LANGUAGES,
        "refused": [(spared, name_of(spared.locale)) for spared in refused],
        "foreign": len(set(keys)) - len(things),
        "keys": [thing.key for thing in things],
    }
    return render(request, "localization/sparing.html", context, status=422 if form.errors or refused else 200)


def _do(request: HttpRequest, form: SparingForm, things: list[Thing]) -> list[Spared]:
    """Does what was asked and tells how often; gives what was refused."""
    locales = form.cleaned_data["locales"]
    if form.cleaned_data["action"] != SPARE:
        count = require(things, locales, request.user)
        text = ngettext("%(n)d mark was taken back.", "%(n)d marks were taken back.", count)
        messages.success(request, text % {"n": count})
        return []
    done = spare(things, locales, form.cleaned_data["reason"], request.user)
    refused = [spared for spared in done if spared.refusal]
    count = len(done) - len(refused)
    if count or not refused:
        text = ngettext("%(n)d language was marked as not required.", "%(n)d were marked as not required.", count)
        messages.success(request, text % {"n": count})
    return refused


def _lines(things: list[Thing]) -> list[tuple[Name, list[tuple[State, str]]]]:
    """What the table shows: the name of each thing, and a cell for each language."""
    missing = (State.NOT_STARTED, "")
    return [
        (thing.name, [states.get(entry.code, missing) for entry in LANGUAGES]) for thing, states in states_of(things)
    ]
