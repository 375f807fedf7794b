from cms.localization.models.glossary import Term, TermName
from cms.localization.models.memory import MemoryChange, MemorySource, MemoryTarget, MemoryToken

__all__ = ["MemoryChange", "MemorySource", "MemoryTarget", "MemoryToken", "Term", "TermName"]
