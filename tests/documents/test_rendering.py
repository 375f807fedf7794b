"""The body of a web edition as HTML: structure, links, notes, queries and the cache."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cms.core.visibility import Access
from documents import rendering
from documents.block_html import blocks_html, element_id, printed_label
from documents.models import Footnote, LanguageVersion, ReportPage
from documents.rendering import body_of, render
from tests import factories
from tests.editions import Block, note_mark, page_link, plant_edition, symbol_link
from tests.tree import fresh, plant, plant_process, plant_report

pytestmark = pytest.mark.django_db

MOST_QUERIES = 8


def with_body(*blocks: Block) -> ReportPage:
    """A page that was never saved, with these blocks."""
    page = ReportPage(title="A report")
    page.body = page.body.stream_block.to_python([{"type": kind, "value": value} for kind, value in blocks])
    return page


def html_of(*blocks: Block) -> str:
    """The blocks as HTML, links not resolved."""
    return "".join(blocks_html(with_body(*blocks).body))


def paragraph(label: str = "4", text: str = "<p>Words.</p>", anchor: str | None = None) -> Block:
    return "paragraph", {"label": label, "anchor": label if anchor is None else anchor, "text": text}


def lettered(label: str, level: int = 1, anchor: str = "") -> Block:
    return "lettered", {
        "label": label,
        "anchor": anchor or f"4-{label.strip('()')}",
        "level": str(level),
        "text": label,
    }


def plain_structure(html: str) -> str:
    """The HTML without attributes, to see what lies in what."""
    return re.sub(r"<(\w+)[^>]*>", r"<\1>", html)


# Blocks


def test_a_numbered_paragraph_links_to_itself() -> None:
    html = html_of(paragraph("4"))
    assert '<div class="para" id="para-4">' in html
    assert '<a class="para__num" href="#para-4">' in html
    assert html.count("4.</a>") == 1


@pytest.mark.parametrize(
    ("label", "printed"),
    [("4", "4."), ("4.", "4."), ("III", "III."), ("3.1", "3.1."), ("(a)", "(a)"), ("a)", "a)"), ("", "")],
)
def test_labels_are_printed_as_documents_do(label: str, printed: str) -> None:
    assert printed_label(label) == printed


def test_anchors_that_begin_with_a_figure_are_paragraphs() -> None:
    assert element_id("4-a") == "para-4-a"
    assert element_id("decision-2") == "decision-2"


def test_a_paragraph_without_number_has_no_link_to_itself() -> None:
    html = html_of(("plain", {"anchor": "text-1", "text": "<p>Words.</p>"}), paragraph("", anchor=""))
    assert html == '<div class="plain" id="text-1"><p>Words.</p></div><div class="plain"><p>Words.</p></div>'


def test_lettered_items_nest_by_depth_inside_their_paragraph() -> None:
    html = html_of(
        paragraph(), lettered("(a)"), lettered("(i)", 2), lettered("(ii)", 2), lettered("a.", 3), lettered("(b)")
    )
    body = plain_structure(html[html.index('<div class="para__body">') :])
    item = "<li><a>{0}</a><div>{0}{1}</div></li>"
    deepest = f"<ul>{item.format('a.', '')}</ul>"
    middle = f"<ul>{item.format('(i)', '')}{item.format('(ii)', deepest)}</ul>"
    assert body == f"<div><p>Words.</p><ul>{item.format('(a)', middle)}{item.format('(b)', '')}</ul></div></div>"


def test_a_bullet_has_no_address_and_is_not_read_out() -> None:
    html = html_of(("lettered", {"label": "•", "anchor": "", "level": "1", "text": "Words"}))
    assert '<span class="label-link" aria-hidden="true">•</span>' in html


def test_lettered_items_that_begin_deep_keep_their_place() -> None:
    html = plain_structure(html_of(lettered("(i)", 2), lettered("(ii)", 2)))
    assert html.count("<ul>") == 2
    assert html.count("<li>") == 2


def test_clauses_stand_in_a_decision_and_a_heading_ends_it() -> None:
    clause: Block = ("operative", {"label": "1", "anchor": "decision-1", "text": "<p>Decides;</p>"})
    recital: Block = ("preambular", {"anchor": "decision-p1", "text": "<p>Recalling,</p>"})
    heading: Block = ("heading", {"label": "", "anchor": "ii", "level": "2", "text": "Next"})
    second: Block = ("operative", {"label": "1", "anchor": "second-1", "text": "<p>Decides;</p>"})
    html = html_of(recital, clause, heading, second)
    assert html.count('<section class="decision"') == html.count("</section>") == 2
    assert html.index("</section>") < html.index("<h2")
    names = re.findall(r'<section class="decision" aria-label="([^"]+)"', html)
    assert len(set(names)) == 2


def test_every_kind_of_block_is_printed(client: Any) -> None:
    page = plant_edition(("en",)).pages["en"]
    html = render(page).html
    for kind in (
        "h2 id=",
        "h3 id=",
        "para",
        "lettered",
        "blockquote",
        "clause--preambular",
        "annex",
        "table--stack",
        "plain",
    ):
        assert kind in html


@pytest.mark.parametrize(
    "block",
    [
        ("heading", {"label": "<b>", "anchor": "a", "level": "2", "text": "<script>alert(1)</script>"}),
        ("annex", {"label": "<script>alert(1)</script>", "anchor": "a", "title": '"><script>alert(1)</script>'}),
        ("paragraph", {"label": "<script>", "anchor": '"><script>', "text": "<p>Words.</p>"}),
        ("lettered", {"label": "<script>", "anchor": '"><script>', "level": "1", "text": "Words"}),
        (
            "table",
            {
                "anchor": "t",
                "caption": "<script>alert(1)</script>",
                "table": {
                    "columns": [{"type": "text", "heading": "<script>"}, {"type": "text", "heading": '"<script>'}],
                    "rows": [{"values": ["<script>", "<script>"]}],
                },
            },
        ),
    ],
    ids=lambda block: block[0],
)
def test_what_is_text_stays_text(block: Block) -> None:
    html = html_of(block)
    assert "<script" not in html
    assert "&lt;script" in html


# Links and notes


def rendered(text: str, language: str = "en") -> str:
    """A paragraph with its links resolved, in a language."""
    with translation.override(language):
        return str(render(with_body(paragraph(text=f"<p>{text}</p>"))).html)


def test_a_citation_leads_to_the_document_in_the_language_of_the_text() -> None:
    plant()
    factories.LanguageVersionFactory(document=factories.OfficialDocumentFactory(symbol="CTOC/COP/2020/3"))
    assert '<a class="cite" href="/en/documents/CTOC/COP/2020/3/">СТОС/СОР/2020/3</a>' in rendered(
        symbol_link("CTOC/COP/2020/3", "СТОС/СОР/2020/3")
    )
    assert 'href="/ru/documents/CTOC/COP/2020/3/"' in rendered(symbol_link("ctoc/cop/2020/3"), "ru")


def test_a_citation_of_what_the_archive_lacks_is_no_link() -> None:
    assert '<a class="cite cite--absent">A/1</a>' in rendered(symbol_link("A/1"))


def test_a_citation_does_not_tell_of_a_document_that_is_held() -> None:
    plant()
    document = factories.OfficialDocumentFactory(symbol="A/1")
    version = factories.LanguageVersionFactory(document=document, state=LanguageVersion.State.HELD)
    assert '<a class="cite cite--absent">A/1</a>' in rendered(symbol_link("A/1"))
    LanguageVersion.objects.filter(pk=version.pk).update(state=LanguageVersion.State.RELEASED)
    assert 'href="/en/documents/A/1/"' in rendered(symbol_link("A/1"))


def test_a_citation_of_a_restricted_document_leads_to_where_one_logs_in() -> None:
    plant()
    document = factories.OfficialDocumentFactory(symbol="A/1", access=Access.PARTICIPANTS)
    factories.LanguageVersionFactory(document=document)
    assert 'href="/en/documents/A/1/"' in rendered(symbol_link("A/1"))


def test_a_page_link_leads_to_the_language_of_the_text_where_that_page_is_live() -> None:
    tree = plant()
    pages = plant_process(tree, factories.ProcessFactory(code="untoc"))
    link = page_link(pages["en"])
    assert 'href="/ru/processes/untoc/"' in rendered(link, "ru")
    pages["ru"].unpublish()
    assert 'href="/en/processes/untoc/"' in rendered(link, "ru")
    fresh(pages["en"]).unpublish()
    assert "href" not in rendered(link, "ru").split("para__body")[1]


def test_a_page_link_to_a_web_edition_leads_to_the_address_of_its_document() -> None:
    tree = plant()
    process = factories.ProcessFactory(code="untoc")
    document = factories.OfficialDocumentFactory(symbol="A/1", process=process)
    edition = plant_report(plant_process(tree, process)["en"], document)
    assert 'href="/en/documents/A/1/"' in rendered(page_link(edition))


def test_an_editors_link_to_nowhere_breaks_nothing() -> None:
    for link in ('<a linktype="page" id="999999">x</a>', '<a linktype="page" id="x">x</a>', '<a linktype="page">x</a>'):
        assert "<a>x</a>" in rendered(link)


def test_notes_have_one_way_back_however_often_they_are_marked() -> None:
    page = with_body(
        paragraph("1", f"<p>First{note_mark('fn1', '1')} and again{note_mark('fn1', '1')}</p>"), lettered("(a)")
    )
    page.footnotes.add(
        Footnote(anchor="fn1", mark="1", text=f"<p>See {symbol_link('A/1')}.</p>"),
        Footnote(anchor="fn2", mark="2", text="<p>Without a mark in the text.</p>"),
    )
    body = render(page)
    assert body.html.count('id="ref-fn1"') == 1
    assert body.html.count('href="#fn1"') == 2
    assert [(note.mark, note.is_marked) for note in body.notes] == [("1", True), ("2", False)]
    assert 'class="cite' in body.notes[0].html


def test_contents_have_the_range_of_numbers_under_each_heading() -> None:
    body = render(
        with_body(
            ("heading", {"label": "I", "anchor": "i", "level": "2", "text": "One"}),
            paragraph("1"),
            paragraph("2"),
            ("heading", {"label": "", "anchor": "", "level": "3", "text": "Two"}),
            ("annex", {"label": "Annex", "anchor": "annex-1", "title": "Three"}),
            paragraph("1", anchor="annex-1-1"),
        )
    )
    assert [(e.anchor, e.label, e.text, e.level, e.first, e.last) for e in body.contents] == [
        ("i", "I.", "One", 2, "1", "2"),
        ("", "", "Two", 3, "", ""),
        ("annex-1", "Annex", "Three", 2, "1", "1"),
    ]


# Queries and cache


@pytest.mark.parametrize("paragraphs", [3, 300])
def test_queries_do_not_grow_with_the_text(paragraphs: int) -> None:
    pages = ReportPage.objects.select_related("document", "locale")
    page = pages.get(pk=plant_edition(("en",), paragraphs).pages["en"].pk)
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        body = render(page)
    assert len(queries) <= MOST_QUERIES
    assert body.html.count('<div class="para"') == paragraphs
    assert len(body.notes) == paragraphs
    assert body.html.count('href="/en/processes/untoc/cop/10/"') == paragraphs


def test_a_text_is_rendered_once_per_revision_and_language(monkeypatch: pytest.MonkeyPatch) -> None:
    page = plant_edition(("en",)).pages["en"]
    page = ReportPage.objects.get(pk=page.pk)
    rounds = count_renderings(monkeypatch)
    first = body_of(page)
    assert body_of(ReportPage.objects.get(pk=page.pk)) == first
    assert len(rounds) == 1
    with translation.override("ru"):
        assert 'href="/ru/documents/CITED/1/"' in body_of(page).html
    assert len(rounds) == 2

    page.body = page.body.stream_block.to_python([{"type": "plain", "value": {"anchor": "", "text": "<p>New</p>"}}])
    page.save_revision()
    assert body_of(ReportPage.objects.get(pk=page.pk)) == first
    page.save_revision().publish()
    assert "New" in body_of(ReportPage.objects.get(pk=page.pk)).html
    assert len(rounds) == 3


def count_renderings(monkeypatch: pytest.MonkeyPatch) -> list[ReportPage]:
    """Notes every page that is rendered from now on."""
    rounds: list[ReportPage] = []

    def noting(page: ReportPage, cited: Mapping[str, str]) -> rendering.Body:
        rounds.append(page)
        return render(page, cited)

    monkeypatch.setattr(rendering, "render", noting)
    return rounds


def test_a_preview_and_an_unpublished_page_are_never_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    page = plant_edition(("en",)).pages["en"]
    rounds = count_renderings(monkeypatch)
    for _time in range(2):
        body_of(page, is_preview=True)
    page.live = False
    for _time in range(2):
        body_of(page)
    assert len(rounds) == 4


def test_a_release_and_a_withdrawal_let_every_text_be_rendered_anew(
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = ReportPage.objects.get(pk=plant_edition(("en",), relations=0).pages["en"].pk)
    cited = 'href="/en/documents/CITED/1/"'
    assert cited not in body_of(page).html
    with django_capture_on_commit_callbacks(execute=True):
        version = factories.LanguageVersionFactory(document=factories.OfficialDocumentFactory(symbol="CITED/1"))
    assert cited in body_of(page).html
    with django_capture_on_commit_callbacks(execute=True):
        version.state = LanguageVersion.State.WITHDRAWN
        version.save()
    assert cited not in body_of(page).html


def test_a_page_taken_offline_is_no_longer_linked(django_capture_on_commit_callbacks: Any) -> None:
    edition = plant_edition(("en",))
    page = ReportPage.objects.get(pk=edition.pages["en"].pk)
    linked = page.get_parent().specific
    assert f'href="{linked.get_url()}"' in body_of(page).html
    with django_capture_on_commit_callbacks(execute=True):
        linked.unpublish()
    assert f'href="{linked.get_url()}"' not in body_of(page).html
