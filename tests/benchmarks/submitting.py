"""What sending a long page to translation costs, and taking up what changed in it, beside wagtail-localize's code."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models.signals import pre_save
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationLog, TranslationSource
from wagtail_localize.operations import translate_object

from cms.localization.guards import refuse_stock_writer
from cms.localization.sending.sources import snapshot
from cms.localization.sending.translating import translate_page
from documents.models import ReportPage
from tests import factories
from tests.benchmarks.measure import Bound, Report, seconds
from tests.benchmarks.planting import LANGUAGES, plant_process
from tests.cms.localization.long_report import PARAGRAPHS, lengthen
from tests.tree import fresh, plant_report

MOST_QUERIES = 70  # a language, its target page made
MOST_QUERIES_OF_ROWS = 30  # a language, without its page
# Of what wagtail-localize takes for the same.
MOST_TIME = 0.3
MOST_TIME_OF_REFRESH = 0.5


def report() -> Report:
    """Send a page of 300 paragraphs into five languages, both ways, and put a paragraph in at its top."""
    # Never committed, so that no index is fed.
    with transaction.atomic():
        page, locales = planted()
        boss = factories.UserFactory(is_superuser=True)
        with _taken_back():
            stock = _cost(lambda: translate_object(page, locales))
            stock_refresh = _cost(_changed(page, lambda: TranslationSource.objects.get().update_from_db()))
        with _taken_back():
            rows = _cost(lambda: _open(page, locales))
        with _taken_back():
            ours = _cost(lambda: translate_page(page, locales, boss))
            refresh = _cost(_changed(page, lambda: snapshot(fresh(page))))
        transaction.set_rollback(True)
    count = len(locales)
    lines = [
        f"{PARAGRAPHS} paragraphs, {count} languages{'':16}{'queries a language':>20}{'ms a language':>16}",
        _line("wagtail-localize", stock, count),
        _line("here, with the target pages", ours, count),
        _line("here, without them", rows, count),
        f"{'a paragraph put in at the top':46}{'queries':>20}{'ms':>16}",
        _line("wagtail-localize", stock_refresh, 1),
        _line("here", refresh, 1),
    ]
    return Report(
        lines,
        [
            Bound("queries a language", ours[0] / count, MOST_QUERIES),
            Bound("queries a language, without target pages", rows[0] / count, MOST_QUERIES_OF_ROWS),
            Bound("time of wagtail-localize's", ours[1] / stock[1], MOST_TIME),
            Bound("time of wagtail-localize's for the change", refresh[1] / stock_refresh[1], MOST_TIME_OF_REFRESH),
        ],
    )


Cost = tuple[int, float]


def planted() -> tuple[ReportPage, list[Locale]]:
    """The page, published in English, and the languages that it is sent into."""
    _tree, process, pages = plant_process()
    document = factories.OfficialDocumentFactory(process=process, symbol="BENCH/1")
    page = lengthen(plant_report(pages["en"], document))
    return page, list(Locale.objects.filter(language_code__in=LANGUAGES[1:]).order_by("pk"))


@contextmanager
def _taken_back() -> Iterator[None]:
    """Takes back what is written, and lets wagtail-localize write meanwhile."""
    pre_save.disconnect(sender=TranslationLog, dispatch_uid="localization_refuse_stock_writer")
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        pre_save.connect(refuse_stock_writer, sender=TranslationLog, dispatch_uid="localization_refuse_stock_writer")


def _open(page: ReportPage, locales: list[Locale]) -> None:
    """The rows that translators work on, without target pages."""
    source = snapshot(page)
    for locale in locales:
        Translation(source=source, target_locale=locale).save()


def _changed(page: ReportPage, work: Callable[[], object]) -> Callable[[], object]:
    """Puts a paragraph in at the top of the page first; only the work is measured."""
    instance = fresh(page)
    value = {"label": "0", "anchor": "new", "text": "<p>The plenary meeting opened.</p>"}
    instance.body.insert(0, ("paragraph", value))
    instance.save()
    return work


def _cost(work: Callable[[], object]) -> Cost:
    """Queries and seconds of work that is done once. Django's own log of queries holds 9,000 and no more."""
    queries = 0

    def count(execute: Callable[..., object], *arguments: object) -> object:
        nonlocal queries
        queries += 1
        return execute(*arguments)

    with connection.execute_wrapper(count):
        spent = seconds(work)
    return queries, spent


def _line(name: str, cost: Cost, count: int) -> str:
    return f"{name:46}{cost[0] / count:>20,.0f}{cost[1] / count * 1000:>16,.0f}"
