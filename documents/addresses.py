"""One document, one address: the symbol in the path, /ru/documents/CTOC/COP/2020/3/.

Reserved first segments under ``documents/`` are no symbols: ``archive/<n>`` is a document without one. Behind a
symbol, ``parallel/`` is the document in several languages side by side; which ones is a query, since that is what the
form that chooses them sends without a script.
"""

from collections.abc import Iterable
from functools import cache
from urllib.parse import quote, urlencode

from django.urls import reverse
from django.utils import translation

from cms.core.languages import short_code
from documents.models.documents import FormerSymbol, OfficialDocument
from documents.symbols.folding import symbol_key

ARCHIVE_PREFIX = "archive/"
PARALLEL_SEGMENT = "parallel"
# What a path may hold unescaped (RFC 3986 pchar and "/"), so that symbols stay readable in addresses.
SAFE = "!$&'()*+,;=/~:@"


@cache
def _prefix(language: str) -> str:
    """The address of the archive in one language. Cached: reverse() under an override is most of a link's cost."""
    with translation.override(language):
        return reverse("wagtail_serve", args=["documents/x/"]).removesuffix("x/")


def document_path(document: OfficialDocument) -> str:
    """The part of the address after ``documents/``: the symbol with spaces as ``_``, or ``archive/<n>``."""
    if document.symbol:
        return document.symbol.replace(" ", "_")
    return f"{ARCHIVE_PREFIX}{document.archive_number}"


def document_url(document: OfficialDocument, language: str) -> str:
    """The address of a document in a language, percent-encoded, without the host. No query."""
    return f"{_prefix(language)}{quote(document_path(document), safe=SAFE)}/"


def parallel_url(document: OfficialDocument, language: str, columns: Iterable[str] = ()) -> str:
    """The address of a document in several languages side by side, for a reader of ``language``. No query.

    Without ``columns`` the page chooses two languages itself.
    """
    asked = urlencode([("lang", short_code(code)) for code in columns])
    return f"{document_url(document, language)}{PARALLEL_SEGMENT}/{f'?{asked}' if asked else ''}"


def neutral_url(document: OfficialDocument) -> str:
    """The address that picks the reader's language, /documents/<symbol>."""
    return f"/documents/{quote(document_path(document), safe=SAFE)}"


def citation_url(document: OfficialDocument, language: str, form: str) -> str:
    """The address of a document's citation for reference managers, ``form`` being "bib" or "ris". No query."""
    return f"{document_url(document, language).removesuffix('/')}.{form}"


def data_url(document: OfficialDocument) -> str:
    """The address of a document as JSON, in all its languages: /documents/<symbol>.json. No query."""
    return f"{neutral_url(document)}.json"


def find_document(path: str) -> OfficialDocument | None:
    """The document that a path after ``documents/`` names: by symbol, former symbol or archive number. Two queries.

    Whether a visitor may see it is not asked here: that is the gate's.
    """
    path = path.strip("/")
    if path.startswith(ARCHIVE_PREFIX):
        number = path.removeprefix(ARCHIVE_PREFIX)
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            return None
        return OfficialDocument.objects.filter(archive_number=int(number)).first()
    key = symbol_key(path)
    if not key or len(key) > 120 or "\x00" in key:
        return None
    found = OfficialDocument.objects.filter(symbol_key=key).first()
    if found is not None:
        return found
    former = FormerSymbol.objects.filter(symbol_key=key).select_related("document").first()
    return former.document if former else None
