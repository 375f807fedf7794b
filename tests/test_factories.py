"""Every model of the house has a factory that makes a valid object."""

from typing import Any

import pytest
from django.apps import apps
from factory.django import DjangoModelFactory
from wagtail.models import Page

from tests import factories
from tests.tree import plant

ALL: dict[str, Any] = {
    name: value
    for name, value in vars(factories).items()
    if isinstance(value, type) and issubclass(value, DjangoModelFactory) and not value._meta.abstract
}
OF_RECORDS = {name: value for name, value in ALL.items() if not issubclass(value._meta.model, Page)}
NEED_A_PAGE = {"AgendaTitleFactory", "FootnoteFactory", "MemoryTargetFactory"}


def test_every_model_has_a_factory() -> None:
    models = {
        model for label in ("users", "processes", "meetings", "documents", "search", "home") for model in _models(label)
    }
    assert models - {factory._meta.model for factory in ALL.values()} == set()


def _models(label: str) -> list[Any]:
    return [model for model in apps.get_app_config(label).get_models() if not model._meta.auto_created]


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(set(OF_RECORDS) - NEED_A_PAGE))
def test_a_factory_makes_valid_objects(name: str) -> None:
    for _time in range(2):
        ALL[name]().full_clean(exclude=["task_ptr"])


@pytest.mark.django_db
def test_the_tree_is_sound() -> None:
    tree = plant()
    assert Page.find_problems() == ([], [], [], [], [])
    assert tree.site.root_page_id == tree.homes["en"].pk
    assert {page.locale.language_code for page in tree.homes["en"].get_translations(inclusive=True)} == {
        "en",
        "fr",
        "ru",
    }
    assert tree.archives["ru"].locale.language_code == "ru"
