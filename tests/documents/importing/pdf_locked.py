"""PDF files under a password, as the format's standard handler locks them: RC4 with a key of 40 bits."""

import hashlib
import zlib

from tests.documents.importing.pdf_files import TEXT, PdfFile

_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
_IDENTITY = b"0123456789abcdef"
_KEY = 5  # bytes
_MAY_ALL = 0xFFFFFFFC


def locked(user: bytes, owner: bytes) -> bytes:
    """A file that opens with the user's password; with an empty one everybody may read it."""
    owner_key = hashlib.md5(_padded(owner), usedforsecurity=False).digest()[:_KEY]
    owner_entry = _rc4(owner_key, _padded(user))
    permissions = _MAY_ALL.to_bytes(4, "little")
    whole = _padded(user) + owner_entry + permissions + _IDENTITY
    key = hashlib.md5(whole, usedforsecurity=False).digest()[:_KEY]
    file = PdfFile()
    file.add(1, "<< /Type /Catalog /Pages 2 0 R >>")
    file.add(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
    fonts = "/Resources << /Font << /F1 4 0 R >> >>"
    file.add(3, f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R {fonts} >>")
    file.add(4, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    file.add_stream(5, _rc4(_object_key(key, 5), zlib.compress(TEXT)), "/Filter /FlateDecode")
    entries = f"/O <{owner_entry.hex()}> /U <{_rc4(key, _PADDING).hex()}> /P {_MAY_ALL - 2**32}"
    file.add(6, f"<< /Filter /Standard /V 1 /R 2 {entries} >>")
    trailer = f"/Encrypt 6 0 R /ID [<{_IDENTITY.hex()}> <{_IDENTITY.hex()}>] /Root".encode()
    return bytes(file).replace(b"/Root", trailer)


def _padded(password: bytes) -> bytes:
    return (password + _PADDING)[: len(_PADDING)]


def _object_key(key: bytes, number: int) -> bytes:
    salted = key + number.to_bytes(3, "little") + b"\0\0"
    return hashlib.md5(salted, usedforsecurity=False).digest()[: _KEY + 5]


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    swap = 0
    for place in range(256):
        swap = (swap + state[place] + key[place % len(key)]) % 256
        state[place], state[swap] = state[swap], state[place]
    output = bytearray()
    first = second = 0
    for byte in data:
        first = (first + 1) % 256
        second = (second + state[first]) % 256
        state[first], state[second] = state[second], state[first]
        output.append(byte ^ state[(state[first] + state[second]) % 256])
    return bytes(output)
