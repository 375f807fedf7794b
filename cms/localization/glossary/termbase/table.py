"""The glossary as a table: CSV, a line for each term, three columns for each language."""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from cms.core.keys import uid_in
from cms.core.languages import LANGUAGES
from cms.core.spreadsheets import BYTE_ORDER_MARK, FORMULA_BEGINNINGS, csv_lines
from cms.localization.foreign import FileRefusedError
from cms.localization.glossary.termbase.entries import MOST_ENTRIES, Entry, EntryName
from cms.localization.models import Term, TermName
from cms.localization.models.glossary import SEPARATOR

BETWEEN_NAMES = f" {SEPARATOR} "

# Columns of names by language and use: "fr", "fr_admitted", "fr_forbidden". In English whatever the reader's language,
# so that a file goes from one site to another.
NAME_COLUMNS: dict[str, tuple[str, str]] = {
    entry.short if use == TermName.Use.PREFERRED else f"{entry.short}_{use}": (entry.code, use)
    for entry in LANGUAGES
    for use in (TermName.Use.PREFERRED, TermName.Use.ADMITTED, TermName.Use.FORBIDDEN)
}
COLUMNS = ("id", *NAME_COLUMNS, "source", "note")


def write(terms: Iterable[Term]) -> str:
    """The terms as CSV. Prefetch their names."""
    return BYTE_ORDER_MARK + csv_lines([COLUMNS, *map(_row, terms)])


def _row(term: Term) -> list[str]:
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in term.names.all():
        names[name.language, name.use].append(name.text)
    cells = [BETWEEN_NAMES.join(names[of]) for of in NAME_COLUMNS.values()]
    return [str(term.uid), *cells, term.source, term.note]


def read(content: bytes) -> Iterator[Entry]:
    """The terms of a CSV file in UTF-8, with commas, semicolons or tabs between its cells.

    Columns may be missing and stand in any order. Raises FileRefusedError.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileRefusedError(_("The table is not in UTF-8. Save it as “CSV UTF-8”.")) from error
    separator = max(",;\t", key=text.split("\n", 1)[0].count)
    rows = csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=separator, strict=True)
    try:
        header = _header(next(rows, []))
        count = 0
        for cells in rows:
            if not any(cell.strip() for cell in cells):
                continue
            count += 1
            if count > MOST_ENTRIES:
                raise FileRefusedError(_("The file has more than %(most)s terms.") % {"most": MOST_ENTRIES})
            yield _entry(rows.line_num, dict(zip(header, map(_plain, cells), strict=False)))
    except csv.Error as error:
        raise FileRefusedError(
            _("The table cannot be read: a quotation mark is not closed, or a cell is too long, near line %(line)s.")
            % {"line": rows.line_num}
        ) from error


def _header(cells: list[str]) -> list[str]:
    """The names of the columns. Raises FileRefusedError."""
    names = [cell.strip().lower().replace(" ", "_") for cell in cells]
    unknown = [cell for cell, name in zip(cells, names, strict=True) if name and name not in COLUMNS]
    twice = [name for name, times in Counter(names).items() if name and times > 1]
    columns = {"columns": ", ".join(COLUMNS)}
    if unknown:
        raise FileRefusedError(
            _("The table has a column “%(name)s”. The columns are: %(columns)s.") % {**columns, "name": unknown[0][:40]}
        )
    if twice:
        raise FileRefusedError(_("The table has the column “%(name)s” twice.") % {"name": twice[0]})
    if not set(names) & set(NAME_COLUMNS):
        raise FileRefusedError(
            _("The first line of the table names no language. The columns are: %(columns)s.") % columns
        )
    return names


def _plain(cell: str) -> str:
    """A cell without the apostrophe that keeps spreadsheet programs from calculating it."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_BEGINNINGS) else cell


def _entry(line: int, row: dict[str, str]) -> Entry:
    names = tuple(
        EntryName(language, text.strip(), use)
        for column, (language, use) in NAME_COLUMNS.items()
        for text in row.get(column, "").split(SEPARATOR)
        if text.strip()
    )
    ignored = []
    given = row.get("id", "")
    uid = uid_in(given)
    if given and uid is None:
        ignored.append(_("“%(id)s” is no id of this glossary.") % {"id": given[:40]})
    return Entry(
        _("Line %(line)s") % {"line": line}, names, uid, row.get("source", ""), row.get("note", ""), tuple(ignored)
    )
