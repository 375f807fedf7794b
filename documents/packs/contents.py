"""What goes into a pack: files that the asker may see, under names that are the same in all systems."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath

from cms.core.languages import short_code
from cms.core.visibility import Viewer
from documents.files import file_name
from documents.models import DocumentFile, LanguageVersion

# Names that Windows keeps for devices, whatever follows the dot.
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)\.", re.IGNORECASE)


@dataclass(frozen=True)
class PackIndex:
    """What the index page of a pack says of the whole: its name, its language, and the site's address."""

    title: str
    title_language: str
    language: str
    folder: str
    site: str


def visible_files(primary_keys: Iterable[int], viewer: Viewer) -> list[DocumentFile]:
    """Those of the files that the viewer may see at this moment, by language and symbol. One query."""
    versions = LanguageVersion.objects.visible_to(viewer)
    files = DocumentFile.objects.filter(pk__in=list(primary_keys), version__in=versions)
    return in_order(files.select_related("version__document"))


def in_order(files: Iterable[DocumentFile]) -> list[DocumentFile]:
    """The files by language and symbol, so that equal packs are equal whatever the order of asking."""
    return sorted(files, key=lambda file: (file.version.language, str(file.version.document), file.format, file.pk))


def key_of(files: Iterable[DocumentFile], index: PackIndex) -> str:
    """What stands for a pack's contents: another file, another content of one, or another title makes another key."""
    lines = [*asdict(index).values(), *(f"{file.uid} {file.sha256}" for file in in_order(files))]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def names_in_pack(files: Iterable[DocumentFile]) -> dict[int, str]:
    """The place of each file in a pack by its primary key: ``ru/CTOC_COP_2020_3.ru.pdf``.

    ASCII, no two alike where capitals do not count, none that a system keeps for itself or takes for an option.
    """
    names: dict[int, str] = {}
    taken: set[str] = set()
    for file in files:
        plain = file_name(file).lstrip("-")
        if RESERVED.match(plain):
            plain = f"_{plain}"
        name, count = plain, 1
        while name.casefold() in taken:
            count += 1
            path = PurePosixPath(plain)
            name = f"{path.stem}-{count}{path.suffix}"
        taken.add(name.casefold())
        names[file.pk] = f"{short_code(file.version.language)}/{name}"
    return names
