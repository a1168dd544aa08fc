"""The short cookie that stands for a survey's link once it was opened, so that the secret leaves the address bar.

Signed, out of the page's reach, bound to one invitation and one link: a newer link makes it void. It never admits to anything
but that one survey, and has nothing to do with a staff session.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from outcomes.models.invitation import Mode

SECONDS = 2 * 60 * 60
_SALT = "backlight.survey"
NAME = "__Host-survey" if settings.SECURE else "backlight-survey"
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Who holds the cookie. `begun`: this browser gave the answers kept so far, or knows the year of birth, and may see them;
    `known`: gave the right year of birth, and may see the course so far."""

    prefix: str
    invitation: str
    generation: int
    mode: str
    language: str
    begun: bool = False
    known: bool = False

    @property
    def invitation_id(self) -> UUID:
        """The invitation's id."""
        return UUID(self.invitation)

    @property
    def on_tablet(self) -> bool:
        """Whether this is the clinic's tablet, which the next patient will hold."""
        return self.mode == Mode.TABLET

    def now(self, **changes: str | bool) -> Visitor:
        """The same visitor, something of theirs changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


def visitor_of(request: HttpRequest) -> Visitor | None:
    """Who asks; None without a cookie, with one that is too old, or with one that is not ours."""
    try:
        return Visitor(**signing.loads(request.COOKIES.get(NAME, ""), salt=_SALT, max_age=SECONDS))
    except (signing.BadSignature, TypeError):
        return None


def remember(response: HttpResponse, visitor: Visitor) -> None:
    """Give the visitor the cookie."""
    value = signing.dumps(asdict(visitor), salt=_SALT)
    response.set_cookie(NAME, value, max_age=SECONDS, path="/", secure=settings.SECURE, httponly=True, samesite="Lax")


def forget(response: HttpResponse) -> None:
    """Take the cookie back."""
    response.delete_cookie(NAME, path="/", samesite="Lax")
