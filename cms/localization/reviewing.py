"""The review of a translation: by whom, what it does to the texts, and that nothing is approved past its rules.

The review itself is Wagtail's workflow. Whoever translated does not approve: the writers of the texts, whoever handed
them in, and whoever has the task. What a reviewer corrects while the translation is in review makes nobody a writer.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import BigIntegerField, Case, Exists, F, Max, OuterRef, QuerySet, Subquery, When
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.locks import BasicLock
from wagtail.models import Page, TaskState, WorkflowState
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.localization.completeness import incomplete, mistakes
from cms.localization.models import SegmentChange, SegmentComment, SegmentReview, TranslationTask
from cms.localization.notices.noting import revisers_for
from cms.localization.roles import pages_to_revise
from cms.localization.rules import editing_refusal
from cms.localization.sending.drafts import save_draft
from cms.users.models.approval import Reviewers, register_reviewers

LONGEST_COMMENT = 2000


@dataclass(frozen=True)
class Review:
    """A review in progress, for whoever may decide on it.

    ``refusal`` says why this user does not approve it; it may be sent back all the same. ``commented`` counts the texts
    that would go back to draft.
    """

    refusal: str | None
    commented: int


@dataclass(frozen=True)
class SentBack:
    """How a translation came back from review: from whom, when, and with what general comment."""

    user: Any
    at: datetime | None
    comment: str


class NotDecided(Exception):
    """A review on which nothing was decided. The message is a sentence for the reviewer."""


def open_translation(page: Page) -> Translation | None:
    """The open translation whose target the page is; None for other pages. One query."""
    found = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
    ).exclude(source__locale=page.locale_id)
    translation: Translation | None = found.select_related("source__locale", "target_locale").first()
    return translation


def standing(translation: Translation) -> QuerySet[StringTranslation]:
    """The translated texts whose source stands in the page now."""
    here = StringSegment.objects.filter(
        source=translation.source_id, context=OuterRef("context"), string=OuterRef("translation_of")
    )
    texts: QuerySet[StringTranslation] = StringTranslation.objects.filter(
        Exists(here), locale=translation.target_locale_id, context__object_id=translation.source.object_id
    )
    return texts


def writers(translation: Translation) -> set[int]:
    """The users who wrote the texts as they were handed in: reviewers' corrections count for nobody. One query."""
    return set(_with_writer(standing(translation)).values_list("wrote", flat=True).distinct()) - {None}


def work_of(user: Any, keys: Collection[UUID]) -> set[tuple[UUID, int]]:
    """Which translations of these pages are the user's work: by texts (:func:`writers`) or by task. Two queries.

    Gives translation keys with the keys of the languages.
    """
    here = StringSegment.objects.filter(context=OuterRef("context"), string=OuterRef("translation_of"))
    texts = _with_writer(StringTranslation.objects.filter(Exists(here), context__object_id__in=keys))
    tasks = TranslationTask.objects.open().filter(translation_key__in=keys, translator=user)
    return set(texts.filter(wrote=user.pk).values_list("context__object_id", "locale").distinct()) | set(
        tasks.values_list("translation_key", "locale")
    )


def _with_writer(texts: QuerySet[StringTranslation]) -> QuerySet[StringTranslation]:
    """The texts with who wrote each before any reviewer, as ``wrote``."""
    changes = SegmentChange.objects.filter(
        translation__source__object_id=OuterRef("context__object_id"),
        translation__target_locale=OuterRef("locale"),
        context=OuterRef("context"),
    )
    handed_in = changes.filter(in_review=False).order_by("-pk").values("user")[:1]
    wrote = Case(
        When(Exists(changes.filter(in_review=True)), then=Subquery(handed_in)),
        default=F("last_translated_by"),
        output_field=BigIntegerField(),
    )
    return texts.order_by().annotate(wrote=wrote)


def authors(page: Any) -> set[int] | None:
    """The users who do not approve the page because it is their work; None where it is no translation.

    At most five queries, kept on the page, which lives as long as the request.
    """
    if not hasattr(page, "_plenary_authors"):
        translation = open_translation(page)
        review = page.current_workflow_task_state
        page._plenary_authors = None if translation is None else authors_of(translation, review)
    found: set[int] | None = page._plenary_authors
    return found


def authors_of(translation: Translation, review: TaskState | None) -> set[int]:
    """The writers, whoever has the task, and whoever handed it in: first, and this time, when the draft was saved."""
    tasks = TranslationTask.objects.open().about(translation.source.object_id, translation.target_locale_id)
    found = writers(translation) | set(tasks.values_list("translator", flat=True))
    if review is not None:
        found |= {review.workflow_state.requested_by_id, review.revision.user_id}
    return found - {None}


def is_correction(page: Page, user: Any) -> bool:
    """Whether what the user writes now corrects somebody else's translation in review. No query where it is in none."""
    return bool(page.workflow_in_progress) and user.pk not in (authors(page) or ())


def writing_refusal(page: Any, user: Any) -> str | None:
    """Why the user cannot write the texts of a target page now (``rules.target_of``), their own in review included."""
    refusal = editing_refusal(page, user)
    if refusal is None and page.workflow_in_progress and not is_correction(page, user) and not user.is_superuser:
        return _("It is being reviewed, and it is your work: wait until it comes back.")
    return refusal


def ready(page: Page) -> bool:
    """Whether the newest draft of a page holds its translation, complete and without errors.

    Pages that are no translation are ready. Six queries at most.
    """
    translation = open_translation(page)
    if translation is None:
        return True
    return not (incomplete(translation) or has_corrections(translation, page) or mistakes(translation))


def approval_refusal(translation: Translation, page: Page, user: Any) -> str | None:
    """Why the user does not approve this translation; superusers may approve their own, so that no site is stuck.

    ``user`` is None for a program. Whether the review is the user's at all is asked of its task.
    """
    if user is not None and not user.is_superuser and user.pk in (authors(page) or ()):
        return _("You translated this, or handed it in. Another person reviews it.")
    return incomplete(translation)


def review_of(translation: Translation, page: Page, user: Any) -> Review | None:
    """The review in progress, if the user may decide on it."""
    state = page.current_workflow_task_state
    actions = _actions(state, page, user) if state is not None else set()
    if state is None or "reject" not in actions:
        return None
    refusal = approval_refusal(translation, page, user)
    if refusal is None and "approve" not in actions:
        refusal = _("You may send it back. Another person approves it.")
    return Review(refusal, len(commented(translation, state, authors(page) or ())))


def _actions(state: TaskState, page: Page, user: Any) -> set[str]:
    """What the user may do with the review's task."""
    return {name for name, _label, _modal in state.task.specific.get_actions(page, user)}


def sent_back(page: Page) -> SentBack | None:
    """How the page last came back from review, as long as it was not handed in again. One query."""
    state = page.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES or state.current_task_state is None:
        return None
    task = state.current_task_state
    return SentBack(task.finished_by, task.finished_at, task.comment)


def unfinished_reviews(pages: Iterable[Page]) -> dict[int, str]:
    """How the reviews of these pages stand that did not end well yet: in progress, or sent back. One query."""
    states = WorkflowState.objects.filter(
        base_content_type__app_label="wagtailcore",
        base_content_type__model="page",
        object_id__in=[str(page.pk) for page in pages],
        status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES],
    )
    return {int(pk): status for pk, status in states.values_list("object_id", "status")}


def commented(translation: Translation, state: TaskState, own: Collection[int]) -> set[int]:
    """The places of texts on which a reviewer commented in this review, by their contexts, but for what is done.

    ``own`` are the users whose work it is: what they ask is no objection.
    """
    comments = SegmentComment.objects.filter(translation=translation, created_at__gte=state.started_at).unresolved()
    return set(comments.exclude(author__in=own).values_list("context", flat=True))


def approve(translation: Translation, page: Page, user: Any, comment: str) -> None:
    """Approves the translation with the reviewer's corrections, which publishes it as its workflow says.

    Raises NotDecided where the user may not, or it is not complete, or somebody else was quicker.
    """
    state = page.current_workflow_task_state
    refusal = approval_refusal(translation, page, user)
    if refusal:
        raise NotDecided(refusal)
    _act(state, page, user, "approve", comment)


def send_back(translation: Translation, page: Page, user: Any, comment: str) -> int:
    """Gives the translation back to its translator, and the number of texts that are drafts again.

    Raises NotDecided where the user may not, or says nothing, neither in general nor at a text.
    """
    state = page.current_workflow_task_state
    places = commented(translation, state, authors(page) or ()) if state else set()
    if not comment and not places:
        raise NotDecided(_("Say why it goes back: here, or as a comment on a text."))
    _act(state, page, user, "reject", comment)
    return len(places)


def may_take_back(page: Page, user: Any) -> bool:
    """Whether the page is in review as a translation that is the user's own work."""
    return bool(page.workflow_in_progress) and user.pk in (authors(page) or ())


def take_back(page: Page, user: Any) -> None:
    """Ends the review without a decision: the texts can be written again. Corrections and comments made so far stay.

    Raises NotDecided where it is not the user's work, or locked, or decided already.
    """
    state = page.current_workflow_task_state
    if state is None:
        raise NotDecided(_("It is not in review any more."))
    if not may_take_back(page, user):
        raise NotDecided(_("This review is not yours to decide."))
    if page.locked and BasicLock(page).for_user(user):
        raise NotDecided(_("The page is locked."))
    with transaction.atomic():
        _wait_for(state)
        state.workflow_state.cancel(user=user)


def _act(state: TaskState | None, page: Page, user: Any, action: str, comment: str) -> None:
    """Decides on the review's task. Raises NotDecided where the task does not let the user."""
    if state is None:
        raise NotDecided(_("It is not in review any more."))
    if action not in _actions(state, page, user):
        raise NotDecided(_("This review is not yours to decide."))
    with transaction.atomic():
        _wait_for(state)
        state.task.specific.on_action(state, user, action, comment=comment)


def _wait_for(state: TaskState) -> None:
    """Of two people at one moment the second waits here. Raises NotDecided where the first has decided by then."""
    TaskState.objects.select_for_update().get(pk=state.pk)
    state.refresh_from_db(fields=["status"])
    if state.status != TaskState.STATUS_IN_PROGRESS:
        raise NotDecided(_("Somebody else has decided meanwhile."))


def has_corrections(translation: Translation, page: Page) -> bool:
    """Whether texts were written since the newest draft was saved. Two queries."""
    newest = standing(translation).aggregate(at=Max("updated_at"))["at"]
    revision = page.get_latest_revision()
    return newest is not None and (revision is None or newest > revision.created_at)


def take_corrections(translation: Translation, page: Page, user: Any) -> None:
    """Saves texts that were written since the newest draft as a new one. Raises ValidationError for what is refused."""
    if has_corrections(translation, page):
        save_draft(translation, user)
        page.refresh_from_db()


def mark_approved(translation: Translation, user: Any) -> int:
    """Makes all confirmed texts approved ones, by this reviewer, and gives their number. One query."""
    confirmed = SegmentReview.objects.filter(
        state=SegmentReview.State.CONFIRMED, translation__in=standing(translation).values("pk")
    )
    return confirmed.update(state=SegmentReview.State.APPROVED, reviewer=user, updated_at=timezone.now())


@transaction.atomic
def mark_commented(translation: Translation, places: Collection[int], user: Any) -> None:
    """Makes the finished texts at these places drafts again, in the history too. Three queries."""
    finished = SegmentReview.objects.filter(
        translation__in=standing(translation).filter(context__in=places).values("pk"),
        state__in=SegmentReview.FINISHED,
    ).select_related("translation__translation_of")
    texts = [review.translation for review in finished]
    finished.update(state=SegmentReview.State.DRAFT, reviewer=None, updated_at=timezone.now())
    SegmentChange.objects.bulk_create(
        SegmentChange(
            translation=translation,
            context_id=text.context_id,
            source=text.translation_of.data,
            before=text.data,
            text=text.data,
            state=SegmentReview.State.DRAFT,
            user=user,
            in_review=True,
        )
        for text in texts
    )


def told(page: Page) -> set[int]:
    """The revisers whom ``cms.localization.notices`` tells that a translation waits for them."""
    return set() if open_translation(page) is None else revisers_for(page)


register_reviewers(Reviewers(pages=pages_to_revise, authors=authors, ready=ready, told=told))
