"""How sessions, agenda items and venues are administered."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from cms.meetings.models import AgendaItem, Session, Venue
from cms.processes.forms import RecordForm
from cms.processes.viewsets import RecordViewSet, UpdatedColumn


class SessionForm(RecordForm):
    """A session may be governed by a decision of another process."""

    citing = frozenset({"governing_document"})


class SessionViewSet(RecordViewSet):
    model = Session
    icon = "calendar"
    base_form_class = SessionForm
    list_display = ["__str__", "working_group__process", "starts_on", "ends_on", "venue", "status", UpdatedColumn()]
    list_filter = ["working_group__process", "status", "working_group__kind"]
    list_export = ["working_group", "working_group.process", "number", "starts_on", "ends_on", "venue", "status"]
    export_headings = {"working_group.process": _("Process")}
    search_fields = ["working_group__name", "working_group__acronym", "code", "venue__sort_name", "venue__names"]
    search_countries = ["venue__country"]
    related = ["working_group__process", "venue"]
    chooser_columns = [Column("starts_on", label=_("First day"))]


class AgendaItemViewSet(RecordViewSet):
    model = AgendaItem
    icon = "list-ol"
    panels = [FieldPanel("session"), FieldPanel("number")]
    list_display = ["number", "session", UpdatedColumn()]
    list_filter = ["session__working_group__process", "session__status"]
    list_export = ["session", "number"]
    search_fields = ["number", "session__working_group__name", "session__code", "titles__title"]
    related = ["session__working_group__process"]
    chooser_columns = [Column("session", label=_("Session"))]


class VenueViewSet(RecordViewSet):
    model = Venue
    icon = "site"
    list_display = ["__str__", "country", UpdatedColumn()]
    list_filter = ["country"]
    list_export = ["sort_name", "country"]
    search_fields = ["sort_name", "names"]
    search_countries = ["country"]


class MeetingsGroup(SnippetViewSetGroup):
    """Sessions, their agendas and places."""

    items = (SessionViewSet, AgendaItemViewSet, VenueViewSet)
    menu_label = _("Meetings")
    menu_icon = "calendar"
    menu_name = "meetings"
    menu_order = 120
