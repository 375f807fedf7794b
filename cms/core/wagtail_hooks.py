"""What core hooks into Wagtail: the gate in front of every served page, and the care for pages of records."""

from cms.core.page_hooks import admin_css, icons, refuse_copy
from cms.core.serving import serve_through_the_gate

__all__ = ["admin_css", "icons", "refuse_copy", "serve_through_the_gate"]
