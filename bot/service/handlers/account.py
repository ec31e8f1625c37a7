"""The person's own data: what is kept, their history, all of it as a file, and deleting it.

All of it is between the person and the bot: what is asked in a group is answered privately, and
nobody is forgotten from there.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.commands import Undo
from bot.domain.journal import Entry, undoable
from bot.domain.own_commands import (
    EraseHistory,
    ExportData,
    ForgetMe,
    Privacy,
    ShowHistory,
    SignOut,
)
from bot.domain.reply import Item, Link, Offer, Phrase, Reply, Tone
from bot.domain.timers import HoldSession
from bot.service.changes import DropHistory, DropTokens, ForgetPerson
from bot.service.ports import Outcome
from bot.service.saying import sorry
from bot.service.turn import Turn

OwnDataCommand = EraseHistory | ExportData | ForgetMe | Privacy | ShowHistory | SignOut

_SHOWN = 10  # as many as a card has room for
_EXPORT = Offer(label=Phrase("offer-export"), command=ExportData())
_HISTORY = Offer(label=Phrase("offer-history"), command=ShowHistory())
_FORGET = Offer(label=Phrase("offer-forget-me"), command=ForgetMe())
_ERASE = Offer(label=Phrase("offer-erase-history"), command=EraseHistory())


async def carry_out(turn: Turn, command: OwnDataCommand) -> Outcome:
    """Show or delete what is kept of the person."""
    match command:
        case SignOut():
            return _sign_out(turn)
        case ShowHistory():
            return await _show_history(turn, command)
        case EraseHistory():
            reply = Reply(tone=Tone.DONE, title=Phrase("history-erased"))
            return Outcome(reply=reply, changes=(DropHistory(),))
        case ExportData():
            return await _export(turn)
        case ForgetMe(sure=True) if not turn.scene.private:
            return Outcome(reply=sorry(Phrase("only-in-private"), Phrase("only-in-private-how")))
        case ForgetMe():
            return await _forget(turn, command)
        case Privacy():
            return Outcome(reply=_privacy(turn))


def _sign_out(turn: Turn) -> Outcome:
    """Forget the person's tokens and say what cannot be done without them."""
    if not turn.tools.signs_in:
        return Outcome(
            reply=sorry(Phrase("sign-out-by-organisation"), Phrase("sign-out-by-organisation-how"))
        )
    waits = len(turn.record.timers)
    notes = [Phrase("signed-out-what-waits", {"count": waits})] if waits else []
    if any(isinstance(timer.task, HoldSession) for timer in turn.record.timers):
        notes.append(Phrase("signed-out-session"))
    notes.append(Phrase("signed-out-next"))
    return Outcome(
        reply=Reply(tone=Tone.DONE, title=Phrase("signed-out"), notes=tuple(notes)),
        changes=(DropTokens(),),
    )


async def _show_history(turn: Turn, command: ShowHistory) -> Outcome:
    entries, count = await turn.tools.own_data.history(
        turn.person, start=command.start, end=command.end, limit=_SHOWN
    )
    notes = [Phrase("history-kept")]
    if not entries:
        title = Phrase("history-empty")
        return Outcome(reply=Reply(tone=Tone.INFO, title=title, notes=tuple(notes)))
    if count > len(entries):
        notes.insert(0, Phrase("and-more", {"count": count - len(entries)}))
    return Outcome(
        reply=Reply(
            tone=Tone.INFO,
            title=Phrase("history-title", {"count": count}),
            items=tuple(
                Item(
                    label=Phrase("history-at", {"at": entry.at}),
                    lines=tuple(_lines(entry)),
                    offers=_undo(turn, entry),
                )
                for entry in entries
            ),
            notes=tuple(notes),
            offers=(_EXPORT, _ERASE),
        )
    )


def _undo(turn: Turn, entry: Entry) -> tuple[Offer, ...]:
    """Return the button that takes a change back, where it is among those that can be."""
    if undoable(turn.record.entries, entry.id) is None:
        return ()
    return (Offer(label=Phrase("offer-undo"), command=Undo(entry=entry.id)),)


def _lines(entry: Entry) -> Iterator[Phrase]:
    """Yield what one change did, a sentence for each part."""
    if entry.presence is not None:
        after = entry.presence.after
        if after is None:
            yield Phrase("cleared-status")
        elif after.end is None:
            yield Phrase("set-open", {"availability": after.availability})
        else:
            yield Phrase("set-until", {"availability": after.availability, "end": after.end})
    if entry.session is not None:
        held = entry.session.after
        if held is None:
            yield Phrase("history-session-ended")
        else:
            yield Phrase(f"session-{held.activity.value}", {"end": held.end})
    if entry.message is not None:
        message = entry.message.after
        if message is None:
            yield Phrase("cleared-message")
        else:
            yield Phrase("quote", {"text": message.text})
    if entry.undone:
        yield Phrase("history-undone")


async def _export(turn: Turn) -> Outcome:
    conversation = str((turn.scene.address or {}).get("conversation", ""))
    url = await turn.tools.exports.offer(turn.person, conversation)
    return Outcome(
        reply=Reply(
            tone=Tone.INFO,
            title=Phrase("export-title"),
            notes=(Phrase("export-what"), Phrase("export-how")),
            links=(Link(label=Phrase("export-link"), url=url),),
        )
    )


async def _forget(turn: Turn, command: ForgetMe) -> Outcome:
    """Ask first; then delete everything at once. What Graph shows is not ours to delete."""
    if not command.sure:
        return Outcome(
            reply=Reply(
                tone=Tone.QUESTION,
                title=Phrase("forget-me-sure"),
                notes=(Phrase("forget-me-what"), Phrase("forget-me-stays")),
                offers=(
                    Offer(label=Phrase("offer-forget-me-now"), command=ForgetMe(sure=True)),
                    _ERASE,
                    _EXPORT,
                ),
            )
        )
    return Outcome(
        reply=Reply(
            tone=Tone.DONE,
            title=Phrase("forgotten"),
            notes=(Phrase("forgotten-what"), Phrase("forget-me-stays")),
        ),
        changes=(ForgetPerson(),),
    )


def _privacy(turn: Turn) -> Reply:
    keys = "privacy-tokens" if turn.tools.signs_in else "privacy-organisation"
    return Reply(
        tone=Tone.INFO,
        title=Phrase("privacy-title"),
        notes=(
            Phrase("privacy-what"),
            Phrase(keys),
            Phrase("privacy-words"),
            Phrase("privacy-who"),
            Phrase("privacy-how"),
        ),
        offers=(_HISTORY, _EXPORT, _FORGET),
    )
