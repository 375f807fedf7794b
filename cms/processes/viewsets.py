"""How records are administered: the base of all, and the records of this app."""

from typing import Any, ClassVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from cms.processes.choosers import CitingChooserViewSet, RecordChooserViewSet
from cms.processes.forms import RecordForm
from cms.processes.models import Membership, Office, Party, Process, WorkingGroup
from cms.processes.record_views import record_view
from cms.processes.searching import contains, of_country

# Housekeeping of the base model, which is no fact.
HOUSEKEEPING = ["id", "uid", "latest_revision", "locked", "locked_at", "locked_by", "sort_order"]


class UpdatedColumn(UpdatedAtColumn):
    """When a record was changed last. Wagtail's own column is headed for good in the language of the site's start."""

    def __init__(self) -> None:
        super().__init__(label=_("Updated"))


class RecordViewSet(SnippetViewSet):
    """The base of every record's views: list, form, history, usage, inspection, locking and chooser.

    Each view asks permission of the record and not of its type; lists and choosers show what the user may change or
    look up; search is SQL, so it works the same on every engine (records are in no search index of Wagtail's).

    ``related`` names the foreign keys that a line of the list reads, ``chooser_columns`` what tells records of one
    name apart when choosing, ``citable`` adds a second chooser among all records that the user may read.
    ``search_fields`` are looked at as they stand, names in every language; ``search_countries`` name fields that hold
    a country's code, which is found by the country's names.
    """

    asks_the_record = True
    chooser_viewset_class = RecordChooserViewSet
    base_form_class: ClassVar[type[RecordForm]] = RecordForm
    related: ClassVar[list[str]] = []
    chooser_columns: ClassVar[list[Column]] = []
    citable: ClassVar[bool] = False

    # A copy would carry the uid and the unique code or symbol of its original.
    copy_view_enabled = False
    delete_template_name = "processes/admin/confirm_delete.html"
    inspect_view_enabled = True
    search_backend_name = None
    search_fields: ClassVar[list[str]] = []
    search_countries: ClassVar[list[str]] = []
    sort_order_field = None
    list_per_page = 50

    def construct_view(self, view_class: type[Any], **kwargs: Any) -> Any:
        return super().construct_view(record_view(view_class), **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        queryset: QuerySet[Any] = self.model._default_manager.select_related(*self.related)
        return queryset

    def get_edit_handler(self) -> Any:
        panels = getattr(self, "panels", None) or self.model.panels
        return ObjectList(panels, base_form_class=self.base_form_class).bind_to_model(self.model)

    def search_condition(self, term: str) -> Q:
        """The condition that a record meets when somebody looks for the term, in its list and when choosing it."""
        condition = Q()
        for name in self.search_fields:
            condition |= contains(self.model, name, term)
        for name in self.search_countries:
            condition |= of_country(name, term)
        return condition

    @cached_property
    def inspect_view_fields_exclude(self) -> list[str]:
        return [name for name in HOUSEKEEPING if _has_field(self.model, name)]

    @cached_property
    def export_filename(self) -> str:
        return str(self.model._meta.verbose_name_plural).replace(" ", "-")

    @property
    def citing_chooser_viewset(self) -> CitingChooserViewSet:
        """The chooser of fields that may point at any record the user may read."""
        label, name = self.app_label, self.model_name
        return CitingChooserViewSet(
            f"cite_{label}_{name}",
            model=self.model,
            url_prefix=f"snippets/cite/{label}/{name}",
            icon=self.icon,
            per_page=self.chooser_per_page,
        )

    def register_chooser_viewset(self) -> None:
        """The chooser registered last is the one that forms take by themselves: citing, where there is one."""
        from wagtail.admin.viewsets import viewsets

        super().register_chooser_viewset()
        if self.citable:
            viewsets.register(self.citing_chooser_viewset)


def _has_field(model: Any, name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True


class ProcessViewSet(RecordViewSet):
    model = Process
    icon = "globe"
    list_display = ["name", "acronym", "kind", "main_language", UpdatedColumn()]
    list_filter = ["kind", "main_language"]
    list_export = ["code", "name", "acronym", "kind", "main_language", "established_on", "in_force_on"]
    search_fields = ["name", "acronym", "code"]
    ordering = "name"


class WorkingGroupViewSet(RecordViewSet):
    model = WorkingGroup
    icon = "group"
    base_form_class = type("WorkingGroupForm", (RecordForm,), {"citing": frozenset({"established_by"})})
    list_display = ["name", "process", "kind", "duration", "ends_on", UpdatedColumn()]
    list_filter = ["process", "kind", "duration"]
    list_export = ["code", "name", "acronym", "process", "kind", "duration", "starts_on", "ends_on"]
    search_fields = ["name", "acronym", "code", "symbol_head"]
    related = ["process"]
    chooser_columns = [Column("process", label=_("Process"))]


class PartyViewSet(RecordViewSet):
    model = Party
    icon = "flag"
    list_display = ["__str__", "kind", "acronym", UpdatedColumn()]
    list_filter = ["kind"]
    list_export = ["sort_name", "kind", "country", "acronym"]
    search_fields = ["sort_name", "acronym", "names"]
    search_countries = ["country"]
    chooser_per_page = 25


class MembershipViewSet(RecordViewSet):
    model = Membership
    icon = "user"
    list_display = ["party", "process", "working_group", "status", "starts_on", "ends_on"]
    list_filter = ["process", "status"]
    list_export = ["party", "process", "working_group", "status", "starts_on", "ends_on", "deadline"]
    search_fields = ["party__sort_name", "party__acronym", "party__names"]
    search_countries = ["party__country"]
    related = ["party", "process", "working_group"]


class OfficeIndexView(IndexView):
    """The list of offices, with a button for each chair that rotates."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        from cms.processes.views import propose_chair_buttons

        return [*super().header_more_buttons, *propose_chair_buttons(self.request.user)]


class OfficeViewSet(RecordViewSet):
    model = Office
    icon = "clipboard-list"
    index_view_class = OfficeIndexView
    list_display = ["__str__", "process", "working_group", "kind", "starts_on", "ends_on"]
    list_filter = ["process", "kind"]
    list_export = ["kind", "party", "person", "process", "working_group", "starts_on", "ends_on"]
    search_fields = ["person", "party__sort_name", "party__acronym", "party__names"]
    search_countries = ["party__country"]
    related = ["process", "working_group", "party"]


class ProcessesGroup(SnippetViewSetGroup):
    """Processes and who belongs to them."""

    items = (ProcessViewSet, WorkingGroupViewSet, PartyViewSet, MembershipViewSet, OfficeViewSet)
    menu_label = _("Processes")
    menu_icon = "globe"
    menu_name = "processes"
    menu_order = 110
