"""What search costs: an index against a bare tantivy index of the same texts, and the page with few and many hits."""

import tempfile
from collections.abc import Sequence
from urllib.parse import urlencode

import tantivy
from django.core.files.base import ContentFile
from django.test import override_settings

from documents.models import DocumentFile, LanguageVersion
from search.engines import get_engine
from search.engines.base import Entry
from search.entries import all_entries
from tests.benchmarks.measure import Bound, Report, measure, seconds, table
from tests.benchmarks.pages import reading
from tests.benchmarks.planting import LANGUAGES, plant_documents, plant_site
from tests.benchmarks.texts import LANGUAGES as TEXTS
from tests.benchmarks.texts import text_of

FEW_DOCUMENTS = 100
MANY_DOCUMENTS = 1_500  # of three versions, each with a text of about 8 kB
MOST_QUERIES = 25
# Of the time of the same texts in bare tantivy, which stems nothing, groups nothing and knows no facets.
MOST_TO_BARE = 30
HEAP = 50_000_000  # bytes, as the embedded engine has

QUESTIONS = {
    "one word": {"q": "secretariat"},
    "four words": {"q": "focal point figures session"},
    "another language": {"q": "секретариат", "language": "ru"},
    "a symbol": {"q": "bench many 77"},
    "everything": {},
    "filtered": {"q": "report", "kind": "report", "year": "2020", "sort": "newest"},
}


def report() -> Report:
    """Measure the rebuild and the page, first with few documents, then with many."""
    with (
        tempfile.TemporaryDirectory() as folder,
        override_settings(
            SEARCH_INDEX_DIR=folder,
            TASKS={"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": []}},
        ),
    ):
        site = plant_site()
        plant_documents(site.process, site.bodies, FEW_DOCUMENTS, "FEW")
        plant_texts()
        get_engine().rebuild(all_entries())
        bare = measure("bare view", reading("/health/"), runs=50)
        few = {name: measure(name, reading(address(asked))) for name, asked in QUESTIONS.items()}
        plant_documents(site.process, site.bodies, MANY_DOCUMENTS, "MANY")
        plant_texts()
        lines, to_bare = rebuilds()
        many = {name: measure(name, reading(address(asked))) for name, asked in QUESTIONS.items()}
    most = max([*few.values(), *many.values()], key=lambda item: item.cold_queries)
    return Report(
        [
            *lines,
            "",
            f"The page with {FEW_DOCUMENTS} documents:",
            *table([bare, *few.values()]),
            "",
            f"The page with {FEW_DOCUMENTS + MANY_DOCUMENTS:,} documents, three versions each:",
            *table([bare, *many.values()]),
        ],
        [
            Bound(f"queries of the page, cold ({most.name} has the most)", most.cold_queries, MOST_QUERIES),
            Bound("rebuild to bare tantivy", to_bare, MOST_TO_BARE),
        ],
    )


def address(asked: dict[str, str]) -> str:
    """The address of a question."""
    return f"/en/search/?{urlencode(asked)}"


def plant_texts() -> None:
    """Give every version without a text a text file in its language. The versions of a language share a hundred."""
    files = {entry.code: [stored(text_of(entry, "BENCH/TEXT/1", number)) for number in range(100)] for entry in TEXTS}
    missing = LanguageVersion.objects.exclude(files__format=DocumentFile.Format.TXT)
    DocumentFile.objects.bulk_create(
        [
            DocumentFile(
                version=version,
                format=DocumentFile.Format.TXT,
                file=files[version.language.partition("-")[0]][version.pk % 100],
            )
            for version in missing
        ],
        batch_size=500,
    )


def stored(text: str) -> str:
    """The name under which a text is kept."""
    storage = DocumentFile._meta.get_field("file").storage
    return str(storage.save("documents/bench.txt", ContentFile(text.encode())))


def rebuilds() -> tuple[list[str], float]:
    """Lines on the time of a rebuild, and its ratio to that of a bare index of the same texts."""
    entries = list(all_entries())
    characters = sum(len(text_of_entry(entry)) for entry in entries)
    bare = seconds(lambda: bare_index(entries))
    engine = seconds(lambda: get_engine().rebuild(entries))
    whole = seconds(lambda: get_engine().rebuild(all_entries()))
    lines = [f"The index of {len(entries):,} entries, {characters / 1e6:.1f} million characters:"]
    for name, spent in {"bare tantivy": bare, "engine": engine, "with reading the database": whole}.items():
        lines.append(f"{name:26}  {len(entries) / spent:7.0f} entries/s  {spent / bare:5.1f}x")
    return lines, whole / bare


def text_of_entry(entry: Entry) -> str:
    """All that is searched of an entry."""
    return "\n".join([entry.title, entry.text, *(passage.text for passage in entry.passages)])


def bare_index(entries: Sequence[Entry]) -> None:
    """Index the texts with tantivy alone: one field for each language, its own tokenizer, texts kept."""
    builder = tantivy.SchemaBuilder()
    for language in LANGUAGES:
        builder.add_text_field(language, stored=True, index_option="position")
    with tempfile.TemporaryDirectory() as folder:
        index = tantivy.Index(builder.build(), path=folder)
        writer = index.writer(HEAP, 1)
        for entry in entries:
            document = tantivy.Document()
            document.add_text(entry.language, text_of_entry(entry))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
