"""wagtail-localize's tables are used; its writing code is not: it publishes drafts and asks no rights."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

FOLDERS = ("cms", "documents", "home", "search")
# Whatever writes in wagtail-localize: functions of its models, and its operations.
WRITERS = {
    "apply_machine_translation",
    "create_or_update_translation",
    "get_or_create_from_instance",
    "get_or_create_from_source",
    "import_po",
    "refresh_segments",
    "save_target",
    "schedule_synchronize_subtree",
    "translate_object",
    "translate_page_subtree",
    "update_from_db",
    "update_or_create_from_instance",
    "update_target_view_restrictions",
}
# TranslatableObject has a method of the same name, which makes one row and nothing else.
ALLOWED = {("cms/localization/sending/sources.py", "get_or_create_from_instance")}
# Modules of it that hold views and long work. What it has registered is read for the check that ours stand before it.
FORBIDDEN_MODULES = ("views", "operations", "synctree", "tasks", "api", "management", "components")


def sources() -> Iterator[tuple[str, ast.Module]]:
    for folder in FOLDERS:
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*.py")):
            yield str(path.relative_to(settings.BASE_DIR)), ast.parse(path.read_text())


def names(tree: ast.Module) -> set[str]:
    """All that a module names: attributes, variables, and what it imports or looks up by name."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.alias):
            found.add(node.name)
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "getattr":
            found |= {arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)}
    return found


def imported(tree: ast.Module) -> set[str]:
    """The modules that a module imports, with what it takes from them."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_no_code_names_a_stock_writer() -> None:
    called = {(path, name) for path, tree in sources() for name in names(tree) & WRITERS}
    assert called == ALLOWED


def test_no_code_imports_its_views_or_operations() -> None:
    forbidden = tuple(f"wagtail_localize.{name}" for name in FORBIDDEN_MODULES)
    found = [(path, name) for path, tree in sources() for name in imported(tree) if name.startswith(forbidden)]
    assert found == []


def test_its_tables_are_the_workplaces_own() -> None:
    found = {
        path
        for path, tree in sources()
        for name in imported(tree)
        if name.startswith("wagtail_localize.models") and not path.startswith("cms/localization/")
    }
    assert found == set()


@pytest.mark.parametrize(
    "code",
    [
        "translation.save_target(publish=False)",
        "from wagtail_localize.operations import translate_object as send",
        'getattr(translation, "import_po")(po)',
        "write = source.update_from_db",
    ],
)
def test_the_test_sees_what_it_forbids(code: str) -> None:
    assert names(ast.parse(code)) & WRITERS
