from search.models.outbox import IndexChange

__all__ = ["IndexChange"]
