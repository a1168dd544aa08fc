"""Renders a sample of every component to plain HTML, so that a person can look at it.

    python -m tests.browser.gallery OUT && python -m http.server --directory OUT 8099

Not a test: needs no database and is routed nowhere.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from typing import Any

import django
import django_htmx
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
NAMES = {"short": "Ana Lee", "long": "Wilhelmina-Charlotte von Hohenstein-Oberwangenheim zu Rheda", "arabic": "ليلى عبد الرحمن"}


class Therapist:
    """Stands where the signed-in user stands."""

    is_authenticated = True

    def __str__(self) -> str:
        return "B. Okafor"


def configure() -> None:
    """Settings that draw templates and nothing else."""
    settings.configure(
        DEBUG=True,
        SECRET_KEY="gallery",
        USE_I18N=True,
        LANGUAGE_CODE="en",
        STATIC_URL="/static/",
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=["django.contrib.staticfiles", "django.forms", "django_htmx"],
        FORM_RENDERER="clinic.forms.BacklightRenderer",
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [ROOT / "clinic/templates"], "APP_DIRS": True}],
    )
    django.setup()


def _view(request: Any) -> Any:
    raise NotImplementedError


def _urls() -> list[Any]:
    from django.urls import path

    names = ("account_logout", "own_sign_in", "look")
    return [*(path(name, _view, name=name) for name in names), path("reset", _view, name="account_reset_password")]


def staff_form(bound: bool) -> Any:
    """A form with every kind of field therapists meet."""
    from django import forms

    from clinic.widgets import NumericScale, RadioRow, TickCards

    class VisitForm(forms.Form):
        power = forms.DecimalField(label="Mean power", help_text="As the console shows it.")
        power.unit = "W"  # type: ignore[attr-defined]
        device = forms.ChoiceField(label="Device", choices=[("a", "Class IV, 980 nm"), ("b", "Class 3B, 904 nm pulsed")])
        before = forms.TypedChoiceField(
            label="Pain before, now",
            choices=[(n, n) for n in range(11)],
            widget=NumericScale(low="no pain", high="worst pain imaginable"),
        )
        reaction = forms.ChoiceField(
            label="Reaction", choices=[("n", "None"), ("m", "Mild"), ("o", "Other")], widget=RadioRow, required=False
        )
        parts = forms.MultipleChoiceField(
            label="Also today", choices=[("m", "Manual therapy"), ("e", "Exercise")], widget=TickCards, required=False
        )
        note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
        skin = forms.BooleanField(label="Skin checked, no change")

    return VisitForm({"device": "a", "before": "6", "reaction": "m"} if bound else None)


def survey_form(kind: str, bound: bool = False, direction: str = "ltr") -> Any:
    """One question of a survey, by its kind of answer."""
    from django import forms

    from clinic.widgets import NumericScale, RadioCards, TickList, VisualAnalogue

    low, high = ("لا ألم", "أسوأ ألم يمكن تخيله") if direction == "rtl" else ("No pain", "Worst pain you can imagine")
    fields: dict[str, Any] = {
        "nprs": forms.ChoiceField(
            label="How strong was the pain in your back, on average, over the past week?",
            choices=[(n, n) for n in range(11)],
            widget=NumericScale(low=low, high=high, direction=direction),  # type: ignore[arg-type]
            error_messages={"required": "Choose a number from 0 to 10"},
        ),
        "vas": forms.IntegerField(label="Mark how strong your pain is now", widget=VisualAnalogue(low=low, high=high)),
        "ticks": forms.MultipleChoiceField(
            label="Tick each sentence that describes you today",
            widget=TickList,
            choices=[(n, f"Sample statement number {n}, long enough to need a second line on a phone") for n in range(1, 9)],
        ),
        "cards": forms.ChoiceField(
            label="How are you now, compared with the start?",
            widget=RadioCards,
            choices=[(1, "Much better"), (2, "A little better"), (3, "About the same"), (4, "Worse")],
        ),
    }
    return type("SurveyForm", (forms.Form,), {kind: fields[kind]})({} if bound else None)


def sample_charts() -> list[dict[str, str]]:
    """Charts of tests/outcomes/chart_samples.py, if that module is there."""
    from tests.outcomes import chart_samples

    return chart_samples.for_gallery()


def sample_data() -> dict[str, Any]:
    """What every sample page is given."""
    from django.contrib.messages.constants import DEFAULT_LEVELS
    from django.contrib.messages.storage.base import Message

    navigation = [
        {"url": "#", "label": label, "current": label == "Today"} for label in ("Today", "Patients", "Reports", "Devices", "Staff")
    ]
    return {
        "base_template": "clinic/base.html",
        "navigation": navigation,
        "clinic": {"name": "Riverside Physiotherapy and Rehabilitation", "zone": "Europe/Berlin"},
        "demo": True,
        "filling_in": True,
        "search_url": "#",
        "user": Therapist(),
        "names": NAMES,
        "subject": {"name": NAMES["long"], "record_number": "2024-00318"},
        "spine": ["done"] * 3 + ["now"] + ["open"] * 4,
        "columns": [
            {"label": "Group"},
            {"label": "n", "number": True},
            {"label": "Mean change", "number": True},
            {"label": "95 % CI", "number": True},
        ],
        "rows": [
            ["Laser and exercise", "62", "−2.4", "−3.0 to −1.8"],
            ["Exercise only", "31", "−1.9", "−2.7 to −1.1"],
            ["Other", "fewer than 5", "–", "–"],
        ],
        "charts": sample_charts(),
        "notices": [Message(level, f"A notice of level {level}.") for level in DEFAULT_LEVELS.values()],
        "kinds": ["", "plain", "info", "due", "done", "bad"],
        "icons": sorted(set(re.findall(r'name == "(\w+)"', (ROOT / "clinic/templates/clinic/components/icon.html").read_text()))),
    }


def render(out: Path) -> None:
    """Write the pages and the static files into the folder `out`."""
    from django.template.loader import render_to_string
    from django.test.signals import template_rendered
    from django.test.utils import setup_test_environment

    out.mkdir(parents=True, exist_ok=True)
    shutil.copytree(ROOT / "clinic/static", out / "static", dirs_exist_ok=True)
    htmx = Path(django_htmx.__file__).parent / "static"
    shutil.copytree(htmx, out / "static", dirs_exist_ok=True)
    shared = sample_data()
    pages = {
        "staff": ("clinic/gallery.html", {"form": staff_form(False)}),
        "staff-errors": ("clinic/gallery.html", {"form": staff_form(True)}),
    }
    for kind in ("nprs", "vas", "ticks", "cards"):
        pages[f"survey-{kind}"] = ("clinic/gallery_survey.html", {"form": survey_form(kind)})
    pages["survey-error"] = ("clinic/gallery_survey.html", {"form": survey_form("nprs", bound=True), "end": True})
    pages["survey-rtl"] = ("clinic/gallery_survey.html", {"form": survey_form("nprs", direction="rtl"), "end": True})
    pages["404"] = ("404.html", {})
    shown: set[str] = set()
    setup_test_environment()  # each drawn template says so
    template_rendered.connect(lambda template, **_: shown.add(str(template.name)), weak=False)
    for name, (template, extra) in pages.items():
        html = render_to_string(template, {**shared, "csrf_token": "gallery", "progress": ["done", "now", "open", "open"], **extra})
        (out / f"{name}.html").write_text(html)
        (out / f"{name}-rtl.html").write_text(html.replace('dir="ltr">', 'dir="rtl">', 1))
    (out / "shown.txt").write_text("\n".join(sorted(shown)))


if __name__ == "__main__":
    configure()
    urlpatterns = _urls()
    sys.modules[settings.ROOT_URLCONF] = sys.modules[__name__]
    render(Path(sys.argv[1]))
