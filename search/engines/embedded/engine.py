"""The embedded engine: the contract of `search.engines.base` kept by tantivy in a folder.

Any number of processes read; one writes at a time and the others wait for it. A reader looks before each search whether
the index changed, so what a writer committed is found by the next search of every process.
"""

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from tantivy import DocAddress, Index, Searcher
from tantivy import Query as TantivyQuery

from search.engines.base import (
    ACCESS_LEVELS,
    FACETS,
    EngineError,
    EngineUnavailableError,
    Entry,
    Facet,
    Hit,
    IndexReport,
    Query,
    Results,
    Suggestion,
    Visibility,
)
from search.engines.batches import rebuild_in_one_go, sift
from search.engines.compiler import CompiledQuery
from search.engines.corrections import Corrector
from search.engines.counting import MOST_FACET_VALUES, facet_of, is_relaxed, order_of
from search.engines.embedded import generations
from search.engines.embedded.dialect import TantivyDialect
from search.engines.embedded.errors import DAMAGED, tantivy_errors
from search.engines.embedded.ranking import count_of, page_of
from search.engines.embedded.schema import languages_of, read_entry, read_facts, read_fingerprint, read_text, stamp
from search.engines.embedded.writing import NewGeneration, put, writer_of
from search.engines.grouping import COUNTED_FACETS, field_of
from search.engines.health import Health
from search.engines.hits import HitBuilder
from search.engines.likeness import Likeness
from search.engines.looking import Found, Question
from search.engines.suggestions import Suggester
from search.engines.typed import read_typed

_HELD_AT_ONCE = 5_000  # documents listed in one step


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
            with tantivy_errors():
                index = self._reader()
            accepted, refused = sift(entries, self.languages)
            gone = frozenset(replacing) - {entry.id for entry in accepted}
            if accepted or gone:
                with tantivy_errors():
                    writer = writer_of(index)
                    put(index, writer, accepted, gone, self.languages)
                    writer.wait_merging_threads()
        return IndexReport(len(accepted), refused, tuple(sorted(gone)))

    def rebuild(self, entries: Iterable[Entry], progress: Callable[[int], None] | None = None) -> IndexReport:
        """Builds a new index in one go. See the contract."""
        return rebuild_in_one_go(self, entries, progress)

    @contextmanager
    def building(self) -> Iterator[NewGeneration]:
        """Holds the right to write, with what builds a new generation. See the contract."""
        with generations.writer_lock(self.directory, self.lock_timeout):
            yield NewGeneration(self.directory, self.languages)

    def search(self, query: Query) -> Results:
        """Answers a query. See the contract."""
        query = replace(query, words=query.words.strip())
        typed = read_typed(query.words)
        with tantivy_errors():
            index = self._reader()
            searcher = index.searcher()
            compiled = CompiledQuery(TantivyDialect(index.schema), self.languages, query, typed)
            if query.similar_to:
                compiled.keep(Likeness(query, compiled, partial(self._look, searcher)).condition())
            order = order_of(query, typed)
            page, size = query.window()
            total, found = page_of(searcher, compiled.documents(), order, page, size)
            complete = total
            if is_relaxed(query, typed, count_of(searcher, compiled.matching) if compiled.filters else total):
                compiled = CompiledQuery(TantivyDialect(index.schema), self.languages, query, typed, relaxed=True)
                total, found = page_of(searcher, compiled.documents(), order, page, size)
            if not found and page > 1:
                page = max(1, -(-total // size))
                total, found = page_of(searcher, compiled.documents(), order, page, size)
            hits = tuple(self._hits(searcher, found, HitBuilder(query, compiled.marked, self.languages)))
            facets = self._facets(searcher, compiled, query)
        return Results(total, page, size, hits, facets, complete)

    def corrected(self, query: Query) -> str:
        """What was typed with its unknown words replaced. See the contract."""
        with tantivy_errors():
            index = self._reader()
            compiled = CompiledQuery(TantivyDialect(index.schema), self.languages, query, read_typed(query.words))
            return Corrector(query, compiled, partial(self._look, index.searcher())).corrected()

    def suggest(self, typed: str, language: str, visibility: Visibility, count: int) -> tuple[Suggestion, ...]:
        """What begins like what was typed so far. See the contract."""
        query = Query("", language, visibility)
        with tantivy_errors():
            index = self._reader()
            compiled = CompiledQuery(TantivyDialect(index.schema), self.languages, query, read_typed(""))
            return Suggester(query, compiled, partial(self._look, index.searcher())).suggestions(typed, count)

    def held(self, ids: Collection[str] | None = None) -> Iterator[tuple[str, str]]:
        """What is in, with fingerprints. See the contract."""
        with tantivy_errors():
            index = self._reader()
            wanted = TantivyQuery.all_query()
            if ids is not None:
                wanted = TantivyQuery.term_set_query(index.schema, "ids", sorted(ids))
            searcher = index.searcher()
            start = 0
            while found := searcher.search(wanted, _HELD_AT_ONCE, offset=start).hits:
                start += len(found)
                for _score, address in found:
                    document = searcher.doc(address)
                    for language in languages_of(document, self.languages):
                        entry, fingerprint = read_fingerprint(document, language)
                        if ids is None or entry in ids:
                            yield entry, fingerprint

    def health(self) -> Health:
        """Says how the index is, without raising."""
        try:
            with tantivy_errors():
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
        return count_of(searcher, anybody)

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
            raise EngineUnavailableError("damaged", DAMAGED)
        wanted = stamp(self.languages)
        if {name: manifest.get(name) for name in wanted} != wanted:
            raise EngineUnavailableError("outdated", "The search index needs a rebuild for this version.")

    def _hits(self, searcher: Searcher, found: Iterable[DocAddress], builder: HitBuilder) -> Iterator[Hit]:
        for address in found:
            document = searcher.doc(address)
            versions = {language: read_facts(document, language) for language in languages_of(document, self.languages)}
            hit = builder.build(versions, partial(read_text, document))
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
            total, addresses = page_of(searcher, question.condition, question.order, 1, max(question.most, 1))
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
            language: count_of(searcher, compiled.documents_in(language)) for language in self.languages
        }
        return tuple(facet_of(name, counts[name], query.chosen(name)) for name in FACETS)


def _count_values(searcher: Searcher, documents: TantivyQuery, facets: Iterable[str]) -> dict[str, dict[str, int]]:
    """The number of documents by value, for each of some facets."""
    wanted = {name: {"terms": {"field": COUNTED_FACETS[name], "size": MOST_FACET_VALUES}} for name in facets}
    if not wanted:
        return {}
    answer = searcher.aggregate(documents, wanted)
    return {name: {bucket["key"]: bucket["doc_count"] for bucket in answer[name]["buckets"]} for name in wanted}
