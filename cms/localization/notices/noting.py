"""Who is told what about translations. Nobody is told what they did themselves.

Notices are written in the transaction of what they tell, and sent after it (``mailing``).
"""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from wagtail.models import Page, TaskState
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from cms.localization.assignments.stages import Stage, with_stage
from cms.localization.models import MailPreference, Notice, TranslationTask
from cms.localization.roles import revisers_of

Kind = Notice.Kind
DUE_SOON = timedelta(days=3)
AT_ONCE = 500  # rows in one statement

# One text at one place: the keys of its context and its string.
Place = tuple[int, int]


def tell(notices: Iterable[Notice]) -> None:
    """Keeps the notices, but for people's own deeds, and has those sent that are to be sent at once. Two queries."""
    kept = [notice for notice in notices if notice.user_id != notice.by_id]
    if not kept:
        return
    Notice.objects.bulk_create(kept, batch_size=AT_ONCE, ignore_conflicts=True)
    people = {notice.user_id for notice in kept}
    for user in sorted(people - _daily(people)):
        transaction.on_commit(partial(_send, user))


def _daily(people: Collection[int]) -> set[int]:
    """Those who want one message a day."""
    return set(MailPreference.objects.filter(user__in=people, daily=True).values_list("user", flat=True))


def _send(user: int) -> None:
    from cms.localization.tasks import send_notices  # the worker's tasks know the modules that write notices

    send_notices.enqueue(user)


def tell_assigned(tasks: Collection[int], by: Any) -> None:
    """Tells translator and reviser of tasks, by their keys, that they have them; each person once a task."""
    notices = []
    for task in TranslationTask.objects.open().filter(pk__in=tasks):
        for kind, user in ((Kind.TO_TRANSLATE, task.translator_id), (Kind.TO_REVISE, task.reviser_id)):
            about = _about(task) | {"comment": task.note, "due_on": task.due_on, "once": f"{kind}:{task.pk}"}
            if user is not None:
                notices.append(Notice(kind=kind, user_id=user, by=by, **about))
    tell(notices)


def _about(thing: Page | TranslationTask) -> dict[str, Any]:
    """What a notice is about: a page in its language, or the thing and language of a task."""
    return {"translation_key": thing.translation_key, "locale_id": thing.locale_id}


def tell_waiting(page: Page, by: Any) -> None:
    """Tells the reviser that a translation was handed in: that of its task, else all of the language."""
    tell(Notice(kind=Kind.WAITING, user_id=user, by=by, **_about(page)) for user in revisers_for(page))


def revisers_for(page: Page) -> set[int]:
    """The keys of those for whom a translation waits that is handed in. Two queries at most."""
    task = _task_of(page)
    if task is not None and task.reviser_id:
        return {task.reviser_id}
    return set(revisers_of(page.locale).values_list("pk", flat=True))


def tell_sent_back(page: Page, state: TaskState, by: Any) -> None:
    """Tells whoever has the task, and whoever handed the translation in, that it came back, with the comment."""
    task = _task_of(page)
    people = {state.workflow_state.requested_by_id, state.revision.user_id, task.translator_id if task else None}
    about = _about(page) | {"comment": state.comment}
    tell(Notice(kind=Kind.SENT_BACK, user_id=user, by=by, **about) for user in people - {None})


def _task_of(page: Page) -> TranslationTask | None:
    return TranslationTask.objects.open().about(page.translation_key, page.locale_id).first()


def places(source: TranslationSource) -> set[Place]:
    """The texts of a source, for :func:`tell_source_changed` to compare. One query."""
    return set(StringSegment.objects.filter(source=source).values_list("context", "string"))


def tell_source_changed(source: TranslationSource, before: set[Place], by: Any) -> None:
    """Tells translators whose texts a change of the source outdated, or who have new ones to translate.

    ``before`` are the texts that were there (:func:`places`). What is carried over outdates nothing, so this comes
    after it. Whoever was not told of an earlier change of the same page yet is told once. At most two queries, and four
    for each language.
    """
    new = places(source) - before
    if not new:
        return
    made: dict[int, set[Place]] = {}
    contexts = {context for context, _string in new}
    texts = StringTranslation.objects.filter(context__object_id=source.object_id, context__in=contexts)
    for locale, context, string in texts.values_list("locale", "context", "translation_of"):
        made.setdefault(locale, set()).add((context, string))
    notices: list[Notice] = []
    for translation in source.translations.filter(enabled=True).select_related("source"):
        locale = translation.target_locale_id
        if new - made.get(locale, set()):
            told = Notice.objects.unsent().filter(
                kind=Kind.SOURCE_CHANGED, translation_key=source.object_id, locale=locale
            )
            people = _translators(translation) - set(told.values_list("user", flat=True))
            place: dict[str, Any] = {"translation_key": source.object_id, "locale_id": locale}
            notices += [Notice(kind=Kind.SOURCE_CHANGED, user_id=user, by=by, **place) for user in people]
    tell(notices)


def _translators(translation: Translation) -> set[int]:
    """Whose work a translation is: the translator of its last task, else whoever wrote its texts."""
    tasks = TranslationTask.objects.about(translation.source.object_id, translation.target_locale_id)
    tasks = tasks.exclude(state=TranslationTask.State.WITHDRAWN)
    translator = tasks.order_by("-pk").values_list("translator", flat=True).first()
    if translator:
        return {translator}
    texts = StringTranslation.objects.filter(
        locale=translation.target_locale_id, context__object_id=translation.source.object_id
    )
    return set(texts.order_by().values_list("last_translated_by", flat=True).distinct()) - {None}


def tell_due(today: date) -> None:
    """Tells of the tasks that are due within three days and of those that are overdue, once for each date.

    It is whose turn it is who is told: the reviser while it is in review, else the translator. Three queries.
    """
    tasks = TranslationTask.objects.open().filter(due_on__lte=today + DUE_SOON)
    notices = []
    for task in with_stage(tasks):
        due_on: Any = task.due_on
        kind = Kind.OVERDUE if due_on < today else Kind.DUE_SOON
        user = task.reviser_id if getattr(task, "stage", "") == Stage.IN_REVIEW else task.translator_id
        about = _about(task) | {"due_on": due_on, "once": f"{kind}:{task.pk}:{due_on}"}
        if user is not None:
            notices.append(Notice(kind=kind, user_id=user, **about))
    tell(notices)
