"""How far the demo is, and throwing it away."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from clinic.local.demo import LOGINS, PASSWORD, Demo
from clinic.local.environment import Place
from clinic.local.reset import main as reset
from clinic.local.supervisor import hold


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The data folder of an installation that has run."""
    folder = Path(tempfile.mkdtemp(prefix="blt-"))
    folder.chmod(0o711)
    place = Place(folder / "data")
    place.keys()
    place.cluster().mkdir()
    (place.data / "inbox").mkdir()
    monkeypatch.setenv("DATA", str(place.data))
    yield place.data
    shutil.rmtree(folder)


def _never() -> bool:
    raise AssertionError("nobody should ask")


def test_today_comes_first_then_the_rest_then_nothing(tmp_path: Path) -> None:
    demo = Demo.in_folder(tmp_path)
    assert demo.wanted(lambda: True)
    assert not demo.unfinished()
    demo.today_is_done()
    assert not demo.wanted(_never)
    assert demo.unfinished()
    demo.is_complete()
    assert not Demo.in_folder(tmp_path).wanted(_never)
    assert not Demo.in_folder(tmp_path).unfinished()


def test_a_database_that_has_a_clinic_is_never_filled_with_invented_patients(tmp_path: Path) -> None:
    assert not Demo.in_folder(tmp_path).wanted(lambda: False)


def test_logins_are_shown_for_a_demo_alone(tmp_path: Path) -> None:
    Demo.in_folder(tmp_path).today_is_done()
    assert Demo.in_folder(tmp_path, wished=False).logins() == ""
    shown = Demo.in_folder(tmp_path).logins()
    assert PASSWORD in shown
    assert [email in shown for email in LOGINS] == [True] * 5


def test_a_reset_removes_database_mail_and_keys_of_a_demo(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Demo.in_folder(data).is_complete()
    assert reset() == 0
    assert "is gone" in capsys.readouterr().out
    assert sorted(path.name for path in data.iterdir()) == ["static"]


def test_a_reset_never_touches_data_that_did_not_begin_as_a_demo(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(data.rglob("*"))
    assert reset() == 1
    assert "nothing was removed" in capsys.readouterr().err
    assert sorted(data.rglob("*")) == before


def test_a_reset_is_refused_while_the_demo_runs(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Demo.in_folder(data).is_complete()
    hold(data / "run" / "lock", "http://localhost:8000 (process 1)")
    assert reset() == 1
    assert "already runs with this data: http://localhost:8000" in capsys.readouterr().err
    assert (data / "keys.json").exists()
