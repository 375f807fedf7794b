"""What editors do, and what search answers afterwards. Each test changes one thing by the means that editors have.

From the change over the database and the outbox to the answer, on both engines.
"""

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Page, PageViewRestriction

from cms.core.visibility import Access
from documents.file_texts import read_text
from documents.models import LanguageVersion, OfficialDocument, ReportPage
from search import name_signals
from search.models import IndexChange
from tests import factories
from tests.documents.importing.pdf_files import pages
from tests.people import reader_of, superuser
from tests.search.answers import addresses, quoted, results, titles
from tests.tree import Tree, fresh, plant_body, plant_process, plant_report, plant_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("either_index")]

State = LanguageVersion.State


def with_text(page: ReportPage, text: str) -> ReportPage:
    """The edition with one numbered paragraph, published."""
    page.body = json.dumps([{"type": "paragraph", "value": {"label": "1", "anchor": "1", "text": f"<p>{text}</p>"}}])
    page.save_revision().publish()
    return page


def facet_counts(facet: str) -> dict[str, int]:
    """The counts of a facet over everything."""
    return {value.value: value.count for value in results("").facet(facet).values}


# Pages


def test_a_page_is_found_once_it_is_published_and_no_longer_once_it_is_not(tree: Tree) -> None:
    page = factories.StandardPageFactory(parent=tree.homes["en"], title="Zebra crossing", live=False)
    assert titles("zebra") == []

    page.save_revision().publish()
    assert titles("zebra") == ["Zebra crossing"]

    page.title = "Giraffe crossing"
    revision = page.save_revision()
    assert titles("giraffe") == []
    revision.publish()
    assert (titles("zebra"), titles("giraffe")) == ([], ["Giraffe crossing"])

    fresh(page).unpublish()
    assert titles("giraffe") == []


def test_drafts_and_locks_note_nothing(tree: Tree) -> None:
    page = factories.StandardPageFactory(parent=tree.homes["en"], title="Live")
    draft = factories.StandardPageFactory(parent=fresh(tree.homes["en"]), title="Draft", live=False)
    IndexChange.objects.all().delete()

    page.title = "Live and edited"
    page.save_revision()
    draft.title = "Draft again"
    draft.save_revision()
    draft.save()
    assert IndexChange.objects.count() == 0


def test_an_expired_page_is_not_found_before_anybody_unpublishes_it(tree: Tree) -> None:
    soon = timezone.now() + datetime.timedelta(hours=1)
    page = factories.StandardPageFactory(parent=tree.homes["en"], title="Zebra week", expire_at=soon)
    assert titles("zebra") == ["Zebra week"]

    page.expire_at = timezone.now() - datetime.timedelta(seconds=1)
    page.save()
    assert titles("zebra") == []


def test_a_page_expires_by_itself(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    soon = now + datetime.timedelta(hours=1)
    factories.StandardPageFactory(parent=tree.homes["en"], title="Zebra week", expire_at=soon)
    assert titles("zebra") == ["Zebra week"]
    assert IndexChange.objects.count() == 0

    monkeypatch.setattr(timezone, "now", lambda: soon + datetime.timedelta(seconds=1))
    assert titles("zebra") == []


def test_a_deleted_page_and_all_below_it_are_no_longer_found(tree: Tree) -> None:
    above = factories.StandardPageFactory(parent=tree.homes["en"], title="Zebra above")
    factories.StandardPageFactory(parent=above, title="Zebra below")
    assert len(titles("zebra")) == 2

    fresh(above).delete()
    assert titles("zebra") == []


def test_pages_deleted_in_bulk_are_no_longer_found(tree: Tree) -> None:
    for number in range(3):
        factories.StandardPageFactory(parent=fresh(tree.homes["en"]), title=f"Zebra {number}")
    assert len(titles("zebra")) == 3

    Page.objects.filter(title__startswith="Zebra").delete()
    assert titles("zebra") == []


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
def test_a_restriction_binds_the_pages_below_and_the_translations(tree: Tree, kind: str) -> None:
    above = factories.StandardPageFactory(parent=tree.homes["en"], title="Zebra above")
    french = factories.StandardPageFactory(
        parent=tree.homes["fr"], title="Zebra française", translation_key=above.translation_key
    )
    factories.StandardPageFactory(parent=above, title="Zebra below")
    factories.StandardPageFactory(parent=french, title="Zebra en dessous")
    assert len(titles("zebra")) == 3

    restriction = PageViewRestriction.objects.create(page=above, restriction_type=kind)
    assert titles("zebra") == []
    assert titles("zebra", user=superuser()) == []

    restriction.delete()
    assert len(titles("zebra")) == 3


def test_moving_under_a_restriction_hides_and_moving_out_shows(tree: Tree) -> None:
    closed = factories.StandardPageFactory(parent=tree.homes["en"], title="Closed section")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    page = factories.StandardPageFactory(parent=fresh(tree.homes["en"]), title="Zebra")
    factories.StandardPageFactory(parent=page, title="Zebra below")
    assert len(titles("zebra")) == 2

    fresh(page).move(fresh(closed), pos="last-child")
    assert titles("zebra") == []

    fresh(page).move(fresh(tree.homes["en"]), pos="last-child")
    assert len(titles("zebra")) == 2


def test_another_slug_gives_the_pages_below_another_address(tree: Tree) -> None:
    above = factories.StandardPageFactory(parent=tree.homes["en"], title="Section", slug="section")
    factories.StandardPageFactory(parent=above, title="Zebra", slug="zebra")
    assert addresses("zebra") == ["/en/section/zebra/"]

    above = fresh(above)
    above.slug = "chapter"
    above.save_revision().publish()
    assert addresses("zebra") == ["/en/chapter/zebra/"]


def test_moving_gives_the_pages_below_another_address(tree: Tree) -> None:
    first = factories.StandardPageFactory(parent=tree.homes["en"], title="First", slug="first")
    second = factories.StandardPageFactory(parent=fresh(tree.homes["en"]), title="Second", slug="second")
    factories.StandardPageFactory(parent=first, title="Zebra", slug="zebra")

    fresh(first).move(fresh(second), pos="last-child")
    assert addresses("zebra") == ["/en/second/first/zebra/"]


def test_an_alias_is_not_found_until_it_is_a_page_of_its_own(tree: Tree) -> None:
    page = factories.StandardPageFactory(parent=tree.homes["en"], title="Zebra")
    alias = page.create_alias(parent=tree.homes["fr"], update_locale=tree.homes["fr"].locale)
    assert addresses("zebra", "fr") == ["/en/zebra/"]

    ConvertAliasPageAction(alias).execute(skip_permission_checks=True)
    assert addresses("zebra", "fr") == ["/fr/zebra/", "/en/zebra/"]


def test_the_acronym_of_a_process_finds_its_page(tree: Tree) -> None:
    process = factories.ProcessFactory(acronym="")
    plant_process(tree, process, ["en"])
    assert titles("ZBRA") == []

    process.acronym = "ZBRA"
    process.save()
    assert titles("ZBRA") == [f"{process.name} en"]


def test_a_session_takes_the_pages_with_it_into_another_body(tree: Tree) -> None:
    process = factories.ProcessFactory()
    session = factories.SessionFactory(working_group__process=process)
    plant_session(plant_body(plant_process(tree, process, ["en"]), session.working_group), session)
    other = factories.WorkingGroupFactory(process=process)
    assert results("session").hits[0].body == str(session.working_group.pk)

    session.working_group = other
    session.save()
    assert results("session").hits[0].body == str(other.pk)


def test_an_agenda_item_that_is_deleted_takes_its_title_out_of_the_page(tree: Tree) -> None:
    session = factories.SessionFactory()
    above = plant_process(tree, session.working_group.process, ["en"])
    page = plant_session(above, session)["en"]
    title = factories.AgendaTitleFactory(page=page, title="Election of a zebra")
    assert titles("zebra") == [page.title]

    title.item.delete()
    assert titles("zebra") == []


# Documents


def test_a_version_is_found_when_it_is_released_and_not_when_it_is_withdrawn() -> None:
    version = factories.LanguageVersionFactory(title="Zebra report", state=State.HELD)
    assert titles("zebra") == []

    version.state = State.RELEASED
    version.save()
    assert titles("zebra") == ["Zebra report"]

    version.state = State.WITHDRAWN
    version.save()
    assert titles("zebra") == []


def test_an_embargo_ends_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    factories.LanguageVersionFactory(title="Zebra report", released_at=now + datetime.timedelta(hours=1))
    assert titles("zebra") == []
    assert IndexChange.objects.count() == 0

    monkeypatch.setattr(timezone, "now", lambda: now + datetime.timedelta(hours=1, seconds=1))
    assert titles("zebra") == ["Zebra report"]


def test_another_access_changes_who_finds_it() -> None:
    document = factories.OfficialDocumentFactory()
    factories.LanguageVersionFactory(document=document, title="Zebra report")
    reader, stranger = reader_of(document.process), reader_of(factories.ProcessFactory())
    assert titles("zebra") == ["Zebra report"]

    document.access = Access.PARTICIPANTS
    document.save()
    assert (titles("zebra"), titles("zebra", user=stranger)) == ([], [])
    assert titles("zebra", user=reader) == ["Zebra report"]

    document.access = Access.STAFF
    document.save()
    assert titles("zebra", user=reader) == []
    assert titles("zebra", user=superuser()) == ["Zebra report"]


def test_a_corrected_symbol_is_found_and_leads_to_the_new_address() -> None:
    document = factories.OfficialDocumentFactory(symbol="A/ZBR/1")
    factories.LanguageVersionFactory(document=document)
    assert addresses("A/ZBR/1") == ["/en/documents/A/ZBR/1/"]

    document.symbol = "A/ZBR/2"
    document.save()
    assert (addresses("A/ZBR/1"), addresses("A/ZBR/2")) == ([], ["/en/documents/A/ZBR/2/"])

    former = factories.FormerSymbolFactory(document=document, symbol="A/ZBR/1")
    assert addresses("A/ZBR/1") == ["/en/documents/A/ZBR/2/"]
    former.delete()
    assert addresses("A/ZBR/1") == []


def test_a_new_language_joins_its_document() -> None:
    document = factories.OfficialDocumentFactory()
    factories.LanguageVersionFactory(document=document, title="Zebra report")
    assert titles("zebra", "ru") == ["Zebra report"]

    factories.LanguageVersionFactory(document=document, language="ru", title="Доклад о зебрах")
    assert titles("zebra", "ru") == ["Доклад о зебрах"]


def test_a_new_file_is_found_by_its_text_and_a_deleted_one_is_not() -> None:
    version = factories.LanguageVersionFactory(title="Report")
    assert titles("zebra") == []

    file = factories.DocumentFileFactory(version=version, file=ContentFile(b"On the zebra.", name="a.txt"))
    assert titles("zebra") == ["Report"]

    file.delete()
    assert titles("zebra") == []


def page_of_pdf(words: str) -> ContentFile:
    """A PDF file whose third page says this."""
    blank = "This page says nothing of it, and of nothing else."
    return ContentFile(pages([[(72, 72, text, 11, "F1")] for text in (blank, blank, words)]), name="a.pdf")


def test_a_pdf_file_is_found_by_its_text_once_that_is_read(
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    version = factories.LanguageVersionFactory(title="Report")
    with django_capture_on_commit_callbacks() as callbacks:
        file = factories.DocumentFileFactory(version=version, format="pdf", file=page_of_pdf("On the zebra alone."))
    assert titles("zebra") == []

    for callback in callbacks:
        callback()
    assert quoted("zebra") == [("page=3", "On the zebra alone.")]

    file.file = page_of_pdf("On the giraffe alone.")
    with django_capture_on_commit_callbacks() as callbacks:
        file.save()
    assert (titles("zebra"), titles("giraffe")) == ([], [])
    for callback in callbacks:
        callback()
    assert (titles("zebra"), quoted("giraffe")) == ([], [("page=3", "On the giraffe alone.")])

    file.delete()
    assert titles("giraffe") == []


@pytest.mark.shared
def test_a_real_file_is_found_at_the_page_that_prints_the_words(shared: Path) -> None:
    content = ContentFile((shared / "files" / "pdf" / "E_2025_37.en.pdf").read_bytes(), name="a.pdf")
    file = factories.DocumentFileFactory(format="pdf", file=content)
    assert read_text(file) == ""
    ((anchor, words),) = quoted('"85th meeting"')
    assert anchor == "page=49"
    assert "85th meeting" in words


def test_an_edition_takes_the_place_of_the_file(tree: Tree) -> None:
    document = factories.OfficialDocumentFactory()
    version = factories.LanguageVersionFactory(document=document)
    factories.FileTextFactory(file__version=version, pages=["On the zebra."])
    assert quoted("zebra") == [("page=1", "On the zebra.")]

    page = with_text(plant_report(tree.archives["en"], document), "Of the giraffe.")
    assert (titles("zebra"), quoted("giraffe")) == ([], [("para-1", "Of the giraffe.")])

    fresh(page).unpublish()
    assert quoted("zebra") == [("page=1", "On the zebra.")]


def test_an_edition_is_found_by_its_text_while_it_is_live(tree: Tree) -> None:
    document = factories.OfficialDocumentFactory()
    page = with_text(plant_report(tree.archives["en"], document), "Of the zebra.")
    assert quoted("zebra") == [("para-1", "Of the zebra.")]

    with_text(fresh(page), "Of the giraffe.")
    assert (quoted("zebra"), quoted("giraffe")) == ([], [("para-1", "Of the giraffe.")])

    fresh(page).unpublish()
    assert titles("giraffe") == []
    assert titles("A report") == ["A report"]

    fresh(page).save_revision().publish()
    assert titles("giraffe") == ["A report"]
    fresh(page).delete()
    assert titles("giraffe") == []
    assert titles("A report") == ["A report"]


def test_a_restriction_above_an_edition_takes_its_text_away(tree: Tree) -> None:
    with_text(plant_report(tree.archives["en"], factories.OfficialDocumentFactory()), "Of the zebra.")
    assert titles("zebra") == ["A report"]

    PageViewRestriction.objects.create(page=tree.archives["en"], restriction_type="login")
    assert titles("zebra") == []


def test_a_deleted_version_and_a_deleted_document_are_no_longer_found() -> None:
    document = factories.OfficialDocumentFactory()
    factories.LanguageVersionFactory(document=document, title="Zebra report")
    french = factories.LanguageVersionFactory(document=document, language="fr", title="Rapport sur le zèbre")
    assert titles("zèbre", "fr") == ["Rapport sur le zèbre"]

    french.delete()
    assert titles("zèbre", "fr") == []
    assert titles("zebra", "fr") == ["Zebra report"]

    document.delete()
    assert titles("zebra") == []


def test_documents_deleted_in_bulk_are_no_longer_found() -> None:
    for number in range(3):
        factories.LanguageVersionFactory(title=f"Zebra {number}")
    assert len(titles("zebra")) == 3

    OfficialDocument.objects.all().delete()
    assert titles("zebra") == []


# Names of what documents belong to, and of parties


def test_documents_are_found_by_the_names_of_their_body_and_process_as_these_are_now(tree: Tree) -> None:
    process = factories.ProcessFactory(name="Walrus convention", acronym="WC")
    body = factories.WorkingGroupFactory(process=process, name="Tusk group", acronym="TG")
    document = factories.OfficialDocumentFactory(process=process, working_group=body)
    factories.LanguageVersionFactory(document=document, title="Report")
    assert titles("walrus tusk TG WC") == ["Report"]

    process.acronym, body.name = "WALCON", "Whisker group"
    process.save()
    body.save()
    assert (titles("walcon whisker"), titles("tusk")) == (["Report"], [])

    page = plant_body(plant_process(tree, process, ["en"]), body)["en"]
    page.title = "Flipper group"
    page.save_revision().publish()
    assert titles("flipper", "en") == ["Flipper group", "Report"]

    fresh(page).unpublish()
    assert titles("flipper") == []


def test_a_restriction_above_the_page_of_a_body_takes_its_name_from_the_documents(tree: Tree) -> None:
    body = factories.WorkingGroupFactory()
    above = plant_process(tree, body.process, ["ru"])
    plant_body(above, body)["ru"].save()
    document = factories.OfficialDocumentFactory(process=body.process, working_group=body)
    factories.LanguageVersionFactory(document=document, language="ru", title="Доклад")
    words = f'"{body.name}"'
    assert "Доклад" in titles(words, "ru")

    PageViewRestriction.objects.create(page=above["ru"], restriction_type="login")
    assert titles(words, "ru") == []


def test_documents_are_found_by_the_titles_of_their_agenda_items(tree: Tree) -> None:
    session = factories.SessionFactory()
    page = plant_session(plant_process(tree, session.working_group.process, ["en"]), session)["en"]
    title = factories.AgendaTitleFactory(page=page, title="Protection of the walrus")
    document = factories.OfficialDocumentFactory(process=session.working_group.process, session=session)
    factories.LanguageVersionFactory(document=document, title="Report")
    assert titles("walrus") == [page.title]

    document.agenda_items.set([title.item])
    assert set(titles("walrus")) == {page.title, "Report"}
    assert facet_counts("agenda_item") == {str(title.item.pk): 1}

    title.title = "Protection of the seal"
    title.save()
    assert set(titles("seal")) == {page.title, "Report"}

    title.item.delete()
    assert (titles("seal"), facet_counts("agenda_item")) == ([], {})


def test_a_party_that_is_new_or_called_otherwise_is_looked_for_in_all_texts() -> None:
    factories.LanguageVersionFactory(title="Report of Kazakhstan to the Walrus Council")
    kazakhstan = factories.PartyFactory(country="KZ")
    council = factories.OrganisationFactory(names={"en": "Seal Council"})
    assert facet_counts("party") == {str(kazakhstan.pk): 1}

    council.names = {"en": "Walrus Council"}
    council.save()
    assert facet_counts("party") == {str(kazakhstan.pk): 1, str(council.pk): 1}

    kazakhstan.delete()
    assert facet_counts("party") == {str(council.pk): 1}


def test_saving_what_is_named_as_before_notes_no_document(tree: Tree) -> None:
    session = factories.SessionFactory()
    process = session.working_group.process
    page = plant_session(plant_process(tree, process, ["en"]), session)["en"]
    title = factories.AgendaTitleFactory(page=page)
    document = factories.OfficialDocumentFactory(process=process, session=session)
    document.agenda_items.set([title.item])
    factories.LanguageVersionFactory(document=document)
    party = factories.PartyFactory()
    IndexChange.objects.all().delete()

    for record in (process, session, session.working_group, title, party):
        record.save()
    fresh(page).save_revision().publish()
    assert not IndexChange.objects.filter(target=IndexChange.Target.VERSION).exists()


def test_the_name_of_a_body_of_many_documents_is_noted_in_the_background(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(name_signals, "MOST_AT_ONCE", 1)
    body = factories.WorkingGroupFactory(name="Tusk group")
    for number in range(3):
        document = factories.OfficialDocumentFactory(process=body.process, working_group=body)
        factories.LanguageVersionFactory(document=document, title=f"Report {number}")
    assert len(titles("tusk")) == 3

    body.name = "Whisker group"
    body.save()
    assert (len(titles("whisker")), titles("tusk")) == (3, [])
