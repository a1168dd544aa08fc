"""A migration operation that takes several for one step, because Django rebuilds its models between any two of them.

Nearly every table here refers to the clinic, so each rebuilding covers them all: a tenth of a second per operation, and the triggers
and indexes of a new installation are a hundred operations. Those do not build on each other; one rebuilding at their end is enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations.base import Operation


class Together(Operation):
    """Operations on fields, indexes, constraints and triggers that do not read each other's result, in the given order.

    Each sees the models as they were before the first and as they are after the last; hence no two may change the same field, and
    none may create a model that another one changes.
    """

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)

    @property
    def reversible(self) -> bool:  # type: ignore[override]  # a plain attribute in Django
        """Whether all of them can be taken back."""
        return all(operation.reversible for operation in self.operations)

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change the description of the models; the models themselves are rebuilt when they are next asked for."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)
