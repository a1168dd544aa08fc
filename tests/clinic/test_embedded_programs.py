"""The tests' real worker and browser: they work on the same database as the test."""

import os
import signal

import pytest
import redis
from django.db import connection

from clinic.local.processes import Child
from tests.browsers import Pages
from tests.embedded import Cluster
from tests.running import Processes, wait_until


def test_a_worker_takes_tasks_and_goes_on_when_a_pool_process_is_killed(celery_worker: Child, cluster: Cluster) -> None:
    from clinic.config.celery import app

    def received() -> int:
        return celery_worker.log.read_text().count("clinic.tasks.send_due_messages") - 1  # the list of tasks at the start

    workers = app.control.inspect(timeout=10, limit=1).stats() or {}
    [pool] = [worker["pool"]["processes"] for worker in workers.values()]
    assert len(pool) == 2
    os.kill(pool[0], signal.SIGKILL)
    app.send_task("clinic.tasks.send_due_messages")
    wait_until(lambda: received() >= 1, what="the task in the worker's log")
    with redis.Redis(unix_socket_path=str(cluster.redis.socket)) as broker:
        wait_until(lambda: broker.llen("celery") == 0 and not broker.exists("unacked"), what="an empty queue")


def test_a_worker_serves_as_the_workers_role_on_the_database_of_the_test(processes: Processes) -> None:
    question = "import django; django.setup(); from django.db import connection as c; x = c.cursor(); "
    question += "x.execute('select current_user, current_database()'); print(x.fetchone())"
    child = processes.start("question", ["-c", question])
    wait_until(lambda: not child.running, what="the answer")
    assert child.log.read_text().strip() == f"('backlight_worker', '{connection.settings_dict['NAME']}')"


def test_a_killed_program_is_gone_and_the_test_goes_on(processes: Processes) -> None:
    child = processes.start("sleeper", ["-c", "import time; time.sleep(60)"])
    child.kill()
    assert child.process.returncode == -signal.SIGKILL
    with pytest.raises(ProcessLookupError):
        os.kill(child.process.pid, 0)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_browser_shows_the_live_servers_sign_in_page_at_the_asked_width(browser_page: Pages, width: int) -> None:
    page = browser_page(width=width)
    answer = page.goto("/accounts/login/")
    assert answer is not None
    assert answer.status == 200
    assert page.evaluate("window.innerWidth") == width
    assert page.get_by_role("button").count() >= 1


def test_the_browser_can_be_used_without_scripts(browser_page: Pages) -> None:
    page = browser_page(scripts=False)
    answer = page.goto("/accounts/login/")
    assert answer is not None
    assert answer.status == 200
    assert page.locator("input[type=password]").count() == 1


def test_a_breach_of_the_content_security_policy_does_not_go_unseen(browser_page: Pages) -> None:
    page = browser_page()
    page.goto("/accounts/login/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">no</p>')")
    wait_until(lambda: page.evaluate("1") and browser_page.complaints, what="the complaint")
    assert "style" in browser_page.complaints.pop()
