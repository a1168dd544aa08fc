"""Faults while messages are sent and people invited: nobody is left out, a repeat bears the same name."""

from __future__ import annotations

import email
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import redis
from celery import Celery

from clinic.local.processes import Child
from tests.drill.crowd import form, received, send_survey
from tests.drill.figures import Figure, at_most, exactly
from tests.drill.stage import Stage, wait_for

SENDERS = 3  # two of the worker's pool, and the poller


def inbox(stage: Stage) -> list[str]:
    """The Message-ID of every mail that arrived, as often as it did."""
    return [str(email.message_from_bytes(path.read_bytes())["Message-ID"]) for path in stage.inbox.glob("*/*.eml")]


def poke(stage: Stage, times: int) -> None:
    """Tell the worker, as beat does, to look at the outbox."""
    with Celery(broker=stage.redis.url) as beat:
        for _ in range(times):
            beat.send_task("clinic.tasks.send_due_messages", ignore_result=True)


def _start_worker(stage: Stage) -> Child:
    options = ["--pool=prefork", "--concurrency=2", "--without-gossip", "--without-mingle", "--loglevel=WARNING"]
    return stage.start("worker", ["-W", "ignore", "-m", "celery", "-A", "clinic.config.celery", "worker", *options])


def _senders(stage: Stage) -> list[Child]:
    """A Celery worker that was told to look at the outbox, and the poller."""
    worker = _start_worker(stage)
    poller = stage.start("poller", ["-W", "ignore", "manage.py", "send_outbox", "--loop"])
    poke(stage, 2)
    return [worker, poller]


def _arrived(stage: Stage, enough: int) -> bool:
    return len(set(inbox(stage))) >= enough


def _has_ended(child: Child) -> bool:
    return not child.running


def senders_killed(messages: int, kills: int) -> Iterator[Figure]:
    """R16: worker and poller are killed together, again and again, while messages leave."""
    with Stage() as stage:
        stage.prepare("messages", messages)
        began = time.monotonic()
        for kill in range(1, kills + 1):
            senders = _senders(stage)
            enough = kill * messages // (kills + 2)
            wait_for(partial(_arrived, stage, enough), 60, "sending")
            for sender in senders:
                sender.kill()
        before = len(set(inbox(stage)))
        _senders(stage)
        wait_for(lambda: len(set(inbox(stage))) == messages, 60, "the rest of the messages")
        sent = "SELECT count(*) FROM clinic_message WHERE state = 'sent'"
        wait_for(lambda: stage.number(sent) == messages, 30, "writing down what was sent")
        seconds = round(time.monotonic() - began, 1)
        arrived = inbox(stage)
        names = {str(row[0]) for row in stage.rows("SELECT message_id::text FROM clinic_message")}
        repeats = len(arrived) - len(set(arrived))
        yield Figure("senders_killed.killed_midway", before < messages, str(before), f"<{messages}")
        yield exactly("senders_killed.missing", messages - len({name.strip("<>").partition("@")[0] for name in arrived} & names), 0)
        yield exactly("senders_killed.unknown_names", len({name.strip("<>").partition("@")[0] for name in arrived} - names), 0)
        yield at_most("senders_killed.repeats", repeats, SENDERS * kills)
        visible = stage.number("SELECT coalesce(sum(attempts - 1), 0) FROM clinic_message")
        yield Figure("senders_killed.repeats_visible", visible >= repeats, str(visible), f">={repeats}")
        audited = "SELECT count(*) FROM clinic_auditevent WHERE action = 'message.send'"
        yield exactly("senders_killed.audited", stage.number(audited), messages)
        yield at_most("senders_killed.seconds", seconds, 60 + 10 * kills, "s")


def two_schedulers(courses: int, schedulers: int) -> Iterator[Figure]:
    """R19: several schedulers invite at the same moment, and two pollers send: everybody is invited and written to once."""
    with Stage() as stage:
        stage.prepare("due", courses)
        code = "import django; django.setup(); from outcomes.tasks import invite_due_in_every_clinic; invite_due_in_every_clinic()"
        began = [stage.start(f"scheduler{number}", ["-W", "ignore", "-c", code]) for number in range(schedulers)]
        for each in began:
            wait_for(partial(_has_ended, each), 90, "inviting")
        yield exactly("two_schedulers.failed", sum(each.process.returncode != 0 for each in began), 0)
        for number in range(2):
            stage.start(f"poller{number}", ["-W", "ignore", "manage.py", "send_outbox", "--loop"])
        left = "SELECT count(*) FROM clinic_message WHERE state <> 'sent'"
        wait_for(lambda: inbox(stage) and stage.number(left) == 0, 60, "sending")
        invited = "SELECT count(*) FROM outcomes_invitation i JOIN treatment_course c ON c.id = i.course_id WHERE c.external_id <> ''"
        twice = "SELECT count(*) FROM (SELECT 1 FROM outcomes_invitation GROUP BY course_id, occasion, due_on HAVING count(*) > 1) AS t"
        yield Figure("two_schedulers.invitations", stage.number(invited) == courses, str(stage.number(invited)), f"={courses}")
        yield exactly("two_schedulers.invited_twice", stage.number(twice), 0)
        yield exactly("two_schedulers.messages", len(inbox(stage)), stage.number("SELECT count(*) FROM outcomes_invitation"))
        yield exactly("two_schedulers.sent_twice", len(inbox(stage)) - len(set(inbox(stage))), 0)


def redis_gone(surveys: int, seconds: float, *, frozen: bool) -> Iterator[Figure]:
    """R14, R15: Redis is dead, or frozen with its socket open. Pages, submits, the sign-in throttle and messages go on."""
    name = "redis_frozen" if frozen else "redis_dead"
    with Stage() as stage:
        prepared = stage.prepare("signed_in", 2 * surveys)
        stage.start_web()
        _start_worker(stage)
        normal, after = prepared["ready"][:surveys], prepared["ready"][surveys:]
        usual = _timed(partial(send_survey, stage), normal)
        _take_away(stage, frozen=frozen)
        began = time.monotonic()
        slowed = _timed(partial(send_survey, stage), after)
        pages = _pages(stage, prepared)
        let_in, throttled = _tries(stage, prepared)
        wait_for(lambda: time.monotonic() - began >= seconds, seconds + 1, "the outage")
        yield exactly(f"{name}.submits", sum(slowed[1]) + sum(usual[1]), 2 * surveys)
        p95, limit = _p95(slowed[0]), max(1.5 * _p95(usual[0]), 300.0)
        yield at_most(f"{name}.submit_p95", round(p95), round(min(limit, 800)), "ms")
        yield exactly(f"{name}.pages_not_200", sum(status != 200 for status in pages), 0)
        yield Figure(f"{name}.sign_in", let_in, "yes" if let_in else "no", "=yes")
        yield Figure(f"{name}.sign_in_throttled", throttled, "yes" if throttled else "no", "=yes")
        yield from _messages_leave(stage, name, frozen=frozen)


def _take_away(stage: Stage, *, frozen: bool) -> None:
    assert stage.redis.child is not None
    if frozen:
        stage.freeze_redis(frozen=True)
    else:
        stage.redis.child.kill()


def _timed(send: Callable[[dict[str, str]], Any], surveys: list[dict[str, str]]) -> tuple[list[float], list[bool]]:
    """Milliseconds of each, four at a time, and whether each was received."""
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, surveys))
    return [answer.seconds * 1000 for answer in answers], [received(answer) for answer in answers]


def _p95(milliseconds: list[float]) -> float:
    return statistics.quantiles(milliseconds, n=20)[-1]


def _pages(stage: Stage, prepared: dict[str, Any]) -> list[int]:
    paths = ["today/", "patients/", f"patients/{prepared['patient']}/"]
    return [stage.call("GET", f"/c/harbour/{path}", headers={"Cookie": prepared["staff"]}).status for path in paths]


def _tries(stage: Stage, prepared: dict[str, Any]) -> tuple[bool, bool]:
    """Whether the right password is accepted, and refused too after a number of wrong ones."""

    def accepted() -> bool:
        return form(stage, "/accounts/login/", "", login=prepared["email"], password=prepared["password"]).status == 302

    at_first = accepted()
    for number in range(12):
        form(stage, "/accounts/login/", "", login=prepared["email"], password=f"wrong {number}")
    return at_first, not accepted()


def _messages_leave(stage: Stage, name: str, *, frozen: bool) -> Iterator[Figure]:
    """The poller needs no broker: what is due leaves during the outage; and the worker takes up its work afterwards."""
    code = "import django; django.setup(); from outcomes.tasks import invite_due_in_every_clinic; invite_due_in_every_clinic()"
    stage.run(["-W", "ignore", "-c", code])
    waiting = "SELECT count(*) FROM clinic_message WHERE state IN ('due', 'sending') AND due_at <= now()"
    due = stage.number(waiting)
    stage.start("poller", ["-W", "ignore", "manage.py", "send_outbox", "--loop"])
    seconds = wait_for(lambda: stage.number(waiting) == 0, 60, "sending without Redis")
    yield Figure(f"{name}.messages_left", due > 0, f"{due}-in-{seconds:.1f}s", "<=60s")
    if frozen:
        stage.freeze_redis(frozen=False)
    else:
        stage.redis.start(stage.folder / "redis.log")
    poke(stage, 1)
    with redis.Redis(unix_socket_path=str(stage.redis.socket)) as broker:
        took = wait_for(lambda: broker.llen("celery") == 0, 60, "the worker's return")
    yield at_most(f"{name}.worker_back", round(took, 1), 60, "s")
