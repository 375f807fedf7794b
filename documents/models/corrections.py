"""Which language versions have been compared with a corrigendum to their document."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from documents.models.relations import DocumentRelation
from documents.models.versions import LanguageVersion

State = LanguageVersion.State


class CorrectionCheck(models.Model):
    """Somebody has looked whether a language version needs the correction that was issued in other languages."""

    correction = models.ForeignKey(
        DocumentRelation, verbose_name=_("corrigendum"), on_delete=models.CASCADE, related_name="checks"
    )
    version = models.ForeignKey(
        LanguageVersion, verbose_name=_("language version"), on_delete=models.CASCADE, related_name="correction_checks"
    )
    checked_at = models.DateTimeField(_("checked at"), auto_now_add=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("checked by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("check after a corrigendum")
        verbose_name_plural = _("checks after corrigenda")
        constraints = [models.UniqueConstraint(fields=["correction", "version"], name="one_check_per_correction")]

    def __str__(self) -> str:
        return f"{self.version}: {self.correction.source}"


def unchecked_versions(versions: QuerySet[LanguageVersion]) -> QuerySet[Any]:
    """Those of the versions that a corrigendum leaves to be checked, once for each corrigendum.

    A corrigendum concerns the languages that it is in, or is awaited in, itself; every other language that the document
    is there in may have the same mistake. Rows have ``correction`` (the relation's primary key), ``corrigendum`` (the
    document's) and ``corrigendum_symbol``, ``corrigendum_date``.
    """
    there = versions.filter(state__in=[State.HELD, State.RELEASED])
    corrected: Any = there.filter(document__relations_from__kind=DocumentRelation.Kind.CORRIGENDUM).annotate(
        correction=F("document__relations_from__pk"),
        corrigendum=F("document__relations_from__source"),
        corrigendum_symbol=F("document__relations_from__source__symbol"),
        corrigendum_date=F("document__relations_from__source__date"),
    )
    corrigendum_in = LanguageVersion.objects.filter(document=OuterRef("corrigendum"), language=OuterRef("language"))
    checked = CorrectionCheck.objects.filter(correction=OuterRef("correction"), version=OuterRef("pk"))
    return corrected.exclude(Exists(corrigendum_in)).exclude(Exists(checked))
