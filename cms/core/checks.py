"""Project rules as system checks: what a developer forgets is said at start-up, with what to do about it."""

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, Tags, register
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models

from cms.core.models import BasePage, Record


@register(Tags.models)
def check_pages(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E001: every page type stands on BasePage. E002: it says what it is for. E003: it names its place in the tree.

    E005: it says whether it is searched.
    """
    messages: list[CheckMessage] = []
    models: list[Any] = apps.get_models()
    for model in models:
        if not issubclass(model, Page) or model is Page or model._meta.app_label.startswith("wagtail"):
            continue
        if not issubclass(model, BasePage):
            messages.append(
                Error(
                    f"{model.__name__} does not stand on BasePage.",
                    hint="Derive it from cms.core.models.BasePage, with mixins before it.",
                    obj=model,
                    id="core.E001",
                )
            )
        if not model.page_description:
            messages.append(
                Error(
                    f"{model.__name__} does not tell editors what it is for.",
                    hint="Give it a page_description: one plain sentence.",
                    obj=model,
                    id="core.E002",
                )
            )
        if "parent_page_types" not in vars(model) or "subpage_types" not in vars(model):
            messages.append(
                Error(
                    f"{model.__name__} may stand anywhere in the tree.",
                    hint="Name its parent_page_types and subpage_types.",
                    obj=model,
                    id="core.E003",
                )
            )
        if "is_searched" not in vars(model):
            messages.append(
                Error(
                    f"Nobody has said whether {model.__name__} is searched.",
                    hint="Set is_searched on it, and define search_text() if it is.",
                    obj=model,
                    id="core.E005",
                )
            )
    return messages


@register(Tags.models)
def check_records(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E004: every record is administered through RecordViewSet, which asks permission of the record, not its type.

    E006: and it has a policy that can answer.
    """
    messages: list[CheckMessage] = []
    for model in get_snippet_models():
        if not issubclass(model, Record):
            continue
        viewset = model.snippet_viewset
        if not getattr(viewset, "asks_the_record", False):
            messages.append(
                Error(
                    f"{model.__name__} is registered with a bare SnippetViewSet: anybody may edit anybody's records.",
                    hint="Use cms.processes.viewsets.RecordViewSet.",
                    obj=model,
                    id="core.E004",
                )
            )
        if not getattr(policy_registry.get_by_type(model, fallback=False), "asks_the_record", False):
            messages.append(
                Error(
                    f"{model.__name__} has no policy that says who may change which record.",
                    hint="Register one of cms.processes.permissions in the policies module of its app.",
                    obj=model,
                    id="core.E006",
                )
            )
    return messages
