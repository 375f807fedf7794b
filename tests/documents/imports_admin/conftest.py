"""A session whose documents are imported, and the officer who does it."""

import datetime

import pytest
from django.test import Client

from cms.meetings.models import Session
from tests import factories, people
from tests.tree import Tree, plant_body, plant_process, plant_session


@pytest.fixture
def session(tree: Tree) -> Session:
    """The conference's twelfth session, with pages in English and Russian and two items on its agenda."""
    process = factories.ProcessFactory(code="untoc", symbol_heads=["CTOC/COP"])
    body = factories.WorkingGroupFactory(process=process, code="cop", symbol_head="CTOC/COP")
    session = factories.SessionFactory(
        working_group=body,
        number=12,
        code="12",
        starts_on=datetime.date(2032, 3, 8),
        ends_on=datetime.date(2032, 3, 12),
    )
    for number in ("3", "4", "4 (b)"):
        factories.AgendaItemFactory(session=session, number=number)
    plant_session(plant_body(plant_process(tree, process), body), session)
    return session


@pytest.fixture
def officer(client: Client, session: Session) -> Client:
    client.force_login(people.editor_of(session.process))
    return client
