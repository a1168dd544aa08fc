"""A link as a QR code: one path of SVG, black on white in every colour scheme."""

from __future__ import annotations

import qrcode
from django.utils.safestring import SafeString, mark_safe
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathImage


def qr_svg(address: str) -> SafeString:
    """The address as an inline picture, with a quiet zone of four modules around it."""
    image = qrcode.make(address, image_factory=SvgPathImage, error_correction=ERROR_CORRECT_M, border=4)
    return mark_safe(image.to_string().decode())  # noqa: S308 - drawn here, from modules
