"""What will become of each file of an import, and what stands in its way: asked anew whenever the review is shown."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from cms.processes.models import WorkingGroup
from documents.batches.differences import in_words
from documents.batches.facts import access_of
from documents.importing.comparing import Outline, compare, outline_from_json
from documents.importing.filing import body_among
from documents.importing.model import page_ranges
from documents.models import DocumentFile, ImportBatch, ImportItem, LanguageVersion, OfficialDocument
from documents.outlines import outlines_of_editions
from documents.symbols.finding import find_symbols
from documents.symbols.folding import symbol_key

# What follows the symbol in a file's name: the format, and the language by its code or letter.
_ENDINGS = re.compile(r"(?:[-_. ](?:en|fr|es|ru|ar|zh|[efsrac]))?(?:\.[a-z]{2,4})*$", re.IGNORECASE)


@dataclass
class Assessment:
    """What filing a file would do, and what speaks against it.

    plan: what will be made, in words        blocks: why it cannot be filed as it is        warnings: what to look at
    differences: what does not match another language of the document, where the file has a place in it
    """

    plan: str = ""
    document: OfficialDocument | None = None
    blocks: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)


class Assessor:
    """Assesses files of one batch, in as many queries for one as for two hundred: six, and one for the drafts
    that languages are compared with."""

    def __init__(self, batch: ImportBatch, items: list[ImportItem]) -> None:
        self.batch = batch
        self.items = items

    def assess(self) -> dict[int, Assessment]:
        """The assessments by the items' primary keys."""
        return {item.pk: self._assess(item) for item in self.items}

    @cached_property
    def _documents(self) -> dict[str, Any]:
        """The documents whose symbols the files bear, by symbol key, with their versions and files."""
        keys = {symbol_key(item.facts["symbol"]) for item in self.items if item.facts["symbol"]}
        found = OfficialDocument.objects.filter(symbol_key__in=keys).prefetch_related("versions__files")
        return {document.symbol_key or "": document for document in found}

    @cached_property
    def _twins(self) -> dict[str, DocumentFile]:
        """Files of the archive with the same content, by hash."""
        hashes = {item.sha256 for item in self.items if item.sha256}
        found = DocumentFile.objects.filter(sha256__in=hashes).select_related("version__document")
        return {file.sha256: file for file in found}

    @cached_property
    def _siblings(self) -> dict[str, list[ImportItem]]:
        """The files of the whole batch that are still to be filed, by the symbol key they bear."""
        siblings = defaultdict(list)
        rows = self.batch.items.filter(state__in=ImportItem.OPEN, included=True)
        for item in rows.only("batch", "name", "format", "facts", "reading"):
            siblings[symbol_key(item.facts["symbol"])].append(item)
        return siblings

    @cached_property
    def _bodies(self) -> list[WorkingGroup]:
        return list(WorkingGroup.objects.filter(process=self.batch.process_id).exclude(symbol_head=""))

    @cached_property
    def _editions(self) -> dict[int, dict[str, Outline]]:
        """Outlines of the texts that the archive holds of these documents, by document and language."""
        return outlines_of_editions([document.pk for document in self._documents.values()])

    def _assess(self, item: ImportItem) -> Assessment:
        found = Assessment()
        facts = item.facts
        key = symbol_key(facts["symbol"])
        found.document = self._documents.get(key) if key else None
        if not facts["language"]:
            found.blocks.append(_("Say which language it is in."))
        if not facts["title"].strip():
            found.blocks.append(_("Give its title."))
        if twin := self._twins.get(item.sha256):
            found.blocks.append(_("The same content is there already: %(version)s.") % {"version": twin.version})
        self._plan(item, found)
        self._look_at_siblings(item, key, found)
        self._look_at_symbol(item, key, found)
        self._look_at_pages(item, found)
        # Beside a conflict they would only hide it: the text is likely to be that of another document.
        if item.reading and found.plan:
            found.differences = self._differences(item, key, found.document)
        return found

    def _plan(self, item: ImportItem, found: Assessment) -> None:
        """Says what will be made: a document, a language of one, or a format of that."""
        document, code = found.document, item.facts["language"]
        if document is None:
            found.plan = _("New document")
            return
        if document.process_id != self.batch.process_id:
            found.blocks.append(_("%(document)s belongs to another process.") % {"document": document})
            return
        version = next((version for version in document.versions.all() if version.language == code), None)
        if version is None or version.state == LanguageVersion.State.AWAITED:
            found.plan = _("New language version of %(document)s") % {"document": document}
            return
        if any(file.format == item.format for file in version.files.all()):
            found.blocks.append(
                _("There is another text with this symbol and language: %(version)s.") % {"version": version}
            )
        elif version.state == LanguageVersion.State.WITHDRAWN:
            found.blocks.append(_("%(version)s was withdrawn.") % {"version": version})
        else:
            found.plan = _("Further format of %(version)s") % {"version": version}

    def _look_at_siblings(self, item: ImportItem, key: str, found: Assessment) -> None:
        """Two files of one import cannot be the same language and format of a document."""
        for other in self._siblings.get(key, []) if key else []:
            same = other.facts["language"] == item.facts["language"] and other.format == item.format
            if other.pk != item.pk and same:
                found.blocks.append(_("“%(file)s” has the same symbol, language and format.") % {"file": other.name})
            elif other.pk != item.pk and found.document is None and access_of(other) != access_of(item):
                found.warnings.append(
                    _("“%(file)s” is the same document with another access: the first one filed decides.")
                    % {"file": other.name}
                )

    def _look_at_symbol(self, item: ImportItem, key: str, found: Assessment) -> None:
        """Warns of a symbol that the file's name contradicts, and of one that no body of the process bears."""
        if not key:
            found.warnings.append(_("It has no symbol: it will get an archive number."))
            return
        named = symbol_in_name(item.name)
        if named and symbol_key(named) != key:
            found.warnings.append(_("The file's name says %(symbol)s.") % {"symbol": named})
        if found.document is not None and found.document.access != access_of(item):
            names = {"document": found.document, "access": found.document.get_access_display()}
            found.warnings.append(_("%(document)s is there with the access “%(access)s”, which stays.") % names)
        if found.document is None and body_among(self._bodies, key) is None:
            found.warnings.append(_("No body of this process has symbols that begin like this."))

    def _look_at_pages(self, item: ImportItem, found: Assessment) -> None:
        """Warns of pages of which nothing was read."""
        if pages := item.reading.get("pages_without_text"):
            found.warnings.append(
                _("Pages that are pictures without text, of which nothing was read: %(pages)s.")
                % {"pages": page_ranges(pages)}
            )
        if pages := item.reading.get("pages_unusable"):
            found.warnings.append(
                _("Pages of which nothing was read, since their fonts do not say which letters they show: %(pages)s.")
                % {"pages": page_ranges(pages)}
            )

    def _differences(self, item: ImportItem, key: str, document: OfficialDocument | None) -> list[str]:
        """What does not match one other language: the original's or the first one's, there or come with it.

        What is named at each of two files of an import would be read twice, so the first of them names nothing.
        """
        own = outline_from_json(item.reading["outline"])
        code = item.facts["language"]
        there: dict[str, Outline] = dict(self._editions.get(document.pk, {})) if document else {}
        siblings = [other for other in self._siblings.get(key, []) if key and other.reading and other.pk != item.pk]
        came = {other.facts["language"]: outline_from_json(other.reading["outline"]) for other in siblings}
        original = document.original_language if document else item.facts["original_language"]
        order = [original, *(known for known, _name in settings.LANGUAGES)]
        # The archive's text of a language goes before one that came with it.
        others = {name: outline for name, outline in {**came, **there}.items() if name and name != code}
        first = min(others, key=order.index, default="")
        lines = []
        if code and first and (first in there or order.index(first) < order.index(code)):
            lines += in_words(compare(others[first], own), first, code)
        if document is not None and document.date and own.date and own.date != document.date:
            dates = {"there": date_format(document.date), "here": date_format(own.date)}
            lines.append(_("Date: the document has %(there)s, this file %(here)s.") % dates)
        return lines


def symbol_in_name(name: str) -> str:
    """The symbol that a file's name spells with underscores: "CTOC_COP_2020_3.ru.pdf", "A_79_716-E.docx".

    Empty where it spells none.
    """
    found = find_symbols(_ENDINGS.sub("", name).replace("_", "/"))
    return found[0].canonical if len(found) == 1 else ""
