"""What the page of results prints for itself: all of it escaped, each text in its language."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from cms.core.languages import language
from cms.core.names import PublicName
from search.engines.base import Hit, Piece, Snippet, Version
from search.facets import FacetOption, FacetView
from search.presentation import HitView
from search.templatetags.results import checkboxes, hit_list

HOSTILE = '<b>"it\'s"</b> & more'
ESCAPED = "&lt;b&gt;&quot;it&#x27;s&quot;&lt;/b&gt; &amp; more"


def printed_hit(title: tuple[Piece, ...] = (), **changes: Any) -> str:
    """A hit as the page prints it, each text of it hostile."""
    version = Version("version-1", "en", HOSTILE, "/en/documents/A/1/")
    found = Hit(
        document_key='k"&',
        kind="document",
        symbol="A/1",
        doc_kind="report",
        date=date(2020, 7, 7),
        process="1",
        body="",
        session="",
        shown=version,
        matched=version,
        versions=(version,),
        title=title,
        snippets=(),
        is_exact_symbol=False,
    )
    view = HitView(found, language("en"), language("en"), HOSTILE, [], [], [])
    return str(hit_list([replace(view, **changes)]))


def test_a_title_leads_to_its_document_and_what_was_looked_for_is_marked() -> None:
    start = '<h2 class="result__title"><a href="/en/documents/A/1/" lang="en" dir="ltr" hreflang="en">'
    assert f"{start}{ESCAPED}</a></h2>" in printed_hit()
    pieces = (Piece(HOSTILE, False), Piece(HOSTILE, True))
    assert f"{start}{ESCAPED}<mark>{ESCAPED}</mark></a></h2>" in printed_hit(pieces)


def test_above_the_title_stand_symbol_kind_and_date() -> None:
    above = f'translate="no">A/1</bdi><span>{ESCAPED}</span><time datetime="2020-07-07">'
    assert above in printed_hit()


@pytest.mark.parametrize(("code", "comma"), [("en", ", "), ("ar", "، "), ("zh-hans", "、")])
def test_names_are_a_list_of_the_page_s_language(code: str, comma: str) -> None:
    with translation.override(code):
        printed = printed_hit(places=[(HOSTILE, None), ("Комитет", language("ru"))])
    assert f'<p class="meta"><bdi>{ESCAPED}</bdi>{comma}<bdi lang="ru" dir="ltr">Комитет</bdi></p>' in printed


def test_other_languages_and_more_like_it_stand_below() -> None:
    version = Version("version-1", "ar", "Title", '/ar/documents/A"B')
    assert printed_hit(matched=language("ar"), others=[(version, language("ar"))]).endswith(
        '<p class="matched"><span>Found in <bdi lang="ar">العربية</bdi></span> '
        '<span>Also in <bdi><a href="/ar/documents/A&quot;B" lang="ar" hreflang="ar">العربية</a></bdi></span> '
        '<span class="no-print"><a href="/en/search/?similar=k%22%26">Similar'
        f'<span class="visually-hidden">, <span lang="en">{ESCAPED}</span></span></a></span></p>\n</li>'
    )


def test_a_passage_follows_the_link_to_its_place() -> None:
    part = Snippet("p1", "1", (Piece(HOSTILE, True),), "")
    assert (
        f'<ul class="passages" role="list"><li><a class="where" href="/ar/x#p1&amp;">{ESCAPED}</a>'
        f' <q lang="ar" dir="rtl"><mark>{ESCAPED}</mark></q></li></ul>'
    ) in printed_hit(matched=language("ar"), passages=[(HOSTILE, "/ar/x#p1&", part)])


@pytest.mark.parametrize(
    ("option", "printed"),
    [
        pytest.param(
            FacetOption("1", "Body", "", 1200, False, 1, ""),
            '<input type="checkbox" name="body" value="1"> <span><bdi>Body</bdi></span>'
            ' <span class="count">1,200</span>',
            id="in the page's language",
        ),
        pytest.param(
            FacetOption("1", "Орган", "ru", 3, True, 1, "", PublicName("Процесс", "ru")),
            '<input type="checkbox" name="body" value="1" checked> <span><bdi lang="ru">Орган</bdi><br>'
            '<bdi class="meta" lang="ru" dir="ltr">Процесс</bdi></span> <span class="count">3</span>',
            id="chosen, with what it belongs to",
        ),
        pytest.param(
            FacetOption(HOSTILE, HOSTILE, "", 3, False, 1, "", PublicName(HOSTILE, "en")),
            f'<input type="checkbox" name="body" value="{ESCAPED}"> <span><bdi>{ESCAPED}</bdi><br>'
            f'<bdi class="meta">{ESCAPED}</bdi></span> <span class="count">3</span>',
            id="hostile",
        ),
    ],
)
def test_a_value_is_a_box_with_its_name_and_count(option: FacetOption, printed: str) -> None:
    assert checkboxes(FacetView("body", "Body", [option])) == f'<label class="check">{printed}</label>'
