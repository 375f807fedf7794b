"""The policy that browsers get with each response."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from cms.core.middleware import ContentSecurityPolicyMiddleware


def policy_for(path: str, response: HttpResponse | None = None) -> dict[str, list[str]] | None:
    """The directives that a request for this address is answered with; None without a policy."""

    def answer(_request: HttpRequest) -> HttpResponse:
        return response if response is not None else HttpResponse("<p>A page</p>")

    header = ContentSecurityPolicyMiddleware(answer)(RequestFactory().get(path)).headers.get("Content-Security-Policy")
    if header is None:
        return None
    return {name: sources for name, *sources in (directive.split() for directive in header.split(";"))}


def test_public_pages_allow_nothing_inline_and_nothing_from_elsewhere() -> None:
    policy = policy_for("/ru/documents/")
    assert policy is not None
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == policy["font-src"] == ["'self'"]
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*"} & {source for sources in policy.values() for source in sources}


def test_only_the_site_itself_may_frame_a_page() -> None:
    policy = policy_for("/en/")
    assert policy is not None
    assert policy["frame-ancestors"] == ["'self'"]
    assert policy["form-action"] == ["'self'"]
    assert policy["base-uri"] == ["'none'"]


def test_admin_may_bring_its_own_styles() -> None:
    policy = policy_for("/admin/pages/3/edit/")
    assert policy is not None
    assert "'unsafe-inline'" in policy["style-src"]
    assert policy["object-src"] == ["'none'"]


def test_an_address_that_only_resembles_the_admin_stays_strict() -> None:
    policy = policy_for("/en/admin/")
    assert policy is not None
    assert policy["default-src"] == ["'none'"]


def test_a_view_keeps_its_own_policy() -> None:
    sandboxed = HttpResponse("a file", headers={"Content-Security-Policy": "sandbox"})
    assert policy_for("/files/a", sandboxed) == {"sandbox": []}


def test_further_hosts_of_files_are_allowed(settings: Settings) -> None:
    settings.ASSET_ORIGINS = ["https://files.example.org"]
    policy = policy_for("/en/")
    assert policy is not None
    assert policy["img-src"] == ["'self'", "https://files.example.org", "data:"]
    assert policy["default-src"] == ["'none'"]


@pytest.mark.parametrize(("debug", "status", "has_policy"), [(True, 500, False), (True, 200, True), (False, 500, True)])
def test_only_djangos_own_error_pages_go_without(
    settings: Settings, debug: bool, status: int, has_policy: bool
) -> None:
    settings.DEBUG = debug
    assert (policy_for("/en/", HttpResponse(status=status)) is not None) is has_policy
