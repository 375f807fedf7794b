from cms.localization.models.glossary import Term, TermName
from cms.localization.models.memory import MemoryChange, MemorySource, MemoryTarget, MemoryToken
from cms.localization.models.segments import SegmentChange, SegmentComment, SegmentReview

__all__ = [
    "MemoryChange",
    "MemorySource",
    "MemoryTarget",
    "MemoryToken",
    "SegmentChange",
    "SegmentComment",
    "SegmentReview",
    "Term",
    "TermName",
]
