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
card-not-readable = This card is too old or was changed, so nothing was done
not-yet = I understood, but I cannot do that yet
not-yet-others = I cannot look up other people yet
not-yet-recurring-reminder = I cannot repeat reminders yet
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
ends-soon = { $availability } ends { $end }
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
## Words
## What every reply may need: how Teams names things, and how lengths are put together.

availability-Available = Available
availability-Busy = Busy
availability-DoNotDisturb = Do not disturb
availability-BeRightBack = Be right back
availability-Away = Appear away
availability-Offline = Appear offline

# A length of two units, as in "1 hour 30 minutes". $first and $second come with their units.
length-of-two = { $first } { $second }

# Added to a message whose first sending may have arrived already.
may-repeat = You may be reading this twice: the first sending was not confirmed.

# The answers to a button that cannot be used.
press-failed = That did not work. Please try again.
