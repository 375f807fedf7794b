"""Forms of records, and of the pages that present them: nobody points at a record that is not theirs."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.permissions import policy_registry

from cms.core.visibility import viewer_for_user

NOT_YOURS = _("You cannot use this one: it belongs to a process that you do not work on.")


def own_records(queryset: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """Those records of the query set that the user may change, or that everybody may choose (parties, venues)."""
    policy = policy_registry.get_by_type(queryset.model, fallback=False)
    if not getattr(policy, "asks_the_record", False):
        return queryset
    narrowed: QuerySet[Any] = policy.narrow(queryset, user, ["change", "view"])
    return narrowed


def citable_records(queryset: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """Those records of the query set that the user may cite: their own, and what they may read."""
    model: Any = queryset.model
    own = own_records(model._default_manager.all(), user).values("pk")
    read = model._default_manager.all().visible_to(viewer_for_user(user)).values("pk")
    return queryset.filter(Q(pk__in=own) | Q(pk__in=read))


class RecordForm(WagtailAdminModelForm):
    """The form of a record. Each choice of another record is narrowed to those that the user may change.

    What the stored record points at already stays valid, whoever it belongs to. ``citing`` names the fields that may
    point at anything the user may read: a decision of another process, for example. ``fixed`` names fields that keep
    their value once the record is stored.
    """

    citing: ClassVar[frozenset[str]] = frozenset()
    fixed: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored = self._stored()
        if self.for_user is not None:
            for name, field in self.fields.items():
                if isinstance(field, forms.ModelChoiceField):
                    self._narrow(name, field)
        for name in self.fixed & set(self.fields):
            if self.stored is not None:
                self.fields[name].disabled = True
                # A form for an older state of the record (revert) would bring the older value back.
                self.initial[name] = getattr(self.stored, self._meta.model._meta.get_field(name).attname)

    def _stored(self) -> Any:
        """The record as the database has it, which is not always the form's instance; None for a new one."""
        if self.instance.pk is None:
            return None
        return self._meta.model._base_manager.filter(pk=self.instance.pk).first()

    def _narrow(self, name: str, field: forms.ModelChoiceField) -> None:
        everything: Any = field.queryset
        choose = citable_records if name in self.citing else own_records
        allowed = choose(everything, self.for_user)
        if allowed is everything:
            return
        chosen = self._chosen(name, field)
        field.queryset = everything.filter(Q(pk__in=allowed.values("pk")) | Q(pk__in=chosen))
        field.error_messages["invalid_choice"] = NOT_YOURS

    def _chosen(self, name: str, field: forms.ModelChoiceField) -> Any:
        """Primary keys that the stored record points at with this field."""
        if self.stored is None:
            return []
        if isinstance(field, forms.ModelMultipleChoiceField):
            return getattr(self.stored, name).values("pk")
        return [getattr(self.stored, self._meta.model._meta.get_field(name).attname)]


class RecordPageForm(WagtailAdminPageForm):
    """The form of a page that presents a record: the record is chosen once, by whoever may change it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record_field = self._meta.model.record_field
        field = self.fields.get(self.record_field)
        if field is None:
            return
        if self.instance.pk and getattr(self.instance, f"{self.record_field}_id"):
            field.disabled = True
        elif self.for_user is not None:
            field.queryset = own_records(field.queryset, self.for_user)
            field.error_messages["invalid_choice"] = NOT_YOURS

    def clean(self) -> dict[str, Any]:
        from cms.processes.placement import may_stand_under

        cleaned: dict[str, Any] = super().clean()
        record = cleaned.get(self.record_field)
        if record is not None and self.parent_page is not None and not may_stand_under(record, self.parent_page):
            self.add_error(self.record_field, ValidationError(_("This place belongs to another process.")))
        return cleaned
