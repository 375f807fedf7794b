"""The items of a session's agenda: numbers and order, whatever the language."""

import re
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from cms.core.models import Record
from cms.meetings.models.sessions import Session

# 2 · 11 (f) · 11 (f) (i) · 3.1 · III: what agendas print as numbers.
NUMBER = re.compile(r"^[0-9A-Za-z]{1,6}(\.[0-9]{1,3})*( \([0-9a-z]{1,4}\)){0,3}$")


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def in_order(self) -> Self:
        return self.order_by("sort_order", "pk")


class AgendaItem(Record, Orderable):
    """One item of an agenda. Its titles are words and stand on the session's pages."""

    session = ParentalKey(Session, verbose_name=_("session"), on_delete=models.CASCADE, related_name="agenda_items")
    number = models.CharField(_("number"), max_length=20, help_text=_("As printed: 2, or 11 (f) (i)."))
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="children",
        verbose_name=_("parent item"),
    )

    objects = AgendaItemQuerySet.as_manager()

    panels = [FieldPanel("number")]

    class Meta(Orderable.Meta):
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "number"],
                name="one_item_per_number_and_session",
                violation_error_message=_("This agenda has an item with this number already."),
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def depth(self) -> int:
        """0 for item 2, 1 for 11 (f), 2 for 11 (f) (i)."""
        return len(self.number.split()) - 1

    @property
    def anchor(self) -> str:
        """Its name in addresses: item-11-f-i."""
        return "item-" + "-".join(part.strip("()").lower().replace(".", "-") for part in self.number.split())

    def derive(self) -> None:
        """Writes the number in its one form, "11 (f) (i)", however it was typed ("11(f)(i)", "11  (f) (i)")."""
        self.number = re.sub(r"\s*(\()", r" \1", " ".join(self.number.split())).strip()

    def clean(self) -> None:
        super().clean()
        if not NUMBER.match(self.number):
            raise ValidationError({"number": _("Write the number as agendas print it: 2, 3.1 or 11 (f) (i).")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Finds the parent by number: "11 (f)" for "11 (f) (i)"."""
        self.derive()
        above, _space, _last = self.number.rpartition(" ")
        self.parent = (
            AgendaItem.objects.filter(session_id=self.session_id, number=above).exclude(pk=self.pk).first()
            if above and self.session_id
            else None
        )
        super().save(*args, **kwargs)
