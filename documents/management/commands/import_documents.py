"""Imports files of documents: record, language version, file and web edition."""

import csv
import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.core.progress import Progress
from cms.core.publishing import index_missing, indexes_in_batch, without_page_log
from cms.processes.models import Process
from documents.importing.builder import Outcome
from documents.importing.metadata import COLUMNS, TableError, count_rows, read_rows
from documents.importing.rehearsal import Rehearsal
from documents.importing.runs import Done, Job, Plan, chunks, import_chunk
from documents.models import OfficialDocument, ReportPage

# The admin's indexes are written after so many files: few enough that memory stays flat, many enough to be quick.
BATCH = 50
REPORT_COLUMNS = ("file", "result", "reason", "document", "language", "sha256")
# The exit status of a program that Ctrl-C has ended.
INTERRUPTED = 130
# What makes a spreadsheet take a cell for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Command(BaseCommand):
    help = (
        "Imports documents from files or folders of them, as drafts unless --publish is given. Can be run again, also "
        "after it was killed: content that is there is skipped. Exits with 1 if any file was refused or in conflict."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="A file or a folder.")
        parser.add_argument(
            "--metadata",
            type=Path,
            metavar="FILE",
            help=f"A CSV or XLSX table with a row for each file, which wins over what is read: {', '.join(COLUMNS)}.",
        )
        parser.add_argument("--process", metavar="SLUG", help="The process they belong to, where symbols do not tell.")
        parser.add_argument("--user", metavar="NAME", help="The account that the history names as who imported them.")
        parser.add_argument("--publish", action="store_true", help="Release them at once.")
        parser.add_argument("--files-only", action="store_true", help="Keep the files; make no web editions.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would be done; save nothing.")
        parser.add_argument("--json", action="store_true", help="One JSON object a line for each file.")
        parser.add_argument("--report", type=Path, metavar="FILE", help="Write what was done to each file as CSV.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Imports every file; one that is refused or in conflict says why, and the others go on."""
        if bool(options["paths"]) == bool(options["metadata"]):
            raise CommandError("Name files or folders, or a table with --metadata.")
        plan = Plan(
            process=self._process(options["process"]),
            publish=options["publish"],
            rehearsal=Rehearsal() if options["dry_run"] else None,
            editions=not options["files_only"],
            user=self._user(options["user"]),
        )
        try:
            counts = self._import(plan, options)
        except TableError as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            self._log(options).write("Stopped. Run it again to go on with the rest.")
            raise SystemExit(INTERRUPTED) from None
        summary = ", ".join(f"{count} {result}" for result, count in sorted(counts.items())) or "No file was found"
        self._log(options).write(f"{summary}.{' Nothing was saved.' if options['dry_run'] else ''}")
        if counts["refused"] or counts["conflict"] or not counts:
            raise SystemExit(1)

    def _import(self, plan: Plan, options: dict[str, Any]) -> Counter[str]:
        """Imports everything, and counts what became of it. Raises TableError."""
        jobs, total = self._jobs(options)
        counts: Counter[str] = Counter()
        with ExitStack() as stack:
            report = self._report(stack, options["report"])
            stack.enter_context(without_page_log())
            progress = stack.enter_context(Progress("Documents", total, self._log(options)))
            if plan.rehearsal is None:
                for model in (ReportPage, OfficialDocument):  # those that a killed run had not come to
                    index_missing(model, BATCH)
            for chunk in chunks(jobs, BATCH):
                with indexes_in_batch():
                    for done in import_chunk(chunk, plan):
                        counts[done.outcome.result] += 1
                        self._print(done.outcome, as_json=options["json"])
                        report(done)
                        progress.step()
        return counts

    def _log(self, options: dict[str, Any]) -> Any:
        """Where progress and the summary go: away from the results, where a program reads those."""
        return self.stderr if options["json"] else self.stdout

    def _jobs(self, options: dict[str, Any]) -> tuple[Iterator[Job], int]:
        """What is to be imported, and how many files that is."""
        if options["metadata"]:
            return _jobs_of_table(options["metadata"]), count_rows(options["metadata"])
        files = list(self._files(options["paths"]))
        return (Job(path.name, path) for path in files), len(files)

    def _report(self, stack: ExitStack, path: Path | None) -> Any:
        """A function that writes what became of a file into the report, a line at once."""
        if path is None:
            return lambda done: None
        try:
            file = stack.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
        except OSError as error:
            raise CommandError(f"The report cannot be written: {path}: {error.strerror}.") from error
        writer = csv.writer(file)
        writer.writerow(REPORT_COLUMNS)

        def write(done: Done) -> None:
            values = {**asdict(done.outcome), "sha256": done.sha256}
            writer.writerow([_harmless(values[name]) for name in REPORT_COLUMNS])
            file.flush()

        return write

    def _process(self, slug: str | None) -> Process | None:
        if slug is None:
            return None
        process = Process.objects.filter(code=slug).first()
        if process is None:
            known = ", ".join(Process.objects.order_by("code").values_list("code", flat=True)) or "none"
            raise CommandError(f'There is no process "{slug}". There are: {known}.')
        return process

    def _user(self, name: str | None) -> Any:
        """The person whom the history shall name. Raises CommandError for an account that is not there."""
        if name is None:
            return None
        user = get_user_model().objects.filter(**{get_user_model().USERNAME_FIELD: name}).first()
        if user is None:
            raise CommandError(f'There is no account "{name}".')
        return user

    def _files(self, paths: list[Path]) -> Iterator[Path]:
        """The files named, and those in the folders named, in order; hidden files and folders are left alone.

        A folder that cannot be opened is given itself, so that it is refused like a file.
        """
        for path in paths:
            yield from sorted(_files_below(path)) if os.path.isdir(path) else [path]  # noqa: PTH112 - never raises

    def _print(self, outcome: Outcome, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(asdict(outcome), ensure_ascii=False))
            return
        what = f"{outcome.document} ({outcome.language})" if outcome.document else ""
        line = ": ".join(part for part in (outcome.file, outcome.result, what, outcome.reason) if part)
        self.stdout.write(self.style.ERROR(line) if outcome.is_trouble else line)


def _jobs_of_table(table: Path) -> Iterator[Job]:
    """A job for each row; files are named from the table's own folder, and must lie in it."""
    folder = table.resolve().parent
    for row in read_rows(table):
        name = row.get("file", "")
        path = (folder / name).resolve() if name and "\0" not in name else folder
        trouble = ""
        if not name:
            trouble = "The row names no file."
        elif not path.is_relative_to(folder) or path == folder:
            trouble = "The file must lie in the table's own folder or below."
        yield Job(name or "?", path, row, trouble)


def _harmless(value: str) -> str:
    """A cell that no spreadsheet takes for a formula: file names and symbols come from elsewhere."""
    return f"'{value}" if value.startswith(FORMULA) else value


def _files_below(folder: Path) -> Iterator[Path]:
    """The files below a folder, and the folders there that cannot be opened."""
    closed: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for path in (Path(place, name) for name in names if not name.startswith(".")):
            if os.path.isfile(path) or not os.access(place, os.X_OK):  # noqa: PTH113 - never raises
                yield path
    yield from closed
