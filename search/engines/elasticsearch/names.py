"""What the indexes of one site are called on a server that several sites may share.

    PREFIX_archive_1a2b3c4d                   the alias that readers ask: one for each version of the program
    PREFIX_archive_1a2b3c4d_0123456789ab      an index that a rebuild made
    PREFIX_archive_lock                       the lock of writers

All that follows the prefix is of one length, so no site's names can be another's, whatever their prefixes are.
"""

import re
import uuid

from elasticsearch import Elasticsearch, NotFoundError


class Names:
    """The names of one site's indexes. `fingerprint` (8 hexadecimal digits) tells what an index is made with."""

    def __init__(self, prefix: str, fingerprint: str) -> None:
        self._archive = f"{prefix}_archive"
        self.lock = f"{self._archive}_lock"
        # An index of another version has another alias, so no search needs to ask what it was made with.
        self.alias = f"{self._archive}_{fingerprint}"

    def new(self) -> str:
        """A name for a new index."""
        return f"{self.alias}_{uuid.uuid4().hex[:12]}"

    def is_readable(self, index: str) -> bool:
        """Whether this is the name of an index of this site, made with what this program makes one with."""
        return re.fullmatch(f"{re.escape(self.alias)}_[0-9a-f]{{12}}", index) is not None

    def indices(self, client: Elasticsearch) -> dict[str, list[str]]:
        """All indexes of this site that rebuilds made, of whatever version, each with its aliases."""
        own = re.compile(f"{re.escape(self._archive)}_[0-9a-f]{{8}}_[0-9a-f]{{12}}")
        found = client.indices.get(index=f"{self._archive}_*", features=["aliases"], expand_wildcards="all")
        return {name: list(found[name]["aliases"]) for name in found if own.fullmatch(name)}

    def aliased(self, client: Elasticsearch) -> str | None:
        """The name of the index that readers use; None when none was ever built."""
        try:
            return next(iter(client.indices.get_alias(name=self.alias)))
        except NotFoundError:
            return None
