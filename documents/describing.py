"""What is read from a file once it is stored: how many pages it has, and a picture of the first. In the background."""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.base import ContentFile
from django.db.models import Q, QuerySet
from django_tasks import task

from documents.importing.contained import count_contained, picture_contained
from documents.importing.refusal import Refused
from documents.models import DocumentFile

# Of pictures, in pixels: twice the width at which a page shows them.
PICTURE_WIDTH = 400


def undescribed() -> QuerySet[DocumentFile]:
    """The files that have pages, of which nobody has read yet how many, or whose first page has no picture."""
    return DocumentFile.objects.filter(Q(picture="") | Q(pages=None), format=DocumentFile.Format.PDF)


def describe(file: DocumentFile) -> bool:
    """Notes a PDF file's pages, and the picture of the first where it has none; whether there is a picture now. Can be
    done again.

    Nothing is noted of a file that was replaced in the meantime, and the picture goes again.
    """
    try:
        with local_copy(file) as path:
            pages, picture = _pages_of(path), b"" if file.picture else _picture_of(path)
    except FileNotFoundError:
        return False
    same = DocumentFile.objects.filter(pk=file.pk, file=file.file.name)
    same.update(pages=pages)
    return give_picture(file, picture) if picture else bool(file.picture)


@contextmanager
def local_copy(file: DocumentFile) -> Iterator[Path]:
    """A copy of a stored file, for as long as a child reads it: storage may be elsewhere.

    Raises FileNotFoundError where storage does not hold the file.
    """
    with TemporaryDirectory(prefix="plenary-describe-") as folder:
        path = Path(folder) / f"file.{file.format}"
        with file.file.open("rb") as stored, path.open("wb") as copy:
            shutil.copyfileobj(stored, copy)
        yield path


def give_picture(file: DocumentFile, picture: bytes) -> bool:
    """Stores a picture of a file's first page; whether it is that file's now. It is not where the file was replaced in
    the meantime, or has one."""
    key, storage = uuid.uuid4().hex, file.picture.storage
    name = storage.save(f"pictures/{key[:2]}/{key}.webp", ContentFile(picture))
    same = DocumentFile.objects.filter(pk=file.pk, file=file.file.name, picture="")
    if same.update(picture=name):
        return True
    storage.delete(name)
    return False


def _pages_of(path: Path) -> int | None:
    try:
        return count_contained(path)
    except Refused:
        return None


def _picture_of(path: Path) -> bytes:
    try:
        return picture_contained(path, PICTURE_WIDTH)
    except Refused:
        return b""


@task()
def describe_file(file_id: int) -> str:
    """Describes one file, if nobody has done so."""
    file = undescribed().filter(pk=file_id).first()
    if file is None:
        return "nothing to do"
    return "described" if describe(file) else "no picture"
