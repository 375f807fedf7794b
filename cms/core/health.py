"""Whether the site is up, for load balancers, containers and whoever is on call."""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

OK = "ok"

# Parts whose failure leaves the site readable. Each answers "ok" or a few words fit for the public.
_parts: dict[str, Callable[[], str]] = {}


def register_part(name: str, check: Callable[[], str]) -> None:
    """Report a part of the site, such as "search", on the health page. Called from an app's ready()."""
    _parts[name] = check


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 while the database answers, with the state of each part; 503 otherwise.

    A part that is not well makes the status "degraded" and no error: taking the site away would help nobody.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "down", "database": "unreachable"}, status=503)
    states = {name: check() for name, check in _parts.items()}
    status = OK if all(state == OK for state in states.values()) else "degraded"
    return JsonResponse({"status": status, "database": OK, **states})
