"""Entries: what they hold, what has none, and what they cost."""

import datetime
import json

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page, PageViewRestriction

from documents.models import LanguageVersion
from home.models import StandardPage
from search import file_texts
from search.engines.base import Entry, Passage
from search.entries import all_entries, count_entries, page_entries, plain_text, version_entries
from tests import factories
from tests.tree import Tree, fresh, plant_body, plant_process, plant_report, plant_session

pytestmark = pytest.mark.django_db

BODY = [
    {"type": "plain", "value": {"anchor": "", "text": "<p>Before all anchors.</p>"}},
    {"type": "heading", "value": {"label": "II", "anchor": "ii", "level": "2", "text": "Organization"}},
    {
        "type": "paragraph",
        "value": {
            "label": "4",
            "anchor": "4",
            "text": '<p>It took note<a linktype="footnote" id="fn1">1</a> of &lt;this&gt;.</p><p>And of that.</p>',
        },
    },
    {
        "type": "table",
        "value": {
            "anchor": "",
            "caption": "Fees",
            "table": {
                "columns": [{"type": "text", "heading": "State"}],
                "rows": [{"values": ["Andorra"]}, {"values": ["Benin"]}],
                "caption": "",
            },
        },
    },
    {"type": "annex", "value": {"label": "Annex I", "anchor": "annex-1", "title": "Work programme"}},
]


def versions() -> list[Entry]:
    return list(version_entries(LanguageVersion.objects.all()))


def pages() -> list[Entry]:
    return list(page_entries(Page.objects.all()))


def test_a_version_brings_the_facts_of_its_document() -> None:
    session = factories.SessionFactory()
    document = factories.OfficialDocumentFactory(
        process=session.working_group.process, session=session, symbol="A/79/5", date=datetime.date(2024, 3, 1)
    )
    factories.FormerSymbolFactory(document=document, symbol="A/79/L.1")
    factories.CitationFactory(document=document, symbol="A/78/1")
    version = factories.LanguageVersionFactory(document=document, language="ru", title="Доклад")

    (entry,) = versions()

    assert entry.id == f"version-{version.pk}"
    assert entry.document_key == str(document.uid)
    assert (entry.title, entry.language, entry.url) == ("Доклад", "ru", "/ru/documents/A/79/5/")
    assert entry.symbols == ("A/79/5", "A/79/L.1")
    assert entry.cites == ("A/78/1",)
    assert (entry.process, entry.body, entry.session) == (
        str(document.process.pk),
        str(session.working_group.pk),
        str(session.pk),
    )
    assert (entry.doc_kind, entry.year, entry.access) == ("report", "2024", "public")


@pytest.mark.parametrize("state", ["awaited", "held", "withdrawn"])
def test_a_version_that_is_not_released_has_no_entry(state: str) -> None:
    factories.LanguageVersionFactory(state=state)
    assert versions() == []
    assert count_entries() == 0


def test_a_version_brings_the_names_of_what_it_belongs_to_in_its_language(tree: Tree) -> None:
    process = factories.ProcessFactory(name="Crime convention", acronym="UNTOC")
    body = factories.WorkingGroupFactory(process=process, name="Conference", acronym="COP")
    session = factories.SessionFactory(working_group=body)
    item = factories.AgendaItemFactory(session=session, number="4")
    factories.AgendaItemFactory(session=session, number="5")
    above = plant_process(tree, process, ["en", "ru"])
    plant_body(above, body)  # in both languages
    pages = plant_session(above, session)
    factories.AgendaTitleFactory(page=pages["ru"], item=item, title="Огнестрельное оружие")
    document = factories.OfficialDocumentFactory(process=process, session=session)
    document.agenda_items.set([item])
    for language in ("en", "ru", "fr"):
        factories.LanguageVersionFactory(document=document, language=language)

    found = {entry.language: entry for entry in versions()}

    titles = {language: page.title for language, page in pages.items()}
    assert found["ru"].names == (f"{process.name} ru", "UNTOC", f"{body.name} ru", "COP", titles["ru"])
    assert found["en"].names == (f"{process.name} en", "UNTOC", f"{body.name} en", "COP", titles["en"])
    assert found["fr"].names == ("UNTOC", "COP")
    assert [found[language].agenda for language in ("en", "ru", "fr")] == [(), ("Огнестрельное оружие",), ()]
    assert found["fr"].agenda_items == (str(item.pk),)


def test_a_record_without_a_page_has_its_working_name_in_english() -> None:
    body = factories.WorkingGroupFactory(process__name="Crime", name="Conference", acronym="COP")
    document = factories.OfficialDocumentFactory(process=body.process, working_group=body)
    for language in ("en", "ru"):
        factories.LanguageVersionFactory(document=document, language=language)
    assert {entry.language: entry.names for entry in versions()} == {
        "en": ("Crime", "Conference", "COP"),
        "ru": ("COP",),
    }


def test_the_name_on_a_page_that_is_closed_is_no_name(tree: Tree) -> None:
    process = factories.ProcessFactory(name="Crime")
    page = plant_process(tree, process, ["ru"])["ru"]
    factories.LanguageVersionFactory(document__process=process, language="ru")
    assert versions()[0].names == (page.title,)

    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert versions()[0].names == ()


def test_a_version_brings_the_parties_that_its_title_and_text_name(tree: Tree) -> None:
    parties = {code: factories.PartyFactory(country=code) for code in ("KZ", "BJ", "FR")}
    document = factories.OfficialDocumentFactory()
    page = plant_report(tree.archives["ru"], document, title="Выступление Казахстана")
    page.body = json.dumps([{"type": "plain", "value": {"anchor": "", "text": "<p>Поддержано Бенином.</p>"}}])
    page.save()

    (entry,) = versions()

    assert set(entry.parties) == {str(parties["KZ"].pk), str(parties["BJ"].pk)}
    assert set(entry.party_names) == {"Казахстан", "Бенин"}


def test_an_embargoed_version_has_an_entry_that_opens_at_its_moment() -> None:
    moment = timezone.now() + datetime.timedelta(days=3)
    factories.LanguageVersionFactory(released_at=moment)
    assert [entry.visible_from for entry in versions()] == [moment]


def test_the_passages_of_an_edition_lead_to_their_anchors(tree: Tree) -> None:
    page = plant_report(tree.archives["en"], factories.OfficialDocumentFactory())
    page.body = json.dumps(BODY)
    page.save(clean=False)  # as pages were kept before anchors were filled in
    factories.FootnoteFactory(page=page, anchor="fn1", mark="1", text="<p>See the budget.</p>")

    (entry,) = versions()

    assert [(passage.anchor, passage.label, passage.text) for passage in entry.passages] == [
        ("main", "", "Before all anchors."),
        ("ii", "II", "Organization"),
        ("para-4", "4", "It took note of <this>. And of that."),
        ("para-4", "", "Fees State Andorra Benin"),
        ("annex-1", "Annex I", "Work programme"),
        ("fn1", "1", "See the budget."),
    ]
    assert entry.text == ""


def test_without_an_edition_the_text_is_that_of_the_file() -> None:
    version = factories.LanguageVersionFactory()
    factories.DocumentFileFactory(version=version, file=ContentFile("Доклад".encode("cp1251") * 50, name="a.txt"))
    assert "Доклад" in versions()[0].text


def test_the_pages_of_a_pdf_file_are_passages_that_lead_to_them() -> None:
    document = factories.OfficialDocumentFactory(symbol="A/79/5")
    version = factories.LanguageVersionFactory(document=document)
    file = factories.DocumentFileFactory(version=version, format="pdf")
    factories.FileTextFactory(file=file, pages=["On the zebra.", "", "On the giraffe."])

    (entry,) = versions()

    assert entry.passages == (
        Passage("page=1", "1", "On the zebra.", f"/files/{file.uid}/A_79_5.en.pdf"),
        Passage("page=3", "3", "On the giraffe.", f"/files/{file.uid}/A_79_5.en.pdf"),
    )
    assert entry.text == ""


def test_the_paragraphs_of_a_word_file_are_text() -> None:
    version = factories.LanguageVersionFactory()
    file = factories.DocumentFileFactory(version=version, format="docx")
    factories.FileTextFactory(file=file, pages=["On the zebra.\nOn the giraffe."])
    (entry,) = versions()
    assert (entry.passages, entry.text) == ((), "On the zebra.\n\nOn the giraffe.")


def test_a_text_file_goes_before_pdf_and_pdf_before_word() -> None:
    version = factories.LanguageVersionFactory()
    texts = {}
    for form in ("docx", "pdf"):
        file = factories.DocumentFileFactory(version=version, format=form)
        texts[form] = factories.FileTextFactory(file=file, pages=[f"From {form}"])
    assert [part.text for part in versions()[0].passages] == ["From pdf"]

    texts["pdf"].problem, texts["pdf"].pages = "It is a scan.", []
    texts["pdf"].save()
    assert versions()[0].text == "From docx"

    factories.DocumentFileFactory(version=version, file=ContentFile(b"From a text file", name="a.txt"))
    assert versions()[0].text == "From a text file"


def test_the_text_of_a_replaced_file_is_not_that_of_the_new_one() -> None:
    version = factories.LanguageVersionFactory()
    file = factories.DocumentFileFactory(version=version, format="pdf")
    factories.FileTextFactory(file=file)
    file.file = ContentFile(b"%PDF-1.7 another", name="b.pdf")
    file.save()
    assert versions()[0].passages == ()


@pytest.mark.parametrize("hide", ["draft", "expired", "restricted above"])
def test_an_edition_that_is_closed_gives_no_text(tree: Tree, hide: str) -> None:
    document = factories.OfficialDocumentFactory()
    page = plant_report(tree.archives["en"], document)
    page.body = json.dumps(BODY)
    page.live = hide != "draft"
    page.expire_at = timezone.now() - datetime.timedelta(minutes=1) if hide == "expired" else None
    page.save()
    if hide == "restricted above":
        PageViewRestriction.objects.create(page=tree.archives["en"], restriction_type="login")
    factories.DocumentFileFactory(version=document.versions.get(), file=ContentFile(b"From the file", name="a.txt"))

    (entry,) = versions()

    assert entry.passages == ()
    assert entry.text == "From the file"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 no text", b"\x00\x01\x02" * 100])
def test_a_file_that_is_no_text_leaves_the_title(content: bytes) -> None:
    version = factories.LanguageVersionFactory(title="Found by its title")
    factories.DocumentFileFactory(version=version, file=ContentFile(content, name="a.txt"))
    assert [(entry.title, entry.text) for entry in versions()] == [("Found by its title", "")]


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02" * 100, None], ids=["empty", "binary", "gone"])
def test_a_text_file_that_cannot_be_read_gives_way_to_the_next(content: bytes | None) -> None:
    version = factories.LanguageVersionFactory()
    text = factories.DocumentFileFactory(
        version=version, file=ContentFile(b"Some text" if content is None else content, name="a.txt")
    )
    if content is None:
        text.file.storage.delete(text.file.name)
    for form in ("docx", "pdf"):
        file = factories.DocumentFileFactory(version=version, format=form)
        factories.FileTextFactory(file=file, pages=[f"From {form}"])

    (entry,) = versions()

    assert [part.text for part in entry.passages] == ["From pdf"]
    assert entry.text == ""


def test_a_file_that_is_gone_leaves_the_title() -> None:
    file = factories.DocumentFileFactory()
    file.file.storage.delete(file.file.name)
    assert [entry.text for entry in versions()] == [""]


def test_versions_of_a_document_follow_each_other() -> None:
    first, second = factories.OfficialDocumentFactory(), factories.OfficialDocumentFactory()
    for document, language in [(first, "en"), (second, "en"), (first, "ru"), (second, "fr"), (first, "ar")]:
        factories.LanguageVersionFactory(document=document, language=language)
    keys = [entry.document_key for entry in versions()]
    assert keys == [str(first.uid)] * 3 + [str(second.uid)] * 2


def test_pages_of_records_bring_the_facts_of_their_record(tree: Tree) -> None:
    process = factories.ProcessFactory(acronym="UNTOC")
    session = factories.SessionFactory(working_group__process=process)
    above = plant_process(tree, process, ["en"])
    plant_body(above, session.working_group)
    plant_session(above, session)

    facts = {entry.title: (entry.process, entry.body, entry.session) for entry in pages()}

    body = str(session.working_group.pk)
    assert facts[f"{process.name} en"] == (str(process.pk), "", "")
    assert facts[f"{session.working_group.name} en"] == (str(process.pk), body, "")
    assert facts[f"Session {session.code}"] == (str(process.pk), body, str(session.pk))
    assert "UNTOC" in next(entry.text for entry in pages() if entry.title == f"{process.name} en")


def test_lists_drafts_aliases_restricted_and_stray_pages_have_no_entry(tree: Tree) -> None:
    home = tree.homes["en"]
    open_page = factories.StandardPageFactory(parent=home, title="Open")
    factories.StandardPageFactory(parent=fresh(home), title="Draft", live=False)
    closed = factories.StandardPageFactory(parent=fresh(home), title="Closed")
    factories.StandardPageFactory(parent=closed, title="Under closed")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    open_page.create_alias(parent=fresh(tree.homes["fr"]), update_locale=tree.homes["fr"].locale)
    tree.root.refresh_from_db()
    factories.StandardPageFactory(parent=tree.root, title="Outside every site")

    assert sorted(entry.title for entry in pages()) == ["Home en", "Home fr", "Home ru", "Open"]


def test_a_page_ends_when_it_expires(tree: Tree) -> None:
    moment = timezone.now() + datetime.timedelta(days=1)
    factories.StandardPageFactory(parent=tree.homes["en"], title="Short-lived", expire_at=moment)
    assert [entry.visible_until for entry in pages() if entry.title == "Short-lived"] == [moment]


def test_one_page_that_cannot_be_read_does_not_keep_the_others_out(
    tree: Tree, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    factories.StandardPageFactory(parent=tree.homes["en"], title="Broken")

    def fail(page: StandardPage) -> str:
        raise ValueError("this page is broken")

    monkeypatch.setattr(StandardPage, "search_text", fail)
    assert "Home en" in [entry.title for entry in pages()]
    assert "this page is broken" in caplog.text


def plant_many(tree: Tree, count: int) -> None:
    process = factories.ProcessFactory()
    above = plant_process(tree, process, ["en"])
    for _number in range(count):
        session = factories.SessionFactory(working_group__process=process)
        plant_body(above, session.working_group)
        page = plant_session(above, session)["en"]
        factories.AgendaTitleFactory(page=page)
        document = factories.OfficialDocumentFactory(process=process, session=session)
        document.agenda_items.set([factories.AgendaItemFactory(session=session)])
        edition = plant_report(page, document)
        factories.FootnoteFactory(page=edition)
        factories.DocumentFileFactory(version=document.versions.get())
        russian = factories.LanguageVersionFactory(document=document, language="ru")
        factories.FileTextFactory(file__version=russian)


def test_many_entries_take_no_more_queries_than_one(
    tree: Tree, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    plant_many(tree, 1)
    list(all_entries())
    with django_assert_max_num_queries(30) as few:
        assert len(list(all_entries())) == 8
    plant_many(tree, 6)
    with django_assert_max_num_queries(30) as many:
        assert len(list(all_entries())) == 8 + 1 + 4 * 6
    assert len(many) <= len(few) + 1


def test_few_texts_are_held_in_memory_at_the_same_time(
    monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(6):
        factories.FileTextFactory(pages=[f"{number}" * 40])
    monkeypatch.setattr(file_texts, "MOST_HELD", 80)
    with django_assert_max_num_queries(30) as asked:
        found = versions()
    assert [entry.passages[0].text[0] for entry in found] == list("012345")
    assert len([query for query in asked if '"documents_filetext"."pages"' in query["sql"]]) == 3


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>two</p>", "One  two"),
        ("<ul><li>a</li><li>b</li></ul>", "a b"),
        ("a<br/>b", "a b"),
        ("AT&amp;T &lt;b&gt;", "AT&T <b>"),
        ('law<a id="fn2" linktype="footnote">2</a>.', "law."),
        ("", ""),
    ],
)
def test_rich_text_is_read_as_words(html: str, text: str) -> None:
    assert plain_text(html).split() == text.split()
