"""Identifiers made in the application: time-ordered, so that an index grows at one end."""

import os
import time
import uuid

_VERSION_7 = 0x7 << 76
_VARIANT_RFC_9562 = 0b10 << 62


def uuid7() -> uuid.UUID:
    """A version 7 UUID: 48 bits of Unix milliseconds, then 74 random bits (RFC 9562, section 5.7)."""
    milliseconds = time.time_ns() // 1_000_000
    randomness = int.from_bytes(os.urandom(10), "big")
    twelve_bits = (randomness >> 64) & 0xFFF
    sixty_two_bits = randomness & ((1 << 62) - 1)
    return uuid.UUID(int=(milliseconds << 80) | _VERSION_7 | (twelve_bits << 64) | _VARIANT_RFC_9562 | sixty_two_bits)
