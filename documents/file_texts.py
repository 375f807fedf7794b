"""The texts of files for search: each is read once, in the background, and kept. Of plain text files none is: they are
searched as they are."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django_tasks import task

from documents.describing import local_copy
from documents.importing.contained import texts_contained
from documents.importing.model import PageTexts
from documents.importing.refusal import Refused
from documents.models import DocumentFile, FileText

Format = DocumentFile.Format

# The formats that are read, those first whose text search prefers where a version has several.
FORMATS = (Format.PDF, Format.DOCX, Format.ODT, Format.DOC, Format.RTF)
# Characters of a file that are kept and searched: about 1,000 pages.
MOST_CHARACTERS = 3_000_000
NO_LETTERS = "The file has no letters that can be read: its pages are pictures, or empty."


def unread(*, with_failed: bool = False) -> QuerySet[DocumentFile]:
    """The files in a format that is read, whose content nobody has read yet; on demand also those that failed."""
    read = FileText.objects.filter(file=OuterRef("pk"), sha256=OuterRef("sha256"))
    if with_failed:
        read = read.filter(problem="")
    return DocumentFile.objects.filter(~Exists(read), format__in=FORMATS)


def read_text(file: DocumentFile) -> str:
    """Reads a file's text and keeps it, or why there is none. Can be done again. Returns that reason, or nothing.

    Nothing is kept of a file that was replaced or deleted in the meantime, or that storage does not hold.
    """
    try:
        with local_copy(file) as path:
            found = texts_contained(path)
    except FileNotFoundError:
        return "The file is not in storage."
    except Refused as refusal:
        return _keep(file, PageTexts(()), refusal.reason)
    return _keep(file, found, "" if any(found.pages) else NO_LETTERS)


def _keep(file: DocumentFile, found: PageTexts, problem: str) -> str:
    pages, is_cut = _bounded(found.pages)
    facts = {
        "sha256": file.sha256,
        "pages": [] if problem else pages,
        "characters": sum(map(len, pages)),
        "is_cut": is_cut,
        "silent_pages": list(found.silent),
        "problem": problem,
    }
    with transaction.atomic():
        if DocumentFile.objects.select_for_update().filter(pk=file.pk, sha256=file.sha256).exists():
            FileText.objects.update_or_create(file_id=file.pk, defaults=facts)
    return problem


def _bounded(pages: Iterable[str]) -> tuple[list[str], bool]:
    """The pages up to the most characters that are kept, and whether something was left out."""
    kept: list[str] = []
    room = MOST_CHARACTERS
    for page in pages:
        if len(page) > room:
            return [*kept, page[:room]], True
        kept.append(page)
        room -= len(page)
    return kept, False


@task()
def read_file_text(file_id: int) -> str:
    """Reads one file's text, if nobody has done so."""
    file = unread().filter(pk=file_id).first()
    if file is None:
        return "nothing to do"
    return read_text(file) or "read"
