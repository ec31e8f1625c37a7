"""What holds the door: each check is taken out of a copy of the source, and tests must fail.

A mutation is the smallest change that removes one check. The tests named with it are those that
show what the check is for; they must pass on the source as it is and fail on the copy.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.running import ROOT

_PARTS = ("app.py", "bot", "tests", "pyproject.toml")
_PATIENCE = 180  # seconds for the tests of one mutation
_FAILED = 1  # pytest's exit code for tests that ran and failed; others mean that they did not run

SIGN_IN = "tests/security/test_sign_in.py"
BUTTONS = "tests/security/test_authorisation.py"
ATTACKS = "tests/security/test_attacks.py"


@dataclass(frozen=True, kw_only=True)
class Mutation:
    """A check and its removal: `old` stands once in `file`; `only` names the tests, as for -k."""

    file: str
    old: str
    new: str
    tests: str
    only: str = ""


_NO_NONCE = """import msal
from msal.oauth2cli import oidc as _oidc

_oidc._nonce_hash = lambda _: type(
    "Any", (str,), {"__ne__": lambda s, o: False, "__hash__": str.__hash__}
)()
"""

MUTATIONS: dict[str, Mutation] = {
    "signature": Mutation(
        file="bot/tokens.py",
        old='"verify_exp": False,',
        new='"verify_exp": False, "verify_signature": False,',
        tests=SIGN_IN,
        only="credulous and signed",
    ),
    "audience": Mutation(
        file="bot/tokens.py",
        old="                audience=self._audience,\n",
        new="",
        tests=SIGN_IN,
        only="signs_in",
    ),
    "audience, unseen by PyJWT": Mutation(
        file="bot/tokens.py",
        old='"verify_exp": False,',
        new='"verify_exp": False, "verify_aud": False,',
        tests=SIGN_IN,
        only="credulous and application",
    ),
    "issuer": Mutation(
        file="bot/tokens.py",
        old="                issuer=self._issuer,\n",
        new="",
        tests=SIGN_IN,
        only="credulous and issuer",
    ),
    "expiry": Mutation(
        file="bot/tokens.py",
        old="        self._check_times(seen.checked.claims)\n",
        new="",
        tests=SIGN_IN,
        only="credulous and expired",
    ),
    "tenant": Mutation(
        file="bot/identity/sign_in.py",
        old='if str(claims.get("tid", "")).lower() != person.tenant:',
        new="if False:",
        tests=SIGN_IN,
        only="credulous and tenant",
    ),
    "oid": Mutation(
        file="bot/identity/sign_in.py",
        old='if str(claims.get("oid", "")).lower() != person.oid:',
        new="if False:",
        tests=SIGN_IN,
        only="credulous and another_person or somebody",
    ),
    "oid on the page": Mutation(
        file="bot/identity/sign_in.py",
        old='        _must_be(ticket.person, await self._check(got.id_token or ""))\n',
        new="",
        tests=SIGN_IN,
        only="somebody",
    ),
    "scope": Mutation(
        file="bot/identity/sign_in.py",
        old='if API_SCOPE not in str(claims.get("scp", "")).split():',
        new="if False:",
        tests=SIGN_IN,
        only="credulous and scope",
    ),
    "nonce": Mutation(
        file="bot/identity/msal_app.py",
        old="import msal\n",
        new=_NO_NONCE,
        tests=SIGN_IN,
        only="denied and nonce",
    ),
    "state is good once": Mutation(
        file="bot/identity/sign_in.py",
        old="await self._store.take_ticket(_FLOW,",
        new="await self._store.ticket(_FLOW,",
        tests=SIGN_IN,
        only="denied and replayed",
    ),
    "state ends": Mutation(
        file="bot/identity/sign_in.py",
        old="FLOW_LIFETIME = timedelta(minutes=10)",
        new="FLOW_LIFETIME = timedelta(days=1)",
        tests=SIGN_IN,
        only="denied and state and minutes",
    ),
    "browser's cookie": Mutation(
        file="bot/identity/sign_in.py",
        old='if not hmac.compare_digest(begun["cookie"], _hash(cookie)):',
        new="if False:",
        tests=SIGN_IN,
        only="denied and browser",
    ),
    "request's person": Mutation(
        file="bot/identity/sign_in.py",
        old="asked.person != person or asked.conversation != conversation",
        new="False",
        tests=SIGN_IN,
        only="credulous and request",
    ),
    "code is good once": Mutation(
        file="bot/identity/sign_in.py",
        old="await self._store.take_ticket(_CODE,",
        new="await self._store.ticket(_CODE,",
        tests=SIGN_IN,
        only="denied and used",
    ),
    "guesses are counted": Mutation(
        file="bot/store/vault.py",
        old="MOST_MISSES = 5",
        new="MOST_MISSES = 10**6",
        tests=SIGN_IN,
        only="denied and guessed",
    ),
    "vault rows are bound": Mutation(
        file="bot/identity/sealing.py",
        old="for part in (text.encode() for text in (key_id, *bound_to))",
        new="for part in (b'',)",
        tests=SIGN_IN,
        only="denied and vault",
    ),
    "button's signature": Mutation(
        file="bot/teams/signature.py",
        old="if key is None or not _same(mac, _mac(data, key.secret)):",
        new="if key is None:",
        tests=BUTTONS,
    ),
    "button's owner": Mutation(
        file="bot/teams/signature.py",
        old='if not _same(str(data["owner"]), _owner(person, key.secret)):',
        new="if False:",
        tests=BUTTONS,
    ),
    "activity's tenant": Mutation(
        file="bot/teams/auth.py",
        old="isinstance(name, str) and name.lower() in self._tenants for name in named",
        new="isinstance(name, str) for name in named",
        tests=BUTTONS,
    ),
    "activity's service URL": Mutation(
        file="bot/teams/auth.py",
        old='if not isinstance(claimed, str) or _bare(claimed) != _bare(activity["serviceUrl"]):',
        new="if False:",
        tests=ATTACKS,
    ),
    "key's endorsement": Mutation(
        file="bot/teams/auth.py",
        old="if CHANNEL not in checked.endorsements:",
        new="if False:",
        tests=ATTACKS,
    ),
    "file is given once": Mutation(
        file="bot/teams/own_data.py",
        old="await self._store.take_ticket(_KIND,",
        new="await self._store.ticket(_KIND,",
        tests="tests/scenario/test_own_data.py",
        only="file_once",
    ),
    "the application's token is of the person's tenant": Mutation(
        file="bot/identity/application.py",
        old="scope=self._scope, tenant=person.tenant)",
        new="scope=self._scope)",
        tests="tests/security/test_authorisation_whole.py",
        only="every_row",
    ),
}


def survives(name: str, folder: Path) -> str | None:
    """Return what pytest said where the tests did not notice a mutation; none where they did."""
    mutation = MUTATIONS[name]
    for part in _PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / part)
    file = folder / mutation.file
    file.write_text(
        file.read_text(encoding="utf-8").replace(mutation.old, mutation.new), encoding="utf-8"
    )
    which = [*(["-k", mutation.only] if mutation.only else []), mutation.tests]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *which],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )
    return None if done.returncode == _FAILED else done.stdout
