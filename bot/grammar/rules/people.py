"""Other people, and how the person is seen."""

from __future__ import annotations

from bot.domain.commands import Broadcast, ShowStatus, Unwatch, Watch
from bot.domain.presence import Availability
from bot.domain.reply import Phrase
from bot.grammar.periods import Misfit, period
from bot.grammar.sentence import Hit, Made
from bot.grammar.tokens import Token

_THERE = frozenset({Availability.AVAILABLE.value})
_NOT_THERE = frozenset({Availability.AWAY.value, Availability.OFFLINE.value})
_SELF = frozenset({"me", "neg"})
_NO_NAME = frozenset(
    {"set", "neg", "ask", "clear", "say", "everything", "message", "recur", "status", "presence",
     "occupation", "point", "ending", "lasting", "dur", "range", "num"}
)  # fmt: skip


def names(hit: Hit, part: str = "who") -> tuple[str, ...] | None:
    """Return the people that a part names, or none where it names nobody in particular."""
    tokens = hit.tokens(part)
    if not tokens or len(tokens) > 12:
        return None
    found: list[str] = []
    group: list[Token] = []
    for token in (*tokens, None):
        if token is None or token.kind in {"and", "comma", "or"} or token.text == "or":
            if group:
                name = _name(hit, group)
                if name is None:
                    return None
                found.append(name)
            group = []
        else:
            group.append(token)
    return tuple(found) or None


def _name(hit: Hit, group: list[Token]) -> str | None:
    if len(group) == 1 and group[0].kind in {"mention", "quote"}:
        return str(group[0].value)
    while group and group[0].kind in {"the", "glue", "to", "a"}:
        group = group[1:]
    while group and group[-1].kind in {"glue", "now"}:
        group = group[:-1]
    if not group or len(group) > 6 or group[0].kind == "colon":
        return None
    if any(t.kind in _NO_NAME for t in group) or group[0].kind in {"me", "other"}:
        return None
    if hit.sentence.lexicon.option("uncapitalised") is None and not group:
        return None
    name = hit.sentence.said(group[0], group[-1])
    strip = hit.sentence.lexicon.option("name_strip", "")
    return name.lstrip("@").rstrip(strip) or None


def show_me(hit: Hit) -> Made:
    """Show the person's own status."""
    return ShowStatus(who=("me",))


def show_team(hit: Hit) -> Made:
    """Show the team."""
    if not hit.match[0].strip():
        return None
    return ShowStatus(who=("team",), out=_asks_who_is_out(hit))


def _asks_who_is_out(hit: Hit) -> bool:
    states = {token.value for token in hit.all("presence")}
    if any(token.kind == "neg" for token in hit.sentence.tokens):
        return bool(states & _THERE)
    text = f" {hit.match[0]} "
    words = hit.sentence.lexicon.option("out", ())
    spaceless = hit.sentence.lexicon.option("spaceless")
    said = any((word if spaceless else f" {word} ") in text for word in words)
    return said or (bool(states) and states <= _NOT_THERE)


def show_who(hit: Hit) -> Made:
    """Show what somebody is doing."""
    if hit.values.get("capitalised") and not all(
        hit.sentence.prepared.said(t.start, t.end)[:1].isupper() for t in hit.tokens("who")
    ):
        return None
    found = names(hit) if hit.has("who") else tuple(str(t.value) for t in hit.all("mention"))
    return ShowStatus(who=found) if found else None


def _state(hit: Hit) -> Availability | None:
    spoken = [t for t in hit.all("presence") if t not in hit.tokens("who")]
    if spoken:
        return Availability(spoken[-1].value)
    return None


def watch(hit: Hit) -> Made:
    """Tell when somebody changes."""
    found = names(hit) if hit.has("who") else tuple(str(t.value) for t in hit.all("mention"))
    if not found:
        return None
    state = _state(hit)
    if hit.has("over"):  # "no longer busy"
        state = None if state is Availability.AVAILABLE else Availability.AVAILABLE
    if state is None and hit.values.get("state") is not None:
        state = Availability(str(hit.values["state"]))
    if state is None and hit.sentence.lexicon.option("returns"):
        words = set(hit.match[0].split())
        if words & set(hit.sentence.lexicon.option("returns")):
            state = Availability.AVAILABLE
    always = hit.values.get("mode") == "always"
    if not hit.has("w1"):
        return Watch(who=found, until_state=state, always=always)
    try:
        times = period(hit.times(), hit.sentence.resolver)
    except Misfit:
        return None
    if times.end is None or (times.start or hit.sentence.moment.now) > hit.sentence.moment.now:
        return None  # from when on, not until when: that is no watch
    return Watch(who=found, until_state=state, always=always, end=times.end)


def unwatch(hit: Hit) -> Made:
    """Stop telling: about some people, or about all."""
    tokens = hit.tokens("who")
    if len(tokens) == 1 and tokens[0].kind in {"everything", "other_person"}:
        return Unwatch()
    return Unwatch(who=names(hit) or ())


def broadcast(hit: Hit) -> Made:
    """Tell many people: understood, and not done."""
    return Broadcast(message=hit.words("text"))


def refuse(hit: Hit) -> Made:
    """Name the problem that the pattern stands for, where it ends in one of its words."""
    ends = hit.values.get("ends")
    if isinstance(ends, list):
        last = hit.sentence.spoken[-1].text.replace(" ", "")
        if not last.endswith(tuple(ends)):
            return None
    return Phrase(str(hit.values["problem"]))
