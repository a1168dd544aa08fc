"""Contact data at rest: sealed with the clinic installation's own keys, found again through keyed fingerprints.

Keys come from the environment (`FIELD_KEYS`, newest first) and are never in the database, so that a stolen dump names nobody.
A fingerprint is a truncated HMAC-SHA-256: equal inputs give equal numbers, and nothing else can be learnt without the key.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import json
import re
import unicodedata
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models

_NAME_PREFIXES = range(2, 13)


@functools.lru_cache(maxsize=4)
def _ring(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def seal(value: Any) -> bytes:
    """JSON data → ciphertext under the newest key."""
    return _ring(tuple(settings.FIELD_KEYS)).encrypt(json.dumps(value, ensure_ascii=False).encode())


def unseal(ciphertext: bytes) -> Any:
    """Ciphertext under any key of the ring → JSON data. Raises cryptography.fernet.InvalidToken."""
    return json.loads(_ring(tuple(settings.FIELD_KEYS)).decrypt(bytes(ciphertext)))


class SealedJSONField(models.BinaryField):
    """JSON that is ciphertext in the database and plain in Python."""

    def from_db_value(self, value: bytes | None, expression: Any, connection: Any) -> Any:
        return None if value is None else unseal(value)

    def get_db_prep_value(self, value: Any, connection: Any, *args: Any, **options: Any) -> Any:
        return super().get_db_prep_value(None if value is None else seal(value), connection, *args, **options)

    def value_to_string(self, obj: Any) -> str:
        raise TypeError("Sealed data is not serialised.")


def fingerprint(kind: str, text: str) -> int:
    """A 64-bit signed number that stands for `text` among values of this kind."""
    key = settings.TOKEN_KEY.encode()
    digest = hmac.new(key, f"{kind}:{text}".encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def plain_name(name: str) -> str:
    """A name as it is compared: compatibility-normalised, case folded, without accents ("Ángela" and "ANGELA" are one)."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def name_words(name: str) -> list[str]:
    """The words of a name, as they are compared."""
    return [word for word in re.split(r"[\W_]+", plain_name(name)) if word]


def name_fingerprints(name: str) -> set[int]:
    """One fingerprint for every beginning (2 to 12 letters) of every word, so that the first letters find a person."""
    return {fingerprint("name", word[:length]) for word in name_words(name) for length in _NAME_PREFIXES}


def name_query(typed: str) -> list[int]:
    """The fingerprints that a person's name has all of, when each typed word begins one of its words."""
    return [fingerprint("name", word[: _NAME_PREFIXES[-1]]) for word in name_words(typed)]


def phone_digits(phone: str) -> str:
    """Digits of a telephone number, as compared."""
    return "".join(character for character in unicodedata.normalize("NFKC", phone) if character.isdecimal())
