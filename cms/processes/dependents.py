"""What hangs on records: what goes with them, what loses its link to them, and what keeps them from being deleted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CASCADE, Model, Q
from django.utils.text import capfirst

# A record's parts have parts, and those have none: document, language version, file.
DEEPEST = 3


@dataclass(frozen=True)
class Dependent:
    """Records of one kind that depend on others: what they are called, in the plural, and how many there are."""

    name: str
    count: int


@dataclass(frozen=True)
class Dependents:
    """What depends on some records.

    gone: deleted with them    loosened: stays, without its link to them    needing: has to go before they can
    """

    gone: list[Dependent] = field(default_factory=list)
    loosened: list[Dependent] = field(default_factory=list)
    needing: list[Dependent] = field(default_factory=list)


def dependents_of(model: type[Model], pks: Iterable[Any]) -> Dependents:
    """What depends on the records of a model with these primary keys: a query for each kind of dependent."""
    found: dict[str, dict[type[Model], Q]] = {"gone": {}, "loosened": {}, "needing": {}}
    for fate, related, lookup in _links(model, "", frozenset({model})):
        found[fate][related] = found[fate].get(related, Q()) | Q(**{f"{lookup}__in": list(pks)})
    return Dependents(**{fate: _counted(conditions) for fate, conditions in found.items()})


def _links(model: Any, behind: str, above: frozenset[Any]) -> Iterator[tuple[str, Any, str]]:
    """The fate of what points at a model, the model that does, and the lookup from there to the first model."""
    for relation in model._meta.related_objects:
        related = relation.related_model
        if relation.many_to_many or related in above:
            continue
        lookup = f"{relation.field.name}{behind}"
        if relation.on_delete is CASCADE:
            yield "gone", related, lookup
            if len(above) < DEEPEST:
                yield from _links(related, f"__{lookup}", above | {related})
        else:
            yield _fate(relation.on_delete), related, lookup


def _fate(on_delete: Any) -> str:
    """What becomes of a row whose foreign key is treated so when its target goes."""
    return "loosened" if on_delete.__name__.startswith(("SET", "DO_NOTHING")) else "needing"


def _counted(conditions: dict[type[Model], Q]) -> list[Dependent]:
    counts = ((model, model._base_manager.filter(condition).count()) for model, condition in conditions.items())
    found = [Dependent(str(capfirst(model._meta.verbose_name_plural)), count) for model, count in counts if count]
    return sorted(found, key=lambda one: one.name)
