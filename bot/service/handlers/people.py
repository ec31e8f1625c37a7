"""How other people are seen: by mention, name or mail address, and who of a team is free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.commands import ShowStatus, Watch
from bot.domain.presence import Presence
from bot.domain.reply import Fact, Offer, Phrase, Reply, Tone
from bot.service.ports import Outcome
from bot.service.saying import message_facts, seen_as, sorry
from bot.service.traffic import Colleague
from bot.service.turn import Turn

MOST_ROWS = 20  # people on one card
_MOST_CHOICES = 6  # buttons on one card
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
    seen = await turn.tools.gateway.read_many(turn.person, [one.oid for one in people])
    if len(people) == 1:
        reply = _one(people[0], seen.get(people[0].oid))
    else:
        reply = _many(Phrase("people-several"), people, seen)
    return Outcome(reply=replace(reply, refresh=_same(people)))


def _same(people: Sequence[Colleague]) -> ShowStatus | None:
    """Return what shows the same people again: a name or a mention may mean others by then.

    None where somebody has no mail address.
    """
    who = tuple(one.mail if one.name else "me" for one in people)
    return ShowStatus(who=who) if all(who) else None


async def meant(turn: Turn, command: ShowStatus | Watch) -> list[Colleague] | Reply:
    """Return the people whom a command names, or what is asked or said where that is unclear.

    Raises a GatewayError where the look-up was not carried out.
    """
    people: list[Colleague] = []
    for name in dict.fromkeys(command.who):
        match await _find(turn, name):
            case None:
                return sorry(Phrase("people-nobody", {"name": name}))
            case _Several() as several:
                return _which(command, several)
            case found:
                people.append(found)
    return people


async def _find(turn: Turn, name: str) -> Colleague | _Several | None:
    if name == "me":
        return Colleague(oid=turn.person.oid, name="")
    mentioned = turn.scene.mentions.get(name)
    if mentioned is not None and turn.scene.address is not None:
        known = await turn.tools.roster.member(turn.scene.address, mentioned)
        if known is not None:
            return known
    found = await turn.tools.directory.find(turn.person, name, most=_MOST_CHOICES + 1)
    said = name.casefold()
    exact = [one for one in found if said in (one.name.casefold(), one.mail.casefold())]
    for people in (exact, found):
        if len(people) == 1:
            return people[0]
    return _Several(name=name, people=found) if found else None


def _which(command: ShowStatus | Watch, several: _Several) -> Reply:
    def meaning(one: Colleague) -> ShowStatus | Watch:
        who = tuple(one.mail if name == several.name else name for name in command.who)
        return replace(command, who=who)

    return Reply(
        tone=Tone.QUESTION,
        title=Phrase("people-which", {"name": several.name}),
        notes=(Phrase("people-more"),) if len(several.people) > _MOST_CHOICES else (),
        offers=tuple(
            Offer(
                label=Phrase("people-choice", {"name": one.name, "mail": one.mail}),
                command=meaning(one),
            )
            for one in several.people[:_MOST_CHOICES]
        ),
    )


def _one(who: Colleague, seen: Presence | None) -> Reply:
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


def _many(title: Phrase, people: Sequence[Colleague], seen: Mapping[str, Presence]) -> Reply:
    """Return a card with a line for each person, the free ones first."""

    def order(one: Colleague) -> tuple[int, str]:
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


def _name(who: Colleague) -> Phrase:
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
