"""The archive that the judged queries are asked of: the demonstration, the seeds, and documents about other things."""

from dataclasses import dataclass, replace
from datetime import timedelta
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

from django.utils import timezone

from cms.processes.models import Process
from documents.importing.builder import SourceFile, file_document
from documents.importing.filing import facts_of
from documents.importing.parse import read_document
from home.demo.accounts import officer
from home.demo.documents import all_documents, document_uid
from home.demo.loading import load_all
from search.engines.base import Entry, Visibility
from search.entries import all_entries
from tests.search.judged.others import other_entries

# The process whose officer would file a seed.
PROCESS_OF_SEED = {"000": "kimberley", "001": "minamata", "002": "almaty", "003": "untoc", "004": "cluster-munitions"}

SOON = timedelta(minutes=1)  # what was released just now is found


@dataclass(frozen=True)
class Archive:
    """The entries to be indexed, and the name by which judgments know each document, by document key."""

    entries: tuple[Entry, ...]
    names: dict[str, str]
    visibility: Visibility

    def languages(self) -> dict[str, set[str]]:
        """The languages of each document, by name."""
        found: dict[str, set[str]] = {}
        for entry in self.entries:
            if self.visibility.allows(entry):
                found.setdefault(self.names[entry.document_key], set()).add(entry.language)
        return found

    def without_seeds(self) -> "Archive":
        """What is there where no shared folder is."""
        kept = tuple(entry for entry in self.entries if not self.names[entry.document_key].startswith("seed:"))
        return replace(self, entries=kept)


def load_archive(shared: Path | None) -> Archive:
    """Loads the demonstration into an empty database, and imports the seeds where there is a shared folder."""
    load_all(StringIO())
    return add_seeds(shared)


def add_seeds(shared: Path | None) -> Archive:
    """Imports the seeds to the demonstration, which is there, and gives the archive that this makes."""
    seeds = {}
    if shared is not None:
        for path in sorted((shared / "seeds").glob("*.txt")):
            number = path.name[:3]
            seeds[import_seed(path, PROCESS_OF_SEED[number])] = f"seed:{number}"
    entries = tuple(all_entries())
    ids = {str(document_uid(data)): f"id:{data['id']}" for data in all_documents() if "symbol" not in data}
    names = {}
    for entry in entries:
        key = entry.document_key
        names[key] = seeds.get(key) or ids.get(key) or (entry.symbols[0] if entry.symbols else _address(entry.url))
    others = tuple(other_entries())
    names |= {entry.document_key: entry.symbols[0] for entry in others}
    return Archive(entries + others, names, Visibility(timezone.now() + SOON))


def import_seed(path: Path, process: str) -> str:
    """Files a seed as a released document, as the importer reads it, and gives its document key."""
    reading = read_document(path)
    facts = facts_of(reading, Process.objects.get(code=process), released=True)
    source = SourceFile(path.name, "txt", reading.sha256, path.read_bytes())
    filed = file_document(facts, source, reading, officer(), into_released=False)
    return str(filed.document.uid)


def _address(url: str) -> str:
    """A page's address without the site and the language."""
    path = urlsplit(url).path
    return "/" + path.partition("/")[2].partition("/")[2]
