"""Where the pages of records may stand: under the pages of their own process, whose rights and workflow bind them."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Page

from cms.processes.models.pages import ProcessPage
from cms.processes.models.processes import Process


def process_above(page: Page) -> int | None:
    """The process in whose section of the tree the page stands, itself included; None outside all. One query."""
    above = ProcessPage.objects.ancestor_of(page, inclusive=True).order_by("-depth")
    process: int | None = above.values_list("process_id", flat=True).first()
    return process


def processes_above(paths: Iterable[str]) -> dict[str, int | None]:
    """The same for the tree paths of many pages. One query."""
    sections = dict(ProcessPage.objects.values_list("path", "process_id"))
    depths = sorted({len(path) for path in sections}, reverse=True)
    return {
        path: next((sections[path[:depth]] for depth in depths if path[:depth] in sections), None) for path in paths
    }


def may_stand_under(record: Any, parent: Page) -> bool:
    """Whether a page of the record may stand under this page: anywhere but in the section of another process."""
    if isinstance(record, Process):
        return True
    section = process_above(parent)
    return section is None or section == record.process.pk
