"""The embedded engine: the contract of `search.engines.base` kept by tantivy in a folder.

Any number of processes read; one writes at a time and the others wait for it. A reader looks before each search whether
the index changed, so what a writer committed is found by the next search of every process.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from tantivy import DocAddress, Index, IndexWriter, Occur, Order, Searcher
from tantivy import Query as TantivyQuery

from search.engines.base import (
    ACCESS_LEVELS,
    FACETS,
    EngineBusyError,
    EngineError,
    EngineUnavailableError,
    Entry,
    Facet,
    Health,
    Hit,
    IndexReport,
    Query,
    Results,
)
from search.engines.batches import next_batch, sift
from search.engines.compiler import CompiledQuery
from search.engines.corrections import Corrector
from search.engines.counting import MOST_FACET_VALUES, ORDERS, facet_of, order_of
from search.engines.embedded import generations
from search.engines.embedded.dialect import TantivyDialect
from search.engines.embedded.schema import build_schema, languages_of, read_entry, read_facts, stamp, to_document
from search.engines.grouping import COUNTED_FACETS, field_of, grouped, regrouped
from search.engines.hits import HitBuilder
from search.engines.likeness import Likeness
from search.engines.looking import Found, Question
from search.engines.typed import read_typed

logger = logging.getLogger(__name__)

_WRITER_HEAP = 50_000_000  # bytes; tantivy wants 15 MB at least

_DAMAGED = "The search index is damaged."


class EmbeddedEngine:
    """A search engine in a folder.

    `directory` is made when something is built in it; `languages` are the codes that entries may have, in the order in
    which versions are listed. Writers wait up to `lock_timeout` seconds for each other.
    """

    name = "embedded"

    def __init__(self, directory: Path, languages: Sequence[str], lock_timeout: float = 10.0) -> None:
        self.directory = directory
        self.languages = tuple(languages)
        self.lock_timeout = lock_timeout
        self._opening = threading.Lock()
        self._open: tuple[Path, Index] | None = None
        self._seen: tuple[int, int] = (0, 0)

    def index(self, entries: Iterable[Entry], replacing: Iterable[str] = ()) -> IndexReport:
        """Puts a batch of entries in and takes others out. See the contract."""
        with generations.writer_lock(self.directory, self.lock_timeout):
            with _tantivy_errors():
                index = self._reader()
            accepted, refused = sift(entries, self.languages)
            gone = frozenset(replacing) - {entry.id for entry in accepted}
            if accepted or gone:
                with _tantivy_errors():
                    writer = index.writer(_WRITER_HEAP, 1)
                    self._apply(index, writer, accepted, gone)
                    writer.wait_merging_threads()
        return IndexReport(len(accepted), refused, tuple(sorted(gone)))

    def rebuild(self, entries: Iterable[Entry], progress: Callable[[int], None] | None = None) -> IndexReport:
        """Builds a new generation from all entries and makes it the current one. See the contract.

        Other writers wait or are told that the engine is busy until it is done, so no change falls between the two.
        """
        indexed = 0
        refused: list[tuple[str, str]] = []
        stream = iter(entries)
        with generations.writer_lock(self.directory, self.lock_timeout):
            generations.remove_other_generations(self.directory)
            generation = generations.new_generation(self.directory)
            try:
                with _tantivy_errors():
                    index = Index(build_schema(self.languages), path=str(generation))
                    writer = index.writer(_WRITER_HEAP, 1)
                while batch := next_batch(stream):
                    accepted, not_accepted = sift(batch, self.languages)
                    with _tantivy_errors():
                        self._apply(index, writer, accepted, frozenset())
                    indexed += len(accepted)
                    refused += not_accepted
                    if progress:
                        progress(indexed + len(refused))
                with _tantivy_errors():
                    writer.wait_merging_threads()
                manifest = {**stamp(self.languages), "built_at": datetime.now(UTC).isoformat()}
                generations.write_manifest(generation, manifest)
                generations.make_current(generation)
            finally:
                generations.remove_other_generations(self.directory)
        return IndexReport(indexed, tuple(refused))

    def search(self, query: Query) -> Results:
        """Answers a query. See the contract."""
        query = replace(query, words=query.words.strip())
        typed = read_typed(query.words)
        with _tantivy_errors():
            index = self._reader()
            searcher = index.searcher()
            compiled = CompiledQuery(TantivyDialect(index.schema), self.languages, query, typed)
            if query.similar_to:
                compiled.keep(Likeness(query, compiled, partial(self._look, searcher)).condition())
            order = order_of(query, typed)
            page, size = query.window()
            total, found = _page(searcher, compiled.documents(), order, page, size)
            if not found and page > 1:
                page = max(1, -(-total // size))
                total, found = _page(searcher, compiled.documents(), order, page, size)
            hits = tuple(self._hits(searcher, found, HitBuilder(query, typed, self.languages)))
            facets = self._facets(searcher, compiled, query)
        return Results(total, page, size, hits, facets)

    def corrected(self, query: Query) -> str:
        """What was typed with its unknown words replaced. See the contract."""
        with _tantivy_errors():
            index = self._reader()
            compiled = CompiledQuery(TantivyDialect(index.schema), self.languages, query, read_typed(query.words))
            return Corrector(query, compiled, partial(self._look, index.searcher())).corrected()

    def health(self) -> Health:
        """Says how the index is, without raising."""
        try:
            with _tantivy_errors():
                index = self._reader()
                searcher = index.searcher()
                held = {language: self._held(index, searcher, language) for language in self.languages}
                sample = searcher.search(TantivyQuery.all_query(), 1).hits
                for _score, address in sample:
                    searcher.doc(address)
        except EngineUnavailableError as error:
            return Health(self.name, error.state, str(error))
        except EngineError as error:
            return Health(self.name, "damaged", str(error))
        generation = generations.current_generation(self.directory)
        manifest = (generations.read_manifest(generation) if generation else None) or {}
        built_at = datetime.fromisoformat(manifest["built_at"]) if "built_at" in manifest else None
        return Health(self.name, "ready", "The search index is in order.", searcher.num_docs, held, built_at)

    def _held(self, index: Index, searcher: Searcher, language: str) -> int:
        """The number of entries in a language."""
        anybody = TantivyQuery.term_set_query(index.schema, field_of("gate", language), list(ACCESS_LEVELS))
        return _count(searcher, anybody)

    def _apply(self, index: Index, writer: IndexWriter, entries: Sequence[Entry], gone: frozenset[str]) -> None:
        """Puts the versions of every document concerned together anew and commits."""
        index.reload()
        concerned = self._concerned(index, gone | {entry.id for entry in entries}, {e.document_key for e in entries})
        for key, by_language in regrouped(entries, gone, concerned, self.languages).items():
            writer.delete_documents_by_term("key", key)
            if by_language:
                writer.add_document(to_document(grouped(by_language)))
        writer.commit()
        index.reload()

    def _concerned(self, index: Index, ids: frozenset[str], keys: set[str]) -> Iterator[list[Entry]]:
        """The entries of each document in the index that has one of the ids or keys."""
        concerned = TantivyQuery.boolean_query(
            [
                (Occur.Should, TantivyQuery.term_set_query(index.schema, "ids", sorted(ids))),
                (Occur.Should, TantivyQuery.term_set_query(index.schema, "key", sorted(keys))),
            ]
        )
        searcher = index.searcher()
        for _score, address in searcher.search(concerned, len(ids) + len(keys)).hits:
            document = searcher.doc(address)
            yield [read_entry(document, language) for language in languages_of(document, self.languages)]

    def _reader(self) -> Index:
        """The current generation's index, as it is now. Raises EngineUnavailableError when it cannot be used."""
        with self._opening:
            generation = generations.current_generation(self.directory)
            try:
                return self._refreshed(generation)
            except (EngineUnavailableError, ValueError, OSError):
                self._open = None
                newer = generations.current_generation(self.directory)
                if newer == generation:
                    raise
                return self._refreshed(newer)  # a rebuild took the generation away while it was being opened

    def _refreshed(self, generation: Path | None) -> Index:
        """The index of a generation, opened when it is another than before, reloaded when it was written to since."""
        if generation is None:
            raise EngineUnavailableError("missing", "The search index was never built.")
        if self._open is None or self._open[0] != generation:
            self._check(generation)
            index = Index.open(str(generation))
            index.config_reader("manual")
            self._open = (generation, index)
            self._seen = (0, 0)
        index = self._open[1]
        written = (generation / "meta.json").stat()
        if (written.st_ino, written.st_mtime_ns) != self._seen:
            index.reload()
            self._seen = (written.st_ino, written.st_mtime_ns)
        return index

    def _check(self, generation: Path) -> None:
        """Raises EngineUnavailableError unless a generation has the fields and the analysis of this program."""
        manifest = generations.read_manifest(generation)
        if manifest is None:
            raise EngineUnavailableError("damaged", _DAMAGED)
        wanted = stamp(self.languages)
        if {name: manifest.get(name) for name in wanted} != wanted:
            raise EngineUnavailableError("outdated", "The search index needs a rebuild for this version.")

    def _hits(self, searcher: Searcher, found: Iterable[DocAddress], builder: HitBuilder) -> Iterator[Hit]:
        for address in found:
            document = searcher.doc(address)
            versions = {language: read_facts(document, language) for language in languages_of(document, self.languages)}
            hit = builder.build(versions, partial(read_entry, document))
            if hit is not None:
                yield hit

    def _look(self, searcher: Searcher, questions: Sequence[Question[TantivyQuery]]) -> list[Found]:
        """Answers questions beside searches."""

        def documents(addresses: Iterable[DocAddress], read: str) -> Iterator[dict[str, Entry]]:
            for document in map(searcher.doc, addresses):
                yield {
                    language: (read_entry if language == read else read_facts)(document, language)
                    for language in languages_of(document, self.languages)
                }

        answers = []
        for question in questions:
            total, addresses = _page(searcher, question.condition, question.order, 1, max(question.most, 1))
            answers.append(Found(total, tuple(documents(addresses[: question.most], question.read))))
        return answers

    def _facets(self, searcher: Searcher, compiled: CompiledQuery[TantivyQuery], query: Query) -> tuple[Facet, ...]:
        """Every facet's counts. Facets without a choice share one pass; one with a choice is counted without it."""
        shared = [name for name in COUNTED_FACETS if name not in compiled.filters]
        counts = _count_values(searcher, compiled.documents(), shared)
        for name in COUNTED_FACETS:
            if name in compiled.filters:
                counts |= _count_values(searcher, compiled.documents(without=name), [name])
        counts["language"] = {
            language: _count(searcher, compiled.documents_in(language)) for language in self.languages
        }
        return tuple(facet_of(name, counts[name], query.chosen(name)) for name in FACETS)


def _page(
    searcher: Searcher, documents: TantivyQuery, order: str, page: int, size: int
) -> tuple[int, list[DocAddress]]:
    """The number of documents, and those of one page."""
    options: dict[str, Any] = {}
    if order in ORDERS:
        field, descends = ORDERS[order]
        options = {"order_by_field": field, "order": Order.Desc if descends else Order.Asc}
    found: Any = searcher.search(documents, size, offset=(page - 1) * size, **options)
    return int(found.count), [address for _score, address in found.hits]


def _count(searcher: Searcher, documents: TantivyQuery) -> int:
    found: Any = searcher.search(documents, 1)  # tantivy's types leave the count out
    return int(found.count)


def _count_values(searcher: Searcher, documents: TantivyQuery, facets: Iterable[str]) -> dict[str, dict[str, int]]:
    """The number of documents by value, for each of some facets."""
    wanted = {name: {"terms": {"field": COUNTED_FACETS[name], "size": MOST_FACET_VALUES}} for name in facets}
    if not wanted:
        return {}
    answer = searcher.aggregate(documents, wanted)
    return {name: {bucket["key"]: bucket["doc_count"] for bucket in answer[name]["buckets"]} for name in wanted}


@contextmanager
def _tantivy_errors() -> Iterator[None]:
    """Gives what tantivy raises the names of the contract: it knows ValueError and, for the unforeseen, a panic."""
    try:
        yield
    except EngineError:
        raise
    except (ValueError, OSError) as error:
        if "LockBusy" in str(error):
            raise EngineBusyError("The search index is being written by another process.") from error
        logger.exception("The embedded search index failed.")
        raise EngineUnavailableError("damaged", _DAMAGED) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # of the Rust side; it derives from BaseException
            logger.exception("The embedded search index failed.")
            raise EngineUnavailableError("damaged", _DAMAGED) from error
        raise
