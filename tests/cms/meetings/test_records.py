"""Venues, sessions and agenda items: what is refused, in words that say why."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone

from cms.meetings.models import AgendaItem, Session, Venue
from tests import factories
from tests.tree import plant, plant_process, plant_session

pytestmark = pytest.mark.django_db


def refused(record: Model) -> dict[str, list[str]]:
    """The messages of a record that is not valid, by field."""
    with pytest.raises(ValidationError) as caught:
        record.full_clean()
    return caught.value.message_dict


def test_a_venue_is_named_in_the_language_of_the_reader() -> None:
    venue = factories.VenueFactory(names={"en": "Vienna", "ru": "Вена"}, country="AT")
    assert (venue.name("ru"), venue.name("fr"), venue.country_name("ru")) == ("Вена", "Vienna", "Австрия")
    assert str(venue) == "Vienna"
    assert "names" in refused(Venue())


def test_a_number_and_a_code_are_given_once_in_a_body() -> None:
    session = factories.SessionFactory(number=10)
    body = session.working_group
    assert "number already" in str(refused(Session(working_group=body, number=10, code="ten")))
    assert "code already" in str(refused(Session(working_group=body, number=11, code=session.code)))
    Session(working_group=body, code="extraordinary").full_clean()
    factories.SessionFactory(working_group=body, number=None, code="a")
    factories.SessionFactory(working_group=body, number=None, code="b")


def test_a_session_does_not_end_before_it_begins_nor_is_held_before() -> None:
    session = factories.SessionFactory()
    session.starts_on, session.ends_on = date(2020, 10, 16), date(2020, 10, 12)
    assert "cannot lie before the first" in str(refused(session))
    session.starts_on = timezone.localdate() + timedelta(days=30)
    session.ends_on, session.status = None, Session.Status.HELD
    assert refused(session)["status"] == ["A session that has not begun cannot have been held."]


def test_a_session_reports_to_another_session_of_its_process() -> None:
    session = factories.SessionFactory()
    session.transmitted_to = session
    assert refused(session)["transmitted_to"] == ["A session does not report to itself."]
    session.transmitted_to = factories.SessionFactory()
    assert refused(session)["transmitted_to"] == ["That session belongs to another process."]


def test_coming_and_past_sessions() -> None:
    today = date(2020, 10, 14)
    running = factories.SessionFactory(starts_on=date(2020, 10, 12), ends_on=date(2020, 10, 16))
    undated = factories.SessionFactory()
    last_year = factories.SessionFactory(starts_on=date(2019, 10, 1), ends_on=date(2019, 10, 2), status="held")
    factories.SessionFactory(starts_on=date(2020, 11, 1), status="cancelled")
    assert list(Session.objects.coming(today)) == [running, undated]
    assert list(Session.objects.past(today)) == [last_year]
    assert running in Session.objects.past(date(2020, 10, 17))


@pytest.mark.parametrize(
    ("typed", "stored", "depth"),
    [("2", "2", 0), ("11(f)(i)", "11 (f) (i)", 2), (" 11  (f) ", "11 (f)", 1), ("3.1", "3.1", 0), ("III", "III", 0)],
)
def test_a_number_is_stored_in_one_form(typed: str, stored: str, depth: int) -> None:
    item = factories.AgendaItemFactory(number=typed)
    item.full_clean()
    assert (item.number, item.depth) == (stored, depth)


@pytest.mark.parametrize("typed", ["", "two words", "2)", "11 (f", "<b>2</b>", "2 (f) (i) (a) (b)"])
def test_a_number_that_no_agenda_prints_is_refused(typed: str) -> None:
    assert "number" in refused(factories.AgendaItemFactory.build(session=factories.SessionFactory(), number=typed))


def test_an_item_stands_under_its_parent_whatever_the_order_of_typing() -> None:
    session = factories.SessionFactory()
    above = factories.AgendaItemFactory(session=session, number="11")
    middle = factories.AgendaItemFactory(session=session, number="11(f)")
    below = factories.AgendaItemFactory(session=session, number="11 (f)(i)")
    assert (middle.parent, below.parent) == (above, middle)
    elsewhere = factories.AgendaItemFactory(number="11 (f)")
    assert elsewhere.parent is None


def test_a_number_is_given_once_in_an_agenda() -> None:
    item = factories.AgendaItemFactory(number="2 (a)")
    factories.AgendaItemFactory(number="2 (a)")
    assert "item with this number already" in str(refused(AgendaItem(session=item.session, number="2(a)")))


def test_a_title_belongs_to_an_item_of_the_pages_session() -> None:
    session = factories.SessionFactory()
    page = plant_session(plant_process(plant(), session.process), session)["en"]
    title = factories.AgendaTitleFactory(page=page)
    title.full_clean()
    title.item = factories.AgendaItemFactory()
    assert refused(title)["item"] == ["This item belongs to the agenda of another session."]
