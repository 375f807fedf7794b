"""Translation tasks in a browser: assigned without JavaScript, and axe finds nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from cms.localization.models import TaskEvent, TranslationTask
from cms.users.models import User
from tests import people
from tests.chromium import OpenPage, accessibility_problems, follow
from tests.cms.localization.conftest import House
from tests.cms.localization.test_in_browser import logged_in
from tests.cms.localization.test_tasks import task_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_a_document_is_assigned_and_changed_without_javascript(
    open_page: OpenPage, live_server: object, house: House, coordinator: User
) -> None:
    translator, reviser = people.translator_of("fr"), people.reviser_of("fr")
    server = str(live_server)
    page = logged_in(open_page(java_script_enabled=False), coordinator, server)
    page.goto(server + reverse("localization:matrix"))
    page.get_by_role("checkbox", name="Choose").first.check()
    follow(page.get_by_role("button", name="Assign the chosen"))
    french = page.get_by_role("group", name="French")
    french.get_by_role("checkbox", name="French").check()
    french.get_by_label("Translator").select_option(label=translator.username)
    french.get_by_label("Reviser").select_option(label="–")  # the only one is proposed
    follow(page.get_by_role("button", name="Assign", exact=True))
    expect(page.get_by_text("1 task was made.")).to_be_visible()
    page.goto(server + reverse("localization:tasks"))
    follow(page.get_by_role("link", name="Details of task"))
    page.get_by_label("Reviser").select_option(label=reviser.username)
    follow(page.get_by_role("button", name="Save"))
    expect(page.get_by_role("cell", name="Given to somebody else")).to_be_visible()
    assert TranslationTask.objects.get().reviser == reviser


@pytest.mark.parametrize("width", [390, 1400])
def test_axe_finds_nothing(
    open_page: OpenPage, live_server: object, house: House, coordinator: User, width: int
) -> None:
    coordinator.groups.add(*people.translator_of("fr").groups.all(), *people.translator_of("es").groups.all())
    yesterday = timezone.localdate() - timedelta(days=1)
    task = task_for(
        house.document.uid, translator=coordinator, process=house.document.process, due_on=yesterday, note="A note"
    )
    TaskEvent.objects.create(task=task, action="assigned", by=coordinator, after="Somebody")
    server = str(live_server)
    page = logged_in(open_page(viewport={"width": width, "height": 900}), coordinator, server)
    query = f"?key={house.document.uid}"
    for address in (
        reverse("localization:my_work"),
        reverse("localization:tasks"),
        reverse("localization:task", args=[task.pk]),
        reverse("localization:assign_tasks") + query,
        reverse("localization:assign_tasks"),
    ):
        page.goto(server + address)
        assert accessibility_problems(page) == [], address
    page.goto(server + reverse("localization:assign_tasks") + query)
    page.get_by_role("checkbox", name="Spanish").check()
    follow(page.get_by_role("button", name="Assign", exact=True))
    expect(page.get_by_text("Choose the translator.")).to_be_visible()
    assert accessibility_problems(page) == []
    spanish = page.get_by_role("group", name="Spanish")
    spanish.get_by_label("Translator").select_option(label=coordinator.username)
    follow(page.get_by_role("button", name="Assign", exact=True))
    expect(page.get_by_text("1 task was made.")).to_be_visible()
    assert accessibility_problems(page) == []
