from cms.users.models.approval import PublisherApproval
from cms.users.models.users import User

__all__ = ["PublisherApproval", "User"]
