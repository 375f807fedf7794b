"""Files of documents: who gets them, under which name, and what a browser may do with them."""

from datetime import timedelta
from pathlib import Path, PurePath

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from cms.core.visibility import Access
from cms.processes.models import Process, ProcessRole
from cms.users.models import User
from documents.files import file_name, file_url
from documents.models import DocumentFile, LanguageVersion
from tests import factories
from tests.tree import plant

pytestmark = pytest.mark.django_db

State = LanguageVersion.State
Format = DocumentFile.Format


def new_file(format_: str = Format.PDF, content: bytes = b"%PDF-1.7 of a test", **facts: object) -> DocumentFile:
    """A file; facts of its document by name, facts of its version as ``version__state`` and so on."""
    version_facts = {name.removeprefix("version__"): facts.pop(name) for name in list(facts) if "__" in name}
    document = factories.OfficialDocumentFactory(**{"symbol": "CTOC/COP/2020/3", **facts})
    version = factories.LanguageVersionFactory(document=document, **version_facts)
    file: DocumentFile = factories.DocumentFileFactory(
        version=version, format=format_, file=ContentFile(content, name=f"Entwurf & co.{format_}")
    )
    return file


def reader_of(process: Process) -> User:
    """A reader of the restricted papers of a process."""
    group = factories.GroupFactory()
    factories.ProcessRoleFactory(process=process, group=group, role=ProcessRole.Role.READER)
    user: User = factories.UserFactory(groups=[group])
    return user


def test_a_released_file_is_served_as_it_is(client: Client) -> None:
    response = client.get(file_url(new_file()))
    assert response.status_code == 200
    assert response.getvalue() == b"%PDF-1.7 of a test"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == "18"


def test_it_is_saved_under_its_symbol_and_language(client: Client) -> None:
    file = new_file(version__language="zh-hans")
    assert file_url(file).endswith("/CTOC_COP_2020_3.zh.pdf")
    assert client.get(file_url(file))["Content-Disposition"] == 'inline; filename="CTOC_COP_2020_3.zh.pdf"'


@pytest.mark.parametrize(
    ("symbol", "name"),
    [
        ("S/RES/2770 (2025)", "S_RES_2770_(2025).en.pdf"),
        ("E/ICEF/672(Part I)", "E_ICEF_672(Part_I).en.pdf"),
        ("A/48/161*", "A_48_161.en.pdf"),
        ('A"; filename="x.exe', "A_filename_x.exe.en.pdf"),
        ("../../A/1", "A_1.en.pdf"),
        ("КП/2003", "2003.en.pdf"),
    ],
)
def test_names_are_plain_ascii(symbol: str, name: str) -> None:
    assert file_name(new_file(symbol=symbol)) == name


def test_names_where_no_symbol_can_be_written() -> None:
    nameless = new_file(symbol=None)
    assert file_name(nameless) == f"archive_{nameless.version.document.archive_number}.en.pdf"
    cyrillic = new_file(symbol="ЖДЩ")
    assert file_name(cyrillic) == f"document_{cyrillic.version.document.pk}.en.pdf"


def test_only_pdf_opens_in_the_browser(client: Client) -> None:
    for format_, content_type in {
        Format.TXT: "text/plain; charset=utf-8",
        Format.DOC: "application/msword",
        Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }.items():
        response = client.get(file_url(new_file(format_, symbol=f"T/{format_}")))
        assert response["Content-Type"] == content_type
        assert response["Content-Disposition"].startswith("attachment")


def test_nothing_in_a_file_may_run_and_nobody_may_keep_it(client: Client) -> None:
    response = client.get(file_url(new_file(Format.TXT, b"<script>alert(1)</script>")))
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-cache"


def test_a_file_lies_under_a_name_that_nobody_can_guess_and_not_among_public_media() -> None:
    file = new_file()
    name = file.file.name or ""
    stored = PurePath(name)
    assert len(stored.stem) == 32
    assert "Entwurf" not in name
    assert not Path(file.file.path).is_relative_to(settings.MEDIA_ROOT)


def test_another_name_in_the_address_changes_nothing(client: Client) -> None:
    file = new_file()
    response = client.get(file_url(file).rsplit("/", 1)[0] + "/invoice.exe")
    assert response["Content-Disposition"] == 'inline; filename="CTOC_COP_2020_3.en.pdf"'


@pytest.mark.parametrize(
    "facts",
    [
        {"version__state": State.HELD},
        {"version__state": State.AWAITED},
        {"version__state": State.WITHDRAWN},
        {"version__released_at": timezone.now() + timedelta(hours=1)},
        {"version__state": State.HELD, "access": Access.PARTICIPANTS},
    ],
    ids=["held", "awaited", "withdrawn", "embargoed", "held and restricted"],
)
def test_a_file_that_is_not_out_is_not_found(client: Client, facts: dict[str, object]) -> None:
    file = new_file(**facts)
    assert client.get(file_url(file)).status_code == 404
    client.force_login(factories.UserFactory())
    assert client.get(file_url(file)).status_code == 404


def test_a_file_of_another_language_is_judged_by_its_own_version(client: Client) -> None:
    released = new_file()
    held = factories.LanguageVersionFactory(document=released.version.document, language="ru", state=State.HELD)
    russian = factories.DocumentFileFactory(version=held)
    assert client.get(file_url(released)).status_code == 200
    assert client.get(file_url(russian)).status_code == 404


def test_a_restricted_file_asks_for_log_in_and_opens_for_participants(client: Client) -> None:
    plant()
    file = new_file(access=Access.PARTICIPANTS)
    response = client.get(file_url(file), headers={"Accept-Language": "ru"})
    assert response.status_code == 302
    assert response["Location"] == f"/ru/_util/login/?next={file_url(file)}"

    client.force_login(factories.UserFactory())
    assert client.get(file_url(file)).status_code == 404
    client.force_login(reader_of(file.version.document.process))
    assert client.get(file_url(file)).status_code == 200


def test_readers_of_one_process_do_not_read_those_of_another(client: Client) -> None:
    file = new_file(access=Access.PARTICIPANTS)
    client.force_login(reader_of(factories.ProcessFactory()))
    assert client.get(file_url(file)).status_code == 404


def test_an_administrator_sees_a_held_file(admin_client: Client) -> None:
    assert admin_client.get(file_url(new_file(version__state=State.HELD))).status_code == 200


def test_a_file_lost_from_storage_is_not_found_and_is_reported(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    file = new_file()
    file.file.storage.delete(file.file.name)
    assert client.get(file_url(file)).status_code == 404
    assert "is not in storage" in caplog.text


def test_unknown_and_malformed_addresses_are_not_found(client: Client) -> None:
    for address in ("/files/00000000-0000-0000-0000-000000000000/x.pdf", "/files/1/x.pdf", "/files/../../etc/passwd"):
        assert client.get(address, follow=True).status_code == 404
