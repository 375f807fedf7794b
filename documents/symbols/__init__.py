"""Symbols of official documents: folding, grammar, decision series, finding them in text. Knows nothing of Django."""
