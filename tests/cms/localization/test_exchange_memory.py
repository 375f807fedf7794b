"""The translation memory of a process as a file: what may be read, and no more."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import etree
from wagtail.models import Locale
from wagtail_localize.models import Translation

from cms.core.languages import language
from cms.localization.exchange.reading import read_file
from cms.localization.exchange.units import Mark, head_of
from cms.localization.foreign import XML_LANG
from documents.models import OfficialDocument
from tests import factories
from tests.cms.localization.conftest import House, staff
from tests.cms.localization.test_memory import committed, filled  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


def ask(client: Client, house: House, origin: str = "en", into: str = "fr", **more: str) -> Any:
    locales = {locale.language_code: locale.pk for locale in Locale.objects.all()}
    chosen = {"process": str(house.document.process_id), "source": locales[origin], "target": locales[into]}
    return client.get(reverse("localization:export_memory"), chosen | more)


def pairs(answer: Any) -> list[list[str]]:
    root = etree.fromstring(answer.getvalue())
    return [["".join(seg.itertext("seg")) for seg in unit.iter("seg")] for unit in root.iter("tu")]


def test_the_pairs_of_a_process_go_out_with_their_codes(client: Client, filled: House) -> None:  # noqa: F811
    client.force_login(staff())
    answer = ask(client, filled)
    assert answer["Content-Disposition"] == 'attachment; filename="memory-kp-en-fr.tmx"'
    root = etree.fromstring(answer.getvalue())
    assert root.find("header").get("srclang") == "en"
    unit = next(one for one in root.iter("tu") if "noted" in "".join(one.itertext()))
    assert [one.get(XML_LANG) for one in unit.iter("tuv")] == ["en", "fr"]
    codes = [[(code.tag, code.get("i") or code.get("x")) for code in seg] for seg in unit.iter("seg")]
    assert sorted(codes[0]) == sorted(codes[1])
    assert {tag for tag, _number in codes[0]} == {"bpt", "ept", "ph"}


def test_what_may_not_be_read_is_not_in_it(client: Client, filled: House) -> None:  # noqa: F811
    client.force_login(staff())
    assert len(pairs(ask(client, filled))) >= 3
    assert pairs(ask(client, filled, "fr", "en"))
    assert pairs(ask(client, filled, "en", "es")) == []
    other = factories.ProcessFactory(code="other")
    assert pairs(ask(client, filled, process=str(other.pk))) == []
    OfficialDocument.objects.filter(pk=filled.document.pk).update(access="staff")
    assert pairs(ask(client, filled)) == []


def test_it_is_read_as_any_other_programs(
    client: Client,
    filled: House,  # noqa: F811
    open_translation: Callable[[str], Translation],
) -> None:
    client.force_login(staff())
    content = ask(client, filled).getvalue()
    wanted = replace(head_of(open_translation("ar")), target=language("fr"))
    reading = read_file(content, wanted)
    assert reading.is_memory
    assert any(Mark(0) in one.source and Mark(0) in one.target for one in reading.given)


@pytest.mark.parametrize("query", [{"source": "x"}, {"process": "\x00"}, {"target": "9" * 40}, {"process": ""}])
def test_a_choice_that_means_nothing_is_told(client: Client, filled: House, query: dict[str, str]) -> None:  # noqa: F811
    client.force_login(staff())
    assert client.get(reverse("localization:export_memory")).status_code == 200
    assert ask(client, filled, **query).status_code == 422
    assert "Choose two languages." in ask(client, filled, "en", "en").content.decode()
