"""Names are words of the entries of the documents that bear them: when one changes, those are noted in the outbox."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Model, Q
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from wagtail.models import Page

from cms.meetings.models import AgendaItem, AgendaTitle, SessionPage
from cms.processes.models import Party, Process, ProcessPage, WorkingGroup, WorkingGroupPage
from documents.models import LanguageVersion, OfficialDocument
from search.name_tasks import note_bearers, note_party_change, versions_bearing
from search.outbox import note_pages, note_versions

# What of a record makes a name. Titles of agenda items are saved whenever their page is, mostly as they were.
NAMING_FIELDS: dict[type[Model], tuple[str, ...]] = {
    Process: ("name", "acronym"),
    WorkingGroup: ("name", "acronym"),
    AgendaTitle: ("title", "item_id"),
    Party: ("names", "acronym", "country"),
}
# Versions noted in the transaction that changes a name; more are noted in the background.
MOST_AT_ONCE = 500


def connect() -> None:
    """Connects everything; called once, when the app is ready."""
    for model in NAMING_FIELDS:
        pre_save.connect(_will_be_saved, sender=model, dispatch_uid=f"search name of {model.__name__} before")
        post_save.connect(_saved, sender=model, dispatch_uid=f"search name of {model.__name__}")
        post_delete.connect(_deleted, sender=model, dispatch_uid=f"search name of {model.__name__}")
    for page_type in (ProcessPage, WorkingGroupPage, SessionPage):
        post_delete.connect(_page_deleted, sender=page_type, dispatch_uid=f"search name on {page_type.__name__}")
    pre_delete.connect(_item_will_go, sender=AgendaItem, dispatch_uid="search agenda item")
    placed = OfficialDocument.agenda_items.through
    m2m_changed.connect(_items_changed, sender=placed, dispatch_uid="search agenda items of documents")


def note_names_on(condition: Q) -> None:
    """Notes the versions that the titles of the pages that meet a condition are names of, and of agenda items there."""
    sessions = _keys(SessionPage, "session", condition)
    _note(
        {
            "document__process__in": _keys(ProcessPage, "process", condition),
            "document__working_group__in": _keys(WorkingGroupPage, "working_group", condition),
            "document__session__in": sessions,
            "document__agenda_items__session__in": sessions,
        }
    )


def _keys(page_type: type[Page], record: str, condition: Q) -> list[int]:
    return sorted(page_type.objects.filter(condition).values_list(record, flat=True).distinct())


def _note(lookups: Mapping[str, list[int]]) -> None:
    """Notes the versions that meet any of the lookups; in the background when there are many."""
    lookups = {lookup: keys for lookup, keys in lookups.items() if keys}
    if not lookups:
        return
    found = list(versions_bearing(lookups)[: MOST_AT_ONCE + 1])
    if len(found) <= MOST_AT_ONCE:
        note_versions(found)
    else:
        note_bearers.enqueue(lookups)


def _will_be_saved(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Remembers what made the name. One query for what is stored."""
    stored: Any = sender._default_manager.filter(pk=instance.pk) if instance.pk else None
    instance._search_name_before = stored.values(*NAMING_FIELDS[sender]).first() if stored is not None else None


def _saved(sender: type[Model], instance: Any, update_fields: Collection[str] | None = None, **kwargs: Any) -> None:
    now = {name: getattr(instance, name) for name in NAMING_FIELDS[sender]}
    if instance._search_name_before != now:
        _name_changed(instance)


def _deleted(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    _name_changed(instance)


def _name_changed(instance: Any) -> None:
    if isinstance(instance, Party):
        note_party_change()
    elif isinstance(instance, AgendaTitle):
        _note({"document__agenda_items__in": [instance.item_id]})
    elif isinstance(instance, WorkingGroup):
        _note({"document__working_group__in": [instance.pk]})
    elif isinstance(instance, Process):
        _note({"document__process__in": [instance.pk]})
        bodies = WorkingGroupPage.objects.filter(working_group__process=instance.pk)
        sessions = SessionPage.objects.filter(session__working_group__process=instance.pk)
        note_pages([*bodies.values_list("pk", flat=True), *sessions.values_list("pk", flat=True)])


def _page_deleted(instance: Any, **kwargs: Any) -> None:
    lookups = {f"document__{instance.record_field}__in": [getattr(instance, f"{instance.record_field}_id")]}
    _note(lookups)


def _item_will_go(instance: AgendaItem, **kwargs: Any) -> None:
    """Noted before, while documents are still tied to it; its titles go with it."""
    _note({"document__agenda_items__in": [instance.pk]})


def _items_changed(instance: Any, action: str, reverse: bool, pk_set: Collection[int] | None, **kwargs: Any) -> None:
    """A document was put under items or taken from them, from either side."""
    if action == "pre_clear" and reverse:
        _note({"document__agenda_items__in": [instance.pk]})
    if action in {"post_add", "post_remove", "post_clear"}:
        documents = list(pk_set or ()) if reverse else [instance.pk]
        note_versions(LanguageVersion.objects.filter(document__in=documents).values_list("pk", flat=True))
