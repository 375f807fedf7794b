"""Outlines of the texts that the archive holds, for comparing languages with each other."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count
from wagtail.models import Revision

from documents.importing.comparing import Outline, labels_by_anchor
from documents.models import ReportPage


def outlines_of_editions(documents: Iterable[int]) -> dict[int, dict[str, Outline]]:
    """The outlines of these documents' web editions, by document and language. Two queries.

    The text is the one last saved, published or not: an officer compares before anything is released.
    """
    editions = (
        ReportPage.objects.filter(document__in=list(documents), alias_of=None)
        .select_related("locale")
        .annotate(notes=Count("footnotes"))
        .only("document_id", "body", "locale__language_code", "has_unpublished_changes", "latest_revision_id")
    )
    pages = list(editions)
    drafts = _drafts(page.latest_revision_id for page in pages if page.has_unpublished_changes)
    found: dict[int, dict[str, Outline]] = defaultdict(dict)
    for page in pages:
        body, notes = drafts.get(page.latest_revision_id) or (page.body.raw_data, page.notes)
        code = page.locale.language_code
        found[page.document_id][code] = _outline(code, body, notes)
    return found


def _drafts(revisions: Iterable[int | None]) -> dict[int | None, tuple[list[Any], int]]:
    """The bodies of drafts with their numbers of footnotes, by revision. One query."""
    rows = Revision.objects.filter(pk__in=[pk for pk in revisions if pk]).values_list("pk", "content")
    return {pk: (json.loads(content["body"]), len(content.get("footnotes", []))) for pk, content in rows}


def _outline(code: str, body: Iterable[Mapping[str, Any]], notes: int) -> Outline:
    """The outline of a stored body, its blocks as StreamField writes them."""
    blocks = [(block["type"], block["value"]) for block in body]
    labels = labels_by_anchor((kind, value.get("anchor", ""), value.get("label", "")) for kind, value in blocks)
    return Outline(code, labels, notes, sum(kind == "table" for kind, _value in blocks))
