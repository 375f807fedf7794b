"""Answers that are saved as files."""

from typing import TypeVar

from django.http.response import HttpResponseBase

Response = TypeVar("Response", bound=HttpResponseBase)


def saved_as(name: str, response: Response) -> Response:
    """The response as a file that browsers save under this name, whose characters need no quoting.

    Nothing in it is taken for another type than it says (the security middleware's part).
    """
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
