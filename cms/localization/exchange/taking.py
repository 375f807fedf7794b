"""Taking the texts of a file into a page's translation, and what became of each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_localize.models import Translation

from cms.core.languages import language
from cms.localization.exchange.units import Given, Head, Reading, key_of, parts_of, text_of, words_of
from cms.localization.foreign import FileRefusedError
from cms.localization.models import SegmentReview
from cms.localization.proofing import Pair, Rules, findings_of
from cms.localization.proofreading import rules_for
from cms.localization.texts import inline
from cms.localization.texts.rows import Row, load
from cms.localization.texts.saving import MOST_TEXT, Refused, checked
from cms.localization.texts.storing import Change, store

# What a text that a file brought is marked with: the file's number, and the version that it became.
TOOL = "file"
MOST_FINDINGS = 3  # of one text in the report
LONGEST_PLACE = 100  # characters of a name or text that the report repeats


class Outcome(models.TextChoices):
    """What became of a text of a file."""

    CONFIRMED = "confirmed", gettext_lazy("Taken as confirmed")
    TAKEN = "taken", gettext_lazy("Taken as a draft")
    UNCHANGED = "unchanged", gettext_lazy("As it was")
    OPEN = "open", gettext_lazy("Not translated in the file")
    REFUSED = "refused", gettext_lazy("Refused")


@dataclass(frozen=True)
class Line:
    """One text of a file: its row's key, empty where the page has it not, its place in words, and what became of it.

    ``detail`` is why it was refused, or what its translator should look at. ``text`` is how the source begins.
    """

    key: str
    place: str
    text: str
    outcome: Outcome
    detail: str = ""

    def as_json(self) -> dict[str, str]:
        """The line as the report keeps it."""
        return {name: str(value) for name, value in asdict(self).items()} | {"outcome": self.outcome.value}


class _NotTaken(Exception):
    """A text that is not written: what became of it instead, and why."""

    def __init__(self, outcome: Outcome, detail: str = "") -> None:
        super().__init__(detail)
        self.outcome = outcome


def check_head(head: Head, translation: Translation) -> None:
    """Raises FileRefusedError where a file is of another page or into another language than the translation."""
    if head.page != str(translation.source.object_id):
        raise FileRefusedError(_("The file is of another page."))
    wanted = language(translation.source.locale.language_code), language(translation.target_locale.language_code)
    if (head.source, head.target) != wanted:
        raise FileRefusedError(
            _("The file goes from %(source)s into %(target)s, and this translation from %(from)s into %(into)s.")
            % {
                "source": head.source.label,
                "target": head.target.label,
                "from": wanted[0].label,
                "into": wanted[1].label,
            }
        )


def take(
    translation: Translation, reading: Reading, user: Any, *, confirm: bool, in_review: bool = False
) -> list[Line]:
    """Takes the texts of a file, and gives a line for each, in their order.

    With ``confirm`` those are confirmed that somebody stands by, by the file, and in which no check finds an error; all
    others are drafts. Nothing is written over a text that was changed here since the file was saved, and nothing is
    taken away. The same file can be taken again. ``in_review`` says that a reviewer corrects the translation. Raises
    FileRefusedError for a file of another page. Rights and locks are asked before.
    """
    check_head(reading.head, translation)
    page = _Page(load(translation))
    judge = _Judge(translation, reading.head, confirm)
    lines: list[Line] = []
    changes: dict[int, Change] = {}
    for given, row in page.found(reading):
        try:
            if row is None:
                raise _NotTaken(Outcome.REFUSED, page.why_missing(given))
            if row.key in page.seen:
                raise _NotTaken(Outcome.REFUSED, _("The file has it twice."))
            page.seen.add(row.key)
            change, detail = judge.change(given, row)
        except _NotTaken as reason:
            lines.append(_line(given, row, reason.outcome, str(reason)))
            continue
        changes[len(lines)] = change
        outcome = Outcome.CONFIRMED if change.state == SegmentReview.State.CONFIRMED else Outcome.TAKEN
        lines.append(_line(given, row, outcome, detail))
    late = store(translation, list(changes.values()), user, in_review=in_review)
    for number, change in changes.items():
        if change.row.key in late:
            lines[number] = replace(
                lines[number], outcome=Outcome.REFUSED, detail=_("Somebody changed this meanwhile.")
            )
    return lines


class _Page:
    """The texts of a page, found by what files call them; ``seen`` are the keys of those that a file gave already."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.seen: set[str] = set()
        self._by_key: dict[str, Row] = {}
        self._by_source: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
        self._places: set[str] = set()
        for row in rows:
            key, path = key_of(row), row.segment.context.path
            self._by_key[key] = row
            self._places |= {key.partition("-")[0], path}
            for words in _sources(row):
                self._by_source[path, words].append(row)
                self._by_source["", words].append(row)

    def found(self, reading: Reading) -> Iterator[tuple[Given, Row | None]]:
        """The texts of a file, each with the row that it belongs to; None where there is none.

        Of a memory only those that the page has, with every row that lacks a translation, and the first pair of each.
        """
        if not reading.is_memory:
            yield from ((given, self._find(given)) for given in reading.given)
            return
        for given in reading.given:
            for row in self._by_source.get(("", words_of(given.source)), []):
                if not row.data and row.key not in self.seen:
                    yield given, row

    def _find(self, given: Given) -> Row | None:
        if given.key:
            return self._by_key.get(given.key)
        rows = self._by_source.get((given.path, words_of(given.source)), [])
        return next((row for row in rows if row.key not in self.seen), rows[0] if rows else None)

    def why_missing(self, given: Given) -> str:
        """Why no row was found, in a sentence."""
        if given.key.partition("-")[0] in self._places or given.path in self._places:
            return _("The source has changed since the file was saved.")
        return _("The page has no such text, or not any more.")


def _sources(row: Row) -> set[str]:
    """How files may write the source: without its codes where they are elements, with them where they are text."""
    return {words_of(parts_of(row.source.text, row.source)), words_of((row.source.text,))}


@dataclass(frozen=True)
class _Judge:
    """What is to be written of a file into a translation."""

    translation: Translation
    head: Head
    confirm: bool

    @cached_property
    def rules(self) -> Rules:
        return rules_for(self.translation)

    def change(self, given: Given, row: Row) -> tuple[Change, str]:
        """What is to be written for a text, and what its translator should look at. Raises _NotTaken."""
        if given.problem:
            raise _NotTaken(Outcome.REFUSED, given.problem)
        if given.is_open and not row.data:
            raise _NotTaken(Outcome.OPEN)
        if words_of(given.source) not in _sources(row):
            raise _NotTaken(Outcome.REFUSED, _("The source in the file is another than that of the page."))
        try:
            text = text_of(given.target, row.source)
            if len(text) > MOST_TEXT:
                raise Refused(_("This is longer than any text may be."))
            data = checked(self.translation, row, text)
        except (Refused, inline.CodeError) as error:
            raise _NotTaken(Outcome.REFUSED, str(error)) from error
        stands_by_it = self.confirm and given.done
        if data == row.data and (row.finished or not stands_by_it):
            raise _NotTaken(Outcome.UNCHANGED)
        if not data or (given.is_open and data != row.data):
            raise _NotTaken(Outcome.OPEN)
        if refusal := _newer(given, row, self.head):
            raise _NotTaken(Outcome.REFUSED, refusal)
        findings = findings_of(Pair(row.source, text), self.rules)
        fits = not any(finding.is_error for finding in findings)
        state = SegmentReview.State.CONFIRMED if stands_by_it and fits else SegmentReview.State.DRAFT
        if data == row.data and state == row.state:
            raise _NotTaken(Outcome.UNCHANGED)
        detail = " ".join(finding.sentence for finding in findings[:MOST_FINDINGS])
        return Change(row, data, state, f"{TOOL} {self.head.export} {row.version + 1}"), detail


def _newer(given: Given, row: Row, head: Head) -> str:
    """Why a text is not written over the one that is here; empty where it may be.

    It may be where that is the one which the file was saved with, or where the same file brought it.
    """
    if row.current is None or given.version == row.version:
        return ""
    if head.export and row.current.tool_name == f"{TOOL} {head.export} {row.version}":
        return ""
    if given.version is None:
        return _("There is a translation here, and the file does not say whether it was made from that one.")
    return _("It was changed here since the file was saved.")


def _line(given: Given, row: Row | None, outcome: Outcome, detail: str) -> Line:
    if row is None:
        return Line("", given.place[:LONGEST_PLACE], words_of(given.source)[:LONGEST_PLACE], outcome, detail)
    place = " ".join(part for part in (row.kind, row.label) if part)
    return Line(row.key, place, row.source.text[:LONGEST_PLACE], outcome, detail)
