"""What the supervisor is told, and what it tells the programs it starts."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from clinic.local.environment import Environments, Place, WrongSetting, environments, read_wishes
from clinic.local.servers import LONGEST_SOCKET_PATH, Postgres, Redis


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder that another user may pass through, as PostgreSQL's has to when root runs the tests."""
    folder = Path(tempfile.mkdtemp(prefix="blt-"))
    folder.chmod(0o711)
    yield folder / "data"
    shutil.rmtree(folder)


def _environments(data: Path, **environ: str) -> Environments:
    place, wishes = Place(data), read_wishes({"DATA": str(data), **environ})
    postgres = None if wishes.database_url else Postgres(place.cluster(), place.sockets() / "postgres")
    redis = None if wishes.redis_url else Redis(place.data / "redis", place.sockets() / "redis")
    return environments(wishes, place, postgres, redis, environ)


def test_without_any_wish_it_is_the_demo_on_port_8000_for_this_machine_alone() -> None:
    wishes = read_wishes({})
    assert (wishes.address, wishes.host, wishes.demo) == ("http://localhost:8000", "127.0.0.1", True)
    assert wishes.data.name == "data"


@pytest.mark.parametrize(
    ("environ", "reason"),
    [
        ({"PORT": "http"}, "PORT=http is not a port number"),
        ({"PORT": "65536"}, "PORT=65536 is not a port number"),
        ({"DEMO": "yes"}, "DEMO=yes is neither 0 nor 1"),
        ({"HOST": "everywhere"}, "HOST=everywhere is not an IP address"),
        ({"HOST": "0.0.0.0"}, "would offer the demo's public passwords to others"),
    ],
)
def test_a_wish_that_cannot_be_met_is_refused_with_the_reason(environ: dict[str, str], reason: str) -> None:
    with pytest.raises(WrongSetting, match=reason):
        read_wishes(environ)


def test_a_database_of_ones_own_is_not_filled_with_invented_patients_unless_that_is_said() -> None:
    assert not read_wishes({"DATABASE_URL": "postgresql://db/clinic"}).demo
    assert read_wishes({"DATABASE_URL": "postgresql://db/clinic", "DEMO": "1"}).demo


def test_keys_are_made_once_and_only_their_owner_can_read_them(data: Path) -> None:
    first = Place(data).keys()
    assert Place(data).keys() == first
    assert (data / "keys.json").stat().st_mode & 0o777 == 0o600
    assert len(first["SECRET_KEY"]) >= 50
    assert Fernet(first["FIELD_KEYS"]).decrypt(Fernet(first["FIELD_KEYS"]).encrypt(b"a name")) == b"a name"
    assert json.loads((data / "keys.json").read_text()).keys() == {"SECRET_KEY", "TOKEN_KEY", "FIELD_KEYS"}


def test_two_installations_have_different_keys(data: Path) -> None:
    assert Place(data / "a").keys() != Place(data / "b").keys()


def test_logs_and_queue_are_closed_to_other_people_of_the_machine(data: Path) -> None:
    place = Place(data)
    assert place.logs.stat().st_mode & 0o077 == 0
    assert place.data.stat().st_mode & 0o066 == 0


def test_web_worker_and_owner_each_reach_the_database_as_their_own_role(data: Path) -> None:
    env = _environments(data)
    roles = [each["DATABASE_URL"].split("@")[0] for each in (env.web, env.worker, env.owner)]
    assert roles == ["postgresql://backlight_app", "postgresql://backlight_worker", "postgresql://backlight_owner"]


def test_what_serves_does_not_learn_how_to_become_the_owner(data: Path) -> None:
    own = {"DATABASE_URL": "postgresql://app@db/clinic", "OWNER_DATABASE_URL": "postgresql://boss@db/clinic"}
    env = _environments(data, **own)
    assert env.owner["DATABASE_URL"] == "postgresql://boss@db/clinic"
    for serving in (env.web, env.worker):
        assert not [value for value in serving.values() if "boss" in value]


def test_servers_of_ones_own_are_used_as_they_are_given(data: Path) -> None:
    env = _environments(data, DATABASE_URL="postgresql://app@db/clinic", REDIS_URL="redis://queue/3", EMAIL_URL="smtp://mail:25")
    assert (env.web["DATABASE_URL"], env.web["REDIS_URL"]) == ("postgresql://app@db/clinic", "redis://queue/3")
    assert (env.web["EMAIL_URL"], env.web["INBOX_DIR"]) == ("smtp://mail:25", "")


def test_mail_of_the_demo_lands_in_a_folder_unless_there_is_a_real_mail_server(data: Path) -> None:
    assert _environments(data).web["INBOX_DIR"] == str(data / "inbox")
    assert _environments(data, DEMO="0").web["INBOX_DIR"] == ""


def test_sockets_move_to_a_short_temporary_folder_when_the_data_path_is_too_long(data: Path) -> None:
    place = Place(data / ("long" * 30))
    sockets = place.sockets()
    assert len(str(sockets / "postgres/.s.PGSQL.5432")) < LONGEST_SOCKET_PATH < len(str(place.run))
    assert sockets.stat().st_mode & 0o066 == 0
    again = place.sockets()
    assert not sockets.exists()
    again.rmdir()


@pytest.mark.parametrize("others", [0o700, 0o711])
def test_as_root_a_closed_data_folder_keeps_its_database_where_its_user_can_get(
    data: Path, others: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_place = data.parent / "open"
    closed = data.parent / "home"
    closed.mkdir()
    closed.chmod(others)
    monkeypatch.setattr("clinic.local.environment.unprivileged_uid", lambda: os.getuid() + 1)
    monkeypatch.setattr("clinic.local.environment.OPEN_PLACE", open_place)
    place = Place(closed / "data")
    cluster = place.cluster()
    if others == 0o711:
        assert cluster == closed / "data" / "postgres"
    else:
        assert cluster.parent == open_place
        assert (closed / "data" / "postgres").resolve() == cluster
