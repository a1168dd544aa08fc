"""What patients agree to, word for word. A changed text gets a new version; statements keep the version that was shown."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clinic.models import Consent

VERSION = "2026-11"
# Statements that were not made to a text of ours: those of another program's list, and those that taking such a list back made void.
FROM_FILE, TAKEN_BACK = "import", "import taken back"

TEXTS: dict[str, str | Promise] = {
    Consent.Purpose.MESSAGES: _(
        "I agree that the clinic sends me surveys and reminders by e-mail or text message. No message names my complaint or my answers. "
        "I can withdraw at any time; my treatment does not depend on it."
    ),
    Consent.Purpose.REGISTRY: _(
        "I agree that my data, without name or contact data, is used for registries and research. I can withdraw at any time for the "
        "future; my treatment does not depend on it."
    ),
}
