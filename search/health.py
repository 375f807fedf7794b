"""How search is, for the health page."""

import datetime

from django.utils import timezone

from cms.core.health import OK
from search.engines import get_engine
from search.models import IndexChange

LATE = datetime.timedelta(minutes=15)


def search_state() -> str:
    """ "ok", or what is wrong with the index, or that changes have waited for more than 15 minutes."""
    health = get_engine().health()
    if health.state != "ready":
        return health.message
    oldest = IndexChange.objects.order_by("pk").first()
    if oldest is not None and timezone.now() - oldest.created_at > LATE:
        return "Changes wait to be indexed. Is the task worker running?"
    return OK
