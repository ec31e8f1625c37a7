"""The Teams connector as a bot sees it: conversations, their activities and their members.

https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.clock import Clock
from bot.playground.calls import Call, CallLog
from bot.playground.chats import Chats, Conversation, Item, iso, personal
from bot.playground.people import BOT_ID, BOT_NAME, TENANT, Resident
from bot.playground.roster import Roster

PREFIX = "/playground/connector"
SERVICE = "connector"
_LARGEST = 28 * 1024  # bytes of one activity; Teams refuses more


class Faults(Protocol):
    """What goes wrong on purpose."""

    def middleware(self, service: str) -> Middleware:
        """Return the middleware that makes `service` misbehave."""


class _Refused(Exception):
    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


class ConnectorStandIn:
    """Takes what the bot sends, keeps it in the chats, and logs every call.

    `client_takes` says of a new message whether a Teams client sees to it by itself.
    """

    def __init__(
        self, *, clock: Clock, chats: Chats, roster: Roster, calls: CallLog, faults: Faults
    ) -> None:
        self._clock, self._chats, self._roster = clock, chats, roster
        self._calls, self._faults = calls, faults
        self.client_takes: Callable[[Item], bool] = lambda _: False

    def add_to(self, app: web.Application) -> None:
        """Serve the connector under PREFIX of `app`."""
        connector = web.Application(
            middlewares=[self._answering(), self._faults.middleware(SERVICE)]
        )
        chat = "/v3/conversations/{cid}"
        connector.add_routes(
            [
                web.post("/v3/conversations", self._create),
                web.post(f"{chat}/activities", self._send),
                web.post(f"{chat}/activities/{{aid}}", self._send),
                web.put(f"{chat}/activities/{{aid}}", self._update),
                web.delete(f"{chat}/activities/{{aid}}", self._delete),
                web.get(f"{chat}/members", self._members),
                web.get(f"{chat}/pagedmembers", self._paged_members),
                web.get(f"{chat}/members/{{mid}}", self._member),
            ]
        )
        app.add_subapp(PREFIX, connector)

    def _answering(self) -> Middleware:
        """Log every call, and put refusals into the connector's form."""

        @web.middleware
        async def answer(request: web.Request, handler: Handler) -> web.StreamResponse:
            raw = await request.read()
            response: web.StreamResponse
            try:
                response = await handler(request)
            except _Refused as refused:
                response = _error(refused.status, refused.code, refused.message)
            except web.HTTPException as exc:
                response = _error(exc.status, exc.reason.replace(" ", ""), exc.reason)
                if "Retry-After" in exc.headers:
                    response.headers["Retry-After"] = exc.headers["Retry-After"]
            self._calls.add(
                Call(
                    service=SERVICE,
                    at=iso(self._clock.now()),
                    method=request.method,
                    path=request.path_qs.removeprefix(PREFIX),
                    body=_value(raw),
                    status=response.status if _connected(request) else 0,
                )
            )
            return response

        return answer

    async def _create(self, request: web.Request) -> web.Response:
        body = await _body(request)
        members = _list(body.get("members"))
        if body.get("isGroup") or len(members) != 1:
            raise _Refused(400, "BadSyntax", "A bot can create chats with one person only.")
        first = _object(body["activity"]) if body.get("activity") else None
        content = None if first is None else _content(first)
        person = await self._roster.meet(str(_object(members[0]).get("id", "")))
        if person is None:
            raise _Refused(404, "UserNotFound", "There is no such person.")
        chat = await self._chats.enter(personal(person.oid))
        answer = {"id": chat.id}
        if content is not None:
            answer["activityId"] = await self._take(chat, content, None)
        return web.json_response(answer, status=201)

    async def _send(self, request: web.Request) -> web.Response:
        chat_id, activity = request.match_info["cid"], await _body(request)
        reply_to = request.match_info.get("aid") or activity.get("replyToId")
        recipient = _object(activity.get("recipient") or {})
        content = None if activity.get("type") == "typing" else _content(activity)
        met = await self._roster.meet(str(recipient.get("aadObjectId") or recipient.get("id", "")))
        chat = self._chats.find(chat_id)
        if chat is None and met is not None and chat_id == personal(met.oid).id:
            chat = await self._chats.enter(personal(met.oid))
        if chat is None:
            chat = await self._chats.enter(
                Conversation(id=chat_id, name=f"Chat {chat_id[:24]}", kind="foreign")
            )
        if content is None:
            self._chats.typing(chat.id)
            return web.json_response({"id": self._chats.new_id()}, status=201)
        sent_id = await self._take(chat, content, str(reply_to) if reply_to else None)
        return web.json_response({"id": sent_id}, status=201)

    async def _take(
        self, chat: Conversation, content: dict[str, Any], reply_to: str | None
    ) -> str:
        item = Item(
            id=self._chats.new_id(),
            conversation=chat.id,
            at=self._chats.stamp(),
            sender=BOT_ID,
            name=BOT_NAME,
            reply_to=reply_to,
            **content,
        )
        if not self.client_takes(item):
            await self._chats.keep(item)
        return item.id

    async def _update(self, request: web.Request) -> web.Response:
        content = _content(await _body(request))
        item = replace(self._own_item(request), **content, edited=True, own={}, notes={})
        await self._chats.keep(item)
        return web.json_response({"id": item.id})

    async def _delete(self, request: web.Request) -> web.Response:
        content = _content({"type": "message"})
        item = replace(self._own_item(request), **content, deleted=True, own={}, notes={})
        await self._chats.keep(item)
        return web.Response()

    def _own_item(self, request: web.Request) -> Item:
        item = self._chats.item(request.match_info["cid"], request.match_info["aid"])
        if item is None or item.deleted:
            raise _Refused(404, "ActivityNotFoundInConversation", "There is no such activity.")
        if not item.from_bot:
            raise _Refused(403, "Forbidden", "A bot can change its own messages only.")
        return item

    def _people_in(self, request: web.Request) -> list[Resident]:
        chat = self._chats.find(request.match_info["cid"])
        if chat is None:
            raise _Refused(404, "ConversationNotFound", "There is no such conversation.")
        return [one for one in self._roster.everybody() if chat.seen_by(one.oid)]

    async def _members(self, request: web.Request) -> web.Response:
        return web.json_response([_account(one) for one in self._people_in(request)])

    async def _paged_members(self, request: web.Request) -> web.Response:
        return web.json_response({"members": [_account(one) for one in self._people_in(request)]})

    async def _member(self, request: web.Request) -> web.Response:
        person = self._roster.find(request.match_info["mid"])
        if person is None or person not in self._people_in(request):
            raise _Refused(404, "MemberNotFoundInConversation", "There is no such member.")
        return web.json_response(_account(person))


def _content(activity: dict[str, Any]) -> dict[str, Any]:
    """Return what an item shows of a message."""
    if activity.get("type") != "message":
        raise _Refused(400, "BadSyntax", f"Cannot send a {activity.get('type')!r} activity.")
    suggested = _list(_object(activity.get("suggestedActions") or {}).get("actions"))
    return {
        "text": str(activity.get("text") or ""),
        "markdown": activity.get("textFormat", "markdown") == "markdown",
        "attachments": [_object(one) for one in _list(activity.get("attachments"))],
        "suggestions": [
            {"title": str(one.get("title", "")), "value": one.get("value", one.get("title"))}
            for one in map(_object, suggested)
        ],
    }


def _connected(request: web.Request) -> bool:
    return request.transport is not None and not request.transport.is_closing()


def _value(raw: bytes) -> Any:
    try:
        return json.loads(raw) if raw else None
    except (ValueError, RecursionError):
        return raw.decode(errors="replace")


async def _body(request: web.Request) -> dict[str, Any]:
    raw = await request.read()
    if len(raw) > _LARGEST:
        raise _Refused(413, "MessageSizeTooBig", "The message is over 28 KB.")
    return _object(_value(raw))


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _Refused(400, "BadSyntax", "A JSON object is needed here.")
    return value


def _list(value: Any) -> list[Any]:
    if value is not None and not isinstance(value, list):
        raise _Refused(400, "BadSyntax", "A JSON array is needed here.")
    return value or []


def _account(person: Resident) -> dict[str, Any]:
    given, _, surname = person.name.partition(" ")
    return {
        "id": person.teams_id,
        "name": person.name,
        "givenName": given,
        "surname": surname,
        "objectId": person.oid,
        "aadObjectId": person.oid,
        "email": person.mail,
        "userPrincipalName": person.mail,
        "tenantId": TENANT,
        "userRole": "user",
    }


def _error(status: int, code: str, message: str) -> web.Response:
    return web.json_response({"error": {"code": code, "message": message}}, status=status)
