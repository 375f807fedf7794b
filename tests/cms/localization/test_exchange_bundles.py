"""A session's translations as one ZIP file, there and back; Word files for reading; and ZIP files that mean harm."""

import io
import warnings
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation

from cms.localization.exchange import bundle
from cms.localization.exchange.delivering import work_through
from cms.localization.foreign import FileRefusedError
from cms.localization.models import DeliveredFile, Delivery
from cms.localization.sending.translating import translate_page
from cms.meetings.models import Session
from cms.users.models import User
from documents.importing.docx.package import Package, W
from documents.models import OfficialDocument
from tests import factories
from tests.cms.localization.conftest import House, plant_edition, row_of, staff
from tests.cms.localization.test_addresses import refused
from tests.cms.localization.test_exchange import put, saved, with_target
from tests.tree import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(house: House, french: Translation) -> Session:
    """A session with the report and a second one, both open in French."""
    made: Session = factories.SessionFactory(working_group__process=house.document.process)
    OfficialDocument.objects.filter(pk=house.document.pk).update(session=made)
    open_another(house, made, "KP/2017/2")
    return made


def open_another(house: House, session: Session, symbol: str) -> Translation:
    document = factories.OfficialDocumentFactory(process=house.document.process, symbol=symbol, session=session)
    page = plant_edition(fresh(house.processes["en"]), document, title=f"Report {symbol}")
    translate_page(page, [Locale.objects.get(language_code="fr")], factories.UserFactory(is_superuser=True))
    translation: Translation = Translation.objects.get(source__object_id=document.uid)
    return translation


def page_of(session: Session) -> str:
    return reverse("localization:session_files", args=[session.pk])


def export_of(session: Session, code: str = "fr", form: str = "xlf") -> str:
    return reverse("localization:export_session", args=[session.pk, code, form])


def unpacked(answer: Any) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


def packed(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            target.writestr(name, content)
    return file.getvalue()


def bring(client: Client, session: Session, content: bytes, **data: str) -> Any:
    return client.post(page_of(session), {"upload": SimpleUploadedFile("a.zip", content), **data}, follow=True)


# There and back


@pytest.mark.parametrize("form", ["xlf", "xliff", "po"])
def test_a_session_goes_out_as_one_file_and_comes_back(
    form: str, client: Client, translator: User, session: Session, french: Translation
) -> None:
    put(french, "Report", "Rapport")
    client.force_login(translator)
    page = client.get(page_of(session)).content.decode()
    assert export_of(session, form=form) in page
    assert export_of(session, "es", form) not in page
    answer = client.get(export_of(session, form=form))
    assert answer["Content-Type"] == "application/zip"
    files = unpacked(answer)
    assert sorted(files) == [f"001-report-of-the-plenary-fr.{form}", f"002-report-kp20172-fr.{form}"]
    StringTranslation.objects.all().delete()
    report = bring(client, session, packed(files), confirm="on").content.decode()
    assert "001-report-of-the-plenary" in report
    assert "Taken as confirmed: 1" in report
    assert (row_of(french, "Report").target, row_of(french, "Report").state) == ("Rapport", "confirmed")


def test_only_ones_own_pages_go_out_and_come_back(
    client: Client, house: House, translator: User, session: Session, french: Translation
) -> None:
    other = staff((house.tree.homes["es"], ("change_page", "add_page")))
    client.force_login(other)
    assert "No translation of this session is open to you." in client.get(page_of(session)).content.decode()
    assert client.get(export_of(session)).status_code == 404
    assert client.get(export_of(session, "xx")).status_code == 404
    content = packed({"a.xlf": with_target(saved(french), "Report", "Rapport")})
    assert "It is of no translation that is open to you." in bring(client, session, content).content.decode()
    assert not StringTranslation.objects.exists()
    client.force_login(factories.UserFactory())
    assert refused(client.get(page_of(session))) or client.get(page_of(session)).status_code == 302
    client.force_login(translator)
    assert client.get(export_of(session, form="exe")).status_code == 404
    assert bring(client, session, content).status_code == 200
    assert row_of(french, "Report").target == "Rapport"


def test_many_files_are_handed_to_the_worker(
    client: Client,
    house: House,
    translator: User,
    session: Session,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    for number in range(3, 6):
        open_another(house, session, f"KP/2017/{number}")
    client.force_login(translator)
    files = {
        name: with_target(content, "Introduction", f"Introduction {name[:3]}")
        for name, content in unpacked(client.get(export_of(session))).items()
    }
    assert len(files) == 5
    with django_capture_on_commit_callbacks() as handed:
        page = bring(client, session, packed(files))
    assert "5 files" in page.content.decode().replace("\n", " ")
    assert not StringTranslation.objects.exists()
    assert len(handed) == 1
    handed[0]()
    # Taken by the worker of the tests, or by the next one.
    delivery = Delivery.objects.get()
    if delivery.is_at_work:
        work_through(delivery)
    assert set(DeliveredFile.objects.values_list("state", flat=True)) == {"taken"}
    assert StringTranslation.objects.count() == 5
    report = client.get(page.request["PATH_INFO"]).content.decode()
    assert report.count("Taken as a draft: 1") == 5
    file = DeliveredFile.objects.first()
    assert file is not None
    one = client.get(reverse("localization:delivered_file", args=[delivery.pk, file.pk])).content.decode()
    assert "Introduction" in one


def test_what_a_session_costs_grows_with_its_pages_alone(
    client: Client, house: House, translator: User, session: Session, django_assert_max_num_queries: Any
) -> None:
    client.force_login(translator)
    client.get(page_of(session))
    with django_assert_max_num_queries(20):
        client.get(page_of(session))
    with django_assert_max_num_queries(20 + 2 * 3):
        client.get(export_of(session)).getvalue()


# Hostile ZIP files


def lying(content: bytes) -> bytes:
    """A ZIP file whose table says of each file that it is small."""
    data = bytearray(packed({"a.xlf": content}))
    table = data.rfind(b"PK\x01\x02")
    data[table + 24 : table + 28] = (5).to_bytes(4, "little")
    return bytes(data)


def protected() -> bytes:
    data = bytearray(packed({"a.xlf": b"<xliff/>"}))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(sign) + place] |= 1
    return bytes(data)


def twice() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as target, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _time in range(2):
            target.writestr("a.xlf", b"<xliff/>")
    return file.getvalue()


def nameless() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as target:
        target.writestr("a.xlf", b"<xliff/>")
        target.infolist()[0].filename = ""
    return file.getvalue()


HOSTILE: dict[str, Callable[[], bytes]] = {
    "a bomb": lambda: packed({f"{n}.xlf": b" " * 19_000_000 for n in range(12)}),
    "a bomb that lies": lambda: lying(b" " * 30_000_000),
    "one file too large": lambda: packed({"a.xlf": b" " * 21_000_000}),
    "too many files": lambda: packed({f"{n}": b"" for n in range(1_001)}),
    "nested": lambda: packed({"a.zip": packed({"b.zip": packed({"c.xlf": b"<xliff/>"})})}),
    "out of the folder": lambda: packed({"../../../etc/passwd": b"<xliff/>", "C:\\x\\..\\a.po": b"", "/a/b": b"x"}),
    "with a password": protected,
    "half a file": lambda: packed({"a.xlf": b"<xliff/>" * 1000})[:-40],
    "half of its content": lambda: b"PK\x03\x04" + b"\x00" * 500,
    "empty": lambda: packed({}),
    "only what systems put into it": lambda: packed({"__MACOSX/._a.xlf": b"x", "b/.DS_Store": b"x"}),
    "a folder alone": lambda: packed({"a/": b""}),
    "names that direct the layout": lambda: packed({"\u202eflx.exe\n\t": b"<xliff/>"}),
    "the same name twice": twice,
    "a file without a name": nameless,
    "a Word file": lambda: packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_zip_file_gets_a_sentence(
    name: str, client: Client, translator: User, session: Session, tmp_path: Any
) -> None:
    client.force_login(translator)
    answer = bring(client, session, HOSTILE[name]())
    assert answer.status_code in {200, 422}
    for delivery in Delivery.objects.filter(is_at_work=True):
        work_through(delivery)
    assert not StringTranslation.objects.exists()
    files = list(DeliveredFile.objects.all())
    assert (answer.status_code == 422) is (not files)
    for file in files:
        assert file.state == "refused"
        assert file.reason.endswith(".")
        assert file.name.isprintable()


def test_the_word_file_for_reading_that_comes_back_gets_one_sentence(
    client: Client, translator: User, session: Session, french: Translation
) -> None:
    client.force_login(translator)
    word = client.get(reverse("localization:export_page", args=[french.pk, "docx"])).content
    answer = bring(client, session, word)
    assert answer.status_code == 422
    assert "This is a Word file or the like" in answer.content.decode()
    assert not Delivery.objects.exists()


def test_a_zip_file_larger_than_any_is_refused_before_it_is_opened() -> None:
    with pytest.raises(FileRefusedError, match="larger than 50"):
        list(bundle.contents("a.zip", 100 * 1024 * 1024, io.BytesIO(packed({"a": b"x"}))))
    with pytest.raises(FileRefusedError, match="larger than 20"):
        list(bundle.contents("a.xlf", 21 * 1024 * 1024, io.BytesIO(b"<xliff/>")))


# Word files


@pytest.mark.parametrize("code", ["fr", "ar"])
def test_a_word_file_shows_both_languages_side_by_side(
    code: str, client: Client, house: House, open_translation: Callable[[str], Translation]
) -> None:
    translation = open_translation(code)
    texts = {"fr": "Le ①Groupe❶ a noté② ③CTOC❸\nligne", "ar": "لاحظ ①الفريق❶② ③CTOC❸\nسطر"}
    put(translation, "The", texts[code])
    client.force_login(staff((house.tree.homes[code], ("change_page",))))
    answer = client.get(reverse("localization:export_page", args=[translation.pk, "docx"]))
    assert "report-of-the-plenary" in answer["Content-Disposition"]
    body = Package(answer.content).main
    rows = body.findall(f".//{W}tr")
    cells = [["".join(cell.itertext()) for cell in row.iterfind(f"{W}tc")] for row in rows]
    assert all(len(row) == 2 for row in cells)
    assert cells[0] == ["English", {"fr": "Français", "ar": "العربية"}[code]]
    paragraph = next(row for row in cells if "The Group noted1" in row[0])
    assert paragraph[0] == "1\u2002The Group noted1 document CTOC/COP/2020/3 & adjourned."
    assert paragraph[1].startswith({"fr": "1\u2002Le Groupe a noté1 CTOC", "ar": "1\u2002لاحظ الفريق1 CTOC"}[code])
    assert "①" not in "".join(body.itertext())
    row = rows[cells.index(paragraph)]
    target = row.findall(f"{W}tc")[1]
    assert (target.find(f".//{W}bidi") is not None) is (code == "ar")
    assert (target.find(f".//{W}rtl") is not None) is (code == "ar")
    assert (
        next(one for one in target.iter(f"{W}r") if one.find(f".//{W}vertAlign") is not None).findtext(f"{W}t") == "1"
    )
    assert target.find(f".//{W}br") is not None
    # What is not translated is empty, and says so.
    assert next(row for row in cells if row[0].endswith("Report of the Plenary"))[1] == "[Not translated]"
