"""Who brings files into the translation memory: who coordinates a process or keeps its terms."""

from typing import Any

from django.db.models import Q, QuerySet

from cms.localization.glossary.policies import keeps_general_terms, processes_with_glossary
from cms.localization.models import MemoryFile
from cms.localization.models.memory_files import MemoryFileQuerySet
from cms.localization.roles import processes_coordinated
from cms.processes.models import Process


def processes_with_files(user: Any) -> QuerySet[Process]:
    """The processes into whose memory the user may take files."""
    mine = Q(pk__in=processes_with_glossary(user).values("pk")) | Q(pk__in=processes_coordinated(user).values("pk"))
    return Process.objects.filter(mine)


def may_keep_files(user: Any) -> bool:
    """Whether the user may take files into the memory at all. Two queries at most."""
    return keeps_general_terms(user) or processes_with_files(user).exists()


def files_of(user: Any) -> MemoryFileQuerySet:
    """The files that the user may look at and remove: of those processes; all of them for administrators."""
    if keeps_general_terms(user):
        return MemoryFile.objects.all()
    return MemoryFile.objects.filter(process__in=processes_with_files(user))
