"""Four eyes in Wagtail's admin: see ``cms.users.publishing``."""

from wagtail import hooks

from cms.users import publishing

hooks.register("construct_page_action_menu", publishing.hide_publish)
hooks.register("before_create_page", publishing.save_instead_of_publishing)
hooks.register("before_edit_page", publishing.save_instead_of_publishing)
hooks.register("after_edit_page", publishing.explain_missing_approval)
hooks.register("before_publish_page", publishing.refuse_own_edit)
# Later than Wagtail's own, so that it takes that one's place.
hooks.register("register_bulk_action", publishing.PublishOthersEdits, order=1000)
