"""How other people are seen: by mention, name or mail address, and who of a team is free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.commands import Found, ShowStatus, Watch
from bot.domain.presence import Presence
from bot.domain.reply import Fact, Offer, Phrase, Reply, Tone
from bot.service.ports import Outcome
from bot.service.saying import message_facts, seen_as, sorry
from bot.service.traffic import Colleague
from bot.service.turn import Turn

MOST_ROWS = 20  # people on one card
_MOST_CHOICES = 6  # buttons on one card
_MOST_OTHERS = 4  # of them for namesakes, where there are other buttons
_NOT_THERE = frozenset({"away", "offline"})
_ORDER = ("available", "away", "berightback", "busy", "donotdisturb")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Several:
    """A name that more than one person has."""

    name: str
    people: Sequence[Colleague]


async def show_people(turn: Turn, command: ShowStatus) -> Outcome:
    """Say how people are seen. Raises a GatewayError where that cannot be looked up."""
    if not turn.tools.people:
        return Outcome(reply=sorry(Phrase("people-off")))
    if "team" in command.who:
        return await _team(turn, only_out=command.out)
    people = await meant(turn, command)
    if isinstance(people, Reply):
        return Outcome(reply=people)
    command = replace(
        command,
        who=("me",) if any(not one.name for one in people) else (),
        found=tuple(one for one in people if one.name),
    )
    seen = await turn.tools.gateway.read_many(turn.person, [one.oid for one in people])
    if len(people) == 1:
        reply = _one(people[0], seen.get(people[0].oid))
    else:
        reply = _many(Phrase("people-several"), people, seen)
    reply = replace(await taken(turn, reply, command), refresh=command)
    return Outcome(reply=reply)


async def meant(turn: Turn, command: ShowStatus | Watch) -> list[Found] | Reply:
    """Return the people whom a command names, or what is asked or said where that is unclear.

    The person themselves has no name. Raises a GatewayError where the look-up was not carried out.
    """
    people: list[Found] = list(command.found)
    for name in dict.fromkeys(command.who):
        match await _find(turn, name):
            case None:
                return sorry(Phrase("people-nobody", {"name": name}))
            case _Several() as several:
                return _which(replace(command, found=tuple(people)), several)
            case found:
                people.append(found)
    return people


async def taken(turn: Turn, reply: Reply, command: ShowStatus | Watch) -> Reply:
    """Say whom the bot took where a name fits several, with a button for each of the others.

    Raises a GatewayError where the look-up was not carried out.
    """
    notes, offers, more = [], [], False
    for one in command.found:
        if not one.said:
            continue
        notes.append(Phrase("assumed-person", {"said": one.said, "who": _called(one)}))
        namesakes = await turn.tools.directory.find(turn.person, one.said, most=_MOST_CHOICES + 1)
        more = more or len(namesakes) > _MOST_CHOICES
        offers += [
            Offer(
                label=Phrase("offer-rather", {"what": _called(other)}),
                command=_rather(command, one, other),
            )
            for other in namesakes[:_MOST_CHOICES]
            if other.oid != one.oid
        ]
    if more:
        notes.append(Phrase("people-more"))
    return replace(
        reply, notes=(*notes, *reply.notes), offers=(*offers[:_MOST_OTHERS], *reply.offers)
    )


def _rather(command: ShowStatus | Watch, wrong: Found, right: Colleague) -> ShowStatus | Watch:
    """Return the command about another person of that name."""
    people = tuple(_found(right, wrong.said) if one == wrong else one for one in command.found)
    if isinstance(command, Watch):
        return replace(command, found=people, instead_of=wrong.oid)
    return replace(command, found=people)


def _found(one: Colleague, said: str = "") -> Found:
    return Found(oid=one.oid, name=one.name, mail=one.mail, said=said)


def _called(one: Colleague | Found) -> Phrase:
    """Return a name that tells somebody from others of that name."""
    if not one.mail:
        return Phrase("quote", {"text": one.name})
    return Phrase("people-choice", {"name": one.name, "mail": one.mail})


async def _find(turn: Turn, name: str) -> Found | _Several | None:
    if name == "me":
        return Found(oid=turn.person.oid, name="")
    mentioned = turn.scene.mentions.get(name)
    if mentioned is not None and turn.scene.address is not None:
        known = await turn.tools.roster.member(turn.scene.address, mentioned)
        if known is not None:
            return _found(known)
    found = await turn.tools.directory.find(turn.person, name, most=_MOST_CHOICES + 1)
    said = name.casefold()
    exact = [one for one in found if said in (one.name.casefold(), one.mail.casefold())]
    for people in (exact, found):
        if len(people) == 1:
            by_mail = said == people[0].mail.casefold()
            return _found(people[0], name if len(found) > 1 and not by_mail else "")
    return _Several(name=name, people=found) if found else None


def _which(command: ShowStatus | Watch, several: _Several) -> Reply:
    who = tuple(name for name in command.who if name != several.name)

    def meaning(one: Colleague) -> ShowStatus | Watch:
        return replace(command, who=who, found=(*command.found, _found(one, several.name)))

    return Reply(
        tone=Tone.QUESTION,
        title=Phrase("people-which", {"name": several.name}),
        notes=(Phrase("people-more"),) if len(several.people) > _MOST_CHOICES else (),
        offers=tuple(
            Offer(label=_called(one), command=meaning(one))
            for one in several.people[:_MOST_CHOICES]
        ),
    )


def _one(who: Found, seen: Presence | None) -> Reply:
    if seen is None:
        return sorry(Phrase("people-not-shown", {"name": who.name}))
    facts = list(message_facts(seen.message))
    if seen.work_location is not None:
        facts.append(Fact(label=Phrase("fact-location"), value=_place(seen.work_location)))
    if seen.out_of_office_text:
        text = Phrase("quote", {"text": seen.out_of_office_text})
        facts.append(Fact(label=Phrase("fact-out-of-office"), value=text))
    away = seen.out_of_office and not seen.out_of_office_text
    return Reply(
        tone=Tone.INFO,
        title=Phrase("people-one", {"name": _name(who), "state": seen_as(seen)}),
        shows=seen.availability,
        facts=tuple(facts),
        notes=(Phrase("people-out-of-office"),) if away else (),
    )


def _place(location: str) -> Phrase:
    if location in ("office", "remote", "timeOff"):
        return Phrase(f"place-{location}")
    return Phrase("quote", {"text": location})


async def _team(turn: Turn, *, only_out: bool) -> Outcome:
    address = turn.scene.address
    if turn.scene.private or address is None:
        return Outcome(reply=sorry(Phrase("people-no-team"), Phrase("people-no-team-how")))
    members = await turn.tools.roster.members(address)
    people = [one for one in members if one.oid.casefold() != turn.person.oid.casefold()]
    if not people:
        return Outcome(reply=sorry(Phrase("people-nobody-here")))
    seen = await turn.tools.gateway.read_many(turn.person, [one.oid for one in people])
    again = ShowStatus(who=("team",), out=only_out)
    if only_out:
        return Outcome(reply=replace(_out(people, seen), refresh=again))
    free = sum(presence.availability.casefold() == "available" for presence in seen.values())
    title = Phrase("people-free", {"free": free, "all": len(people)})
    return Outcome(reply=replace(_many(title, people, seen), refresh=again))


def _out(people: Sequence[Colleague], seen: Mapping[str, Presence]) -> Reply:
    """Return who is not there: away, offline, or out of office."""
    gone = [one for one in people if (found := seen.get(one.oid)) is not None and _is_out(found)]
    title = Phrase("people-out", {"out": len(gone), "all": len(people)})
    return _many(title, gone, seen)


def _is_out(seen: Presence) -> bool:
    return seen.out_of_office or seen.availability.casefold() in _NOT_THERE


def _many(
    title: Phrase, people: Sequence[Colleague | Found], seen: Mapping[str, Presence]
) -> Reply:
    """Return a card with a line for each person, the free ones first."""

    def order(one: Colleague | Found) -> tuple[int, str]:
        presence = seen.get(one.oid)
        availability = presence.availability.casefold() if presence else ""
        place = _ORDER.index(availability) if availability in _ORDER else len(_ORDER)
        return place, one.name.casefold()

    ordered = sorted(people, key=order)
    left = len(ordered) - MOST_ROWS
    return Reply(
        tone=Tone.INFO,
        title=title,
        facts=tuple(
            Fact(label=_name(one), value=_line(seen.get(one.oid))) for one in ordered[:MOST_ROWS]
        ),
        notes=(Phrase("people-others", {"count": left}),) if left > 0 else (),
    )


def _name(who: Colleague | Found) -> Phrase:
    return Phrase("quote", {"text": who.name}) if who.name else Phrase("people-you")


def _line(seen: Presence | None) -> Phrase:
    if seen is None:
        return Phrase("seen-PresenceUnknown")
    away = seen.out_of_office_text
    if away:
        return Phrase("people-away-with-text", {"state": seen_as(seen), "text": away})
    if seen.message is not None:
        return Phrase("people-with-text", {"state": seen_as(seen), "text": seen.message.text})
    return seen_as(seen)
