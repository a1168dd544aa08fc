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
# Letters that decomposing does not take apart, and the ways umlauts are written without dots.
_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "’": "'", "ʼ": "'"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})


@functools.lru_cache(maxsize=4)
def _ring(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def seal(value: Any) -> bytes:
    """JSON data → ciphertext under the newest key."""
    return _ring(tuple(settings.FIELD_KEYS)).encrypt(json.dumps(value, ensure_ascii=False).encode())


def unseal(ciphertext: bytes) -> Any:
    """Ciphertext under any key of the ring → JSON data. Raises cryptography.fernet.InvalidToken."""
    return json.loads(_ring(tuple(settings.FIELD_KEYS)).decrypt(bytes(ciphertext)))


class SealedBytesField(models.BinaryField):
    """Bytes that are ciphertext in the database and plain in Python."""

    def from_db_value(self, value: bytes | None, expression: Any, connection: Any) -> bytes | None:
        return None if value is None else _ring(tuple(settings.FIELD_KEYS)).decrypt(bytes(value))

    def get_db_prep_value(self, value: Any, connection: Any, *args: Any, **options: Any) -> Any:
        sealed = None if value is None else _ring(tuple(settings.FIELD_KEYS)).encrypt(value)
        return super().get_db_prep_value(sealed, connection, *args, **options)

    def value_to_string(self, obj: Any) -> str:
        raise TypeError("Sealed data is not serialised.")


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
    folded = unicodedata.normalize("NFKC", name).casefold().translate(_STROKES)
    return "".join(letter for letter in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(letter))


def name_words(name: str) -> list[str]:
    """The words of a name, as they are compared."""
    return [word for word in re.split(r"[\W_]+", plain_name(name)) if word]


def name_fingerprints(name: str) -> set[int]:
    """One fingerprint for every beginning (2 to 12 letters) of every word, so that the first letters find a person.

    Spellings of the same name stand beside each other: Müller and Mueller, O'Brien and OBrien.
    """
    umlauts_spelt = unicodedata.normalize("NFC", name).casefold().translate(_UMLAUTS)
    umlauts_dropped = re.sub(r"(?<=[aou])e", "", plain_name(name))
    joined = re.sub(r"['‘’ʼ´`\-]", "", name)
    words = {word for spelling in (name, umlauts_spelt, umlauts_dropped, joined) for word in name_words(spelling)}
    return {fingerprint("name", word[:length]) for word in words for length in _NAME_PREFIXES}


def name_query(typed: str) -> list[int]:
    """The fingerprints that a person's name has all of, when each typed word begins one of its words.

    A single Latin letter among longer words says too little to be looked for, and is passed over ("O'Brien", "Anna M").
    """
    words = name_words(typed)
    telling = [word for word in words if len(word) > 1 or not word.isascii()]
    return [fingerprint("name", word[: _NAME_PREFIXES[-1]]) for word in telling or words]


def phone_digits(phone: str) -> str:
    """Digits of a telephone number, as compared."""
    return "".join(character for character in unicodedata.normalize("NFKC", phone) if character.isdecimal())
