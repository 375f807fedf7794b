"""Judged queries: how good search is on the demonstration and the seeds, measured on both engines.

`queries/` holds what readers of six languages type, with the documents that answer it and grades; `topics.toml` the
grades that several queries share. `python -m tests.search.judged` (`make search-quality`) measures and prints.
Queries marked `held_out` are never looked at when weights or vocabulary are changed: they show whether a change helps
those that nobody listed.
"""
