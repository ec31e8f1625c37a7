"""The Teams app package: the template in `manifest/`, filled in, as a zip that Teams accepts.

https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import zipfile
from pathlib import Path

TEMPLATE = Path(__file__).parents[1] / "manifest"

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"({_LABEL}\.)+(?=[a-z0-9-]*[a-z]){_LABEL}", re.ASCII)
_LONGEST_DOMAIN = 253
_MOMENT = (1980, 1, 1, 0, 0, 0)  # the first a zip can hold: the same input gives the same bytes


class PackageRefused(ValueError):
    """No package was made; the text says what is wrong with what was given, and what is wanted."""


def build_package(app_id: str, domain: str) -> bytes:
    """Return the zip of the Teams app: the same bytes for the same arguments, files at the root.

    `app_id` is the Entra application (client) id, `domain` the bot's public host name. Nothing is
    compressed, so that the bytes do not depend on the compressor of this machine.

    Raises PackageRefused for an id or a domain that Teams would not take.
    """
    app_id = _checked_id(app_id)
    domain = _checked_domain(domain)
    manifest = (TEMPLATE / "manifest.json").read_text(encoding="utf-8")
    manifest = manifest.replace("{{APP_ID}}", app_id).replace("{{DOMAIN}}", domain)
    files = {"manifest.json": manifest.encode()}
    for path in [*TEMPLATE.glob("*.png"), *TEMPLATE.glob("*.json")]:
        files.setdefault(path.name, path.read_bytes())
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as package:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.create_system = 3  # Unix on every machine, or the bytes would tell them apart
            entry.external_attr = 0o644 << 16
            package.writestr(entry, files[name])
    return packed.getvalue()


def _checked_id(given: str) -> str:
    app_id = given.strip().lower()
    if not _GUID.fullmatch(app_id) or not app_id.strip("0-"):
        raise PackageRefused(
            f"--app-id is {given!r}, but an application (client) id looks like"
            " 0f8fad5b-d9cb-469f-a165-70867728950e: copy it from the app registration in Entra"
        )
    return app_id


def _checked_domain(given: str) -> str:
    domain = given.strip().lower()
    if not _DOMAIN.fullmatch(domain) or len(domain) > _LONGEST_DOMAIN:
        raise PackageRefused(
            f"--domain is {given!r}, but Teams wants a public host name such as bot.example.com,"
            " without https://, port, path or wildcard"
        )
    return domain


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add what `run` needs to a command line."""
    command.add_argument("--app-id", required=True, help="the Entra application (client) id")
    command.add_argument("--domain", required=True, help="the bot's public host name")
    command.add_argument(
        "-o", "--output", type=Path, default=Path("presence-bot.zip"), help="the zip to write"
    )


def run(args: argparse.Namespace) -> int:
    """Write the package; return 0, or 2 after a sentence about what is wrong."""
    try:
        packed = build_package(args.app_id, args.domain)
        args.output.write_bytes(packed)
    except PackageRefused as refused:
        print(refused, file=sys.stderr)  # noqa: T201  # a command line
        return 2
    except FileNotFoundError as missing:
        print(  # noqa: T201  # a command line
            f"{missing.filename} is missing: run this from a checkout, into a folder that exists",
            file=sys.stderr,
        )
        return 2
    print(f"{args.output}: upload it in the Teams admin centre")  # noqa: T201  # a command line
    return 0
