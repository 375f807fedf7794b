"""The HTML of each block of a body. Rich text is printed as stored; its links are resolved over the whole body at once
(``documents.rendering``)."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

PARAGRAPHS = ("paragraph", "operative")


def element_id(anchor: str) -> str:
    """The id of a paragraph's element: ``para-4`` for the anchor ``4``; an anchor with a letter first stays."""
    return f"para-{anchor}" if anchor[:1].isdigit() else anchor


def printed_label(label: str) -> str:
    """The label with the dot that plain numbers are printed with: 4 becomes 4., (a) and a) stay."""
    return f"{label}." if label and label.replace(".", "").isalnum() and not label.endswith(".") else label


def blocks_html(body: Iterable[Any]) -> Iterator[str]:
    """The blocks as HTML, with lettered items inside the paragraph they belong to and clauses inside their decision."""
    items = list(body)
    index = 0
    in_decision = False
    decisions = 0
    while index < len(items):
        block = items[index]
        kind = block.block_type
        if kind in ("preambular", "operative") and not in_decision:
            in_decision = True
            decisions += 1
            # Landmarks of one page need names of their own.
            name = _("Decision") if decisions == 1 else _("Decision {number}").format(number=decisions)
            yield format_html('<section class="decision" aria-label="{}">', name)
        elif in_decision and kind in ("heading", "paragraph", "annex"):
            in_decision = False
            yield "</section>"
        index += 1
        if kind in (*PARAGRAPHS, "plain"):
            lettered = []
            while index < len(items) and items[index].block_type == "lettered":
                lettered.append(items[index].value)
                index += 1
            yield paragraph_html(kind, block.value, lettered)
        elif kind == "lettered":
            yield lettered_html([block.value])
        else:
            yield RENDERERS[kind](block.value)
    if in_decision:
        yield "</section>"


def source(value: Any) -> SafeString:
    """Rich text as stored, its links not yet resolved. It was sanitised by the editor or made by the importer."""
    return SafeString(value.source if hasattr(value, "source") else value)


def _inner(value: Any) -> SafeString:
    """Rich text as paragraphs; the importer stores inline fragments without ``<p>``."""
    text = source(value)
    return text if text.lstrip().startswith(("<p", "<ul", "<ol")) else format_html("<p>{}</p>", text)


def _id(anchor: str) -> SafeString:
    return format_html(' id="{}"', element_id(anchor)) if anchor else SafeString()


def paragraph_html(kind: str, value: Any, lettered: list[Any]) -> SafeString:
    inner = _inner(value["text"]) + (lettered_html(lettered) if lettered else SafeString())
    anchor, label = value["anchor"], printed_label(value.get("label", ""))
    if kind == "plain" or not label:
        css = "clause clause--operative clause--bare" if kind == "operative" else "plain"
        return format_html('<div class="{}"{}>{}</div>', css, _id(anchor), inner)
    if kind == "operative":
        return format_html(
            '<div class="clause clause--operative"{}><a href="#{}">{}</a><div>{}</div></div>',
            _id(anchor), element_id(anchor), label, inner,
        )  # fmt: skip
    return format_html(
        '<div class="para"{}><a class="para__num" href="#{}">'
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="#i-link"/></svg>'
        '<span class="visually-hidden">{} </span>{}</a><div class="para__body">{}</div></div>',
        _id(anchor), element_id(anchor), _("Paragraph"), label, inner,
    )  # fmt: skip


def lettered_html(values: list[Any]) -> SafeString:
    """Lettered items as a list; deeper ones as lists inside the item before them."""
    html = SafeString()
    index = 0
    base = values[0]["level"]
    while index < len(values):
        value = values[index]
        index += 1
        deeper = []
        while index < len(values) and values[index]["level"] > base:
            deeper.append(values[index])
            index += 1
        html += _lettered_item(value, deeper)
    return format_html('<ul class="lettered" role="list">{}</ul>', html)


def _lettered_item(value: Any, deeper: list[Any]) -> SafeString:
    label, anchor = value["label"], value["anchor"]
    text = source(value["text"])
    inner = lettered_html(deeper) if deeper else SafeString()
    if anchor and any(character.isalnum() for character in label):
        head = format_html('<a class="label-link" href="#{}">{}</a>', element_id(anchor), label)
    else:
        head = format_html('<span class="label-link" aria-hidden="true">{}</span>', label or "•")
    return format_html("<li{}>{}<div>{}{}</div></li>", _id(anchor), head, text, inner)


def heading_html(value: Any) -> SafeString:
    level = value["level"] if value["level"] in ("2", "3", "4") else "2"
    label = format_html('<span class="h-num">{}</span> ', printed_label(value["label"])) if value["label"] else ""
    return format_html("<h{}{}>{}<span>{}</span></h{}>", level, _id(value["anchor"]), label, value["text"], level)


def preambular_html(value: Any) -> SafeString:
    return format_html('<div class="clause clause--preambular"{}>{}</div>', _id(value["anchor"]), _inner(value["text"]))


def quotation_html(value: Any) -> SafeString:
    return format_html("<blockquote{}>{}</blockquote>", _id(value["anchor"]), _inner(value["text"]))


def annex_html(value: Any) -> SafeString:
    title = format_html(' <span class="annex__title">{}</span>', value["title"]) if value["title"] else ""
    label = value["label"] or _("Annex")
    return format_html('<h2 class="annex"{}><span>{}</span>{}</h2>', _id(value["anchor"]), label, title)


def figure_html(value: Any) -> SafeString:
    image = value["image"]
    if image is None:
        return SafeString()
    caption = format_html("<figcaption>{}</figcaption>", value["caption"]) if value["caption"] else ""
    rendition = image.get_rendition("width-960")
    alternative = image.contextual_alt_text or ""
    return format_html(
        '<figure{}><img src="{}" width="{}" height="{}" alt="{}">{}</figure>',
        _id(value["anchor"]), rendition.url, rendition.width, rendition.height, alternative, caption,
    )  # fmt: skip


def table_html(value: Any) -> SafeString:
    table = value["table"]
    if not table:
        return SafeString()
    columns = list(table.columns)
    head = _table_head([column["heading"] for column in columns])
    rows = format_html_join("", '<tr role="row">{}</tr>', ((_row(row, columns),) for row in table.rows))
    caption = format_html("<caption>{}</caption>", value["caption"]) if value["caption"] else ""
    name = value["caption"] or _("Table")
    return format_html(
        '<div class="text__wide"{} role="region" aria-label="{}" tabindex="0"><table class="table--stack" role="table">'
        '{}{}<tbody role="rowgroup">{}</tbody></table></div>',
        _id(value["anchor"]), name, caption, head, rows,
    )  # fmt: skip


def _table_head(headings: list[str]) -> SafeString:
    """The row of headings; none for a table without any."""
    if not any(headings):
        return SafeString()
    cells = format_html_join("", '<th scope="col" role="columnheader">{}</th>', ((heading,) for heading in headings))
    return format_html('<thead role="rowgroup"><tr role="row">{}</tr></thead>', cells)


def _row(row: Any, columns: list[Any]) -> SafeString:
    """A row. One of which only the first cell says something heads the rows under it, and goes across."""
    texts = [cell_html(cell.value) for cell in row]
    if len(texts) > 1 and texts[0] and not any(texts[1:]):
        return format_html('<th scope="row" role="rowheader" colspan="{}">{}</th>', len(texts), texts[0])
    first = format_html('<th scope="row" role="rowheader">{}</th>', texts[0]) if texts else SafeString()
    rest = zip(columns[1:], texts[1:], strict=False)
    return first + format_html_join("", "{}", ((_cell(column["heading"], text),) for column, text in rest))


def _cell(heading: str, text: SafeString) -> SafeString:
    """A cell of a row. Text with markup is one box, beside the heading that a narrow page prints before it."""
    inner = format_html("<div>{}</div>", text) if "<" in text else text
    if not heading:
        return format_html('<td role="cell">{}</td>', inner)
    return format_html('<td role="cell" data-label="{}">{}</td>', heading, inner)


def cell_html(value: Any) -> SafeString:
    """A cell of a table: rich text as stored, anything else escaped."""
    return source(value) if hasattr(value, "source") else conditional_escape("" if value is None else value)


RENDERERS: dict[str, Callable[[Any], SafeString]] = {
    "heading": heading_html,
    "preambular": preambular_html,
    "quotation": quotation_html,
    "table": table_html,
    "figure": figure_html,
    "annex": annex_html,
}


def numbered_html(value: Any) -> SafeString:
    """A numbered paragraph by itself."""
    return paragraph_html("paragraph", value, [])


def operative_html(value: Any) -> SafeString:
    """An operative clause by itself."""
    return paragraph_html("operative", value, [])


def plain_html(value: Any) -> SafeString:
    """A plain paragraph by itself."""
    return paragraph_html("plain", value, [])


def lettered_item_html(value: Any) -> SafeString:
    """A lettered item by itself."""
    return lettered_html([value])
