"""A whole symbol goes straight to its document; whoever wanted the results has a way back to them."""

from urllib.parse import urlencode

from django.http import HttpResponseRedirect, QueryDict
from django.utils.cache import patch_cache_control, patch_vary_headers

from cms.core.visibility import Viewer
from documents.addresses import document_url
from documents.models import OfficialDocument
from documents.presentation import SEARCHED
from search.engines.base import Query
from search.engines.typed import read_typed
from search.named import LONGEST_SYMBOL, document_named

# The parameter of an address that asks for the results, also where a symbol was typed.
ALL_RESULTS = "all"


def straight_to(query: Query, asked: QueryDict, viewer: Viewer) -> HttpResponseRedirect | None:
    """The way to the document whose symbol is all that was asked for; None when anything else was asked beside it.

    It depends on the reader, since a document that they may not know of is none, and is never to be kept.
    """
    if set(asked) - {"q", "page"} or query.page != 1:
        return None
    document = meant(query.words, viewer)
    if document is None:
        return None
    typed = " ".join(query.words.split())
    return led_on(f"{document_url(document, query.language)}?{urlencode({SEARCHED: typed})}")


def led_on(url: str) -> HttpResponseRedirect:
    """A redirect that depends on the reader and is never to be kept."""
    response = HttpResponseRedirect(url)
    patch_vary_headers(response, ["Cookie"])
    patch_cache_control(response, private=True, no_store=True)
    return response


def meant(words: str, viewer: Viewer) -> OfficialDocument | None:
    """The one document that the viewer may know of whose symbol, or former symbol, was typed, however it was.

    Two queries where what was typed looks like a symbol, none where it does not.
    """
    typed = read_typed(words)
    if not typed.may_begin_a_symbol or typed.loose_symbol.isdigit() or len(typed.symbol) > LONGEST_SYMBOL:
        return None
    if any(term.is_quoted for term in typed.terms):  # whoever quotes a symbol looks for texts that hold it
        return None
    return document_named(typed.symbol, viewer)
