"""Choosing records in forms: lists only what the user may use, and searches by SQL."""

from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import BaseChooseView
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.widgets import AdminSnippetChooser

from cms.core.paging import RowPaginator
from cms.processes.forms import citable_records, own_records

# Primary keys of found records in one statement.
MOST_NAMED = 1_000


class RecordSearchForm(BaseFilterForm):
    """The search inside a chooser, the same as that of the list."""

    q = forms.CharField(
        label=_("Search term"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Search")})
    )

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        term = self.cleaned_data.get("q")
        if term:
            self.is_searching, self.search_query = True, term
            objects = found_records(objects, term)
        return objects


def found_records(queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
    """Those records of the query set that a search finds, each once, however many rows of other tables it reads."""
    model: Any = queryset.model
    found = model._default_manager.filter(model.snippet_viewset.search_condition(term)).order_by().values_list("pk")
    # Looked for once and not again for the count and the rows, unless there are too many to name.
    first = [pk for (pk,) in found[: MOST_NAMED + 1]]
    return queryset.filter(pk__in=first if len(first) <= MOST_NAMED else found)


class RecordChoiceMixin:
    """Stands in front of every view of a record's chooser."""

    request: HttpRequest
    model_class: Any
    citing = False

    def records(self) -> QuerySet[Any]:
        """What may be chosen: the user's own records, or, for citing, what the user may read as well."""
        queryset = self.model_class.snippet_viewset.get_queryset(self.request)
        choose = citable_records if self.citing else own_records
        return choose(queryset, self.request.user)

    def get_object_list(self) -> QuerySet[Any]:
        return self.records()

    def get_object(self, pk: str) -> Any:
        try:
            return self.records().get(pk=self.model_class._meta.pk.to_python(pk))
        except ValidationError as error:
            raise ObjectDoesNotExist from error

    def get_objects(self, pks: list[str]) -> QuerySet[Any]:
        return self.records().filter(pk__in=[pk for pk in pks if pk.isdecimal()])

    def can_create(self) -> bool:
        """Records are added in their own forms, which ask more than a chooser could."""
        return False


class RecordChooseMixin(RecordChoiceMixin):
    """The list inside the chooser: with search, and with what tells records of one name apart."""

    filter_form_class = RecordSearchForm
    paginator_class = RowPaginator

    @property
    def columns(self) -> list[Column]:
        columns: list[Column] = super().columns  # type: ignore[misc]  # mixed into Wagtail's view
        return [*columns, *self.model_class.snippet_viewset.chooser_columns]


class RecordChooser(AdminSnippetChooser):
    """The widget of a field that points at a record."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # Wagtail's texts keep for good the language in which the form was first thought of.
        name = self.model._meta.verbose_name
        self.choose_one_text = format_lazy(_("Choose {object}"), object=name)
        self.choose_another_text = format_lazy(_("Choose another {object}"), object=name)
        self.link_to_chosen_text = format_lazy(_("Edit this {object}"), object=name)


class RecordChooserViewSet(SnippetChooserViewSet):
    """Chooses among the user's own records."""

    citing = False
    base_widget_class = RecordChooser

    def construct_view(self, view_class: type[Any], **kwargs: Any) -> Any:
        mixin = RecordChooseMixin if issubclass(view_class, BaseChooseView) else RecordChoiceMixin
        view_class = type(view_class.__name__, (mixin, view_class), {"citing": self.citing})
        return super().construct_view(view_class, **kwargs)


class CitingChooser(RecordChooser):
    """The widget of a field that may cite any record the user may read."""

    chooser_modal_url_name: str

    def get_chooser_modal_url(self) -> str:
        return reverse(self.chooser_modal_url_name)


class CitingChooserViewSet(RecordChooserViewSet):
    """Chooses among all records that the user may read."""

    citing = True
    base_widget_class = CitingChooser
