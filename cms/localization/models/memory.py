"""The translation memory: texts that readers have in two languages, and the words by which similar ones are found.

Where a pair may be shown follows from the two pages it comes from, or from the file that brought it, asked anew with
each look-up (``matching``).
"""

from collections.abc import Iterable

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page


class MemorySourceQuerySet(models.QuerySet["MemorySource"]):
    def without_targets(self) -> "MemorySourceQuerySet":
        """Texts that no page holds any more together with one in another language, and no file either."""
        return self.filter(~Exists(MemoryTarget.objects.filter(source=OuterRef("pk"))))


class MemorySource(models.Model):
    """A text to be translated, once however many pages hold it. Its codes are named by kind (``neutral``)."""

    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    # Of the language and the text with single spaces: two texts with the same key need the same translation.
    key = models.UUIDField(unique=True, editable=False)
    text = models.TextField()

    objects = MemorySourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of the translation memory")
        verbose_name_plural = _("texts of the translation memory")

    def __str__(self) -> str:
        return self.text[:60]


class MemoryToken(models.Model):
    """A word by which a text is found: its hash, with the language in it, so that a look-up needs no other table."""

    token = models.IntegerField()
    source = models.ForeignKey(MemorySource, on_delete=models.CASCADE, related_name="tokens")

    class Meta:
        verbose_name = _("word of the translation memory")
        verbose_name_plural = _("words of the translation memory")
        constraints = [models.UniqueConstraint(fields=["token", "source"], name="memory_token_once")]

    def __str__(self) -> str:
        return f"{self.token} {self.source_id}"


class MemoryTargetQuerySet(models.QuerySet["MemoryTarget"]):
    def of_pages(self, pages: Iterable[int]) -> "MemoryTargetQuerySet":
        """Pairs in which one of these pages, given by primary key, has a part."""
        pks = list(pages)
        return self.filter(models.Q(page__in=pks) | models.Q(source_page__in=pks))


class MemoryTarget(models.Model):
    """How a text reads on a page in another language, where both pages hold it at the same place; or in a file."""

    source = models.ForeignKey(MemorySource, on_delete=models.CASCADE, related_name="targets")
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    source_page = models.ForeignKey(Page, null=True, on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey(Page, null=True, on_delete=models.CASCADE, related_name="+")
    # The file that brought it, where it comes from no page.
    file = models.ForeignKey("localization.MemoryFile", null=True, on_delete=models.CASCADE, related_name="targets")

    objects = MemoryTargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair of the translation memory")
        verbose_name_plural = _("pairs of the translation memory")
        indexes = [models.Index(fields=["source", "locale"], name="memory_of_source")]
        constraints = [
            models.CheckConstraint(
                condition=Q(file=None, source_page__isnull=False, page__isnull=False)
                | Q(file__isnull=False, source_page=None, page=None),
                name="memory_of_pages_or_file",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class MemoryChange(models.Model):
    """Pages of one translation key whose pairs must be looked at again. Gone when that is done."""

    translation_key = models.UUIDField(unique=True)

    class Meta:
        verbose_name = _("change to be remembered")
        verbose_name_plural = _("changes to be remembered")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.translation_key)
