"""The roles: made by migration, given their rights when pages appear, and no more than their rights."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import GroupPagePermission, Page
from wagtail.permissions import policy_registry

from cms.processes.models import Process, ProcessRole
from cms.processes.roles import grant_process_page
from cms.users.roles import revisers_name, translators_name
from documents.models import OfficialDocument
from tests import factories, people
from tests.tree import Tree, fresh, plant_process

pytestmark = pytest.mark.django_db


def may_change(user: Any, record: Any) -> bool:
    policy = policy_registry.get(record)
    return bool(policy.user_has_permission_for_instance(user, "change", record))


def test_the_groups_are_there() -> None:
    names = set(Group.objects.values_list("name", flat=True))
    expected = {"Administrators", "Archive officers", "Readers of restricted papers"}
    for name in (translators_name, revisers_name):
        expected |= {name(code) for code, _name in settings.LANGUAGES}
    assert names == expected


def test_wagtails_own_groups_hold_nothing_and_nobody_submits_everything() -> None:
    assert not GroupPagePermission.objects.filter(group__name__in=["Editors", "Moderators"]).exists()
    assert not Permission.objects.get(codename="submit_translation").group_set.exists()


def test_permissions_named_by_the_migration_are_those_of_models() -> None:
    """A model renamed or an app moved would leave rights to nothing."""
    for group in Group.objects.all():
        for permission in group.permissions.select_related("content_type"):
            label, model = permission.content_type.app_label, permission.content_type.model
            if permission.codename != "access_admin":
                apps.get_model(label, model)


def test_a_process_gets_its_groups_with_its_first_page(tree: Tree) -> None:
    process = factories.ProcessFactory(code="alpha")
    assert not process.roles.exists()
    plant_process(tree, process)
    assert {role.group.name for role in process.roles.all()} == {
        "Editors: alpha",
        "Publishers: alpha",
        "Coordinators: alpha",
        "Readers of restricted papers: alpha",
    }
    rights = GroupPagePermission.objects.filter(group__process_role__process=process)
    assert rights.filter(group__name="Editors: alpha").count() == 3 * 2
    assert rights.filter(group__name="Publishers: alpha").count() == 3 * 5
    assert rights.filter(group__name="Coordinators: alpha").count() == 3 * 2
    assert not rights.filter(group__process_role__role=ProcessRole.Role.READER).exists()


def test_giving_rights_again_changes_nothing(tree: Tree) -> None:
    process = factories.ProcessFactory()
    page = plant_process(tree, process)["en"]
    before = GroupPagePermission.objects.count()
    grant_process_page(page, process)
    assert GroupPagePermission.objects.count() == before
    assert process.roles.count() == 4


def test_an_older_site_gets_the_groups_that_came_later(tree: Tree) -> None:
    """The migrations give them what a new site's have, where pages and processes are there already."""
    process = factories.ProcessFactory(code="alpha")
    plant_process(tree, process)
    later = Group.objects.filter(Q(name__startswith="Revisers: ") | Q(name__startswith="Coordinators: "))

    def rights() -> list[Any]:
        pages = later.values_list("name", "page_permissions__page", "page_permissions__permission__codename")
        files = later.values_list("name", "collection_permissions__permission__codename", "permissions__codename")
        roles = process.roles.values_list("role", "group__name")
        return [sorted(found, key=str) for found in (pages, files, roles)]

    before = rights()
    later.delete()
    for module, function in (
        ("cms.users.migrations.0005_revisers", "create_revisers"),
        ("cms.processes.migrations.0004_coordinators", "create_coordinators"),
    ):
        getattr(import_module(module), function)(apps, None)
    assert rights() == before


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_translator_edits_the_pages_of_one_language_and_no_facts(tree: Tree, language: str) -> None:
    """Also where that language is the process's main language: a right over a language is a right over words."""
    process = factories.ProcessFactory(main_language=language)
    pages = plant_process(tree, process)
    translator = people.translator_of(language)
    assert [code for code in pages if fresh(pages[code]).permissions_for_user(translator).can_edit()] == [language]
    assert not fresh(pages[language]).permissions_for_user(translator).can_publish()
    assert not may_change(translator, process)
    assert not may_change(translator, factories.OfficialDocumentFactory(process=process))


def test_a_reviser_changes_the_pages_of_one_language_and_adds_none(tree: Tree) -> None:
    process = factories.ProcessFactory()
    pages = plant_process(tree, process)
    reviser = people.reviser_of("fr")
    rights = {code: fresh(pages[code]).permissions_for_user(reviser) for code in pages}
    assert [code for code in pages if rights[code].can_edit()] == ["fr"]
    assert not rights["fr"].can_publish()
    assert not rights["fr"].can_add_subpage()
    assert not may_change(reviser, process)


def test_a_coordinator_writes_and_publishes_nothing(tree: Tree) -> None:
    process = factories.ProcessFactory()
    pages = plant_process(tree, process)
    coordinator = people.coordinator_of(process)
    for page in pages.values():
        rights = fresh(page).permissions_for_user(coordinator)
        assert rights.can_lock()
        assert not rights.can_edit()
        assert not rights.can_publish()
        assert not rights.can_add_subpage()
    assert not may_change(coordinator, process)


def test_an_editor_works_on_one_process_in_all_its_languages(tree: Tree) -> None:
    mine, other = factories.ProcessFactory(), factories.ProcessFactory()
    pages, others = plant_process(tree, mine), plant_process(tree, other)
    editor = people.editor_of(mine)
    assert all(fresh(page).permissions_for_user(editor).can_edit() for page in pages.values())
    assert not any(fresh(page).permissions_for_user(editor).can_edit() for page in others.values())
    assert may_change(editor, mine)
    assert not may_change(editor, other)


def test_records_follow_the_page_in_the_main_language_only(tree: Tree) -> None:
    """Whoever may change the French page of an English process writes French, and no facts."""
    process = factories.ProcessFactory(main_language="en")
    pages = plant_process(tree, process)
    group = factories.GroupFactory()
    change = Permission.objects.get(codename="change_page")
    GroupPagePermission.objects.create(group=group, page=pages["fr"], permission=change)
    assert not may_change(factories.UserFactory(groups=[group]), process)
    GroupPagePermission.objects.create(group=group, page=pages["en"], permission=change)
    assert may_change(factories.UserFactory(groups=[group]), process)


def test_a_process_without_a_page_in_its_main_language_belongs_to_officers(tree: Tree) -> None:
    process = factories.ProcessFactory(main_language="ru", languages=["en", "ru"])
    plant_process(tree, process, ["en"])
    assert not may_change(people.editor_of(process), process)
    assert may_change(people.archive_officer(), process)
    assert may_change(people.administrator(), process)


def test_a_right_over_all_languages_or_all_processes_counts(tree: Tree) -> None:
    process = factories.ProcessFactory()
    plant_process(tree, process)
    change = Permission.objects.get(codename="change_page")
    for page in (Page.objects.get(depth=1), tree.processes["en"]):
        group = factories.GroupFactory()
        GroupPagePermission.objects.create(group=group, page=page, permission=change)
        assert may_change(factories.UserFactory(groups=[group]), process)


def test_an_alias_of_a_process_page_gives_no_rights(tree: Tree) -> None:
    process = factories.ProcessFactory(main_language="fr")
    page = plant_process(tree, process, ["en"])["en"]
    page.copy_for_translation(factories.LocaleFactory(language_code="fr"), copy_parents=True, alias=True)
    assert not may_change(people.editor_of(process), process)


def test_a_reader_does_not_enter_the_administration(tree: Tree) -> None:
    process = factories.ProcessFactory()
    plant_process(tree, process)
    for reader in (people.reader_of(process), people.reader_of_all()):
        assert not reader.has_perm("wagtailadmin.access_admin")
        assert not may_change(reader, process)


def test_an_inactive_user_has_no_rights(tree: Tree) -> None:
    process = factories.ProcessFactory()
    plant_process(tree, process)
    user = people.editor_of(process)
    user.is_active = False
    assert not may_change(user, process)


def test_rights_of_a_request_take_two_queries(tree: Tree, django_assert_num_queries: Any) -> None:
    process = factories.ProcessFactory()
    plant_process(tree, process)
    editor = people.editor_of(process)
    documents = [factories.OfficialDocumentFactory(process=process) for _number in range(3)]
    policy = policy_registry.get_by_type(OfficialDocument)
    with django_assert_num_queries(2 + 2):  # the rights, and the two that has_perm asks for permissions of the model
        assert policy.user_has_permission(editor, "change")
        assert policy.user_has_permission(editor, "delete")
    with django_assert_num_queries(1):
        assert policy.user_has_permission_for_instance(editor, "change", documents[0])
    with django_assert_num_queries(1):
        assert policy.instances_user_has_any_permission_for(editor, ["change"]).count() == 3


def test_users_with_a_right_are_found(tree: Tree) -> None:
    process = factories.ProcessFactory()
    plant_process(tree, process)
    editor, officer, translator = people.editor_of(process), people.archive_officer(), people.translator_of("en")
    found = set(policy_registry.get_by_type(Process).users_with_any_permission(["change"]))
    assert {editor, officer} <= found
    assert translator not in found
