"""The demonstration: what is in it, who sees what of it, and that loading it again changes nothing."""

import hashlib
import re
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from cms.core.visibility import anonymous, viewer_for_user, visible_pages
from cms.localization.bundles.standings import standings
from cms.localization.glossary.terms import found
from cms.localization.models import ReleaseBundle, TermName, TranslationTask
from cms.localization.states import facts_of, state_of
from cms.meetings.models import Session
from cms.processes.models import Membership, Process, WorkingGroup
from cms.processes.rotation import propose_next_chair
from cms.users.models import User
from documents.addresses import document_url
from documents.batches.undoing import undo_made
from documents.models import (
    Citation,
    DocumentFile,
    DocumentRelation,
    ImportBatch,
    ImportItem,
    LanguageVersion,
    OfficialDocument,
    ReportPage,
    SymbolSeries,
)
from home.demo.accounts import PASSWORD
from home.models import NewsPage, StandardPage
from tests.plants import DEMONSTRATION

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

LANGUAGES = ["ar", "en", "es", "fr", "ru", "zh-hans"]


demo = DEMONSTRATION.fixture


def _text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def everything() -> dict[str, int]:
    """How many objects of each model there are; sessions and tasks of the machinery aside."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_it_has_what_a_secretariat_has() -> None:
    assert Process.objects.count() == 8
    assert OfficialDocument.objects.count() >= 60
    assert 6 <= NewsPage.objects.values("translation_key").distinct().count() <= 8
    assert NewsPage.objects.filter(picture=None).count() == 0
    assert StandardPage.objects.count() == 4 * 6
    lettered = SymbolSeries.objects.filter(cited_by_number=False)
    assert set(lettered.values_list("letters", flat=True)) == {"MC", "BC", "RC", "SC"}
    assert set(SymbolSeries.objects.filter(cited_by_number=True).values_list("letters", "kind")) == {
        ("CTOC/COP/RES", "resolution"),
        ("CTOC/COP/DEC", "decision"),
    }
    assert SymbolSeries.objects.get(letters="SC").printed_letters["ru"] == "СК"
    years = {day.year for day in OfficialDocument.objects.dates("date", "year")}
    assert set(range(2013, 2026)) <= years
    states = set(LanguageVersion.objects.values_list("state", flat=True))
    assert states == {"awaited", "held", "released", "withdrawn"}
    assert [len(problems) for problems in Page.find_problems()] == [0, 0, 0, 0, 0]


def test_each_record_meets_its_own_rules() -> None:
    """What the forms would refuse is not loaded past them either."""
    for model in apps.get_models():
        if model._meta.app_label in {"processes", "meetings", "documents"} and not issubclass(model, Page):
            for instance in model._default_manager.all():
                instance.full_clean(validate_unique=False)


def test_its_glossary_speaks_six_languages_and_is_found_in_its_texts() -> None:
    process = Process.objects.get(code="untoc")
    for code, _name in settings.LANGUAGES:
        assert TermName.objects.filter(language=code, use=TermName.Use.PREFERRED).count() >= 30, code
    (one,) = found("Les travaux sur la traite des personnes", "fr", "en", process)
    assert one.official == ["trafficking in persons"]


def test_the_papers_of_the_coming_meeting_are_in_the_middle_of_their_translation() -> None:
    papers = OfficialDocument.objects.filter(session__code="next", working_group__code="trafficking")
    states = {
        paper.symbol: {code: state_of(facts).value for code, facts in facts_of([paper.uid])[paper.uid].items()}
        for paper in papers
    }
    assert states == {
        "CTOC/COP/WG.4/2027/INF/1": {
            "en": "original",
            "fr": "outdated",
            "ru": "in_translation",
            "ar": "outdated",
            "es": "not_required",
            "zh-hans": "not_required",
        },
        "CTOC/COP/WG.4/2027/1": {
            "en": "original",
            "fr": "up_to_date",
            "ru": "in_review",
            "ar": "in_translation",
        },
        "CTOC/COP/WG.4/2027/2": {
            "en": "original",
            "fr": "in_translation",
            "ru": "machine",
            "ar": "not_started",
        },
    }
    released = LanguageVersion.objects.filter(document__in=papers, language="fr").visible_to(anonymous())
    assert {version.document.symbol for version in released} == {"CTOC/COP/WG.4/2027/INF/1", "CTOC/COP/WG.4/2027/1"}
    bundle = ReleaseBundle.objects.get()
    ready = [standing.is_ready for standing in standings(bundle.items.select_related("locale"))]
    assert (len(ready), set(ready)) == (5, {True, False})
    tasks = TranslationTask.objects.filter(translation_key__in=papers.values("uid"))
    assert {task.translator.username for task in tasks} == {"translator-fr", "translator-ru", "translator-ar"}
    assert all(task.due_on for task in tasks)


def test_iran_and_pakistan_are_provisional_members_of_the_almaty_process() -> None:
    provisional = Membership.objects.filter(process__code="almaty", status=Membership.Status.PROVISIONAL)
    assert set(provisional.values_list("party__country", flat=True)) == {"IR", "PK"}
    assert {str(membership.deadline) for membership in provisional} == {"2013-08-31"}
    assert all(set(membership.condition) == set(LANGUAGES) for membership in provisional)


def test_the_next_chair_of_the_almaty_process_follows_in_english_order() -> None:
    proposed = propose_next_chair(Process.objects.get(code="almaty"))
    assert proposed is not None
    assert (proposed.party.country, str(proposed.starts_on), str(proposed.ends_on)) == (
        "KG",
        "2027-01-01",
        "2028-12-31",
    )


def test_nine_meetings_report_to_the_tenth_session() -> None:
    tenth = Session.objects.get(working_group__process__code="untoc", working_group__code="cop", code="10")
    assert tenth.transmitting_sessions.count() == 9
    reports = OfficialDocument.objects.filter(session__transmitted_to=tenth, kind="report")
    assert reports.count() == 9
    assert {item.session_id for report in reports for item in report.agenda_items.all()} == {tenth.pk}


def test_three_conventions_share_a_secretariat() -> None:
    secretariat = WorkingGroup.objects.get(process__code="basel", code="secretariat")
    assert set(secretariat.also_serves.values_list("code", flat=True)) == {"rotterdam", "stockholm"}


def test_one_document_stands_in_all_languages_paragraph_beside_paragraph() -> None:
    pages = list(ReportPage.objects.filter(document__symbol="CTOC/COP/2020/3").select_related("locale"))
    assert sorted(page.locale.language_code for page in pages) == LANGUAGES
    shapes = {
        page.locale.language_code: [(block.block_type, block.id, block.value["anchor"]) for block in page.body]
        for page in pages
    }
    assert len(shapes["en"]) >= 25
    assert all(shape == shapes["en"] for shape in shapes.values())
    texts = {str(page.body[1].value["text"]) for page in pages}
    assert len(texts) == len(LANGUAGES)


@pytest.mark.parametrize("symbol", ["CTOC/COP/2020/3", "KP/2017/Plenary/Administrative Decision 1"])
def test_no_two_paragraphs_share_an_anchor(symbol: str) -> None:
    for page in ReportPage.objects.filter(document__symbol=symbol):
        anchors = [block.value["anchor"] for block in page.body]
        assert len(set(anchors)) == len(anchors)


def test_every_footnote_has_its_mark_in_the_text() -> None:
    for page in ReportPage.objects.prefetch_related("footnotes"):
        source = " ".join(getattr(block.value.get("text"), "source", "") for block in page.body)
        for note in page.footnotes.all():
            assert f'id="{note.anchor}"' in source


def test_cited_decisions_are_kept_as_printed() -> None:
    cited = Citation.objects.filter(document__versions__title__startswith="Cooperation between the secretariats")
    assert {"MC-3/11", "MC-4/9", "MC-5/19", "BC-17/22", "RC-12/9", "SC-12/23", "UNEP/MC/COP.6/INF/29"} == set(
        cited.values_list("symbol", flat=True)
    )


def test_documents_are_related_as_their_symbols_and_the_data_say() -> None:
    relations = {(one.source.symbol, one.kind, one.target.symbol) for one in DocumentRelation.objects.all()}
    assert {
        ("CTOC/COP/2020/3/Corr.1", "corrigendum", "CTOC/COP/2020/3"),
        ("CTOC/COP/2020/1/Add.1", "addendum", "CTOC/COP/2020/1"),
        ("CTOC/COP/2020/1/Rev.1", "revision", "CTOC/COP/2020/1"),
        ("CTOC/COP/2020/CRP.2", "answers", "CTOC/COP/2020/CRP.1"),
        ("CTOC/COP/2020/CRP.3", "supersedes", "CTOC/COP/2020/CRP.2"),
        ("CTOC/COP/2020/CRP.4", "annex", "CTOC/COP/2020/CRP.3"),
    } <= relations


def test_citations_stand_with_their_sentences_in_each_language() -> None:
    citing = Citation.objects.filter(document__symbol="CTOC/COP/2020/3/Corr.1", symbol="CTOC/COP/2020/3")
    assert set(citing.values_list("version__language", flat=True)) == {"en", "fr", "ru"}
    assert all(citation.printed in citation.sentence for citation in citing)


def test_a_document_has_several_formats_and_a_file_that_was_replaced() -> None:
    files = DocumentFile.objects.filter(version__document__symbol="CTOC/COP/2020/3")
    assert set(files.filter(version__language="en").values_list("format", flat=True)) == {"pdf", "docx", "txt"}
    assert set(files.filter(format="docx").values_list("version__language", flat=True)) == {"en", "fr", "ru", "ar"}
    replaced = files.get(format="pdf", version__language="fr")
    assert str(replaced.added_by) == "officer"
    earlier = replaced.replaced.get()
    assert earlier.sha256 == replaced.replaced_sha256 != replaced.sha256
    with earlier.content.open("rb") as stream:
        assert hashlib.sha256(stream.read()).hexdigest() == earlier.sha256


def test_an_import_waits_for_its_review_with_all_that_can_be_wrong(client: Client) -> None:
    client.login(username="officer", password=PASSWORD)
    first = ImportItem.objects.get(name="CTOC_COP_2020_5.en.pdf")
    assert first.picture
    content = client.get(reverse("document_import", args=[first.batch_id])).content.decode().replace("&#x27;", "'")
    for shown in (
        "New document",
        "Paragraphs of English missing in French: 3.",
        "The file's name says CTOC/COP/2020/6.",
        "There is another text with this symbol and language: CTOC/COP/2020/3 (English).",
        "New language version of CTOC/COP/2020/3/Corr.1",
        "Concluded, not printed: please check.",
        "It has no symbol: it will get an archive number.",
        "The file holds no text.",
        "Its name says PDF, but it is no such file.",
    ):
        assert shown in content, shown


def test_an_import_was_filed_as_drafts_and_can_be_undone(client: Client) -> None:
    document = OfficialDocument.objects.get(symbol="CTOC/COP/2020/4")
    assert set(document.versions.values_list("language", "state")) == {("en", "held"), ("fr", "held"), ("ar", "held")}
    pages = ReportPage.objects.filter(document=document, live=False)
    assert {tuple(block.value["anchor"] for block in page.body) for page in pages} == {
        ("h-i", "1", "2", "h-ii", "3", "4")
    }
    client.login(username="officer", password=PASSWORD)
    batch = ImportItem.objects.filter(document=document)[0].batch
    assert client.post(reverse("document_import", args=[batch.pk]), {"action": "undo"}).status_code == 302
    undo_made(ImportBatch.objects.get(pk=batch.pk))
    assert not OfficialDocument.objects.filter(symbol="CTOC/COP/2020/4").exists()
    assert ImportBatch.objects.get(pk=batch.pk).state == ImportBatch.State.UNDONE


def test_there_is_something_for_each_of_the_officers_lists(client: Client) -> None:
    client.login(username="officer", password=PASSWORD)
    cited = client.get(reverse("cited_symbols")).content.decode()
    assert "CTOC/COP/RES/7/1" in cited
    checks = client.get(reverse("correction_checks")).content.decode()
    assert "CTOC/COP/2020/3 (Español)" in checks
    document = OfficialDocument.objects.get(symbol="CTOC/COP/WG.4/2019/6")
    compared = client.get(reverse("compare_languages", args=[document.pk])).content.decode()
    assert "Paragraphs of English missing in Arabic: 5." in compared
    assert "not compared: Spanish, Chinese" in compared
    imports = client.get(reverse("document_imports")).content.decode()
    assert [imports.count(state) for state in ("To be reviewed", "Nothing left to review")] == [1, 1]


def test_an_empty_list_says_so_in_a_sentence(client: Client) -> None:
    client.login(username="officer", password=PASSWORD)
    documents = reverse("wagtailsnippets_documents_officialdocument:list")
    assert "Nothing matches what you look for." in client.get(documents, {"q": "zzzz"}).content.decode()
    almaty = Process.objects.get(code="almaty").pk
    cited = client.get(reverse("cited_symbols"), {"document__process": almaty}).content.decode()
    assert "The archive holds every symbol that is cited." in cited


def test_a_decision_cited_by_its_number_is_a_link(client: Client) -> None:
    page = ReportPage.objects.get(document__symbol="CTOC/COP/2020/3", locale__language_code="en")
    assert re.search(r'<a [^>]*href="[^"]*/CTOC/COP/RES/9/1/[^"]*"[^>]*>resolution 9/1</a>', _text(client, page.url))


def test_the_public_sees_neither_restricted_nor_unreleased_documents() -> None:
    visible = OfficialDocument.objects.visible_to(anonymous())
    assert set(visible.values_list("access", flat=True)) == {"public"}
    embargoed = LanguageVersion.objects.filter(released_at__gt=anonymous().now)
    assert embargoed.exists()
    assert not visible.filter(versions__in=embargoed).exists()
    held = LanguageVersion.objects.filter(state__in=["held", "withdrawn"])
    assert held.count() >= 3
    assert not LanguageVersion.objects.visible_to(anonymous()).filter(pk__in=held).exists()


def test_a_reader_sees_the_participants_papers_of_one_process() -> None:
    reader = viewer_for_user(User.objects.get(username="reader"))
    restricted = OfficialDocument.objects.visible_to(reader).exclude(access="public")
    assert set(restricted.values_list("process__code", "access")) == {("untoc", "participants")}


def test_every_account_can_sign_in_and_belongs_to_its_groups(demo: str) -> None:
    users = User.objects.exclude(username="admin")
    assert users.count() == 17
    for user in users:
        assert Client().login(username=user.username, password=PASSWORD), user
        assert user.groups.count() == 1, user
        assert f"  {user.username} " in demo
    assert PASSWORD in demo


def test_every_page_answers(client: Client) -> None:
    pages = Page.objects.live().filter(depth__gt=1, locale__language_code__in=["en", "ar"]).specific()
    visible = set(visible_pages(Page.objects.all(), anonymous()).values_list("pk", flat=True))
    hidden = [page for page in pages if page.pk not in visible]
    assert {page.document.access for page in hidden} == {"public", "participants"}  # an embargo, a restriction
    for page in pages:
        expected = {200} if page.pk in visible else {302, 404}
        assert client.get(page.url).status_code in expected, page.url


def test_restricted_papers_answer_whoever_may_read_them(client: Client) -> None:
    client.login(username="officer", password=PASSWORD)
    page = ReportPage.objects.get(document__access="participants", locale__language_code="en")
    assert client.get(page.url).status_code == 200
    client.login(username="reader", password=PASSWORD)  # of another process
    assert client.get(page.url).status_code in {302, 403, 404}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_document_answers_its_readers(client: Client, language: str) -> None:
    versions = LanguageVersion.objects.visible_to(anonymous()).filter(language=language)
    for version in versions.select_related("document"):
        address = document_url(version.document, language)
        response = client.get(address)
        assert response.status_code == 200, address
        assert version.title.split("“")[0][:40] in response.content.decode().replace("&#x27;", "'"), address


def test_files_can_be_read() -> None:
    for file in DocumentFile.objects.filter(format="pdf")[:20]:
        with file.file.open("rb") as stream:
            content = stream.read()
        assert content.startswith(b"%PDF-")
        assert file.size == len(content)
        # The table at the end says where each object begins, and a reader finds it there.
        places = [int(place) for place in re.findall(rb"(\d{10}) 00000 n", content)]
        assert len(places) >= 5
        assert all(content[place:].startswith(b"%d 0 obj" % number) for number, place in enumerate(places, start=1))
    texts = DocumentFile.objects.filter(format="txt", version__language="ru")
    assert texts.exists()
    for file in texts[:5]:
        with file.file.open("rb") as stream:
            assert file.version.title in stream.read().decode()


def test_a_second_run_changes_nothing() -> None:
    before = everything()
    pages = list(Page.objects.order_by("path").values_list("path", "title", "latest_revision", "last_published_at"))
    call_command("load_demo", "--on-this-site", stdout=StringIO())
    assert everything() == before
    after = list(Page.objects.order_by("path").values_list("path", "title", "latest_revision", "last_published_at"))
    assert after == pages


def test_what_an_editor_changed_stays_changed() -> None:
    Session.objects.filter(code="13", working_group__process__code="untoc").update(online=True)
    User.objects.get(username="editor").groups.clear()
    call_command("load_demo", "--on-this-site", stdout=StringIO())
    assert Session.objects.get(code="13", working_group__process__code="untoc").online
    assert not User.objects.get(username="editor").groups.exists()


def test_it_is_not_loaded_on_a_real_site_by_accident() -> None:
    with pytest.raises(CommandError, match="--on-this-site"):
        call_command("load_demo")


def test_the_accounts_can_be_asked_for_alone() -> None:
    out = StringIO()
    call_command("load_demo", "--accounts", stdout=out)
    assert "translator-zh" in out.getvalue()
    User.objects.all().delete()
    out = StringIO()
    call_command("load_demo", "--accounts", stdout=out)
    assert out.getvalue() == "There are no accounts of the demonstration on this site.\n"
