"""How much each kind of match counts, the same for every engine: data with a version, so changes can be compared."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Weights:
    """Factors on an engine's own score of a word, except for the three `symbol` scores, which stand for themselves."""

    version: int
    title: float
    text: float
    in_sequence: float  # all words near each other in the order typed
    readers_language: float
    synonym: float
    exact_symbol: float
    loose_symbol: float
    begins_symbol: float
    cites_symbol: float


WEIGHTS = Weights(
    version=2,
    title=3.0,
    text=1.0,
    in_sequence=1.5,
    readers_language=1.2,
    synonym=0.9,
    exact_symbol=20_000.0,
    loose_symbol=10_000.0,
    begins_symbol=1_000.0,
    cites_symbol=20.0,
)
