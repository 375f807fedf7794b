"""The choices of the archive's filters, and what a document's page says of documents that cite it."""

from datetime import date
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory

from documents.archive import archive_context
from documents.models import LanguageVersion, OfficialDocument
from tests import factories
from tests.tree import Tree

State = LanguageVersion.State


def document(day: date | None, state: str = State.RELEASED, **facts: Any) -> OfficialDocument:
    """A document with one language version in a state."""
    made: OfficialDocument = factories.OfficialDocumentFactory(date=day, **facts)
    factories.LanguageVersionFactory(document=made, state=state)
    return made


def choices(request: HttpRequest, name: str) -> list[str]:
    """The values that a filter of the list offers."""
    filters = {entry.name: entry for entry in archive_context(request, "en")["filters"]}
    return [option.value for option in filters[name].options] if name in filters else []


@pytest.fixture
def request_of_the_list(rf: RequestFactory, tree: Tree) -> HttpRequest:
    return rf.get("/en/documents/")


def test_years_are_those_of_documents_that_can_be_read(request_of_the_list: HttpRequest) -> None:
    for day in (date(2019, 12, 31), date(2024, 1, 1), date(2024, 6, 1), None):
        document(day)
    document(date(2022, 5, 5), state=State.HELD)

    assert choices(request_of_the_list, "year") == ["2024", "2019"]


def test_processes_are_those_with_documents_that_can_be_read(request_of_the_list: HttpRequest) -> None:
    shown = document(date(2024, 1, 1)).process
    document(date(2024, 2, 1), process=shown)
    document(date(2024, 3, 1), state=State.HELD)
    factories.ProcessFactory()

    assert choices(request_of_the_list, "process") == [shown.code]


def test_documents_that_cite_a_document_are_told_unless_they_are_held(client: Client, tree: Tree) -> None:
    cited = document(date(2024, 1, 1), symbol="TEST/CITED")
    citing, held, other = (
        document(date(2024, 2, 1), symbol="TEST/CITING"),
        document(date(2024, 2, 2), State.HELD, symbol="TEST/HELD"),
        document(date(2024, 2, 3), symbol="TEST/OTHER"),
    )
    for source, symbol in ((citing, "TEST/CITED"), (held, "TEST/CITED"), (other, "TEST/CITING")):
        factories.CitationFactory(document=source, symbol=symbol)

    response = client.get(f"/en/documents/{cited.symbol}/")

    assert [citing.line.document.symbol for citing in response.context["cited_by"]] == ["TEST/CITING"]


def test_symbols_are_put_in_order_by_their_numbers_and_follow_a_correction(
    client: Client, request_of_the_list: HttpRequest
) -> None:
    day = date(2024, 1, 1)
    made = {symbol: document(day, symbol=symbol) for symbol in ("TEST/10", "СТОС/3", "TEST/3", None, "TEST/3/Add.1")}

    def listed(query: str) -> list[str | None]:
        rows = client.get(f"/en/documents/?{query}").context["rows"]
        return [row.line.document.symbol for row in rows]

    in_order = ["СТОС/3", "TEST/3", "TEST/3/Add.1", "TEST/10", None]
    assert listed("order=symbol") == in_order
    assert listed("order=newest") == listed("order=oldest") == in_order, "of one day"
    made["TEST/10"].symbol = "TEST/2"
    made["TEST/10"].save()
    assert listed("order=symbol") == ["СТОС/3", "TEST/2", "TEST/3", "TEST/3/Add.1", None]
