"""What is translated and what is a fact, model by model: a new field must be put on one side or the other here."""

import pytest
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
