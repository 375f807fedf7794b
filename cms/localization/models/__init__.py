from cms.localization.models.bundles import BundleItem, ReleaseBundle
from cms.localization.models.deliveries import DeliveredFile, Delivery
from cms.localization.models.filling import Filling
from cms.localization.models.glossary import Term, TermName
from cms.localization.models.memory import MemoryChange, MemorySource, MemoryTarget, MemoryToken
from cms.localization.models.memory_files import MemoryFile
from cms.localization.models.notices import MailPreference, Notice
from cms.localization.models.segments import SegmentChange, SegmentComment, SegmentReview
from cms.localization.models.source_changes import SourceChange
from cms.localization.models.states import NotRequired
from cms.localization.models.submissions import Submission, SubmissionItem
from cms.localization.models.tasks import CalendarKey, TaskEvent, TranslationTask

__all__ = [
    "BundleItem",
    "CalendarKey",
    "DeliveredFile",
    "Delivery",
    "Filling",
    "MailPreference",
    "MemoryChange",
    "MemoryFile",
    "MemorySource",
    "MemoryTarget",
    "MemoryToken",
    "NotRequired",
    "Notice",
    "ReleaseBundle",
    "SegmentChange",
    "SegmentComment",
    "SegmentReview",
    "SourceChange",
    "Submission",
    "SubmissionItem",
    "TaskEvent",
    "Term",
    "TermName",
    "TranslationTask",
]
