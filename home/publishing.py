"""The fast way to publish lives in core, for the importer uses it too."""

from cms.core.publishing import add_published, indexes_in_batch

__all__ = ["add_published", "indexes_in_batch"]
