"""What every search engine must do. An engine's test module subclasses this and gives the fixture `new_engine`."""

from tests.search.engines.contract.meaning import MeaningContract
from tests.search.engines.contract.related import RelatedContract
from tests.search.engines.contract.results import ResultsContract
from tests.search.engines.contract.visibility import VisibilityContract
from tests.search.engines.contract.words import WordsContract
from tests.search.engines.contract.writing import WritingContract


class EngineContract(
    WordsContract, MeaningContract, ResultsContract, VisibilityContract, RelatedContract, WritingContract
):
    """The shared tests."""
