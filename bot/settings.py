"""The settings, from the environment. Nothing else reads it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Literal, TypeVar
from urllib.parse import urlsplit

from platformdirs import user_data_path

from bot.keyring import Keyring
from bot.service.errors import ConfigurationError
from bot.service.rates import A_MINUTE

_TENANT_ONLY = (
    "MicrosoftAppPassword",
    "MicrosoftAppCertificatePath",
    "MicrosoftAppTenantId",
    "MicrosoftAppType",
    "PUBLIC_URL",
)
_MICROSOFT_HOSTS = (
    "microsoft.com",
    "microsoftonline.com",
    "microsoftonline.us",
    "botframework.com",
    "botframework.azure.us",
    "trafficmanager.net",
    "windows.net",
)
Permission = Literal["delegated", "application"]
_PERMISSIONS: tuple[Permission, ...] = ("delegated", "application")
_Word = TypeVar("_Word", bound=str)
_SWITCH = ("off", "on")
_SQLITE_FILE = "sqlite:///"
_DATABASES = {True: "playground.sqlite3", False: "tenant.sqlite3"}
_CREDENTIALS = (
    "MicrosoftAppPassword",
    "MicrosoftAppCertificatePath",
    "MANAGED_IDENTITY_CLIENT_ID",
)
_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_LOG_FORMATS = ("text", "json")


@dataclass(frozen=True, kw_only=True, slots=True)
class TenantSettings:
    """What it takes to serve a tenant.

    Exactly one of `password`, `certificate` (a PEM file) and `managed_identity` (a client id) is
    given. `public_url` is where people reach the sign-in page. The addresses of Microsoft's
    services are none where they are those of the public cloud.
    """

    app_id: str
    tenant_id: str
    token_keys: str = field(repr=False)
    public_url: str
    password: str | None = field(default=None, repr=False)
    certificate: Path | None = None
    managed_identity: str | None = None
    authority_url: str | None = None
    openid_metadata_url: str | None = None
    service_hosts: tuple[str, ...] = ()
    allowed_tenants: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """Everything that can be set from outside.

    `tenant` is none in the playground. `database_url` is an SQLAlchemy URL. `graph_url` is none
    where the playground's stand-in is used. `otel_exporter_otlp_endpoint` is where traces and
    metrics are sent, if anywhere. `people` is whether colleagues may be looked at.
    `commands_a_minute` counts for each person; bursts are twice as many.
    """

    host: str = "127.0.0.1"
    port: int = 3978
    tenant: TenantSettings | None = None
    database_url: str = ""
    graph_url: str | None = None
    graph_permission: Permission = "delegated"
    people: bool = True
    commands_a_minute: int = A_MINUTE
    log_level: str = "INFO"
    log_format: str = "text"
    otel_exporter_otlp_endpoint: str | None = None

    @property
    def playground(self) -> bool:
        """Return whether the bot runs without a tenant."""
        return self.tenant is None

    @property
    def data_folder(self) -> Path:
        """Return the folder of the database file; the user's data folder where it is no file."""
        if self.database_url.startswith(_SQLITE_FILE):
            return Path(self.database_url.removeprefix(_SQLITE_FILE)).parent
        return _default_folder()


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of an environment (by default the process's own).

    Raises ConfigurationError with every problem at once.
    """
    env = {
        name: value.strip()
        for name, value in (os.environ if environment is None else environment).items()
        if value.strip()
    }
    problems: list[str] = []
    app_id = env.get("MicrosoftAppId")
    if app_id is None:
        problems += _half_a_configuration(env)
    host = env.get("HOST", "127.0.0.1")
    if app_id is None and not is_loopback(host):
        problems.append(
            f"HOST is {host}, but the playground checks nobody: it listens on 127.0.0.1 only"
        )
    settings = Settings(
        host=host,
        port=_port(env.get("PORT", "3978"), problems),
        tenant=None if app_id is None else _tenant(app_id, env, problems),
        database_url=env.get("DATABASE_URL")
        or f"{_SQLITE_FILE}{_default_folder() / _DATABASES[app_id is None]}",
        graph_url=_graph_url(env.get("GRAPH_URL"), problems, playground=app_id is None),
        graph_permission=_one_of(
            "GRAPH_PERMISSION",
            env.get("GRAPH_PERMISSION", "delegated").lower(),
            _PERMISSIONS,
            problems,
        ),
        people=_one_of(
            "PEOPLE",
            env.get("PEOPLE", "on" if app_id is None else "off").lower(),
            _SWITCH,
            problems,
        )
        == "on",
        commands_a_minute=_number(
            "COMMANDS_A_MINUTE", env.get("COMMANDS_A_MINUTE", str(A_MINUTE)), 1_000, problems
        ),
        log_level=_one_of(
            "LOG_LEVEL", env.get("LOG_LEVEL", "INFO").upper(), _LOG_LEVELS, problems
        ),
        log_format=_one_of(
            "LOG_FORMAT", env.get("LOG_FORMAT", "text").lower(), _LOG_FORMATS, problems
        ),
        otel_exporter_otlp_endpoint=env.get("OTEL_EXPORTER_OTLP_ENDPOINT"),
    )
    if problems:
        raise ConfigurationError(problems)
    return settings


def _tenant(app_id: str, env: Mapping[str, str], problems: list[str]) -> TenantSettings:
    given = [name for name in _CREDENTIALS if name in env]
    if len(given) != 1:
        problems.append(
            f"exactly one of {', '.join(_CREDENTIALS)} must be set: it shows who the bot is"
        )
    if env.get("MicrosoftAppType", "SingleTenant").lower() != "singletenant":
        problems.append(
            "MicrosoftAppType must be SingleTenant: for a managed identity, give the registration"
            " a federated credential and set MANAGED_IDENTITY_CLIENT_ID"
        )
    certificate = env.get("MicrosoftAppCertificatePath")
    return TenantSettings(
        app_id=_guid("MicrosoftAppId", app_id, problems),
        tenant_id=_guid("MicrosoftAppTenantId", env.get("MicrosoftAppTenantId"), problems),
        token_keys=_token_keys(env.get("TOKEN_KEYS"), problems),
        public_url=_https("PUBLIC_URL", env.get("PUBLIC_URL"), problems) or "",
        password=env.get("MicrosoftAppPassword"),
        certificate=None if certificate is None else Path(certificate),
        managed_identity=env.get("MANAGED_IDENTITY_CLIENT_ID"),
        authority_url=_https("AUTHORITY_URL", env.get("AUTHORITY_URL", ""), problems),
        openid_metadata_url=_https(
            "BOT_OPENID_METADATA_URL", env.get("BOT_OPENID_METADATA_URL", ""), problems
        ),
        service_hosts=_listed(env.get("SERVICE_HOSTS")),
        allowed_tenants=tuple(
            _guid("ALLOWED_TENANTS", tenant, problems)
            for tenant in _listed(env.get("ALLOWED_TENANTS"))
        ),
    )


def _guid(name: str, value: str | None, problems: list[str]) -> str:
    if value is None:
        problems.append(f"{name} is missing")
    elif not _GUID.fullmatch(value.lower()):
        problems.append(f"{name} is {value!r}, but it is an id such as 0000...-...-000000000000")
    return (value or "").lower()


def _token_keys(value: str | None, problems: list[str]) -> str:
    if value is None:
        problems.append(
            "TOKEN_KEYS is missing: it encrypts what people grant; make one key with"
            " `python -m bot new-key NAME`"
        )
        return ""
    try:
        Keyring.parse(value)
    except ValueError as error:
        problems.append(f"TOKEN_KEYS cannot be read: {error}")
    return value


def _https(name: str, value: str | None, problems: list[str]) -> str | None:
    """Return an address without its last slash; none where it is empty."""
    if value is None:
        problems.append(f"{name} is missing")
        return None
    if not value:
        return None
    parts = urlsplit(value)
    if parts.scheme != "https" and not (
        parts.scheme == "http" and is_loopback(parts.hostname or "")
    ):
        problems.append(f"{name} must be an https address, except on this machine")
    return value.rstrip("/")


def _listed(value: str | None) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"[,\s]+", value or "") if part)


def _default_folder() -> Path:
    return user_data_path("presence-bot", appauthor=False)


def _half_a_configuration(env: Mapping[str, str]) -> list[str]:
    given = [name for name in _TENANT_ONLY if name in env]
    if not given:
        return []
    verb = "is" if len(given) == 1 else "are"
    return [
        f"MicrosoftAppId is missing, though {' and '.join(given)} {verb} set:"
        " set it to serve a tenant, or unset the others to start the playground"
    ]


def is_loopback(host: str) -> bool:
    """Return whether a host name or address is this machine's own."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _port(value: str, problems: list[str]) -> int:
    if value.isdecimal() and value.isascii() and int(value) <= 65535:
        return int(value)
    problems.append(f"PORT is {value!r}, but a port is a number from 0 to 65535")
    return 0


def _number(name: str, value: str, most: int, problems: list[str]) -> int:
    if value.isdecimal() and value.isascii() and 1 <= int(value[:9]) <= most:
        return int(value)
    problems.append(f"{name} is {value!r}, but it is a number from 1 to {most}")
    return 1


def _one_of(name: str, value: str, allowed: tuple[_Word, ...], problems: list[str]) -> _Word:
    for one in allowed:
        if one == value:
            return one
    problems.append(f"{name} is {value!r}, but it is one of {', '.join(allowed)}")
    return allowed[0]


def _graph_url(url: str | None, problems: list[str], *, playground: bool) -> str | None:
    if url is None:
        return None
    host = urlsplit(url).hostname or ""
    if playground and any(host == own or host.endswith(f".{own}") for own in _MICROSOFT_HOSTS):
        problems.append("GRAPH_URL names a host of Microsoft's, which the playground refuses")
    elif urlsplit(url).scheme != "https" and not is_loopback(host):
        problems.append("GRAPH_URL must be https, except on this machine")
    return url.rstrip("/")
