"""The contract that every search engine keeps: what goes in, what is asked, what comes out, what can go wrong.

An engine holds one `Entry` per language version of an official document or per other page, and answers with documents:
the entries of one `document_key` are one hit, counted once, however many of its versions match.

Three rules bind every engine:

- What a reader may not see is no part of the answer at all: `Visibility` is a part of the query, so restricted,
  unreleased and expired entries touch no hit, count, facet or snippet.
- What a reader typed never raises and never fails: wrong syntax is read as words.
- Text comes back as pieces, never as HTML: whoever shows them escapes them.
"""

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

from search.engines.health import Health, HealthState

FACETS = ("process", "body", "session", "agenda_item", "party", "kind", "year", "language")
SORTS = ("relevance", "newest", "oldest", "symbol")
ACCESS_LEVELS = ("public", "participants", "staff")

MAX_PAGE_SIZE = 100
MAX_CHOSEN = 50  # values of one facet
MAX_RESULTS = 10_000  # hits that can be paged through; an Elasticsearch index ends there by default too

EntryKind = Literal["document", "page"]


class EngineError(Exception):
    """What an engine raises; the text is one plain sentence."""


class EngineUnavailableError(EngineError):
    """There is no index to ask or to write to: never built, made by another version, damaged, or out of reach."""

    def __init__(self, state: HealthState, message: str) -> None:
        super().__init__(message)
        self.state = state


class EngineBusyError(EngineError):
    """Somebody else is writing; nothing was changed, and the same call may be made again later."""


@dataclass(frozen=True)
class Passage:
    """A stretch of text that can be linked to: a paragraph with its anchor, or a page of a file.

    `label` is what is printed before it ("4", "(a)", "III"), empty where there is nothing; for the page of a file, its
    number. `url` is the address of what the anchor is in, where that is not the entry's own: a file's.
    """

    anchor: str
    label: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class Entry:
    """What is indexed: one language version of an official document, or one page in one language.

    `id` is unique in the index; `document_key` is shared by the language versions of one document (for a page: by its
    translations). The entries of one key agree in everything that is true whatever the language: kind, symbols, cites,
    process, body, session, agenda_items, doc_kind, date. `parties` are those found in each version's own text, and a
    document has those of all its versions: they are translations of one text.

    Facts are identifiers as text (a primary key or a slug), empty where there is none; whoever shows them knows their
    names. `symbols` are the current symbol first, then former ones; `cites` the symbols of the documents cited.
    `text` is text without anchors (of a file, of a page), `passages` text with anchors; an entry may have both.
    Words that are neither title nor text: `names` of its process, body and session with their abbreviations, `agenda`
    the titles of its agenda items, `party_names` the names of the parties it names, all in the entry's language.
    An entry can be read from `visible_from` on and before `visible_until`, by those whom `access` admits:
    the public, the participants of `access_process`, or its staff (`access_process` is `process` where it is empty).

    Raises ValueError for an empty id or key, an unknown access level, or a moment without a time zone.
    """

    id: str
    document_key: str
    language: str
    title: str
    url: str
    visible_from: datetime.datetime
    visible_until: datetime.datetime | None = None
    kind: EntryKind = "document"
    access: str = "public"
    access_process: str = ""
    symbols: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    text: str = ""
    passages: tuple[Passage, ...] = ()
    process: str = ""
    body: str = ""
    session: str = ""
    agenda_items: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    doc_kind: str = ""
    date: datetime.date | None = None
    names: tuple[str, ...] = ()
    agenda: tuple[str, ...] = ()
    party_names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.id or not self.document_key:
            raise ValueError("An entry needs an id and a document key.")
        if self.access not in ACCESS_LEVELS:
            raise ValueError(f"Access is one of {', '.join(ACCESS_LEVELS)}, not {self.access!r}.")
        if any(moment is not None and moment.tzinfo is None for moment in (self.visible_from, self.visible_until)):
            raise ValueError("An entry's moments need a time zone.")

    @property
    def reading_process(self) -> str:
        """The process whose participants or staff may read the entry when it is not public."""
        return self.access_process or self.process

    @property
    def year(self) -> str:
        """The year of the date as text, empty without a date."""
        return str(self.date.year) if self.date else ""


@dataclass(frozen=True)
class Visibility:
    """What a reader may see at one moment.

    `levels` are the access levels open to the reader in every process ("public" always is), `granted` the pairs of
    level and process open beside them: staff of one process have both ("participants", id) and ("staff", id).
    """

    now: datetime.datetime
    levels: frozenset[str] = frozenset({"public"})
    granted: frozenset[tuple[str, str]] = frozenset()

    def allows(self, entry: Entry) -> bool:
        """Whether the reader may see this entry: the rule itself, which engines put into their own terms."""
        released = entry.visible_from <= self.now and (entry.visible_until is None or self.now < entry.visible_until)
        admitted = (
            entry.access == "public"
            or entry.access in self.levels
            or (entry.access, entry.reading_process) in self.granted
        )
        return released and admitted


@dataclass(frozen=True)
class Query:
    """What a reader asks.

    `words` is what was typed, as it was typed; empty words ask for everything. `language` is the reader's language.
    `filters` hold the chosen values by facet name (see FACETS); several values of one facet widen, several facets
    narrow; names that are no facet are ignored. `only` narrows to documents or to pages. Engines bound `page` and
    `page_size` themselves. `passages` is the number of snippets per hit; without any, texts are read only where it
    takes them to know which version to show. `citing` narrows to documents with a visible version that cites one
    of these symbols; `similar_to` to documents like the one of this key, itself left out, and to nothing when the
    reader may see no version of it. `synonyms` are groups of words and phrases that mean the same, by the language they
    mean it in, as editors typed them.
    """

    words: str
    language: str
    visibility: Visibility
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    only: EntryKind | None = None
    page: int = 1
    page_size: int = 20
    sort: str = "relevance"
    passages: int = 2
    citing: tuple[str, ...] = ()
    similar_to: str = ""
    synonyms: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)

    def chosen(self, facet: str) -> tuple[str, ...]:
        """The values chosen in a facet: no empty or repeated ones, nothing that cannot be encoded, not too many."""
        values = (value.encode("utf-8", "ignore").decode() for value in self.filters.get(facet, ()))
        return tuple(dict.fromkeys(value for value in values if value))[:MAX_CHOSEN]

    def window(self) -> tuple[int, int]:
        """Page number and page size, brought within bounds."""
        size = min(max(self.page_size, 1), MAX_PAGE_SIZE)
        return min(max(self.page, 1), MAX_RESULTS // size), size


class Piece(NamedTuple):
    """A stretch of shown text, and whether it is what the reader looked for. Not escaped."""

    text: str
    is_match: bool


@dataclass(frozen=True)
class Version:
    """One language version of a hit that the reader may see."""

    entry_id: str
    language: str
    title: str
    url: str


@dataclass(frozen=True)
class Snippet:
    """The best part of a passage, with its anchor and label (both empty for text without anchors).

    `url` is empty where the anchor is in the entry that matched: `Hit.address_of` puts the two together.
    """

    anchor: str
    label: str
    pieces: tuple[Piece, ...]
    url: str = ""


@dataclass(frozen=True)
class Hit:
    """One document found.

    `shown` is the version to show: in a language the reader filtered by, else the reader's, else the one that matched
    best. `matched` is the version that matched and that the snippets come from; they differ when a query in one
    language finds the document of another. `versions` are all that the reader may see, `shown` among them.
    `is_exact_symbol` says that what was typed is this document's symbol.
    """

    document_key: str
    kind: EntryKind
    symbol: str
    shown: Version
    matched: Version
    versions: tuple[Version, ...]
    title: tuple[Piece, ...]
    snippets: tuple[Snippet, ...]
    process: str
    body: str
    session: str
    doc_kind: str
    date: datetime.date | None
    is_exact_symbol: bool

    def address_of(self, snippet: Snippet) -> str:
        """The address of a snippet's passage: in the version that matched, or in a file of it."""
        address = snippet.url or self.matched.url
        return f"{address}#{snippet.anchor}" if snippet.anchor else address


@dataclass(frozen=True)
class FacetValue:
    """A value of a facet, the number of documents that have it, and whether the reader chose it."""

    value: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """A facet's values with counts that take in every choice but its own. Years newest first, others by count.

    The counts of "language" are of documents that have a visible version in it, whichever version matched.
    """

    name: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True)
class Results:
    """The answer to a query: `total` documents, the hits of the page shown, the facets in the order of FACETS.

    `complete` of the documents hold the words typed; where those are few, others follow them that hold only some.
    """

    total: int
    page: int
    page_size: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    complete: int

    @property
    def pages(self) -> int:
        """The number of pages that can be shown, at least one."""
        reachable = min(self.total, MAX_RESULTS // self.page_size * self.page_size)
        return max(1, -(-reachable // self.page_size))

    def facet(self, name: str) -> Facet:
        """The facet of this name. Raises KeyError when there is none."""
        for facet in self.facets:
            if facet.name == name:
                return facet
        raise KeyError(name)


@dataclass(frozen=True)
class Suggestion:
    """What a reader may be about to type: a symbol, or the title of a page or a document, with where it leads.

    `symbol` is the one that begins so; of a title, the document's own, empty where there is none.
    """

    kind: Literal["symbol", "page", "document"]
    version: Version
    symbol: str


@dataclass(frozen=True)
class IndexReport:
    """What a batch came to: the number of entries taken in, those refused as (id, reason), the ids to be taken out."""

    indexed: int
    refused: tuple[tuple[str, str], ...] = ()
    removed: tuple[str, ...] = ()


class NewIndex(Protocol):
    """An index that is being built and that nobody reads yet. Whoever has it holds the right to write.

    First it is resumed or started, then batches are added, then it is finished. Whatever ends it before, a kill or
    another failure, it stays as the last batch left it, and the index in use stays in use.
    """

    def resume(self, name: str) -> bool:
        """Takes the unfinished index of this name up again; False when there is none that this program can finish."""

    def start(self) -> str:
        """Begins an empty one, throws all unfinished ones away, and returns its name."""

    def add(self, entries: Sequence[Entry]) -> IndexReport:
        """Puts a batch in, replacing entries of the same id. It is stored for good once the call returns."""

    def finish(self) -> None:
        """Puts it in the place of the index in use, in one step, and removes that one."""


class Engine(Protocol):
    """A search engine. Every method may raise EngineUnavailableError; those that write may raise EngineBusyError."""

    name: str
    languages: tuple[str, ...]

    def index(self, entries: Iterable[Entry], replacing: Iterable[str] = ()) -> IndexReport:
        """Puts a batch in, replacing entries of the same id, and takes out those ids of `replacing` that it lacks.

        All of it happens in one step and is found once the call returns; ids that are not there do not matter. An
        entry in a language that the engine was not set up for is refused, the others go in.

        `entries` is read only once it is this writer's turn. So a generator that asks the database for what things are
        now never puts an older state over a newer one, however many processes index at the same time.
        """

    def search(self, query: Query) -> Results:
        """Answers a query."""

    def corrected(self, query: Query) -> str:
        """What was typed with words that no visible document has replaced by the nearest ones that some have.

        Empty when every word is known or none is near enough. Only words of letters are compared; what is quoted,
        excluded, of a field or a symbol stays, and so does Chinese. Filters do not matter to what is known.
        """

    def suggest(self, typed: str, language: str, visibility: Visibility, count: int) -> tuple[Suggestion, ...]:
        """What begins like what was typed so far, `count` at most: symbols in any disguise, then titles.

        A title has every whole word typed, in any form, and a word that begins like the last; those in the reader's
        language come first. A document or page is there once. Nothing for a single letter, exclusions and fields.
        """

    def rebuild(self, entries: Iterable[Entry], progress: Callable[[int], None] | None = None) -> IndexReport:
        """Builds a new index from all entries and puts it in the place of the old, which answers until then.

        `progress` is told the number of entries read so far. When something fails on the way, the old index stays.
        For a rebuild that can go on after that, see `search.rebuilding`.
        """

    def building(self) -> AbstractContextManager[NewIndex]:
        """Holds the right to write while a new index is built: other writers wait, or are told that it is busy."""

    def held(self, ids: Collection[str] | None = None) -> Iterator[tuple[str, str]]:
        """The id of every entry that is in, or of those among `ids`, with `grouping.entry_fingerprint` of it.

        They come in no order, as the index was at one moment, and no more than some thousand are held in memory.
        """

    def health(self) -> Health:
        """Says how the index is; never raises."""
