"""A web edition that has every kind of text: what the look of the editor is tested on."""

from typing import Any

from wagtail_factories import ImageFactory

from documents.models import ReportPage
from tests import factories

COLUMNS = 12
WORDS = "The Group noted the report of the secretariat, and asked that it be brought to the attention of participants."


def block(kind: str, **value: Any) -> dict[str, Any]:
    """A block of a body, its id made of its kind and its label."""
    return {"type": kind, "id": f"{kind}-{value.get('label') or value.get('level') or 'x'}", "value": value}


def wide_table(columns: int = COLUMNS) -> dict[str, Any]:
    """A table of so many columns: the first and the last of rich text, one word in two cells of its first column."""
    kinds = ["rich", *["text"] * (columns - 2), "rich"]
    rows = [
        [f"<p>{place}</p>", *[f"{place} {n}" for n in range(2, columns)], f"<p>It <b>met</b> in {place}.</p>"]
        for place in ("Vienna", "Geneva", "Vienna")
    ]
    return {
        "columns": [{"type": kind, "heading": f"Heading {n}"} for n, kind in enumerate(kinds, 1)],
        "rows": [{"values": row} for row in rows],
        "caption": "",
    }


def fill(page: ReportPage) -> ReportPage:
    """Gives a page every kind of block, a wide table, a picture and two footnotes; publishes it."""
    picture = ImageFactory(title="A hall")
    noted = (
        '<p>The <i>Group</i> noted<a linktype="footnote" id="fn1">1</a> document '
        '<a linktype="symbol" symbol="CTOC/COP/2020/3">CTOC/COP/2020/3</a> and '
        f'<a href="https://example.org/report">another one</a>. {WORDS}<a linktype="footnote" id="fn2">2</a></p>'
    )
    page.body = [
        block("heading", label="I", anchor="i", level="2", text="Opening of the session"),
        block("paragraph", label="1", anchor="1", text=noted),
        block("lettered", label="(a)", anchor="1-a", level="1", text=f"<p>{WORDS}</p>"),
        block("lettered", label="(i)", anchor="1-a-i", level="2", text="<p>To meet every year;</p>"),
        block("heading", label="A", anchor="a", level="3", text="Tables and figures"),
        block("table", anchor="t", caption="Meetings of the year", table=wide_table()),
        block(
            "figure",
            anchor="f",
            image={"image": picture.pk, "alt_text": "Delegates in a hall", "decorative": False},
            caption="The plenary hall",
        ),
        block("preambular", anchor="pre", text="<p><i>Recalling</i> its decision 9/1,</p>"),
        block("operative", label="2", anchor="op", text=f"<p><i>Decides</i> as follows. {WORDS}</p>"),
        block("quotation", anchor="q", text="<p>Each participant shall designate a focal point.</p>"),
        block("annex", label="Annex I", anchor="annex", title="Work programme"),
        block("plain", anchor="end", text="<p>The meeting rose at 1 p.m.</p>"),
    ]
    page.search_description = "What the Group decided"
    page.footnotes.set(
        factories.FootnoteFactory.build(
            page=page, locale=page.locale, anchor=f"fn{n}", mark=str(n), text=f"<p>Note {n}.</p>", sort_order=n
        )
        for n in (1, 2)
    )
    page.save()
    page.save_revision().publish()
    found: ReportPage = ReportPage.objects.get(pk=page.pk)
    return found
