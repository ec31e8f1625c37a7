"""Microsoft's own client package drives the stand-in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, timedelta
from typing import Any

import httpx
import pytest
from kiota_abstractions.api_error import APIError
from kiota_abstractions.authentication import (
    AllowedHostsValidator,
    BaseBearerTokenAuthenticationProvider,
)
from msgraph import GraphServiceClient
from msgraph.generated.communications.get_presences_by_user_id import (
    get_presences_by_user_id_post_request_body as many,
)
from msgraph.generated.models.body_type import BodyType
from msgraph.generated.models.date_time_time_zone import DateTimeTimeZone
from msgraph.generated.models.item_body import ItemBody
from msgraph.generated.models.presence_status_message import PresenceStatusMessage
from msgraph.generated.models.work_location_type import WorkLocationType
from msgraph.generated.users.item.presence.clear_presence import clear_presence_post_request_body
from msgraph.generated.users.item.presence.set_manual_location import (
    set_manual_location_post_request_body,
)
from msgraph.generated.users.item.presence.set_presence import set_presence_post_request_body
from msgraph.generated.users.item.presence.set_status_message import (
    set_status_message_post_request_body,
)
from msgraph.generated.users.item.presence.set_user_preferred_presence import (
    set_user_preferred_presence_post_request_body,
)
from msgraph.graph_request_adapter import GraphRequestAdapter, options
from msgraph_core import GraphClientFactory

from tests.playground.graph.conftest import ANNA, APP, BEN, Graph

pytestmark = pytest.mark.filterwarnings(  # the package warns about itself when it is imported
    "ignore:.* is deprecated:DeprecationWarning"
)

Preferred = set_user_preferred_presence_post_request_body.SetUserPreferredPresencePostRequestBody


class Tokens:
    """Gives one token, to loopback as well as to Microsoft's hosts."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def get_authorization_token(
        self, uri: str, additional_authentication_context: dict[str, Any] | None = None
    ) -> str:
        return self._token

    def get_allowed_hosts_validator(self) -> AllowedHostsValidator:
        return AllowedHostsValidator([])


@pytest.fixture
async def sdk(graph: Graph) -> AsyncIterator[Any]:
    # The package wraps the client's transport and then does not close it, so it is closed here.
    async with httpx.AsyncHTTPTransport() as transport:
        client = GraphClientFactory.create_with_default_middleware(
            client=httpx.AsyncClient(transport=transport, timeout=10), options=options
        )
        authentication = BaseBearerTokenAuthenticationProvider(Tokens(graph.token()))
        adapter = GraphRequestAdapter(authentication, client)
        adapter.base_url = graph.url
        yield GraphServiceClient(request_adapter=adapter)
        await client.aclose()


async def test_it_prefers_reads_and_clears_a_presence(graph: Graph, sdk: Any) -> None:
    busy = Preferred(
        availability="DoNotDisturb",
        activity="DoNotDisturb",
        expiration_duration="PT8H",
    )
    await sdk.me.presence.set_user_preferred_presence.post(busy)
    presence = await sdk.me.presence.get()
    assert (presence.id, presence.availability, presence.activity) == (
        ANNA,
        "DoNotDisturb",
        "DoNotDisturb",
    )
    assert presence.sequence_number
    assert presence.out_of_office_settings.is_out_of_office is False
    await sdk.me.presence.clear_user_preferred_presence.post()
    cleared = await sdk.users.by_user_id(ANNA).presence.get()
    assert cleared.availability == "Available"
    assert cleared.sequence_number > presence.sequence_number


async def test_it_opens_and_clears_a_session(graph: Graph, sdk: Any) -> None:
    body = set_presence_post_request_body.SetPresencePostRequestBody(
        session_id=APP,
        availability="Busy",
        activity="InACall",
        expiration_duration="PT1H",
    )
    await sdk.me.presence.set_presence.post(body)
    assert (await sdk.me.presence.get()).activity == "InACall"
    clear = clear_presence_post_request_body.ClearPresencePostRequestBody(session_id=APP)
    await sdk.me.presence.clear_presence.post(clear)
    assert (await sdk.me.presence.get()).activity == "Available"
    with pytest.raises(APIError) as refused:
        await sdk.me.presence.clear_presence.post(clear)
    assert refused.value.response_status_code == 404
    assert refused.value.error.code == "NotFound"
    assert refused.value.error.inner_error.request_id


async def test_it_sets_and_clears_a_status_message(graph: Graph, sdk: Any) -> None:
    def body(text: str, **end: Any) -> Any:
        message = ItemBody(content=text, content_type=BodyType.Text)
        return set_status_message_post_request_body.SetStatusMessagePostRequestBody(
            status_message=PresenceStatusMessage(message=message, **end)
        )

    end = DateTimeTimeZone(
        date_time="2026-03-18T17:05:33.2079781", time_zone="Pacific Standard Time"
    )
    text = "Hey I'm currently in a meeting."
    await sdk.me.presence.set_status_message.post(body(text, expiry_date_time=end))
    status = (await sdk.me.presence.get()).status_message
    assert status.message.content == text
    assert status.message.content_type is BodyType.Text
    assert status.expiry_date_time.date_time.startswith("2026-03-19T00:05:33.2")
    assert status.expiry_date_time.time_zone == "UTC"
    assert status.published_date_time.astimezone(UTC) == graph.clock.now()
    await sdk.me.presence.set_status_message.post(body(""))
    assert (await sdk.me.presence.get()).status_message is None


async def test_it_reads_many_people_at_once(graph: Graph, sdk: Any) -> None:
    await graph.stand_in.control(
        BEN, in_meeting=True, out_of_office=True, out_of_office_message="Bye"
    )
    answer = await sdk.communications.get_presences_by_user_id.post(
        many.GetPresencesByUserIdPostRequestBody(ids=[ANNA, BEN])
    )
    found = {presence.id: presence for presence in answer.value}
    assert found[ANNA].availability == "Available"
    assert found[BEN].activity == "InAMeeting"
    assert found[BEN].out_of_office_settings.message == "Bye"
    assert (await sdk.communications.presences.by_presence_id(BEN).get()).availability == "Busy"


async def test_it_sets_a_work_location(graph: Graph, sdk: Any) -> None:
    body = set_manual_location_post_request_body.SetManualLocationPostRequestBody(
        work_location_type=WorkLocationType.Office, place_id="b1"
    )
    await sdk.me.presence.set_manual_location.post(body)
    location = (await sdk.me.presence.get()).work_location
    assert (location.work_location_type, location.place_id) == (WorkLocationType.Office, "b1")
    await sdk.me.presence.clear_location.post()
    assert (await sdk.me.presence.get()).work_location.place_id is None


async def test_its_form_of_a_timedelta_is_refused_as_by_graph(graph: Graph, sdk: Any) -> None:
    # The package writes "8:00:00": https://github.com/microsoftgraph/msgraph-sdk-python/issues/1262
    body = Preferred(availability="Busy", activity="Busy", expiration_duration=timedelta(hours=8))
    with pytest.raises(APIError) as refused:
        await sdk.me.presence.set_user_preferred_presence.post(body)
    assert refused.value.response_status_code == 400


async def test_it_understands_a_refusal(graph: Graph, sdk: Any) -> None:
    with pytest.raises(APIError) as refused:
        await sdk.me.presence.set_user_preferred_presence.post(
            Preferred(availability="Busy", activity="InACall")
        )
    assert refused.value.response_status_code == 400
    assert refused.value.error.code == "InvalidArgument"


async def test_it_looks_people_up(graph: Graph, sdk: Any) -> None:
    me = await sdk.me.get()
    assert (me.id, me.display_name) == (ANNA, "Anna Berger")
    everybody = await sdk.users.get()
    assert [user.id for user in everybody.value][:2] == [ANNA, BEN]
