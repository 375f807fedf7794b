"""Writing into the embedded index: a batch into one that is there, and a new one built from nothing."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tantivy import Index, IndexWriter, Occur, Query

from search.engines.base import EngineError, Entry, IndexReport
from search.engines.batches import sift
from search.engines.embedded import generations
from search.engines.embedded.errors import tantivy_errors
from search.engines.embedded.schema import build_schema, languages_of, read_entry, stamp, to_document
from search.engines.grouping import grouped, regrouped

_HEAP = 50_000_000  # bytes; tantivy wants 15 MB at least


def writer_of(index: Index) -> IndexWriter:
    """The one writer that an index can have at a time. What was written stays only once it is committed."""
    return index.writer(_HEAP, 1)


def put(
    index: Index, writer: IndexWriter, entries: Sequence[Entry], gone: frozenset[str], languages: Sequence[str]
) -> None:
    """Puts the versions of every document concerned together anew and commits."""
    index.reload()
    kept = _concerned(index, gone | {entry.id for entry in entries}, {e.document_key for e in entries}, languages)
    documents = regrouped(entries, gone, kept, languages)
    _write(index, writer, documents, documents, languages)


def add(
    index: Index, writer: IndexWriter, entries: Sequence[Entry], again: frozenset[str], languages: Sequence[str]
) -> None:
    """Puts entries in of which only those documents are there already whose keys are `again`, and commits."""
    kept = _concerned(index, frozenset(), again, languages) if again else iter(())
    _write(index, writer, regrouped(entries, frozenset(), kept, languages), again, languages)


def _write(
    index: Index,
    writer: IndexWriter,
    documents: Mapping[str, Mapping[str, Entry]],
    there: Collection[str],
    languages: Sequence[str],
) -> None:
    """Writes documents, in the place of those of them that are in the index already, and commits."""
    for key, by_language in documents.items():
        if key in there:
            writer.delete_documents_by_term("key", key)
        if by_language:
            writer.add_document(to_document(grouped(by_language, languages)))
    writer.commit()
    index.reload()


def _concerned(
    index: Index, ids: frozenset[str], keys: Collection[str], languages: Sequence[str]
) -> Iterator[list[Entry]]:
    """The entries of each document in the index that has one of the ids or keys."""
    concerned = Query.boolean_query(
        [
            (Occur.Should, Query.term_set_query(index.schema, "ids", sorted(ids))),
            (Occur.Should, Query.term_set_query(index.schema, "key", sorted(keys))),
        ]
    )
    searcher = index.searcher()
    for _score, address in searcher.search(concerned, len(ids) + len(keys)).hits:
        document = searcher.doc(address)
        yield [read_entry(document, language) for language in languages_of(document, languages)]


class NewGeneration:
    """A generation that is being built. See `search.engines.base.NewIndex`.

    Its manifest has no `built_at` until it is finished.
    """

    def __init__(self, directory: Path, languages: Sequence[str]) -> None:
        self._directory = directory
        self._languages = languages
        self._open: tuple[Path, Index, IndexWriter] | None = None
        self._is_resumed = False
        self._written: set[str] = set()  # the keys of documents that earlier batches put in

    def resume(self, name: str) -> bool:
        """Takes an unfinished generation up again."""
        generation = generations.named(self._directory, name)
        wanted = stamp(self._languages)
        if (
            generation is None
            or generation == generations.current_generation(self._directory)
            or generations.read_manifest(generation) != wanted
        ):
            return False
        try:
            with tantivy_errors():
                index = Index.open(str(generation))
                self._open = (generation, index, writer_of(index))
        except EngineError:
            return False
        self._is_resumed = True
        return True

    def start(self) -> str:
        """Begins an empty generation and removes those that nobody reads."""
        generations.remove_other_generations(self._directory)
        generation = generations.new_generation(self._directory)
        with tantivy_errors():
            index = Index(build_schema(self._languages), path=str(generation))
            self._open = (generation, index, writer_of(index))
        generations.write_manifest(generation, stamp(self._languages))
        return generation.name

    def add(self, entries: Sequence[Entry]) -> IndexReport:
        """Puts a batch in. Documents that may be there already are read first, so that no version of them is lost."""
        _generation, index, writer = self._opened()
        accepted, refused = sift(entries, self._languages)
        if accepted:
            keys = frozenset(entry.document_key for entry in accepted)
            with tantivy_errors():
                add(index, writer, accepted, keys if self._is_resumed else keys & self._written, self._languages)
            self._written |= keys
        return IndexReport(len(accepted), refused)

    def finish(self) -> None:
        """Lets readers go over to the new generation."""
        generation, _index, writer = self._opened()
        with tantivy_errors():
            writer.wait_merging_threads()
        manifest = {**stamp(self._languages), "built_at": datetime.now(UTC).isoformat()}
        generations.write_manifest(generation, manifest)
        generations.make_current(generation)
        generations.remove_other_generations(self._directory)

    def _opened(self) -> tuple[Path, Index, IndexWriter]:
        if self._open is None:
            raise RuntimeError("Neither resumed nor started.")
        return self._open
