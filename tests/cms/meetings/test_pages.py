"""The page of a session, as a visitor gets it."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cms.meetings.contexts import AgendaLine, nested
from cms.meetings.models import AgendaItem, Session
from documents.models import LanguageVersion, OfficialDocument
from tests import factories, tree
from tests.plants import SAMPLE
from tests.sample import MOST_QUERIES, Sample, cold_queries, plant_sample

pytestmark = pytest.mark.django_db


sample = SAMPLE.fixture


def read(client: Client, address: str) -> str:
    """The page, with runs of spaces made one and without the places where symbols may break."""
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"[ \n]+", " ", response.content.decode().replace("<wbr>", ""))


def section(html: str, name: str) -> str:
    """A section of the page."""
    start = html.index(f'<section class="section" id="{name}"')
    return html[start : html.index("</section>", start)]


def test_dates_venue_and_state_are_facts_in_the_language_of_the_page(client: Client, sample: Sample) -> None:
    html = read(client, sample.addresses("ru")["session"])
    facts = html[html.index('<dl class="facts">') : html.index("</dl>")]
    assert "12–16\xa0октября 2098\xa0года" in facts
    assert "Алматы" in facts
    assert "Казахстан" in facts
    assert "#i-calendar" in facts


def test_document_that_convenes_the_session_is_linked_and_not_among_its_documents(
    client: Client, sample: Sample
) -> None:
    html = read(client, sample.addresses("en")["session"])
    assert 'href="/en/documents/AP/2025/9/"' in html[: html.index("</dl>")]
    assert "AP/2025/9" not in section(html, "documents")


def test_items_stand_under_their_items_with_their_documents(client: Client, sample: Sample) -> None:
    agenda = section(read(client, sample.addresses("en")["session"]), "agenda")
    first = agenda[agenda.index('id="item-1"') : agenda.index('id="item-2"')]
    assert '<li class="agenda__item" id="item-1-a">' in first
    assert first.index("Matter 1 (a)") > first.index('class="agenda__sub"')
    assert '<span class="agenda__num">(a)</span>' in first
    assert first.count('href="/en/documents/AP/2098/1/"') == 2
    assert "AP/2098/2" not in first


def test_documents_of_an_item_are_there_in_languages_and_formats(client: Client, sample: Sample) -> None:
    agenda = section(read(client, sample.addresses("ru")["session"]), "agenda")
    first = agenda[agenda.index('id="item-1"') : agenda.index('id="item-1-a"')]
    assert '<span class="formats__name">PDF</span> <span class="awaited" title="Русский">' in first
    assert re.search(r'<a href="/files/[^"]+" hreflang="en" title="English, ', first)


def test_links_in_annotations_lead_to_pages(client: Client, sample: Sample) -> None:
    agenda = section(read(client, sample.addresses("en")["session"]), "agenda")
    assert agenda.count(f'See <a href="{sample.addresses("en")["session"]}">this session</a>') == 4


def test_titles_without_translation_are_shown_in_english_and_say_so(client: Client) -> None:
    sample = plant_sample(("en", "ar"))
    agenda = section(read(client, sample.addresses("ar")["session"]), "agenda")
    assert '<span class="agenda__title" lang="en" dir="ltr">Matter 1</span>' in agenda


def test_documents_stand_in_the_order_of_their_numbers(client: Client, sample: Sample) -> None:
    session = sample.session["en"].session
    for symbol in ("AP/2098/10", "AP/2098/9", None):
        document = factories.OfficialDocumentFactory(process=session.process, session=session, symbol=symbol)
        factories.LanguageVersionFactory(document=document)
    html = read(client, sample.addresses("en")["session"])
    table = html[html.index('id="documents"') : html.index('id="reports"')].replace("<wbr>", "")
    assert table.index("AP/2098/1<") < table.index("AP/2098/9<") < table.index("AP/2098/10<") < table.index("No symbol")


def test_documents_say_their_items_files_and_awaited_languages(client: Client, sample: Sample) -> None:
    documents = section(read(client, sample.addresses("en")["session"]), "documents")
    assert '<a href="#item-1"><bdi>1</bdi></a>, <a href="#item-1-a"><bdi>1 (a)</bdi></a>' in documents
    assert "PDF" in documents
    assert "/files/" in documents
    assert "Awaited" in documents


def test_reports_of_other_bodies_are_listed_by_body_with_their_languages(client: Client, sample: Sample) -> None:
    reports = section(read(client, sample.addresses("en")["session"]), "reports")
    assert reports.count('class="group__head"') == 2
    assert reports.count("#i-held") == 2
    assert 'href="/en/documents/AP/WG.0/2025/6/"' in reports
    assert reports.count('<span class="formats__name">PDF</span> <a href="/files/') == 2
    assert reports.count('<span class="awaited" title="Русский">') == 2
    assert '<time datetime="2098-09-01">' in reports
    assert "AP/WG.0/2025/6" not in section(read(client, sample.addresses("en")["session"]), "documents")


def test_report_without_a_symbol_is_awaited_and_of_a_cancelled_meeting_not(client: Client, sample: Sample) -> None:
    receiving = sample.session["en"].session
    silent = factories.WorkingGroupFactory(process=receiving.process, name="Silent group", position=1)
    planned = factories.SessionFactory(working_group=silent, transmitted_to=receiving)
    group = section(read(client, sample.addresses("en")["session"]), "reports").split("group__head")[1]
    assert "Silent group" in group
    assert "Awaited" in group
    Session.objects.filter(pk=planned.pk).update(status=Session.Status.CANCELLED)
    group = section(read(client, sample.addresses("en")["session"]), "reports").split("group__head")[1]
    assert "Cancelled" in group
    assert "Awaited" not in group


@pytest.mark.parametrize("hidden", ["held", "embargoed", "staff"])
def test_nothing_of_a_hidden_document_shows(client: Client, sample: Sample, hidden: str) -> None:
    for symbol in ("AP/2098/1", "AP/WG.0/2025/6", "AP/2025/9"):
        document = OfficialDocument.objects.get(symbol=symbol)
        versions = LanguageVersion.objects.filter(document=document)
        if hidden == "staff":
            OfficialDocument.objects.filter(pk=document.pk).update(access="staff")
        elif hidden == "held":
            versions.update(state=LanguageVersion.State.HELD)
        else:
            versions.update(state=LanguageVersion.State.RELEASED, released_at=timezone.now() + timedelta(days=1))
    html = read(client, sample.addresses("en")["session"])
    assert "AP/2098/1" not in html
    assert "AP/WG.0/2025/6" not in html
    assert "AP/2025/9" not in html
    assert "AP/2098/2" in html


def test_session_without_anything_says_so(client: Client) -> None:
    planted = tree.plant(["en"])
    body = factories.WorkingGroupFactory()
    session = factories.SessionFactory(working_group=body)
    pages = tree.plant_session(tree.plant_body(tree.plant_process(planted, body.process), body), session)
    html = read(client, pages["en"].get_url())
    assert "Dates to be announced" in html
    assert "The agenda is not known yet." in html
    assert "There are no documents yet." in html
    assert 'id="reports"' not in html


def test_item_whose_parent_is_missing_stands_on_top() -> None:
    session = factories.SessionFactory()
    above, below, alone = (AgendaItem.objects.create(session=session, number=n) for n in ("1", "1 (a)", "7 (b)"))
    top = nested([AgendaLine(item, "", "en") for item in (above, below, alone)])
    assert [line.item for line in top] == [above, alone]
    assert [line.item for line in top[0].children] == [below]
    assert [line.label for line in top] == ["1.", "(b)"]


def test_queries_are_few_and_do_not_grow_with_the_rows(client: Client) -> None:
    sample = plant_sample(("en", "ru", "ar"))
    counts = {code: cold_queries(client, sample.addresses(code)["session"]) for code in ("en", "ru", "ar")}
    _more_of_everything(sample)
    assert {code: cold_queries(client, sample.addresses(code)["session"]) for code in counts} == counts
    assert max(counts.values()) <= MOST_QUERIES


def _more_of_everything(sample: Sample) -> None:
    """Agenda items with annotated titles and documents, and sessions that report here, ten more of each."""
    session = sample.session["en"].session
    for row in range(10):
        item = factories.AgendaItemFactory(session=session, number=str(50 + row))
        for code in ("en", "ru"):
            link = f'<p><a linktype="page" id="{sample.body[code].pk}">body</a></p>'
            factories.AgendaTitleFactory(page=sample.session[code], item=item, annotation=link)
        document = factories.OfficialDocumentFactory(process=session.process, session=session)
        document.agenda_items.add(item)
        factories.DocumentFileFactory(version=factories.LanguageVersionFactory(document=document))
        body = factories.WorkingGroupFactory(process=session.process)
        sending = factories.SessionFactory(working_group=body, transmitted_to=session, starts_on=date(2025, 5, 1 + row))
        report = factories.OfficialDocumentFactory(process=session.process, session=sending)
        factories.DocumentFileFactory(version=factories.LanguageVersionFactory(document=report))
