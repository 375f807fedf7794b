"""Documents in two or three languages side by side."""

import re

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import transaction
from django.test import Client
from django.utils.safestring import SafeString

from cms.core.visibility import Access
from documents.addresses import parallel_url
from documents.models import LanguageVersion, OfficialDocument, ReportPage
from documents.parallel import columns_for, merged_order, rows_of
from documents.units import Text, Unit
from tests import factories
from tests.editions import SENTENCES, SYMBOL, TITLES, Edition, plant_edition
from tests.plants import Plant
from tests.sample import MOST_QUERIES, cold_queries

ADDRESS = f"/en/documents/{SYMBOL}/parallel/"


def opened(client: Client, address: str) -> BeautifulSoup:
    """The page at the address."""
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def heads(page: BeautifulSoup) -> list[str]:
    """The languages that stand side by side."""
    return [str(cell.get_text(" ", strip=True)) for cell in page.select(".parallel")[0].select(".pair--head strong")]


def row(page: BeautifulSoup, anchor: str) -> Tag:
    """The row with this name."""
    found = page.find(id=anchor)
    assert isinstance(found, Tag), anchor
    return found


def cells(found: Tag) -> list[str]:
    """What stands in the columns of a row, without the names of the languages."""
    for name in found.select(".pair__lang"):
        name.extract()
    return [" ".join(cell.get_text(" ", strip=True).split()) for cell in found.select(".pair__cell")]


def rewrite(page: ReportPage, drop: str = "", add: tuple[str, str] | None = None) -> None:
    """Publish the edition without the block of this anchor, or with a plain paragraph (anchor, text) behind it."""
    raw = []
    for block in page.body.raw_data:
        anchor = block["value"]["anchor"]
        if anchor != drop:
            raw.append(block)
        if add and anchor == "1":
            raw.append({"type": "plain", "value": {"anchor": add[0], "text": f"<p>{add[1]}</p>"}})
    page.body = page.body.stream_block.to_python(raw)
    page.save_revision().publish()


# Which paragraphs belong together


@pytest.mark.parametrize(
    ("columns", "order"),
    [
        ([[]], []),
        ([["1", "2"], ["1", "2"]], ["1", "2"]),
        ([["1", "3"], ["1", "2", "3"]], ["1", "2", "3"]),
        ([["1", "2", "3"], ["1", "3"]], ["1", "2", "3"]),
        ([["2"], ["0", "1", "2"]], ["0", "1", "2"]),
        ([["1", "4"], ["1", "2", "4"], ["1", "2", "3", "4", "5"]], ["1", "2", "3", "4", "5"]),
        ([["1", "2"], ["2", "1"]], ["1", "2"]),
        ([[], ["1"]], ["1"]),
    ],
    ids=["empty", "equal", "lacking", "missing", "before", "three", "other order", "one only"],
)
def test_one_order_for_all_columns(columns: list[list[str]], order: list[str]) -> None:
    assert merged_order(columns) == order


def unit(key: str, html: str = "") -> Unit:
    return Unit(key, f"para-{key}", "paragraph", 0, SafeString(html or key))


def test_an_anchor_that_stands_twice_is_two_places_and_names_the_first() -> None:
    rows = rows_of({"en": Text([unit("1", "a"), unit("1", "b")]), "ru": Text([unit("1", "а"), unit("1", "б")])})
    assert [[cell.item and cell.item.html for cell in row.cells] for row in rows] == [["a", "а"], ["b", "б"]]
    assert [row.anchor for row in rows] == ["para-1", ""]


@pytest.mark.parametrize(
    ("wanted", "columns"),
    [
        ([], ["ru", "en"]),
        (["ar"], ["ru", "ar"]),
        (["en", "ar"], ["en", "ar"]),
        (["ru", "en", "ar"], ["ru", "en", "ar"]),
        (["ru", "en", "fr", "ar"], ["ru", "en", "fr"]),
    ],
    ids=["none", "one", "two without the reader's", "three", "four"],
)
def test_two_or_three_languages_are_shown(wanted: list[str], columns: list[str]) -> None:
    assert columns_for(wanted, ["ru", "en", "fr", "ar"], original="en") == columns


# The page


edition = Plant("edition", lambda: plant_edition(("en", "ru", "ar"))).fixture


@pytest.mark.usefixtures("edition")
def test_paragraphs_stand_beside_each_other_in_their_languages(client: Client) -> None:
    page = opened(client, f"{ADDRESS}?lang=en&lang=ar")
    assert heads(page) == ["English", "العربية"]
    found = row(page, "para-2")
    marks = [(cell["lang"], cell["dir"]) for cell in found.select(".pair__cell")]
    assert marks == [("en", "ltr"), ("ar", "rtl")]
    english, arabic = cells(found)
    assert SENTENCES["en"] in english
    assert SENTENCES["ar"] in arabic
    assert [str(text) for text in cells(page.select(".pair--title")[0])] == [TITLES["en"], TITLES["ar"]]


@pytest.mark.usefixtures("edition")
def test_every_kind_of_block_has_its_row(client: Client) -> None:
    page = opened(client, f"{ADDRESS}?lang=en&lang=ru")
    for anchor in ("i", "para-1", "para-3-a", "para-3-a-i", "quotation-1", "decision-1", "annex-1", "table-1"):
        assert all(cells(row(page, anchor))), anchor
    names = [str(element["id"]) for element in page.select("[id]")]
    assert len(names) == len(set(names))
    assert {str(link["href"])[1:] for link in page.select('a[href^="#"]')} <= set(names)


@pytest.mark.usefixtures("edition")
def test_notes_lead_to_the_note_of_their_language_and_back(client: Client) -> None:
    page = opened(client, f"{ADDRESS}?lang=en&lang=ru")
    for language, code in (("en", "en"), ("ru", "ru")):
        mark = row(page, f"ref-fn2.{code}")
        assert mark["href"] == f"#fn2.{code}"
        note = row(page, f"fn2.{code}")
        assert SENTENCES[language] in note.get_text()
        assert note["lang"] == code
        assert note.select(f'a[href="#ref-fn2.{code}"]')


def test_what_a_language_lacks_is_said_in_its_place(client: Client, edition: Edition) -> None:
    rewrite(edition.pages["ru"], drop="2", add=("extra", "Только по-русски."))
    page = opened(client, f"{ADDRESS}?lang=en&lang=ru")
    english, russian = cells(row(page, "para-2"))
    assert SENTENCES["en"] in english
    assert russian == "No corresponding paragraph"
    assert cells(row(page, "extra")) == ["No corresponding paragraph", "Только по-русски."]
    order = [str(found["id"]) for found in page.select(".pair[id]")]
    assert order.index("para-1") < order.index("extra") < order.index("para-2") < order.index("para-3")


@pytest.mark.usefixtures("edition")
def test_three_languages(client: Client) -> None:
    page = opened(client, f"{ADDRESS}?lang=ar&lang=en&lang=ru")
    assert heads(page) == ["English", "Русский", "العربية"]
    assert len(cells(row(page, "para-1"))) == 3


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize(
    "query",
    ["", "?lang=xx", "?lang=es", "?lang=zh&lang=fr", "?lang=%00", "?lang=en", "?with=ar"],
    ids=["nothing", "unknown", "awaited", "not there", "hostile", "one", "another name"],
)
def test_without_two_languages_the_page_chooses(client: Client, query: str) -> None:
    assert heads(opened(client, f"{ADDRESS}{query}")) == ["English", "Русский"]


@pytest.mark.usefixtures("edition")
def test_the_chooser_says_what_there_is(client: Client) -> None:
    form = opened(client, f"{ADDRESS}?lang=en&lang=ar").select("form.chooser")[0]
    assert form["action"] == ADDRESS
    boxes = {str(box["value"]): box for box in form.select("input")}
    assert [name for name, box in boxes.items() if box.has_attr("checked")] == ["en", "ar"]
    assert [name for name, box in boxes.items() if box.has_attr("disabled")] == ["es"]
    assert "awaited, expected 20 January 2098" in " ".join(form.get_text().split())


@pytest.mark.django_db
def test_a_fourth_language_is_left_out_and_that_is_said(client: Client) -> None:
    plant_edition(("en", "fr", "ru", "ar"))
    page = opened(client, f"{ADDRESS}?lang=en&lang=fr&lang=ru&lang=ar")
    assert heads(page) == ["English", "Français", "Русский"]
    assert "the others you chose are left out" in page.select(".chooser [role=status]")[0].get_text()


@pytest.mark.usefixtures("edition")
def test_the_same_columns_in_another_language_of_the_site(client: Client) -> None:
    page = opened(client, f"{ADDRESS}?lang=ru&lang=ar")
    russian = page.select('.languages a[lang="ru"]')[0]
    assert russian["href"] == f"/language/ru/documents/{SYMBOL}/parallel/?lang=ru&lang=ar"
    assert heads(opened(client, f"/ar/documents/{SYMBOL}/parallel/?lang=ru&lang=ar")) == ["العربية", "Русский"]


@pytest.mark.usefixtures("edition")
def test_the_document_leads_there(client: Client) -> None:
    page = opened(client, f"/ru/documents/{SYMBOL}/")
    assert page.select(f'.tools a[href="/ru/documents/{SYMBOL}/parallel/"]')


@pytest.mark.django_db
def test_a_document_in_one_language_leads_nowhere_and_is_itself(client: Client) -> None:
    plant_edition(("en",))
    assert not opened(client, f"/en/documents/{SYMBOL}/").select('a[href*="/parallel/"]')
    assert client.get(ADDRESS).headers["Location"] == f"/en/documents/{SYMBOL}/"


@pytest.mark.usefixtures("edition")
def test_however_the_symbol_is_typed_the_columns_stay(client: Client) -> None:
    response = client.get("/en/documents/ctoc/cop/2020/3/parallel/?lang=en&lang=ar")
    assert (response.status_code, response.headers["Location"]) == (301, f"{ADDRESS}?lang=en&lang=ar")


def test_what_is_not_released_is_no_column(client: Client, edition: Edition) -> None:
    LanguageVersion.objects.filter(language="ar").update(state=LanguageVersion.State.HELD)
    page = opened(client, f"{ADDRESS}?lang=en&lang=ar")
    assert heads(page) == ["English", "Русский"]
    assert SENTENCES["ar"] not in str(page)
    OfficialDocument.objects.filter(pk=edition.document.pk).update(access=Access.STAFF)
    assert client.get(ADDRESS).status_code == 302
    assert "/login/?next=" in client.get(ADDRESS).headers["Location"]


def test_an_edition_whose_page_is_down_is_no_column(client: Client, edition: Edition) -> None:
    edition.pages["ru"].unpublish()
    assert heads(opened(client, f"{ADDRESS}?lang=en&lang=ru")) == ["English", "العربية"]


@pytest.mark.django_db
def test_a_document_that_is_not_there_is_not_found(client: Client) -> None:
    plant_edition(("en", "ru"))
    for address in ("/en/documents/parallel/", "/en/documents/NO/1/parallel/", f"{ADDRESS}parallel/"):
        assert client.get(address).status_code == 404, address


@pytest.mark.django_db
def test_no_symbol_takes_the_address() -> None:
    document = factories.OfficialDocumentFactory.build(symbol="X/1/Parallel", process=factories.ProcessFactory())
    with pytest.raises(Exception, match="cannot end with this word"):
        document.full_clean()


def test_an_edition_without_text_is_a_column_of_gaps(client: Client, edition: Edition) -> None:
    edition.pages["en"].body = edition.pages["en"].body.stream_block.to_python([])
    edition.pages["en"].footnotes.set([])
    edition.pages["en"].save_revision().publish()
    english, russian = cells(row(opened(client, f"{ADDRESS}?lang=en&lang=ru"), "para-2"))
    assert english == "No corresponding paragraph"
    assert SENTENCES["ru"] in russian


def test_decisions_cited_by_number_are_linked_in_each_column(client: Client, edition: Edition) -> None:
    cited = factories.OfficialDocumentFactory(symbol="CTOC/COP/RES/9/1", process=edition.document.process)
    factories.LanguageVersionFactory(document=cited)
    rewrite(edition.pages["ru"], add=("extra", "Согласно резолюции 9/1 Конференции."))
    factories.CitationFactory(
        document=edition.document,
        version=edition.document.versions.get(language="ru"),
        symbol="CTOC/COP/RES/9/1",
        symbol_key=cited.symbol_key,
        printed="резолюции 9/1",
    )
    found = row(opened(client, f"{ADDRESS}?lang=en&lang=ru"), "extra")
    assert [link["href"] for link in found.select("a.cite")] == ["/en/documents/CTOC/COP/RES/9/1/"]


def test_a_corrected_paragraph_is_shown_at_once(client: Client, edition: Edition) -> None:
    opened(client, f"{ADDRESS}?lang=en&lang=ru")
    rewrite(edition.pages["ru"], add=("extra", "Исправлено."))
    assert cells(row(opened(client, f"{ADDRESS}?lang=en&lang=ru"), "extra"))[1] == "Исправлено."


def costs(client: Client, paragraphs: int) -> dict[str, int]:
    """The queries, cold, of the page with two and with three columns, on a site that is gone again afterwards."""
    with transaction.atomic():
        edition = plant_edition(("en", "ru", "ar"), paragraphs)
        counts = {
            str(codes): cold_queries(client, parallel_url(edition.document, "ru", codes))
            for codes in (("en", "ru"), ("en", "ru", "ar"))
        }
        transaction.set_rollback(True)
    return counts


@pytest.mark.django_db
def test_the_page_costs_the_same_few_queries_however_long_it_is(client: Client) -> None:
    few, many = costs(client, 4), costs(client, 60)
    assert few == many
    assert max(many.values()) <= MOST_QUERIES, many
    assert len(set(many.values())) == 1, many


@pytest.mark.usefixtures("edition")
def test_text_that_looks_like_markup_stays_text(client: Client, edition: Edition) -> None:
    rewrite(edition.pages["ru"], add=("extra", '&lt;a linktype="footnote" id="fn9"&gt; id="extra"'))
    text = cells(row(opened(client, f"{ADDRESS}?lang=en&lang=ru"), "extra"))[1]
    assert re.fullmatch(r'<a linktype="footnote" id="fn9"> id="extra"', text)
