from cms.core.models.pages import BasePage, RecordPageMixin
from cms.core.models.records import Record

__all__ = ["BasePage", "Record", "RecordPageMixin"]
