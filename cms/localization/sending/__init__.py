"""Pages on their way to translation: the source as a snapshot, target pages as drafts, and what changes do to them."""
