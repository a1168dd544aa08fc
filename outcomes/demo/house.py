"""The demo's two clinics: who works there, which lasers they have and what they agreed to do with them. All of it invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from clinic.models import Clinic, Membership, Organisation
from clinic.permissions import ADMINISTRATOR, FRONT_DESK, MANAGER, THERAPIST
from clinic.scoping import clinic_scope
from clinic.services.organisation import add_staff, create_clinic
from clinic.writes import SYSTEM_COMMAND
from outcomes.demo.story import HARBOUR, MEADOW
from sessions.models import Device, Handpiece, Protocol
from sessions.services.calendar import add_room, decide_calendar
from sessions.services.devices import agree_protocol, register_device
from sessions.services.laser_rules import decide_laser_rules
from sessions.services.measurements import record_measurement

ORGANISATION = "Harbour & Meadow Back Care (demo)"
NAMES = {HARBOUR: "Harbour Clinic", MEADOW: "Meadow Clinic"}
# From the numbers that the Bundesnetzagentur keeps free for films and books (notice 148/2021): they never ring anywhere.
TELEPHONES = {HARBOUR: "+49 30 23125 110", MEADOW: "+49 30 23125 220"}

ADDRESSES = {HARBOUR: "Example Quay 1, 10115 Berlin", MEADOW: "Example Meadow 2, 10115 Berlin"}
ROOMS = ("Room 1", "Room 2")

# Address, name, role, whether there is a password. The logins stand in clinic.local.demo, which prints them.
STAFF = {
    HARBOUR: (
        ("therapist@demo.example", "Beatrix Lindqvist", THERAPIST.key, True),
        ("colleague@demo.example", "Tomasz Wiśniewski", THERAPIST.key, False),
        ("manager@demo.example", "Mirjam Abel", MANAGER.key, True),
        ("frontdesk@demo.example", "Finn Oyelaran", FRONT_DESK.key, True),
        ("owner@demo.example", "Olu van Dijk", ADMINISTRATOR.key, True),
    ),
    MEADOW: (
        ("other@demo.example", "Sam Rautenbach", THERAPIST.key, True),
        ("locum@demo.example", "Noor Haddad", THERAPIST.key, False),
        ("manager@demo.example", "Mirjam Abel", MANAGER.key, True),
        ("owner@demo.example", "Olu van Dijk", ADMINISTRATOR.key, True),
    ),
}


@dataclass(frozen=True)
class Equipment:
    """A laser and the settings a clinic uses it with. Makers and models are invented."""

    key: str
    name: str
    maker: str
    model: str
    laser_class: str
    maximum_power_w: str
    wavelengths_nm: tuple[str, ...]
    handpiece: str
    spot_area_cm2: str
    protocol: str
    source: str
    settings: Mapping[str, Any]


EQUIPMENT = {
    HARBOUR: (
        Equipment(
            "class_4", "Big laser, room 2", "Nordlicht Example", "Fjord 15", "4", "15", ("980",), "Large lens", "7.0686",
            "Lumbar sweep", "The team's own agreement for this demo; from no trial, and no recommendation",
            {"wavelength_shares": {"980": 100}, "mode": "cw", "average_power_w": Decimal(10), "technique": "scanning_non_contact",
             "spot_area_cm2": Decimal("7.0686"), "treated_area_cm2": Decimal(150), "emission_s": Decimal(600)},
        ),
        Equipment(
            "class_3b", "Small laser", "Kupferberg Example", "Taper 50", "3B", "0.05", ("810",), "Contact probe", "0.2206",
            "Lumbar points", "Settings as in Djavid et al. 2007, Aust J Physiother 53:155-160 (no benefit over exercise at 6 weeks)",
            {"wavelength_shares": {"810": 100}, "mode": "cw", "average_power_w": Decimal("0.05"), "technique": "contact_stationary",
             "spot_area_cm2": Decimal("0.2206"), "points": 8, "seconds_per_point": Decimal(120)},
        ),
    ),
    MEADOW: (
        Equipment(
            "class_4", "Tower laser", "Nordlicht Example", "Fjord 30", "4", "30", ("810", "980"), "Massage ball", "3.1416",
            "Lumbar massage", "The team's own agreement for this demo; from no trial, and no recommendation",
            {"wavelength_shares": {"810": 50, "980": 50}, "mode": "gated", "average_power_w": Decimal(6), "frequency_hz": Decimal(20),
             "duty_cycle_percent": Decimal(50), "technique": "scanning_contact", "spot_area_cm2": Decimal("3.1416"),
             "treated_area_cm2": Decimal(200), "emission_s": Decimal(480)},
        ),
        Equipment(
            "class_3b", "Point laser", "Kupferberg Example", "Needle 100", "3B", "0.1", ("904",), "Probe", "5",
            "Lumbar 904", "Settings as in Konstantinovic et al. 2010 (acute back pain with radiculopathy, all with nimesulide)",
            {"wavelength_shares": {"904": 100}, "mode": "super_pulsed", "average_power_w": Decimal("0.1"), "frequency_hz": Decimal(5000),
             "technique": "contact_stationary", "spot_area_cm2": Decimal(5), "points": 4, "seconds_per_point": Decimal(150)},
        ),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class House:
    """One clinic of the demo, ready to work in."""

    clinic: Clinic
    therapists: tuple[Membership, ...]
    protocols: Mapping[str, Protocol]


def open_house(password: str | None) -> dict[str, House]:
    """Both clinics of the demo by slug, built if they are not there yet."""
    known = {clinic.slug: clinic for clinic in Clinic.objects.filter(is_demo=True)}
    if not known:
        organisation = Organisation.objects.create(name=ORGANISATION)
        for slug, name in NAMES.items():
            known[slug] = create_clinic(
                actor=SYSTEM_COMMAND, organisation=organisation, name=name, slug=slug, is_demo=True, telephone=TELEPHONES[slug]
            )
    houses = {}
    for slug in NAMES:
        with clinic_scope(known[slug].pk):
            if not Membership.objects.exists():
                _furnish(slug, password)
            houses[slug] = _look_around(known[slug])
    return houses


def _furnish(slug: str, password: str | None) -> None:
    for email, name, role, signs_in in STAFF[slug]:
        add_staff(actor=SYSTEM_COMMAND, email=email, name=name, roles=[role], password=password if signs_in else None)
    for room in ROOMS:
        add_room(actor=SYSTEM_COMMAND, name=room)
    decide_calendar(actor=SYSTEM_COMMAND, address=ADDRESSES[slug], region="BE")
    for each in EQUIPMENT[slug]:
        device = register_device(
            actor=SYSTEM_COMMAND,
            name=each.name,
            maker=each.maker,
            model=each.model,
            laser_class=each.laser_class,
            maximum_power_w=Decimal(each.maximum_power_w),
            wavelengths_nm=[Decimal(nm) for nm in each.wavelengths_nm],
            handpieces=[(each.handpiece, Decimal(each.spot_area_cm2))],
        )
        agree_protocol(
            actor=SYSTEM_COMMAND,
            name=each.protocol,
            device=device,
            handpiece=Handpiece.objects.get(device=device),
            region="lumbar",
            source=each.source,
            settings=dict(each.settings),
        )
        if each.key == "class_3b":  # the other one was never measured, so that a visit warns of it
            _measure(device, each)
    decide_laser_rules(actor=SYSTEM_COMMAND, dose_check=True, measure_every_days=180)


def _measure(device: Device, each: Equipment) -> None:
    power = Decimal(each.maximum_power_w)
    record_measurement(
        actor=SYSTEM_COMMAND,
        device=device,
        wavelength_nm=Decimal(each.wavelengths_nm[0]),
        set_power_w=power,
        measured_power_w=power * Decimal("0.92"),
        meter="Example power meter, no. 7",
        measured_on=device.clinic.today() - timedelta(days=30),
    )


def _look_around(clinic: Clinic) -> House:
    emails = [email for email, _, role, _ in STAFF[clinic.slug] if role == THERAPIST.key]
    members = {member.user.email: member for member in Membership.objects.select_related("user").filter(user__email__in=emails)}
    protocols = {protocol.name: protocol for protocol in Protocol.objects.select_related("device", "handpiece")}
    return House(
        clinic=clinic,
        therapists=tuple(members[email] for email in emails),
        protocols={each.key: protocols[each.protocol] for each in EQUIPMENT[clinic.slug]},
    )
