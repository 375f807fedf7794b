"""How a stored file leaves the site: inert in the browser, in parts where a reader asks for a part, never in memory.

Whether the visitor may have it is asked before, by the view. Conditions and ranges are those of RFC 9110, sections 13
and 14.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe, quote_etag

CHUNK = 64 * 1024
RANGE = re.compile(r"bytes=\s*(\d{0,19})-(\d{0,19})\s*", re.ASCII)


@dataclass(frozen=True)
class StoredFile:
    """A file as readers get it: ``name`` is theirs, ``etag`` changes with the content, ``modified`` may be unknown."""

    content_type: str
    disposition: str
    etag: str
    modified: datetime | None


def stored_response(request: HttpRequest, content: IO[bytes], file: StoredFile) -> HttpResponseBase:
    """The answer to GET or HEAD: whole (200), a part (206), unchanged (304), or no such part (416).

    ``content`` can be sought; it is closed when the answer has been sent. Several ranges at once get the whole file,
    which the standard allows: they are what a hostile client asks for.
    """
    size = content.seek(0, 2)
    content.seek(0)
    etag = quote_etag(file.etag)
    modified = int(file.modified.timestamp()) if file.modified else None
    response = _unless_unchanged(request, content, etag, modified, size)
    response["ETag"] = etag
    if modified is not None:
        response["Last-Modified"] = http_date(modified)
    response["Accept-Ranges"] = "bytes"
    response["Content-Type"] = file.content_type
    response["Content-Disposition"] = file.disposition
    # A file is somebody else's content on our address: nothing in it may run or load.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response


def _unless_unchanged(
    request: HttpRequest, content: IO[bytes], etag: str, modified: int | None, size: int
) -> HttpResponseBase:
    """The answer without the headers that all answers have."""
    unchanged = get_conditional_response(request, etag=etag, last_modified=modified)
    part = _range(request, etag, modified, size) if unchanged is None else None
    if unchanged is not None or request.method == "HEAD" or part == (0, 0):
        content.close()
        if unchanged is not None:
            return unchanged
        if request.method == "HEAD":
            return HttpResponse(headers={"Content-Length": str(size)})
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if part is None:
        return FileResponse(content)
    start, end = part
    headers = {"Content-Range": f"bytes {start}-{end - 1}/{size}", "Content-Length": str(end - start)}
    return StreamingHttpResponse(Part(content, start, end), status=206, headers=headers)


def _range(request: HttpRequest, etag: str, modified: int | None, size: int) -> tuple[int, int] | None:
    """The part asked for, from its first byte to before its last; (0, 0) for one that is not there; None for all.

    A header that says nothing understandable is ignored, as the standard wants it.
    """
    found = RANGE.fullmatch(request.headers.get("Range", ""))
    if found is None or request.method != "GET" or not _is_of(request.headers.get("If-Range", ""), etag, modified):
        return None
    first, last = found.groups()
    if not first and not last:
        return None
    if not first:
        start, end = max(size - int(last), 0), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < int(first):
            return None
    return (start, end) if start < end else (0, 0)


def _is_of(condition: str, etag: str, modified: int | None) -> bool:
    """Whether the part that the reader has is one of this content (If-Range)."""
    if not condition or condition == etag:
        return True
    return modified is not None and parse_http_date_safe(condition) == modified


class Part:
    """The bytes of a file from ``start`` to before ``end``, a piece at a time; closes the file with itself."""

    def __init__(self, content: IO[bytes], start: int, end: int) -> None:
        self.content = content
        self.start = start
        self.end = end

    def __iter__(self) -> Iterator[bytes]:
        self.content.seek(self.start)
        left = self.end - self.start
        while left > 0 and (piece := self.content.read(min(CHUNK, left))):
            left -= len(piece)
            yield piece

    def close(self) -> Any:
        """Closes the file; the response calls it when it is done, or given up."""
        self.content.close()
