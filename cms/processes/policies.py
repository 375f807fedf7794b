"""Registers who may do what with the records of this app."""

from cms.processes.models import Membership, Office, Party, Process, WorkingGroup
from cms.processes.permissions import ProcessPermissionPolicy, SharedRecordPolicy, register_record_policies

register_record_policies(
    {
        Process: ProcessPermissionPolicy(Process, "pk"),
        WorkingGroup: ProcessPermissionPolicy(WorkingGroup, "process_id"),
        Party: SharedRecordPolicy(Party),
        Membership: ProcessPermissionPolicy(Membership, "process_id"),
        Office: ProcessPermissionPolicy(Office, "process_id"),
    }
)
