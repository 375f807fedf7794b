"""The documents of one page in their order: by score, and those of the same score as the other engine has them."""

from collections.abc import Sequence
from typing import Any

from tantivy import DocAddress, Order, Query, Searcher

from search.engines.counting import ORDERS
from search.engines.grouping import TIE_FIELD

# tantivy gives documents of the same score in the order in which they came into the index. So it is asked for some more
# than the page, and for more still while the last of the page is as good as the last that it gave.
_BEYOND = 30
_MOST_LOOKED_AT = 2_000
# Sums of the same scores in another order differ in the last places of a number of 32 bits.
_SAME = 1e-6


def page_of(searcher: Searcher, documents: Query, order: str, page: int, size: int) -> tuple[int, list[DocAddress]]:
    """The number of documents, and those of one page, in the order of this name."""
    if order in ORDERS:
        field, descends = ORDERS[order]
        direction = Order.Desc if descends else Order.Asc
        found: Any = searcher.search(
            documents, size, offset=(page - 1) * size, order_by_field=field, order=direction
        )  # tantivy's types leave the count out
        return int(found.count), [address for _score, address in found.hits]
    start, end = (page - 1) * size, page * size
    limit = end + _BEYOND
    while True:
        found = searcher.search(documents, limit)
        hits = found.hits
        if len(hits) < limit or limit >= _MOST_LOOKED_AT or not _is_same(hits[end - 1][0], hits[-1][0]):
            break
        limit = min(limit * 4, _MOST_LOOKED_AT)
    return int(found.count), _in_order(searcher, hits)[start:end]


def count_of(searcher: Searcher, documents: Query) -> int:
    """The number of documents."""
    found: Any = searcher.search(documents, 1)
    return int(found.count)


def _in_order(searcher: Searcher, hits: Sequence[tuple[Any, DocAddress]]) -> list[DocAddress]:
    """The hits by score, those of the same score by the field for ties."""
    groups: list[tuple[float, list[DocAddress]]] = []
    for score, address in hits:
        if groups and _is_same(groups[-1][0], score):
            groups[-1][1].append(address)
        else:
            groups.append((score, [address]))
    ordered: list[DocAddress] = []
    for _score, same in groups:
        ties = searcher.fast_field_values(TIE_FIELD, same) if len(same) > 1 else [0]
        ordered += [address for _tie, address in sorted(zip(ties, same, strict=True), key=_tie_of, reverse=True)]
    return ordered


def _tie_of(tied: tuple[Any, DocAddress]) -> int:
    return int(tied[0])


def _is_same(higher: float, lower: float) -> bool:
    return higher - lower <= _SAME * abs(higher)
