"""Moving from one engine to another, in one command, while the site goes on searching.

``ELASTICSEARCH_URL=http://host:9200 manage.py rebuild_search_index`` builds the other engine's index; an empty variable
builds the embedded one. The site goes on with the engine of its own settings, and changes go to that one, until it is
started with the new settings. The worker then sees that it feeds another index than before and has it compared with the
database: what changed in between is fed again, and nothing else.
"""

from urllib.parse import urlsplit

from django.conf import settings

from search.models import FedIndex

LONGEST_NAME = 500


def index_in_use() -> str:
    """The index that the settings name; without the password that an address may hold."""
    if settings.ELASTICSEARCH_URL:
        address = urlsplit(settings.ELASTICSEARCH_URL)
        return f"{address.hostname}:{address.port or ''}/{settings.ELASTICSEARCH_PREFIX}"[:LONGEST_NAME]
    return str(settings.SEARCH_INDEX_DIR)[-LONGEST_NAME:]


def has_moved() -> bool:
    """Notes which index is fed from now on, and says whether it was another one before."""
    name = index_in_use()
    before = FedIndex.objects.first()
    if before is None:
        FedIndex.objects.create(name=name)
        return False
    if before.name == name:
        return False
    before.name = name
    before.save()
    return True
