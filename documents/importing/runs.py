"""An import from the shell: files, with or without a table of metadata, one after the other, each all or nothing.

What an earlier run did is found by the content's hash, before anything is parsed: a run that was killed is repeated,
and goes on where it was.
"""

import hashlib
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.defaultfilters import filesizeformat

from cms.processes.models import Process
from documents.importing.builder import Outcome, SourceFile, already_there, file_or_say
from documents.importing.contained import read_many
from documents.importing.filing import Facts, facts_of
from documents.importing.metadata import Row
from documents.importing.model import DocumentReading, page_ranges
from documents.importing.reading import Refused
from documents.importing.rehearsal import Rehearsal
from documents.importing.row_facts import RowError, with_row
from documents.models import DocumentFile
from documents.symbols.folding import symbol_key
from documents.uploads import format_of


@dataclass(frozen=True)
class Job:
    """One file to import: its name in reports, where it lies, and its row in a table of metadata.

    trouble: why it is not even opened
    """

    name: str
    path: Path
    row: Row | None = None
    trouble: str = ""


@dataclass(frozen=True)
class Plan:
    """What holds for all files of a run.

    rehearsal: of a dry run, which saves nothing, what it would have made so far
    editions: whether texts become web editions        user: whom the history names; nobody where it is None
    """

    process: Process | None = None
    publish: bool = False
    rehearsal: Rehearsal | None = None
    editions: bool = True
    user: Any = None


@dataclass(frozen=True)
class Done:
    """What became of a job, and the hash of its file; empty where it could not be opened."""

    job: Job
    outcome: Outcome
    sha256: str = ""


def import_chunk(jobs: Iterable[Job], plan: Plan) -> Iterator[Done]:
    """Imports some jobs, few enough to be held in memory by name. One query tells which are there already."""
    digests = [(job, _digest(job)) for job in jobs]
    twins = _twins((digest for _job, digest in digests if isinstance(digest, str)), plan)
    new = [job.path for job, digest in digests if isinstance(digest, str) and _there(job, twins[digest]) is None]
    readings = read_many(new)
    filed: set[str] = set()
    for job, digest in digests:
        if isinstance(digest, Outcome):
            yield Done(job, digest)
            continue
        twin = _there(job, twins[digest])
        if twin is None:
            _path, reading = next(readings)
            twin = _there(job, _twins([digest], plan)[digest]) if digest in filed else None
        if twin is not None:
            yield Done(job, already_there(job.name, twin), digest)
            continue
        filed.add(digest)
        yield Done(job, _import(job, reading, digest, plan), digest)


def chunks(jobs: Iterable[Job], size: int) -> Iterator[list[Job]]:
    """The jobs in lists of this size, the last one shorter."""
    remaining = iter(jobs)
    while chunk := list(itertools.islice(remaining, size)):
        yield chunk


def _digest(job: Job) -> str | Outcome:
    """The SHA-256 of the job's file, read piece by piece; an outcome where it cannot be taken in."""
    if job.trouble:
        return Outcome(job.name, "refused", job.trouble)
    try:
        if job.path.is_dir() or not job.path.is_file():
            return ""  # the reader says what is wrong with it
        if job.path.stat().st_size > settings.IMPORT_MAX_BYTES:
            limit = filesizeformat(settings.IMPORT_MAX_BYTES)
            return Outcome(job.name, "refused", f"The file is larger than {limit}.")
        with job.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _twins(digests: Iterable[str], plan: Plan) -> dict[str, list[DocumentFile]]:
    """Files of the archive by hash, in a dry run with those that it would have made. One query."""
    found: dict[str, list[DocumentFile]] = defaultdict(list)
    wanted = {digest for digest in digests if digest}
    for file in DocumentFile.objects.filter(sha256__in=wanted).select_related("version__document"):
        found[file.sha256].append(file)
    if plan.rehearsal:
        for digest in wanted:
            found[digest] += plan.rehearsal.files_with(digest)
    return found


def _there(job: Job, twins: list[DocumentFile]) -> DocumentFile | None:
    """The one of the files with the same content that is this job's.

    One file may hold two languages, or two documents, where a table says so.
    """
    row = job.row or {}
    key, language = symbol_key(row.get("symbol", "")), row.get("language", "").lower()
    for twin in twins:
        version = twin.version
        same_symbol = not key or key == version.document.symbol_key
        if same_symbol and language in ("", version.language, version.language.partition("-")[0]):
            return twin
    return None


def _import(job: Job, reading: DocumentReading | Refused, digest: str, plan: Plan) -> Outcome:
    """Files one job, or says why not; in a dry run as if what came before it had been filed."""
    if plan.rehearsal is None:
        return _file(job, reading, digest, plan)
    with transaction.atomic():
        plan.rehearsal.restore(_symbols(job, reading))
        outcome = _file(job, reading, digest, plan)
        transaction.set_rollback(True)
    return outcome


def _symbols(job: Job, reading: DocumentReading | Refused) -> list[str]:
    """The symbols that say which document a job belongs to."""
    read = [] if isinstance(reading, Refused) else list(reading.masthead.symbols[:1])
    return [*read, (job.row or {}).get("symbol", "")]


def _file(job: Job, reading: DocumentReading | Refused, digest: str, plan: Plan) -> Outcome:
    """Files one job, or says why not."""
    try:
        if not digest:
            raise reading if isinstance(reading, Refused) else Refused("The file cannot be opened.")
        with job.path.open("rb") as file:
            wanted = format_of(file, job.path.stat().st_size, job.name)
        if isinstance(reading, Refused) and (job.row is None or wanted == "txt"):
            raise reading
        facts = _facts(job, reading, plan)
        content = None if plan.rehearsal else job.path.read_bytes()
    except Refused as refusal:
        return Outcome(job.name, "refused", refusal.reason)
    except RowError as error:
        return Outcome(job.name, "refused", str(error))
    except ValidationError as error:
        return Outcome(job.name, "refused", " ".join(error.messages))
    except OSError as error:
        return Outcome(job.name, "refused", f"It cannot be opened: {error.strerror}.")
    source = SourceFile(job.name, wanted, digest, content)
    text = reading if isinstance(reading, DocumentReading) else None
    if text is not None and not plan.editions:
        text = replace(text, blocks=())
    outcome = file_or_say(facts, source, text, plan.user, into_released=facts.released)
    if plan.rehearsal and not outcome.is_trouble:
        plan.rehearsal.note(facts, wanted, digest, outcome.document)
    return _with_remark(outcome, facts, reading)


def _facts(job: Job, reading: DocumentReading | Refused, plan: Plan) -> Facts:
    if isinstance(reading, Refused):
        facts = Facts(process=plan.process, released=plan.publish)
    else:
        facts = facts_of(reading, plan.process, released=plan.publish)
    return with_row(facts, job.row) if job.row else facts


def _with_remark(outcome: Outcome, facts: Facts, reading: DocumentReading | Refused) -> Outcome:
    """The outcome with what somebody may want to look at although the file was taken in."""
    if outcome.is_trouble:
        return outcome
    if isinstance(reading, Refused):
        return replace(outcome, reason=f"Kept as a file only. {reading.reason}")
    remarks = []
    printed = reading.masthead.symbols[0] if reading.masthead.symbols else ""
    if printed and facts.symbol and symbol_key(printed) != symbol_key(facts.symbol):
        remarks.append(f"The file itself says {printed}.")
    if reading.pages_without_text:
        remarks.append(f"Pages that are pictures without text: {page_ranges(reading.pages_without_text)}.")
    if reading.pages_unusable:
        remarks.append(f"Pages whose text cannot be used: {page_ranges(reading.pages_unusable)}.")
    return replace(outcome, reason=" ".join([outcome.reason, *remarks]).strip())
