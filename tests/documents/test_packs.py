"""Packs: what visitors choose is what they get, under safe names, and nothing that they may not see."""

import hashlib
import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.core.visibility import Access
from cms.meetings.models import Session, SessionPage
from documents.models import DocumentFile, DocumentPack, LanguageVersion
from documents.packs import making, views
from documents.packs.contents import names_in_pack
from tests import factories, people
from tests.tree import Tree, plant_process, plant_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(tree: Tree) -> Session:
    """A session with its pages in three languages, and two items on its agenda."""
    process = factories.ProcessFactory(code="untoc", name="Convention")
    body = factories.WorkingGroupFactory(process=process, code="cop")
    session: Session = factories.SessionFactory(working_group=body, code="10")
    plant_session(plant_process(tree, process), session)
    factories.AgendaItemFactory(session=session, number="2 (a)")
    return session


def new_document(
    session: Session, symbol: str, languages: str = "en ru", formats: str = "pdf txt", **facts: Any
) -> Any:
    """A document of the session with released files."""
    document = factories.OfficialDocumentFactory(
        symbol=symbol, session=session, process=session.working_group.process, **facts
    )
    for language in languages.split():
        version = factories.LanguageVersionFactory(
            document=document, language=language, title=f"{symbol} in {language}"
        )
        for format_ in formats.split():
            content = f"%PDF- {symbol} {language} {format_}".encode()
            factories.DocumentFileFactory(
                version=version, format=format_, file=ContentFile(content, name=f"x.{format_}")
            )
    return document


def address(session: Session, language: str = "en") -> str:
    return f"/{language}/packs/session/{session.uid}/"


def everything(client: Client, session: Session, query: str = "", **changes: Any) -> Any:
    """What a browser gets when the form is sent as it stands, all languages marked, with these fields changed."""
    form = BeautifulSoup(client.get(address(session) + query).content, "html.parser")
    fields: dict[str, Any] = {}
    for box in form.select("form[method=post] input[type=checkbox]"):
        fields.setdefault(str(box["name"]), []).append(box["value"])
    return client.post(address(session) + query, fields | changes)


def unpacked(response: Any) -> zipfile.ZipFile:
    assert response["Content-Type"] == "application/zip"
    pack = zipfile.ZipFile(io.BytesIO(response.getvalue()))
    assert pack.testzip() is None
    return pack


def test_a_small_pack_is_had_at_once_with_index_and_sums(client: Client, session: Session) -> None:
    new_document(session, "CTOC/COP/2020/10")
    new_document(session, "CTOC/COP/2020/2", languages="ru")
    pack = unpacked(everything(client, session))
    folder = "untoc-cop-10"
    assert pack.namelist() == [
        f"{folder}/en/CTOC_COP_2020_10.en.pdf",
        f"{folder}/en/CTOC_COP_2020_10.en.txt",
        f"{folder}/ru/CTOC_COP_2020_10.ru.pdf",
        f"{folder}/ru/CTOC_COP_2020_10.ru.txt",
        f"{folder}/ru/CTOC_COP_2020_2.ru.pdf",
        f"{folder}/ru/CTOC_COP_2020_2.ru.txt",
        f"{folder}/index.html",
        f"{folder}/SHA256SUMS",
    ]
    assert pack.read(f"{folder}/ru/CTOC_COP_2020_2.ru.pdf") == b"%PDF- CTOC/COP/2020/2 ru pdf"
    sums = dict(line.split("  ")[::-1] for line in pack.read(f"{folder}/SHA256SUMS").decode().splitlines())
    assert len(sums) == 7
    for name, digest in sums.items():
        assert hashlib.sha256(pack.read(f"{folder}/{name}")).hexdigest() == digest
    index = BeautifulSoup(pack.read(f"{folder}/index.html"), "html.parser")
    assert [link["href"] for link in index.select("td a")] == [
        *(f"ru/CTOC_COP_2020_2.ru.{ending}" for ending in ("pdf", "txt")),
        *(f"{code}/CTOC_COP_2020_10.{code}.{ending}" for code in ("en", "ru") for ending in ("pdf", "txt")),
    ]
    assert index.find(["script", "link", "img"]) is None


def test_the_index_is_in_the_language_of_the_asker(client: Client, session: Session) -> None:
    document = new_document(session, "A/1", languages="en")
    LanguageVersion.objects.update(title="<b>Bold</b> & more")
    fields = {"documents": document.pk, "languages": "en", "formats": "txt"}
    pack = unpacked(client.post(address(session, "ar"), fields))
    page = pack.read("untoc-cop-10/index.html").decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; more" in page


def test_only_what_is_chosen_is_in_it(client: Client, session: Session) -> None:
    chosen = new_document(session, "A/1")
    new_document(session, "A/2")
    fields = {"documents": chosen.pk, "languages": "ru", "formats": "pdf"}
    pack = unpacked(client.post(address(session), fields))
    assert [name for name in pack.namelist() if name.count("/") == 2] == ["untoc-cop-10/ru/A_1.ru.pdf"]


def test_an_item_or_a_day_narrows_what_is_offered(client: Client, session: Session) -> None:
    old, new = new_document(session, "A/1"), new_document(session, "A/2")
    old.agenda_items.add(session.agenda_items.get())
    LanguageVersion.objects.filter(document=new).update(released_at=timezone.now())
    DocumentFile.objects.update(added_at=None)
    today = timezone.localdate().isoformat()
    for query, there, gone in (("?item=item-2-a", "A/1", "A/2"), (f"?since={today}", "A/2", "A/1")):
        page = client.get(address(session) + query).content.decode()
        assert f"{there} in en" in page
        assert f"{gone} in en" not in page
    page = client.get(address(session) + "?since=yesterday").content.decode()
    assert "This is no date" in page
    assert "A/1 in en" in page


@pytest.mark.parametrize(
    "query",
    [
        "?item=item-99&since=",
        "?since=2026-02-31",
        "?since=0001-01-01",
        "?since=9999-12-31",
        "?since=9999999999-01-01",
        "?since=%00",
    ],
)
def test_hostile_addresses_are_answered(client: Client, session: Session, query: str) -> None:
    new_document(session, "A/1")
    assert client.get(address(session) + query).status_code == 200


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"documents": []}, "Choose at least one document."),
        ({"languages": ["xx", "' OR 1=1"]}, "Choose at least one language."),
        ({"formats": ["exe"]}, "Choose at least one format."),
        ({"languages": ["fr"]}, "Choose at least one language."),
    ],
    ids=["no document", "no such language", "no such format", "language without files"],
)
def test_what_is_missing_is_said_and_the_rest_stays(
    client: Client, session: Session, changes: dict[str, Any], said: str
) -> None:
    document = new_document(session, "A/1")
    response = everything(client, session, **changes)
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    assert said in page.get_text()
    if "documents" not in changes:
        box: Any = page.find("input", {"name": "documents", "value": str(document.pk)})
        assert box.has_attr("checked")


def test_nothing_is_in_it_that_the_asker_may_not_see(client: Client, session: Session) -> None:
    new_document(session, "A/1")
    secret = new_document(session, "SECRET/1", access=Access.PARTICIPANTS)
    held = new_document(session, "HELD/1")
    held.versions.filter(language="ru").update(state=LanguageVersion.State.HELD)
    embargoed = new_document(session, "EMBARGOED/1")
    embargoed.versions.update(released_at=timezone.now() + timedelta(hours=1))
    asked = {"documents": [secret.pk, held.pk, embargoed.pk], "languages": ["en", "ru"], "formats": ["pdf", "txt"]}
    names = unpacked(client.post(address(session), asked)).namelist()
    assert [name for name in names if name.count("/") == 2] == [
        "untoc-cop-10/en/HELD_1.en.pdf",
        "untoc-cop-10/en/HELD_1.en.txt",
    ]
    client.force_login(people.reader_of(session.working_group.process))
    assert "untoc-cop-10/ru/SECRET_1.ru.pdf" in unpacked(client.post(address(session), asked)).namelist()


def test_names_are_safe_and_no_two_are_alike(session: Session) -> None:
    symbols = ["A/48/161", "A/48:161", "a/48;161", "CON", "-rf", "../../etc", "КП/2003"]
    files = []
    for symbol in symbols:
        version = factories.LanguageVersionFactory(document=factories.OfficialDocumentFactory(symbol=symbol))
        files.append(factories.DocumentFileFactory(version=version))
    assert list(names_in_pack(files).values()) == [
        "en/A_48_161.en.txt",
        "en/A_48_161.en-2.txt",
        "en/a_48_161.en-3.txt",
        "en/_CON.en.txt",
        "en/rf.en.txt",
        "en/etc.en.txt",
        "en/2003.en.txt",
    ]


def test_a_file_lost_from_storage_spoils_no_pack(
    client: Client, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    new_document(session, "A/1", languages="en")
    lost = DocumentFile.objects.get(format="pdf")
    lost.file.storage.delete(lost.file.name)
    names = unpacked(everything(client, session)).namelist()
    assert [name for name in names if name.count("/") == 2] == ["untoc-cop-10/en/A_1.en.txt"]
    assert "is not in storage" in caplog.text


@pytest.fixture
def in_background(monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any) -> Any:
    """Every pack counts as a large one, and the worker works at once."""
    monkeypatch.setattr(views, "MOST_AT_ONCE", 0)
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_a_large_pack_is_made_in_the_background(client: Client, session: Session, in_background: Any) -> None:
    new_document(session, "A/1")
    response = everything(client, session)
    page = client.get(response["Location"])
    assert "0 of 4 files" in page.content.decode()
    pack = DocumentPack.objects.get()
    assert client.get(f"/packs/{pack.uid}.zip").status_code == 404
    making.make_pack.call(pack.pk)
    assert "4 files are ready" in client.get(response["Location"]).content.decode()
    fetched = client.get(f"/packs/{pack.uid}.zip")
    assert fetched["Content-Disposition"] == 'attachment; filename="untoc-cop-10.zip"'
    assert len(unpacked(fetched).namelist()) == 6
    part = client.get(f"/packs/{pack.uid}.zip", headers={"Range": "bytes=0-1"})
    assert (part.status_code, part.getvalue()) == (206, b"PK")
    # Asked for again, by anybody: the same.
    assert everything(client, session)["Location"] == response["Location"]
    client.force_login(factories.UserFactory())
    assert everything(client, session)["Location"] == response["Location"]


def test_a_pack_with_restricted_papers_is_its_askers_alone(
    client: Client, session: Session, in_background: Any
) -> None:
    new_document(session, "SECRET/1", access=Access.PARTICIPANTS)
    asker = people.reader_of(session.working_group.process)
    client.force_login(asker)
    with in_background():
        place = everything(client, session)["Location"]
    pack = DocumentPack.objects.get()
    assert client.get(f"/packs/{pack.uid}.zip").status_code == 200
    for other in (people.reader_of(session.working_group.process), factories.UserFactory(is_superuser=True), None):
        client.logout()
        if other is not None:
            client.force_login(other)
        assert client.get(place).status_code == 404
        assert client.get(f"/packs/{pack.uid}.zip").status_code == 404
    client.force_login(asker)
    asker.groups.clear()
    assert client.get(f"/packs/{pack.uid}.zip").status_code == 404


def test_what_is_withdrawn_or_replaced_later_is_not_handed_out(
    client: Client, session: Session, in_background: Any
) -> None:
    document = new_document(session, "A/1")
    with in_background():
        place = everything(client, session)["Location"]
    file = f"/packs/{DocumentPack.objects.get().uid}.zip"
    assert client.get(file).status_code == 200
    document.versions.filter(language="ru").update(state=LanguageVersion.State.WITHDRAWN)
    assert client.get(file).status_code == 404
    assert "no longer open to you" in client.get(place).content.decode()
    document.versions.update(state=LanguageVersion.State.RELEASED)
    assert client.get(file).status_code == 200
    replaced = DocumentFile.objects.filter(format="txt")[0]
    replaced.file = ContentFile(b"corrected", name="x.txt")
    replaced.save()
    assert client.get(file).status_code == 404


def test_what_is_withdrawn_before_it_is_made_is_not_in_it(client: Client, session: Session, in_background: Any) -> None:
    document = new_document(session, "A/1")
    everything(client, session)
    document.versions.filter(language="ru").update(state=LanguageVersion.State.WITHDRAWN)
    pack = DocumentPack.objects.get()
    making.make_pack.call(pack.pk)
    names = unpacked(client.get(f"/packs/{pack.uid}.zip")).namelist()
    assert [name for name in names if name.count("/") == 2] == [
        "untoc-cop-10/en/A_1.en.pdf",
        "untoc-cop-10/en/A_1.en.txt",
    ]


def test_the_anonymous_cannot_fill_the_disk(
    client: Client, session: Session, in_background: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "MOST_PUBLIC_AN_HOUR", 1)
    new_document(session, "A/1")
    assert everything(client, session).status_code == 302
    refused = everything(client, session, languages=["en"])
    assert refused.status_code == 429
    assert "Too many large packs" in refused.content.decode()
    assert everything(client, session).status_code == 302
    client.force_login(factories.UserFactory())
    assert everything(client, session, languages=["en"]).status_code == 302


def test_links_end_after_some_days_and_the_files_go(client: Client, session: Session, in_background: Any) -> None:
    new_document(session, "A/1")
    with in_background():
        place = everything(client, session)["Location"]
    pack = DocumentPack.objects.get()
    DocumentPack.objects.update(expires_at=timezone.now())
    assert client.get(place).status_code == 404
    with in_background():
        assert making.remove_old_packs() == 1
    assert not pack.content.storage.exists(str(pack.content.name))


def test_the_form_asks_the_same_few_queries_for_many_documents(client: Client, session: Session) -> None:
    new_document(session, "A/1", formats="txt")
    counts = []
    for more in (9, 40):
        for _number in range(more):
            new_document(session, f"B/{DocumentFile.objects.count()}", formats="txt")
        client.get(address(session))
        with CaptureQueriesContext(connection) as captured:
            client.get(address(session))
        posted = {"documents": [], "languages": ["en"], "formats": ["txt"]}
        with CaptureQueriesContext(connection) as sent:
            everything(client, session, **posted)
        counts.append((len(captured), len(sent)))
    assert counts[0] == counts[1]
    assert counts[0][0] <= 20


def test_the_page_of_a_session_leads_to_its_packs(client: Client, session: Session) -> None:
    document = new_document(session, "A/1")
    document.agenda_items.add(session.agenda_items.get())
    page = SessionPage.objects.get(session=session, locale__language_code="en")
    html = client.get(page.url).content.decode()
    assert f'href="{address(session)}"' in html
    assert f'href="{address(session)}?item=item-2-a"' in html
