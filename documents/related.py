"""What the page of a document says of other documents: relations, notices, what it cites and what cites it.

:func:`related_to` reads which documents these are, :func:`related_context` puts their lines where they belong. A
document that the reader may not know of has no line, and nothing is said of it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import (
    BooleanField,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cms.core.languages import reading_order
from cms.core.visibility import Viewer
from documents.block_html import element_id
from documents.models import Citation, DocumentRelation, FormerSymbol, OfficialDocument
from documents.models.relations import REVERSED
from documents.symbols.folding import symbol_order

if TYPE_CHECKING:
    from documents.presentation import DocumentLine, VersionCell

Kind = DocumentRelation.Kind
# A document that more documents cite shows the newest of them, and says how many there are.
MOST_CITING = 50
# Rows that are read for a page: the longest reports cite some 300 documents in each of six languages.
MOST_CITATIONS = 3_000


class Relation(NamedTuple):
    """One relation, by the primary keys of its documents."""

    kind: str
    source_id: int
    target_id: int


@dataclass(frozen=True)
class Related:
    """What is known of a document's relations, before asking which of them the reader may know of.

    citations: what it cites, with ``language`` and ``former_owner`` (see ``_citations``)
    citing: the newest documents that cite it and are open to the reader, each with its citations in every language
    citing_count: how many there are
    """

    document: OfficialDocument
    former_symbols: list[str]
    relations: list[Relation]
    citations: list[Any]
    citing: dict[int, list[Any]]
    citing_count: int

    @property
    def former_owners(self) -> dict[str, int]:
        """The documents that cited former symbols belong to, by the symbols' keys."""
        return {row.symbol_key: row.former_owner for row in self.citations if row.former_owner is not None}

    def printed_in(self, language: str) -> dict[str, str]:
        """The symbols that the text in one language cites, by what it prints for them."""
        return {row.printed: row.symbol for row in self.citations if row.language == language and row.printed}

    @property
    def condition(self) -> Q:
        """The condition of the other documents that are spoken of."""
        keys = [citation.symbol_key for citation in self.citations]
        pks = {pk for relation in self.relations for pk in (relation.source_id, relation.target_id)}
        return Q(symbol_key__in=keys) | Q(pk__in={*pks, *self.former_owners.values(), *self.citing})


@dataclass(frozen=True)
class RelationGroup:
    """Documents in one relation to the document shown: "Corrigendum to", "Answered by"."""

    label: str | Promise
    lines: list[DocumentLine]


@dataclass(frozen=True)
class Place:
    """A paragraph that cites: its name ("para. 3 (b)") and its address."""

    name: str
    url: str


@dataclass(frozen=True)
class CitedLine:
    """A symbol that a document cites, where this edition does so, and the line of its target.

    The line is None where the archive does not hold the document, or the reader may not know of it.
    """

    symbol: str
    line: DocumentLine | None
    place: Place | None


@dataclass(frozen=True)
class CitingLine:
    """A document that cites: the sentence around, in the best language for the reader, and where it stands.

    sentence: HTML, empty where the citation was found in no text        language: that of the sentence
    """

    line: DocumentLine
    sentence: SafeString
    language: str
    place: Place | None


def related_to(document: OfficialDocument, viewer: Viewer) -> Related:
    """Reads the relations of a document: two queries, and a third where more cite it than are shown."""
    former, relations = _former_and_relations(document)
    own = {document.symbol_key or "", *(key for _symbol, key in former)} - {""}
    citations: list[Citation] = []
    citing: dict[int, list[Citation]] = {}
    for citation in _citations(document, own, viewer):
        if citation.document_id == document.pk:
            citations.append(citation)
        elif citation.document_id in citing or len(citing) <= MOST_CITING:
            citing.setdefault(citation.document_id, []).append(citation)
    count = len(citing)
    if count > MOST_CITING:
        citing.popitem()
        open_to_viewer = _naming(own, viewer).filter(Exists(_open(viewer))).exclude(document=document)
        count = open_to_viewer.aggregate(count=Count("document", distinct=True))["count"]
    return Related(
        document=document,
        former_symbols=[symbol for symbol, _key in former],
        relations=relations,
        citations=[citation for citation in citations if citation.symbol_key not in own],
        citing=citing,
        citing_count=count,
    )


def _citations(document: OfficialDocument, own: set[str], viewer: Viewer) -> QuerySet[Any]:
    """What the document cites, then what cites it, the newest first; only what gives nothing away. One query.

    Rows have ``language``, of the version that cites, and ``former_owner``, the document whose former symbol is cited.
    """
    owner = FormerSymbol.objects.filter(symbol_key=OuterRef("symbol_key")).values("document_id")[:1]
    itself = Q(document=document)
    found: Any = Citation.objects.shown_at(viewer.now).filter(itself | Q(symbol_key__in=own))
    return (
        found.filter(itself | Exists(_open(viewer)))
        .annotate(language=F("version__language"), former_owner=Subquery(owner))
        .order_by(
            ExpressionWrapper(itself, output_field=BooleanField()).desc(),
            "document__undated",
            "-document__date",
            "document__symbol_sort",
            "document",
            "pk",
        )[:MOST_CITATIONS]
    )


def _naming(own: set[str], viewer: Viewer) -> Any:
    """The citations of these symbol keys that give nothing away by themselves."""
    return Citation.objects.shown_at(viewer.now).filter(symbol_key__in=own)


def _open(viewer: Viewer) -> QuerySet[OfficialDocument]:
    """The document of a citation, if the viewer may know of it."""
    return OfficialDocument.objects.visible_to(viewer).filter(pk=OuterRef("document"))


def _former_and_relations(document: OfficialDocument) -> tuple[list[tuple[str, str]], list[Relation]]:
    """The document's former symbols with their keys, and its relations. One query, a union of the two.

    Relations are those from both sides, and the other revisions of what it is a revision of.
    """
    nothing = Value("", output_field=CharField())
    revised = DocumentRelation.objects.filter(source=document, kind=Kind.REVISION).values("target")
    both = Q(source=document) | Q(target=document)
    relations = DocumentRelation.objects.filter(both | Q(kind=Kind.REVISION, target__in=revised)).order_by()
    former = FormerSymbol.objects.filter(document=document).order_by()
    rows = list(
        former.values_list("sort_order", "symbol", "symbol_key", nothing, "document_id", "document_id").union(
            relations.values_list("sort_order", nothing, nothing, "kind", "source_id", "target_id"), all=True
        )
    )
    symbols = sorted((place or 0, symbol, key) for place, symbol, key, kind, _source, _target in rows if not kind)
    return (
        [(symbol, key) for _place, symbol, key in symbols],
        [Relation(kind, source, target) for _place, _symbol, _key, kind, source, target in rows if kind],
    )


def related_context(related: Related, lines: dict[int, DocumentLine], language: str) -> dict[str, Any]:
    """What templates show, out of the lines by primary key of those documents that the reader may know of. No query."""
    itself = lines[related.document.pk]
    by_key = {line.document.symbol_key: line for line in lines.values()}
    by_key |= {key: lines[pk] for key, pk in related.former_owners.items() if pk in lines}
    return {
        "former_symbols": related.former_symbols,
        "relation_groups": _groups(related, lines),
        "corrections": _available(_sources(related, lines, Kind.CORRIGENDUM)),
        "newer": _newer(related, lines),
        "superseded_by": _available(_sources(related, lines, Kind.SUPERSEDES)),
        "cites": _cites(related, itself, by_key, language),
        "cited_by": [
            _citing(lines[pk], citations, language) for pk, citations in related.citing.items() if pk in lines
        ],
        "citing_more": max(0, related.citing_count - MOST_CITING),
    }


def _groups(related: Related, lines: dict[int, DocumentLine]) -> list[RelationGroup]:
    """The related documents by relation, this document's own direction first."""
    own: dict[str, list[DocumentLine]] = defaultdict(list)
    from_others: dict[str, list[DocumentLine]] = defaultdict(list)
    for relation in related.relations:
        if relation.source_id == related.document.pk and relation.target_id in lines:
            own[relation.kind].append(lines[relation.target_id])
        elif relation.target_id == related.document.pk and relation.source_id in lines:
            from_others[relation.kind].append(lines[relation.source_id])
    forward = [RelationGroup(kind.label, _in_order(own[kind])) for kind in Kind if own[kind]]
    return forward + [RelationGroup(REVERSED[kind], _in_order(from_others[kind])) for kind in Kind if from_others[kind]]


def _sources(related: Related, lines: dict[int, DocumentLine], kind: str) -> list[DocumentLine]:
    """The documents that stand in this relation to the one shown."""
    found = [
        lines[relation.source_id]
        for relation in related.relations
        if relation.kind == kind and relation.target_id == related.document.pk and relation.source_id in lines
    ]
    return _in_order(found)


def _newer(related: Related, lines: dict[int, DocumentLine]) -> DocumentLine | None:
    """The latest revision, of this document or of the one that this is a revision of; None where this is the latest."""
    revisions = {
        relation.source_id: lines[relation.source_id]
        for relation in related.relations
        if relation.kind == Kind.REVISION and relation.source_id in lines
    }
    latest = next(reversed(_available(_in_order(list(revisions.values())))), None)
    if latest is None or _order(latest) <= _order(lines[related.document.pk]):
        return None
    return latest


def _order(line: DocumentLine) -> str:
    return line.document.symbol_sort


def _in_order(lines: list[DocumentLine]) -> list[DocumentLine]:
    return sorted(lines, key=_order)


def _available(lines: list[DocumentLine]) -> list[DocumentLine]:
    """Those that can be read in some language: nothing is superseded by what is only awaited."""
    return [line for line in lines if line.available]


def _cites(
    related: Related, itself: DocumentLine, by_key: dict[str | None, DocumentLine], language: str
) -> list[CitedLine]:
    """What the document cites, each target once, with its place in the edition of the page's language."""
    here = next((cell for cell in itself.cells if cell.language == language), None)
    found: dict[Any, CitedLine] = {}
    in_order = sorted(related.citations, key=lambda citation: symbol_order(citation.symbol))
    for citation in in_order:
        line = by_key.get(citation.symbol_key)
        place = _place(citation, here) if citation.language == language else None
        key = line.document.pk if line else citation.symbol_key
        if key not in found or (place and not found[key].place):
            found[key] = CitedLine(citation.symbol, line, place)
    return list(found.values())


def _citing(line: DocumentLine, citations: list[Any], language: str) -> CitingLine:
    """A citing document with its sentence in the best language for the reader: one that can be read with its text."""
    ranks = {code: rank for rank, code in enumerate(reading_order(language))}
    cells = {cell.language: cell for cell in line.cells}
    told = {citation.language: citation for citation in citations if citation.language and citation.sentence}
    if not told:
        return CitingLine(line, SafeString(), language, None)
    best = min(told, key=lambda code: ranks.get(code, len(ranks)))
    return CitingLine(line, _marked(told[best]), best, _place(told[best], cells.get(best)))


def _place(citation: Citation, cell: VersionCell | None) -> Place | None:
    """Where a citation stands, in a language that can be read on a page; None where it cannot."""
    if not citation.anchor or cell is None or cell.url is None or not cell.has_edition:
        return None
    return Place(_place_name(citation), f"{cell.url}#{element_id(citation.anchor)}")


def _place_name(citation: Citation) -> str:
    if citation.label and citation.anchor.startswith("fn"):
        return _("note {mark}").format(mark=citation.label)
    if citation.label:
        return _("para. {number}").format(number=citation.label)
    return _("the passage")


def _marked(citation: Citation) -> SafeString:
    """The sentence with the symbol as printed kept in one piece, whatever the direction of the text around."""
    before, printed, after = citation.sentence.partition(citation.printed or citation.symbol)
    symbol = f'<bdi class="symbol" translate="no">{escape(printed)}</bdi>' if printed else ""
    return SafeString(f"{escape(before)}{symbol}{escape(after)}")
