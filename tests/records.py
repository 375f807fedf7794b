"""A process with one record of every kind, for tests that walk the administration of all of them."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, reverse

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
    made = [
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


def snippet_patterns(model: Any) -> list[URLPattern]:
    """Every address pattern of the model's viewset and of its choosers."""
    return list(model.snippet_viewset.get_urlpatterns())


def admin_url(record: Any, name: str, *more: Any) -> str:
    """The address of a view of one record, such as "edit"."""
    return reverse(record.snippet_viewset.get_url_name(name), args=[record.pk, *more])


def list_url(model: Any, name: str = "list") -> str:
    """The address of a view of the type, such as "list" or "add"."""
    return reverse(model.snippet_viewset.get_url_name(name))
