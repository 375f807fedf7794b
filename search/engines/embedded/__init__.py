"""The embedded search engine: tantivy in a folder, for a site without services beside it."""

from search.engines.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
