"""What is measured is really there: pages that answer, and texts that the importer reads as documents."""

from pathlib import Path

import pytest
from django.test import Client

from documents.archive import PER_PAGE
from documents.importing.contained import read_many
from documents.importing.model import DocumentReading
from documents.importing.parse import read_document
from search.engines.embedded import EmbeddedEngine
from tests.benchmarks.measure import Bound
from tests.benchmarks.mixed import write_mixed
from tests.benchmarks.pages import addresses, get
from tests.benchmarks.planting import LANGUAGES as LANGUAGES_OF_SITE
from tests.benchmarks.planting import plant_documents, plant_site
from tests.benchmarks.search.corpus import Facts, entries, queries
from tests.benchmarks.texts import BYTES, LANGUAGES, write_texts


@pytest.mark.django_db
def test_every_page_that_is_measured_answers(client: Client) -> None:
    site = plant_site()
    plant_documents(site.process, site.bodies, 40, "MORE")
    pages = {name: get(client, path).decode() for name, path in addresses(site).items()}
    assert "para-300" in pages["document, 300 paragraphs"]
    assert "fn30" in pages["document, 300 paragraphs"]
    assert pages["archive"].count("cell-symbol") == PER_PAGE
    assert pages["archive, filtered"].count("cell-symbol") > 0


def test_texts_are_documents_in_six_languages_no_two_the_same(tmp_path: Path) -> None:
    write_texts(tmp_path / "texts", 2 * len(LANGUAGES), "BENCH/2020")
    files = sorted((tmp_path / "texts").iterdir())
    readings = [read_document(path) for path in files]
    assert [reading.language for reading in readings] == [language.code for language in LANGUAGES] * 2
    assert [reading.masthead.symbols for reading in readings] == [("BENCH/2020/1",)] * 6 + [("BENCH/2020/2",)] * 6
    assert all(reading.footnotes and reading.citations and len(reading.blocks) > 10 for reading in readings)
    assert len({reading.sha256 for reading in readings}) == len(files)
    assert all(BYTES < path.stat().st_size < 1.5 * BYTES for path in files)


def test_mixed_files_are_read_as_the_texts_they_were_made_of(tmp_path: Path) -> None:
    write_mixed(tmp_path / "mixed", 3 * len(LANGUAGES), "BENCH/2020")
    readings = [reading for _path, reading in read_many(sorted((tmp_path / "mixed").iterdir()))]

    assert {path.suffix for path in (tmp_path / "mixed").iterdir()} == {".txt", ".docx", ".pdf"}
    assert all(isinstance(reading, DocumentReading) and len(reading.blocks) > 10 for reading in readings)
    named = [reading.masthead.symbols for reading in readings if isinstance(reading, DocumentReading)]
    assert named == [(f"BENCH/2020/{document}",) for document in (1, 2, 3) for _language in LANGUAGES]


def test_entries_to_search_are_as_many_as_said_half_of_them_russian_and_found(tmp_path: Path) -> None:
    facts = Facts("1", ["1", "2"], ["3"])
    made = list(entries(3_000, facts))
    engine = EmbeddedEngine(tmp_path / "index", LANGUAGES_OF_SITE)
    engine.rebuild(made)

    assert len({entry.id for entry in made}) == 3_000
    assert sum(entry.language == "ru" for entry in made) == 1_500
    assert all(2_400 <= len(entry.text.encode()) < 4_500 for entry in made)
    assert made == list(entries(3_000, facts))
    found = {name: engine.search(query).total for name, query in queries().items()}
    assert all(found.values()), found
    assert found["a common word, Russian"] > 800


def test_a_bound_says_whether_it_is_kept() -> None:
    assert Bound("queries", 25, 25).line().startswith("pass")
    assert Bound("queries", 26, 25).line().startswith("FAIL")
