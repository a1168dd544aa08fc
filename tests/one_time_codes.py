"""Codes as an authenticator app makes them (RFC 6238), computed apart from the product."""

from __future__ import annotations

import base64
import hmac


def code_at(key: str, moment: float, digits: int = 6) -> str:
    """The code that an app with this base32 key shows at a Unix time."""
    raw = base64.b32decode(key.replace(" ", ""))
    digest = hmac.digest(raw, int(moment // 30).to_bytes(8, "big"), "sha1")
    start = digest[19] % 16
    number = int.from_bytes(digest[start : start + 4], "big") % 2**31
    return str(number % 10**digits).rjust(digits, "0")
