"""Release bundles: what is in them, who may release it, and that all of it is released or nothing."""
