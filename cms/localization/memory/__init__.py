"""The translation memory: filled from what readers have, and looked up for a text."""
