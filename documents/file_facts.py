"""What a document's page tells of its files, so that a reader knows that the copy at hand is the document's own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cms.core.languages import reading_order
from documents.files import file_url, picture_url
from documents.models import DocumentFile, LanguageVersion


@dataclass(frozen=True)
class FileFacts:
    """A file with what is known of it: size in bytes, the number of pages and the date where they are known."""

    language: str
    label: str
    url: str
    picture_url: str | None
    size: int
    pages: int | None
    sha256: str
    added_at: datetime | None
    replaced_at: datetime | None
    replaced_sha256: str

    @property
    def short_sha256(self) -> str:
        """The beginning of the hash, by which people compare two files."""
        return self.sha256[:12]


def file_facts(document: Any, language: str) -> list[FileFacts]:
    """The released files of a document that went through ``with_versions``, the reader's language first. No query."""
    by_language = {version.language: version for version in document.known}
    versions = [by_language[code] for code in reading_order(language) if code in by_language]
    return [
        _facts(document, version, file)
        for version in versions
        if version.state == LanguageVersion.State.RELEASED
        for file in version.files.all()
    ]


def _facts(document: Any, version: LanguageVersion, file: DocumentFile) -> FileFacts:
    version.document = document
    file.version = version
    return FileFacts(
        language=version.language,
        label=file.get_format_display(),
        url=file_url(file),
        picture_url=picture_url(file),
        size=file.size,
        pages=file.pages,
        sha256=file.sha256,
        added_at=file.added_at,
        replaced_at=file.replaced_at,
        replaced_sha256=file.replaced_sha256,
    )
