"""Packs: chosen documents of a session as one ZIP file, with an index page and SHA-256 sums."""
