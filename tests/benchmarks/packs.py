"""What a pack of documents costs: memory that does not grow with it, and the pace at which it is written."""

import random

from django.core.files.base import ContentFile
from django.db import transaction

from documents.models import DocumentFile
from documents.packs.contents import PackIndex
from documents.packs.writing import pack_stream
from tests import factories
from tests.benchmarks.measure import MEBIBYTE, Bound, Report, peak_bytes, seconds

DOCUMENTS = 200
FEW = 20
FILE_SIZE = MEBIBYTE
# Of the memory of a pack of few documents, and in megabytes.
MOST_GROWTH = 1.5
MOST_MEMORY = 16
INDEX = PackIndex("Tenth session", "en", "en", "bench-cop-10", "https://example.org")


def report() -> Report:
    """Write packs of few and of many documents of 1 MB each, and throw them away."""
    # Never committed, so that no index is fed and no page counted.
    with transaction.atomic():
        document_files = [_file(number) for number in range(DOCUMENTS)]
        few, many = (_peak(document_files[:count]) for count in (FEW, DOCUMENTS))
        spent = seconds(lambda: _write(document_files))
        transaction.set_rollback(True)
    lines = [
        f"{FEW:4} documents, {FEW} MB: {few:6.1f} MB of memory at most",
        f"{DOCUMENTS:4} documents, {DOCUMENTS} MB: {many:6.1f} MB of memory at most, {DOCUMENTS / spent:.0f} MB/s",
    ]
    name = f"memory of {DOCUMENTS} documents"
    return Report(
        lines, [Bound(f"{name} to that of {FEW}", many / few, MOST_GROWTH), Bound(f"{name}, MB", many, MOST_MEMORY)]
    )


def _file(number: int) -> DocumentFile:
    """A file that packs as badly as a PDF file does."""
    document = factories.OfficialDocumentFactory(symbol=f"BENCH/{number}")
    content = random.Random(number).randbytes(FILE_SIZE)
    file: DocumentFile = factories.DocumentFileFactory(
        version=factories.LanguageVersionFactory(document=document),
        format=DocumentFile.Format.PDF,
        file=ContentFile(content, name="x.pdf"),
    )
    return file


def _write(files: list[DocumentFile]) -> None:
    for _piece in pack_stream(files, INDEX):
        pass


def _peak(files: list[DocumentFile]) -> float:
    return peak_bytes(lambda: _write(files)) / MEBIBYTE
