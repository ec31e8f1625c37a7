## Words
## What every reply may need: how Teams names things, and how lengths are put together.

availability-Available = Verfügbar
availability-Busy = Beschäftigt
availability-DoNotDisturb = Nicht stören
availability-BeRightBack = Bin gleich zurück
availability-Away = Abwesend
availability-Offline = Offline

# A length of two units, as in "1 hour 30 minutes". $first and $second come with their units.
length-of-two = { $first } { $second }

# Added to a message whose first sending may have arrived already.
may-repeat = Vielleicht liest du das zum zweiten Mal: Das erste Senden wurde nicht bestätigt.

# The answers to a button that cannot be used.
working-on-it = Ich arbeite daran …
too-many = Das ist mehr, als ich auf einmal schaffe: Sag es nach { $at } noch einmal
press-failed = Das hat nicht geklappt. Bitte versuche es noch einmal.

## Readings
## Why an utterance was not carried out, and what was assumed where it was.

problem-empty = Darin habe ich keine Worte gefunden
problem-not-understood = Das habe ich nicht verstanden
problem-too-long = Das sind { $count } Zeichen, und ich lese höchstens { $limit }
problem-no-length = Ein Status braucht etwas Zeit: 0 Minuten sind keine
problem-no-time = Dafür brauche ich eine Zeit
problem-past = Diese Zeit ist schon vorbei
problem-impossible-time = Die Zeit „{ $said }“ gibt es nicht
problem-too-far = Das ist zu weit voraus: Höchstens 366 Tage sind möglich
problem-too-short = Das ist zu bald: Ein Status dauert mindestens eine Minute
problem-message-too-long = Diese Nachricht hat { $count } Zeichen, höchstens { $limit } sind möglich. Hier ist sie noch einmal: { $text }
problem-nothing-running = Es läuft nichts, das sich ändern ließe
problem-negated = Ich lasse alles, wie es ist
problem-other-person = Ich kann nur deinen eigenen Status ändern
assumed-clock = „{ $said }“ habe ich als { $end } gelesen.
assumed-date = „{ $said }“ habe ich als { $day } gelesen.
assumed-person = „{ $said }“ habe ich als { $who } verstanden.

## Replies

# What was done
set-until = { $availability } bis { $end }
set-open = { $availability }
message-set = Statusnachricht gesetzt
cleared-status = Wieder automatisch
cleared-message = Statusnachricht entfernt
cleared-all = Status und Nachricht entfernt
undone = Rückgängig gemacht
undone-half = Zum Teil rückgängig gemacht

# Facts
fact-until = Bis
fact-message = Nachricht
fact-message-until = Nachricht bis
fact-pinned = Angeheftet
fact-seen = Andere sehen
fact-set = Von dir gesetzt
fact-reminder = Erinnerung
end-in-zone = { $end } ({ $zone })
pinned-yes = wird allen gezeigt, die dir schreiben
set-by-you = { $availability } bis { $end }
quote = { $text }

# How colleagues see somebody
seen-Available = Verfügbar
seen-AvailableInactive = Verfügbar, inaktiv
seen-Away = Abwesend
seen-BeRightBack = Bin gleich zurück
seen-Busy = Beschäftigt
seen-DoNotDisturb = Nicht stören
seen-Focusing = Konzentriert
seen-InACall = In einem Anruf
seen-InAConferenceCall = In einer Telefonkonferenz
seen-InAMeeting = In einer Besprechung
seen-Inactive = Inaktiv
seen-Offline = Offline
seen-OffWork = Offline, wie von dir gewählt
seen-OutOfOffice = Außer Haus
seen-Presenting = Präsentiert
seen-PresenceUnknown = Unbekannt
seen-UrgentInterruptionsOnly = Nur dringende Unterbrechungen
seen-other = { $state }

# Notes
note-graph-ends-it = Du hast kein Ende genannt, also beendet Teams es: { $end }.
note-message-stays = Die Nachricht bleibt, bis du sie entfernst.
note-no-client = Keines deiner Geräte ist bei Teams angemeldet, deshalb sehen andere Offline, bis eines es ist.
note-usual-length = Du hast kein Ende genannt, daher gilt deine übliche Dauer.
note-not-shown-yet = Microsoft hat die Änderung angenommen, aber Teams zeigt sie noch nicht.
note-not-seen = Microsoft hat die Änderung angenommen, aber ich konnte sie nicht nachprüfen.
note-reminder = Vorher erinnere ich dich: { $at }.

# Buttons
offer-retry = Noch einmal versuchen
offer-undo = Rückgängig
offer-clear = Entfernen
offer-clear-message = Nachricht entfernen
offer-extend = + { $by }
offer-until = Bis { $end }
offer-end-of-day = Bis Feierabend
offer-no-reminders = Nicht mehr erinnern
offer-reminders-on = Wieder erinnern
offer-cancel = Absagen
offer-cancel-planned = Geplantes absagen
offer-set = { $availability }
offer-rather = Lieber: { $what }
offer-refresh = Aktualisieren
offer-settings = Einstellungen
offer-save = Speichern
offer-do-it-now = Jetzt ausführen

# What went wrong
failed-title = Nichts wurde geändert
unclear-title = Ob das erledigt ist, kann ich nicht sagen
half-presence-failed = Die Nachricht ist gesetzt, der Status aber nicht.
half-presence-unclear = Die Nachricht ist gesetzt; ob der Status es ist, kann ich nicht sagen.
half-message-failed = Der Status ist gesetzt, die Nachricht aber nicht.
half-message-unclear = Der Status ist gesetzt; ob die Nachricht es ist, kann ich nicht sagen.
trouble-throttled = Microsoft bittet, bis zur nächsten Änderung zu warten: { $wait }.
trouble-sign-in = Du bist nicht angemeldet, deshalb kann ich nicht für dich handeln.
trouble-consent = Eine Berechtigung fehlt: Du oder deine Administration muss erst zustimmen.
trouble-others = Microsoft lässt mich nur deinen eigenen Status ändern.
trouble-rejected = Microsoft hat die Anfrage abgelehnt. Der Fehler liegt bei mir, ein neuer Versuch hilft vielleicht nicht.
trouble-unknown = Microsoft hat nicht gesagt, ob es erledigt ist. Sieh nach deinem Status, bevor du es noch einmal versuchst.
trouble-unavailable = Microsoft hat nicht geantwortet.
extend-changed-by-hand = Inzwischen wird etwas anderes gezeigt, also habe ich nichts geändert
gave-up = Das konnte ich nicht ausführen
gave-up-what-now = Bei mir ist etwas schiefgegangen. Bitte sag es noch einmal.
too-old = Das hast du vor zu langer Zeit gesagt, um noch etwas zu tun: { $at }
card-not-readable = So habe ich diese Karte nicht gemacht, also ist nichts geschehen
card-of-somebody-else = Diese Karte gehört jemand anderem, also ist nichts geschehen
card-used = Diese Taste wurde schon benutzt, also ist nichts noch einmal geschehen
card-changed-since = Was diese Karte sagte, gilt nicht mehr. So ist es jetzt.
card-outdated = Diese Karte war veraltet, daher wurde mit ihr nichts getan. So ist es jetzt.
card-too-old = Diese Karte ist älter als ein Tag, also ist nichts geschehen
not-yet = Ich habe verstanden, aber das kann ich noch nicht
not-yet-recurring-reminder = Erinnerungen wiederholen kann ich noch nicht
not-yet-others = Nach anderen sehen kann ich noch nicht
understood-EraseHistory = Du möchtest, dass dein Verlauf gelöscht wird.
understood-ExportData = Du möchtest deine Daten.
understood-ForgetMe = Du möchtest, dass deine Daten gelöscht werden.
understood-KeepAvailable = Du möchtest eine Weile verfügbar bleiben.
understood-Privacy = Du möchtest wissen, was ich über dich speichere.
understood-SetWorkLocation = Du möchtest angeben, wo du arbeitest.
understood-ShowHistory = Du möchtest sehen, was du vorher gesetzt hast.
understood-ShowSession = Du möchtest im Anruf oder beim Präsentieren gezeigt werden.
understood-SignOut = Du möchtest dich abmelden.
understood-Why = Du möchtest wissen, warum du so gezeigt wirst.

# Undo
undo-nothing = Es gibt nichts rückgängig zu machen
undo-already = Das wurde schon rückgängig gemacht oder ist zu lange her
undo-overlaid = Du hast es seitdem geändert, also bleibt, was jetzt gezeigt wird
undo-overlaid-note = Es ist aus deinem Verlauf genommen: Wenn du die spätere Änderung rückgängig machst, kommt es nicht wieder.
undo-left-alone = Nichts wurde rückgängig gemacht
undo-presence-over = Dieser Status ist schon vorbei.
undo-presence-changed = Dein Status wurde seitdem von Hand geändert, also habe ich ihn gelassen.
undo-message-over = Diese Nachricht ist schon weg.
undo-message-changed = Deine Nachricht wurde seitdem von Hand geändert, also habe ich sie gelassen.

# Reminders
reminder-set = Ich erinnere dich: { $at }
reminder-due = Erinnerung: { $text }
reminder-due-bare = Das ist deine Erinnerung
end-reminder-set = Bevor dein Status endet, erinnere ich dich: { $at }
end-reminders-off = Keine Erinnerungen mehr, bevor ein Status endet
end-reminders-on = Ich erinnere dich, bevor ein Status endet
ends-soon = { $availability } endet bald: noch { $left }

# Conversation
which-one = Was meinst du?
choice-set-until = { $availability } bis { $end }
choice-message-until = „{ $text }“ bis { $end }
compose-not-here = Das geht von hier aus nicht: sag es mir in unserem Chat
choice-remind = Erinnerung: { $at }
choice-longer = { $by } länger
help-title = Sag, was gezeigt werden soll, und bis wann
help-how = In beliebiger Reihenfolge: ein Status, ein Ende, eine Nachricht. Zum Beispiel:
welcome-title = Hallo! Ich setze deinen Teams-Status, wie du es sagst
welcome-what = Sag mir, was gezeigt werden soll und bis wann; ich kümmere mich darum, auch wenn dein Laptop zu ist. Versuche:

## Graph
## Presence sessions, other people, where somebody works, and why somebody looks as they do.

# Presence sessions
session-Available = Verfügbar gehalten bis { $end }
session-InACall = In einem Anruf bis { $end }
session-InAConferenceCall = In einer Telefonkonferenz bis { $end }
session-Away = Abwesend bis { $end }
session-Presenting = Präsentiert bis { $end }
session-bounded = Das halte ich höchstens so lange: { $most }. Es endet also { $end }.
session-usual-end = Du hast kein Ende genannt, also beende ich es: { $end }.
session-outranked = Gezeigt wird aber { $state }, denn das geht vor.
session-none = Ich halte gerade nichts für dich aufrecht
session-stopped = Ich halte es nicht mehr aufrecht
session-ended-too = Auch deine Sitzung halte ich nicht mehr aufrecht.
session-lost = Ich konnte es nicht länger für dich anzeigen
session-lost-what-now = Gewünscht war es bis { $end }: Versuche es noch einmal, dann halte ich es ab jetzt aufrecht.
undo-session-over = Das ist schon vorbei.
undo-session-changed = Das wurde seitdem geändert, also habe ich es gelassen.
list-session = Läuft gerade
offer-stop = Beenden
offer-hold = Sitzung offen halten
trouble-not-offered = Das bietet Microsoft hier nicht an, oder nicht mit meiner Berechtigung.

# Other people
people-off = Nach anderen zu sehen ist hier ausgeschaltet
people-nobody = „{ $name }“ habe ich nicht gefunden
people-nobody-here = Außer dir ist niemand hier
people-which = Wer von denen, die { $name } heißen?
people-choice = { $name } ({ $mail })
people-more = Es gibt mehrere mit diesem Namen: Nenne mir die Mailadresse.
people-one = { $name }: { $state }
people-not-shown = Microsoft zeigt mir den Status von { $name } nicht
people-several = Die anderen gerade
people-free = { $free } von { $all } verfügbar
people-others = { $count ->
    [one] Eine weitere Person wird nicht gezeigt.
   *[other] { $count } weitere Personen werden nicht gezeigt.
}
people-out = { $out } von { $all } nicht da
people-no-team = Hier sehe ich kein Team
people-no-team-how = Frag mich in einem Gruppenchat oder Kanal: Dort sehe ich nach den Mitgliedern.
people-you = Du
people-with-text = { $state } · { $text }
people-away-with-text = { $state } · außer Haus: { $text }
people-out-of-office = Außer Haus.
watch-until = Ich melde mich, sobald { $name } so gezeigt wird: { $availability }
watch-changes = Ich melde mich, wenn sich bei { $name } etwas ändert
watch-many = { $count ->
    [one] Ich beobachte eine Person
   *[other] Ich beobachte { $count } Personen
}
watch-once = Ich melde mich einmal.
watch-each-time = Ich melde mich jedes Mal.
watch-already = { $name } ist schon so weit: { $state }
watch-ended = { $name } beobachte ich nicht mehr
watch-lost = Ich konnte die anderen nicht weiter beobachten
watch-again = { $name } wieder beobachten
watch-stop = { $name } nicht mehr beobachten
watch-stopped = { $name } beobachte ich nicht mehr
watch-stopped-many = { $count ->
    [one] Eine Person beobachte ich nicht mehr
   *[other] { $count } Personen beobachte ich nicht mehr
}
watch-nobody = Du lässt niemanden beobachten
watch-not-them = „{ $name }“ lässt du nicht beobachten
watch-name-somebody = Sag mir, wen ich beobachten soll: ein Name, eine Mailadresse oder eine Erwähnung
watch-too-many = { $limit ->
    [one] Höchstens eine Person kann ich beobachten
   *[other] Höchstens { $limit } Personen kann ich beobachten
}
watch-item = Beobachtet: { $name }
watch-item-until = Bis { $availability }
watch-item-changes = Jede Änderung
watch-cancelled = { $name } beobachten
fact-out-of-office = Außer Haus
fact-location = Arbeitet
place-office = im Büro
place-remote = mobil
place-timeOff = heute nicht

# Where somebody works
location-office = Im Büro
location-remote = Arbeitet mobil
location-timeOff = Arbeitet nicht
location-planned-office = Im Büro: { $at }
location-planned-remote = Arbeitet mobil: { $at }
location-planned-timeOff = Arbeitet nicht: { $at }
location-set-then = Microsoft nimmt einen Arbeitsort nur für heute an, also setze ich ihn { $at }.
location-today-only = Das gilt für heute.
location-unknown = „{ $place }“ kann ich nicht zeigen: Microsoft kennt das Büro, mobile Arbeit und frei
location-cleared = Arbeitsort entfernt
location-cancelled = Geplanter Arbeitsort entfernt
location-missed = Deinen Arbeitsort für { $at } konnte ich nicht setzen: Der Tag ist vorbei
location-not-set = Deinen Arbeitsort konnte ich nicht setzen
offer-clear-location = Arbeitsort entfernen
list-location = { $at }
cancel-location = { $at } absagen

# Why
why-title = { $state }: Das ist der Grund
why-no-client = Keines deiner Geräte ist bei Teams angemeldet, deshalb sehen andere Offline.
why-set = { $availability } hast du über mich gesetzt ({ $at }), bis { $end }.
why-set-open = { $availability } hast du über mich gesetzt ({ $at }), ohne Ende: Teams beendet es { $end }.
why-session = Das halte ich für dich aufrecht, seit { $at } und bis { $end }.
why-appears-offline = Als offline anzeigen wurde in Teams oder von einer anderen App gewählt. Bis wann, sagt Microsoft nicht.
why-meeting = In deinem Kalender steht gerade eine Besprechung. Wann sie endet, sagt Microsoft mir nicht.
why-call = Eines deiner Geräte ist in einem Teams-Anruf, oder eine andere App sagt das.
why-presenting = Du präsentierst in Teams, oder eine andere App sagt das.
why-focusing = In deinem Kalender steht gerade Fokuszeit.
why-out-of-office = Dein Postfach sagt, dass du außer Haus bist.
why-away = Deine Geräte waren in Teams untätig, oder in Teams wurde Abwesend gewählt.
why-chosen = Das wurde in Teams oder von einer anderen App gewählt, nicht über mich. Bis wann, sagt Microsoft nicht.
why-available = Du benutzt Teams gerade, und sonst ist nichts gesetzt.
why-unknown = Woher das kommt, sagt Microsoft nicht.
why-hidden = Über mich hast du { $availability } bis { $end } gesetzt. Gezeigt wird es nicht: Es wurde seitdem anderswo geändert, oder Teams zeigt es noch nicht.
why-hidden-without-client = Du hast { $availability } bis { $end } gesetzt. Gezeigt wird es, sobald eines deiner Geräte bei Teams angemeldet ist oder ich eine Sitzung offen halte.
why-session-hidden = Ich halte auch eine Sitzung aufrecht, bis { $end }, aber was gezeigt wird, geht vor.
why-also-out-of-office = Dein Postfach sagt auch, dass du außer Haus bist.

## Plans
## What is planned once or comes again: made, started, given back, listed, changed.

# Planning
planned-from = { $availability } ab { $start }
planned-until = { $availability } von { $start } bis { $end }
recurs-from = { $availability }, zuerst { $start }
recurs-never = Das kommt innerhalb eines Jahres nicht vor
too-many-plans = Du hast schon { $limit } Pläne und Erinnerungen. Sag erst einen davon ab.
fact-starts = Beginnt
fact-next = Nächstes Mal
fact-repeats = Wiederholt sich
fact-plan = Plan
start-end-in-zone = { $start } bis { $end } ({ $zone })
note-gives-back = Am Ende bekommst du zurück, was vorher da war.
note-plans-stay = Was du geplant hast, bleibt.
note-until-working-day = Du hast kein Ende genannt, also dauert es jedes Mal bis zum Beginn des nächsten Arbeitstags: beim ersten Mal bis { $end }.
note-last-day = Das letzte Mal ist { $at }.
note-other-zone = Es richtet sich nach der Zeit in { $zone }.
overlaps-named = Das überschneidet sich mit „{ $text }“, { $at }.
overlaps-plan = Das überschneidet sich mit „{ $plan }“, { $at }.
offer-list = Pläne zeigen
offer-skip = Einmal auslassen

# How often
repeats-daily = { $count ->
    [one] Jeden Tag
   *[other] Alle { $count } Tage
}
repeats-weekly = { $count ->
    [one] Jede Woche
   *[other] Alle { $count } Wochen
}
repeats-some-days = { $count ->
    [one] { $days } Tage jeder Woche
   *[other] { $days } Tage alle { $count } Wochen
}
repeats-workdays = Montag bis Freitag
repeats-monthly = { $count ->
    [one] Jeden Monat
   *[other] Alle { $count } Monate
}

# Starting
plan-started = Wie geplant: { $availability }
plan-started-until = Wie geplant: { $availability } bis { $end }
plan-started-half = Dein geplanter Status hat zum Teil begonnen
plan-waits = { $availability } war geplant für { $at }
plan-waits-until = { $availability } war geplant für { $at } bis { $end }
plan-failed = { $availability }, wie geplant, ließ sich nicht setzen
plan-given-up = Trotz mehrerer Versuche ging das nicht: { $plan }
waits-said-later = Du hast dich seitdem anders entschieden, also habe ich nichts geändert.
offer-start-now = Jetzt beginnen
note-late = Das kommt zu spät: Geplant war es für { $at }.
note-missed = { $count ->
    [one] Ein früheres Mal ist ausgefallen, als ich nicht lief.
   *[other] { $count } frühere Male sind ausgefallen, als ich nicht lief.
}

# Giving back
given-back = Zurück zu { $availability } bis { $end }
given-back-message = Deine frühere Nachricht ist wieder da
give-back-left-alone = Dein Status wurde seitdem von Hand geändert, also habe ich nichts zurückgegeben
given-back-half = Nur ein Teil von dem, was vorher da war, ist zurück
give-back-failed = Was vorher da war, ließ sich nicht zurückgeben

# What was missed
overdue = { $count ->
    [one] Das war fällig, als ich nicht lief
   *[other] { $count } Dinge waren fällig, als ich nicht lief
}
overdue-signed-out = { $count ->
    [one] Das war fällig, als du nicht angemeldet warst
   *[other] { $count } Dinge waren fällig, als du nicht angemeldet warst
}
overdue-at = { $at }
overdue-still = Es würde jetzt noch laufen.
overdue-skipped = { $count ->
    [one] Es ist vorbei, also habe ich es ausgelassen.
   *[other] { $count } Male sind vorbei, also habe ich sie ausgelassen.
}
and-more = Und { $count } mehr.

# Listing
list-empty = Nichts ist geplant
list-title = { $count ->
    [one] Ein Plan
   *[other] { $count } Pläne
}
list-item = { $number } · { $at }
list-until = Bis { $end }
list-paused = Ausgesetzt bis { $until }
list-how-to-cancel = Sag „storniere { $number }“, oder drücke eine Taste.
list-how-to-change = Sag „verschiebe { $text } auf 12:30“, um es zu ändern.
offer-more = Mehr
offer-back = Zurück
changed = Geändert
change-nothing = So etwas habe ich nicht gefunden
change-cannot = Das lässt sich so nicht ändern: storniere es und leg es neu an.
offer-change = Ändern
change-title = Was soll sich ändern?
change-start = Beginn
change-end = Ende
change-until = Letzter Tag (leer: keiner)
change-wrong = Das ist keine Uhrzeit oder kein Tag, daher bleibt alles, wie es war
offer-pause-week = Eine Woche pausieren
fact-paused = Pausiert
plan-named = { $availability }: { $text }
plan-status = { $availability }
plan-reminder = Erinnerung: { $text }
plan-reminder-bare = Erinnerung
plan-at = { $plan }, { $at }
offer-this-one = Diesen

# Changing
cancelled = { $count ->
    [one] Abgesagt
   *[other] { $count } Pläne abgesagt
}
cancelled-but-session = Deine Sitzung läuft weiter: Sie ließ sich nicht beenden.
offer-restore = Rückgängig
planned-again = Wieder geplant
planned-again-half = Zum Teil wieder geplant: Der Rest ist vorbei
plan-again-nothing = Das ist schon wieder geplant, oder vorbei
cancel-nothing = So etwas zum Absagen habe ich nicht gefunden
cancel-which = Welchen?
skipped = Ausgelassen: { $at }
skip-nothing = So etwas zum Auslassen habe ich nicht gefunden
skip-no-such-day = An dem Tag kommt es nicht vor
paused = Ausgesetzt bis { $until }
resumed = Es kommt wieder
pause-nothing = So etwas zum Aussetzen habe ich nicht gefunden
resume-nothing = So etwas zum Fortsetzen habe ich nicht gefunden
offer-resume = Fortsetzen
note-was-the-last = Das war das letzte Mal, also ist es vorbei.

# Reminders that come again
offer-snooze = In { $by }
offer-snooze-tomorrow = Morgen früh
offer-done = Erledigt
reminder-done = Erledigt: { $text }
reminder-done-bare = Erledigt
snooze-nothing = Es gibt keine Erinnerung, die ich wiederholen könnte

# Time zone
zone-set = Deine Zeitzone ist { $zone }
zone-still-elsewhere = { $count ->
    [one] Ein wiederkehrender Plan folgt noch einer anderen Zone.
   *[other] { $count } wiederkehrende Pläne folgen noch einer anderen Zone.
}
zone-question = { $count ->
    [one] Du bist anscheinend jetzt in { $zone }. Soll dein wiederkehrender Plan dorthin mitkommen?
   *[other] Du bist anscheinend jetzt in { $zone }. Sollen deine { $count } wiederkehrenden Pläne dorthin mitkommen?
}
zone-question-note = Bis du das sagst, bleiben sie, wie sie waren. Ich frage nur einmal.
zone-moved = { $count ->
    [one] Ein wiederkehrender Plan folgt jetzt { $zone }
   *[other] { $count } wiederkehrende Pläne folgen jetzt { $zone }
}
zone-kept = Deine wiederkehrenden Pläne bleiben, wo sie waren
offer-move-zone = Nach { $zone } verlegen
offer-keep-zone = So lassen

## Own data
## What is kept of a person: shown, handed over, deleted, and the pages that say so.

# Your own data
only-in-private = Das bleibt zwischen dir und mir
only-in-private-how = Frag mich noch einmal in unserem privaten Chat.
signed-out = Du bist abgemeldet
signed-out-what-waits = { $count ->
    [one] Ein Plan wartet, bis du dich wieder anmeldest.
   *[other] { $count } Pläne warten, bis du dich wieder anmeldest.
}
signed-out-session = Verfügbar halten kann ich dich nicht mehr, das vergeht also bald.
signed-out-next = Was du in Teams gesetzt hast, bleibt. Deine nächste Bitte an mich kann dich wieder anmelden.
sign-out-by-organisation = Es gibt nichts abzumelden
sign-out-by-organisation-how = Deine Organisation hat mir erlaubt, für dich zu handeln; einen Schlüssel von dir habe ich nicht. Mit „lösche meine Daten“ vergesse ich dich.
history-title = { $count ->
    [one] Eine Änderung von dir
   *[other] { $count } Änderungen von dir
}
history-at = { $at }
history-empty = In dieser Zeit hast du über mich nichts gesetzt
history-kept = Das behalte ich 30 Tage und zeige es nur dir.
history-session-ended = Nicht mehr aufrechterhalten
history-undone = Später rückgängig gemacht
history-erased = Dein Verlauf ist gelöscht. Was noch läuft, bleibt bis zum Ende.
offer-history = Verlauf
offer-erase-history = Verlauf löschen
offer-export = Meine Daten herausgeben
offer-forget-me = Meine Daten löschen
export-title = Hier ist alles, was ich über dich speichere
export-what = Es ist eine JSON-Datei: deine Einstellungen, Pläne, dein Verlauf und Nachrichten unterwegs. Mein Schlüssel zu deinem Konto ist nicht darin.
export-how = Die Taste wirkt einmal, zehn Minuten lang. Wer die Adresse hat, kann sie benutzen, gib sie also nicht weiter.
export-link = Datei holen
export-page-title = Deine Daten
export-gone-title = Dieser Link gilt nicht mehr
export-gone-how = Er wirkt einmal, zehn Minuten lang. Sag „exportiere meine Daten“, dann bekommst du einen neuen.
forget-me-sure = Alles löschen, was ich über dich speichere?
forget-me-what = Das sind deine Pläne, Erinnerungen, dein Verlauf, deine Einstellungen und deine Anmeldung. Niemand kann es zurückholen.
forget-me-stays = Was Teams jetzt von dir zeigt, bleibt bis zum Ende, und unser Chat bleibt in Teams.
offer-forget-me-now = Alles löschen
forgotten = Ich habe dich vergessen
forgotten-what = Nichts ist mehr geplant, und ich kann nicht mehr für dich handeln. Wenn du mir wieder schreibst, fangen wir neu an.

# Privacy: the answer in the chat and the page
privacy-title = Was ich über dich speichere
privacy-page-title = Datenschutz
privacy-what = Deine Einstellungen und Vorlagen, deine Pläne und Erinnerungen, wo ich dich erreiche, und 30 Tage lang, was du über mich gesetzt hast.
privacy-tokens = Wenn du dich angemeldet hast, einen Schlüssel von Microsoft, mit dem ich für dich handle. Er ist verschlüsselt und wird gelöscht, wenn du dich abmeldest oder die App entfernst.
privacy-organisation = Wo deine Organisation mir erlaubt hat, für alle zu handeln, habe ich keinen Schlüssel von dir.
privacy-words = Was du mir schreibst, wird gelöscht, sobald es ausgeführt ist; spätestens nach einem Tag, wenn ich auf dich warte.
privacy-others = Über andere führe ich keinen Verlauf. Wenn du nach ihnen fragst, sehe ich nach, antworte und vergesse es.
privacy-who = Nur du kannst mich danach fragen. Wer diesen Bot für deine Organisation betreibt, hat Zugang zu seiner Datenbank.
privacy-logs = Meine Protokolle enthalten weder, was du schreibst, noch einen Schlüssel.
privacy-microsoft = Ich spreche mit Microsoft Teams und Microsoft Graph und sende niemandem sonst etwas.
privacy-how = „exportiere meine Daten“ gibt dir alles davon, „lösche meine Daten“ löscht es, „melde mich ab“ löscht den Schlüssel. Danach bleibt von jeder Nachricht einen Tag lang eine Prüfsumme, die nicht sagt, von wem sie war, damit keine zweimal ausgeführt wird.
privacy-contact = Fragen gehen an alle, die diesen Bot in deiner Organisation betreiben.
terms-title = Nutzungsbedingungen
terms-what = Dieser Bot setzt deinen Status und deine Statusnachricht in Microsoft Teams und erinnert dich, wenn du ihn darum bittest.
terms-yours = Er handelt nur für dich, mit deinen eigenen Berechtigungen. Was andere dadurch von dir sehen, verantwortest du.
terms-teams = Für Microsoft Teams gilt weiter der Vertrag deiner Organisation mit Microsoft. Dieser Bot ist kein Produkt von Microsoft.
terms-no-warranty = Er ist freie Software unter der MIT-Lizenz, wie sie ist und ohne Gewähr. Verlass dich nicht darauf, wo eine verpasste Erinnerung Schaden anrichtet.
terms-end = Du kannst jederzeit aufhören: Sag „lösche meine Daten“ und entferne die App.

## Signing in
## Why it is needed, how it went, and what waited for it.

sign-in-why = Melde dich an, damit ich deinen Status für dich setzen darf. Worum du gebeten hast, erledige ich gleich danach.
sign-in-why-colleagues = Um nach anderen zu sehen, brauche ich deine Erlaubnis. Gleich danach antworte ich.
sign-in-why-timer = Etwas Geplantes ist fällig, aber ich darf nicht mehr für dich handeln. Melde dich an, dann hole ich es nach.
sign-in-by-link = Teams konnte dich nicht von selbst anmelden. Nimm die Taste.
sign-in-page-not = Nicht angemeldet
sign-in-page-old = Dieser Link ist zu alt oder wurde schon benutzt. Frag den Bot noch einmal.
sign-in-page-strange = Das ist keine Antwort von Microsoft.
sign-in-page-not-you = Du bist nicht die Person im Chat, oder diese Seite ist zu alt. Frag den Bot noch einmal und melde dich mit dem Konto an, das du in Teams benutzt.
sign-in-page-refused = Microsoft hat dich nicht angemeldet. Frag den Bot noch einmal.
sign-in-page-later = Microsoft antwortet nicht. Bitte versuch es später noch einmal.
sign-in-page-code = Falls Teams nicht von selbst weitermacht, schick dem Bot diesen Code:
sign-in-button = Anmelden
sign-in-first = Bitte melde dich erst an; ich habe dir eine Karte geschickt. Gleich danach erledige ich das.
answered-privately = Ich habe dir in unserem eigenen Chat geantwortet
not-installed = Ich kann dir nicht allein schreiben, also habe ich nichts getan
not-installed-how = Füge mich in Teams unter „Apps“ für dich selbst hinzu und sag es noch einmal.
sign-in-wrote-privately = Du musst dich erst anmelden. Ich habe dir privat geschrieben
sign-in-did-not-help = Du hast dich angemeldet, aber Microsoft lässt mich noch nicht für dich handeln
waited-too-long = Worum du gebeten hast, hat länger als einen Tag auf deine Anmeldung gewartet, darum habe ich es nicht getan. Bitte sag es noch einmal.
sign-in-wrong-code = Dieser Code ist falsch oder zu alt. Bitte melde dich noch einmal an.
signed-in = Du bist angemeldet
missed-while-signed-out = Etwas war fällig ({ $at }) und ist ausgefallen, weil du nicht angemeldet warst
missed-end-reminder = Ein Status von dir ist inzwischen abgelaufen, und ich habe dich nicht an das Ende erinnert.

## Shortcuts
## Presets, sequences, what is set again, settings, and small talk.

# Presets
preset-saved = „{ $name }“ ist gespeichert
preset-replaced = „{ $name }“ ist neu gespeichert
preset-deleted = „{ $name }“ ist gelöscht
preset-unknown = Du hast keine Vorlage mit dem Namen „{ $name }“
preset-nothing-to-save = Gerade gibt es keinen Status zu speichern
preset-how = Setze einen Status und sag „speichere das als …“.
preset-say-name = Sag „{ $name }“, dann wird es gesetzt.
preset-name-too-long = Ein Name hat höchstens { $limit } Zeichen
preset-too-many = Du hast schon { $limit } Vorlagen. Lösche erst eine.
preset-with-both = { $availability }, { $length }: { $text }
preset-with-length = { $availability }, { $length }
preset-with-text = { $availability }: { $text }
preset-alone = { $availability }
presets-title = { $count ->
    [0] Du hast noch keine Vorlagen
    [one] Eine Vorlage
   *[other] { $count } Vorlagen
}
offer-preset = { $name }
offer-presets = Meine Vorlagen
offer-delete = Löschen
suggest-focus = Fokus, 2 Stunden
suggest-meeting = Besprechung, 1 Stunde
suggest-lunch = Mittagspause, 1 Stunde
suggest-break = Kurze Pause

# The same again
repeat-nothing = Welcher Status das war, weiß ich nicht
repeat-of = Dasselbe wie { $at }.

# Sequences
plan-sequence = { $count ->
    [one] { $availability } in einem Schritt
   *[other] { $availability } und so weiter, { $count } Schritte
}
fact-steps = Schritte
sequence-part = { $availability } { $length }
sequence-then = { $first }, dann { $next }
sequence-rounds = { $count ->
    [one] { $steps }
   *[other] { $steps }; { $count }-mal
}
sequence-step = Schritt { $number } von { $count }.
sequence-ends = Alles zusammen endet { $end }.
sequence-stopped = Du hast dich seitdem anders entschieden, also habe ich die Folge beendet
sequence-over = Die Folge war vorbei ({ $end }), als ich nicht lief
offer-stop-sequence = Alles beenden

# Settings
language-set = Ab jetzt spreche ich Deutsch mit dir
language-unknown = Diese Sprache spreche ich nicht. Ich kann Englisch, Deutsch, Französisch, Spanisch, Russisch und Chinesisch.
language-any-understood = Schreiben kannst du weiter in jeder Sprache, die ich kann.
hours-set = Arbeitszeit: { $start } bis { $end }, { $days ->
    [one] einen Tag in der Woche
   *[other] { $days } Tage in der Woche
}
hours-mean = „Bis zum Ende des Tages“ und „bis morgen“ richten sich danach.
settings-title = Deine Einstellungen
settings-saved = Deine Einstellungen sind gespeichert
settings-wrong = Das geht nicht, daher wurde nichts gespeichert
settings-hours-wrong = Der Tag muss nach seinem Anfang enden, daher wurde nichts gespeichert
settings-zone = Zeitzone
settings-zone-in-words = Eine andere Zeitzone? Sag „meine Zeitzone ist …“.
settings-as-device = Wie mein Gerät sie angibt ({ $zone })
settings-language = Sprache meiner Antworten
settings-as-teams = Wie in Teams
settings-day-start = Dein Arbeitstag beginnt
settings-day-end = Dein Arbeitstag endet
settings-reminders = Erinnere mich, bevor ein Status endet
settings-length = { $availability } ohne Ende dauert
settings-no-length = so lange, wie Teams es lässt
settings-one-length = { $length }

# Home
home-next = Als Nächstes: { $at }
home-shortcuts = Sofort setzen
home-more = Mehr

# Small talk
talk-hello = Hallo! Was soll ich für dich setzen?
talk-thanks = Gern geschehen!
talk-bye = Bis bald! Was du geplant hast, geht weiter.
talk-who = Ich bin ein Bot: Ich setze deinen Teams-Status, wie du es sagst, und denke an sein Ende
talk-how = Hier ist alles gut, danke. Dein Status ist in guten Händen.
not-mine-OutOfOffice = Automatische Antworten setze ich nicht
not-mine-OutOfOffice-why = Sie gehören zu deinem Postfach, das ich nicht erreiche: Setze sie in Outlook. Ich kann dich als abwesend zeigen.
not-mine-RemindOther = Ich erinnere nur dich
not-mine-RemindOther-why = Niemand sonst bekommt in deinem Namen Nachrichten von mir. Ich kann dich erinnern, Bescheid zu sagen.
not-mine-Broadcast = Ich schreibe nur dir
not-mine-Broadcast-why = Niemand sonst bekommt in deinem Namen Nachrichten von mir. Eine Statusnachricht sehen alle, die nach dir sehen.
instead-OutOfOffice = Als abwesend zeigen
instead-RemindOther = Stattdessen mich erinnern
instead-Broadcast = Als Statusnachricht setzen
