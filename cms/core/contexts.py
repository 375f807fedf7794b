"""What higher floors add to the pages of lower ones.

The page of a process shows its sessions and its documents, but ``processes`` knows neither: ``meetings`` and
``documents`` register here what they add to it.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

Contribution = Callable[[Any, HttpRequest], dict[str, Any]]

_contributions: dict[str, list[Contribution]] = defaultdict(list)


def adds_to(*labels: str) -> Callable[[Contribution], Contribution]:
    """Registers a function ``(page, request) -> context`` for page types, such as ``processes.ProcessPage``."""

    def register(contribution: Contribution) -> Contribution:
        for label in labels:
            if contribution not in _contributions[label]:
                _contributions[label].append(contribution)
        return contribution

    return register


def contributed(page: Any, request: HttpRequest) -> dict[str, Any]:
    """All that other apps add to the context of this page, in the order of their registration."""
    context: dict[str, Any] = {}
    for contribution in _contributions[page._meta.label]:
        context.update(contribution(page, request))
    return context
