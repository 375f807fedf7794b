"""The system checks that keep records from being administered without asking whose they are."""

from typing import Any

import pytest
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.core.checks import check_pages, check_records
from cms.processes.models import Office


def ids(messages: list[Any]) -> set[tuple[str, Any]]:
    return {(message.id, message.obj) for message in messages}


def test_the_house_keeps_its_own_rules() -> None:
    assert check_pages(None) == []
    assert check_records(None) == []


def test_a_record_in_a_bare_viewset_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Office, "snippet_viewset", SnippetViewSet(model=Office))
    assert ids(check_records(None)) == {("core.E004", Office)}


def test_a_record_without_a_policy_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = policy_registry.get_by_type
    monkeypatch.setattr(
        policy_registry, "get_by_type", lambda model, **options: None if model is Office else found(model, **options)
    )
    assert ids(check_records(None)) == {("core.E006", Office)}
