"""The search page as readers get it."""

import datetime
import json
import re
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from cms.core.visibility import Access
from documents.models import DocumentFile, FileText, LanguageVersion, OfficialDocument, ReportPage
from search.outbox import feed
from tests import factories
from tests.people import reader_of
from tests.search.engines.contract.hostile import HOSTILE
from tests.tree import Tree, fresh, plant_body, plant_process, plant_report, plant_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tree")]


def search(client: Client, site: str = "en", /, **parameters: str | list[str]) -> str:
    """The page in a language of the site for these parameters. It is 200 whatever they are."""
    response = client.get(f"/{site}/search/?{urlencode(parameters, doseq=True, errors='ignore')}")
    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex, follow"
    return response.content.decode()


def total(page: str) -> int:
    (number,) = re.findall(r'role="status"><strong>(\d+)', page)
    return int(number)


def links(page: str, ending: str) -> list[dict[str, list[str]]]:
    """The parameters of the links whose text ends like this."""
    found = re.findall(r'href="\?([^"]*)"[^>]*>(?:<span class="visually-hidden">[^<]*</span>)?([^<]*)<', page)
    return [_parameters(query) for query, text in found if text.strip().endswith(ending)]


def _parameters(query: str) -> dict[str, list[str]]:
    parameters: dict[str, list[str]] = {}
    for name, value in parse_qsl(query.replace("&amp;", "&")):
        parameters.setdefault(name, []).append(value)
    return parameters


@pytest.fixture
def zebras(index: Path) -> list[LanguageVersion]:
    """Two documents of two processes, one also in Russian and in Arabic, and a restricted one."""
    process = factories.ProcessFactory(name="First process")
    first = factories.OfficialDocumentFactory(
        process=process, symbol="CTOC/COP/WG.4/2019/6", date=datetime.date(2019, 9, 20)
    )
    second = factories.OfficialDocumentFactory(symbol="A/79/5", date=datetime.date(2024, 3, 1), kind="note")
    secret = factories.OfficialDocumentFactory(process=process, symbol="A/79/R.1", access=Access.PARTICIPANTS)
    made = [
        factories.LanguageVersionFactory(document=first, title="Report on the zebra"),
        factories.LanguageVersionFactory(document=first, language="ru", title="Доклад о зебрах"),
        factories.LanguageVersionFactory(document=first, language="ar", title="تقرير عن الحمار الوحشي"),
        factories.LanguageVersionFactory(document=second, title="Note on the zebra"),
        factories.LanguageVersionFactory(document=secret, title="Secret zebra"),
    ]
    feed()
    return made


@pytest.mark.usefixtures("zebras")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_whatever_is_typed_is_answered(client: Client, language: str) -> None:
    for words in HOSTILE:
        assert "<script>alert" not in search(client, language, q=words[:20_000])


@pytest.mark.usefixtures("zebras")
@pytest.mark.parametrize(
    "parameters",
    [
        {"page": "0"},
        {"page": "-1"},
        {"page": "99999999999999999999"},
        {"page": "999"},
        {"page": "²"},
        {"page": "two"},
        {"process": "²"},
        {"process": "9" * 60},
        {"session": "-1"},
        {"body": ["", "x", "1" * 300, "\x00"]},
        {"year": "MMXX"},
        {"kind": "<b>"},
        {"language": "tlh"},
        {"language": ["en", "zh-hans", "EN"]},
        {"sort": "random"},
        {"nonsense": "1"},
        {"process": [str(number) for number in range(500)]},
    ],
)
def test_whatever_stands_in_the_address_is_answered(client: Client, parameters: dict[str, str | list[str]]) -> None:
    page = search(client, q="zebra", **parameters)
    assert "<b>" not in page


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/en/search/").status_code == 405


@pytest.mark.usefixtures("zebras")
@pytest.mark.parametrize(
    "typed",
    [
        "CTOC/COP/WG.4/2019/6",
        "ctoc/cop/wg.4/2019/6",
        "ctoc cop wg4 2019 6",
        "СТОС/СОР/WG.4/2019/6",
        "CTOC COP WG.4 2019 6",
        "CTOC/COP/WG. 4/2019/6",
        "ctoccopwg420196",
        " CTOC-COP-WG.4-2019-6 ",
    ],
)
def test_a_symbol_is_found_however_typed(client: Client, typed: str) -> None:
    page = search(client, q=typed, all="1")
    assert page.index("Report on the zebra") > 0
    assert 'href="/en/documents/CTOC/COP/WG.4/2019/6/"' in page


@pytest.mark.usefixtures("zebras")
def test_a_hit_in_another_language_is_marked_as_such(client: Client) -> None:
    page = search(client, "en", q="зебры")
    assert '<a href="/en/documents/CTOC/COP/WG.4/2019/6/" lang="en" dir="ltr"' in page
    assert re.search(r'Found in <bdi lang="ru">Русский</bdi>', page)

    page = search(client, "en", q="zebra", language="ar")
    assert '<a href="/ar/documents/CTOC/COP/WG.4/2019/6/" lang="ar" dir="rtl" hreflang="ar"' in page


def test_what_is_shown_is_text_and_never_markup(client: Client, tree: Tree, index: Path) -> None:
    document = factories.OfficialDocumentFactory()
    page = plant_report(tree.archives["en"], document, title="Zebra <script>alert(1)</script> & <b>co</b>")
    page.body = json.dumps(
        [{"type": "plain", "value": {"anchor": "a", "text": "<p>A zebra &lt;img src=x onerror=y&gt;</p>"}}]
    )
    page.save()
    feed()

    shown = search(client, q="zebra script img")
    assert "<script>alert(1)" not in shown
    assert "<img src=x" not in shown
    assert "<mark>Zebra</mark> &lt;<mark>script</mark>&gt;" in shown


@pytest.mark.usefixtures("zebras")
def test_restricted_documents_are_for_their_readers(client: Client) -> None:
    page = search(client, q="zebra")
    assert total(page) == 2
    assert "Secret zebra" not in page

    process = LanguageVersion.objects.get(title="Secret zebra").document.process
    client.force_login(reader_of(process))
    assert total(search(client, q="zebra")) == 3


@pytest.mark.usefixtures("zebras")
def test_what_changed_since_the_last_feed_is_not_shown(client: Client) -> None:
    LanguageVersion.objects.filter(title="Note on the zebra").update(state="withdrawn")
    LanguageVersion.objects.filter(title="Доклад о зебрах").update(state="withdrawn")
    page = search(client, q="zebra")
    assert "Note on the" not in page
    assert "Report on the" in page
    assert 'href="/ru/documents/CTOC/COP/WG.4/2019/6/"' not in page


@pytest.mark.parametrize("how", ["unpublished", "restricted"])
def test_text_that_is_no_longer_open_is_not_quoted(client: Client, tree: Tree, index: Path, how: str) -> None:
    page = plant_report(tree.archives["en"], factories.OfficialDocumentFactory())
    page.body = json.dumps([{"type": "plain", "value": {"anchor": "", "text": "<p>Of the zebra.</p>"}}])
    page.save()
    feed()
    assert "Of the <mark>zebra</mark>" in search(client, q="zebra")

    if how == "unpublished":
        ReportPage.objects.update(live=False)
    else:
        PageViewRestriction.objects.create(page=tree.archives["en"], restriction_type="login")
    assert "Of the <mark>zebra</mark>" not in search(client, q="zebra")


@pytest.fixture
def paged(index: Path) -> FileText:
    """The text of a PDF file whose third page is about zebras."""
    document = factories.OfficialDocumentFactory(symbol="A/79/5")
    version = factories.LanguageVersionFactory(document=document, language="ru", title="Доклад")
    text: FileText = factories.FileTextFactory(file__version=version, pages=["One.", "Two.", "Речь о зебрах."])
    feed()
    return text


def test_a_passage_of_a_file_leads_to_its_page(client: Client, paged: FileText) -> None:
    page = search(client, "en", q="зебра")
    assert f'<a class="where" href="/files/{paged.file.uid}/A_79_5.ru.pdf#page=3">page 3</a>' in page
    assert "Речь о <mark>зебрах</mark>." in page


@pytest.mark.parametrize("how", ["deleted", "replaced", "withdrawn", "restricted"])
def test_a_file_that_is_no_longer_there_is_not_quoted(client: Client, paged: FileText, how: str) -> None:
    files = DocumentFile.objects.filter(pk=paged.file_id)
    if how == "deleted":
        files.delete()
    elif how == "replaced":
        files.update(sha256="0" * 64)
    elif how == "withdrawn":
        LanguageVersion.objects.update(state="withdrawn")
    else:
        OfficialDocument.objects.update(access=Access.STAFF)
    page = search(client, q="зебра")
    assert "Речь о" not in page
    assert "/files/" not in page


@pytest.mark.usefixtures("zebras")
def test_links_of_facets_keep_the_other_parameters(client: Client) -> None:
    page = search(client, q="zebra", kind="report", sort="newest", page="1")
    assert links(page, "2019") == [{"q": ["zebra"], "kind": ["report"], "sort": ["newest"], "year": ["2019"]}]
    assert links(page, "Oldest") == [{"q": ["zebra"], "kind": ["report"], "sort": ["oldest"]}]

    page = search(client, q="zebra", kind="report", year="2019")
    assert {"q": ["zebra"], "kind": ["report"]} in links(page, "2019")
    assert links(page, "Remove all") == [{"q": ["zebra"]}]


@pytest.mark.usefixtures("zebras")
def test_the_form_of_facets_holds_what_was_asked(client: Client) -> None:
    page = search(client, q='"the zebra"', kind="report", year="2019", sort="oldest")
    form = page[page.index('<form action="/en/search/" aria-label') :]
    form = form[: form.index("</form>")]
    assert '<input type="hidden" name="q" value="&quot;the zebra&quot;">' in form
    assert '<input type="hidden" name="sort" value="oldest">' in form
    assert '<input type="hidden" name="year" value="2019">' in form
    assert re.search(r'name="kind" value="report" checked', form)
    assert re.search(r'name="language" value="ru">', form)


def test_names_that_are_borne_twice_say_whose_they_are(client: Client, index: Path) -> None:
    for process in ("Mercury", "Crime"):
        body = factories.WorkingGroupFactory(process__name=process, name="Conference of the Parties")
        document = factories.OfficialDocumentFactory(process=body.process, working_group=body)
        factories.LanguageVersionFactory(document=document, title="Zebra")
    feed()
    page = search(client, q="zebra")
    for process in ("Mercury", "Crime"):
        assert re.search(rf'Conference of the Parties</bdi><br><bdi class="meta"[^>]*>{process}</bdi>', page)


def test_parties_named_and_agenda_items_are_filters_in_the_readers_language(
    client: Client, tree: Tree, index: Path
) -> None:
    party = factories.PartyFactory(country="KZ")
    for number in (1, 2):
        session = factories.SessionFactory(number=number)
        item = factories.AgendaItemFactory(session=session, number="4")
        page = plant_session(plant_process(tree, session.working_group.process, ["fr"]), session)["fr"]
        factories.AgendaTitleFactory(page=page, item=item, title="Élections & <divers>")
        document = factories.OfficialDocumentFactory(process=session.working_group.process, session=session)
        document.agenda_items.set([item])
        factories.LanguageVersionFactory(document=document, title="Zebras of Kazakhstan")
    other = factories.AgendaItemFactory(session=session, number="5 (a)")
    document.agenda_items.add(other)
    factories.LanguageVersionFactory(title="Zebras of nobody")
    feed()

    french = search(client, "fr", q="zebra")
    assert re.search(rf'name="party" value="{party.pk}"> <span><bdi lang="fr">Kazakhstan</bdi>', french)
    assert french.count("Point 4 : Élections &amp; &lt;divers&gt;</bdi><br>") == 2
    assert '<bdi lang="fr">4: Élections &amp; &lt;divers&gt;</bdi><br>' in search(client, "en", q="zebra")
    assert "Item 5 (a)</bdi>" in search(client, "en", q="zebra")

    chosen = search(client, q="zebra", party=str(party.pk), agenda_item=str(item.pk))
    assert total(chosen) == 1
    (chip,) = re.findall(
        r'href="\?([^"]*)"><span><span [^>]*>Remove: Party named[^<]*</span><bdi lang="en">Kaz', chosen
    )
    assert _parameters(chip) == {"q": ["zebra"], "agenda_item": [str(item.pk)]}
    assert total(search(client, q="zebra", party=["x", "9" * 40, "\x00"])) == 0


@pytest.mark.usefixtures("zebras")
def test_without_words_the_newest_stand_first(client: Client) -> None:
    page = search(client)
    assert page.index("Note on the zebra") < page.index("Report on the zebra")
    assert "Best match" not in page
    assert re.search(r'aria-current="true">Newest', page)


@pytest.mark.usefixtures("zebras")
def test_nothing_found_says_so(client: Client) -> None:
    page = search(client, q="xyzzy")
    assert total(page) == 0
    assert "Nothing was found." in page


def test_results_are_paged_and_the_last_page_answers_for_those_after_it(client: Client, index: Path) -> None:
    for number in range(23):
        factories.LanguageVersionFactory(title=f"Zebra {number}")
    feed()
    page = search(client, q="zebra", page="2", sort="symbol")
    assert page.count("result__title") == 3
    assert re.search(r'href="\?q=zebra&amp;page=1&amp;sort=symbol"', page)
    assert search(client, q="zebra", page="77", sort="symbol").count("result__title") == 3


# Without an index


@pytest.mark.parametrize("damage", ["missing", "damaged", "no folder"])
def test_without_an_index_titles_and_symbols_are_searched(
    client: Client, zebras: list[LanguageVersion], index: Path, damage: str
) -> None:
    for file in index.glob("generation-*/*"):
        file.write_bytes(b"damaged")
    if damage == "missing":
        (index / "current").unlink()
    if damage == "no folder":
        index.rename(index.with_name("moved"))

    page = search(client, q="ZEBRA")
    assert "Search is being restored" in page
    assert "Report on the zebra" in page
    assert "Secret zebra" not in page
    assert "Note on the zebra" in search(client, q="a/79/5", all="1")
    assert "Report on the zebra" in search(client, q="СТОС/СОР/WG.4/2019/6", all="1")
    assert "Доклад о зебрах" in search(client, "ru", q="доклад")
    assert "No title and no symbol matches." in search(client, q="!!!")
    assert client.get("/en/").status_code == 200

    call_command("rebuild_search_index", verbosity=0)
    assert total(search(client, q="zebra")) == 2


# What it costs


def plant_archive(tree: Tree, count: int) -> None:
    process = factories.ProcessFactory()
    above = plant_process(tree, process, ["en"])
    for number in range(count):
        session = factories.SessionFactory(working_group__process=process)
        page = plant_session(plant_body(above, session.working_group), session)["en"]
        document = factories.OfficialDocumentFactory(process=process, session=session, kind="note")
        document.agenda_items.set([factories.AgendaTitleFactory(page=page).item])
        factories.OrganisationFactory(names={"en": f"Zebra {number}"})
        plant_report(page, document, title=f"Zebra {number}")
        russian = factories.LanguageVersionFactory(document=document, language="ru", title=f"Zebra {number}")
        factories.FileTextFactory(file__version=russian)
        unread = factories.LanguageVersionFactory(language="en", title=f"Zebra {number}")
        factories.FileTextFactory(file__version=unread)
    factories.StandardPageFactory(parent=fresh(tree.homes["fr"]), title=f"Zebra {count}")
    PageViewRestriction.objects.get_or_create(page=tree.archives["fr"], restriction_type="login")
    feed()


def test_many_hits_take_no_more_queries_than_few(
    client: Client, tree: Tree, index: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    plant_archive(tree, 1)
    search(client, q="zebra")
    with django_assert_max_num_queries(20) as few:
        assert total(search(client, q="zebra")) == 3
    plant_archive(tree, 8)
    with django_assert_max_num_queries(12) as many:
        assert total(search(client, q="zebra")) == 20
    assert len(many) == len(few)


def test_bodies_of_one_name_are_told_apart_by_their_processes(client: Client, tree: Tree, index: Path) -> None:
    bodies = []
    for number, process in enumerate(("Mercury", "Crime", "Fish")):
        name = "Conference of the Parties" if number < 2 else "Commission"
        body = factories.WorkingGroupFactory(process__name=process, name=name)
        document = factories.OfficialDocumentFactory(process=body.process, working_group=body)
        factories.LanguageVersionFactory(document=document, title="Note on the zebra")
        bodies.append(str(body.pk))
    feed()

    page = search(client, q="zebra", body=bodies)

    chips = re.findall(r'<a class="chip" href="[^"]*">(.*?)</a>', page)
    assert {" ".join(re.sub(r"<[^>]*>", "", chip).split()) for chip in chips} == {
        "Remove: Body, Conference of the Parties, Mercury",
        "Remove: Body, Conference of the Parties, Crime",
        "Remove: Body, Commission",
    }


@pytest.mark.usefixtures("zebras")
def test_what_was_asked_is_said_in_words_for_paper(client: Client) -> None:
    def asked(page: str) -> list[str]:
        (said,) = re.findall(r'<dl class="asked">(.*?)</dl>', page, re.DOTALL)
        return [" ".join(re.sub(r"<[^>]*>", "", line).split()) for line in re.findall(r"<div>(.*?)</div>", said)]

    page = search(client, q="<zebra>", year=["2024", "2019"], language="en", sort="oldest")
    assert asked(page) == [
        "Words &lt;zebra&gt;",
        "Year 2024, 2019",
        "Language English",
        "Order of the results Oldest",
    ]
    assert asked(search(client, similar="A/79/5")) == ["Similar to A/79/5", "Order of the results Best match"]
    assert asked(search(client)) == ["Order of the results Newest"]
