"""Which parties a text names, in six languages."""

from functools import cache

import pytest

from search.parties import PartyNames
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def names() -> PartyNames:
    """Thirty states and two organisations."""
    states = "NE NG GN GQ PG KR KP DK EG ML CN US CU RU IN NL PH CD CG GB SD SS DO DM JO TR OM KZ IE KG MX"
    for country in states.split():
        factories.PartyFactory(country=country)
    factories.OrganisationFactory(
        names={"en": "World Health Organization", "ru": "Всемирная организация здравоохранения"}, acronym="WHO"
    )
    factories.OrganisationFactory(names={"fr": "Comité international de la Croix-Rouge"}, acronym="ICRC")
    return PartyNames()


@cache
def name_in(language: str, code: str) -> str:
    return factories.PartyFactory.build(country=code).name(language)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Niger’s delegation met those of Nigeria and KAZAKHSTAN.", "NE NG KZ"),
        ("en", "Equatorial Guinea and Papua New Guinea", "GQ PG"),
        ("en", "The Republic of Korea spoke.", "KR"),
        ("en", "The Democratic People's Republic of Korea spoke.", "KP"),
        ("en", "The Islamic Republic and South Sudan", "SS"),
        ("en", "Dominican Republic; the Democratic Republic of the Congo; New Mexico", "DO CD"),
        ("en", "Northern Ireland, and a turkey from oman", ""),
        ("fr", "la République de Corée, l’ÉGYPTE et le golfe de Guinée", "KR EG"),
        ("fr", "la Republique democratique du Congo", "CD"),
        ("es", "Sudán del Sur y la República Dominicana, México", "SS DO MX"),
        ("ru", "представителями Нигерии и Нигера", "NE NG"),
        ("ru", "Нигерией, Республикой Корея и Египтом", "NG KR EG"),
        ("ru", "Корейской Народно-Демократической Республики", "KP"),
        ("ru", "Данные о Кубке мира, мали, Индийский океан", ""),
        ("ru", "между Данией, Кубой, Филиппинами и Нидерландами", "DK CU PH NL"),
        ("ru", "Российской Федерации и Экваториальной Гвинее", "RU GQ"),
        ("ar", "للصين والهند وجمهورية كوريا", "CN IN KR"),
        ("ar", "غينيا الاستوائية ولنيجيريا والنيجر", "GQ NG NE"),
        ("ar", "دعم مالي", ""),
        ("zh-hans", "中国、赤道几内亚和尼日利亚", "CN GQ NG"),
        ("zh-hans", "发展中国家和南美国家", ""),
    ],
)
def test_states_are_found_whatever_their_form(names: PartyNames, language: str, text: str, expected: str) -> None:
    assert set(names.named_in([text], language).values()) == {name_in(language, code) for code in expected.split()}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The World Health Organisation and ICRC met.", {"WHO", "ICRC"}),
        ("en", "Those who serve, and THOSE WHO ARE SERVED", set()),
        ("en", "WHO said so.", {"WHO"}),
        ("ru", "со Всемирной организацией здравоохранения", {"WHO"}),
        ("fr", "du Comité international de la Croix-Rouge", {"ICRC"}),
        ("zh-hans", "ICRC与会", {"ICRC"}),
    ],
)
def test_organisations_are_found_by_name_and_by_acronym(
    names: PartyNames, language: str, text: str, expected: set[str]
) -> None:
    acronyms = {str(party.pk): party.acronym for party in names.parties}
    assert {acronyms[pk] for pk in names.named_in([text], language)} == expected


def test_what_is_no_party_is_not_named_and_hides_what_it_holds() -> None:
    guinea = factories.PartyFactory(country="GN")
    names = PartyNames()
    assert names.named_in(["Equatorial Guinea"], "en") == {}
    assert names.named_in(["Equatorial Guinea", "and Guinea"], "en") == {str(guinea.pk): "Guinea"}
    assert names.named_in([""], "en") == {}


def test_the_name_of_a_record_counts_beside_that_of_the_list_of_countries() -> None:
    party = factories.PartyFactory(country="KZ", names={"en": "Qazaqstan"})
    assert PartyNames().named_in(["Qazaqstan"], "en") == {str(party.pk): "Qazaqstan"}
    assert PartyNames().named_in(["Kazakhstan"], "en") == {str(party.pk): "Qazaqstan"}
