from cms.processes.models.offices import Office
from cms.processes.models.pages import PlacedPageMixin, ProcessIndexPage, ProcessPage, WorkingGroupPage
from cms.processes.models.parties import Membership, Party
from cms.processes.models.processes import Process, ProcessRole
from cms.processes.models.working_groups import WorkingGroup

__all__ = [
    "Membership",
    "Office",
    "Party",
    "PlacedPageMixin",
    "Process",
    "ProcessIndexPage",
    "ProcessPage",
    "ProcessRole",
    "WorkingGroup",
    "WorkingGroupPage",
]
