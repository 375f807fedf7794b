"""Registers who may do what with the records of this app."""

from cms.meetings.models import AgendaItem, Session, Venue
from cms.processes.permissions import ProcessPermissionPolicy, SharedRecordPolicy, register_record_policies

register_record_policies(
    {
        Session: ProcessPermissionPolicy(Session, "working_group__process_id"),
        AgendaItem: ProcessPermissionPolicy(AgendaItem, "session__working_group__process_id"),
        Venue: SharedRecordPolicy(Venue),
    }
)
