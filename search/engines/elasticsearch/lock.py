"""The one right to write, kept as a document in Elasticsearch, so that writers on several machines wait for each other.

Whoever holds it renews it every few seconds. A killed holder renews nothing: who has seen the same renewal for a whole
lease takes it over. Only the waiter's own clock counts, so the clocks of machines may differ.
"""

import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from elasticsearch import ApiError, ConflictError, Elasticsearch, NotFoundError, TransportError

from search.engines.base import EngineBusyError

_ID = "writer"
_RETRY_SECONDS = 0.05

Place = tuple[int, int]  # sequence number and primary term of the lock's document: which renewal it is


class Held:
    """The right to write, while it is held."""

    def __init__(self, client: Elasticsearch, index: str, place: Place, lease: float) -> None:
        self._client = client
        self._index = index
        self._place = place
        self._lease = lease
        self._lost = False
        self._released = threading.Event()
        self._renewing = threading.Thread(target=self._renew, daemon=True)
        self._renewing.start()

    def confirm(self) -> None:
        """Raises EngineBusyError when the right was lost meanwhile, as after a halt of the whole process."""
        if self._lost:
            raise EngineBusyError("Another process took over the writing of the search index.")

    def release(self) -> None:
        """Gives the right back."""
        self._released.set()
        self._renewing.join()
        if not self._lost:
            number, term = self._place
            with suppress(ApiError, TransportError):
                self._client.delete(index=self._index, id=_ID, if_seq_no=number, if_primary_term=term)

    def _renew(self) -> None:
        renewed = time.monotonic()
        while not self._released.wait(self._lease / 4):
            try:
                self._place = _written(self._client, self._index, self._place)
                renewed = time.monotonic()
            except ConflictError:
                self._lost = True
                return
            except (ApiError, TransportError):
                if time.monotonic() - renewed > self._lease:
                    self._lost = True
                    return


@contextmanager
def writer_lock(client: Elasticsearch, index: str, timeout: float, lease: float) -> Iterator[Held]:
    """Holds the right to write, waiting up to `timeout` seconds for it. Raises EngineBusyError after that.

    `index` is a small index of its own for the lock; `lease` is the number of seconds after which a right that is not
    renewed may be taken over.
    """
    held = Held(client, index, _acquired(client, index, timeout, lease), lease)
    try:
        yield held
    finally:
        held.release()


def _acquired(client: Elasticsearch, index: str, timeout: float, lease: float) -> Place:
    deadline = time.monotonic() + timeout
    seen: tuple[Place, float] | None = None
    while True:
        with suppress(ConflictError):
            return _written(client, index, None)
        now = time.monotonic()
        with suppress(NotFoundError, ConflictError):
            found = client.get(index=index, id=_ID)
            place = (found["_seq_no"], found["_primary_term"])
            if seen is None or seen[0] != place:
                seen = (place, now)
            elif now - seen[1] > lease:
                return _written(client, index, place)
        if now >= deadline:
            raise EngineBusyError("The search index is being written by another process.")
        time.sleep(_RETRY_SECONDS)


def _written(client: Elasticsearch, index: str, after: Place | None) -> Place:
    """The lock's document written anew: only if there is none, or only over this renewal. Raises ConflictError."""
    document = {"owner": uuid.uuid4().hex}
    if after is None:
        written = client.create(index=index, id=_ID, document=document)
    else:
        written = client.index(index=index, id=_ID, document=document, if_seq_no=after[0], if_primary_term=after[1])
    return written["_seq_no"], written["_primary_term"]
