"""What saving a long translation as a file and taking it back costs, beside wagtail-localize's PO files."""

from collections.abc import Callable
from copy import deepcopy

import polib
from django.db import transaction
from lxml import etree
from wagtail_localize.models import StringTranslation, Translation

from cms.localization.exchange.formats import FORMATS, Format, write
from cms.localization.exchange.reading import read_file
from cms.localization.exchange.taking import Outcome, take
from cms.localization.sending.translating import translate_page
from tests import factories
from tests.benchmarks.measure import Bound, Report, seconds
from tests.benchmarks.measure import queries as queries_of
from tests.benchmarks.submitting import Cost, planted

MOST_QUERIES_OUT = 5
MOST_QUERIES_IN = 25
# Of what wagtail-localize takes for the same. Its PO files carry no codes, states or versions, and what it takes back
# is checked by nothing.
MOST_TIME_OUT = 8
MOST_TIME_IN = 0.7
# What a program might write in place of a text: the source, in other words.
BEFORE, AFTER = "Group", "Groupe"
RUNS = 3


def report() -> Report:
    """Save a page of 300 paragraphs in every format, and take it back with every text of it translated."""
    # Never committed, so that no index is fed.
    with transaction.atomic():
        page, locales = planted()
        boss = factories.UserFactory(is_superuser=True)
        translate_page(page, locales[:1], boss)
        translation = Translation.objects.select_related("source__locale", "target_locale").get()
        stock = _stock(translation)
        costs = {form: _ours(translation, FORMATS[form], boss) for form in ("xlf", "xliff", "po")}
        transaction.set_rollback(True)
    lines = [
        f"{'300 paragraphs, 416 texts':30}{'queries out':>12}{'ms out':>10}{'KB':>10}{'queries in':>12}{'ms in':>10}",
        _line("wagtail-localize, PO", *stock),
        *(_line(FORMATS[form].label, *cost) for form, cost in costs.items()),
    ]
    out, taken = costs["xlf"][0], costs["xlf"][2]
    return Report(
        lines,
        [
            Bound("queries out", out[0], MOST_QUERIES_OUT),
            Bound("queries in", taken[0], MOST_QUERIES_IN),
            Bound("time out, of wagtail-localize's PO", out[1] / stock[0][1], MOST_TIME_OUT),
            Bound("time in, of wagtail-localize's PO", taken[1] / stock[2][1], MOST_TIME_IN),
        ],
    )


def _stock(translation: Translation) -> tuple[Cost, int, Cost]:
    """Out and in by wagtail-localize, and the size of its file."""

    def out() -> str:
        return str(translation.export_po())

    content = out()
    file = polib.pofile(content)
    for entry in file:
        entry.msgstr = entry.msgid.replace(BEFORE, AFTER)
    translated = str(file)
    return (
        (queries_of(out), min(seconds(out) for _run in range(RUNS))),
        len(content.encode()),
        _taken_back(lambda: translation.import_po(polib.pofile(translated))),
    )


def _ours(translation: Translation, form: Format, user: object) -> tuple[Cost, int, Cost]:
    """Out and in here, and the size of the file."""

    def out() -> bytes:
        return write(form, translation)

    def bring() -> None:
        reading = read_file(content)
        lines = take(translation, reading, user, confirm=True)
        refused = [line.detail for line in lines if line.outcome == Outcome.REFUSED]
        if refused:
            raise RuntimeError(f"Not taken: {refused[0]}")

    content = _translated(out(), form)
    return (queries_of(out), min(seconds(out) for _run in range(RUNS))), len(content), _taken_back(bring)


def _translated(content: bytes, form: Format) -> bytes:
    """The file as a program gives it back, with a translation of every text."""
    if form.ending == "po":
        file = polib.pofile(content.decode())
        for entry in file:
            entry.msgstr = entry.msgid.replace(BEFORE, AFTER)
        return str(file).encode()
    text = content.decode()
    if form.ending == "xliff":
        text = text.replace("</source>", "</source><target/>")
    root = etree.fromstring(text.encode())
    for target in root.iter("{*}target"):
        source = target.getprevious()
        target.text = (source.text or "").replace(BEFORE, AFTER) + " "
        target[:] = [deepcopy(child) for child in source]
        (target if form.ending == "xlf" else target.getparent()).set("state", "translated")
    translated: bytes = etree.tostring(root)
    return translated


def _taken_back(work: Callable[[], object]) -> Cost:
    """Queries and seconds of work on texts that nobody has translated; what it writes is taken back."""
    found = []
    for measure in (queries_of, *[seconds] * RUNS):
        with transaction.atomic():
            found.append(measure(work))
            if not StringTranslation.objects.exists():
                raise RuntimeError("Nothing was taken.")
            transaction.set_rollback(True)
    return int(found[0]), min(found[1:])


def _line(name: str, out: Cost, size: int, taken: Cost) -> str:
    return f"{name:30}{out[0]:>12,}{out[1] * 1000:>10.0f}{size / 1000:>10.0f}{taken[0]:>12,}{taken[1] * 1000:>10.0f}"
