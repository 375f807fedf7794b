"""Files in the documents' storage that no row names: what a kill between storing a file and its commit leaves."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.core.files.storage import Storage
from django.db import models
from django.utils import timezone

from documents.models import DocumentFile, DocumentPack, ImportItem, ReplacedFile
from documents.models.versions import document_storage

# The folders into which the models and tasks of this app write; anything else in the storage is somebody else's.
FOLDERS = ("documents", "pictures", "imports", "packs")
# The fields that name what lies there. A name moves on in this order only (a file becomes a replaced one), so that
# reading them one after the other misses none.
FIELDS: tuple[tuple[type[models.Model], str], ...] = (
    (ImportItem, "file"),
    (ImportItem, "picture"),
    (DocumentFile, "file"),
    (DocumentFile, "picture"),
    (ReplacedFile, "content"),
    (DocumentPack, "content"),
)
# What is younger may belong to a transaction that is still under way.
YOUNGEST = timedelta(days=1)
BATCH = 500
# So many files without a row are no mishap unless there are more with one.
SUSPICIOUS = 100


@dataclass(frozen=True)
class Orphan:
    """A file that no row names: its name in storage, and its size in bytes."""

    name: str
    size: int


class WrongDatabaseError(Exception):
    """More is unnamed than named: this is most likely another site's database."""


def orphans() -> list[Orphan]:
    """The files older than a day that no row names. Holds the names of all files in memory: 100 MB for a million.

    Raises WrongDatabaseError where they are many and more than those that are named.
    """
    storage = document_storage()
    named = set(_named())
    found = list(_unnamed(storage, named))
    if len(found) > max(len(named), SUSPICIOUS):
        raise WrongDatabaseError(f"{len(found)} files are named nowhere, and only {len(named)} are.")
    return found


def _unnamed(storage: Storage, named: set[str]) -> Iterator[Orphan]:
    """The files that are not among the names read, nor named by a row that was saved since."""
    unnamed = (name for folder in FOLDERS for name in _files_below(storage, folder) if name not in named)
    old = (name for name in unnamed if _is_old(storage, name))
    for names in _in_batches(old):
        since = set(_named(names))
        yield from (Orphan(name, storage.size(name)) for name in names if name not in since)


def sweep(orphan: Orphan) -> None:
    """Deletes the file; one that is gone already is no matter."""
    document_storage().delete(orphan.name)


def _named(among: list[str] | None = None) -> Iterator[str]:
    """The names that rows have for their files: all, or those among some names."""
    for model, field in FIELDS:
        rows = model._default_manager.exclude(**{field: ""})
        if among is not None:
            rows = rows.filter(**{f"{field}__in": among})
        yield from rows.order_by().values_list(field, flat=True).iterator(2000)


def _files_below(storage: Storage, folder: str) -> Iterator[str]:
    """The names of all files in a folder and its folders."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return  # nothing has been stored there yet
    yield from (f"{folder}/{name}" for name in files)
    for name in folders:
        yield from _files_below(storage, f"{folder}/{name}")


def _is_old(storage: Storage, name: str) -> bool:
    try:
        return timezone.now() - storage.get_modified_time(name) > YOUNGEST
    except FileNotFoundError:
        return False  # somebody has deleted it meanwhile


def _in_batches(names: Iterable[str]) -> Iterator[list[str]]:
    remaining = iter(names)
    while batch := list(itertools.islice(remaining, BATCH)):
        yield batch
