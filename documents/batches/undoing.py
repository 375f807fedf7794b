"""Undoing an import: what it made goes, unless somebody has changed or released it since."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, Q, RestrictedError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext, log
from wagtail.permissions import policy_registry

from documents.batches.marks import mark_of, relations_of
from documents.models import DocumentFile, ImportBatch, ImportItem, LanguageVersion, OfficialDocument, ReportPage

State = ImportItem.State


class KeptError(Exception):
    """Something stays; the message says why, in one sentence."""


def undo_made(batch: ImportBatch) -> int:
    """Undoes what the batch made, the last first, and notes of each file that stays why. Gives how many went."""
    done = 0
    made = batch.items.filter(state__in=ImportItem.MADE)
    for pk in list(made.order_by("-pk").values_list("pk", flat=True)):
        done += undo_item(made.get(pk=pk), batch.worked_for)
        batch.advance()
    left = batch.items.filter(state__in=[*ImportItem.MADE, *ImportItem.OPEN]).exists()
    after = batch.State.REVIEW if left else batch.State.UNDONE
    ImportBatch.objects.filter(pk=batch.pk, state=batch.State.UNDOING).update(state=after)
    return done


def undo_item(item: ImportItem, user: Any) -> bool:
    """Undoes one file: page, file, version and document, as far as the import made them. All or nothing."""
    try:
        with transaction.atomic():
            if ImportItem.objects.select_for_update().get(pk=item.pk).state not in ImportItem.MADE:
                return False  # another worker was quicker
            kept = _undo(item, user)
            ImportItem.objects.filter(pk=item.pk).update(state=State.UNDONE, reason=kept)
    except KeptError as error:
        ImportItem.objects.filter(pk=item.pk).update(reason=str(error))
        return False
    except (ProtectedError, RestrictedError):
        reason = _("Left: other records refer to it.")
        ImportItem.objects.filter(pk=item.pk).update(reason=reason)
        return False
    return True


def _undo(item: ImportItem, user: Any) -> str:
    """Deletes what is to go. Raises KeptError. Gives what stays although the file goes, in words; empty for nothing."""
    made, version, document = item.made, item.version, item.document
    if version is None or document is None:
        return _("It had been deleted already.")
    file = DocumentFile.objects.filter(pk=made["file"]).first()
    page: Any = ReportPage.objects.filter(pk=made["page"]).first() if made["page"] else None
    _refuse_changed(made["marks"], {"version": version, "file": file, "page": page})
    if version.state == LanguageVersion.State.RELEASED and (made["version"] or made["before"]):
        raise KeptError(_("Left: it has been released."))
    if made["version"] or made["before"]:
        editions = ReportPage.objects.filter(document=document, locale__language_code=version.language)
        if version.files.exclude(pk=made["file"]).exists() or editions.exclude(pk=made["page"]).exists():
            raise KeptError(_("Left: the language version has got further files or a web edition."))
    if not _may_delete(user, file or version):
        raise KeptError(_("Left: you may not delete it."))
    if page is not None:
        page.delete(user=user)
    if file is not None:
        _delete(file, user)
    if made["version"]:
        _delete(version, user)
    elif made["before"]:
        _write_back(version, made["before"])
    if not made["document"]:
        return ""
    return _undo_document(item, document, user)


def _is_related_since(item: ImportItem, document: OfficialDocument) -> bool:
    """Whether the document has come to be related to another one that this import did not make."""
    # Without those that are gone: an empty value among the others would make every comparison unknown.
    made = item.batch.items.filter(made__document=True).exclude(document=None).values("document")
    known = Q(pk__in=item.made["relations"]) | Q(source__in=made, target__in=made)
    return relations_of(document).exclude(known).exists()


def _undo_document(item: ImportItem, document: OfficialDocument, user: Any) -> str:
    """Deletes the record if nothing else hangs on it; says why it stays otherwise."""
    mark = item.made["marks"]["document"]
    if _is_related_since(item, document):
        return _("The document stays: another document has been related to it since.")
    if document.versions.exists():
        return _("The document stays: it has other language versions.")
    if mark_of(document) != mark:
        return _("The document stays: it has been changed since.")
    if not _may_delete(user, document):
        return _("The document stays: you may not delete it.")
    try:
        with transaction.atomic():
            _delete(document, user)
    except (ProtectedError, RestrictedError):
        return _("The document stays: other records refer to it.")
    return ""


def _refuse_changed(marks: dict[str, str], records: dict[str, Any]) -> None:
    """Raises KeptError where a record is not as the import left it."""
    words = {
        "version": _("Left: the language version has been changed since."),
        "file": _("Left: the file has been replaced since."),
        "page": _("Left: the web edition has been changed since."),
    }
    for name, record in records.items():
        if record is None or mark_of(record) == marks[name]:
            continue
        if name == "version" and record.state == LanguageVersion.State.RELEASED:
            raise KeptError(_("Left: it has been released."))
        raise KeptError(words[name])


def _may_delete(user: Any, record: Any) -> bool:
    policy = policy_registry.get(record)
    return user is not None and bool(policy.user_has_permission_for_instance(user, "delete", record))


def _delete(record: Any, user: Any) -> None:
    # A file that goes writes itself into the history of its version, under the user of the context.
    with LogContext(user=user):
        log(instance=record, action="wagtail.delete", deleted=True)
        record.delete()


def _write_back(version: LanguageVersion, before: dict[str, Any]) -> None:
    """Makes a version the awaited one again that it was, which cites nothing."""
    for name, value in before.items():
        field = version._meta.get_field(name)
        is_moment = field.get_internal_type() == "DateTimeField" and value
        setattr(version, name, parse_datetime(value) if is_moment else value)
    version.save()
    version.citations.all().delete()
