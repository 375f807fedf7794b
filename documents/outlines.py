"""Outlines of the texts that the archive holds, for comparing languages with each other."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count

from documents.importing.comparing import Outline, labels_by_anchor
from documents.models import ReportPage


def outlines_of_editions(documents: Iterable[int]) -> dict[int, dict[str, Outline]]:
    """The outlines of these documents' web editions, by document and language. One query.

    The text is the page's own row: of an edition that was never live, what was imported.
    """
    pages = (
        ReportPage.objects.filter(document__in=list(documents), alias_of=None)
        .select_related("locale")
        .annotate(notes=Count("footnotes"))
        .only("document_id", "body", "locale__language_code")
    )
    found: dict[int, dict[str, Outline]] = defaultdict(dict)
    for page in pages:
        blocks = [(block["type"], block["value"]) for block in page.body.raw_data]
        labels = labels_by_anchor((kind, value.get("anchor", ""), value.get("label", "")) for kind, value in blocks)
        tables = sum(kind == "table" for kind, _value in blocks)
        code = page.locale.language_code
        found[page.document_id][code] = Outline(code, labels, page.notes, tables)
    return found
