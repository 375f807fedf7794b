"""The tags and filters of the public templates, and the icons that they draw."""

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.test import RequestFactory
from django.utils import translation

from cms.core import languages
from cms.core.names import PublicName
from cms.core.navigation import Crumb
from cms.core.templatetags.plenary import STATES

NBSP = "\u00a0"
TEMPLATES = Path(settings.BASE_DIR) / "templates"


def render(source: str, language: str = "en", **context: Any) -> str:
    """The template source rendered in a language."""
    with translation.override(language):
        return Template("{% load plenary %}" + source).render(Context(context))


def symbol(value: str) -> str:
    """The inside of a printed symbol, with `|` where it may break."""
    html = render("{% symbol value %}", value=value)
    found = re.fullmatch(r'<bdi class="symbol" dir="ltr" translate="no">(.*)</bdi>', html)
    assert found, html
    return found[1].replace("<wbr>", "|").replace(NBSP, "~")


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("CTOC/COP/2020/3", "CTOC/|COP/|2020/3"),
        ("CTOC/COP/2020/3/Corr.1", "CTOC/|COP/|2020/3/|Corr.1"),
        ("UNEP/MC/COP.3/21", "UNEP/MC/|COP.3/21"),
        ("E/ICEF/672(Part I)", "E/|ICEF/|672(Part~I)"),
        ("S/RES/2770 (2025)", "S/|RES/|2770~(2025)"),
        ("MC-3/11", "MC-3/11"),
        ("9/1", "9/1"),
    ],
)
def test_symbol_breaks_only_before_long_parts(value: str, printed: str) -> None:
    assert symbol(value) == printed


def test_symbol_keeps_look_alike_letters_as_printed() -> None:
    assert symbol("СТОС/СОР/WG.4") == "СТОС/|СОР/|WG.4"


def test_hostile_symbol_is_text() -> None:
    html = render("{% symbol value %}", value='A/<script>alert("x")</script>/"onload=')
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert '"onload' not in html


def test_document_without_symbol_says_so() -> None:
    html = render("{% symbol value number %}", value="", number="2019-0412<b>")
    assert "No symbol" in html
    assert "Archive no. 2019-0412&lt;b&gt;" in html


@pytest.mark.parametrize("debug", [False, True], ids=["kept", "each time"])
def test_style_sheets_have_the_addresses_of_their_storage(settings: Any, debug: bool) -> None:
    settings.DEBUG = debug
    printed = Template("{% load plenary %}{% head_links %}").render(Context())
    assert f'<link rel="stylesheet" href="{static("plenary/css/base.css")}">' in printed
    assert f'<link rel="stylesheet" href="{static("plenary/css/print.css")}" media="print">' in printed


def test_date_is_machine_readable_and_in_the_language_of_the_page() -> None:
    html = render("{% date day %}", "ru", day=datetime.date(2020, 7, 1))
    assert html == f'<time datetime="2020-07-01">1{NBSP}июля 2020{NBSP}года</time>'


def test_date_in_a_language_other_than_the_pages() -> None:
    assert "2020年7月1日" in render("{% date day language='zh-hans' %}", "ru", day=datetime.date(2020, 7, 1))


def test_moment_is_shown_as_the_day_it_falls_on_here() -> None:
    moment = datetime.datetime(2020, 7, 1, 23, 30, tzinfo=datetime.UTC)
    assert 'datetime="2020-07-01"' in render("{% date moment %}", moment=moment)


def test_nothing_is_shown_for_no_date() -> None:
    assert render("{% date day %}{% date_range day %}", day=None) == ""


def test_range_of_dates() -> None:
    html = render(
        "{% date_range start end %}", "zh-hans", start=datetime.date(2020, 10, 12), end=datetime.date(2020, 10, 16)
    )
    assert html == '<time datetime="2020-10-12">2020年10月12日至16日</time>'


def test_icon_is_hidden_from_screen_readers() -> None:
    html = render('{% icon "next" "flip" %}')
    assert 'class="icon icon--flip"' in html
    assert 'aria-hidden="true"' in html
    assert 'href="#i-next"' in html


def test_state_has_words_beside_its_icon() -> None:
    html = render('{% state "postponed" %}')
    assert "state--bad" in html
    assert "<span>Postponed</span>" in html


def test_state_takes_other_words_and_a_note() -> None:
    html = render("{% state 'awaited' label note %}", label="Awaited <soon>", note="31 July")
    assert "Awaited &lt;soon&gt;" in html
    assert '<span class="state-note">31 July</span>' in html


def test_every_icon_in_use_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="i-([a-z]+)"', (TEMPLATES / "partials" / "_sprite.html").read_text()))
    used = {form.icon for form in STATES.values()}
    for path in TEMPLATES.rglob("*.html"):
        if "wagtailadmin" not in path.parts and "{% load" in path.read_text():
            used |= set(re.findall(r'{% icon "([a-z]+)"', path.read_text()))
    assert used <= drawn


def test_language_filters() -> None:
    source = "{{ c|html_lang }} {{ c|direction }} {{ c|short_code }} {{ c|language_name }} {{ c|language_label }}"
    assert render(source, c="zh-hans") == "zh-Hans ltr ZH 中文 Chinese"
    assert render("{{ c|direction }}", c="ar") == "rtl"


def test_number_in_the_language_of_the_page() -> None:
    assert render("{{ n|number }}", "fr", n=350_000) == "350\u202f000"


def test_absolute_url_names_the_host() -> None:
    request = RequestFactory().get("/en/")
    assert render("{% absolute_url '/ru/news/' %}", request=request) == "http://testserver/ru/news/"


def test_pagination_keeps_the_other_parameters_and_skips_far_pages() -> None:
    pages = Paginator(range(220), 10).page(2)
    request = RequestFactory().get("/en/documents/?q=mercury&page=2")
    html = render_to_string("partials/_pagination.html", {"pages": pages}, request)
    assert 'href="?q=mercury&amp;page=1"' in html
    assert 'rel="next"' in html
    assert "…" in html
    assert 'aria-current="page"' in html
    assert "page=12" not in html
    assert "page=22" in html


def test_a_short_list_has_no_pagination() -> None:
    pages = Paginator(range(5), 10).page(1)
    html = render_to_string("partials/_pagination.html", {"pages": pages}, RequestFactory().get("/"))
    assert "<nav" not in html


def test_text_in_another_language_is_marked_and_in_the_pages_own_is_not() -> None:
    assert render("<p{% foreign 'ar' %}>") == '<p lang="ar" dir="rtl">'
    assert render("<p{% foreign 'zh-hans' %}>") == '<p lang="zh-Hans" dir="ltr">'
    assert render("<p{% foreign 'ar' %}>", "ar") == "<p>"


def test_a_name_is_a_link_where_the_record_has_a_page() -> None:
    page = PublicName("A <body>", "en", "/en/a/")
    assert render("{% name_link name %}", name=page) == '<a href="/en/a/">A &lt;body&gt;</a>'
    foreign = '<a href="/en/a/" lang="en" dir="ltr" hreflang="en">A &lt;body&gt;</a>'
    assert render("{% name_link name %}", "ru", name=page) == foreign
    assert render("{% name_link name %}", name=PublicName("Орган", "ru")) == '<span lang="ru" dir="ltr">Орган</span>'


def test_the_last_breadcrumb_may_be_a_symbol() -> None:
    crumbs = [Crumb("Home", "/en/"), Crumb("A/C.3/56", is_symbol=True)]
    html = render_to_string("partials/_breadcrumbs.html", {"breadcrumbs": crumbs})
    assert '<span aria-current="page"><bdi class="symbol" dir="ltr" translate="no">A/<wbr>C.3/56</bdi></span>' in html


@pytest.mark.parametrize(
    ("language", "in_lists", "in_sentences"),
    [("ru", "1, 2", "1, 2"), ("ar", "1، 2", "1، 2"), ("zh-hans", "1、2", "1，2")],
)
def test_commas_are_those_of_the_language(language: str, in_lists: str, in_sentences: str) -> None:
    assert render("1{% list_comma %}2", language) == in_lists
    assert render("1{% comma %}2", language) == in_sentences
    with translation.override(language):
        assert languages.joined(["1", "2"]) == in_lists


def test_no_template_puts_a_latin_comma_between_what_it_prints() -> None:
    messages = re.compile(r"{% blocktranslate.*?{% endblocktranslate %}", re.DOTALL)
    for path in TEMPLATES.rglob("*.html"):
        found = re.search(r"[%}]}, ?[{<]|>, <", messages.sub("", path.read_text()))
        assert found is None, f"{path.name}: {found and found[0]}"
