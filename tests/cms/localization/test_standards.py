"""Files that go out are built as the published standards ask; and the table of those rules finds what is not."""

from collections.abc import Callable

import pytest
from django.test import Client
from wagtail_localize.models import Translation

from cms.localization.sending.refreshing import refresh
from tests.cms.localization.conftest import House, staff
from tests.cms.localization.full_report import fill as with_all_kinds
from tests.cms.localization.standards import faults
from tests.cms.localization.test_exchange import fill, saved
from tests.cms.localization.test_exchange_memory import ask
from tests.cms.localization.test_memory import committed, filled  # noqa: F401 - fixtures
from tests.tree import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def every_state(house: House, open_translation: Callable[[str], Translation]) -> Translation:
    """An Arabic translation of a page with all kinds of texts, in all states, one with a former text."""
    house.report = with_all_kinds(house.report)
    translation = open_translation("ar")
    fill(translation)
    page = fresh(house.report)
    page.title = "The revised report of the Plenary & <others>"
    page.save_revision().publish()
    refresh(page, None)
    return translation


@pytest.mark.parametrize("form", ["xlf", "xliff", "tmx"])
def test_a_file_of_a_page_is_as_its_standard_asks(every_state: Translation, form: str) -> None:
    assert faults(saved(every_state, form)) == []


def test_the_memory_as_a_file_is_as_its_standard_asks(client: Client, filled: House) -> None:  # noqa: F811
    client.force_login(staff())
    content = ask(client, filled).getvalue()
    assert b"<tu " in content
    assert faults(content) == []


BROKEN = [
    ("xlf", b' source-language="en"', b"", "lacks source-language"),
    ("xlf", b'ctype="italic"', b'ctype="slanted"', "ctype='slanted'"),
    ("xlf", b'state="needs-review-translation"', b'state="draft"', "state='draft'"),
    ("xlf", b"<header>", b"<header/><header>", "these children"),
    ("xlf", b' size-unit="char"', b"", "A width has no unit"),
    ("xliff", b' id="page"', b"", "lacks id"),
    ("xliff", b'state="initial" ', b"", "has no state"),
    ("xliff", b'dataRef="d', b'dataRef="z', "leads nowhere"),
    ("xliff", b'type="fmt"', b'type="bold"', "type='bold'"),
    ("xliff", b"</notes><originalData>", b"</notes><notes><note/></notes><originalData>", "these children"),
    ("tmx", b' srclang="en"', b"", "lacks srclang"),
    ("tmx", b"<ept ", b"<end/><ept ", "not in this table"),
]


@pytest.mark.parametrize(("form", "old", "new", "fault"), BROKEN)
def test_a_file_against_its_standard_is_found(
    every_state: Translation, form: str, old: bytes, new: bytes, fault: str
) -> None:
    content = saved(every_state, form)
    assert old in content
    assert any(fault in one for one in faults(content.replace(old, new, 1)))


def test_names_that_are_there_twice_are_found(every_state: Translation) -> None:
    for form, name in (("xlf", b"trans-unit"), ("xliff", b"unit"), ("tmx", b"tu")):
        content = saved(every_state, form)
        start = content.index(b"<%s " % name)
        end = content.index(b"</%s>" % name) + len(name) + 3
        doubled = content[:end] + content[start:end] + content[end:]
        assert any("twice" in one for one in faults(doubled)), form
