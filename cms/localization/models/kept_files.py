"""Files that wait in the database until the worker has read them."""

import zlib

from django.db import models


class KeptFile(models.Model):
    """What is in a file that somebody brought."""

    # Compressed, and only until it is read: in the database, so that file and state are never apart.
    content = models.BinaryField(default=b"")

    class Meta:
        abstract = True

    def keep(self, content: bytes) -> None:
        """Keeps what is in the file until it is read."""
        self.content = zlib.compress(content, 1)

    def read(self) -> bytes:
        """What is in the file; nothing once it is read."""
        return zlib.decompress(bytes(self.content)) if self.content else b""
