"""People who sign in, and what they are in which clinic."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
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


class Membership(ClinicModel):
    """What a person is in a clinic. Ending it takes effect at that person's next request."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    roles = ArrayField(models.CharField(max_length=20), verbose_name=_("roles"))
    display_name = models.CharField(_("name shown"), max_length=200)
    is_active = models.BooleanField(default=True)

    path_to_patient = ""

    class Meta(ClinicModel.Meta):
        constraints = [models.UniqueConstraint(fields=["clinic", "user"], name="membership_once_per_clinic")]

    def __str__(self) -> str:
        return self.display_name

    @property
    def permissions(self) -> frozenset[Permission]:
        """Everything this person may do in this clinic."""
        return permissions_of(self.roles) if self.is_active else frozenset()

    def may(self, permission: Permission) -> bool:
        """Whether this person may do this, in this clinic, now."""
        return permission in self.permissions


class ApiToken(ClinicModel):
    """A key for programs. Only its hash is stored; it speaks for one member in one clinic and carries that clinic's prefix."""

    membership = ClinicForeignKey(Membership, related_name="+")
    name = models.CharField(_("name"), max_length=100)
    token_hash = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(null=True, editable=False)

    path_to_patient = ""
    not_exported_because = "secrets of programs"

    class Meta(ClinicModel.Meta):
        constraints = [models.UniqueConstraint(fields=["clinic", "token_hash"], name="api_token_hash_once_per_clinic")]
