"""Giving out translation: many documents and pages into several languages at once, and why some are not given out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale

from cms.core.languages import language
from cms.localization.assignments.assigned import Assigned, tasks_of
from cms.localization.assignments.deadlines import proposed_date
from cms.localization.models import Submission, TaskEvent, TranslationTask
from cms.localization.notices.noting import tell_assigned
from cms.localization.roles import coordinates
from cms.localization.sending.submitting import submit_pairs
from cms.localization.states import NOTHING_KNOWN, Facts, State, facts_of, state_of
from cms.localization.things import Name, coordinated_pages, names_of_documents
from cms.users.people import called
from documents.models import LanguageVersion, OfficialDocument

ATTEMPTS = 4


@dataclass(frozen=True)
class Thing:
    """A document or page that may be given out: what it is called, where it stands, what is proposed and known."""

    key: UUID
    name: Name
    process: int | None
    due_on: date | None
    facts: Mapping[str, Facts]
    tasks: Mapping[str, Assigned]
    # Languages of which only the file is translated, outside: their version is awaited.
    awaited: Collection[str] = ()

    @property
    def source(self) -> int | None:
        """The page that it is translated from."""
        return next((facts.page for facts in self.facts.values() if facts.is_original and facts.page), None)

    def refusal(self, code: str) -> str:
        """Why it is not given out into the language; empty where it may be."""
        facts = self.facts.get(code, NOTHING_KNOWN)
        reasons = {
            State.ORIGINAL: _("It is written in this language."),
            State.OWN_EDITION: _("The document has an edition of its own in this language."),
            State.NOT_REQUIRED: _("Not required: %(reason)s") % {"reason": facts.not_required},
            State.UP_TO_DATE: _("It is up to date."),
        }
        reason = reasons.get(state_of(facts), "")
        if not reason and code in self.tasks:
            return _("Assigned already: %(name)s") % {"name": self.tasks[code].translator or "–"}
        if not reason and self.source is None and code not in self.awaited:
            return _("It has no page to translate from, and no file in this language is awaited.")
        return reason


@dataclass(frozen=True)
class Order:
    """What is asked for in one language. Without a date, each thing gets the one that is proposed for it."""

    locale: Locale
    translator: Any
    reviser: Any = None
    due_on: date | None = None
    priority: int = TranslationTask.Priority.NORMAL
    note: str = ""


@dataclass
class Outcome:
    """What became of an assignment: the tasks made, what was refused and why, and the pages sent to translation."""

    made: list[TranslationTask] = field(default_factory=list)
    refused: list[tuple[Thing, Locale, str]] = field(default_factory=list)
    submission: Submission | None = None


def gather(keys: Collection[UUID], user: Any) -> list[Thing]:
    """The documents and pages with these keys that the user coordinates, with what is known of them.

    What is another process's is left out: its titles are not the user's to read. Some 14 queries, whatever the number.
    """
    documents = OfficialDocument.objects.filter(uid__in=keys).select_related("process", "session").newest_first()
    by_key = {document.uid: document for document in documents if coordinates(user, document.process_id)}
    pages = coordinated_pages([key for key in keys if key not in by_key], user)
    mine = [*by_key, *pages]
    facts, tasks = facts_of(mine), tasks_of(mine)
    awaited: dict[UUID, set[str]] = {}
    versions = LanguageVersion.objects.filter(document__uid__in=by_key, state=LanguageVersion.State.AWAITED)
    for key, code in versions.order_by().values_list("document__uid", "language"):
        awaited.setdefault(key, set()).add(code)
    names = names_of_documents(OfficialDocument.objects.filter(uid__in=by_key))
    today = timezone.localdate()
    found = []
    for key, document in by_key.items():
        due_on = proposed_date(document.process, document.session, document.date, today)
        known = (facts.get(key, {}), tasks.get(key, {}), awaited.get(key, ()))
        found.append(Thing(key, names.get(key, Name()), document.process_id, due_on, *known))
    for key, (page, process) in pages.items():
        name = Name("", page.draft_title, page.locale.language_code)
        found.append(Thing(key, name, process, None, facts.get(key, {}), tasks.get(key, {})))
    return found


def assign(keys: Collection[UUID], orders: Sequence[Order], user: Any) -> Outcome:
    """Gives out what may be given out, and sends to translation what is not open yet. Can be repeated.

    Bounded in its queries; what somebody else gives out at the same moment is refused as assigned.
    """
    for _attempt in range(ATTEMPTS - 1):
        try:
            return _assign(keys, orders, user)
        except IntegrityError:  # somebody else gave one of them out meanwhile; now it is seen
            continue
    return _assign(keys, orders, user)


@transaction.atomic
def _assign(keys: Collection[UUID], orders: Sequence[Order], user: Any) -> Outcome:
    outcome = Outcome()
    pairs = []
    for thing in gather(keys, user):
        for order in orders:
            code = language(order.locale.language_code).code
            refusal = thing.refusal(code)
            if refusal:
                outcome.refused.append((thing, order.locale, refusal))
                continue
            outcome.made.append(_task(thing, order, user))
            if thing.source is not None and thing.facts.get(code, NOTHING_KNOWN).translation is None:
                pairs.append((thing.source, order.locale))
    TranslationTask.objects.bulk_create(outcome.made)
    TaskEvent.objects.bulk_create(
        [
            TaskEvent(task=task, action=TaskEvent.Action.ASSIGNED, by=user, after=called(task.translator))
            for task in outcome.made
        ]
    )
    tell_assigned([task.pk for task in outcome.made], user)
    if pairs:
        outcome.submission = submit_pairs(pairs, user)
    return outcome


def _task(thing: Thing, order: Order, user: Any) -> TranslationTask:
    return TranslationTask(
        translation_key=thing.key,
        locale=order.locale,
        kind=TranslationTask.Kind.FILE if thing.source is None else TranslationTask.Kind.PAGE,
        process_id=thing.process,
        translator=order.translator,
        reviser=order.reviser,
        due_on=order.due_on or thing.due_on,
        priority=order.priority,
        note=order.note,
        created_by=user,
    )
