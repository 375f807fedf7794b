"""What the states of 5,000 pages in five languages cost, beside wagtail-localize's report of translations.

The report lists fifty translations at a time and cannot tell states apart that are not its own; the matrix counts all
25,000 and shows 250 of them.
"""

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    String,
    StringSegment,
    StringTranslation,
    TranslatableObject,
    Translation,
    TranslationContext,
    TranslationSource,
)

from cms.localization.models import SegmentReview
from tests import factories
from tests.benchmarks.measure import Bound, Report, queries, seconds
from tests.benchmarks.planting import LANGUAGES, plant_process

FEW, MANY = 50, 5_000
TEXTS = 4  # of each page
TRANSLATED = 3  # of them, in all languages but the last, which nobody began
RUNS = 3
BATCH = 2_000
REPORT = "/stock/report/"
# The report's pages that hold as many translations as the matrix shows cells.
REPORT_PAGES = 5
MOST_QUERIES = 40
MOST_TO_REPORT = 8.0


def report() -> Report:
    """Show the matrix of pages with few and with many of them, and the report of the same translations."""
    # Never committed, so that no index is fed.
    with transaction.atomic(), override_settings(ROOT_URLCONF="tests.benchmarks.stock_report_urls"):
        tree, _process, _pages = plant_process()
        client = Client(raise_request_exception=True)
        client.force_login(factories.UserFactory(is_superuser=True))
        matrix = reverse("localization:matrix") + "?kind=pages"
        plant_translations(tree.homes, FEW, 0)
        few = _cost(client, [matrix])
        plant_translations(tree.homes, MANY - FEW, FEW)
        many = _cost(client, [matrix])
        sheet = _cost(client, [f"{matrix}&format=csv"])
        stock = _cost(client, [f"{REPORT}?p={number}" for number in range(1, REPORT_PAGES + 1)])
        transaction.set_rollback(True)
    count = MANY * (len(LANGUAGES) - 1)
    lines = [
        f"{MANY:,} pages, {count:,} translations on {connection.vendor}{'':8}{'queries':>10}{'ms':>10}",
        _line(f"matrix, {FEW} pages", few),
        _line(f"matrix, {MANY:,} pages, 50 shown", many),
        _line(f"matrix, {MANY:,} pages as CSV", sheet),
        _line(f"wagtail-localize's report, {REPORT_PAGES} x 50 of them", stock),
    ]
    return Report(
        lines,
        [
            Bound("queries", many[0], MOST_QUERIES),
            Bound("queries with many pages to those with few", many[0] / few[0], 1.0),
            Bound("time of all states to that of the report's 250", many[1] / stock[1], MOST_TO_REPORT),
        ],
    )


Cost = tuple[int, float]


def _cost(client: Client, addresses: Sequence[str]) -> Cost:
    """Queries and least seconds of reading these one after the other."""

    def read() -> None:
        for address in addresses:
            answer = client.get(address)
            if answer.status_code != 200:
                raise RuntimeError(f"{address} answers {answer.status_code}.")

    read()  # what the first request of a process fills
    return queries(read), min(seconds(read) for _run in range(RUNS))


def _line(name: str, cost: Cost) -> str:
    return f"{name:56}{cost[0]:>10,}{cost[1] * 1000:>10,.0f}"


def plant_translations(homes: dict[str, Any], count: int, start: int) -> None:
    """Pages in the first language, live, and their translations into the others, in bulk: three texts of four are
    confirmed in all languages but the last.
    """
    first, *others = LANGUAGES
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    kind = ContentType.objects.get_for_model(Page)
    keys = [uuid.uuid4() for _number in range(count)]
    for code in LANGUAGES:
        home = Page.objects.get(pk=homes[code].pk)
        rows = _pages(home, locales[code], kind, keys, start, live=code == first)
        Page.objects.bulk_create(rows, batch_size=BATCH)
    now = timezone.now()
    objects = [TranslatableObject(translation_key=key, content_type=kind) for key in keys]
    TranslatableObject.objects.bulk_create(objects, batch_size=BATCH)
    sources = TranslationSource.objects.bulk_create(
        [
            TranslationSource(
                object=entry,
                specific_content_type=kind,
                locale=locales[first],
                object_repr=f"Page {start + number}",
                content_json="{}",
                created_at=now,
                last_updated_at=now,
            )
            for number, entry in enumerate(objects)
        ],
        batch_size=BATCH,
    )
    Translation.objects.bulk_create(
        [Translation(source=source, target_locale=locales[code]) for source in sources for code in others],
        batch_size=BATCH,
    )
    _plant_texts(sources, locales, others[:-1], start)


def _pages(home: Page, locale: Locale, kind: Any, keys: list[uuid.UUID], start: int, *, live: bool) -> Iterator[Page]:
    """Rows of pages under a home page, behind those that are there."""
    for number, key in enumerate(keys, start=start + 1):
        yield Page(
            path=home._get_path(home.path, home.depth + 1, home.numchild + number),
            depth=home.depth + 1,
            title=f"Page {number}",
            draft_title=f"Page {number}",
            slug=f"page-{number}",
            url_path=f"{home.url_path}page-{number}/",
            content_type=kind,
            locale=locale,
            translation_key=key,
            live=live,
        )


def _plant_texts(
    sources: Sequence[TranslationSource], locales: dict[str, Locale], languages: Sequence[str], start: int
) -> None:
    texts = [(source, place) for source in sources for place in range(TEXTS)]
    first = sources[0].locale
    strings = [
        String(locale=first, data=f"Text {start} {number}", data_hash=uuid.uuid4()) for number in range(len(texts))
    ]
    String.objects.bulk_create(strings, batch_size=BATCH)
    contexts = [
        TranslationContext(object_id=source.object_id, path=f"text{place}", path_id=uuid.uuid4())
        for source, place in texts
    ]
    TranslationContext.objects.bulk_create(contexts, batch_size=BATCH)
    rows = list(zip(texts, strings, contexts, strict=True))
    StringSegment.objects.bulk_create(
        [
            StringSegment(source=source, context=context, string=string, order=place, attrs="{}")
            for (source, place), string, context in rows
        ],
        batch_size=BATCH,
    )
    now = timezone.now()
    made = StringTranslation.objects.bulk_create(
        [
            StringTranslation(
                translation_of=string,
                context=context,
                locale=locales[code],
                data="Text",
                translation_type="manual",
                created_at=now,
                updated_at=now,
            )
            for (_source, place), string, context in rows
            if place < TRANSLATED
            for code in languages
        ],
        batch_size=BATCH,
    )
    SegmentReview.objects.bulk_create(
        [SegmentReview(translation=entry, state=SegmentReview.State.CONFIRMED) for entry in made], batch_size=BATCH
    )
