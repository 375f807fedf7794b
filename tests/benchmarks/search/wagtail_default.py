"""What a Wagtail site has by default: its database search, on the same texts."""

import uuid
from functools import partial
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from modelsearch.query import Phrase
from wagtail.models import Locale, Page

from tests.benchmarks.measure import Bound, Report, seconds
from tests.benchmarks.search.corpus import Facts, entries, queries
from tests.benchmarks.search.embedded import Index

COMPARED = 10_000  # pages; with more its search takes minutes
FEWEST_TIMES = 20
BATCH = 500
# What readers ask in its terms: it knows words as they stand, and no facets.
ASKED: dict[str, tuple[Any, str]] = {
    "a rare word": ("zebra", "en"),
    "a common word": ("committee", "en"),
    "a common word, Russian": ("комитета", "ru"),
    "two words": ("комитета поведения", "ru"),
    "a phrase": (Phrase("code of conduct"), "en"),
}


def report(index: Index, facts: Facts) -> Report:
    """The first twenty pages of each query by the stock backend, and by ours with facets and marked passages."""
    if connection.vendor != "sqlite":
        return Report(["LEFT OUT: Wagtail's search on SQLite, because the database is another."])
    # Its models are those of this database alone.
    from modelsearch.backends.database.sqlite.sqlite import SQLiteSearchBackend

    plant_pages(index.size, facts)
    backend, engine = SQLiteSearchBackend({}), index.engine()
    lines = [f"Wagtail's own search of {index.size:,} pages beside ours, milliseconds:"]
    theirs, ours = 0.0, 0.0
    for name, (words, language) in ASKED.items():
        pages = Page.objects.live().filter(locale=Locale.objects.get(language_code=language))
        stock = seconds(partial(list, backend.search(words, pages)[:20]))
        query = queries()[name]
        engine.search(query)
        own = min(seconds(partial(engine.search, query)) for _run in range(5))
        lines.append(f"{name:28}{stock * 1000:12.1f}{own * 1000:12.1f}{stock / own:9.1f} times as fast")
        theirs, ours = theirs + stock, ours + own
    lines.append(f"{'all of them':28}{theirs * 1000:12.1f}{ours * 1000:12.1f}{theirs / ours:9.1f} times as fast")
    # With fewer pages its own way to rank does not show yet.
    bound = Bound("ours to Wagtail's own, all queries together", ours / theirs, 1 / FEWEST_TIMES)
    return Report(lines, [bound] if index.size == COMPARED else [])


def plant_pages(count: int, facts: Facts) -> None:
    """A page for each entry, with its title and text in the index that Wagtail's search asks."""
    from modelsearch.backends.database.sqlite.sqlite import IndexEntry, SQLiteSearchBackend  # SQLite's alone

    above = Page.objects.get(depth=1)
    kind = ContentType.objects.get_for_model(Page)
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    stream = enumerate(entries(count, facts))
    while batch := list(islice(stream, BATCH)):
        pages = Page.objects.bulk_create(
            Page(
                path=f"{above.path}Z{number:07}",
                depth=3,
                numchild=0,
                translation_key=uuid.uuid4(),
                locale=locales[entry.language],
                title=entry.title,
                slug=f"speed-{number}",
                url_path=f"/speed-{number}/",
                content_type=kind,
            )
            for number, entry in batch
        )
        IndexEntry.objects.bulk_create(
            IndexEntry(content_type=kind, object_id=str(page.pk), title=page.title, body=entry.text)
            for page, (_number, entry) in zip(pages, batch, strict=True)
        )
    SQLiteSearchBackend({}).get_index_for_model(Page)._refresh_title_norms(full=True)
