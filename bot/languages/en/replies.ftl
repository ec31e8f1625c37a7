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
working-on-it = I am working on it…
too-many = That is more than I can take at once: say it again after { $at }
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
assumed-date = I took “{ $said }” as { $day }.
assumed-person = I took “{ $said }” as { $who }.

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
note-usual-length = You gave no end, so I took your usual length.
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
offer-cancel-planned = Cancel what is planned
offer-set = { $availability }
offer-rather = Rather: { $what }
offer-refresh = Refresh
offer-settings = Settings
offer-save = Save
offer-do-it-now = Do it now

# What went wrong
failed-title = Nothing was changed
unclear-title = I cannot tell whether that was done
half-presence-failed = The message is set, but your presence is not.
half-presence-unclear = The message is set; whether your presence is, I cannot tell.
half-message-failed = Your presence is set, but the message is not.
half-message-unclear = Your presence is set; whether the message is, I cannot tell.
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
card-changed-since = What this card said is over. This is how it is now.
card-outdated = That card was out of date, so nothing was done with it. This is how it is now.
card-too-old = This card is more than a day old, so nothing was done
not-yet = I understood, but I cannot do that yet
not-yet-recurring-reminder = I cannot repeat reminders yet
not-yet-others = I cannot look up other people yet
understood-EraseHistory = You want your history deleted.
understood-ExportData = You want your data.
understood-ForgetMe = You want your data deleted.
understood-KeepAvailable = You want to stay available for a while.
understood-Privacy = You want to know what I keep about you.
understood-SetWorkLocation = You want to say where you work.
understood-ShowHistory = You want to see what you set before.
understood-ShowSession = You want to be shown in a call or presenting.
understood-SignOut = You want to sign out.
understood-Why = You want to know why you look as you do.

# Undo
undo-nothing = There is nothing to take back
undo-already = That was taken back already, or is too long ago
undo-overlaid = You have changed it since, so what shows now stays
undo-overlaid-note = I took it out of your history: taking back the later change will not bring it back.
undo-left-alone = Nothing was taken back
undo-presence-over = That status is over already.
undo-presence-changed = Your presence was changed by hand since, so I left it alone.
undo-message-over = That message is gone already.
undo-message-changed = Your message was changed by hand since, so I left it alone.

# Reminders
reminder-set = I will remind you: { $at }
reminder-due = Reminder: { $text }
reminder-due-bare = This is your reminder
end-reminder-set = I will remind you { $at }, before your status ends
end-reminders-off = No more reminders before a status ends
end-reminders-on = I will remind you before a status ends
ends-soon = { $availability } ends in { $left }

# Conversation
which-one = Which one did you mean?
choice-set-until = { $availability } until { $end }
choice-message-until = “{ $text }” until { $end }
compose-not-here = That cannot be set from here: say it to me in our chat
choice-remind = Remind me { $at }
choice-longer = { $by } longer
help-title = Say what you want to be, and until when
help-how = In any order: a status, an end, a message. For example:
welcome-title = Hello! I set your Teams status from plain words
welcome-what = Tell me what to show and until when; I keep it up to date even while your laptop is shut. Try:

## Graph
## Presence sessions, other people, where somebody works, and why somebody looks as they do.

# Presence sessions
session-Available = Kept available until { $end }
session-InACall = In a call until { $end }
session-InAConferenceCall = In a conference call until { $end }
session-Away = Away until { $end }
session-Presenting = Presenting until { $end }
session-bounded = I keep this up for { $most } at most, so it ends { $end }.
session-usual-end = You gave no end, so I end it { $end }.
session-outranked = { $state } shows instead, because it comes first.
session-none = I am not keeping anything up for you
session-stopped = I no longer keep it up
session-ended-too = I no longer keep your session up either.
session-lost = I could not keep you shown any longer
session-lost-what-now = You wanted it until { $end }: try again, and I keep it up from then on.
undo-session-over = That is over already.
undo-session-changed = That was changed since, so I left it alone.
list-session = Going on
offer-stop = Stop
offer-hold = Hold a session open
trouble-not-offered = Microsoft does not offer that here, or not with the permission that I have.

# Other people
people-off = Looking at colleagues is turned off here
people-nobody = I found nobody called “{ $name }”
people-nobody-here = There is nobody else here
people-which = Which { $name }?
people-choice = { $name } ({ $mail })
people-more = There are more of that name: give me the mail address.
people-one = { $name }: { $state }
people-not-shown = Microsoft does not show me how { $name } is
people-several = Your colleagues now
people-free = { $free } of { $all } available
people-others = { $count ->
    [one] One person more is not shown.
   *[other] { $count } more people are not shown.
}
people-out = { $out } of { $all } not there
people-no-team = I see no team here
people-no-team-how = Ask me in a group chat or in a channel: there I look at its members.
people-you = You
people-with-text = { $state } · { $text }
people-away-with-text = { $state } · out of office: { $text }
people-out-of-office = Out of office.
watch-until = I will tell you when { $name } is { $availability }
watch-changes = I will tell you when { $name } changes
watch-many = I am watching { $count ->
    [one] one colleague
   *[other] { $count } colleagues
} for you
watch-once = I tell you once.
watch-each-time = I tell you each time.
watch-already = { $name } is there already: { $state }
watch-ended = I no longer watch { $name }
watch-lost = I could not go on watching your colleagues
watch-again = Watch { $name } again
watch-stop = Stop watching { $name }
watch-stopped = I no longer watch { $name }
watch-stopped-many = I no longer watch { $count ->
    [one] one colleague
   *[other] { $count } colleagues
}
watch-nobody = You are watching nobody
watch-not-them = You are not watching “{ $name }”
watch-name-somebody = Tell me whom to watch: a name, a mail address or a mention
watch-too-many = You can watch { $limit ->
    [one] one colleague
   *[other] { $limit } colleagues
} at a time
watch-item = Watching { $name }
watch-item-until = Until { $availability }
watch-item-changes = Any change
watch-cancelled = Watching { $name }
fact-out-of-office = Out of office
fact-location = Works
place-office = in the office
place-remote = remotely
place-timeOff = not today

# Where somebody works
location-office = In the office
location-remote = Working remotely
location-timeOff = Off work
location-planned-office = In the office on { $at }
location-planned-remote = Working remotely on { $at }
location-planned-timeOff = Off work on { $at }
location-set-then = Microsoft takes a work location for today only, so I set it { $at }.
location-today-only = It counts for today.
location-unknown = I cannot show “{ $place }”: Microsoft knows the office, remote, and time off
location-cleared = Work location cleared
location-cancelled = Work location cancelled
location-missed = I could not set your work location for { $at }: that day is over
location-not-set = I could not set your work location
offer-clear-location = Clear location
list-location = { $at }
cancel-location = Cancel { $at }

# Why
why-title = { $state }: this is why
why-no-client = No Teams client of yours is signed in, so people see Offline.
why-set = You set { $availability } with me at { $at }, until { $end }.
why-set-open = You set { $availability } with me at { $at }, without an end: Teams ends it { $end }.
why-session = I keep this up for you since { $at }, until { $end }.
why-appears-offline = Appear offline was chosen in Teams or by another app. Microsoft does not tell until when.
why-meeting = Your calendar has a meeting now. Microsoft does not tell me when it ends.
why-call = A Teams client of yours is in a call, or another app says so.
why-presenting = You are presenting in Teams, or another app says so.
why-focusing = Your calendar has focus time now.
why-out-of-office = Your mailbox says that you are out of office.
why-away = Your Teams clients have been idle, or Away was chosen in Teams.
why-chosen = It was chosen in Teams or by another app, not with me. Microsoft does not tell until when.
why-available = A Teams client of yours is in use, and nothing else is set.
why-unknown = Microsoft does not tell where that comes from.
why-hidden = With me you set { $availability } until { $end }. It does not show: it was changed elsewhere since, or Teams does not show it yet.
why-hidden-without-client = You set { $availability } until { $end }. It shows as soon as a Teams client of yours is signed in, or when I hold a session open.
why-session-hidden = I also keep a session up until { $end }, but what shows comes first.
why-also-out-of-office = Your mailbox also says that you are out of office.

## Plans
## What is planned once or comes again: made, started, given back, listed, changed.

# Planning
planned-from = { $availability } from { $start }
planned-until = { $availability } from { $start } until { $end }
recurs-from = { $availability }, first { $start }
recurs-never = That never comes within a year
too-many-plans = You have { $limit } plans and reminders already. Cancel one first.
fact-starts = Starts
fact-next = Next
fact-repeats = Repeats
fact-plan = Plan
start-end-in-zone = { $start } until { $end } ({ $zone })
note-gives-back = When it ends, you get back what was there before.
note-plans-stay = What you planned stays.
note-until-working-day = You gave no end, so each time lasts until the next working day starts: the first until { $end }.
note-last-day = The last time is { $at }.
note-other-zone = It keeps to the time in { $zone }.
overlaps-named = This overlaps “{ $text }”, { $at }.
overlaps-plan = This overlaps “{ $plan }”, { $at }.
offer-list = Show plans
offer-skip = Skip next

# How often
repeats-daily = { $count ->
    [one] Every day
   *[other] Every { $count } days
}
repeats-weekly = { $count ->
    [one] Every week
   *[other] Every { $count } weeks
}
repeats-some-days = { $count ->
    [one] { $days } days of every week
   *[other] { $days } days of every { $count } weeks
}
repeats-workdays = Monday to Friday
repeats-monthly = { $count ->
    [one] Every month
   *[other] Every { $count } months
}

# Starting
plan-started = As planned: { $availability }
plan-started-until = As planned: { $availability } until { $end }
plan-started-half = Your planned status started in part
plan-waits = { $availability } was planned for { $at }
plan-waits-until = { $availability } was planned for { $at } until { $end }
plan-failed = { $availability }, as planned, could not be set
plan-given-up = I kept trying and could not do this: { $plan }
waits-said-later = You decided otherwise since, so I left that alone.
offer-start-now = Start it now
note-late = This is late: it was planned for { $at }.
note-missed = { $count ->
    [one] One earlier time was missed while I was not running.
   *[other] { $count } earlier times were missed while I was not running.
}

# Giving back
given-back = Back to { $availability } until { $end }
given-back-message = Your earlier message is back
give-back-left-alone = Your presence was changed by hand since, so I gave nothing back
given-back-half = Only part of what was there before is back
give-back-failed = What was there before could not be given back

# What was missed
overdue = { $count ->
    [one] This was due while I was not running
   *[other] { $count } things were due while I was not running
}
overdue-signed-out = { $count ->
    [one] This was due while you were not signed in
   *[other] { $count } things were due while you were not signed in
}
overdue-at = { $at }
overdue-still = It would still run now.
overdue-skipped = { $count ->
    [one] It is over, so I skipped it.
   *[other] { $count } times are over, so I skipped them.
}
and-more = And { $count } more.

# Listing
list-empty = Nothing is planned
list-title = { $count ->
    [one] One plan
   *[other] { $count } plans
}
list-item = { $number } · { $at }
list-until = Until { $end }
list-paused = Paused until { $until }
list-how-to-cancel = Say “cancel { $number }”, or press a button.
list-how-to-change = Say “move { $text } to 12:30” to change it.
offer-more = More
offer-back = Back
changed = Changed
change-nothing = I found nothing like that to change
change-cannot = That cannot be changed so: cancel it and make it anew.
offer-change = Change
change-title = What should change?
change-start = Starts at
change-end = Ends at
change-until = Last day (leave empty for none)
change-wrong = That is no time or no day, so nothing changed
offer-pause-week = Pause for a week
fact-paused = Paused
plan-named = { $availability }: { $text }
plan-status = { $availability }
plan-reminder = Reminder: { $text }
plan-reminder-bare = Reminder
plan-at = { $plan }, { $at }
offer-this-one = This one

# Changing
cancelled = { $count ->
    [one] Cancelled
   *[other] { $count } plans cancelled
}
cancelled-but-session = Your session goes on: it could not be ended.
offer-restore = Undo
planned-again = Planned again
planned-again-half = Planned again in part: the rest is over
plan-again-nothing = That is planned already, or over
cancel-nothing = I found nothing like that to cancel
cancel-which = Which one?
skipped = Skipped: { $at }
skip-nothing = I found nothing like that to skip
skip-no-such-day = It does not come on that day
paused = Paused until { $until }
resumed = It comes again
pause-nothing = I found nothing like that to pause
resume-nothing = I found nothing like that to resume
offer-resume = Resume
note-was-the-last = That was the last time, so it is over.

# Reminders that come again
offer-snooze = In { $by }
offer-snooze-tomorrow = Tomorrow morning
offer-done = Done
reminder-done = Done: { $text }
reminder-done-bare = Done
snooze-nothing = There is no reminder that I could bring again

# Time zone
zone-set = Your time zone is { $zone }
zone-still-elsewhere = { $count ->
    [one] One plan that repeats still follows another zone.
   *[other] { $count } plans that repeat still follow another zone.
}
zone-question = { $count ->
    [one] You seem to be in { $zone } now. Does your repeating plan move there too?
   *[other] You seem to be in { $zone } now. Do your { $count } repeating plans move there too?
}
zone-question-note = Until you say so they stay as they were. I ask only once.
zone-moved = { $count ->
    [one] One repeating plan moved to { $zone }
   *[other] { $count } repeating plans moved to { $zone }
}
zone-kept = Your repeating plans stay where they were
offer-move-zone = Move to { $zone }
offer-keep-zone = Leave as it is

## Own data
## What is kept of a person: shown, handed over, deleted, and the pages that say so.

# Your own data
only-in-private = That is between you and me
only-in-private-how = Ask me again in our private chat.
signed-out = You are signed out
signed-out-what-waits = { $count ->
    [one] One thing that you planned waits until you sign in again.
   *[other] { $count } things that you planned wait until you sign in again.
}
signed-out-session = I cannot keep you available any longer, so that fades soon.
signed-out-next = What you set in Teams stays. The next thing you ask of me may sign you in again.
sign-out-by-organisation = There is nothing to sign out of
sign-out-by-organisation-how = Your organisation has allowed me to act for you; I hold no key of yours. “delete my data” makes me forget you.
history-title = { $count ->
    [one] You changed one thing
   *[other] You changed { $count } things
}
history-at = { $at }
history-empty = You set nothing through me in that time
history-kept = I keep this for 30 days, and show it to you alone.
history-session-ended = No longer kept up
history-undone = Taken back later
history-erased = Your history is deleted. What still runs stays until it ends.
offer-history = History
offer-erase-history = Delete history
offer-export = Export my data
offer-forget-me = Delete my data
export-title = Here is everything that I keep about you
export-what = It is a JSON file: your settings, plans, history and messages under way. My key to your account is not in it.
export-how = The button works once, for ten minutes. Whoever has its address can use it, so do not pass it on.
export-link = Get the file
export-page-title = Your data
export-gone-title = This link is no longer good
export-gone-how = It works once, for ten minutes. Say “export my data” to get another.
forget-me-sure = Delete everything that I keep about you?
forget-me-what = That is your plans, reminders, history, settings and sign-in. Nobody can bring it back.
forget-me-stays = What Teams shows of you now stays until it ends, and our chat stays in Teams.
offer-forget-me-now = Delete everything
forgotten = I have forgotten you
forgotten-what = Nothing is planned any more, and I can no longer act for you. If you write to me again, we start anew.

# Privacy: the answer in the chat and the page
privacy-title = What I keep about you
privacy-page-title = Privacy
privacy-what = Your settings and presets, your plans and reminders, where to reach you, and for 30 days what you set through me.
privacy-tokens = If you signed in, a key from Microsoft with which I act for you. It is encrypted, and deleted when you sign out or remove the app.
privacy-organisation = Where your organisation has allowed me to act for everybody, I hold no key of yours.
privacy-words = What you write to me is deleted as soon as it is carried out; within a day at the latest where I wait for you.
privacy-others = I keep no history of your colleagues. When you ask about them I look, answer and forget.
privacy-who = Only you can ask me for it. Whoever runs this bot for your organisation can reach its database.
privacy-logs = My logs hold neither what you write nor any key.
privacy-microsoft = I speak with Microsoft Teams and Microsoft Graph, and send nothing to anybody else.
privacy-how = “export my data” gives you all of it, “delete my data” deletes it, “sign out” deletes the key. After that, a checksum of each message stays for a day, without saying whose it was, so that none is carried out twice.
privacy-contact = Questions are for whoever runs this bot in your organisation.
terms-title = Terms of use
terms-what = This bot sets your presence and status message in Microsoft Teams, and reminds you, when you ask it to.
terms-yours = It acts for you alone, with your own permissions. What others see of you through it is your responsibility.
terms-teams = Your use of Microsoft Teams stays under your organisation’s agreement with Microsoft. This bot is not a product of Microsoft’s.
terms-no-warranty = It is free software under the MIT licence, provided as it is and without warranty. Do not rely on it where a missed reminder does harm.
terms-end = You can stop at any time: say “delete my data” and remove the app.

## Signing in
## Why it is needed, how it went, and what waited for it.

sign-in-why = Sign in, so that I may set your status for you. I will carry out right after it what you asked for.
sign-in-why-colleagues = To look at colleagues I need your permission. I will answer right after you have given it.
sign-in-why-timer = Something you planned is due, but I may no longer act for you. Sign in, and I will take it up.
sign-in-by-link = Teams could not sign you in by itself. Use the button.
sign-in-page-not = Not signed in
sign-in-page-old = This link is too old or was used. Ask the bot again.
sign-in-page-strange = This is no answer of Microsoft’s.
sign-in-page-not-you = You are not the person in the chat, or this page is too old. Ask the bot again, and sign in with the account that you use in Teams.
sign-in-page-refused = Microsoft did not sign you in. Ask the bot again.
sign-in-page-later = Microsoft does not answer. Please try again later.
sign-in-page-code = If Teams does not go on by itself, send this code to the bot:
sign-in-button = Sign in
sign-in-first = Please sign in first; I have sent you a card. I will carry this out right after it.
answered-privately = I have answered in our own chat
not-installed = I cannot write to you alone, so nothing was done
not-installed-how = Add me for yourself in Teams, under Apps, and say it again.
sign-in-wrote-privately = You need to sign in first. I have written to you privately
sign-in-did-not-help = You signed in, but Microsoft still does not let me act for you
waited-too-long = Something you asked for waited more than a day for your sign-in, so I have not done it. Please say it again.
sign-in-wrong-code = That code is wrong or too old. Please sign in again.
signed-in = You are signed in
missed-while-signed-out = I missed something that was due { $at }, because you were not signed in
missed-end-reminder = A status of yours ended meanwhile, and I did not remind you of its end.

## Shortcuts
## Presets, sequences, what is set again, settings, and small talk.

# Presets
preset-saved = “{ $name }” is saved
preset-replaced = “{ $name }” is saved anew
preset-deleted = “{ $name }” is deleted
preset-unknown = You have no preset called “{ $name }”
preset-nothing-to-save = There is no status to save now
preset-how = Set a status and say “save this as …”.
preset-say-name = Say “{ $name }” to set it.
preset-name-too-long = A name has { $limit } characters at most
preset-too-many = You have { $limit } presets already. Delete one first.
preset-with-both = { $availability } for { $length }: { $text }
preset-with-length = { $availability } for { $length }
preset-with-text = { $availability }: { $text }
preset-alone = { $availability }
presets-title = { $count ->
    [0] You have no presets yet
    [one] One preset
   *[other] { $count } presets
}
offer-preset = { $name }
offer-presets = My presets
offer-delete = Delete
suggest-focus = Focus, 2 hours
suggest-meeting = Meeting, 1 hour
suggest-lunch = Lunch, 1 hour
suggest-break = Short break

# The same again
repeat-nothing = I do not know which status that was
repeat-of = The same as { $at }.

# Sequences
plan-sequence = { $count ->
    [one] { $availability } in one step
   *[other] { $availability } and so on, { $count } steps
}
fact-steps = Steps
sequence-part = { $availability } { $length }
sequence-then = { $first }, then { $next }
sequence-rounds = { $count ->
    [one] { $steps }
   *[other] { $steps }; { $count } times
}
sequence-step = Step { $number } of { $count }.
sequence-ends = All of it ends { $end }.
sequence-stopped = You decided otherwise since, so I stopped the sequence
sequence-over = The sequence was over { $end }, while I was not running
offer-stop-sequence = Stop all of it

# Settings
language-set = I speak English with you from now on
language-unknown = I do not speak that language. I know English, German, French, Spanish, Russian and Chinese.
language-any-understood = You can still write in any language that I know.
hours-set = Working hours: { $start } to { $end }, { $days ->
    [one] one day a week
   *[other] { $days } days a week
}
hours-mean = “Until the end of the day” and “until tomorrow” go by them.

settings-title = Your settings
settings-saved = Your settings are saved
settings-wrong = That cannot be, so nothing was saved
settings-hours-wrong = The day must end after it starts, so nothing was saved
settings-zone = Time zone
settings-zone-in-words = Another time zone? Say “my time zone is …”.
settings-as-device = As my device says ({ $zone })
settings-language = Language of my answers
settings-as-teams = As Teams says
settings-day-start = Your working day starts
settings-day-end = Your working day ends
settings-reminders = Remind me before a status ends
settings-length = { $availability } without an end lasts
settings-no-length = as long as Teams leaves it
settings-one-length = { $length }

# Home
home-next = Next: { $at }
home-shortcuts = Set at once
home-more = More

# Small talk
talk-hello = Hello! What shall I set for you?
talk-thanks = You are welcome!
talk-bye = See you! What you planned goes on.
talk-who = I am a bot: I set your Teams status from plain words, and remember when it ends
talk-how = All is well here, thank you. Your status is in good hands.
not-mine-OutOfOffice = I do not set automatic replies
not-mine-OutOfOffice-why = They belong to your mailbox, which I cannot reach: set them in Outlook. I can show you as away.
not-mine-RemindOther = I remind only you
not-mine-RemindOther-why = Nobody else gets messages from me on your behalf. I can remind you to tell them.
not-mine-Broadcast = I write to you only
not-mine-Broadcast-why = Nobody else gets messages from me on your behalf. A status message is seen by all who look you up.
instead-OutOfOffice = Show me as away
instead-RemindOther = Remind me instead
instead-Broadcast = Make it my status message
