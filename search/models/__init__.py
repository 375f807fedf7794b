from search.models.outbox import IndexChange
from search.models.promoted import PromotedResult
from search.models.synonyms import SynonymGroup

__all__ = ["IndexChange", "PromotedResult", "SynonymGroup"]
