"""What a file of a document was before it was replaced."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models.versions import DocumentFile, document_storage


class ReplacedFile(models.Model):
    """A file's earlier content: kept, so that what was cited can be shown; only those who may edit can fetch it."""

    file = models.ForeignKey(DocumentFile, on_delete=models.CASCADE, related_name="replaced")
    format = models.CharField(_("format"), max_length=8, choices=DocumentFile.Format.choices)
    content = models.FileField(_("file"), storage=document_storage, max_length=255)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField("SHA-256", max_length=64)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    added_at = models.DateTimeField(_("added"), null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    replaced_at = models.DateTimeField(_("replaced"), default=timezone.now)

    class Meta:
        verbose_name = _("replaced file")
        verbose_name_plural = _("replaced files")
        ordering = ["-replaced_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.file} ({self.sha256[:8]})"
