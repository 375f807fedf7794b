"""What wagtail-localize does not keep of a translated text: its state and version, its history, what was said of it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_COMMENT = 2000


class SegmentReview(models.Model):
    """The state of one translated text, and the number of the version that the next writer must have read."""

    class State(models.TextChoices):
        MACHINE = "machine", _("Machine text")
        DRAFT = "draft", _("Draft")
        CONFIRMED = "confirmed", _("Confirmed")
        APPROVED = "approved", _("Approved")

    # Texts in these states are finished: a person stands by them.
    FINISHED = (State.CONFIRMED, State.APPROVED)

    translation = models.OneToOneField(
        "wagtail_localize.StringTranslation", on_delete=models.CASCADE, related_name="review"
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    # Grows with every write of the text, whoever writes: a person, an import, a machine.
    version = models.PositiveIntegerField(default=1)
    # Warnings of the checks that somebody has looked at and found right, by their marks (``proofing.Finding.mark``).
    accepted = models.JSONField(default=list, blank=True)
    # Who approved the text as it stands.
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("state of a translated text")
        verbose_name_plural = _("states of translated texts")

    def __str__(self) -> str:
        return f"{self.get_state_display()}, {self.version}"


class SegmentChangeQuerySet(models.QuerySet["SegmentChange"]):
    def of_text(self, translation: Any, context_id: int) -> "SegmentChangeQuerySet":
        """The history of the text at one place of a translation, newest first."""
        return self.filter(translation=translation, context=context_id).select_related("user").order_by("-pk")


class SegmentChange(models.Model):
    """One change of one translated text: who wrote what over what, and when. wagtail-localize overwrites."""

    translation = models.ForeignKey("wagtail_localize.Translation", on_delete=models.CASCADE, related_name="changes")
    context = models.ForeignKey("wagtail_localize.TranslationContext", on_delete=models.CASCADE, related_name="+")
    # HTML fragments as wagtail-localize keeps them; empty where there was no translation, or is none any more.
    source = models.TextField()
    before = models.TextField(blank=True)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=SegmentReview.State.choices, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    # Made by a reviewer while somebody else's translation was in review: it makes nobody its translator.
    in_review = models.BooleanField(default=False)

    objects = SegmentChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a translated text")
        verbose_name_plural = _("changes of translated texts")
        indexes = [models.Index(fields=["translation", "context"], name="change_of_segment")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class SegmentCommentQuerySet(models.QuerySet["SegmentComment"]):
    def of_text(self, translation: Any, context_id: int) -> "SegmentCommentQuerySet":
        """What was said of the text at one place of a translation, oldest first."""
        found = self.filter(translation=translation, context=context_id)
        return found.select_related("author", "resolved_by").order_by("pk")

    def unresolved(self) -> "SegmentCommentQuerySet":
        """Those that nobody has marked as done."""
        return self.filter(resolved_at=None)

    def counts(self, translation: Any) -> dict[int, int]:
        """How many are not done at each place of a translation, by the key of its context. One query."""
        found = self.filter(translation=translation).unresolved().order_by().values("context")
        return dict(found.annotate(n=models.Count("pk")).values_list("context", "n"))


class SegmentComment(models.Model):
    """A remark on the text at one place of a translation: a question, or why a reviser sent it back."""

    translation = models.ForeignKey("wagtail_localize.Translation", on_delete=models.CASCADE, related_name="comments")
    context = models.ForeignKey("wagtail_localize.TranslationContext", on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("comment"), max_length=LONGEST_COMMENT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = SegmentCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment on a translated text")
        verbose_name_plural = _("comments on translated texts")
        indexes = [models.Index(fields=["translation", "context"], name="comment_on_segment")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:60]
