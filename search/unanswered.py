"""Keeping count of queries without results, without anything about whoever asked.

What looks like personal data is not kept at all: addresses, numbers as long as those of telephones and accounts, dates
of birth, long texts. Nor is what no reader types: markup, code, the queries of robots.
"""

import datetime
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, connection, transaction
from django.http import HttpRequest
from django.utils import timezone

from search.engines.analysis import clean, fold, tokens
from search.engines.base import Query, Results
from search.models import UnansweredQuery
from search.models.unanswered import LONGEST_QUERY

logger = logging.getLogger(__name__)

MOST_WORDS = 12
LONGEST_WORD = 30
# Rows kept; of more, the ones asked least and longest ago go.
MOST_ROWS = 10_000

_UPSERT = """
    INSERT INTO search_unansweredquery (language, key, words, count, last_asked) VALUES (%s, %s, %s, 1, %s)
    ON CONFLICT (language, key)
    DO UPDATE SET count = search_unansweredquery.count + 1, last_asked = excluded.last_asked
"""
# Seven figures in a row, whatever parts them but a slash, which symbols have; a day, month and year.
_NUMBER = re.compile(r"(?:\d[\s().+–-]*){7}")
_DATE = re.compile(r"(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?!\d)")
_JUNK = re.compile(r"[@<>{}\[\]\\|^`~=;$\x00-\x08\x0e-\x1f]|://|www\.|--|\.\./|/\*|&&", re.IGNORECASE)
_ROBOT = re.compile(r"bot|crawl|spider|slurp|fetch|scan|monitor|preview|curl|wget|python|java/|http", re.IGNORECASE)


class _Sweep:
    """The day on which this process removed old rows last."""

    day: datetime.date | None = None


_sweep = _Sweep()


def note_unanswered(query: Query, results: Results | None, request: HttpRequest) -> None:
    """Counts a query that found nothing: the first page, unfiltered, asked by a browser. Never raises, never waits."""
    is_plain = query.page == 1 and not query.filters and query.only is None
    if results is None or results.complete or not is_plain or request.method != "GET" or _is_robot(request):
        return
    words = " ".join(clean(query.words).split())
    if not may_be_kept(words):
        return
    today = timezone.now().date()
    key = " ".join(fold(token) for token in tokens(words))
    try:
        with _without_waiting(), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(_UPSERT, [query.language, key, words, connection.ops.adapt_datefield_value(today)])
            if _sweep.day != today:
                remove_old_queries()
                _sweep.day = today
    except Error as error:
        logger.warning("A query without results could not be counted: %s", error)


def may_be_kept(words: str) -> bool:
    """Whether a query may be kept: some words, none of which look like personal data or like an attack."""
    found = tokens(words)
    return (
        bool(found)
        and len(words) <= LONGEST_QUERY
        and len(words.split()) <= MOST_WORDS
        and max(map(len, found)) <= LONGEST_WORD
        and any(not character.isdigit() for token in found for character in token)
        and not (_JUNK.search(words) or _NUMBER.search(words) or _DATE.search(words))
    )


def remove_old_queries() -> int:
    """Removes what was last asked 90 days ago or earlier, and what is beyond the most that are kept; says how many."""
    removed, _by_model = UnansweredQuery.objects.old().delete()
    least = UnansweredQuery.objects.order_by("-count", "-last_asked", "-pk").values_list("pk", flat=True)
    beyond = list(least[MOST_ROWS : 2 * MOST_ROWS])
    return removed + UnansweredQuery.objects.filter(pk__in=beyond).delete()[0]


def _is_robot(request: HttpRequest) -> bool:
    agent = request.headers.get("User-Agent", "")
    return not agent or _ROBOT.search(agent) is not None


@contextmanager
def _without_waiting() -> Iterator[None]:
    """Lets a write fail at once where another one holds the database: SQLite would make the reader wait for it."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (timeout,) = cursor.fetchone()
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(timeout)}")
