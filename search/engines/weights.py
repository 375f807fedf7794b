"""How much each kind of match counts, the same for every engine: data with a version, so changes can be compared."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from search.engines.grouping import TEXT_FIELDS

FILE = Path(__file__).with_name("weights.toml")


@dataclass(frozen=True)
class Weights:
    """Factors on an engine's own score of a word, except for the `symbol` scores, which stand for themselves.

    `fields` are the factors of the fields that hold words. What the others are about stands in `weights.toml`.
    """

    version: int
    fields: Mapping[str, float]
    in_sequence: float
    in_title: float
    readers_language: float
    synonym: float
    exact_symbol: float
    loose_symbol: float
    begins_symbol: float
    cites_symbol: float
    one_language: float
    all_words: float


def read_weights(text: str) -> Weights:
    """The weights that a file's text gives.

    Raises ValueError, with what is wrong in one sentence, unless every weight is there, no other, and none is negative.
    """
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"The weights cannot be read: {error}.") from error
    version = found.pop("version", None)
    if not isinstance(version, int) or isinstance(version, bool):
        raise ValueError("The weights need a version: a whole number.")
    fields = _numbers(found, "fields", TEXT_FIELDS)
    factors = _numbers(found, "factors", ("in_sequence", "in_title", "readers_language", "synonym"))
    symbols = _numbers(found, "symbols", ("exact", "loose", "begins", "cites"))
    tiers = _numbers(found, "tiers", ("one_language", "all_words"))
    if found:
        raise ValueError(f"There are no weights called {', '.join(sorted(found))}.")
    return Weights(
        version=version,
        fields=MappingProxyType(fields),
        **factors,
        **{f"{name}_symbol": score for name, score in symbols.items()},
        **tiers,
    )


def _numbers(found: dict[str, Any], table: str, names: tuple[str, ...]) -> dict[str, float]:
    """The numbers of one table, which is taken out of what was found."""
    values = found.pop(table, None)
    if not isinstance(values, dict) or set(values) != set(names):
        raise ValueError(f"The weights of {table} are {', '.join(names)}: all of them and no others.")
    for name, value in values.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
            raise ValueError(f"The weight {table}.{name} is a number that is not negative, not {value!r}.")
    return {name: float(value) for name, value in values.items()}


WEIGHTS = read_weights(FILE.read_text(encoding="utf-8"))
