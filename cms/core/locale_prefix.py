"""Addresses say /zh/ where the language code is zh-hans; every other language is its own prefix.

Django reads the short form by itself (``zh`` is found as the generic form of ``zh-hans``); what it lacks is writing it.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware as DjangoLocaleMiddleware
from django.urls import LocalePrefixPattern as DjangoLocalePrefixPattern
from django.urls import URLPattern, URLResolver, is_valid_path
from django.utils import translation

from cms.core.languages import short_code


class LocalePrefixPattern(DjangoLocalePrefixPattern):
    """The language prefix of an address, in its short form."""

    @property
    def language_prefix(self) -> str:
        return f"{short_code(translation.get_language() or settings.LANGUAGE_CODE)}/"


def language_patterns(*patterns: URLPattern | URLResolver) -> list[URLResolver]:
    """What ``i18n_patterns`` does, with our prefixes and a prefix on every language."""
    resolver: Any = URLResolver(LocalePrefixPattern(), list(patterns))
    return [resolver]


# What is in no language: an address below these that is not found has no other form to be tried.
NEUTRAL = ("/admin/", "/attachments/", "/files/", "/health/", "/media/", "/static/")


class LocaleMiddleware(DjangoLocaleMiddleware):
    """Redirects an address without a language to the reader's language, written in its short form."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        language = translation.get_language()
        short = short_code(language)
        if response.status_code == 404 and (request.path_info.startswith(NEUTRAL) or _is_for_programs(response)):
            return response
        if (
            response.status_code == 404
            and short != language
            and not translation.get_language_from_path(request.path_info)
        ):
            path = f"/{short}{request.path_info}"
            if is_valid_path(path, getattr(request, "urlconf", settings.ROOT_URLCONF)):
                redirect = self.response_redirect_class(request.get_full_path().replace(request.path_info, path, 1))
                redirect["Vary"] = "Accept-Language, Cookie"
                return redirect
        return super().process_response(request, response)


def _is_for_programs(response: HttpResponseBase) -> bool:
    """Whether an answer is data, which is in no language: there is no other form of its address either."""
    return response.get("Content-Type", "").startswith("application/json")
