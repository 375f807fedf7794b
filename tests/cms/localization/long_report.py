"""A web edition as long as the longest real ones: what the figures of the translators' workplace are measured on."""

from typing import Any

from documents.models import ReportPage
from tests import factories

PARAGRAPHS = 300


def lengthen(page: ReportPage, paragraphs: int = PARAGRAPHS) -> ReportPage:
    """Gives a page so many paragraphs, a heading for every twentieth and a footnote for every third; publishes it."""
    body: list[dict[str, Any]] = []
    for n in range(paragraphs):
        if n % 20 == 0:
            value = {"label": str(n), "anchor": f"h{n}", "level": "2", "text": f"Heading {n}"}
            body.append({"type": "heading", "id": f"h{n}", "value": value})
        mark = f'<a linktype="footnote" id="fn{n}">{n}</a>' if n % 3 == 0 else ""
        text = f"<p>The <i>Group</i> noted{mark} report number {n}, and asked the secretariat to publish it.</p>"
        value = {"label": str(n), "anchor": str(n), "text": text}
        body.append({"type": "paragraph", "id": f"p{n}", "value": value})
    page.body = body
    page.footnotes.set(
        factories.FootnoteFactory.build(
            page=page, locale=page.locale, anchor=f"fn{n}", mark=str(n), text=f"<p>Note {n}.</p>", sort_order=n
        )
        for n in range(0, paragraphs, 3)
    )
    page.save()
    page.save_revision().publish()
    found: ReportPage = ReportPage.objects.get(pk=page.pk)
    return found
