"""The worker neither reads nor writes what people sign in with, and whoever reads for reports reads no names and no secrets.

The worker still adds users and memberships: it founds the invented clinics that a first start asks for.
"""

from django.db import migrations

_NARROW = """
REVOKE ALL ON django_session, mfa_authenticator, account_emailconfirmation, clinic_apitoken, clinic_signedinbrowser, clinic_setupcode
    FROM backlight_worker;
REVOKE UPDATE, DELETE ON clinic_user, clinic_membership, clinic_staffinvitation, account_emailaddress FROM backlight_worker;
REVOKE SELECT ON clinic_apitoken, clinic_patientidentity, clinic_staffinvitation, clinic_importrow, clinic_importpiece, outcomes_invitation
    FROM backlight_reporter;
"""
_WIDEN = """
GRANT SELECT, INSERT, UPDATE, DELETE ON django_session, mfa_authenticator, account_emailconfirmation, clinic_apitoken,
    clinic_signedinbrowser, clinic_setupcode TO backlight_worker;
GRANT UPDATE, DELETE ON clinic_user, clinic_membership, clinic_staffinvitation, account_emailaddress TO backlight_worker;
GRANT SELECT ON clinic_apitoken, clinic_patientidentity, clinic_staffinvitation, clinic_importrow, clinic_importpiece, outcomes_invitation
    TO backlight_reporter;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0015_subject_access"),
        ("outcomes", "0009_functions_see_no_temporary_tables"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("sessions", "0001_initial"),
    ]

    operations = [migrations.RunSQL(_NARROW, _WIDEN)]
