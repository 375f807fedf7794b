"""What tantivy raises, under the names of the contract."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from search.engines.base import EngineBusyError, EngineError, EngineUnavailableError

logger = logging.getLogger(__name__)

DAMAGED = "The search index is damaged."


@contextmanager
def tantivy_errors() -> Iterator[None]:
    """Gives what tantivy raises the names of the contract: it knows ValueError and, for the unforeseen, a panic."""
    try:
        yield
    except EngineError:
        raise
    except (ValueError, OSError) as error:
        if "LockBusy" in str(error):
            raise EngineBusyError("The search index is being written by another process.") from error
        logger.exception("The embedded search index failed.")
        raise EngineUnavailableError("damaged", DAMAGED) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # of the Rust side; it derives from BaseException
            logger.exception("The embedded search index failed.")
            raise EngineUnavailableError("damaged", DAMAGED) from error
        raise
