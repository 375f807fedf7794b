"""What search engines, reference managers and scholarly indexes read on a document's page.

Sources: schema.org (Report, Legislation, MediaObject); the citation_* tags of Highwire Press as Google Scholar and
Zotero read them.
"""

import json
from collections.abc import Callable
from typing import Any

from django.utils.safestring import SafeString

from cms.core.languages import html_lang
from cms.core.names import PublicName
from cms.core.visibility import Access
from documents.addresses import document_url, neutral_url
from documents.files import CONTENT_TYPES, file_url
from documents.models import DocumentFile, LanguageVersion, OfficialDocument

Kind = OfficialDocument.Kind
LEGISLATION = frozenset({Kind.DECISION, Kind.RESOLUTION, Kind.RECOMMENDATION, Kind.TREATY})
# What could end the script element, or open a comment in it (as django.utils.html.json_script).
ESCAPES = str.maketrans({">": "\\u003E", "<": "\\u003C", "&": "\\u0026"})

Absolute = Callable[[str], str]


def released_version(document: Any, language: str) -> LanguageVersion | None:
    """The version in this language of a document that went through ``with_versions``, where it is out. No query."""
    return next((version for version in _released(document) if version.language == language), None)


def _released(document: Any) -> list[LanguageVersion]:
    return [version for version in document.known if version.state != LanguageVersion.State.AWAITED]


def linked_data(document: Any, version: LanguageVersion, author: PublicName, absolute: Absolute) -> SafeString:
    """A released version as JSON-LD, ready to stand in a script element. No query.

    ``document`` went through ``with_versions``.
    """
    is_law = document.kind in LEGISLATION
    address = absolute(document_url(document, version.language))
    publisher = {"@type": "Organization", "name": author.text}
    kind = "Legislation" if is_law else "Report"
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": address,
        "url": address,
        "name": version.title,
        "inLanguage": html_lang(version.language),
        "publisher": publisher,
        "sameAs": absolute(neutral_url(document)),
        "isAccessibleForFree": document.access == Access.PUBLIC,
        "encoding": [_file(file, version, absolute) for file in version.files.all()],
        "workTranslation": [
            {
                "@type": kind,
                "@id": absolute(document_url(document, other.language)),
                "name": other.title,
                "inLanguage": html_lang(other.language),
            }
            for other in _released(document)
            if other.language != version.language
        ],
    }
    if document.symbol:
        data["legislationIdentifier" if is_law else "reportNumber"] = document.symbol
    if document.date:
        data["legislationDate" if is_law else "datePublished"] = document.date.isoformat()
    if is_law:
        data |= {"legislationPassedBy": publisher, "legislationType": document.kind}
    text = json.dumps({name: value for name, value in data.items() if value not in ([], "")}, ensure_ascii=False)
    return SafeString(text.translate(ESCAPES))


def _file(file: DocumentFile, version: LanguageVersion, absolute: Absolute) -> dict[str, str]:
    file.version = version
    return {
        "@type": "MediaObject",
        "contentUrl": absolute(file_url(file)),
        "encodingFormat": CONTENT_TYPES[file.format].partition(";")[0],
        "contentSize": str(file.size),
        "sha256": file.sha256,
    }


def citation_tags(
    document: Any, version: LanguageVersion, author: PublicName, process: PublicName, absolute: Absolute
) -> list[tuple[str, str]]:
    """The names and contents of the citation_* tags of a released version. No query.

    ``document`` went through ``with_versions``.
    """
    tags = [
        ("citation_title", version.title),
        ("citation_author", author.text),
        ("citation_technical_report_institution", process.text),
        ("citation_technical_report_number", document.symbol or ""),
        ("citation_publication_date", document.date.strftime("%Y/%m/%d") if document.date else ""),
        ("citation_language", html_lang(version.language)),
        ("citation_public_url", absolute(neutral_url(document))),
    ]
    if getattr(version, "has_edition", False):
        tags.append(("citation_fulltext_html_url", absolute(document_url(document, version.language))))
    for file in version.files.all():
        if file.format == DocumentFile.Format.PDF:
            file.version = version
            tags.append(("citation_pdf_url", absolute(file_url(file))))
    return [(name, content) for name, content in tags if content]
