"""What importing costs: documents a second, memory, and whether the thousandth file costs what the first did."""

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.commands import Run, run_to_end
from tests.benchmarks.measure import Bound, Report
from tests.benchmarks.mixed import write_mixed

FILES = 1_000
PUBLISHED_FILES = 300
# Documents that are in the archive before the last import, whose files must cost what those of the first did.
PLANTED = 50_000
HEADS = {"drafts": "BENCH/2020", "published": "BENCH/2021", "later": "BENCH/2022"}
MARKS = (100, 500, FILES)
# The files at the start and at the end whose costs are compared. The first few pay for what is loaded once.
FIRST, SPAN = 50, 150
MOST_GROWTH = 1.25
MOST_SLOWING = 1.5


def report() -> Report:
    """Import generated files of several formats as drafts, again, and others released at once."""
    with TemporaryDirectory(prefix="plenary-bench-") as name:
        folder = Path(name)
        write_mixed(folder / "drafts", FILES, HEADS["drafts"])
        write_mixed(folder / "published", PUBLISHED_FILES, HEADS["published"])
        write_mixed(folder / "later", FILES, HEADS["later"])
        run_to_end(folder, "migrate", "--verbosity=0")
        plant = "from tests.benchmarks.planting import plant_process; plant_process()"
        run_to_end(folder, "shell", "--no-imports", "-c", plant)
        files = [str(path) for path in sorted((folder / "drafts").iterdir())]
        read = run_to_end(folder, "read_document", "--json", *files)
        drafts = run_to_end(folder, "import_documents", "--json", *files)
        again = run_to_end(folder, "import_documents", "--json", *files)
        published = run_to_end(folder, "import_documents", "--json", "--publish", str(folder / "published"))
        plant = f"from tests.benchmarks.archive import plant_around; plant_around('bench', {PLANTED})"
        run_to_end(folder, "shell", "--no-imports", "-c", plant)
        later = run_to_end(folder, "import_documents", "--json", str(folder / "later"))
    lines = [
        f"{'':32}{'files/s':>9}{'processor':>16}{'to reading':>12}{'peak memory':>13}{'processors':>12}",
        _line(f"reading {FILES:,} files", read, read),
        _line("importing them as drafts", drafts, read),
        _line("importing them again (skipped)", again, read),
        _line(f"importing and releasing {PUBLISHED_FILES}", published, read),
        _line(f"drafts, {PLANTED:,} documents there", later, read),
        "",
        *(f"memory until file {mark:5,}: {_memory_until(drafts, mark):6.0f} MB" for mark in MARKS),
        f"processor, ms/file: {_cost(drafts, FIRST):.1f} at first, {_cost(drafts, FILES - SPAN - 1):.1f} at last",
    ]
    return Report(
        lines,
        [
            Bound("memory until the last file to that until file 100", _growth(drafts), MOST_GROWTH),
            Bound("cost of a file at the end to the start", _slowing(drafts), MOST_SLOWING),
            Bound(
                f"cost of a file with {PLANTED:,} documents there to none", _each(later) / _each(drafts), MOST_SLOWING
            ),
        ],
    )


def _each(run: Run) -> float:
    """The processor time for a file, in seconds. It is counted from the first one's end, when all is loaded."""
    return (run.lines[-1].spent - run.lines[0].spent) / (len(run.lines) - 1)


def _line(name: str, run: Run, read: Run) -> str:
    """A row of the table: pace by the clock, the command's processor time, that to reading alone, memory, cores."""
    pace = (len(run.lines) - 1) / (run.lines[-1].moment - run.lines[0].moment)
    costs = f"{_each(run) * 1000:8.1f} ms/file{_each(run) / _each(read):11.1f}x{run.peak():10.0f} MB"
    return f"{name:32}{pace:9.1f}{costs}{_processors(run):12.1f}"


def _processors(run: Run) -> float:
    """How many processors were in use meanwhile, by whomever: the children that read are not the command's own time."""
    first, last = run.lines[0], run.lines[-1]
    return (last.busy - first.busy) / (last.moment - first.moment)


def _memory_until(run: Run, mark: int) -> float:
    """The most memory, in megabytes, until so many files were done."""
    return run.peak(run.lines[mark - 1].moment)


def _growth(run: Run) -> float:
    return _memory_until(run, FILES) / _memory_until(run, MARKS[0])


def _cost(run: Run, start: int) -> float:
    """Milliseconds of processor time for each of the files from one place on."""
    return (run.lines[start + SPAN].spent - run.lines[start].spent) / SPAN * 1000


def _slowing(run: Run) -> float:
    return _cost(run, FILES - SPAN - 1) / _cost(run, FIRST)
