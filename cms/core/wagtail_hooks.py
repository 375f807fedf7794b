"""What core hooks into Wagtail: the gate in front of every served page."""

from cms.core.serving import serve_through_the_gate

__all__ = ["serve_through_the_gate"]
