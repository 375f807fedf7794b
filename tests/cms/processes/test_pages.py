"""The pages of processes and bodies, as a visitor gets them."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cms.meetings.models import Session
from cms.processes.models import Membership, WorkingGroup
from documents.models import LanguageVersion, OfficialDocument
from tests import factories, tree
from tests.plants import SAMPLE
from tests.sample import MOST_QUERIES, Sample, cold_queries, plant_sample

pytestmark = pytest.mark.django_db


sample = SAMPLE.fixture


def read(client: Client, address: str) -> str:
    """The page with runs of spaces made one."""
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"[ \n]+", " ", response.content.decode())


def test_process_shows_its_facts_bodies_and_documents(client: Client, sample: Sample) -> None:
    html = read(client, sample.addresses("en")["process"])
    assert '<time datetime="2013-06-05">' in html
    assert "Consensus" in html
    assert "resolution 9/1" in html
    assert f'href="{sample.addresses("en")["body"]}"' in html
    assert "Report AP/2098/1" in html
    assert "?process=almaty" in html


def test_what_established_a_body_is_cited_in_the_language_of_the_page(client: Client, sample: Sample) -> None:
    for page in ("process", "body"):
        russian = read(client, sample.addresses("ru")[page])
        assert "резолюция 9/1" in russian
        assert "resolution 9/1" not in russian
    WorkingGroup.objects.filter(code="conference").update(established_by_reference={"en": "article 3"})
    assert '<span lang="en" dir="ltr">article 3</span>' in read(client, sample.addresses("ru")["process"])


def test_an_editor_reads_that_citation_beside_the_words_of_the_page(admin_client: Client, sample: Sample) -> None:
    html = read(admin_client, f"/admin/pages/{sample.body['en'].pk}/edit/")
    assert "<dd>resolution 9/1</dd>" in html


def test_other_website_is_named_by_its_host(client: Client, sample: Sample) -> None:
    process = sample.process["en"].process
    process.website = "https://www.unodc.org/unodc/en/treaties/CTOC/index.html"
    process.save()
    html = read(client, sample.addresses("en")["process"])
    assert f'<a href="{process.website}" rel="external"><bdi dir="ltr">www.unodc.org</bdi></a>' in html


def test_provisional_member_stands_in_brackets_among_the_members_with_its_condition(
    client: Client, sample: Sample
) -> None:
    html = read(client, sample.addresses("en")["process"])
    assert "<bdi>[<span>Pakistan</span>]</bdi>" in html
    assert html.index("Austria") < html.index("[<span>Pakistan") < html.index("Migration Agency")
    assert "Once no member objects." in html
    assert '<time datetime="2013-08-31">' in html
    russian = read(client, sample.addresses("ru")["process"])
    assert "<bdi>[<span>Пакистан</span>]</bdi>" in russian
    assert "Если ни один из членов не возразит." in russian


def test_provisional_members_under_one_condition_share_a_notice(client: Client, sample: Sample) -> None:
    first = Membership.objects.get(status=Membership.Status.PROVISIONAL)
    for country, deadline in (("IR", first.deadline), ("TM", date(2030, 1, 1))):
        factories.MembershipFactory(
            process=first.process,
            party=factories.PartyFactory(country=country),
            status=first.status,
            condition=first.condition,
            deadline=deadline,
        )
    html = read(client, sample.addresses("en")["process"])
    assert html.count('class="notice notice--wait') == 2
    assert "<bdi>Iran</bdi>, <bdi>Pakistan</bdi>" in html


def test_members_stand_in_the_alphabetical_order_of_the_language(client: Client, sample: Sample) -> None:
    process = sample.process["en"].process
    for country in ("ES", "UA"):
        factories.MembershipFactory(process=process, party=factories.PartyFactory(country=country))
    english = read(client, sample.addresses("en")["process"])
    russian = read(client, sample.addresses("ru")["process"])
    assert english.index("Pakistan") < english.index(">Spain<") < english.index(">Ukraine<")
    assert russian.index(">Испания<") < russian.index("Пакистан") < russian.index(">Украина<")


def test_name_in_another_language_says_which(client: Client, sample: Sample) -> None:
    html = read(client, sample.addresses("ru")["process"])
    assert '<bdi lang="en" dir="ltr">Migration Agency</bdi>' in html


def test_chair_now_next_by_rotation_and_before(client: Client, sample: Sample) -> None:
    html = read(client, sample.addresses("en")["process"])
    officers = html[html.index('id="officers"') : html.index('id="sessions"')]
    now, following, before = (officers.index(years) for years in ("2025–2099", "2100–2101", "2013–2015"))
    assert now < following < before
    assert "Austria" in officers[now:following]
    assert "Germany" in officers[following:before]
    assert "Proposed by rotation" in officers[following:before]


def test_member_of_the_past_is_not_listed(client: Client, sample: Sample) -> None:
    process = sample.process["en"].process
    yesterday = timezone.localdate() - timedelta(days=1)
    left = factories.PartyFactory(country="PE")
    factories.MembershipFactory(process=process, party=left, ends_on=yesterday)
    assert "Peru" not in read(client, sample.addresses("en")["process"])


def test_coming_sessions_stand_before_past_ones(client: Client, sample: Sample) -> None:
    html = read(client, sample.addresses("en")["process"])
    coming, past = html.index('datetime="2098-10-12"'), html.index('datetime="2002-03-01"')
    assert coming < html.index(">Past<") < past < html.index('datetime="2001-03-01"')
    assert "12–16\xa0October 2098" in html


@pytest.mark.parametrize("status", list(Session.Status))
@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (date(2001, 1, 1), date(2001, 1, 2)),
        (date(2001, 1, 1), None),
        (date(2097, 1, 1), date(2097, 1, 2)),
        (date(2097, 1, 1), None),
        (None, None),
    ],
)
def test_no_session_is_lost_whatever_its_state_and_dates(
    client: Client, status: str, starts_on: date | None, ends_on: date | None
) -> None:
    planted = tree.plant(["en"])
    body = factories.WorkingGroupFactory()
    pages = tree.plant_body(tree.plant_process(planted, body.process), body)
    factories.SessionFactory(working_group=body, number=77, status=status, starts_on=starts_on, ends_on=ends_on)
    html = read(client, pages["en"].get_url())
    assert "Session 77" in html


def test_body_shows_its_mandate_and_the_document_that_established_it(client: Client, sample: Sample) -> None:
    body = sample.body["en"].working_group
    founding = factories.OfficialDocumentFactory(process=body.process, symbol="AP/1999/1", date=date(1999, 1, 1))
    factories.LanguageVersionFactory(document=founding, title="Founding decision")
    WorkingGroup.objects.filter(pk=body.pk).update(established_by=founding)
    html = read(client, sample.addresses("en")["body"])
    assert "It decides on the work of all bodies." in html
    assert "Founding decision" in html[: html.index('id="mandate"')]
    assert "Founding decision" not in html[html.index('id="documents"') :]


def test_document_that_is_held_does_not_show_as_founding_one(client: Client, sample: Sample) -> None:
    body = sample.body["en"].working_group
    founding = factories.OfficialDocumentFactory(process=body.process, symbol="AP/1999/1")
    factories.LanguageVersionFactory(document=founding, state=LanguageVersion.State.HELD)
    WorkingGroup.objects.filter(pk=body.pk).update(established_by=founding)
    html = read(client, sample.addresses("en")["body"])
    assert "AP/1999/1" not in html.replace("<wbr>", "")
    assert "resolution 9/1" in html


def test_document_for_participants_is_listed_for_nobody_else(client: Client, sample: Sample) -> None:
    OfficialDocument.objects.filter(symbol="AP/2098/1").update(access="participants")
    assert "Report AP/2098/1" not in read(client, sample.addresses("en")["process"])


def test_list_of_processes_names_each_with_its_summary(client: Client, sample: Sample) -> None:
    html = read(client, sample.addresses("en")["processes"])
    assert f'href="{sample.addresses("en")["process"]}"' in html
    assert "States consult as equals." in html


def test_hostile_names_are_text(client: Client, sample: Sample) -> None:
    body = factories.WorkingGroupFactory(process=sample.process["en"].process, name="<script>alert(1)</script>")
    factories.OfficeFactory(process=body.process, party=None, person='"><img src=x>')
    html = read(client, sample.addresses("en")["process"])
    assert "<script>alert" not in html
    assert "<img src=x>" not in html


@pytest.mark.parametrize("kind", ["processes", "process", "body"])
def test_queries_are_few_and_do_not_grow_with_the_rows(client: Client, kind: str) -> None:
    few = plant_sample(rows=2)
    counts = {code: cold_queries(client, few.addresses(code)[kind]) for code in ("en", "ru")}
    _more_of_everything(few)
    assert {code: cold_queries(client, few.addresses(code)[kind]) for code in ("en", "ru")} == counts
    assert max(counts.values()) <= MOST_QUERIES


def _more_of_everything(sample: Sample) -> None:
    """Bodies, members, officers, sessions and documents, ten more of each."""
    process = sample.process["en"].process
    conference = sample.body["en"].working_group
    for row in range(10):
        body = factories.WorkingGroupFactory(process=process, parent=conference)
        tree.plant_body(sample.process, body)
        factories.MembershipFactory(process=process, party=factories.OrganisationFactory())
        factories.MembershipFactory(process=process, working_group=conference, party=factories.OrganisationFactory())
        factories.OfficeFactory(process=process, party=factories.OrganisationFactory())
        factories.OfficeFactory(process=process, working_group=conference, party=factories.OrganisationFactory())
        session = factories.SessionFactory(
            working_group=conference, code=f"more-{row}", starts_on=date(2097, 1, 1 + row)
        )
        tree.plant_session(sample.body, session)
        document = factories.OfficialDocumentFactory(process=process, working_group=conference, session=session)
        version = factories.LanguageVersionFactory(document=document)
        factories.DocumentFileFactory(version=version)
