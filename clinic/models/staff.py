"""People who sign in, and what they are in which clinic."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from clinic.identifiers import uuid7
from clinic.permissions import Permission, permissions_of
from clinic.scoping import ClinicForeignKey, ClinicModel


class UserManager(BaseUserManager["User"]):
    """Users are found by their address, in any case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A user with a usable password, or none yet (invited)."""
        user = self.model(email=self.normalize_email(email).casefold(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A user for the installation's own administration; a superuser is a member of no clinic by that alone."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person of the staff. What they may do depends on the clinic: see Membership."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=10, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    # Every session carries it: a new one ends them all, in the transaction that writes it.
    session_mark = models.CharField(max_length=32, blank=True, editable=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    path_to_patient = ""

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must carry to go on: of the password, and of the mark once sessions were ended."""
        of_password: str = super()._get_session_auth_hash(secret=secret)  # type: ignore[misc]
        if not self.session_mark:
            return of_password
        return salted_hmac("clinic.session_mark", f"{of_password}:{self.session_mark}", secret=secret, algorithm="sha256").hexdigest()

    def end_sessions(self) -> None:
        """Sign this person out everywhere, from the next request on."""
        self.session_mark = secrets.token_hex(16)
        self.save(update_fields=["session_mark"])


class Membership(ClinicModel):
    """What a person is in a clinic. Ending it takes effect at that person's next request.

    Nobody is deleted: who has left keeps what they wrote. From `absent_from` until and with `absent_until`, `deputy` sees what is
    assigned to this person too.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    roles = ArrayField(models.CharField(max_length=20), verbose_name=_("roles"))
    display_name = models.CharField(_("name shown"), max_length=200)
    is_active = models.BooleanField(default=True, help_text=_("Whether this person has access: neither locked nor gone."))
    left_at = models.DateTimeField(null=True, help_text=_("When this person stopped working here."))
    may_in_emergency = models.BooleanField(_("may open a record in an emergency"), default=False)
    absent_from = models.DateField(_("away from"), null=True)
    absent_until = models.DateField(_("away until"), null=True)
    deputy = ClinicForeignKey("self", related_name="+", null=True)

    path_to_patient = ""

    class Meta(ClinicModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["clinic", "user"], name="membership_once_per_clinic"),
            models.CheckConstraint(
                condition=models.Q(left_at__isnull=True) | models.Q(is_active=False), name="membership_left_without_access"
            ),
            models.CheckConstraint(
                condition=models.Q(absent_from__isnull=True, absent_until__isnull=True)
                | models.Q(absent_from__isnull=False, absent_until__isnull=False, absent_until__gte=models.F("absent_from")),
                name="membership_absent_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def permissions(self) -> frozenset[Permission]:
        """Everything this person may do in this clinic."""
        if not self.is_active:
            return frozenset()
        return permissions_of(self.roles) | ({Permission.OPEN_IN_EMERGENCY} if self.may_in_emergency else frozenset())

    def may(self, permission: Permission) -> bool:
        """Whether this person may do this, in this clinic, now."""
        return permission in self.permissions


class StaffInvitation(ClinicModel):
    """Somebody is asked to work here. The link's secret is made again whenever it is shown or sent; only its hash is stored.

    A new generation makes every earlier link void.
    """

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=200)
    roles = ArrayField(models.CharField(max_length=20), verbose_name=_("roles"))
    language = models.CharField(_("language"), max_length=10, blank=True)
    invited_by = ClinicForeignKey(Membership, related_name="+", null=True)
    invited_at = models.DateTimeField(auto_now_add=True)
    generation = models.PositiveSmallIntegerField(default=1)
    token_hash = models.CharField(max_length=64, editable=False)
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    path_to_patient = ""
    not_exported_because = "people who were asked to work here, and did not yet"

    class Meta(ClinicModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "email"],
                condition=models.Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="staff_invitation_one_open",
            ),
            models.UniqueConstraint(fields=["clinic", "token_hash"], name="staff_invitation_hash_once_per_clinic"),
        ]

    def __str__(self) -> str:
        return self.name


class ApiToken(ClinicModel):
    """A key for programs. Only its hash is stored; it speaks for one member in one clinic and carries that clinic's prefix."""

    membership = ClinicForeignKey(Membership, related_name="+")
    name = models.CharField(_("name"), max_length=100)
    token_hash = models.CharField(max_length=64, editable=False)
    scopes = ArrayField(models.CharField(max_length=40), verbose_name=_("scopes"))
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    path_to_patient = ""
    not_exported_because = "secrets of programs"

    class Meta(ClinicModel.Meta):
        constraints = [models.UniqueConstraint(fields=["clinic", "token_hash"], name="api_token_hash_once_per_clinic")]
