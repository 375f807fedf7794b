"""The folder of the embedded index: one folder per generation, a file that names the current one, a lock for writers.

    var/search/current                 the name of the generation that readers use
    var/search/write.lock              held by whoever writes
    var/search/generation-1f0c.../     a tantivy index with its manifest.json

A rebuild writes a new generation and then replaces `current`, which is atomic: a reader has the old or the new index,
never half of one. The lock is the kernel's, so a killed writer leaves none behind.
"""

import fcntl
import json
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from search.engines.base import EngineBusyError, EngineUnavailableError

_CURRENT = "current"
_LOCK = "write.lock"
_PREFIX = "generation-"
_MANIFEST = "manifest.json"
_RETRY_SECONDS = 0.05


def current_generation(directory: Path) -> Path | None:
    """The folder of the generation that readers use; None when no index was ever built."""
    try:
        name = (directory / _CURRENT).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
        return None
    return named(directory, name)


def named(directory: Path, name: str) -> Path | None:
    """The folder of the generation of this name, whether it is there or not; None for what is no such name."""
    return directory / name if name.startswith(_PREFIX) and "/" not in name else None


def new_generation(directory: Path) -> Path:
    """Makes the empty folder of a new generation, which nobody reads yet."""
    generation = directory / f"{_PREFIX}{uuid.uuid4().hex[:12]}"
    generation.mkdir(parents=True)
    return generation


def make_current(generation: Path) -> None:
    """Lets readers go over to a finished generation, in one step."""
    _replace(generation.parent / _CURRENT, generation.name)


def remove_other_generations(directory: Path) -> None:
    """Removes every generation but the current one: the one before it, and unfinished ones.

    A reader that has one of them open goes on reading it until its next search.
    """
    current = current_generation(directory)
    for folder in directory.glob(f"{_PREFIX}*"):
        if folder != current:
            shutil.rmtree(folder, ignore_errors=True)


def write_manifest(generation: Path, manifest: dict[str, Any]) -> None:
    """Stores what an index was made with beside it, in one step that lasts."""
    _replace(generation / _MANIFEST, json.dumps(manifest, indent=2))


def read_manifest(generation: Path) -> dict[str, Any] | None:
    """What an index was made with; None when that cannot be read."""
    try:
        manifest = json.loads((generation / _MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) else None


def _replace(file: Path, text: str) -> None:
    """Writes a small file so that it holds the old text or the new one, whenever the machine stops."""
    waiting = file.with_suffix(".new")
    with waiting.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    waiting.replace(file)


def _lock_file(directory: Path) -> TextIO:
    try:
        directory.mkdir(parents=True, exist_ok=True)
        return (directory / _LOCK).open("w")
    except OSError as error:
        message = f"The folder of the search index cannot be written to: {error.strerror}."
        raise EngineUnavailableError("unreachable", message) from error


@contextmanager
def writer_lock(directory: Path, timeout: float) -> Iterator[None]:
    """Holds the one right to write, waiting up to `timeout` seconds for it.

    Raises EngineBusyError after that, and EngineUnavailableError when the folder cannot be written to.
    """
    deadline = time.monotonic() + timeout
    with _lock_file(directory) as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise EngineBusyError("The search index is being written by another process.") from None
                time.sleep(_RETRY_SECONDS)
        yield
