"""Citations of a document for reference managers: BibTeX and RIS, both in UTF-8."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from cms.core.languages import html_lang
from cms.core.names import public_names
from cms.core.visibility import viewer_for
from documents.addresses import neutral_url
from documents.models import OfficialDocument
from documents.presentation import document_line, with_versions

CONTENT_TYPES = {
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# BibTeX counts braces even behind a backslash, so that "\{" alone would end the field too late.
BIBTEX_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "$&#%_"},
    }
)


@dataclass(frozen=True)
class Reference:
    """What a citation says. ``language`` is that of the title, as HTML names it; ``url`` is the one for all languages.

    ``symbol`` is empty for a document without one; ``key`` names the document in a bibliography, in ASCII.
    """

    key: str
    title: str
    language: str
    author: str
    institution: str
    kind: str
    symbol: str
    date: date | None
    url: str


def reference_to(document: OfficialDocument, language: str, request: HttpRequest) -> Reference:
    """The document as it is cited in a language. Four queries."""
    rows = with_versions(OfficialDocument.objects.filter(pk=document.pk), viewer_for(request))
    line = document_line(rows.get(), language)
    shown = line.document
    names = public_names([shown.process, shown.working_group], language, request)
    process = names[shown.process.uid].text
    return Reference(
        key=re.sub(r"[^A-Za-z0-9.]+", "-", str(shown.symbol or "")).strip("-.") or f"document-{shown.uid.hex[:8]}",
        title=line.title,
        language=html_lang(line.title_language),
        author=names[shown.working_group.uid].text if shown.working_group else process,
        institution=process,
        kind=str(shown.get_kind_display()),
        symbol=shown.symbol or "",
        date=shown.date,
        url=request.build_absolute_uri(neutral_url(shown)),
    )


def bibtex(reference: Reference) -> str:
    """The reference as a BibTeX entry. Names and titles stand in double braces: they are official, and keep their
    capitals."""
    fields = "".join(f"  {name} = {value},\n" for name, value in _bibtex_fields(reference))
    return f"@techreport{{{reference.key},\n{fields}}}\n"


def _bibtex_fields(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "author", f"{{{{{_tex(reference.author)}}}}}"
    yield "title", f"{{{{{_tex(reference.title)}}}}}"
    yield "institution", f"{{{{{_tex(reference.institution)}}}}}"
    yield "type", f"{{{_tex(reference.kind)}}}"
    if reference.symbol:
        yield "number", f"{{{_tex(reference.symbol)}}}"
    if reference.date:
        yield "year", f"{{{reference.date.year}}}"
        yield "month", MONTHS[reference.date.month - 1]
        yield "day", f"{{{reference.date.day}}}"
    yield "language", f"{{{reference.language}}}"
    yield "url", f"{{{reference.url}}}"  # percent-encoded: no braces, and what reads it wants no escapes


def _tex(text: str) -> str:
    return _one_line(text).translate(BIBTEX_ESCAPES)


def ris(reference: Reference) -> str:
    """The reference as an RIS record, with the line ends that the format asks for."""
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _ris_fields(reference))


def _ris_fields(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "TY", "RPRT"
    yield "TI", _one_line(reference.title)
    # A comma behind a name says that it is one name, of a body, and not a surname with first names.
    yield "AU", f"{_one_line(reference.author)},"
    yield "PB", _one_line(reference.institution)
    yield "M3", _one_line(reference.kind)
    if reference.symbol:
        yield "SN", _one_line(reference.symbol)
    if reference.date:
        yield "PY", str(reference.date.year)
        yield "DA", reference.date.strftime("%Y/%m/%d")
    yield "LA", reference.language
    yield "UR", reference.url
    yield "ER", ""


def _one_line(text: str) -> str:
    """The text without line ends and control characters: a line of its own would be a field of its own."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
