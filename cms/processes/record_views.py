"""What every admin view of a record does on top of Wagtail's: ask permission of the record at hand."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.core.exceptions import FieldDoesNotExist, PermissionDenied, ValidationError
from django.db.models import Field, ForeignKey, ProtectedError, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.utils import get_valid_next_url_from_request, set_query_params
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
from wagtail.permissions import policy_registry

from cms.core.paging import RowPaginator
from cms.processes.choosers import found_records
from cms.processes.dependents import dependents_of
from cms.processes.forms import own_records

# Whoever holds none of these over a record does not see any view of it.
SEE = ("view", "change", "publish", "lock", "unlock")


class BoundPolicy:
    """A policy inside a view about one record: what the view asks of the type is asked of that record.

    Wagtail's snippet views ask whether somebody may change *some* record of the type, and then change this one.
    """

    def __init__(self, policy: Any, view: Any) -> None:
        self.policy = policy
        self.view = view

    def __getattr__(self, name: str) -> Any:
        return getattr(self.policy, name)

    @property
    def instance(self) -> Any:
        instance = getattr(self.view, "object", None)
        return instance if instance is not None and instance.pk else None

    def user_has_permission(self, user: Any, action: str) -> bool:
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        actions = list(actions)
        if self.instance is None or actions == ["add"]:
            return bool(self.policy.user_has_any_permission(user, actions))
        return bool(self.policy.user_has_any_permission_for_instance(user, actions, self.instance))


class RecordFilterSet(WagtailFilterSet):
    """The filters of a list of records: each offers only records that the user may see."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in self.filters.values():
            if isinstance(one, django_filters.ModelChoiceFilter):
                one.queryset = own_records(one.queryset, self.request.user)


class RecordViewMixin:
    """Stands in front of every view class of a record's viewset."""

    request: HttpRequest
    model: Any
    kwargs: dict[str, Any]

    @cached_property
    def permission_policy(self) -> BoundPolicy:
        return BoundPolicy(policy_registry.get_by_type(self.model), self)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]  # mixed into Wagtail's views
        # Autosave would write half-typed facts into the record every half second: records have no drafts.
        if getattr(self, "autosave_enabled", False):
            self.autosave_enabled = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        record = self.permission_policy.instance
        if record is not None and not self.permission_policy.user_has_any_permission(request.user, SEE):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # as above
        return response


class RecordIndexMixin(RecordViewMixin):
    """The list of records: those that the user may change or look up."""

    base_filterset_class = RecordFilterSet
    paginator_class = RowPaginator
    is_searching: bool
    is_filtering: bool
    search_query: str

    @property
    def no_results_message(self) -> str:
        """What an empty list says. Wagtail's own sentence holds the records' name, which few languages can inflect."""
        if self.is_searching or self.is_filtering:
            return _("Nothing matches what you look for.")
        return _("There is nothing here yet.")

    def get_base_queryset(self) -> QuerySet[Any]:
        queryset = super().get_base_queryset()  # type: ignore[misc]  # mixed into Wagtail's views
        return own_records(queryset, self.request.user)

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return found_records(queryset, self.search_query) if self.is_searching else queryset


class RecordFormMixin(RecordViewMixin):
    """Adding and editing: goes back to where the user came from."""

    form: Any

    @property
    def came_from(self) -> str:
        """Where the user came from, if the address says so and it is on this site. Wagtail's edit view forgets it."""
        return get_valid_next_url_from_request(self.request) or ""

    def get_success_url(self) -> str:
        return self.came_from or super().get_success_url()  # type: ignore[misc]  # mixed into Wagtail's views

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]  # as above
        if self.came_from:
            context["action_url"] = set_query_params(context["action_url"], {"next": self.came_from})
        return context


class RecordCreateMixin(RecordFormMixin):
    """Adding: fields can be filled in from the address, ``add/?document=5&language=fr``."""

    def get_initial(self) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_initial()  # type: ignore[misc]  # mixed into Wagtail's views
        for name, text in self.request.GET.items():
            value = self.prefilled(name, str(text))
            if value is not None:
                initial[name] = value
        return initial

    def prefilled(self, name: str, text: str) -> Any:
        """The value that the address gives for a field; None where it names none, or a record of somebody else's."""
        try:
            field = self.model._meta.get_field(name)
            if isinstance(field, ForeignKey):
                own = own_records(field.related_model._default_manager.all(), self.request.user)
                return own.filter(pk=field.target_field.to_python(text)).values_list("pk", flat=True).first()
            return field.to_python(text) if isinstance(field, Field) and field.editable else None
        except (FieldDoesNotExist, ValidationError):
            return None


class RecordDeleteMixin(RecordViewMixin):
    """Deleting: refused in plain words for a locked record and for one that others need."""

    object: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_locked_for(self.object, request.user) and self.permission_policy.user_has_any_permission(
            request.user, SEE
        ):
            messages.error(request, _("“%(record)s” is locked.") % {"record": self.object})
            return redirect(self.get_success_url())  # type: ignore[attr-defined]  # of Wagtail's view
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]  # mixed into Wagtail's view
        context["dependents"] = dependents_of(self.model, [self.object.pk])
        context["deletion_notes"] = self.model.deletion_notes([self.object])
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        # Wagtail would answer "no permission" where the reference index knows that others need the record.
        self.usage = None
        try:
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # mixed into Wagtail's views
        except ProtectedError as error:
            messages.error(self.request, why_protected(self.object, error))
            return redirect(self.get_success_url())  # type: ignore[attr-defined]  # as above
        return response


def is_locked_for(record: Any, user: Any) -> bool:
    """Whether somebody else's lock binds the user."""
    lock = record.get_lock()
    return bool(lock and lock.for_user(user))


def why_protected(record: Any, error: ProtectedError) -> str:
    """A sentence for the user: the record cannot go while others need it. Says how many, not which."""
    count = len(error.protected_objects)
    return ngettext(
        "“%(record)s” cannot be deleted: %(count)d other record needs it.",
        "“%(record)s” cannot be deleted: %(count)d other records need it.",
        count,
    ) % {"record": record, "count": count}


def record_view(view_class: type[Any]) -> type[Any]:
    """The view class with the record's mixin in front of it."""
    mixins = {
        IndexView: RecordIndexMixin,
        CreateView: RecordCreateMixin,
        EditView: RecordFormMixin,
        DeleteView: RecordDeleteMixin,
    }
    mixin = next((mixin for base, mixin in mixins.items() if issubclass(view_class, base)), RecordViewMixin)
    return type(view_class.__name__, (mixin, view_class), {})
