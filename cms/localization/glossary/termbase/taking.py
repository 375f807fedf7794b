"""Taking terms from a file into the glossary, and what became of each."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import ModelLogEntry

from cms.localization.foreign import FileRefusedError
from cms.localization.glossary.termbase import table, tbx
from cms.localization.glossary.termbase.entries import MOST_BYTES, Entry
from cms.localization.models import Term, TermName
from cms.localization.models.glossary import LONGEST_NOTE, LONGEST_SOURCE
from cms.processes.models import Process

BATCH = 500


class Outcome(models.TextChoices):
    """What became of a term of a file."""

    ADDED = "added", gettext_lazy("Added")
    CHANGED = "changed", gettext_lazy("Changed")
    SAME = "same", gettext_lazy("As it was")
    REFUSED = "refused", gettext_lazy("Refused")


@dataclass(frozen=True)
class Line:
    """One term of a file: where it stands there, its first name, what became of it, and why or what was left out.

    ``language`` is Django's code of the name's language, empty where there is no name.
    """

    place: str
    name: str
    language: str
    outcome: Outcome
    detail: str = ""


@dataclass
class _Plan:
    """What is to be written for a term: the names of some languages anew, its source and note."""

    term: Term
    names: list[TermName]
    languages: set[str]
    is_new: bool


def read_file(name: str, content: bytes) -> list[Entry]:
    """The terms of a TBX or CSV file, told by its name and its beginning. Raises FileRefusedError."""
    if len(content) > MOST_BYTES:
        raise FileRefusedError(_("The file is larger than %(most)s MB.") % {"most": MOST_BYTES // 1024**2})
    if not content.strip():
        raise FileRefusedError(_("The file is empty."))
    is_xml = name.lower().endswith((".tbx", ".xml")) or content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    entries = list(tbx.read(content) if is_xml else table.read(content))
    if not entries:
        raise FileRefusedError(_("There is no term in the file."))
    return entries


@transaction.atomic
def take(entries: Iterable[Entry], process: Process | None, user: Any) -> list[Line]:
    """Takes terms into the glossary of a process, or the general one; gives a line for each, in their order.

    A term is known again by its id, else by an official name in the same language. What a file says of a language
    takes the place of what was there; a language, source or note of which it says nothing stays.
    """
    known = _Known(process)
    plans: list[_Plan] = []
    lines = []
    for entry in entries:
        line, plan = _considered(entry, known, process, user)
        lines.append(line)
        if plan is not None:
            plans.append(plan)
    _write(plans, user)
    return lines


class _Known:
    """The terms that are there, by id and by official name. Two queries."""

    def __init__(self, process: Process | None) -> None:
        self.by_uid: dict[uuid.UUID, Term] = {}
        self.by_name: defaultdict[tuple[str, str], set[uuid.UUID]] = defaultdict(set)
        self.taken: dict[uuid.UUID, str] = {}
        for term in Term.objects.filter(process=process).prefetch_related("names"):
            self.add(term, term.names.all())

    def add(self, term: Term, names: Iterable[TermName]) -> None:
        """Makes a term known by its names."""
        self.by_uid[term.uid] = term
        for name in names:
            if name.use == TermName.Use.PREFERRED:
                self.by_name[name.language, name.text.casefold()].add(term.uid)

    def find(self, uid: uuid.UUID | None, names: Iterable[TermName]) -> set[uuid.UUID]:
        """The terms that an entry may mean."""
        if uid in self.by_uid:
            return {uid} if uid else set()
        found: set[uuid.UUID] = set()
        for name in names:
            if name.use == TermName.Use.PREFERRED:
                found |= self.by_name.get((name.language, name.text.casefold()), set())
        return found


class _Refused(Exception):
    """An entry that is not taken; the message is a sentence."""


def _considered(entry: Entry, known: _Known, process: Process | None, user: Any) -> tuple[Line, _Plan | None]:
    """What is to become of one entry."""
    names = list(_names(entry))
    title, language = (names[0].text, names[0].language) if names else ("", "")
    ignored = " ".join(entry.ignored)
    try:
        term = _meant(entry, names, known, user)
    except _Refused as refusal:
        return Line(entry.place, title, language, Outcome.REFUSED, f"{refusal} {ignored}".strip()), None
    if term is None:
        term = Term(process=process, source=entry.source[:LONGEST_SOURCE], note=entry.note[:LONGEST_NOTE])
        known.add(term, names)
        plan: _Plan | None = _Plan(term, names, {name.language for name in names}, is_new=True)
        outcome = Outcome.ADDED
    else:
        plan = _plan(term, entry, names)
        outcome = Outcome.CHANGED if plan else Outcome.SAME
    known.taken[term.uid] = entry.place
    return Line(entry.place, title, language, outcome, ignored), plan


def _meant(entry: Entry, names: list[TermName], known: _Known, user: Any) -> Term | None:
    """The term of the glossary that an entry means; None for a new one. Raises _Refused."""
    if not names:
        raise _Refused(_("It has no name in a language of this site."))
    if problem := next((name.problem for name in names if name.problem), None):
        raise _Refused(problem)
    found = known.find(entry.uid, names)
    if len(found) > 1:
        raise _Refused(_("Its names belong to different terms of the glossary."))
    if not found:
        return None
    term = known.by_uid[found.pop()]
    if term.uid in known.taken:
        raise _Refused(_("The file has it twice: %(place)s.") % {"place": known.taken[term.uid]})
    lock = term.get_lock()
    if lock and lock.for_user(user):
        raise _Refused(_("It is locked in the glossary."))
    return term


def _plan(term: Term, entry: Entry, names: list[TermName]) -> _Plan | None:
    """What is to be written over a term that is there; None where it says the same already."""
    there = {(name.language, name.text, name.use) for name in term.names.all()}
    said = {(name.language, name.text, name.use) for name in names}
    languages = {
        language
        for language in {name.language for name in names}
        if {one for one in there if one[0] == language} != {one for one in said if one[0] == language}
    }
    source, note = entry.source[:LONGEST_SOURCE] or term.source, entry.note[:LONGEST_NOTE] or term.note
    if not languages and (source, note) == (term.source, term.note):
        return None
    term.source, term.note = source, note
    return _Plan(term, [name for name in names if name.language in languages], languages, is_new=False)


def _names(entry: Entry) -> Iterator[TermName]:
    """The names of an entry as rows, each once."""
    seen: set[tuple[str, str]] = set()
    for given in entry.names:
        name = TermName(language=given.language, text=given.text, use=given.use, sort_order=len(seen))
        name.derive()
        if name.text and (name.language, name.text) not in seen:
            seen.add((name.language, name.text))
            yield name


def _write(plans: list[_Plan], user: Any) -> None:
    """Writes all that is planned: a fixed number of queries for each five hundred terms."""
    new = [plan.term for plan in plans if plan.is_new]
    changed = [plan.term for plan in plans if not plan.is_new]
    Term.objects.bulk_create(new, batch_size=BATCH)
    Term.objects.bulk_update(changed, ["source", "note"], batch_size=BATCH)
    by_languages: defaultdict[frozenset[str], list[int]] = defaultdict(list)
    for plan in plans:
        if not plan.is_new:
            by_languages[frozenset(plan.languages)].append(plan.term.pk)
        for name in plan.names:
            name.term = plan.term
    for languages, terms in by_languages.items():
        for start in range(0, len(terms), BATCH):
            TermName.objects.filter(term__in=terms[start : start + BATCH], language__in=languages).delete()
    TermName.objects.bulk_create([name for plan in plans for name in plan.names], batch_size=BATCH)
    _log(plans, user)


def _log(plans: list[_Plan], user: Any) -> None:
    """Notes in the history of each term who brought it in or changed it."""
    content_type = ContentType.objects.get_for_model(Term)
    now = timezone.now()
    ModelLogEntry.objects.bulk_create(
        [
            ModelLogEntry(
                content_type=content_type,
                object_id=str(plan.term.pk),
                label=plan.names[0].text if plan.names else str(plan.term),
                action="wagtail.create" if plan.is_new else "wagtail.edit",
                timestamp=now,
                user=user,
                content_changed=True,
            )
            for plan in plans
        ],
        batch_size=BATCH,
    )
