"""What a dry run would have made so far, so that later files of it are told as they would be in earnest."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from documents.importing.filing import Facts, document_with
from documents.models import DocumentFile, LanguageVersion, OfficialDocument
from documents.symbols.folding import symbol_key


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A file that would have been filed: what decides about later ones.

    document: its name        process: a primary key
    """

    document: str
    symbol: str
    process: int | None
    language: str
    released: bool
    format: str
    sha256: str


class Rehearsal:
    """The files that a dry run would have filed. About 600 bytes of memory for each."""

    def __init__(self) -> None:
        self._by_symbol: dict[str, list[Rehearsed]] = defaultdict(list)
        self._by_content: dict[str, list[Rehearsed]] = defaultdict(list)

    def note(self, facts: Facts, format_: str, sha256: str, document: str) -> None:
        """Keeps in mind that a file would have been filed under these facts."""
        process = facts.process.pk if facts.process else None
        made = Rehearsed(document, facts.symbol, process, facts.language, facts.released, format_, sha256)
        self._by_content[sha256].append(made)
        if key := symbol_key(facts.symbol):
            self._by_symbol[key].append(made)

    def files_with(self, sha256: str) -> list[DocumentFile]:
        """Files with this content that would be there, not saved."""
        return [_file(made) for made in self._by_content.get(sha256, [])]

    def restore(self, symbols: Iterable[str]) -> None:
        """Writes what would be there under these symbols into the database: for a transaction that is rolled back.

        Rows alone, past all that follows from saving; nothing is stored. Four queries for each file.
        """
        for key in {symbol_key(symbol) for symbol in symbols if symbol}:
            for made in self._by_symbol.get(key, []):
                _restore(made)


def _restore(made: Rehearsed) -> None:
    document = document_with(made.symbol)
    if document is None and made.process is not None:
        document = OfficialDocument(symbol=made.symbol, process_id=made.process)
        document.derive()
        OfficialDocument.objects.bulk_create([document])
    if document is None:
        return  # it belonged to one that is gone since
    state = LanguageVersion.State.RELEASED if made.released else LanguageVersion.State.HELD
    version = LanguageVersion.objects.filter(document=document, language=made.language).first()
    if version is None:
        [version] = LanguageVersion.objects.bulk_create(
            [LanguageVersion(document=document, language=made.language, state=state)]
        )
    elif version.state == LanguageVersion.State.AWAITED:
        LanguageVersion.objects.filter(pk=version.pk).update(state=state)
    DocumentFile.objects.bulk_create(
        [DocumentFile(version=version, format=made.format, sha256=made.sha256, file="rehearsal")]
    )


def _file(made: Rehearsed) -> DocumentFile:
    """The file with its language version and document, not saved; a document without a symbol by its name."""
    document = OfficialDocument(symbol=made.document, symbol_key=symbol_key(made.symbol) or None)
    version = LanguageVersion(document=document, language=made.language)
    return DocumentFile(version=version, format=made.format, sha256=made.sha256)
