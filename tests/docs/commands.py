"""Every command of README and runbook, one after the other, in a clone."""

from __future__ import annotations

import os
from pathlib import Path

from bot.playground.entra.endpoints import APP_SECRET
from bot.playground.people import TENANT
from bot.playground.tokens import APP_ID
from tests.docs.blocks import Block, blocks, clone, run
from tests.tenancy import world

_PLACEHOLDERS = {
    "<application id>": APP_ID,
    "<tenant id>": TENANT,
    "<client secret>": APP_SECRET,
}
# Where the stand-ins are, for what would be Microsoft's services.
_ADDRESSES = ("AUTHORITY_URL", "GRAPH_URL", "BOT_OPENID_METADATA_URL", "SERVICE_HOSTS")


def _filled(block: Block) -> Block:
    script = block.script
    for name, value in _PLACEHOLDERS.items():
        script = script.replace(name, value)
    return Block(block.written, script)


async def problems(folder: Path, *, fresh: bool) -> list[str]:
    """Return what does not work of the commands of README and runbook."""
    found, done = [], set()
    async with world(folder) as around:
        around.listener.close()
        for page in ("README.md", "docs/runbook.md"):
            for number, block in enumerate(blocks(page)):
                if block.here(fresh=fresh) in done:
                    continue  # another shell's words for the same
                done.add(block.here(fresh=fresh))
                place = folder / f"{Path(page).stem}-{number}"
                place.mkdir()
                tenant = "MicrosoftAppId" in block.script
                settings = {
                    "PORT": around.url.rpartition(":")[2],
                    "DATABASE_URL": f"sqlite:///{place / 'bot.sqlite3'}",
                    "XDG_DATA_HOME": str(place),
                    **({name: around.environment[name] for name in _ADDRESSES} if tenant else {}),
                }
                checkout = clone(place, fresh=fresh)
                if fresh and "venv .venv" not in block.script:
                    # It goes on from the first block, as its reader does.
                    before = {**settings, "DATABASE_URL": f"sqlite:///{place / 'first.sqlite3'}"}
                    await run(_first(), checkout, before, url=around.url, fresh=True)
                if page == "docs/runbook.md":
                    started = Block("", "timeout 60 .venv/bin/python app.py")
                    await run(started, checkout, settings, url=around.url, fresh=fresh)
                    settings["PATH"] = f"{checkout / '.venv' / 'bin'}:{os.environ['PATH']}"
                wrong = await run(_filled(block), checkout, settings, url=around.url, fresh=fresh)
                found += [wrong] if wrong else []
    return found


def _first() -> Block:
    return blocks("README.md")[0]
