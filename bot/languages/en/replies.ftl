## Words
## What every reply may need: how Teams names things, and how lengths are put together.

availability-Available = Available
availability-Busy = Busy
availability-DoNotDisturb = Do not disturb
availability-BeRightBack = Be right back
availability-Away = Away
availability-Offline = Offline

# A length of two units, as in "1 hour 30 minutes". $first and $second come with their units.
length-of-two = { $first } { $second }

# Added to a message whose first sending may have arrived already.
may-repeat = You may be reading this twice: the first sending was not confirmed.

# The answers to a button that cannot be used.
press-failed = That did not work. Please try again.

## Readings
## Why an utterance was not carried out, and what was assumed where it was.

problem-empty = I heard no words in that
problem-not-understood = I did not understand that
problem-too-long = That is { $count } characters long, and I read { $limit } at most
problem-no-length = A status needs some time: 0 minutes is none
problem-no-time = I need a time for that
problem-past = That time is over already
problem-impossible-time = There is no such time as “{ $said }”
problem-too-far = That is too far ahead: 366 days is the most
problem-too-short = That is too soon: a status lasts a minute at least
problem-message-too-long = That message is { $count } characters long, and { $limit } is the most. Here it is again: { $text }
problem-nothing-running = Nothing is running that could be changed
problem-negated = I left everything as it is
problem-other-person = I can change your own status only
assumed-clock = I took “{ $said }” as { $end }.

## Replies

# What was done
set-until = { $availability } until { $end }
set-open = { $availability }
message-set = Status message set
cleared-status = Back to automatic
cleared-message = Status message removed
cleared-all = Status and message cleared
undone = Taken back
undone-half = Taken back in part

# Facts
fact-until = Until
fact-message = Message
fact-message-until = Message until
fact-pinned = Pinned
fact-seen = Colleagues see
fact-set = You set
fact-reminder = Reminder
end-in-zone = { $end } ({ $zone })
pinned-yes = shown when people message you
set-by-you = { $availability } until { $end }
quote = { $text }

# How colleagues see somebody
seen-Available = Available
seen-AvailableInactive = Available, inactive
seen-Away = Away
seen-BeRightBack = Be right back
seen-Busy = Busy
seen-DoNotDisturb = Do not disturb
seen-Focusing = Focusing
seen-InACall = In a call
seen-InAConferenceCall = In a conference call
seen-InAMeeting = In a meeting
seen-Inactive = Inactive
seen-Offline = Offline
seen-OffWork = Offline, as you chose
seen-OutOfOffice = Out of office
seen-Presenting = Presenting
seen-PresenceUnknown = Unknown
seen-UrgentInterruptionsOnly = Urgent interruptions only
seen-other = { $state }

# Notes
note-graph-ends-it = You gave no end, so Teams ends it { $end }.
note-message-stays = The message stays until you clear it.
note-no-client = No Teams client of yours is signed in, so people see Offline until one is.
note-not-shown-yet = Microsoft took the change, but Teams does not show it yet.
note-not-seen = Microsoft took the change, but I could not read it back.
note-reminder = I will remind you at { $at }.

# Buttons
offer-retry = Try again
offer-undo = Undo
offer-clear = Clear
offer-clear-message = Clear message
offer-extend = + { $by }
offer-until = Until { $end }
offer-end-of-day = Until end of day
offer-no-reminders = Don’t remind me
offer-reminders-on = Remind me again
offer-cancel = Cancel
offer-set = { $availability }
offer-do-it-now = Do it now

# What went wrong
failed-title = Nothing was changed
half-presence-failed = The message is set, but your presence is not.
half-message-failed = Your presence is set, but the message is not.
trouble-throttled = Microsoft asks to wait { $wait } before the next change.
trouble-sign-in = You are not signed in, so I cannot act for you.
trouble-consent = A permission is missing: you or your administrator must agree first.
trouble-others = Microsoft lets me change your own presence only.
trouble-rejected = Microsoft refused the request. That is a fault of mine, and trying again may not help.
trouble-unknown = Microsoft did not say whether it was done. Look at your status before you try again.
trouble-unavailable = Microsoft did not answer.
extend-changed-by-hand = Something else shows now, so I left it alone
gave-up = I could not carry that out
gave-up-what-now = Something went wrong on my side. Please say it again.
too-old = You said that at { $at }, which is too long ago to act on
card-not-readable = I did not make this card as it is now, so nothing was done
card-of-somebody-else = This card is somebody else’s, so nothing was done
card-used = This button was used already, so nothing was done again
card-too-old = This card is more than a day old, so nothing was done
not-yet = I understood, but I cannot do that yet
not-yet-others = I cannot look up other people yet
not-yet-recurring-reminder = I cannot repeat reminders yet
understood-Amend = You want to change the newest status.
understood-Broadcast = You want to write to others. I write to you only.
understood-DeletePreset = You want to delete a preset.
understood-ExportData = You want your data.
understood-ForgetMe = You want your data deleted.
understood-KeepAvailable = You want to stay available for a while.
understood-OutOfOffice = You want automatic replies. Those are your mailbox’s, which I cannot reach.
understood-Pause = You want to pause something that comes again and again.
understood-RemindOther = You want somebody else reminded. I remind you only.
understood-RepeatLast = You want the same again.
understood-SavePreset = You want to save a preset.
understood-Sequence = You want one status after another.
understood-SetLanguage = You want another language.
understood-SetTimezone = You want another time zone.
understood-SetWorkLocation = You want to say where you work.
understood-SetWorkingHours = You want other working hours.
understood-ShowHistory = You want to see what you set before.
understood-ShowSession = You want to be shown in a call or presenting.
understood-SignOut = You want to sign out.
understood-SkipOnce = You want to skip something once.
understood-Snooze = You want to be reminded again later.
understood-Unwatch = You do not want to be told about somebody any more.
understood-UsePreset = You want to use a preset.
understood-Watch = You want to be told when somebody’s presence changes.
understood-Why = You want to know why you look as you do.
understood-Schedule = A status that starts later.
understood-Recur = A status that comes again and again.

# Undo
undo-nothing = There is nothing to take back
undo-left-alone = Nothing was taken back
undo-presence-over = That status is over already.
undo-presence-changed = Your presence was changed by hand since, so I left it alone.
undo-message-over = That message is gone already.
undo-message-changed = Your message was changed by hand since, so I left it alone.

# Reminders
reminder-set = I will remind you { $at }
reminder-due = Reminder: { $text }
reminder-due-bare = This is your reminder
end-reminder-set = I will remind you { $at }, before your status ends
end-reminders-off = No more reminders before a status ends
end-reminders-on = I will remind you before a status ends
ends-soon = { $availability } ends in { $left }
too-many-reminders = You have { $limit } reminders already. Cancel one first.
list-empty = Nothing is planned
list-title = { $count ->
    [one] One reminder
   *[other] { $count } reminders
}
list-item = { $number } · { $at }
list-how-to-cancel = Say “cancel reminder 1” to cancel the first.
cancelled = { $count ->
    [one] Reminder cancelled
   *[other] { $count } reminders cancelled
}
cancel-nothing = I found nothing like that to cancel
cancel-which = Which one?
cancel-one = { $at }: { $text }

# Conversation
which-one = Which one did you mean?
choice-set-until = { $availability } until { $end }
choice-remind = Remind me { $at }
help-title = Say what you want to be, and until when
help-how = In any order: a status, an end, a message. For example:
welcome-title = Hello! I set your Teams status from plain words
welcome-what = Tell me what to show and until when; I keep it up to date even while your laptop is shut. Try:
