"""Documents, symbols, language versions and files: keys, uniqueness, archive numbers, plain refusals."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db.models import Model

from documents.models import DocumentFile, FormerSymbol, LanguageVersion, OfficialDocument
from tests import factories

pytestmark = pytest.mark.django_db


def refused(record: Model) -> dict[str, list[str]]:
    """The messages of a record that is not valid, by field."""
    with pytest.raises(ValidationError) as caught:
        record.full_clean()
    return caught.value.message_dict


@pytest.mark.parametrize(
    "symbol", ["S/RES/2770 (2025)", "A/48/161", "E/ICEF/672(Part I)", "КП/2003", "A/C.3/56/L.12/Rev.1"]
)
def test_a_symbol_is_kept_as_printed_and_found_by_its_key(symbol: str) -> None:
    document = factories.OfficialDocumentFactory(symbol=symbol)
    document.full_clean()
    assert document.symbol == symbol
    assert " " not in document.symbol_key


@pytest.mark.parametrize("typed", ["ctoc/cop/2020/3", "СТОС/СОР/2020/3", " CTOC/COP/2020/3*", "CTOC/COP/ 2020/3"])
def test_a_symbol_is_given_once_however_it_is_written(typed: str) -> None:
    factories.OfficialDocumentFactory(symbol="CTOC/COP/2020/3")
    twin = factories.OfficialDocumentFactory.build(process=factories.ProcessFactory(), symbol=typed)
    assert "belongs to CTOC/COP/2020/3" in refused(twin)["symbol"][0]


@pytest.mark.parametrize("symbol", ["archive/3", "Feed/1", "search/x", "/", "---"])
def test_a_symbol_that_could_be_no_address_is_refused(symbol: str) -> None:
    assert "symbol" in refused(
        factories.OfficialDocumentFactory.build(process=factories.ProcessFactory(), symbol=symbol)
    )


def test_documents_without_a_symbol_are_numbered() -> None:
    numbers = [factories.OfficialDocumentFactory(symbol=symbol).archive_number for symbol in ("", None, "  ")]
    assert numbers == [1, 2, 3]
    assert str(OfficialDocument.objects.get(archive_number=2)) == "Archive no. 2"


def test_the_body_follows_from_the_session() -> None:
    session = factories.SessionFactory()
    document = factories.OfficialDocumentFactory(process=session.process, session=session)
    assert document.working_group == session.working_group


def test_session_and_body_belong_to_the_process() -> None:
    document = factories.OfficialDocumentFactory()
    document.session = factories.SessionFactory()
    assert refused(document)["session"] == ["This session belongs to another process."]
    document.session, document.working_group = None, factories.WorkingGroupFactory()
    assert refused(document)["working_group"] == ["This body belongs to another process."]


def test_a_former_symbol_belongs_to_one_document() -> None:
    former = factories.FormerSymbolFactory(symbol="OLD/1")
    current = factories.OfficialDocumentFactory(symbol="NEW/1")
    assert "symbol" in refused(FormerSymbol(document=current, symbol="old/1"))
    taken = factories.OfficialDocumentFactory.build(process=factories.ProcessFactory(), symbol="OLD/1")
    assert f"belongs to {former.document}" in refused(taken)["symbol"][0]
    assert "symbol" in refused(FormerSymbol(document=former.document, symbol="NEW/1"))
    # A document may go back to a symbol of its own.
    former.document.symbol = "OLD/1"
    former.document.full_clean()


def test_one_version_in_each_language_and_a_title_when_it_is_released() -> None:
    version = factories.LanguageVersionFactory(title="Report")
    twin = LanguageVersion(document=version.document, language="en")
    assert "has a version in this language already" in str(refused(twin))
    version.title = " "
    assert refused(version)["title"] == ["A released version needs its title."]


def test_one_file_in_each_format() -> None:
    file = factories.DocumentFileFactory()
    twin = DocumentFile(version=file.version, format=file.format, file=ContentFile(b"x", name="x.txt"))
    assert "has a file in this format already" in str(refused(twin))


def test_a_file_lies_under_a_name_that_nobody_guesses() -> None:
    file = factories.DocumentFileFactory(file=ContentFile(b"secret text", name="secret plan.txt"))
    assert "secret" not in file.file.name
    assert file.file.storage is storages["documents"]
    assert (file.size, len(file.sha256)) == (11, 64)
    before = file.sha256
    file.save()
    assert file.sha256 == before
