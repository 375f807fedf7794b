"""A document in one language, and its files."""

import hashlib
import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from pathlib import PurePath
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import Storage, storages
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.log_actions import get_active_log_context
from wagtail.models import Orderable

from cms.core.facts import OncePanel
from cms.core.models import Record
from cms.core.visibility import Viewer
from documents.models.documents import OfficialDocument
from documents.uploads import check_upload
from documents.widgets import ServedFileInput

# Databases limit the values of one statement.
FOLLOWED_AT_ONCE = 1_000
# What decides whether and where readers know of a document.
DECIDING = {"document", "document_id", "language", "state", "released_at"}


class LanguageVersionQuerySet(models.QuerySet["LanguageVersion"]):
    def update(self, **values: Any) -> int:
        """As Django's; the documents then follow."""
        if not DECIDING & values.keys():
            return super().update(**values)
        versions = list(self.order_by().values_list("pk", "document"))
        count = super().update(**values)
        moved = LanguageVersion.objects.filter(pk__in=[pk for pk, _document in versions]).values_list("document")
        follow({document for _pk, document in versions} | {document for (document,) in moved})
        return count

    def bulk_create(self, objs: Iterable["LanguageVersion"], *args: Any, **kwargs: Any) -> list["LanguageVersion"]:
        """As Django's; the documents then follow."""
        made = super().bulk_create(objs, *args, **kwargs)
        follow({version.document_id for version in made})
        return made

    def released_at_moment(self, now: datetime) -> Self:
        """Versions that are out at the moment: released, and the release moment, if one is set, has passed."""
        return self.filter(Q(released_at=None) | Q(released_at__lte=now), state=LanguageVersion.State.RELEASED)

    def known_at(self, now: datetime) -> Self:
        """Versions whose existence is no secret: released ones and awaited ones. Held and embargoed ones are."""
        # By what is left out, because SQLite answers the same question put as alternatives by reading every version.
        secret = [LanguageVersion.State.HELD, LanguageVersion.State.WITHDRAWN]
        return self.exclude(state__in=secret).exclude(state=LanguageVersion.State.RELEASED, released_at__gt=now)

    def visible_to(self, viewer: Viewer) -> Self:
        """Versions that the viewer may read."""
        return self.released_at_moment(viewer.now).filter(
            viewer.access_condition("document__process_id", "document__access")
        )


def follow(documents: Collection[int]) -> None:
    """Stores with the documents what follows from their versions."""
    pks = sorted(documents)
    for start in range(0, len(pks), FOLLOWED_AT_ONCE):
        OfficialDocument.objects.filter(pk__in=pks[start : start + FOLLOWED_AT_ONCE]).follow_versions()


class LanguageVersion(Record, ClusterableModel):
    """An official document in one language: its title, its state, its files. Libraries call it the expression."""

    class State(models.TextChoices):
        AWAITED = "awaited", _("Awaited")
        HELD = "held", _("Held")
        RELEASED = "released", _("Released")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Origin(models.TextChoices):
        WRITTEN = "written", _("Written here")
        IMPORTED = "imported", _("Imported from its own file")
        TRANSLATED = "translated", _("Translated here")

    document = models.ForeignKey(
        OfficialDocument, verbose_name=_("document"), on_delete=models.CASCADE, related_name="versions"
    )
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    title = models.TextField(_("title"), blank=True, max_length=1000, help_text=_("As the masthead prints it."))
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=State.choices,
        default=State.HELD,
        help_text=_(
            "Awaited: expected, and listed as such. Held: here, not shown. Released: public from the moment below."
        ),
    )
    released_at = models.DateTimeField(
        _("release moment"),
        null=True,
        blank=True,
        help_text=_("A released version is shown from this moment on: an embargo ends by itself. Empty: at once."),
    )
    expected_on = models.DateField(_("expected on"), null=True, blank=True, help_text=_("For an awaited version."))
    origin = models.CharField(
        _("origin"),
        max_length=10,
        choices=Origin.choices,
        default=Origin.WRITTEN,
        help_text=_("An imported edition is never overwritten by a translation made here."),
    )
    job_number = models.CharField(_("job number"), max_length=40, blank=True, help_text=_("Such as V.20-03457 (R)."))
    printed_symbol = models.CharField(
        _("symbol as printed"),
        max_length=120,
        blank=True,
        help_text=_("Where this language prints the symbol with other letters. Kept exactly as printed."),
    )

    objects = LanguageVersionQuerySet.as_manager()

    panels = [
        MultiFieldPanel(
            [
                OncePanel("document"),
                FieldRowPanel([FieldPanel("language"), FieldPanel("origin")]),
                FieldPanel("title"),
            ],
            heading=_("Language version"),
        ),
        MultiFieldPanel(
            [FieldPanel("state"), FieldRowPanel([FieldPanel("released_at"), FieldPanel("expected_on")])],
            heading=_("Release"),
        ),
        InlinePanel("files", heading=_("Files"), label=_("file"), help_text=_("One file per format.")),
        FieldRowPanel([FieldPanel("job_number"), FieldPanel("printed_symbol")], heading=_("As printed")),
    ]

    class Meta:
        verbose_name = _("language version")
        verbose_name_plural = _("language versions")
        ordering = ["document", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "language"],
                name="one_version_per_language",
                violation_error_message=_("This document has a version in this language already."),
            )
        ]
        indexes = [
            models.Index(fields=["state", "released_at"], name="version_release"),
            models.Index(fields=["language", "state", "released_at"], name="version_language_release"),
        ]

    def __str__(self) -> str:
        return f"{self.document} ({self.get_language_display()})"

    @classmethod
    def deletion_notes(cls, records: Sequence[Any]) -> list[str]:
        """How many web editions nobody can read any more once these versions are gone. One query a version."""
        from documents.models.report_page import ReportPage  # it holds this model

        count = sum(
            ReportPage.objects.filter(document=record.document_id, locale__language_code=record.language).count()
            for record in records
        )
        if not count:
            return []
        text = ngettext(
            "%(count)d web edition stays in the tree of pages, and readers do not see it any more.",
            "%(count)d web editions stay in the tree of pages, and readers do not see them any more.",
            count,
        )
        return [text % {"count": count}]

    def is_released(self, now: datetime | None = None) -> bool:
        """Whether it is out at the moment (now if none is given)."""
        moment = now or timezone.now()
        return self.state == self.State.RELEASED and (self.released_at is None or self.released_at <= moment)

    def clean(self) -> None:
        super().clean()
        if self.state == self.State.RELEASED and not self.title.strip():
            raise ValidationError({"title": _("A released version needs its title.")})
        if self.state == self.State.RELEASED and self.released_at is None:
            # Feeds list what is new by this moment; only an older archive's versions, brought in in bulk, have none.
            self.released_at = timezone.now()


def file_path(instance: "DocumentFile", filename: str) -> str:
    """An unguessable place in storage; the name that readers see is made when the file is served."""
    name = uuid.uuid4().hex
    return f"documents/{name[:2]}/{name}{PurePath(filename).suffix.lower()[:8]}"


def document_storage() -> Storage:
    """Where files lie: apart from public media, so that no web server hands them out past the gate."""
    return storages["documents"]


class DocumentFile(Record, Orderable):
    """One file of a language version, one per format, served through the gate under its symbol's name."""

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "DOCX"
        DOC = "doc", "DOC"
        TXT = "txt", "TXT"
        ODT = "odt", "ODT"
        RTF = "rtf", "RTF"
        XLSX = "xlsx", "XLSX"

    version = ParentalKey(
        LanguageVersion, verbose_name=_("language version"), on_delete=models.CASCADE, related_name="files"
    )
    format = models.CharField(_("format"), max_length=8, choices=Format.choices, default=Format.PDF)
    file = models.FileField(_("file"), storage=document_storage, upload_to=file_path, max_length=255)
    size = models.PositiveBigIntegerField(_("size"), default=0, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True, blank=True, editable=False)
    # Empty where nobody knows: files that were there before this was noted, and people who have left.
    added_at = models.DateTimeField(_("added"), null=True, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Read from the file in the background (documents.describing); empty until then, and for formats without pages.
    pages = models.PositiveIntegerField(_("pages"), null=True, editable=False)
    picture = models.FileField(storage=document_storage, max_length=255, blank=True, editable=False)
    # Of the newest of its `replaced`, what readers are told.
    replaced_at = models.DateTimeField(_("replaced"), null=True, editable=False)
    replaced_sha256 = models.CharField(max_length=64, blank=True, editable=False)

    panels = [FieldPanel("format"), FieldPanel("file", widget=ServedFileInput)]

    class Meta(Orderable.Meta):
        verbose_name = _("document file")
        verbose_name_plural = _("document files")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "format"],
                name="one_file_per_format",
                violation_error_message=_("This version has a file in this format already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.get_format_display()}"

    @property
    def is_new_content(self) -> bool:
        """Whether a file was given that is not in storage yet."""
        return bool(self.file) and not getattr(self.file, "_committed", True)

    def clean(self) -> None:
        super().clean()
        if self.is_new_content:
            try:
                check_upload(self.file.file, self.file.size, self.format)
            except ValidationError as error:
                raise ValidationError({"file": error}) from error

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves the file. New content is saved with its facts, and what it takes the place of is kept.

        Size in bytes and hash are taken once. The person is whoever acts in the admin; others name theirs before.
        """
        if not self.is_new_content:
            super().save(*args, **kwargs)
            return
        stored = DocumentFile.objects.filter(pk=self.pk).first() if self.pk else None
        digest = hashlib.sha256()
        for chunk in self.file.chunks():
            digest.update(chunk)
        self.sha256 = digest.hexdigest()
        self.size = self.file.size
        self.added_at = timezone.now()
        if stored is not None or self.added_by_id is None:
            self.added_by = get_active_log_context().user
        self.pages, self.picture = None, ""
        if stored is not None:
            self.replaced_at, self.replaced_sha256 = self.added_at, stored.sha256
        with transaction.atomic():
            super().save(*args, **kwargs)
            if stored is not None:
                stored.keep_as_replaced()

    def keep_as_replaced(self) -> None:
        """Notes what this file was, as the database had it before new content took its place. The picture goes."""
        self.replaced.create(
            format=self.format,
            content=self.file.name,
            size=self.size,
            sha256=self.sha256,
            pages=self.pages,
            added_at=self.added_at,
            added_by=self.added_by,
        )
        self.forget_picture()

    def forget_picture(self) -> None:
        """Removes the picture from storage when all is saved."""
        if self.picture:
            storage, name = self.picture.storage, str(self.picture.name)
            transaction.on_commit(lambda: storage.delete(name))
