"""What a contained child does with its one file; imported before the children are forked, so that all is loaded."""

import traceback
from pathlib import Path

from documents.importing import wire
from documents.importing.page_texts import read_page_texts
from documents.importing.parse import read_document
from documents.importing.pdf.pictures import count_pages, first_page_picture
from documents.importing.refusal import Refused

# The first byte of an answer.
ANSWER, REFUSAL, FAULT = b"A", b"R", b"F"


def run(task: str, path: Path, width: int) -> bytes:
    """The answer to a task: "read" and "texts" give a reading for `wire.load`, "picture" a picture so many pixels wide,
    "pages" their number in figures.

    A refusal carries its reason, a fault of the reader the traceback.
    """
    try:
        return ANSWER + _done(task, path, width)
    except Refused as refusal:
        return REFUSAL + refusal.reason.encode()
    except MemoryError:
        return REFUSAL + b"The file cannot be read within the memory that is allowed."
    except RecursionError:
        return REFUSAL + b"The file cannot be read: its parts are nested too deeply."
    except Exception:  # noqa: BLE001 - the asking process logs it
        return FAULT + traceback.format_exc().encode("utf-8", "replace")


def _done(task: str, path: Path, width: int) -> bytes:
    match task:
        case "read":
            return wire.dump(read_document(path))
        case "texts":
            return wire.dump(read_page_texts(path))
        case "pages":
            return str(count_pages(path)).encode()
        case _:
            return first_page_picture(path, width)
