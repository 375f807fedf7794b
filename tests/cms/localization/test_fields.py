"""What is translated and what is a fact, model by model: a new field must be put on one side or the other here."""

from typing import Any

import pytest
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page, get_translatable_models
from wagtail_localize.fields import TranslatableField, get_translatable_fields

WORDS_OF_EVERY_PAGE = {"title", "seo_title", "search_description"}
FACTS_OF_EVERY_PAGE = {"slug", "show_in_menus"}

# Model: its words, which are translated, and its facts, which follow the source.
PAGES: dict[str, tuple[set[str], set[str]]] = {
    "documents.ArchivePage": ({"intro"}, set()),
    "documents.ReportPage": ({"body", "footnotes"}, {"document"}),
    "home.HomePage": ({"lead"}, set()),
    "home.NewsIndexPage": (set(), set()),
    "home.NewsPage": ({"summary", "body"}, {"date", "picture"}),
    "home.StandardPage": ({"summary", "body"}, set()),
    "meetings.SessionPage": ({"introduction", "practical_information", "agenda_titles"}, {"session"}),
    "processes.ProcessIndexPage": ({"intro"}, set()),
    "processes.ProcessPage": ({"summary", "body"}, {"process"}),
    "processes.WorkingGroupPage": ({"summary", "mandate"}, {"working_group"}),
}
CHILDREN: dict[str, tuple[set[str], set[str]]] = {
    "documents.Footnote": ({"text"}, {"anchor", "mark"}),
    "meetings.AgendaTitle": ({"title", "annotation"}, {"item"}),
}
# Facts that no language may set for itself.
FIXED = {"slug", "document", "session", "process", "working_group", "anchor", "mark", "item"}

# The texts inside streams that are translated, by the paths of their blocks; what is not here is a fact.
STREAMS: dict[str, set[str]] = {
    "documents.ReportPage.body": {
        "annex.title",
        "figure.caption",
        "figure.image.alt_text",
        "heading.text",
        "lettered.text",
        "operative.text",
        "paragraph.text",
        "plain.text",
        "preambular.text",
        "quotation.text",
        "table.caption",
        "table.table.rich",
        "table.table.text",
    },
    "home.StandardPage.body": {"image.alt_text", "quotation", "text"},
}

MODELS = {model._meta.label: model for model in get_translatable_models(include_subclasses=True) if model is not Page}


def test_every_translatable_model_is_listed() -> None:
    assert set(MODELS) == set(PAGES) | set(CHILDREN)


@pytest.mark.django_db  # a page that is made asks for its content type
@pytest.mark.parametrize("label", sorted(MODELS))
def test_words_and_facts(label: str) -> None:
    if label in PAGES:
        words, facts = PAGES[label]
        words, facts = words | WORDS_OF_EVERY_PAGE, facts | FACTS_OF_EVERY_PAGE
    else:
        words, facts = CHILDREN[label]
    fields = get_translatable_fields(MODELS[label])
    assert {field.field_name for field in fields if isinstance(field, TranslatableField)} == words
    assert {field.field_name for field in fields if not isinstance(field, TranslatableField)} == facts
    own = {field.field_name for field in fields if field.is_overridable(MODELS[label]())}
    assert own & FIXED == set()


def texts_of(block: Any, path: str = "") -> set[str]:
    """The paths of the blocks under a block whose text wagtail-localize takes out."""
    inner = getattr(block, "child_blocks", None) or {}
    if isinstance(block, blocks.ListBlock):
        inner = {"item": block.child_block}
    if inner:
        found = [texts_of(child, f"{path}.{name}".strip(".")) for name, child in inner.items()]
        return set().union(*found)
    facts = (blocks.URLBlock, blocks.EmailBlock)
    words = (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock)
    return {path} if isinstance(block, words) and not isinstance(block, facts) else set()


def test_the_texts_of_streams() -> None:
    streams = {
        f"{label}.{field.name}": texts_of(field.stream_block)
        for label, model in MODELS.items()
        for field in model._meta.get_fields()
        if isinstance(field, StreamField)
    }
    assert streams == STREAMS
