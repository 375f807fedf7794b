"""Processes, bodies, parties, memberships and offices: what is refused, in words that say why."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model

from cms.processes.models import Membership, Party, Process
from tests import factories

pytestmark = pytest.mark.django_db


def refused(record: Model) -> dict[str, list[str]]:
    """The messages of a record that is not valid, by field."""
    with pytest.raises(ValidationError) as caught:
        record.full_clean()
    return caught.value.message_dict


def test_a_process_is_issued_in_its_main_language_at_least() -> None:
    process = factories.ProcessFactory(main_language="ru", languages=["en"])
    assert process.languages == ["ru", "en"]


def test_codes_are_unique_within_a_process() -> None:
    body = factories.WorkingGroupFactory(code="wg1")
    factories.WorkingGroupFactory(code="wg1")
    twin = factories.WorkingGroupFactory.build(process=body.process, code="wg1")
    assert "has a body with this code already" in str(refused(twin))


def test_a_body_stands_under_a_body_of_its_process_and_not_under_itself() -> None:
    above = factories.WorkingGroupFactory()
    stranger = factories.WorkingGroupFactory.build(process=factories.ProcessFactory(), parent=above)
    assert refused(stranger)["parent"] == ["The parent body belongs to another process."]
    below = factories.WorkingGroupFactory(process=above.process, parent=above)
    above.parent = below
    assert refused(above)["parent"] == ["A body cannot stand under itself."]


@pytest.mark.parametrize(
    "factory", [factories.WorkingGroupFactory, factories.MembershipFactory, factories.OfficeFactory]
)
def test_nothing_ends_before_it_begins(factory: Any) -> None:
    record = factory()
    record.starts_on, record.ends_on = date(2020, 1, 2), date(2020, 1, 1)
    assert "cannot end before it begins" in str(refused(record))
    with pytest.raises(IntegrityError), transaction.atomic():
        record.save()


def test_a_state_is_named_by_the_list_of_countries() -> None:
    party = factories.PartyFactory(country="KZ")
    assert party.name("ru") == "Казахстан"
    assert party.name("zh-hans") == "哈萨克斯坦"
    party.names = {"en": "Republic of Kazakhstan"}
    assert party.name_and_language("en") == ("Republic of Kazakhstan", "en")
    assert party.name_and_language("fr") == ("Kazakhstan", "fr")
    party.save()
    assert party.sort_name == "republic of kazakhstan"


def test_states_stand_in_english_alphabetical_order() -> None:
    for code in ("CI", "AX", "CR", "DE"):
        factories.PartyFactory(country=code)
    assert [party.country for party in Party.objects.all()] == ["AX", "CR", "CI", "DE"]


def test_a_state_needs_its_country_and_an_organisation_its_name() -> None:
    assert "country" in refused(Party(kind=Party.Kind.STATE))
    assert "names" in refused(Party(kind=Party.Kind.REGIONAL))
    factories.PartyFactory(country="KZ")
    assert "country" in refused(Party(kind=Party.Kind.STATE, country="KZ"))
    factories.OrganisationFactory.create_batch(2)


def test_an_organisation_is_named_in_the_best_language_there_is() -> None:
    party = factories.OrganisationFactory(names={"fr": "Commission", "ru": "Комиссия"})
    assert party.name_and_language("ru") == ("Комиссия", "ru")
    assert party.name_and_language("ar") == ("Commission", "fr")


def test_a_provisional_membership_needs_its_condition_and_deadline() -> None:
    membership = factories.MembershipFactory.build(
        party=factories.PartyFactory(), process=factories.ProcessFactory(), status=Membership.Status.PROVISIONAL
    )
    assert "needs its condition and its deadline" in refused(membership)["condition"][0]
    membership.condition = {"en": "Once it has confirmed in writing."}
    membership.deadline = date(2013, 8, 31)
    membership.full_clean()


def test_a_party_is_one_thing_at_a_time() -> None:
    first = factories.MembershipFactory(starts_on=date(2010, 1, 1), ends_on=date(2012, 12, 31))
    again = factories.MembershipFactory.build(party=first.party, process=first.process, starts_on=date(2012, 6, 1))
    assert "has a membership here already in that period" in str(refused(again))
    again.starts_on = date(2013, 1, 1)
    again.full_clean()
    assert list(Membership.objects.current(date(2012, 12, 31))) == [first]


def test_members_and_officers_belong_to_bodies_of_their_process() -> None:
    body = factories.WorkingGroupFactory()
    for factory in (factories.MembershipFactory, factories.OfficeFactory):
        record = factory()
        record.working_group = body
        assert refused(record)["working_group"] == ["This body belongs to another process."]


def test_an_office_has_a_holder() -> None:
    office = factories.OfficeFactory.build(process=factories.ProcessFactory(), party=None, person="")
    assert "Name the party, the person, or both." in str(refused(office))


def test_names_and_languages_are_official_ones() -> None:
    process = factories.ProcessFactory.build(languages=["en", "de"])
    assert "languages" in refused(process)
    assert "names" in refused(factories.OrganisationFactory.build(names={"de": "Kommission"}))


def test_the_uid_is_the_translation_key_of_the_pages() -> None:
    assert factories.ProcessFactory().uid != factories.ProcessFactory().uid
    assert Process._meta.get_field("uid").unique
