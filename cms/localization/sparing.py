"""Saying that documents and pages need no translation into a language, and taking that back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from cms.localization.models import NotRequired
from cms.localization.roles import coordinates
from cms.localization.states import NOTHING_KNOWN, Facts, State, facts_of, state_of
from cms.localization.things import Name, coordinated_pages, names_of_documents
from documents.models import OfficialDocument


@dataclass(frozen=True)
class Thing:
    """A document or the page that stands for its languages, with what it is called: a document always has a symbol."""

    key: UUID
    record: Any
    name: Name


@dataclass(frozen=True)
class Spared:
    """What became of one thing in one language: a sentence where it was refused."""

    thing: Thing
    locale: Locale
    refusal: str = ""


def coordinated(keys: Iterable[UUID], user: Any) -> list[Thing]:
    """Those of the things whose process the user coordinates, in the order of the keys. Six queries."""
    wanted = list(dict.fromkeys(keys))
    documents = OfficialDocument.objects.filter(uid__in=wanted)
    mine = {document.uid: document for document in documents if coordinates(user, document.process_id)}
    names = names_of_documents(documents.filter(uid__in=mine))
    found = {
        key: Thing(key, document, replace(names.get(key, Name()), symbol=str(document)))
        for key, document in mine.items()
    }
    for key, (page, _process) in coordinated_pages([key for key in wanted if key not in mine], user).items():
        found[key] = Thing(key, page, Name("", page.draft_title, page.locale.language_code))
    return [found[key] for key in wanted if key in found]


def refusal(facts: Facts) -> str | None:
    """Why a thing cannot be marked in a language of which this is true."""
    if facts.is_original:
        return _("It is the original.")
    if facts.has_own_edition:
        return _("It has an edition of its own in this language.")
    if facts.is_live:
        return _("Readers have it in this language already.")
    if facts.in_review:
        return _("It is in review.")
    if facts.translation is not None and facts.touched:
        return _("It is being translated (%(touched)s of %(total)s texts). Stop the translation first.") % {
            "touched": facts.touched,
            "total": facts.total,
        }
    return None


def spare(things: Sequence[Thing], locales: Iterable[Locale], reason: str, user: Any) -> list[Spared]:
    """Marks the things as not required in these languages, each by itself; a mark that is there gets the reason.

    A translation of which nothing is translated yet is stopped by it.
    """
    facts = facts_of([thing.key for thing in things])
    done = []
    for locale in locales:
        for thing in things:
            known = facts.get(thing.key, {}).get(locale.language_code, NOTHING_KNOWN)
            reason_against = refusal(known)
            if reason_against is None:
                _mark(thing, locale, known, reason, user)
            done.append(Spared(thing, locale, reason_against or ""))
    return done


@transaction.atomic
def _mark(thing: Thing, locale: Locale, known: Facts, reason: str, user: Any) -> None:
    _row, is_new = NotRequired.objects.update_or_create(
        translation_key=thing.key, locale=locale, defaults={"reason": reason, "by": user}
    )
    if known.translation is not None:
        Translation.objects.filter(pk=known.translation).update(enabled=False)
    if is_new or known.not_required != reason:
        _tell(thing, "localization.not_required", locale, user, reason)


@transaction.atomic
def require(things: Sequence[Thing], locales: Iterable[Locale], user: Any) -> int:
    """Takes the marks back; gives how many there were."""
    languages = {locale.pk: locale for locale in locales}
    by_key = {thing.key: thing for thing in things}
    marks = list(NotRequired.objects.filter(translation_key__in=by_key, locale__in=languages).order_by("pk"))
    for mark in marks:
        _tell(by_key[mark.translation_key], "localization.required", languages[mark.locale_id], user, mark.reason)
    NotRequired.objects.filter(pk__in=[mark.pk for mark in marks]).delete()
    return len(marks)


def _tell(thing: Thing, action: str, locale: Locale, user: Any, reason: str) -> None:
    """Writes it into the history of the document or page."""
    record = thing.record.specific_deferred if isinstance(thing.record, Page) else thing.record
    log(instance=record, action=action, user=user, data={"language": locale.language_code, "reason": reason})


def states_of(things: Sequence[Thing]) -> list[tuple[Thing, dict[str, tuple[State, str]]]]:
    """The things with their state by language, and the reason of what is not required."""
    facts = facts_of([thing.key for thing in things])
    return [
        (thing, {code: (state_of(known), known.not_required) for code, known in facts.get(thing.key, {}).items()})
        for thing in things
    ]
