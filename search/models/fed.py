"""Which index the worker feeds."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FedIndex(models.Model):
    """The index that the worker fed when it last started. There is one row at most, and none before a first start."""

    name = models.CharField(_("index"), max_length=500)

    class Meta:
        verbose_name = _("index that is fed")
        verbose_name_plural = _("indexes that are fed")

    def __str__(self) -> str:
        return self.name
