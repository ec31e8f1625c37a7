"""How a unit of work is run: the seam between the units and the databases.

A unit is a plain function of a connection. It may run beside other units in one commit, so it
is short and does nothing but talk to the database.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, Protocol, TypeVar

import sqlalchemy as sa

P = ParamSpec("P")
T = TypeVar("T")
Unit = Callable[Concatenate[sa.Connection, P], T]


class Runner(Protocol):
    """Runs units of work in transactions of one database.

    `shared` is whether other processes may use it, too.
    """

    shared: bool

    async def run(self, unit: Unit[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a unit and return its value after the commit; what it raises undoes it alone.

        A caller that is cancelled stops waiting; the unit is still carried out, whole.
        """

    async def run_alone(self, unit: Unit[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a unit like `run`: one statement, which does the same when it is done twice."""

    async def read(self, unit: Unit[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a unit that only reads; each of its statements sees one consistent state."""

    async def leads(self) -> bool:
        """Return whether this process is the one that may do what only one may do."""

    async def resign(self) -> None:
        """Be that process no more, nor stand for it again."""

    async def close(self) -> None:
        """Carry out what was handed over, then let go of the database; twice is fine."""
