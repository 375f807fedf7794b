"""What finding symbols and decisions costs: text a second, in six languages, and that it grows with the text alone."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from documents.importing.parse import read_document
from documents.symbols.decisions import find_decisions
from documents.symbols.finding import find_symbols
from documents.symbols.references import ReferenceFinder
from tests.benchmarks.measure import MEBIBYTE, Bound, Report, seconds
from tests.benchmarks.texts import LANGUAGES, write_texts

FILES = 24
RUNS = 5
MOST_GROWTH = 1.5
# Sentences that citations are made of: generated texts cite by symbol only.
CITING = (
    "Pursuant to General Assembly resolution 75/1 and Security Council resolution 1325 (2000), and decision 4/4. ",
    "Comme suite à la décision 3/2 et aux résolutions 5/1 et 7/1 de la Conférence. ",
    "Teniendo presente la resolución 862 (1993) del Consejo de Seguridad y sus resoluciones 44/192 B y 45/269. ",
    "Во исполнение резолюции 5/3 Конференции участников и решения 4/4, а также резолюций 5/1 и 16/21. ",
    "وفقا للقرار 9/1 والمقرر 3/2 وقرار الجمعية العامة 78/128. ",
    "根据第9/1号决议和第4/4号决定，大会第78/128号决议。",
)
# What looks like the beginning of something on every character, as a hostile text may.
HOSTILE = ("A/1/2 and Add.1, ", "resolution ", "1/2 and ", "第", "القرار ")


def report() -> Report:
    """Find symbols and decisions in generated documents of six languages, in dense and in hostile text."""
    with TemporaryDirectory(prefix="plenary-bench-") as name:
        write_texts(Path(name) / "texts", FILES, "BENCH/2020")
        texts = [read_document(path).text for path in sorted((Path(name) / "texts").iterdir())]
    whole = "\n".join(text + sentence * 3 for text, sentence in zip(texts, CITING * len(texts), strict=False))
    finder = ReferenceFinder(("A/99/1",))
    lines = [
        f"{'':36}{'MB/s':>8}",
        _line("symbols in documents", whole, find_symbols),
        _line("decisions by number in documents", whole, find_decisions),
        _line("both, as the importer does", whole, finder.find),
        _line(f"both in {len(LANGUAGES)} languages, citations only", "".join(CITING) * 200, finder.find),
    ]
    bounds = [
        Bound(f"a character of “{text.strip()}” repeated, at four times the length", _growth(text, finder), MOST_GROWTH)
        for text in HOSTILE
    ]
    return Report(lines, bounds)


def _pace(text: str, find: Callable[[str], object]) -> float:
    """Megabytes of UTF-8 a second, the best of several runs."""
    spent = min(seconds(lambda: find(text)) for _ in range(RUNS))
    return len(text.encode()) / MEBIBYTE / spent


def _line(name: str, text: str, find: Callable[[str], object]) -> str:
    return f"{name:36}{_pace(text, find):8.1f}"


def _growth(text: str, finder: ReferenceFinder) -> float:
    """The cost of a character of a long text to that of one a quarter as long."""
    return _pace(text * 2_000, finder.find) / _pace(text * 8_000, finder.find)
