from search.models.fed import FedIndex
from search.models.outbox import IndexChange
from search.models.promoted import PromotedResult
from search.models.rebuild import ChangeToRepeat, Rebuild
from search.models.synonyms import SynonymGroup
from search.models.troubles import IndexTrouble
from search.models.unanswered import UnansweredQuery

__all__ = [
    "ChangeToRepeat",
    "FedIndex",
    "IndexChange",
    "IndexTrouble",
    "PromotedResult",
    "Rebuild",
    "SynonymGroup",
    "UnansweredQuery",
]
