"""What a look-up in the translation memory costs at 100,000 pairs: the same text, similar ones, a whole page.

Every fifth pair is from a file of another program. wagtail-localize looks the same texts up too, in the same run and
among as many.

Sentences are made of words as often and as long as in running text, frequent ones short, and looked for with a number
changed, some words replaced, a clause added or the end cut off. How many of the best matches are found is told beside a
comparison with every text. Times are the processor's, the database's included; the unit is one reading of all texts.
"""

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import accumulate

from django.db import connection
from django.db.models import Q
from wagtail.models import Locale, Page

from cms.core.visibility import anonymous
from cms.localization.memory.matching import _open, _read, similar
from cms.localization.models import MemorySource, MemoryTarget, MemoryToken
from cms.localization.texts import inline
from cms.localization.texts.comparing import Comparison, text_key, tokens
from tests import factories
from tests.benchmarks import stock_memory
from tests.benchmarks.archive import spent_by_all
from tests.benchmarks.measure import Bound, Report
from tests.tree import fresh, plant, plant_process, plant_report

PAIRS = 100_000
OF_FILE = 5  # every fifth
DOCUMENTS = 40
BATCH = 5_000
QUERIES = 100
COMPARED_WITH_ALL = 10
MOST_MILLISECONDS = 50.0
MOST_OF_A_SCAN = 2.0
WORDS = 20_000
ON_PAGE = 417  # texts of a page of 300 paragraphs
# Of what wagtail-localize takes to find the same translations, string by string.
MOST_OF_STOCK = 0.5
ALPHABETS = {"en": ("bcdfghlmnprstv", "aeiou"), "zh-hans": ("", "")}


def report() -> Report:
    """Plant the memory, look texts up, and compare with reading and comparing all of them."""
    begin = time.perf_counter()
    made = {language: sentences(language, count) for language, count in (("en", PAIRS), ("zh-hans", PAIRS // 5))}
    plant_memory(made)
    planting = time.perf_counter() - begin
    scan = statistics.median(costs([read_all] * 5))
    lines = [
        f"{PAIRS:,} English and {PAIRS // 5:,} Chinese pairs on {connection.vendor}, planted in {planting:.0f} s.",
        "Milliseconds of processor time, the database's included:",
        f"{'':34}{'median':>10}{'95th of 100':>14}{'of a scan':>12}",
        f"{'reading all texts once':34}{scan * 1000:10.1f}",
    ]
    bounds = []
    for language, texts in made.items():
        asked = [query for _number, query in zip(range(QUERIES), queries(texts, language), strict=False)]
        spent = costs([looking(query, language) for query in asked])
        median, high = statistics.median(spent), statistics.quantiles(spent, n=20)[-1]
        lines.append(f"{f'similar, {language}':34}{median * 1000:10.1f}{high * 1000:14.1f}{median / scan:11.2f}x")
        found, there = recall(asked[:COMPARED_WITH_ALL], texts, language)
        lines.append(f"{'':34}best match found: {found} of {there} that are 70 % alike or more")
        bounds += [
            Bound(f"a segment, {language}, milliseconds, 95 of 100", high * 1000, MOST_MILLISECONDS),
            Bound(f"a segment, {language}, to one reading of all texts", median / scan, MOST_OF_A_SCAN),
            Bound(f"best matches missed, {language}", there - found, max(1, there // 10)),
        ]
    page = statistics.median(costs([a_page(made["en"][:ON_PAGE])] * 5))
    lines.append(f"{f'the same text, {ON_PAGE} at once':34}{page * 1000:10.1f}{'':14}{page / scan:11.2f}x")
    bounds.append(Bound(f"{ON_PAGE} texts at once, milliseconds", page * 1000, 10 * MOST_MILLISECONDS))
    more, more_bounds = beside_stock(made["en"], page)
    return Report([*lines, *more], [*bounds, *more_bounds])


def beside_stock(texts: list[str], ours: float) -> tuple[list[str], list[Bound]]:
    """The same texts of a page looked up by wagtail-localize, beside the seconds of ours; and what each way finds."""
    old, new = stock_memory.plant(texts, DOCUMENTS, ON_PAGE)
    some = texts[:ON_PAGE]
    ways: list[tuple[str, Callable[[], int]]] = [
        ("its own page, read again", lambda: stock_memory.known(old)),
        ("another page with the same texts", lambda: stock_memory.known(new)),
        ("the same, string by string", lambda: stock_memory.known_one_by_one(some)),
    ]
    lines = [f"wagtail-localize, {ON_PAGE} texts among {len(texts):,}:{'':7}median{'':9}found"]
    spent = {}
    for name, work in ways:
        spent[name] = statistics.median(costs([work] * 5))
        lines.append(f"{name:34}{spent[name] * 1000:10.1f}{work():14}")
    lines.append(f"{'here':34}{ours * 1000:10.1f}{ON_PAGE:14}")
    by_string = spent["the same, string by string"]
    return lines, [Bound("time of a page, of wagtail-localize's by string", ours / by_string, MOST_OF_STOCK)]


def report_on_postgresql() -> Report:
    """The same on a PostgreSQL of its own, in a process of its own."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.postgresql", sys.executable, "-m", "tests.benchmarks", "memory"],
        env={name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    return Report(run.stdout.splitlines(), [Bound("exit status", run.returncode, 0)])


def vocabulary(language: str, chance: random.Random) -> tuple[list[str], list[float]]:
    """Words with their summed frequencies: the n-th is used 1/n times as often as the first, and the rare are long."""
    consonants, vowels = ALPHABETS[language]
    words = []
    for rank in range(1, WORDS + 1):
        if consonants:
            syllables = 1 + min(4, len(str(rank)) - 1) + (chance.random() < 0.3)
            words.append("".join(chance.choice(consonants) + chance.choice(vowels) for _syllable in range(syllables)))
        else:
            words.append("".join(chr(chance.randint(0x4E00, 0x5A00)) for _sign in range(1 if rank < 200 else 2)))
    return words, list(accumulate(1 / rank for rank in range(1, WORDS + 1)))


def sentences(language: str, count: int) -> list[str]:
    """So many different sentences; half of them vary others, as those of reports do."""
    chance = random.Random(count)
    words, sums = vocabulary(language, chance)
    between = " " if ALPHABETS[language][0] else ""
    made: dict[str, None] = {}
    kept: list[list[str]] = []
    while len(made) < count:
        if kept and chance.random() < 0.5:
            parts = [
                chance.choice(words) if chance.random() < 0.3 else word for word in kept[chance.randrange(len(kept))]
            ]
        else:
            parts = chance.choices(words, cum_weights=sums, k=chance.randint(5, 35))
            parts.insert(3, str(chance.randint(1, 2030)))
        kept.append(parts)
        made[between.join(parts)] = None
    return list(made)


def queries(texts: list[str], language: str) -> Iterator[str]:
    """Texts like those of the memory, each changed in one way."""
    chance = random.Random(7)
    between = " " if ALPHABETS[language][0] else ""
    while True:
        text = chance.choice(texts)
        parts = text.split(" ") if between else list(text)
        yield between.join([*parts, "(2026)"])
        yield between.join(part for part in parts if chance.random() > 0.1)
        yield between.join(part if chance.random() > 0.25 else "other" for part in parts)
        yield between.join(["in", "accordance", "with", "its", "mandate", *parts])
        yield between.join(parts[: max(4, len(parts) * 2 // 3)])


def plant_memory(made: dict[str, list[str]]) -> None:
    """The pairs, from some documents in three languages."""
    tree = plant(["en", "fr", "zh-hans"])
    process = factories.ProcessFactory(code="bench")
    above = plant_process(tree, process)
    pages: dict[str, list[int]] = {"en": [], "fr": [], "zh-hans": []}
    for _number in range(DOCUMENTS):
        document = factories.OfficialDocumentFactory(process=process)
        for code, found in pages.items():
            found.append(plant_report(fresh(above[code]), document).pk)
    file = factories.MemoryFileFactory(process=process)
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    for language, texts in made.items():
        for start in range(0, len(texts), BATCH):
            some = texts[start : start + BATCH]
            sources = MemorySource.objects.bulk_create(
                MemorySource(locale=locales[language], key=text_key(text, language), text=text) for text in some
            )
            MemoryToken.objects.bulk_create(
                (
                    MemoryToken(token=token, source=source)
                    for source in sources
                    for token in tokens(source.text, language)
                ),
                batch_size=10_000,
            )
            MemoryTarget.objects.bulk_create(
                MemoryTarget(
                    source=source,
                    locale=locales["fr"],
                    text=f"FR {source.text}",
                    **(
                        {"file": file}
                        if number % OF_FILE == 0
                        else {
                            "source_page_id": pages[language][number % DOCUMENTS],
                            "page_id": pages["fr"][number % DOCUMENTS],
                        }
                    ),
                )
                for number, source in enumerate(sources)
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    assert Page.objects.filter(live=True).count() > 3 * DOCUMENTS


def looking(query: str, language: str) -> Callable[[], object]:
    """The work of looking a text up, the questions to the gate included."""
    coded = inline.Coded(query, ())
    source, target = Locale.objects.get(language_code=language), Locale.objects.get(language_code="fr")
    return lambda: similar(coded, source, target, anonymous())


def a_page(texts: list[str]) -> Callable[[], object]:
    """The work of looking up the texts of a page at once, as ``exact`` does with the rows of an editor."""
    target = Locale.objects.get(language_code="fr")

    def work() -> object:
        keys = {text_key(text, "en") for text in texts}
        found = _open(_read(Q(source__key__in=keys), target), anonymous())
        assert len(found) == len(texts)
        return found

    return work


def read_all() -> object:
    """Reading every text once, as a memory without its words would."""
    return MemorySource.objects.filter(text__contains="a text that is not there").count()


def costs(works: list[Callable[[], object]]) -> list[float]:
    """Seconds that each piece of work takes, after one that is not counted."""
    works[0]()
    spent = spent_by_all()
    found = []
    for work in works:
        begin = spent()
        work()
        found.append(spent() - begin)
    return found


def recall(asked: list[str], texts: list[str], language: str) -> tuple[int, int]:
    """How many of the best matches are found, and how many there are, by comparing with every text."""
    found = there = 0
    for query in asked:
        comparison = Comparison(query)
        best = max(map(comparison.percentage, texts))
        if best >= 70:
            there += 1
            hits: list[object] = looking(query, language)()  # type: ignore[assignment]  # what `similar` gives
            found += bool(hits) and hits[0].percentage >= min(best, 99)
    return found, there
