"""botbuilder's adapter without its hosting: no token checks, no credentials, no connector.

All three are ours (docs/adr/0005): the request has been checked before a turn begins, and answers
go out through the messenger.
"""

from __future__ import annotations

from typing import Any, NoReturn

from botbuilder.core import ActivityHandler, InvokeResponse
from botbuilder.core.cloud_adapter_base import CloudAdapterBase
from botbuilder.schema import Activity
from botframework.connector.auth import BotFrameworkAuthentication, ClaimsIdentity
from botframework.connector.auth.authenticate_request_result import AuthenticateRequestResult
from botframework.connector.auth.connector_factory import ConnectorFactory


class _NoConnector(ConnectorFactory):  # type: ignore[misc]  # botbuilder ships no types
    """Satisfies botbuilder, which wants a connector for each turn; no turn sends through it."""

    async def create(self, service_url: str, audience: str) -> Any:
        return self


class _CheckedBefore(BotFrameworkAuthentication):  # type: ignore[misc]  # as above
    """Refuses to check anything: what reaches the adapter has been checked."""

    async def authenticate_request(self, activity: Activity, auth_header: str) -> NoReturn:
        raise NotImplementedError("requests are checked before the adapter sees them")

    async def authenticate_streaming_request(
        self, auth_header: str, channel_id_header: str
    ) -> NoReturn:
        raise NotImplementedError("streaming is not used by Teams")

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> ConnectorFactory:
        return _NoConnector()

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> None:
        return None


class Adapter(CloudAdapterBase):  # type: ignore[misc]  # as above
    """Runs an activity that was checked through a handler."""

    def __init__(self) -> None:
        super().__init__(_CheckedBefore())
        self._checked = AuthenticateRequestResult()
        self._checked.claims_identity = ClaimsIdentity({}, True)
        self._checked.connector_factory = _NoConnector()

    async def run(self, activity: Activity, handler: ActivityHandler) -> InvokeResponse | None:
        """Return the answer to an invoke, or none for every other activity."""
        return await self.process_activity(self._checked, activity, handler.on_turn)
