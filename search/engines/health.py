"""How the index of an engine is: a part of the contract in `search.engines.base`."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

HealthState = Literal["ready", "missing", "outdated", "damaged", "unreachable"]


@dataclass(frozen=True)
class Health:
    """How an index is: its state, one plain sentence, and what it holds (entries by language)."""

    engine: str
    state: HealthState
    message: str
    documents: int = 0
    entries: Mapping[str, int] = field(default_factory=dict)
    built_at: datetime.datetime | None = None

    @property
    def needs_rebuild(self) -> bool:
        """Whether only a rebuild helps."""
        return self.state in {"missing", "outdated", "damaged"}
