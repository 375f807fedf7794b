"""A process with one record of every kind, for tests that walk the administration of all of them."""

from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from cms.core.models import Record
from cms.processes.models import Process
from tests import factories
from tests.tree import Tree, plant_process


@dataclass
class World:
    """A process and its records by model."""

    process: Process
    records: dict[type[Record], Any] = field(default_factory=dict)

    def of(self, model: type[Record]) -> Any:
        """The record of this model."""
        return self.records[model]


def plant_world(tree: Tree, code: str, main_language: str = "en") -> World:
    """A process with its pages and one record of every kind that belongs to a process. Names carry the code."""
    process = factories.ProcessFactory(code=code, name=f"Process {code}", main_language=main_language)
    plant_process(tree, process)
    body = factories.WorkingGroupFactory(process=process, name=f"Body of {code}")
    session = factories.SessionFactory(working_group=body, code=f"session-{code}", number=None)
    document = factories.OfficialDocumentFactory(process=process, session=session, symbol=f"{code.upper()}/1")
    version = factories.LanguageVersionFactory(document=document, title=f"Title of {code}", state="held")
    made: list[Any] = [
        process,
        body,
        session,
        document,
        version,
        factories.MembershipFactory(
            process=process, party=factories.OrganisationFactory(names={"en": f"Member of {code}"})
        ),
        factories.OfficeFactory(process=process, person=f"Chair of {code}"),
        factories.AgendaItemFactory(session=session),
        factories.DocumentFileFactory(version=version),
        factories.FormerSymbolFactory(document=document, symbol=f"OLD{code.upper()}/1"),
        factories.SymbolSeriesFactory(process=process, letters=code.upper()),
    ]
    return World(process, {type(record): record for record in made})


def admin_url(record: Any, name: str, *more: Any) -> str:
    """The address of a view of one record, such as "edit"."""
    return reverse(record.snippet_viewset.get_url_name(name), args=[record.pk, *more])


def list_url(model: Any, name: str = "list") -> str:
    """The address of a view of the type, such as "list" or "add"."""
    return reverse(model.snippet_viewset.get_url_name(name))


def form_fields(client: Client, address: str) -> dict[str, Any]:
    """What a browser would post if the user saved the record or page at this address as it is, files left aside."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    form = page.find(id=["w-editor-form", "page-edit-form"])
    assert form is not None, f"no form at {address}"
    fields: dict[str, Any] = {}
    elements: Any = form.find_all(["input", "textarea", "select"])
    for element in elements:
        name, kind = element.get("name"), element.get("type")
        if not name or kind in {"file", "submit"} or element.find_parent("template"):
            continue
        if kind in {"checkbox", "radio"} and not element.has_attr("checked"):
            continue
        if element.name == "select":
            value: Any = [option["value"] for option in element.find_all("option", selected=True)]
        elif kind == "checkbox":
            value = [*fields.get(name, []), element.get("value", "on")]
        else:
            value = element.get("value", "") if element.name == "input" else element.text.strip()
        fields[name] = value
    return fields


def save_form(client: Client, address: str, **changes: Any) -> Any:
    """Posts the form at this address with these fields changed (``__`` in a name stands for a hyphen)."""
    fields = form_fields(client, address) | {name.replace("__", "-"): value for name, value in changes.items()}
    return client.post(address, fields)


def errors_of(response: Any) -> dict[str, list[str]]:
    """The messages of a form that was refused, by field; empty where it was saved."""
    if response.status_code == 302:
        return {}
    form = response.context["form"]
    found = {name: [str(error) for error in errors] for name, errors in form.errors.items()}
    for name, formset in getattr(form, "formsets", {}).items():
        if formset.is_bound and not formset.is_valid():
            found[name] = [str(formset.errors)]
    return found
