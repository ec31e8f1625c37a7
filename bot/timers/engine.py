"""DBOS behind a small seam: it runs what it is given once, and again where a process died.

It knows a job by its name and nothing of the timers that it is for. What it keeps is never the
truth: a job that it loses is found by the sweep, and its timers go into another one.

Facts about DBOS 3.4 that this module rests on: its coroutines run on the loop that was running
when it was launched; it replaces that loop's default executor by its own; a workflow id is used
once and never again; the application version is a hash of our source unless it is given, and rows
of another version are not run.

It is loaded when it is started, for that is a sixth of a start: the bot answers meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dbos import DBOSConfig

Job = str
Run = Callable[[Job], Awaitable[None]]

_APPLICATION = "presence-bot"
_VERSION = "2"  # stands for the arguments of a job, which are the same for ever
_QUEUE = "timers"
# Threads that wait for their turn to write a SQLite file do so by sleeping and trying again.
_THREADS_SQLITE = 4
_THREADS_POSTGRESQL = 16
_PRUNED_AT_ONCE = 500
_JOBS_AT_ONCE = 40  # that one process takes from the queue
_POLL = 0.5  # seconds between two looks at the queue; each costs 2 to 4 ms of CPU


class Progress(Enum):
    """How far the engine is with a job."""

    UNKNOWN = "unknown"
    WAITING = "waiting"
    RUNNING = "running"
    LOST = "lost"
    ENDED = "ended"


class Engine:
    """Runs jobs. One process has one: DBOS is a singleton.

    Args:
        url: the database of the store, `sqlite:///FILE` or `postgresql://...`. A SQLite file must
            be in write-ahead mode already.
        instance: what this process is called among those on the same database. On a SQLite file
            the same after a restart, so that DBOS takes its own unfinished jobs up again; on
            PostgreSQL never the name of another process, whose jobs it would take.
        run: does a job. It may be called more than once for the same job.
    """

    def __init__(self, url: str, *, instance: str, run: Run) -> None:
        self._url = url
        self._instance = instance
        self._run = run
        self._shared = not url.startswith("sqlite")

    async def start(self) -> None:
        """Launch DBOS on the running loop."""
        await asyncio.to_thread(import_module, "dbos")
        from dbos import DBOS

        config: DBOSConfig = {
            "name": _APPLICATION,
            "system_database_url": self._url,
            "application_version": _VERSION,
            "executor_id": self._instance,
            "log_level": "WARNING",
            "max_executor_threads": _THREADS_POSTGRESQL if self._shared else _THREADS_SQLITE,
        }
        DBOS(config=config)

        @DBOS.workflow(name="fire")
        async def fire(job: Job) -> None:
            await self._run(job)

        self._fire = fire
        DBOS.launch()
        if self._shared:
            await DBOS.register_queue_async(
                _QUEUE, worker_concurrency=_JOBS_AT_ONCE, polling_interval_sec=_POLL
            )

    async def hand_over(self, job: Job, *, here: bool) -> None:
        """Have a job run: here, or by whichever process on the database is free first.

        Handing the same job over again is harmless.
        """
        from dbos import DBOS, SetWorkflowID

        with SetWorkflowID(job):
            if self._shared and not here:
                await DBOS.enqueue_workflow_async(_QUEUE, self._fire, job)
            else:
                await DBOS.start_workflow_async(self._fire, job)

    async def progress(
        self, jobs: Iterable[Job], *, lost_after: timedelta
    ) -> Mapping[Job, Progress]:
        """Return how far each job is; one that has been running for `lost_after` is lost."""
        from dbos import DBOS

        names = list(jobs)
        found = await DBOS.list_workflows_async(
            workflow_ids=names, load_input=False, load_output=False
        )
        before = (datetime.now(UTC) - lost_after).timestamp() * 1000
        known = dict.fromkeys(names, Progress.UNKNOWN)
        for workflow in found:
            if workflow.status in {"ENQUEUED", "DELAYED"}:
                how = Progress.WAITING
            elif workflow.status == "PENDING":
                how = Progress.RUNNING if (workflow.updated_at or 0) > before else Progress.LOST
            else:
                how = Progress.ENDED
            known[workflow.workflow_id] = how
        return known

    async def prune(self, older_than: timedelta) -> None:
        """Forget jobs that ended longer ago than `older_than`, by system time.

        One that was begun longer ago, and runs still, had a process that was killed: it ends now.
        """
        from dbos import DBOS

        before = (datetime.now(UTC) - older_than).isoformat()
        while names := await self._some(status="PENDING", end_time=before):
            await DBOS.cancel_workflows_async(names)
        while names := await self._some(completed_before=before):
            await DBOS.delete_workflows_async(names)

    async def _some(
        self,
        *,
        status: str | None = None,
        end_time: str | None = None,
        completed_before: str | None = None,
    ) -> list[Job]:
        from dbos import DBOS

        found = await DBOS.list_workflows_async(
            name="fire",
            status=status,
            end_time=end_time,
            completed_before=completed_before,
            limit=_PRUNED_AT_ONCE,
            load_input=False,
            load_output=False,
        )
        return [workflow.workflow_id for workflow in found]

    async def stop(self) -> None:
        """Stop DBOS and give the loop an executor of its own back."""
        from dbos import DBOS

        own = ThreadPoolExecutor(thread_name_prefix="asyncio")
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(own, lambda: DBOS.destroy(destroy_registry=True))
        loop.set_default_executor(own)
