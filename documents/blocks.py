"""The blocks of a web edition's body. Labels and anchors are facts: stored, never regenerated, not translated."""

from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import expand_db_html

from documents import block_html
from documents.translatable_tables import TranslatableTableBlock

TEXT_FEATURES = ["bold", "italic", "link", "symbol", "footnote", "document-link"]
LABEL = r"^.{0,16}$"
ANCHOR = r"^[a-z0-9]?[a-z0-9.-]{0,79}$"


class LabelBlock(blocks.RegexBlock):
    """A label as printed: 4, (a), III, i. A RegexBlock, because wagtail-localize would translate a CharBlock."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "regex": LABEL,
                "required": False,
                "label": _("Label"),
                "help_text": _("As printed: 4, (a), III. Kept as it is in every language."),
                "error_messages": {"invalid": _("A label has at most 16 characters.")},
                **kwargs,
            }
        )


class AnchorBlock(blocks.RegexBlock):
    """The name of a paragraph in addresses (#para-4), the same in every language."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "regex": ANCHOR,
                "required": False,
                "label": _("Anchor"),
                "help_text": _(
                    "The paragraph's name in addresses. Filled in by itself; change it only before release."
                ),
                "error_messages": {"invalid": _("An anchor has small Latin letters, figures, dots and hyphens only.")},
                **kwargs,
            }
        )


def newest_image() -> Any:
    """The picture that previews show; None on a site without pictures."""
    return get_image_model().objects.order_by("-pk").first()


def _text(**kwargs: Any) -> blocks.RichTextBlock:
    return blocks.RichTextBlock(features=TEXT_FEATURES, label=_("Text"), **kwargs)


class BodyPart(blocks.StructBlock):
    """A block printed by a function of ``documents.block_html``; in previews with its own links resolved."""

    @staticmethod
    def to_html(value: Any) -> SafeString:
        """The block's HTML with its links unresolved; each block names its function."""
        raise NotImplementedError

    def render(self, value: Any, context: dict[str, Any] | None = None) -> SafeString:
        return mark_safe(expand_db_html(self.to_html(value)))  # noqa: S308 - what expands was escaped by to_html


class HeadingBlock(BodyPart):
    to_html = staticmethod(block_html.heading_html)

    label = LabelBlock()
    anchor = AnchorBlock()
    level = blocks.ChoiceBlock(
        choices=[("2", _("Chapter")), ("3", _("Section")), ("4", _("Subsection"))], default="2", label=_("Level")
    )
    text = blocks.CharBlock(max_length=1000, label=_("Heading"))

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("A chapter, section or subsection.")
        preview_value = {"label": "II", "anchor": "ii", "level": "2", "text": "Organization of the session"}


class ParagraphBlock(BodyPart):
    to_html = staticmethod(block_html.numbered_html)

    label = LabelBlock()
    anchor = AnchorBlock()
    text = _text()

    class Meta:
        icon = "pilcrow"
        label = _("Numbered paragraph")
        description = _("A paragraph with its number, which is its link.")
        preview_value = {"label": "4", "anchor": "4", "text": "<p>The working group met in Vienna.</p>"}


class PreambularBlock(BodyPart):
    to_html = staticmethod(block_html.preambular_html)

    anchor = AnchorBlock()
    text = _text()

    class Meta:
        icon = "openquote"
        label = _("Preambular clause")
        description = _("A clause of the preamble of a decision or resolution.")
        preview_value = {"anchor": "preamble-1", "text": "<p><i>Recalling</i> its earlier decisions,</p>"}


class OperativeBlock(BodyPart):
    to_html = staticmethod(block_html.operative_html)

    label = LabelBlock()
    anchor = AnchorBlock()
    text = _text()

    class Meta:
        icon = "list-ol"
        label = _("Operative clause")
        description = _("A clause that decides, requests or invites.")
        preview_value = {
            "label": "2",
            "anchor": "decision-2",
            "text": "<p><i>Requests</i> the secretariat to report;</p>",
        }


class LetteredBlock(BodyPart):
    to_html = staticmethod(block_html.lettered_item_html)

    label = LabelBlock()
    anchor = AnchorBlock()
    level = blocks.ChoiceBlock(choices=[("1", "(a)"), ("2", "(i)"), ("3", "a.")], default="1", label=_("Depth"))
    text = _text()

    class Meta:
        icon = "list-ul"
        label = _("Lettered item")
        description = _("An item under a paragraph or clause, with its letter or bullet.")
        preview_value = {"label": "(a)", "anchor": "2-a", "level": "1", "text": "<p>To collect the replies;</p>"}


class PlainBlock(BodyPart):
    to_html = staticmethod(block_html.plain_html)

    anchor = AnchorBlock()
    text = _text()

    class Meta:
        icon = "doc-empty"
        label = _("Plain text")
        description = _("A paragraph without a number.")
        preview_value = {"anchor": "text-1", "text": "<p>The plenary meeting,</p>"}


class QuotationBlock(BodyPart):
    to_html = staticmethod(block_html.quotation_html)

    anchor = AnchorBlock()
    text = _text()

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("A passage quoted from elsewhere.")
        preview_value = {"anchor": "quotation-1", "text": "<p>Each party shall designate a focal point.</p>"}


class TableBlock(BodyPart):
    to_html = staticmethod(block_html.table_html)

    anchor = AnchorBlock()
    caption = blocks.CharBlock(required=False, max_length=500, label=_("Caption"))
    table = TranslatableTableBlock(
        [
            ("text", blocks.CharBlock(required=False, max_length=2000, label=_("Text"))),
            (
                "rich",
                blocks.RichTextBlock(required=False, features=TEXT_FEATURES, label=_("Text with links and notes")),
            ),
        ],
        label=_("Table"),
    )

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("A table with a caption.")
        preview_value = {
            "anchor": "table-1",
            "caption": "Meetings of the year",
            "table": {
                "columns": [{"type": "text", "heading": "Body"}, {"type": "text", "heading": "Days"}],
                "rows": [{"values": ["Working group", "3"]}, {"values": ["Expert group", "2"]}],
            },
        }


class FigureBlock(BodyPart):
    to_html = staticmethod(block_html.figure_html)

    anchor = AnchorBlock()
    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(required=False, max_length=500, label=_("Caption"))

    def get_preview_value(self) -> Any:
        """The newest picture of the site: a figure can only be shown with one."""
        return self.normalize({"anchor": "figure-1", "image": newest_image(), "caption": "The plenary hall"})

    class Meta:
        icon = "image"
        label = _("Figure")
        description = _("An image with a caption.")


class AnnexBlock(BodyPart):
    to_html = staticmethod(block_html.annex_html)

    label = LabelBlock(help_text=_("As printed: Annex I."))
    anchor = AnchorBlock()
    title = blocks.CharBlock(required=False, max_length=1000, label=_("Title"))

    class Meta:
        icon = "folder-open-1"
        label = _("Annex")
        description = _("Where an annex begins. What follows belongs to it.")
        preview_value = {"label": "Annex I", "anchor": "annex-1", "title": "Work programme"}


class BodyBlock(blocks.StreamBlock):
    """A document's text, paragraph by paragraph."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    preambular = PreambularBlock()
    operative = OperativeBlock()
    lettered = LetteredBlock()
    plain = PlainBlock()
    quotation = QuotationBlock()
    table = TableBlock()
    figure = FigureBlock()
    annex = AnnexBlock()

    class Meta:
        required = False
