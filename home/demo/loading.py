"""Loading the whole demonstration, piece by piece. What is there already stays as it is."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO

from django.db import transaction

from cms.core.progress import Progress
from home.demo.documents import all_documents, load_documents
from home.demo.pages import count_pages, load_pages
from home.demo.records import load_records
from home.publishing import indexes_in_batch
from home.site_tree import set_up_site

SITE_NAME = "Plenary"


def load_all(stream: IO[str]) -> None:
    """Makes all that is missing of the demonstration, and says on ``stream`` how far it has come."""
    with without_page_log(), indexes_in_batch():
        trunks = set_up_site(SITE_NAME)
        with transaction.atomic():
            load_records()
        count_through(load_pages(trunks), "Pages", count_pages(), stream)
        count_through(load_documents(), "Documents", len(all_documents()), stream)


def count_through(items: Iterable[str], label: str, total: int, stream: IO[str]) -> None:
    """Goes through the pieces of one kind, counting them."""
    with Progress(label, total, stream) as progress:
        for _name in items:
            progress.step()


@contextmanager
def without_page_log() -> Iterator[None]:
    """Keeps Wagtail from telling of each page that is made: there are hundreds."""
    logger = logging.getLogger("wagtail")
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(level)
