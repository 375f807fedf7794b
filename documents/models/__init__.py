from documents.models.archive_page import ArchivePage
from documents.models.citations import Citation
from documents.models.corrections import CorrectionCheck
from documents.models.documents import FormerSymbol, OfficialDocument
from documents.models.file_texts import FileText
from documents.models.imports import ImportBatch, ImportItem
from documents.models.packs import DocumentPack
from documents.models.relations import DocumentRelation
from documents.models.replaced_files import ReplacedFile
from documents.models.report_page import Footnote, ReportPage
from documents.models.series import SymbolSeries
from documents.models.versions import DocumentFile, LanguageVersion

__all__ = [
    "ArchivePage",
    "Citation",
    "CorrectionCheck",
    "DocumentFile",
    "DocumentPack",
    "DocumentRelation",
    "FileText",
    "Footnote",
    "FormerSymbol",
    "ImportBatch",
    "ImportItem",
    "LanguageVersion",
    "OfficialDocument",
    "ReplacedFile",
    "ReportPage",
    "SymbolSeries",
]
