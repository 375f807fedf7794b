"""The imports of the demonstration: one that is to be reviewed, with all that can be wrong, and one that was filed."""

from collections.abc import Callable, Iterator

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.translation import override

from cms.processes.models import Process
from documents.batches.creating import create_included
from documents.batches.reading import read_waiting
from documents.batches.receiving import receive
from documents.models import ImportBatch, ImportItem
from home.demo.accounts import officer
from home.demo.files import scan_file, typed_pdf_file, word_file
from home.demo.reading import Data, read

# How the text of a file is set, by what the data calls it.
SETTING: dict[str, Callable[[str], bytes]] = {
    "pdf": typed_pdf_file,
    "docx": lambda text: word_file(text.splitlines()),
    "scan": scan_file,
    "txt": str.encode,
}


def all_imports() -> list[Data]:
    """The data of every import, in the order of loading."""
    imports: list[Data] = read("imports")["imports"]
    return imports


def load_imports() -> Iterator[str]:
    """Makes the imports that are missing, each in a transaction of its own, and names the process of each.

    An import is known by the name of its first file.
    """
    for data in all_imports():
        if not ImportItem.objects.filter(name=data["files"][0]["name"]).exists():
            with transaction.atomic(), override("en"):
                load_import(data)
        yield data["process"]


def load_import(data: Data) -> ImportBatch:
    """Puts the files of one import in as the officer would, reads them, and files them where the data says so."""
    user = officer()
    process = Process.objects.get(code=data["process"])
    batch = ImportBatch.objects.create(process=process, created_by=user, worked_for=user)
    receive(batch, [SimpleUploadedFile(row["name"], SETTING[row["as"]](row["text"])) for row in data["files"]])
    read_waiting(batch)
    if data["filed"]:
        create_included(batch)
    return batch
