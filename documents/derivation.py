"""What follows from a symbol in this archive: where a document belongs, which number is free, what is remarkable."""

from collections import Counter
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.languages import short_code
from cms.meetings.models import Session
from cms.processes.models import Process, WorkingGroup
from documents.importing.filing import body_of, document_with, process_of
from documents.models import OfficialDocument, SymbolSeries
from documents.models.documents import OfficialDocumentQuerySet
from documents.symbol_tables import known_heads
from documents.symbols.folding import symbol_key
from documents.symbols.grammar import KNOWN_HEADS, YEAR
from documents.symbols.numbering import next_number, numbered, parent_of, prefix_of, series_of
from documents.symbols.parts import SymbolParts, parse_symbol, parse_symbols
from documents.symbols.reasons import NotASymbol, Rule
from documents.symbols.series import SeriesTable, format_in, series_table

# Series whose next number is offered; a session rarely has more than a main one, INF, L, CRP and WP.
MOST_SERIES = 6

SENTENCES = {
    Rule.EMPTY: gettext_lazy("It is empty."),
    Rule.NO_SLASH: gettext_lazy("It has no slash."),
    Rule.EMPTY_PART: gettext_lazy("There is nothing between two of its slashes."),
    Rule.DIGIT_FIRST: gettext_lazy("It begins with a digit, like a fraction or a date."),
    Rule.NO_NUMBER: gettext_lazy("It has no number."),
    Rule.NO_HEAD: gettext_lazy("“%(part)s” is not the name of a body in capital letters."),
    Rule.STANDARD: gettext_lazy("“%(part)s” numbers standards or laws, not documents."),
    Rule.UNKNOWN_LETTER: gettext_lazy("“%(part)s” is no known body."),
    Rule.TWO_PARTS: gettext_lazy("A body and a number alone make a symbol in the oldest series only."),
    Rule.YEAR_ONLY: gettext_lazy("It is a body and a year without a number."),
    Rule.BAD_PART: gettext_lazy("“%(part)s” is no part of a symbol."),
    Rule.LONG_PART: gettext_lazy("One of its parts is too long."),
    Rule.MANY_PARTS: gettext_lazy("It has too many parts."),
    Rule.OTHER_ALPHABET: gettext_lazy("“%(part)s” is no known series, and it is printed in another alphabet."),
    Rule.JOINT: gettext_lazy("It is two symbols in one: %(part)s."),
}


@dataclass(frozen=True)
class Belonging:
    """Where a document belongs by its symbol, as far as that is sure."""

    process: Process | None = None
    working_group: WorkingGroup | None = None
    session: Session | None = None


def belonging_of(symbol: str) -> Belonging:
    """The process, body and session that a symbol tells; none of them where it leaves a choice. Six queries at most.

    The body must be the one that the symbol names whole: CTOC/COP/WG.5/2019/6 is no document of CTOC/COP.
    """
    try:
        parts = _parse(symbol)
    except NotASymbol:
        return Belonging(process_of(symbol))
    series = SymbolSeries.objects.select_related("process").filter(letters=parts.body, cited_by_number=False).first()
    if series:
        governing = WorkingGroup.objects.filter(process=series.process, kind=WorkingGroup.Kind.GOVERNING_BODY)
        return _with_session(series.process, governing.first(), parts)
    process = process_of(symbol)
    group = body_of(process, symbol) if process else None
    if group and symbol_key(group.symbol_head) != symbol_key(parts.body):
        group = None
    return _with_session(process, group, parts)


def _parse(symbol: str) -> SymbolParts:
    """The parts of a symbol, with what the database knows. Two queries. Raises NotASymbol."""
    return parse_symbol(symbol, KNOWN_HEADS | known_heads(), _table())


def _table() -> SeriesTable:
    return series_table(SymbolSeries.objects.decision_series())


def _with_session(process: Process | None, group: WorkingGroup | None, parts: SymbolParts) -> Belonging:
    """Adds the session that a year or a number in the symbol means, if the body held one only."""
    if group is None:
        return Belonging(process)
    sessions = Session.objects.filter(working_group=group).exclude(status=Session.Status.CANCELLED)
    if YEAR.fullmatch(parts.session):
        sessions = sessions.filter(starts_on__year=int(parts.session))
    elif parts.session.isdecimal():
        sessions = sessions.filter(number=int(parts.session))
    else:
        return Belonging(process, group)
    found = list(sessions[:2])
    return Belonging(process, group, found[0] if len(found) == 1 else None)


def next_symbols(session: Session) -> list[str]:
    """The next symbol of each series that a session uses, the main one first; at most two queries and one a series.

    A session without documents goes on as the one before it did: with its own year or number.
    """
    series = _series_of(session, OfficialDocument.objects.filter(session=session)) or _series_before(session)
    offered = []
    for one in series[:MOST_SERIES]:
        there = OfficialDocument.objects.in_series(prefix_of(one)).values_list("symbol", flat=True)
        offered.append(numbered(one, next_number(one, filter(None, there))).canonical)
    return offered


def _series_before(session: Session) -> list[SymbolParts]:
    """The series of the body's last session with documents, carried over to this one."""
    earlier = Session.objects.filter(working_group=session.working_group_id, documents__symbol__isnull=False)
    if session.starts_on:
        earlier = earlier.filter(starts_on__lt=session.starts_on)
    before = earlier.exclude(pk=session.pk).order_by("-starts_on", "-number").first()
    if before is None:
        return []
    now = {}
    if before.starts_on and session.starts_on:
        now[str(before.starts_on.year)] = str(session.starts_on.year)
    if before.number and session.number:
        now[str(before.number)] = str(session.number)
    found = _series_of(before, OfficialDocument.objects.filter(session=before))
    return [replace(one, session=now[one.session]) for one in found if one.session in now]


def _series_of(session: Session, documents: OfficialDocumentQuerySet) -> list[SymbolParts]:
    """The series of a session's documents: the main one first, then those that are used most."""
    heads = frozenset(head.split("/")[0] for head in session.process.symbol_heads) | KNOWN_HEADS
    counts: Counter[SymbolParts] = Counter()
    for symbol in documents.exclude(symbol=None).values_list("symbol", flat=True):
        try:
            parts = parse_symbol(symbol or "", heads)
        except NotASymbol:
            continue
        if "({session})" not in parts.form:  # numbers that go on through the years say nothing of a session
            counts[series_of(parts)] += 1
    return sorted(counts, key=lambda one: (bool(one.nature), -counts[one], one.canonical))


def notices_on(document: OfficialDocument) -> list[str]:
    """What an officer is told of the symbol of a document that was saved; none of it is an error. Eight queries.

    That it is no symbol and why, that others differ from it in punctuation only, that it begins like those of another
    process, that the archive lacks what it changes.
    """
    if not document.symbol:
        return []
    notices = []
    try:
        parts = parse_symbols(document.symbol, KNOWN_HEADS | known_heads(), _table())
    except NotASymbol as refusal:
        reason = SENTENCES[refusal.rule] % {"part": refusal.part}
        notices.append(
            _("“%(symbol)s” does not look like a symbol. %(reason)s") % {"symbol": document, "reason": reason}
        )
        parts = ()
    others = document.near_duplicates()
    if others:
        listed = ", ".join(str(other) for other in others)
        notices.append(_("There is also %(others)s, which differs in punctuation only.") % {"others": listed})
    process = process_of(document.symbol)
    if process is not None and process.pk != document.process_id:
        notices.append(_("Its symbol begins like those of %(process)s.") % {"process": process})
    parents = [parent.canonical for parent in map(parent_of, parts) if parent]
    return notices + [
        _("It changes %(parent)s, which the archive does not hold.") % {"parent": parent}
        for parent in parents
        if document_with(parent) is None
    ]


def printed_in(symbol: str, language: str) -> str:
    """A symbol as a language prints it, where that differs from the canonical one; else empty. One query."""
    printed = format_in(symbol, short_code(language), _table())
    return printed if printed != symbol else ""
