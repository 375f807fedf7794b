"""Files that somebody brought: each is taken by itself, begun again where it was left."""

import logging
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.localization.exchange.reading import read_file
from cms.localization.exchange.taking import check_head, take
from cms.localization.exchange.units import Head, head_of
from cms.localization.foreign import FileRefusedError, shown_name
from cms.localization.models import DeliveredFile, Delivery
from cms.localization.reviewing import is_correction, writing_refusal
from cms.localization.rules import target_for
from cms.users.people import language_of

logger = logging.getLogger(__name__)
State = DeliveredFile.State
KEPT_AT_ONCE = 20  # files of 20 MB at most, compressed


@transaction.atomic
def receive(
    files: Iterable[tuple[str, bytes | str]], user: Any, *, confirm: bool, translation: Translation | None = None
) -> Delivery:
    """Keeps files by name, or why one of them is none; nothing is read yet.

    With a translation they must all be of that one. Raises what reading the files raises; then none is kept.
    """
    delivery: Delivery = Delivery.objects.create(created_by=user, confirm=confirm, translation=translation)
    items: list[DeliveredFile] = []
    for name, content in files:
        item = DeliveredFile(delivery=delivery, name=shown_name(name))
        if isinstance(content, str):
            item.state, item.reason = State.REFUSED, content
        else:
            item.keep(content)
            delivery.total += 1
        items.append(item)
        if len(items) == KEPT_AT_ONCE:
            DeliveredFile.objects.bulk_create(items)
            items.clear()
    DeliveredFile.objects.bulk_create(items)
    delivery.save(update_fields=["total"])
    return delivery


def work_through(delivery: Delivery) -> int:
    """Takes the files that wait, in the language of whoever brought them. Gives their number."""
    done = 0
    with override(language_of(delivery.created_by)):
        for key in list(delivery.files.filter(state=State.WAITING).order_by("pk").values_list("pk", flat=True)):
            done += _do(delivery, key)
            delivery.advance()
    Delivery.objects.filter(pk=delivery.pk, is_at_work=True).update(is_at_work=False)
    return done


def _do(delivery: Delivery, key: int) -> bool:
    """Takes one file, and notes what became of it in the same transaction: killed in between, it waits again."""
    try:
        with transaction.atomic():
            items = delivery.files.select_for_update(of=("self",))
            item = items.filter(pk=key, state=State.WAITING).first()
            if item is None:
                return False  # another worker was quicker
            _take(delivery, item)
            item.content = b""
            item.save(update_fields=["state", "reason", "lines", "translation", "content"])
    except Exception:
        logger.exception("File %s of %s could not be taken", key, delivery)
        reason = _("It could not be taken: the program failed, and its log says why.")
        delivery.files.filter(pk=key, state=State.WAITING).update(state=State.REFUSED, reason=reason, content=b"")
    return True


def _take(delivery: Delivery, item: DeliveredFile) -> None:
    try:
        page = delivery.translation
        reading = read_file(item.read(), head_of(page) if page is not None else None)
        if page is not None:
            check_head(reading.head, page)
        user = delivery.created_by
        item.translation, target = _writable(reading.head, user)
        in_review = is_correction(target, user)
        lines = take(item.translation, reading, user, confirm=delivery.confirm, in_review=in_review)
    except FileRefusedError as error:
        item.state, item.reason = State.REFUSED, str(error)
    else:
        item.state, item.lines = State.TAKEN, [line.as_json() for line in lines]


def _writable(head: Head, user: Any) -> tuple[Translation, Page]:
    """The translation that a file is of, and its page. Raises FileRefusedError where the user may not write it now."""
    # Whoever may not edit the page is not told whether it is there.
    unknown = FileRefusedError(_("It is of no translation that is open to you."))
    translation = (
        Translation.objects.filter(
            source__object_id=head.page,
            source__locale__language_code=head.source.code,
            target_locale__language_code=head.target.code,
            enabled=True,
        )
        .select_related("source__locale", "source__specific_content_type", "target_locale")
        .first()
    )
    page = target_for(translation, user) if translation is not None else None
    if page is None:
        raise unknown
    if refusal := writing_refusal(page, user):
        raise FileRefusedError(refusal)
    return translation, page
