"""The front door, the front page, news and plain pages, and what crawlers ask for."""

import re
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from documents.models import LanguageVersion, OfficialDocument
from home.models import NewsPage
from tests import factories, tree
from tests.plants import SAMPLE
from tests.sample import MOST_QUERIES, Sample, cold_queries, plant_sample

pytestmark = pytest.mark.django_db

HOST = "http://testserver"


sample = SAMPLE.fixture


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"[ \n]+", " ", response.content.decode())


# The front door


def test_front_door_opens_in_the_language_of_the_browser(client: Client, sample: Sample) -> None:
    response = client.get("/", headers={"accept-language": "ru-RU,ru;q=0.9,en;q=0.5"})
    assert (response.status_code, response["Location"]) == (302, "/ru/")
    assert {part.strip() for part in response["Vary"].split(",")} >= {"Cookie", "Accept-Language"}


def test_chosen_language_goes_before_that_of_the_browser(client: Client, sample: Sample) -> None:
    chosen = client.get("/language/ru/news/?page=2")
    assert (chosen.status_code, chosen["Location"]) == (302, "/ru/news/?page=2")
    assert client.get("/", headers={"accept-language": "en"})["Location"] == "/ru/"


def test_front_door_falls_back_to_the_main_home_page(client: Client, sample: Sample) -> None:
    assert client.get("/", headers={"accept-language": "es"})["Location"] == "/en/"
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "klingon"
    assert client.get("/")["Location"] == "/en/"


def test_nobody_gets_a_cookie_who_chose_no_language(client: Client, sample: Sample) -> None:
    for address in ("/", "/en/", sample.addresses("ru")["session"], "/robots.txt"):
        assert settings.LANGUAGE_COOKIE_NAME not in client.get(address).cookies, address


def test_cookie_of_the_choice_holds_the_language_only(client: Client, sample: Sample) -> None:
    cookie = client.get("/language/zh/").cookies[settings.LANGUAGE_COOKIE_NAME]
    assert cookie.value == "zh-hans"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize("address", ["/language/xx/", "/language/xx/news/"])
def test_language_that_the_site_lacks_cannot_be_chosen(client: Client, sample: Sample, address: str) -> None:
    assert client.get(address, follow=True).status_code == 404


@pytest.mark.parametrize(
    "rest", ["/example.org/", "//example.org", "/%0d%0aSet-Cookie:x=1", "/\\example.org", "/@example.org"]
)
def test_choice_of_a_language_leads_to_no_other_site(client: Client, sample: Sample, rest: str) -> None:
    response = client.get(f"/language/ru{rest}")
    assert response["Location"].startswith("/ru/")
    assert set(response.cookies) == {settings.LANGUAGE_COOKIE_NAME}


def test_links_between_languages_remember_the_choice(client: Client, sample: Sample) -> None:
    html = read(client, sample.addresses("en")["session"])
    languages = html[html.index('class="languages"') : html.index("</nav>")]
    assert f'href="/language{sample.addresses("ru")["session"]}"' in languages


# Addresses


def test_every_kind_of_page_answers_at_its_address_and_the_one_above(client: Client, sample: Sample) -> None:
    for code in ("en", "ru"):
        for address in sample.addresses(code).values():
            assert client.get(address).status_code == 200, address
            above = re.sub(r"[^/]+/$", "", address)
            assert client.get(above, follow=True).status_code == 200, above


def test_draft_and_wrong_place_are_not_found(client: Client, sample: Sample) -> None:
    NewsPage.objects.filter(slug="news-0").update(live=False)
    assert client.get(sample.addresses("en")["news"] + "news-0/").status_code == 404
    assert client.get("/en/almaty/").status_code == 404
    assert client.get("/en/news/news-1/news-1/").status_code == 404


# Pages


def test_front_page_shows_coming_sessions_new_documents_processes_and_news(client: Client, sample: Sample) -> None:
    html = read(client, "/en/")
    for wanted in (sample.session["en"], sample.process["en"], sample.item["en"]):
        assert f'href="{wanted.get_url()}"' in html, wanted
    assert "12–16\xa0October 2098" in html
    assert f"{sample.body['en'].title}</bdi>&nbsp;· <bdi>{sample.process['en'].title}</bdi>&nbsp;· Almaty" in html
    assert 'href="/en/documents/AP/2098/1/"' in html
    assert 'type="application/atom+xml"' in html


def test_empty_front_page_says_what_is_not_there(client: Client) -> None:
    tree.plant(["en"])
    html = read(client, "/en/")
    assert "No meeting is planned at present." in html
    assert "There are no documents yet." in html
    assert "There is no news yet." in html


def test_news_are_listed_newest_first_and_in_pages(client: Client, sample: Sample) -> None:
    for row in range(12):
        factories.NewsPageFactory(
            parent=tree.fresh(sample.news["en"]), title=f"Later {row}", date=date(2026, 1, 1 + row)
        )
    html = read(client, "/en/news/")
    assert html.index("Later 11") < html.index("Later 0")
    assert "News 1" not in html
    assert "News 1" in read(client, "/en/news/?page=2")


def test_news_shows_its_date_text_and_described_picture(client: Client, sample: Sample) -> None:
    html = read(client, sample.addresses("en")["item"])
    assert '<time datetime="2025-01-01">' in html
    assert "They decide by consensus." in html
    assert 'alt="Delegates in a hall"' in html


def test_plain_page_shows_all_its_parts(client: Client, sample: Sample) -> None:
    html = read(client, sample.addresses("en")["standard"])
    assert "Who we are." in html
    assert "<h2>How it works</h2>" in html
    assert "<blockquote>A passage.</blockquote>" in html


@pytest.mark.parametrize("kind", ["home", "news", "item", "standard"])
def test_queries_are_few_and_do_not_grow_with_the_rows(client: Client, kind: str) -> None:
    few = plant_sample(rows=2)
    client.get(few.addresses("en")[kind])  # the first visitor of a picture has it made
    counts = {code: cold_queries(client, few.addresses(code)[kind]) for code in ("en", "ru")}
    for code, index in few.news.items():
        for row in range(9):
            factories.NewsPageFactory(parent=tree.fresh(index), title=f"More {row} {code}")
    session = few.session["en"].session
    for row in range(8):
        more = factories.SessionFactory(working_group=session.working_group, starts_on=date(2098, 1, 1 + row))
        tree.plant_session(few.body, more)
        document = factories.OfficialDocumentFactory(process=session.process, date=date(2098, 1, 1))
        factories.DocumentFileFactory(version=factories.LanguageVersionFactory(document=document))
    assert {code: cold_queries(client, few.addresses(code)[kind]) for code in ("en", "ru")} == counts
    assert max(counts.values()) <= MOST_QUERIES


# Crawlers


def entries(client: Client, section: str) -> dict[str, dict[str, str]]:
    """The addresses of a sitemap with their languages."""
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    root = ET.fromstring(client.get(f"/sitemap-{section}.xml").content)
    return {
        str(url.findtext("s:loc", namespaces=names)).removeprefix(HOST): {
            link.attrib["hreflang"]: link.attrib["href"].removeprefix(HOST) for link in url.findall("x:link", names)
        }
        for url in root.findall("s:url", names)
    }


def test_sitemap_names_its_parts_and_robots_name_the_sitemap(client: Client, sample: Sample) -> None:
    sitemap = client.get("/sitemap.xml").content.decode()
    assert f"{HOST}/sitemap-pages.xml" in sitemap
    assert f"{HOST}/sitemap-documents.xml" in sitemap
    robots = client.get("/robots.txt")
    assert robots["Content-Type"].startswith("text/plain")
    assert f"Sitemap: {HOST}/sitemap.xml" in robots.content.decode()


def test_sitemap_holds_every_page_with_its_languages(client: Client, sample: Sample) -> None:
    found = entries(client, "pages")
    for code in ("en", "ru"):
        for kind, address in sample.addresses(code).items():
            assert address in found, kind
    session = {code: sample.addresses(code)["session"] for code in ("en", "ru")}
    assert found[session["en"]] == found[session["ru"]] == session


def test_sitemap_holds_released_versions_by_the_address_of_their_document(client: Client, sample: Sample) -> None:
    document = OfficialDocument.objects.get(symbol="AP/2098/1")
    tree.plant_report(sample.session["en"], document)
    LanguageVersion.objects.filter(document=document, language="ru").update(state=LanguageVersion.State.RELEASED)
    found = entries(client, "documents")
    both = {"en": "/en/documents/AP/2098/1/", "ru": "/ru/documents/AP/2098/1/"}
    assert found["/en/documents/AP/2098/1/"] == found["/ru/documents/AP/2098/1/"] == both
    assert found["/en/documents/AP/2098/2/"] == {}
    assert "/ru/documents/AP/2098/2/" not in found
    assert not any("ap-2098-1" in address for address in entries(client, "pages"))


def test_sitemap_holds_nothing_that_the_public_may_not_see(client: Client, sample: Sample) -> None:
    PageViewRestriction.objects.create(page=sample.process["en"], restriction_type="login")
    NewsPage.objects.filter(slug="news-0").update(live=False)
    LanguageVersion.objects.filter(document__symbol="AP/2098/1").update(released_at=timezone.now() + timedelta(days=1))
    OfficialDocument.objects.filter(symbol="AP/2098/2").update(access="participants")
    pages, documents = entries(client, "pages"), entries(client, "documents")
    assert not any("almaty" in address or "news-0" in address for address in pages)
    assert not any("AP/2098" in address for address in documents)


def test_sitemap_of_an_empty_installation_is_empty(client: Client) -> None:
    Page.objects.filter(depth=2).delete()
    assert entries(client, "pages") == {}
    assert client.get("/", follow=True).status_code == 404


def test_queries_of_the_sitemap_do_not_grow(client: Client, sample: Sample) -> None:
    counts = [cold_queries(client, f"/sitemap-{part}.xml") for part in ("pages", "documents")]
    for row in range(8):
        factories.NewsPageFactory(parent=tree.fresh(sample.news["en"]), title=f"More {row}")
        factories.LanguageVersionFactory()
    assert [cold_queries(client, f"/sitemap-{part}.xml") for part in ("pages", "documents")] == counts
