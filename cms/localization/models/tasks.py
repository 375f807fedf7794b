"""Who is to translate what into which language until when, and what became of it.

Kept is what cannot be worked out: the people, the date, and how a task ended. Whether it is begun, in review or sent
back follows from the texts and from the page's review as they stand (``cms.localization.assignments.stages``).
"""

from datetime import date
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

User = settings.AUTH_USER_MODEL


class TranslationTaskQuerySet(models.QuerySet["TranslationTask"]):
    def open(self) -> Self:
        """Those that are neither done nor withdrawn."""
        return self.filter(state=TranslationTask.State.OPEN)

    def about(self, key: UUID, locale: int) -> Self:
        """Those of one page or document, by its key, in one language: of the open ones one at most."""
        return self.filter(translation_key=key, locale=locale)

    def of(self, user: Any) -> Self:
        """Those that the user translates or revises."""
        return self.filter(Q(translator=user) | Q(reviser=user))

    def overdue(self, today: date) -> Self:
        """The open ones whose date is over."""
        return self.open().filter(due_on__lt=today)


class TranslationTask(models.Model):
    """One page or document to be translated into one language."""

    class Kind(models.TextChoices):
        PAGE = "page", _("Page")
        FILE = "file", _("File")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Priority(models.IntegerChoices):
        LOW = 1, _("Low")
        NORMAL = 2, _("Normal")
        HIGH = 3, _("High")
        URGENT = 4, _("Urgent")

    # The key that a page's languages share; for a document, its uid, also where only its file is translated.
    translation_key = models.UUIDField(db_index=True)
    locale = models.ForeignKey(
        "wagtailcore.Locale", verbose_name=_("language"), on_delete=models.CASCADE, related_name="+"
    )
    # A file is translated outside: the document's language version is awaited.
    kind = models.CharField(max_length=4, choices=Kind.choices, default=Kind.PAGE)
    # Whose coordinators look after it; none for pages that stand under no process.
    process = models.ForeignKey(
        "processes.Process", verbose_name=_("process"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    translator = models.ForeignKey(
        User, verbose_name=_("translator"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reviser = models.ForeignKey(
        User, verbose_name=_("reviser"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority.choices, default=Priority.NORMAL)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    created_by = models.ForeignKey(
        User, verbose_name=_("assigned by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = TranslationTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation task")
        verbose_name_plural = _("translation tasks")
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"],
                condition=Q(state="open"),
                name="one_open_task",
                violation_error_message=_("This language is assigned already."),
            ),
            models.CheckConstraint(
                condition=Q(translator=None) | Q(reviser=None) | ~Q(translator=F("reviser")),
                name="reviser_is_another_person",
                violation_error_message=_("The reviser must be another person than the translator."),
            ),
        ]
        indexes = [
            models.Index(fields=["translator", "state", "due_on"], name="task_of_translator"),
            models.Index(fields=["reviser", "state", "due_on"], name="task_of_reviser"),
            models.Index(fields=["process", "state", "due_on"], name="task_of_process"),
        ]

    def __str__(self) -> str:
        return str(_("Task {number}").format(number=self.pk))


class CalendarKey(models.Model):
    """What makes the address of a person's calendar theirs: with a new one the old address stops working."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=43)

    class Meta:
        verbose_name = _("key of a calendar")
        verbose_name_plural = _("keys of calendars")

    def __str__(self) -> str:
        return str(self.user)


class TaskEvent(models.Model):
    """One thing that happened to a task: who did what, and when."""

    class Action(models.TextChoices):
        ASSIGNED = "assigned", _("Assigned")
        REASSIGNED = "reassigned", _("Given to somebody else")
        DUE_CHANGED = "due_changed", _("Date changed")
        CHANGED = "changed", _("Changed")
        HANDED_IN = "handed_in", _("Handed in")
        TAKEN_BACK = "taken_back", _("Taken back from review")
        SENT_BACK = "sent_back", _("Sent back")
        APPROVED = "approved", _("Approved")
        DONE = "done", _("Done")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    task = models.ForeignKey(TranslationTask, on_delete=models.CASCADE, related_name="events")
    action = models.CharField(_("what"), max_length=12, choices=Action.choices)
    by = models.ForeignKey(User, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(_("when"), default=timezone.now)
    # What was there before and after, where that says more: names of people, dates, the comment of a review.
    before = models.CharField(max_length=300, blank=True)
    after = models.TextField(blank=True)

    class Meta:
        verbose_name = _("event of a translation task")
        verbose_name_plural = _("events of translation tasks")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.get_action_display())
