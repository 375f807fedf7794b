"""The text of a file, by which search finds it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.models.versions import DocumentFile


class FileText(models.Model):
    """What was read in the content of a file once it was stored, in a row of its own, which nothing but search loads.

    It is the file's text as long as both have the same hash: of a file that was replaced it is not.
    """

    file = models.OneToOneField(DocumentFile, on_delete=models.CASCADE, related_name="text")
    sha256 = models.CharField("SHA-256", max_length=64)
    # One text for each page of a PDF file, a single one for other formats; one paragraph a line.
    pages = models.JSONField(_("text"), default=list, blank=True)
    characters = models.PositiveIntegerField(_("characters"), default=0)
    is_cut = models.BooleanField(_("cut"), default=False)
    # The numbers of the pages that are pictures, or whose letters cannot be told.
    silent_pages = models.JSONField(default=list, blank=True)
    # Why there is no text, one plain sentence.
    problem = models.TextField(blank=True)
    read_at = models.DateTimeField(_("read"), auto_now=True)

    class Meta:
        verbose_name = _("text of a file")
        verbose_name_plural = _("texts of files")

    def __str__(self) -> str:
        return f"{self.file} ({self.characters})"
