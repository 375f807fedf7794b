"""The rules of translation as system checks: nothing goes public by itself, and no stock view is in reach."""

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter
from wagtail.models import TranslatableMixin
from wagtail.snippets.models import get_snippet_models

from cms.localization import machine

REQUIRED_SETTINGS = {
    "WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE": (False, "A page sent to translation would be public at once."),
    "WAGTAILLOCALIZE_DISABLE_ON_DELETE": (True, "Deleting a page would delete its translations' texts."),
}


@register(Tags.translation)
def check_settings(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E001: wagtail-localize's settings are those under which nothing goes public by itself and nothing is lost."""
    return [
        Error(f"{name} must be {value}.", hint=reason, id="localization.E001")
        for name, (value, reason) in REQUIRED_SETTINGS.items()
        if getattr(settings, name, None) is not value
    ]


@register(Tags.urls)
def check_addresses(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E002: every address that wagtail-localize registers leads to a view of ours, which asks for rights and locks."""
    admin = reverse("wagtailadmin_home")
    messages: list[CheckMessage] = []
    for path in stock_paths():
        try:
            view = get_resolver().resolve(f"{admin}{path}").func
        except Resolver404:
            continue
        if view.__module__.startswith("wagtail_localize"):
            messages.append(
                Error(
                    f"/{path} leads to {view.__module__}.{getattr(view, '__name__', view)}.",
                    hint="cms.localization.wagtail_hooks must register its addresses before those of wagtail-localize.",
                    id="localization.E002",
                )
            )
    return messages


@register(Tags.models)
def check_snippets(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E003: no snippet is translatable. It lies in no language's tree, so no right to one language binds it."""
    return [
        Error(
            f"{model.__name__} is a translatable snippet: whoever may change it may change it in every language.",
            hint="Keep names in a NamesField, or write in a page.",
            obj=model,
            id="localization.E003",
        )
        for model in get_snippet_models()
        if issubclass(model, TranslatableMixin)
    ]


@register(Tags.translation)
def check_engine(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """W001: a translation engine that is named has all that it needs; else the workplace does without it."""
    problem = machine.problem()
    if problem is None:
        return []
    hint = "See TRANSLATION_ENGINE in docs/operations.md. Until then open texts are filled from the translation memory."
    return [checks.Warning(problem, hint=hint, id="localization.W001")]


def stock_paths() -> Iterator[str]:
    """One example path, relative to the admin, for each address that wagtail-localize registers."""
    # Imported here: Wagtail's hooks are looked for when the addresses are built, not before.
    from wagtail_localize.wagtail_hooks import register_admin_urls

    for entry in register_admin_urls():
        yield from _examples(entry, "")


def _examples(entry: URLPattern | URLResolver, prefix: str) -> Iterator[str]:
    """The example paths of a pattern: 1 for a number, ``x`` for a word."""
    route = str(entry.pattern)
    for name, converter in entry.pattern.converters.items():
        example = "1" if isinstance(converter, IntConverter) else "x"
        route = re.sub(rf"<(\w+:)?{name}>", example, route)
    if isinstance(entry, URLPattern):
        yield prefix + route
        return
    for inner in entry.url_patterns:
        yield from _examples(inner, prefix + route)
