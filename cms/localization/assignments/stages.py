"""How far a translation task is: worked out from the texts and from the page's review, as states of pages are."""

from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, WorkflowState
from wagtail_localize.models import StringTranslation

from cms.localization.models import TranslationTask


class Stage(TextChoices):
    """The stages, from the first to the last."""

    ASSIGNED = "assigned", _("Assigned")
    BEGUN = "begun", _("Begun")
    IN_REVIEW = "in_review", _("In review")
    SENT_BACK = "sent_back", _("Sent back")
    DONE = "done", _("Done")
    WITHDRAWN = "withdrawn", _("Withdrawn")


def with_stage(tasks: QuerySet[TranslationTask]) -> QuerySet[TranslationTask]:
    """The tasks with how far each is, as ``stage``: a value of :class:`Stage`. Files are begun elsewhere."""
    page = Q(kind=TranslationTask.Kind.PAGE)
    texts = StringTranslation.objects.filter(context__object_id=OuterRef("translation_key"), locale=OuterRef("locale"))
    stages: list[Any] = [
        When(~Q(state=TranslationTask.State.OPEN), then=F("state")),
        When(page & _reviewed(WorkflowState.STATUS_IN_PROGRESS), then=Value(Stage.IN_REVIEW.value)),
        When(page & _reviewed(WorkflowState.STATUS_NEEDS_CHANGES), then=Value(Stage.SENT_BACK.value)),
        When(page & Q(Exists(texts)), then=Value(Stage.BEGUN.value)),
    ]
    return tasks.annotate(stage=Case(*stages, default=Value(Stage.ASSIGNED.value), output_field=CharField()))


def _reviewed(status: str) -> Q:
    """Whether the review of the task's page stands so. Asked from the page: tables of finished reviews grow long."""
    reviews = WorkflowState.objects.filter(status=status, base_content_type__model="page").order_by()
    keys = reviews.annotate(key=Cast("object_id", BigIntegerField())).values("key")
    return Q(
        Exists(Page.objects.filter(translation_key=OuterRef("translation_key"), locale=OuterRef("locale"), pk__in=keys))
    )
