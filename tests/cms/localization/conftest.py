"""A site with a translated process, and the people who work on it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import pytest
from django.contrib.auth.models import Group, Permission
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.localization.sending.translating import translate_page
from cms.localization.texts.rows import Row, load
from cms.processes.models import ProcessPage
from cms.users.models import User
from documents.models import LanguageVersion, OfficialDocument, ReportPage
from tests import factories, people
from tests.plants import Plant
from tests.tree import Tree, fresh, plant, plant_process, plant_report

BODY = [
    {"type": "heading", "id": "h1", "value": {"label": "I", "anchor": "i", "level": "2", "text": "Introduction"}},
    {
        "type": "paragraph",
        "id": "p1",
        "value": {
            "label": "1",
            "anchor": "1",
            "text": '<p>The <i>Group</i> noted<a linktype="footnote" id="fn1">1</a> document '
            '<a linktype="symbol" symbol="CTOC/COP/2020/3">CTOC/COP/2020/3</a> &amp; adjourned.</p>',
        },
    },
    {
        "type": "lettered",
        "id": "l1",
        "value": {"label": "(a)", "anchor": "1-a", "level": "1", "text": "<p>To meet.</p>"},
    },
]


@dataclass
class House:
    """The pages of one process in four languages, with a published web edition in English."""

    tree: Tree
    processes: dict[str, ProcessPage]
    document: OfficialDocument
    report: ReportPage


def plant_house() -> House:
    """The house, with records and pages."""
    tree = plant(["en", "fr", "es", "ar"])
    process = factories.ProcessFactory(code="kp", name="Kimberley Process")
    processes = plant_process(tree, process)
    document = factories.OfficialDocumentFactory(process=process, symbol="KP/2017/1")
    return House(tree, processes, document, plant_edition(processes["en"], document))


def plant_edition(parent: Page, document: OfficialDocument, title: str = "Report of the Plenary") -> ReportPage:
    """A published web edition with a heading, a paragraph with all kinds of links, a lettered item and a footnote."""
    page = plant_report(parent, document, title=title)
    page.body = BODY
    note = factories.FootnoteFactory.build(page=page, locale=page.locale, anchor="fn1", mark="1", text="<p>A note.</p>")
    page.footnotes.set([note])
    page.save()
    page.save_revision().publish()
    return ReportPage.objects.get(pk=page.pk)


house = Plant("house", plant_house).fixture


def grant(group: Group, page: Page, *codenames: str) -> None:
    """Give a group rights on a page and all below it."""
    for codename in codenames:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def staff(*rights: tuple[Page, tuple[str, ...]], extra: tuple[str, ...] = ()) -> User:
    """Somebody with access to the admin and rights on some pages."""
    group = factories.GroupFactory()
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", *extra]))
    for page, codenames in rights:
        grant(group, page, *codenames)
    user: User = factories.UserFactory.create(groups=[group])
    return user


@pytest.fixture
def editor(house: House) -> User:
    """Edits the process in all its languages."""
    return staff(*[(page, ("add_page", "change_page")) for page in house.processes.values()])


@pytest.fixture
def translator(house: House) -> User:
    """Translates into French."""
    return staff((house.tree.homes["fr"], ("add_page", "change_page")))


@pytest.fixture
def coordinator(house: House) -> User:
    """Coordinates the translation of the process."""
    return people.coordinator_of(house.document.process)


@pytest.fixture
def anne(house: House) -> User:
    """A translator into French by her role, who has a name."""
    anne = people.translator_of("fr")
    anne.first_name, anne.last_name = "Anne", "Moreau"
    anne.save()
    return anne


@pytest.fixture
def reviser(house: House) -> User:
    """Revises what is translated into French."""
    return people.reviser_of("fr")


@pytest.fixture
def publisher(house: House) -> User:
    """Publishes the process in all its languages."""
    rights = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
    return staff(*[(page, rights) for page in house.processes.values()])


@pytest.fixture
def outsider() -> User:
    """Has no page at all, but wagtail-localize's own permission."""
    return staff(extra=("submit_translation",))


@pytest.fixture
def open_translation(house: House, editor: User) -> Callable[[str], Translation]:
    """Opens the report's translation into a language and gives it."""

    def opened(code: str) -> Translation:
        locale = Locale.objects.get(language_code=code)
        (outcome,) = translate_page(house.report, [locale], editor)
        assert outcome.target is not None, outcome.refusal
        translation: Translation = Translation.objects.select_related("source", "target_locale").get(
            source__object_id=house.document.uid, target_locale=locale
        )
        return translation

    return opened


@pytest.fixture
def french(open_translation: Callable[[str], Translation]) -> Translation:
    return open_translation("fr")


def target(translation: Translation) -> ReportPage:
    """The target page as the database has it."""
    page: ReportPage = ReportPage.objects.get(
        translation_key=translation.source.object_id, locale=translation.target_locale
    )
    return page


def row_of(translation: Translation, text: str) -> Row:
    """The row whose source begins with a text."""
    return next(row for row in load(translation) if row.source.text.startswith(text))


def translate_by_machine(translation: Translation, start: str, text: str) -> Row:
    """Stores a machine's translation of the text whose source begins with ``start``, as wagtail-localize does."""
    row = row_of(translation, start)
    StringTranslation.objects.create(
        translation_of=row.segment.string,
        context=row.segment.context,
        locale=translation.target_locale,
        data=text,
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
    )
    return row


def address_of(translation: Translation, row: Row) -> str:
    """Where a text's form is posted to."""
    return reverse("localization:save_segment", args=[translation.pk, row.key])


def save(client: Client, translation: Translation, text: str, start: str, **extra: str) -> HttpResponse:
    """Posts the form of the text whose source begins with ``start``, confirming it unless ``action`` says otherwise."""
    row = row_of(translation, start)
    data = {"text": text, "version": str(row.version), "action": "confirm"} | extra
    return cast(HttpResponse, client.post(address_of(translation, row), data))


def translate_all(client: Client, translation: Translation) -> None:
    """Confirms a translation of every text: the source with a word in front."""
    for row in load(translation):
        data = {"text": f"FR {row.source.text}", "version": str(row.version), "action": "confirm"}
        assert client.post(address_of(translation, row), data).status_code == 302


def hand_in(client: Client, translation: Translation, action: str = "submit", **extra: Any) -> HttpResponse:
    """Presses "Send to review" or "Publish"."""
    address = reverse("localization:hand_in", args=[translation.pk])
    return cast(HttpResponse, client.post(address, {"action": action}, **extra))


def imported_edition(house: House, code: str) -> ReportPage:
    """A published edition of the document that came from its own file."""
    page = plant_edition(fresh(house.processes[code]), house.document, title="Rapport importé")
    LanguageVersion.objects.filter(document=house.document, language=code).update(
        origin=LanguageVersion.Origin.IMPORTED
    )
    return page


def segments(translation: Translation) -> list[str]:
    return list(
        StringSegment.objects.filter(source=translation.source).order_by("order").values_list("string__data", flat=True)
    )
