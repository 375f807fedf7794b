"""The glossary: its terms found in texts, its files, who keeps it."""
