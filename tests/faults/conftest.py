"""The stages start from the migrated template that the other tests have made."""

from __future__ import annotations

import pytest

from tests.embedded import Cluster


@pytest.fixture(scope="session")
def _template_is_kept(cluster: Cluster) -> None:
    cluster.migrate()
