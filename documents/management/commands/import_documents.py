"""Imports files of documents: record, language version, file and web edition."""

import itertools
import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.core.progress import Progress
from cms.core.publishing import indexes_in_batch, without_page_log
from cms.processes.models import Process
from documents.importing.builder import Outcome, build, preview
from documents.importing.contained import read_many
from documents.importing.model import DocumentReading
from documents.importing.refusal import Refused

# The admin's indexes are written after so many files: few enough that memory stays flat, many enough to be quick.
BATCH = 50


class Command(BaseCommand):
    help = "Imports documents from plain text files or folders of them, as drafts unless --publish is given."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="A file or a folder.")
        parser.add_argument("--process", metavar="SLUG", help="The process they belong to, where symbols do not tell.")
        parser.add_argument("--publish", action="store_true", help="Release them at once.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would be done; save nothing.")
        parser.add_argument("--json", action="store_true", help="One JSON object a line for each file.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Imports every file; one that is refused or in conflict says why, and the others go on.

        Can be run again: content that is there is skipped. Exits with 1 if any file was refused or in conflict.
        """
        process = self._process(options["process"])
        files = list(self._files(options["paths"]))
        counts: Counter[str] = Counter()
        stream = self.stderr if options["json"] else self.stdout
        with without_page_log(), Progress("Documents", len(files), stream) as progress:
            readings = read_many(files)
            while batch := list(itertools.islice(readings, BATCH)):
                with indexes_in_batch():
                    for path, reading in batch:
                        outcome = self._import(path, reading, process, options)
                        counts[outcome.result] += 1
                        self._print(outcome, as_json=options["json"])
                        progress.step()
        summary = ", ".join(f"{count} {result}" for result, count in sorted(counts.items())) or "No file was found"
        stream.write(f"{summary}.{' Nothing was saved.' if options['dry_run'] else ''}")
        if counts["refused"] or counts["conflict"] or not files:
            raise SystemExit(1)

    def _process(self, slug: str | None) -> Process | None:
        if slug is None:
            return None
        process = Process.objects.filter(code=slug).first()
        if process is None:
            known = ", ".join(Process.objects.order_by("code").values_list("code", flat=True)) or "none"
            raise CommandError(f'There is no process "{slug}". There are: {known}.')
        return process

    def _files(self, paths: list[Path]) -> Iterator[Path]:
        """The files named, and those in the folders named, in order; hidden files and folders are left alone.

        A folder that cannot be opened is given itself, so that it is refused like a file.
        """
        for path in paths:
            yield from sorted(_files_below(path)) if os.path.isdir(path) else [path]  # noqa: PTH112 - never raises

    def _import(
        self, path: Path, reading: DocumentReading | Refused, process: Process | None, options: dict[str, Any]
    ) -> Outcome:
        if isinstance(reading, Refused):
            return Outcome(path.name, "refused", reading.reason)
        try:
            content = path.read_bytes()
        except OSError as error:
            return Outcome(path.name, "refused", f"It cannot be opened: {error.strerror}.")
        act = preview if options["dry_run"] else build
        return act(reading, content=content, process=process, publish=options["publish"])

    def _print(self, outcome: Outcome, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(asdict(outcome), ensure_ascii=False))
            return
        what = f"{outcome.document} ({outcome.language})" if outcome.document else ""
        line = ": ".join(part for part in (outcome.file, outcome.result, what, outcome.reason) if part)
        self.stdout.write(self.style.ERROR(line) if outcome.is_trouble else line)


def _files_below(folder: Path) -> Iterator[Path]:
    """The files below a folder, and the folders there that cannot be opened."""
    closed: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for path in (Path(place, name) for name in names if not name.startswith(".")):
            if os.path.isfile(path) or not os.access(place, os.X_OK):  # noqa: PTH113 - never raises
                yield path
    yield from closed
