"""Loading the whole demonstration, piece by piece. What is there already stays as it is."""

from collections import deque
from collections.abc import Iterator
from typing import Any

from django.db import transaction

from cms.core.progress import TextStream, with_progress
from cms.core.publishing import indexes_in_batch, without_page_log
from home.demo.accounts import load_accounts
from home.demo.documents import all_documents, load_documents
from home.demo.glossary import glossary_tables, load_glossary
from home.demo.imports import all_imports, load_imports
from home.demo.pages import count_pages, load_pages
from home.demo.plain_pages import count_plain_pages, load_plain_pages
from home.demo.records import load_records
from home.demo.translations import all_papers, load_translations
from home.site_tree import set_up_site

SITE_NAME = "Plenary"


def load_all(stream: TextStream) -> None:
    """Makes all that is missing of the demonstration, and says on ``stream`` how far it has come."""
    with without_page_log(), indexes_in_batch():
        trunks = set_up_site(SITE_NAME)
        with transaction.atomic():
            load_records()
        _load(load_pages(trunks), "Pages of processes and meetings", count_pages(), stream)
        _load(load_plain_pages(trunks), "News and other pages", count_plain_pages(), stream)
        _load(load_glossary(), "Glossary", len(glossary_tables()), stream)
        load_accounts()  # their groups came with the pages; some of what is done to documents is somebody's doing
        _load(load_documents(), "Documents", len(all_documents()), stream)
        _load(load_imports(), "Imports", len(all_imports()), stream)
    # With its history: who opened, handed in and approved what is what the workplace shows.
    _load(load_translations(), "Translations", len(all_papers()), stream)


def _load(items: Iterator[Any], label: str, total: int, stream: TextStream) -> None:
    deque(with_progress(items, label, total, stream), maxlen=0)
