"""The chair that rotates in English alphabetical order, and the form that proposes the next term."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms.processes.models import Membership, Office, Party, Process
from cms.processes.rotation import propose_next_chair
from tests import factories, people
from tests.records import list_url
from tests.tree import plant, plant_process

pytestmark = pytest.mark.django_db


@pytest.fixture
def process() -> Any:
    """Four members, an observer and a provisional member; Kyrgyzstan has the chair until the end of 2014."""
    made = factories.ProcessFactory(name="The process", chair_rotation_years=2)
    parties = {code: factories.PartyFactory(country=code) for code in ("KZ", "KG", "TJ", "TM", "AF", "PK")}
    for code, party in parties.items():
        status = {"AF": Membership.Status.OBSERVER, "PK": Membership.Status.PROVISIONAL}.get(code, "member")
        factories.MembershipFactory(process=made, party=party, status=status)
    chair(made, "KG", date(2013, 1, 1), date(2014, 12, 31))
    return made


def chair(process: Process, country: str, starts_on: date, ends_on: date | None) -> None:
    party = Party.objects.get(country=country)
    factories.OfficeFactory(process=process, party=party, starts_on=starts_on, ends_on=ends_on)


def country_of_next(process: Process) -> str | None:
    proposal = propose_next_chair(process)
    return proposal.party.country if proposal else None


def test_the_next_member_in_english_order_follows_for_two_years(process: Process) -> None:
    proposal = propose_next_chair(process)
    assert proposal is not None
    assert (proposal.party.country, proposal.starts_on, proposal.ends_on) == (
        "TJ",
        date(2015, 1, 1),
        date(2016, 12, 31),
    )


def test_the_order_begins_again_after_the_last(process: Process) -> None:
    chair(process, "TM", date(2017, 1, 1), date(2018, 12, 31))
    assert country_of_next(process) == "KZ"


def test_a_member_that_left_is_passed_over(process: Process) -> None:
    Membership.objects.filter(party__country="TJ").update(ends_on=date(2014, 6, 30))
    assert country_of_next(process) == "TM"


def test_a_term_from_29_february_ends_before_1_march(process: Process) -> None:
    Process.objects.update(chair_rotation_years=1)
    process.refresh_from_db()
    chair(process, "TJ", date(2015, 1, 1), date(2016, 2, 28))
    proposal = propose_next_chair(process)
    assert proposal is not None
    assert (proposal.starts_on, proposal.ends_on) == (date(2016, 2, 29), date(2017, 2, 28))


@pytest.mark.parametrize("missing", ["rotation", "members", "end of term"])
def test_nothing_is_proposed_without_what_it_takes(process: Process, missing: str) -> None:
    if missing == "rotation":
        process.chair_rotation_years = None
    elif missing == "members":
        Membership.objects.all().delete()
    else:
        Office.objects.update(ends_on=None)
    assert propose_next_chair(process) is None


@pytest.fixture
def editor(client: Client, process: Process) -> Client:
    plant_process(plant(), process)
    client.force_login(people.editor_of(process))
    return client


def test_the_list_of_offices_leads_to_a_form_that_is_filled_in(editor: Client, process: Process) -> None:
    address = reverse("propose_chair", args=[process.pk])
    assert address in editor.get(list_url(Office)).content.decode()
    form = editor.get(address, follow=True).context["form"]
    values = {name: form[name].value() for name in ("process", "kind", "party", "starts_on", "ends_on")}
    assert values == {
        "process": process.pk,
        "kind": "chair",
        "party": Party.objects.get(country="TJ").pk,
        "starts_on": date(2015, 1, 1),
        "ends_on": date(2016, 12, 31),
    }
    assert Office.objects.count() == 1


def test_the_list_says_why_nothing_is_proposed(editor: Client, process: Process) -> None:
    Office.objects.update(ends_on=None)
    page = editor.get(reverse("propose_chair", args=[process.pk]), follow=True)
    assert "No chair can be proposed for The process" in page.content.decode()


def test_somebody_elses_chair_is_not_proposed(editor: Client, process: Process) -> None:
    other = factories.ProcessFactory(chair_rotation_years=1)
    assert reverse("propose_chair", args=[other.pk]) not in editor.get(list_url(Office)).content.decode()
    answer = editor.get(reverse("propose_chair", args=[other.pk]))
    assert answer.status_code == 302
    assert answer["Location"] == reverse("wagtailadmin_home")
