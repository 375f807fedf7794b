"""The document that a symbol names, in whatever disguise it is typed."""

from cms.core.visibility import Viewer
from documents.models import FormerSymbol, OfficialDocument
from documents.symbols.folding import loose_key, symbol_key

LONGEST_SYMBOL = 120


def document_named(symbol: str, viewer: Viewer) -> OfficialDocument | None:
    """The one document that the viewer may know of with this symbol or former symbol, however that is typed.

    The symbol itself comes before those that differ from it in punctuation only; of these there must be one alone. Two
    queries at most.
    """
    exactly, loosely = symbol_key(symbol), loose_key(symbol)
    if not loosely or len(exactly) > LONGEST_SYMBOL:
        return None
    alike = OfficialDocument.objects.filter(symbol_letters=loosely).order_by()
    former = FormerSymbol.objects.filter(symbol_letters=loosely).order_by()
    keys = list(alike.values_list("pk", "symbol_key").union(former.values_list("document", "symbol_key")))
    if not keys:
        return None
    known = {
        document.pk: document
        for document in OfficialDocument.objects.visible_to(viewer).filter(pk__in=[pk for pk, _key in keys])
    }
    exact = {pk for pk, key in keys if key == exactly and pk in known}
    found = exact or set(known)
    return known[found.pop()] if len(found) == 1 else None


def symbols_of(name: str, viewer: Viewer) -> tuple[str, ...]:
    """A symbol as it is typed, then all those under which its document goes, today's and former ones.

    Those of a document that the viewer may not know of are none. Three queries at most.
    """
    document = document_named(name, viewer)
    if document is None:
        return (name,)
    former = document.former_symbols.values_list("symbol", flat=True)
    return tuple(dict.fromkeys([name, document.symbol or "", *former]))
