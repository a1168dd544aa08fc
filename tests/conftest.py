"""What every test may use. The servers come from tests/embedded.py, programs from running.py, browsers from browsers.py."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cast import cast, committed_cast
from tests.embedded import Cluster

__all__ = ["cast", "committed_cast"]


@pytest.fixture(scope="session")
def django_db_setup(cluster: Cluster, django_test_environment: None) -> Iterator[None]:
    """Instead of pytest-django's own test database: a clone of the template, reset after each test that commits."""
    from django.db import connections
    from django.test import TransactionTestCase

    def fresh_clone(_test: TransactionTestCase) -> None:
        connections.close_all()
        cluster.reset()

    cluster.reset()
    with pytest.MonkeyPatch.context() as patch:
        # Django would TRUNCATE every table, which the application's role must not be able to do.
        patch.setattr(TransactionTestCase, "_fixture_teardown", fresh_clone)
        yield
    connections.close_all()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Each test begins in English: a page asked for in German would leave its language to the next test of the process."""
    from django.utils import translation

    with translation.override("en"):
        yield
