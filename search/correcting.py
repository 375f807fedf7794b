"""Did you mean, on the search page: a link where little was found, other results, said to be so, where nothing was."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, QueryDict

from cms.core.visibility import Viewer
from search.asking import Answer, ask
from search.engines import get_engine
from search.engines.base import Engine, EngineError, Query, Results
from search.facets import kept

FEW = 3  # results from which on nobody is asked what they meant
AS_TYPED = "as_typed"  # the parameter of an address that asks for what was typed and nothing else


@dataclass(frozen=True)
class Correction:
    """What a reader may have meant, empty when nothing better is known, and whether the results shown are of that."""

    words: str = ""
    is_shown: bool = False


def ask_or_correct(query: Query, viewer: Viewer, *, as_typed: bool) -> tuple[Answer, Correction]:
    """Asks; where little is found, also for a correction, and where nothing is, for its results unless `as_typed`."""
    answer = ask(query, viewer)
    if answer.results is None:
        return answer, Correction()
    try:
        results, correction = corrected(get_engine(), query, answer.results, as_typed=as_typed)
    except EngineError:
        return answer, Correction()
    return Answer(results), correction


def corrected(engine: Engine, query: Query, results: Results, *, as_typed: bool = False) -> tuple[Results, Correction]:
    """The results to show of what an engine found for a query, and the correction, if one is asked for and known.

    Raises EngineError.
    """
    if results.complete >= FEW:
        return results, Correction()
    words = engine.corrected(query)
    if not words or results.complete:
        return results, Correction(words)
    better = engine.search(replace(query, words=words))
    if not better.complete:
        return results, Correction()
    if as_typed:
        return results, Correction(words)
    return better, Correction(words, is_shown=True)


def correction_context(request: HttpRequest, correction: Correction) -> dict[str, Any]:
    """What the page says of a correction: the address of its results, and of those of what was typed."""
    corrected = _address(request.GET, q=correction.words)
    corrected.pop(AS_TYPED, None)
    return {
        "correction": correction,
        "correction_url": f"?{corrected.urlencode()}",
        "as_typed_url": f"?{_address(request.GET, **{AS_TYPED: '1'}).urlencode()}",
    }


def _address(asked: QueryDict, **changed: str) -> QueryDict:
    """The parameters of the first page of an address with some of them changed."""
    address = kept(asked)
    for name, value in changed.items():
        address[name] = value
    return address
