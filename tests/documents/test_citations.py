"""Citations: found in texts, resolved to documents, shown where they lead and where they come from."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client, TestCase

from cms.core.visibility import Access
from cms.processes.models import WorkingGroup
from documents.addresses import document_url
from documents.models import Citation, FormerSymbol, LanguageVersion, OfficialDocument, ReportPage
from documents.related import MOST_CITING
from tests import factories
from tests.documents.test_pages import read, section, words
from tests.sample import MOST_QUERIES, cold_queries
from tests.tree import Tree, plant, plant_process, plant_report

pytestmark = pytest.mark.django_db

TARGET = "CTOC/COP/2020/3"
CITING = "CTOC/COP/2020/10"
TEXTS = {
    "en": "The Conference met. It took note of CTOC/COP/2020/3 and thanked the Secretariat. It closed.",
    "ru": "Конференция собралась. Она приняла к сведению СТОС/СОР/2020/3. Она закрылась.",
}


def publish(page: ReportPage, text: str) -> None:
    """Publishes a text of one paragraph, 4, with one lettered item."""
    page.body = page.body.stream_block.to_python(
        [
            {"type": "paragraph", "value": {"label": "4", "anchor": "4", "text": "<p>As follows:</p>"}},
            {"type": "lettered", "value": {"label": "(a)", "anchor": "4-a", "level": "1", "text": text}},
        ]
    )
    page.save_revision().publish()


@pytest.fixture
def site() -> Tree:
    return plant(("en", "ru"))


def plant_citing(site: Tree, symbol: str = CITING) -> dict[str, ReportPage]:
    """Web editions in English and Russian that cite the target."""
    citing = factories.OfficialDocumentFactory(symbol=symbol)
    above = plant_process(site, citing.process)
    pages = {code: plant_report(above[code], citing, title=f"Citing {code}") for code in ("en", "ru")}
    for code, page in pages.items():
        publish(page, TEXTS[code])
    return pages


def filed(symbol: str = TARGET) -> OfficialDocument:
    document: OfficialDocument = factories.OfficialDocumentFactory(symbol=symbol)
    factories.LanguageVersionFactory(document=document, title="The target")
    return document


def kept() -> list[tuple[Any, ...]]:
    found = Citation.objects.order_by("version__language", "symbol")
    return list(found.values_list("version__language", "symbol", "printed", "anchor", "label", "sentence"))


def test_publishing_finds_what_each_language_cites(site: Tree) -> None:
    plant_citing(site)
    assert kept() == [
        (
            "en",
            TARGET,
            TARGET,
            "4-a",
            "4 (a)",
            "It took note of CTOC/COP/2020/3 and thanked the Secretariat.",
        ),
        ("ru", TARGET, "СТОС/СОР/2020/3", "4-a", "4 (a)", "Она приняла к сведению СТОС/СОР/2020/3."),
    ]


def test_publishing_again_forgets_what_is_no_longer_cited(site: Tree) -> None:
    page = plant_citing(site)["en"]
    publish(page, "It took note of MC-3/11.")
    publish(page, "It took note of MC-3/11.")
    assert [row[:2] for row in kept()] == [("en", "MC-3/11"), ("ru", TARGET)]


def test_the_cited_document_shows_the_sentence_and_leads_to_the_paragraph(site: Tree, client: Client) -> None:
    filed()
    plant_citing(site)
    cited_by = section(read(client, f"/en/documents/{TARGET}/"), 'id="cited-by"')
    assert "It took note of CTOC/COP/2020/3 and thanked the Secretariat." in words(cited_by)
    assert f'<a href="/en/documents/{CITING}/#4-a">para. 4 (a)</a>' in cited_by or "#para-4-a" in cited_by
    russian = section(read(client, f"/ru/documents/{TARGET}/"), 'id="cited-by"')
    assert "Она приняла к сведению СТОС/СОР/2020/3." in words(russian)


def test_the_link_to_the_paragraph_finds_it(site: Tree, client: Client) -> None:
    filed()
    plant_citing(site)
    html = read(client, f"/en/documents/{TARGET}/")
    address = section(html, 'id="cited-by"').split(f"/en/documents/{CITING}/#")[1].split('"')[0]
    assert f'id="{address}"' in read(client, f"/en/documents/{CITING}/")


def test_what_a_reader_may_not_see_is_not_quoted(site: Tree, client: Client) -> None:
    filed()
    plant_citing(site)
    LanguageVersion.objects.filter(document__symbol=CITING, language="en").update(state=LanguageVersion.State.HELD)
    html = read(client, f"/en/documents/{TARGET}/")
    assert "took note" not in html
    assert "приняла к сведению" in html
    OfficialDocument.objects.filter(symbol=CITING).update(access=Access.STAFF)
    assert 'id="cited-by"' not in read(client, f"/en/documents/{TARGET}/")


def test_an_unpublished_edition_is_quoted_without_a_link(site: Tree, client: Client) -> None:
    filed()
    for page in plant_citing(site).values():
        page.unpublish()
    cited_by = section(read(client, f"/en/documents/{TARGET}/"), 'id="cited-by"')
    assert "It took note" in words(cited_by)
    assert "#" not in cited_by.replace("#i-", "")


def test_symbols_are_linked_in_the_text_as_printed(site: Tree, client: Client) -> None:
    filed()
    plant_citing(site)
    html = read(client, f"/ru/documents/{CITING}/")
    assert f'<a class="cite" href="/ru/documents/{TARGET}/">СТОС/СОР/2020/3</a>' in html
    page = ReportPage.objects.get(document__symbol=CITING, locale__language_code="ru")
    assert "<a" not in str(page.body.raw_data[1]["value"]["text"])


def test_a_decision_cited_by_number_is_linked_once_its_series_is_known(site: Tree, client: Client) -> None:
    filed("CTOC/COP/RES/9/1")
    page = plant_citing(site)["en"]
    process = page.document.process
    process.symbol_heads = ["CTOC/COP"]
    process.save()
    factories.WorkingGroupFactory(
        process=process, kind=WorkingGroup.Kind.GOVERNING_BODY, name="Conference of the Parties"
    )
    with TestCase.captureOnCommitCallbacks(execute=True):  # what is known of symbols is read anew
        factories.SymbolSeriesFactory(process=process, letters="CTOC/COP/RES", kind="resolution", cited_by_number=True)
    call_command("find_citations", stdout=StringIO())
    publish(page, "By resolution 9/1 the Conference set up a mechanism.")
    assert ("en", "CTOC/COP/RES/9/1", "resolution 9/1") in [row[:3] for row in kept()]
    html = read(client, f"/en/documents/{CITING}/")
    assert '<a class="cite" href="/en/documents/CTOC/COP/RES/9/1/">resolution 9/1</a>' in html


def test_a_citation_by_a_former_symbol_leads_to_the_document(site: Tree, client: Client) -> None:
    target = filed("CTOC/COP/2020/99")
    FormerSymbol(document=target, symbol=TARGET).save()
    plant_citing(site)
    html = read(client, f"/en/documents/{CITING}/")
    assert '<a class="cite" href="/en/documents/CTOC/COP/2020/99/">CTOC/COP/2020/3</a>' in html
    cited = section(html, 'id="cited"')
    assert "The target" in words(cited)
    assert "para. 4 (a)" in words(cited)
    assert "Citing en" in words(section(read(client, "/en/documents/CTOC/COP/2020/99/"), 'id="cited-by"'))
    assert not Citation.objects.unfiled().exists()


def test_the_newest_citing_documents_are_listed_and_the_others_counted(site: Tree, client: Client) -> None:
    target = filed()
    for number in range(MOST_CITING + 2):
        factories.CitationFactory(document=filed(f"CITING/{number}"), symbol=TARGET)
    html = section(read(client, document_url(target, "en")), 'id="cited-by"')
    assert html.count("<li>") == MOST_CITING
    assert "2 other, older documents cite this one." in words(html)


def costs(client: Client, number: int) -> int:
    """The queries, cold, of a document that cites and is cited so often, in two languages and by former symbols."""
    with transaction.atomic():
        target = filed()
        for one in range(number):
            old = filed(f"OLD/{one}")
            FormerSymbol(document=old, symbol=f"OLDER/{one}").save()
            factories.CitationFactory(document=target, symbol=f"OLDER/{one}", version=target.versions.get())
            citing = filed(f"CITING/{one}")
            factories.CitationFactory(
                document=citing, symbol=TARGET, version=citing.versions.get(), sentence=f"See {TARGET}."
            )
        cost = cold_queries(client, document_url(target, "en"))
        transaction.set_rollback(True)
    return cost


def test_citations_cost_the_same_few_queries_however_many(site: Tree, client: Client) -> None:
    few, many = costs(client, 1), costs(client, 40)
    assert few == many <= MOST_QUERIES
