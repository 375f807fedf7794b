"""DOC, ODT and RTF through LibreOffice, where it is installed: converted to DOCX, which has a reader of our own.

LibreOffice fetches what a document links to and reads files that it names, and says that all went well when it did
not. So it runs with a profile of its own that forbids links from files it does not trust, links that update themselves
and macros; without a network where the system allows that; within limits of time, processor and file size; and only
its output is believed. It never sees a web page: what it is given was recognised by its first bytes.
"""

import contextlib
import functools
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from documents.importing.docx.text import read_docx
from documents.importing.formats import sniff
from documents.importing.refusal import Refused
from documents.importing.source import SourceText

OfficeFormat = Literal["doc", "odt", "rtf"]

PROGRAMS = ("soffice", "libreoffice")
WALL = 120.0  # seconds; a document takes about one on an idle machine
_CPU = 90  # seconds
_LARGEST = 100  # MB of a file that it reads, or may write
_MEMORY = 4096  # MB of address space, of which it fills some 215

_ODF = b"mimetypeapplication/vnd.oasis.opendocument.text"  # how every such package begins
# Named, so that rubbish is not read as some other format.
_FILTERS: dict[OfficeFormat, str] = {"doc": "MS Word 97", "odt": "writer8", "rtf": "Rich Text Format"}
_NOT_HERE = "Files of this format cannot be read here. Save it as DOCX or PDF."
_FAILED = "LibreOffice could not read the file. Save it as DOCX or PDF."
_TOO_LONG = "Reading the file takes too long. Save it as DOCX or PDF."

_SETTING = (
    '<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>"
)
_SETTINGS = (
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Writer/Content/Update", "Link", "2"),
)
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(_SETTING.format(path=path, name=name, value=value) for path, name, value in _SETTINGS)
    + "</oor:items>"
)
# The shell sets the limits and then becomes the program, so that nothing of ours runs after a fork.
_LIMITED = 'ulimit -t "$1" && ulimit -f "$2" && ulimit -v "$3" && ulimit -c 0 && shift 3 && exec "$@"'


class Copy(NamedTuple):
    """A DOCX copy of a file, and the SHA-256 of the file's own bytes in hexadecimal."""

    path: Path
    sha256: str


def reader(form: OfficeFormat) -> Callable[[bytes], SourceText]:
    """The reader of a format; it raises Refused as `convert` and `read_docx` do."""
    return lambda data: read_docx(convert(data, form))


@contextlib.contextmanager
def converted(path: Path) -> Iterator[Copy | None]:
    """A DOCX copy of a DOC, ODT or RTF file for as long as it is read; None for a file of another format.

    A child with tight limits cannot run LibreOffice, so it is given the copy. Raises Refused as `convert` does.
    """
    data, form = _office_file(path)
    if form is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="plenary-office-") as folder:
        copy = Copy(Path(folder, "copy.docx"), hashlib.sha256(data).hexdigest())
        copy.path.write_bytes(convert(data, form))
        yield copy


def _office_file(path: Path) -> tuple[bytes, OfficeFormat | None]:
    """The bytes and format of a file in a format of ours. Anything else is told by the reader, and refused there."""
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST * 1024 * 1024:
            return b"", None
        with path.open("rb") as file:
            head = file.read(100)
            if not head.startswith((b"{\\rtf", b"\xd0\xcf\x11\xe0")) and _ODF not in head:
                return b"", None
            data = head + file.read()
    except OSError:
        return b"", None
    form = sniff(data)
    return data, form if form in {"doc", "odt", "rtf"} else None


def convert(data: bytes, form: OfficeFormat) -> bytes:
    """The bytes of a file as DOCX.

    Raises Refused where LibreOffice is not installed, takes too long or gives nothing.
    """
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise Refused(_NOT_HERE)
    with tempfile.TemporaryDirectory(prefix="plenary-office-") as folder:
        home = Path(folder)
        settings = home / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_PROFILE, encoding="utf-8")
        source = home / f"document.{form}"
        source.write_bytes(data)
        (home / "out").mkdir()
        _run(_command(program, home, source, _FILTERS[form]), home)
        result = home / "out" / "document.docx"
        if not result.is_file() or result.stat().st_size == 0:
            raise Refused(_FAILED)
        return result.read_bytes()


def _command(program: str, home: Path, source: Path, kind: str) -> list[str]:
    limits = [str(_CPU), str(_LARGEST * 2048), str(_MEMORY * 1024)]  # seconds, blocks of 512 bytes, KB
    return [
        *("/bin/sh", "-c", _LIMITED, "sh", *limits),
        *_without_network(),
        *(program, "--headless", "--norestore", "--nologo", f"-env:UserInstallation={(home / 'profile').as_uri()}"),
        f"--infilter={kind}",
        *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(home / "out"), str(source)),
    ]


@functools.cache
def _without_network() -> tuple[str, ...]:
    """The words before a command that take its network away; none where the system does not allow that."""
    words = ("unshare", "--user", "--map-root-user", "--net")
    if shutil.which("unshare") is None:
        return ()
    tried = subprocess.run([*words, "true"], capture_output=True, check=False, timeout=10)
    return words if tried.returncode == 0 else ()


def _run(command: list[str], home: Path) -> None:
    """Runs a command to its end or to the limit of time; nothing of what it started is left."""
    environment = {
        "HOME": str(home),
        "TMPDIR": str(home),
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
    }
    process = subprocess.Popen(
        command,
        cwd=home,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(WALL)
    except subprocess.TimeoutExpired as error:
        raise Refused(_TOO_LONG) from error
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
