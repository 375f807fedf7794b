"""Files that no row names are swept away; everything that is named, or young, stays."""

import io
import os
import re
import time
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db.models import FileField
from pytest_django import DjangoCaptureOnCommitCallbacks

from documents import sweeping
from documents.models import DocumentFile
from tests import factories


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The documents' storage, empty for once."""
    storage = storages["documents"]
    monkeypatch.setattr(storage, "_location", str(tmp_path))
    for name in ("base_location", "location"):
        monkeypatch.setitem(storage.__dict__, name, str(tmp_path))
    return tmp_path


def store(name: str) -> str:
    return storages["documents"].save(name, ContentFile(b"content"))


def age(folder: Path) -> None:
    """Makes all that is stored two days old."""
    then = time.time() - 2 * 24 * 3600
    for path in folder.rglob("*"):
        os.utime(path, (then, then))


def stored(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def sweep(**options: bool) -> str:
    out = io.StringIO()
    call_command("sweep_files", stdout=out, **options)
    return out.getvalue()


def test_only_what_nothing_names_is_swept(db: None, folder: Path) -> None:
    file = factories.DocumentFileFactory(file=ContentFile(b"before", name="a.txt"))
    file.file = ContentFile(b"after", name="b.txt")
    file.save()  # the content before is a replaced file now
    DocumentFile.objects.filter(pk=file.pk).update(picture=store("pictures/ab/first.webp"))
    factories.ImportItemFactory(file=ContentFile(b"in", name="c.txt"), picture=store("imports/c.webp"))
    factories.DocumentPackFactory(content=store("packs/one.zip"))
    store("something/else.txt")
    named = stored(folder)
    assert len(named) == 7
    lost = {store(name) for name in ("documents/ab/x.pdf", "pictures/ab/x.webp", "imports/x.pdf", "packs/x.zip")}
    age(folder)
    young = store("imports/young.pdf")
    # A file whose row is not committed because the process was killed: the row is gone, the content stays.
    killed = factories.DocumentFileFactory()
    lost.add(killed.file.name)
    DocumentFile.objects.filter(pk=killed.pk).delete()
    os.utime(folder / killed.file.name, (0, 0))
    assert set(sweep(dry_run=True).split("\n")[:5]) == lost
    assert stored(folder) == named | lost | {young}
    assert "Deleted 5 files" in sweep()
    assert stored(folder) == named | {young}
    assert "Deleted 0 files" in sweep()


def test_another_database_sweeps_nothing(db: None, folder: Path) -> None:
    for number in range(sweeping.SUSPICIOUS + 1):
        store(f"documents/{number}.pdf")
    age(folder)
    with pytest.raises(CommandError, match="Is this the site's own database"):
        sweep()
    assert len(stored(folder)) == sweeping.SUSPICIOUS + 1


def test_every_field_that_names_such_a_file_is_asked() -> None:
    """A new model with files in this storage has to be added to the fields that are asked."""
    fields = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, FileField) and field.storage == storages["documents"]
    }
    assert fields == set(sweeping.FIELDS)
    for model, name in sorted(fields, key=str):
        field = model._meta.get_field(name)
        if callable(field.upload_to):
            folder = re.match(r"\w+", field.upload_to(model(), "a.pdf"))
            assert folder is not None
            assert folder[0] in sweeping.FOLDERS


def test_what_is_deleted_leaves_no_file(
    db: None, folder: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    """With all that hangs on it: the content, what it was before, and the picture."""
    file = factories.DocumentFileFactory(file=ContentFile(b"before", name="a.txt"))
    file.file = ContentFile(b"after", name="b.txt")
    file.save()
    DocumentFile.objects.filter(pk=file.pk).update(picture=store("pictures/ab/first.webp"))
    assert len(stored(folder)) == 3
    with django_capture_on_commit_callbacks(execute=True):
        file.version.document.delete()
    assert stored(folder) == set()
