"""From the address to the engine, and to the database where the engine is away."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import QueryDict

from cms.core.languages import from_short, short_code
from cms.core.visibility import Viewer
from documents.models import LanguageVersion
from documents.symbols.folding import symbol_key
from search.bodies import with_bodies
from search.choices import current_choices
from search.engines import get_engine
from search.engines.base import FACETS, SORTS, EngineError, Query, Results, Visibility
from search.related import SIMILAR, asked_name, cited_as, key_of

PER_PAGE = 20
LONGEST_WORDS = 500
MOST_VALUES = 30
LONGEST_VALUE = 100
FALLBACK_RESULTS = 50
MOST_FALLBACK_WORDS = 10
LONGEST_SYMBOL = 120


@dataclass(frozen=True)
class Answer:
    """What search came to: the engine's results, or, with the engine away, documents found by title or symbol."""

    results: Results | None
    fallback: tuple[LanguageVersion, ...] = ()


def visibility_of(viewer: Viewer) -> Visibility:
    """The viewer in the engine's terms: the same rule as the gate's ``Viewer.may_read``."""
    levels = {"public"}
    if viewer.is_superuser or viewer.grants.staff_everywhere:
        levels |= {"participants", "staff"}
    if viewer.grants.participants_everywhere:
        levels.add("participants")
    granted = {("participants", str(pk)) for pk in viewer.grants.participants | viewer.grants.staff}
    granted |= {("staff", str(pk)) for pk in viewer.grants.staff}
    return Visibility(now=viewer.now, levels=frozenset(levels), granted=frozenset(granted))


def asked_query(asked: QueryDict, language: str, viewer: Viewer) -> Query:
    """The question in an address. Whatever it holds, the answer is a query: what is malformed is left out.

    A `body:` among the words becomes a filter (`search.bodies`).
    One query where something was typed: whether the synonyms are still those that this process knows. Two more where
    the address names a document to be like by its symbol, three where it names one to be cited.
    """
    asked = with_bodies(asked, viewer)
    filters = {}
    for facet in FACETS:
        values = [value[:LONGEST_VALUE] for value in asked.getlist(facet)[:MOST_VALUES] if value]
        if facet == "language":
            values = [code for value in values if (code := from_short(value))]
        if values:
            filters[facet] = values
    words = asked.get("q", "")[:LONGEST_WORDS].replace("\x00", "")
    similar = asked_name(asked, SIMILAR)
    sort = asked.get("sort", "relevance")
    page = asked.get("page", "1")
    return Query(
        words=words,
        language=language,
        visibility=visibility_of(viewer),
        filters=filters,
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 8 else 1,
        page_size=PER_PAGE,
        sort=sort if sort in SORTS else "relevance",
        citing=cited_as(asked, viewer),
        similar_to=key_of(similar, viewer) if similar else "",
        synonyms=current_choices().synonyms if words.strip() else {},
    )


def ask(query: Query, viewer: Viewer) -> Answer:
    """Asks the engine; with the engine away, looks for titles and symbols in the database."""
    try:
        return Answer(get_engine().search(query))
    except EngineError:
        return Answer(None, tuple(_by_title_or_symbol(query, viewer)))


def _by_title_or_symbol(query: Query, viewer: Viewer) -> list[LanguageVersion]:
    """Versions with all the words in the title, or with the symbol, the reader's language first. One query."""
    words = query.words.split()[:MOST_FALLBACK_WORDS]
    if not words or query.citing or query.similar_to:
        return []
    condition = Q()
    for word in words:
        condition &= _in_title(word)
    key = symbol_key(query.words)
    if key:
        condition |= Q(document__symbol_key__startswith=key[:LONGEST_SYMBOL])
    found = LanguageVersion.objects.visible_to(viewer).filter(condition)
    versions = found.select_related("document").order_by("document__undated", "-document__date", "pk")
    by_document: dict[int, LanguageVersion] = {}
    for version in versions[: FALLBACK_RESULTS * 6]:
        if version.document_id not in by_document or version.language == query.language:
            by_document[version.document_id] = version
    return list(by_document.values())[:FALLBACK_RESULTS]


def _in_title(word: str) -> Q:
    """A word in the title. SQLite knows upper and lower case in ASCII only, so the usual forms are named."""
    return Q(title__icontains=word) | Q(title__contains=word.lower()) | Q(title__contains=word.capitalize())


def address_value(facet: str, value: str) -> str:
    """A facet's value as addresses write it: languages in their short form."""
    return short_code(value) if facet == "language" else value
