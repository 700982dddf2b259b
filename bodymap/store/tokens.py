"""Links that cannot be guessed: how one is made, what is kept of it, and how the holder of one may read another.

A token is 144 random bits as 24 letters. Only its SHA-256 is kept, so whoever reads the database can open nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

NOTHING = bytes(32)
"""Stands for the digest of a link that does not exist, so that comparing takes as long."""


def fresh() -> str:
    """A new token."""
    return secrets.token_urlsafe(18)


def digest(token: str) -> bytes:
    """What is kept of a token, of any text whatever its shape."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def same(kept: bytes, token: str) -> bool:
    """Whether this is the token that was kept, in constant time."""
    return hmac.compare_digest(kept, digest(token))


def seal(token: str, key: str) -> bytes:
    """The token, readable only with the key (a one-time pad of HMAC-SHA-256 over a nonce, which comes first)."""
    nonce = secrets.token_bytes(16)
    return nonce + _pad(token.encode("ascii"), key, nonce)


def unseal(sealed: bytes, key: str) -> str:
    """The token again; with another key than it was sealed with, letters that open nothing."""
    return _pad(sealed[16:], key, sealed[:16]).decode("latin-1")


def _pad(text: bytes, key: str, nonce: bytes) -> bytes:
    stream = hmac.digest(key.encode("utf-8", "surrogatepass"), nonce, "sha256")
    return bytes(one ^ other for one, other in zip(text, stream, strict=False))
