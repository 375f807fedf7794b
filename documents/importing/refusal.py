"""Why a file is not read."""


class Refused(ValueError):
    """A file is no document that can be read. `reason` is one plain English sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
