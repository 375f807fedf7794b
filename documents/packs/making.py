"""Packs that are made in the background: asking for one, making it, handing it out, and clearing away."""

import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta

from django.core.files import File
from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.text import slugify
from django_tasks import task

from cms.core.names import PublicName
from cms.core.visibility import Access, Viewer, anonymous, viewer_for_user
from cms.meetings.models import Session
from documents.models import DocumentFile, DocumentPack
from documents.packs.contents import PackIndex, key_of, visible_files
from documents.packs.writing import pack_stream

KEPT_FOR = timedelta(days=3)
# A pack that has not got on for so long has lost its worker, and is made anew when it is asked for again.
STALE = timedelta(minutes=10)
# Bytes of files that are sent at once; more is made in the background, and a pack is never larger than the last.
MOST_AT_ONCE = 25 * 1024**2
MOST_IN_PACK = 4 * 1024**3
# What visitors without an account may have made in an hour, and what may be kept for them. All together: packs of the
# same files are made once.
MOST_PUBLIC_AN_HOUR = 30
MOST_PUBLIC_BYTES = 20 * 1024**3

State = DocumentPack.State


class TooManyError(Exception):
    """No further pack can be made now for visitors without an account."""


def size_of(files: Iterable[DocumentFile]) -> int:
    """Bytes of the files together."""
    return sum(file.size for file in files)


def ask_for(files: list[DocumentFile], session: Session, index: PackIndex, viewer: Viewer) -> DocumentPack:
    """A pack of these files, which the viewer may see: one that is there, else a new one in the background.

    Raises TooManyError for the anonymous where too many are asked for. Three or four queries.
    """
    is_public = all(file.version.document.access == Access.PUBLIC for file in files)
    owner = None if is_public else viewer.user_id
    key = key_of(files, index)
    alive = Q(state=State.READY) | Q(state__in=[State.WAITING, State.MAKING], moved_at__gt=timezone.now() - STALE)
    there = DocumentPack.objects.kept().filter(alive, key=key, asked_by=owner).first()
    if there is not None:
        return there
    if viewer.user_id is None:
        _refuse_too_many()
    pack = DocumentPack.objects.create(
        session=session,
        index=asdict(index),
        asked_by_id=owner,
        files=[file.pk for file in files],
        key=key,
        size=size_of(files),
        expires_at=timezone.now() + KEPT_FOR,
    )
    transaction.on_commit(lambda: make_pack.enqueue(pack.pk))
    return pack


def _refuse_too_many() -> None:
    hour_ago = timezone.now() - timedelta(hours=1)
    public = DocumentPack.objects.kept().filter(asked_by=None)
    asked = public.aggregate(newest=Count("pk", filter=Q(created_at__gt=hour_ago)), size=Sum("size"))
    if asked["newest"] >= MOST_PUBLIC_AN_HOUR or (asked["size"] or 0) >= MOST_PUBLIC_BYTES:
        raise TooManyError


@task()
def make_pack(pack_id: int) -> str:
    """Makes a pack that waits, of what its asker may see at this moment, and clears away those that are too old."""
    remove_old_packs()
    claimed = DocumentPack.objects.filter(pk=pack_id, state=State.WAITING)
    if not claimed.update(state=State.MAKING, moved_at=timezone.now()):
        return "nothing to do"
    pack = DocumentPack.objects.select_related("asked_by").get(pk=pack_id)
    files = visible_files(pack.files, viewer_of(pack))
    try:
        _write(pack, files)
    except BaseException:
        DocumentPack.objects.filter(pk=pack.pk).update(state=State.FAILED)
        raise
    return f"{len(files)} files"


def viewer_of(pack: DocumentPack) -> Viewer:
    """Whom the pack is for, as the gate knows them now."""
    return viewer_for_user(pack.asked_by) if pack.asked_by else anonymous()


def _write(pack: DocumentPack, files: list[DocumentFile]) -> None:
    """Writes the pack to a file of its own, then into storage; memory stays as it is."""
    index = PackIndex(**pack.index)

    def moved(done: int) -> None:
        DocumentPack.objects.filter(pk=pack.pk).update(done=done, moved_at=timezone.now())

    with tempfile.TemporaryFile(prefix="plenary-pack-") as whole:
        for piece in pack_stream(files, index, moved):
            whole.write(piece)
        whole.seek(0)
        storage = pack.content.storage
        name = storage.save(f"packs/{pack.uid.hex}.zip", File(whole))
    ready = DocumentPack.objects.filter(pk=pack.pk).update(
        state=State.READY,
        content=name,
        # What could not be seen any more is not in it, so it is a pack of other files than were asked for.
        files=[file.pk for file in files],
        key=key_of(files, index),
        done=len(files),
        moved_at=timezone.now(),
    )
    if not ready:
        storage.delete(name)


def is_as_made(pack: DocumentPack, viewer: Viewer) -> bool:
    """Whether the viewer may see all that is in the pack, and none of it was replaced since. One query."""
    files = visible_files(pack.files, viewer)
    return key_of(files, PackIndex(**pack.index)) == pack.key


def is_stale(pack: DocumentPack) -> bool:
    """Whether the worker has lost the pack."""
    return pack.state in {State.WAITING, State.MAKING} and timezone.now() - pack.moved_at > STALE


def remove_old_packs() -> int:
    """Removes packs whose days are over; their files go with them (documents.signals). Gives how many."""
    _all, by_model = DocumentPack.objects.filter(expires_at__lte=timezone.now()).delete()
    return by_model.get(DocumentPack._meta.label, 0)


def index_for(session: Session, name: PublicName, language: str, site: str) -> PackIndex:
    """What the index page of a session's packs says. ``site`` is scheme and host. Reads the session's body."""
    body = session.working_group
    folder = slugify(f"{body.process.code} {body.code} {session.code}") or "documents"
    return PackIndex(name.text, name.language, language, folder, site)
