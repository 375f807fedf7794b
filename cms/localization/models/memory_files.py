"""TMX files whose pairs are in the translation memory: of which process, who may read them, what became of them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.visibility import Access, Viewer
from cms.localization.models.kept_files import KeptFile
from cms.localization.models.long_work import LongWork
from cms.processes.models import Process


class MemoryFileQuerySet(models.QuerySet["MemoryFile"]):
    def visible_to(self, viewer: Viewer) -> "MemoryFileQuerySet":
        """Those whose texts the viewer may read, by the rule for documents."""
        return self.filter(viewer.access_condition())

    def with_counts(self) -> "MemoryFileQuerySet":
        """With how many ``pairs`` each brought that are there now."""
        return self.annotate(pairs=Count("targets"))


class MemoryFile(KeptFile, LongWork):
    """One file. A newer one of the same name and process takes its place."""

    name = models.CharField(_("file"), max_length=255)
    process = models.ForeignKey(
        Process, verbose_name=_("process"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    access = models.CharField(_("who may read the texts"), max_length=20, choices=Access.choices)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("date"), default=timezone.now)
    # How many of its units had which outcome, and what is to be said of some of them (`memory.taking`).
    counts: Any = models.JSONField(default=dict, blank=True)
    lines: Any = models.JSONField(default=list, blank=True)

    objects = MemoryFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file in the translation memory")
        verbose_name_plural = _("files in the translation memory")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["process", "name"], name="memory_file_once"),
            models.UniqueConstraint(fields=["name"], condition=Q(process=None), name="memory_file_of_site_once"),
        ]

    def __str__(self) -> str:
        return self.name
