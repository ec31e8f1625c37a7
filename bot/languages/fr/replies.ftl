## Words
## What every reply may need: how Teams names things, and how lengths are put together.

availability-Available = Disponible
availability-Busy = Occupé
availability-DoNotDisturb = Ne pas déranger
availability-BeRightBack = De retour bientôt
availability-Away = Absent
availability-Offline = Hors ligne

# A length of two units, as in "1 hour 30 minutes". $first and $second come with their units.
length-of-two = { $first } { $second }

# Added to a message whose first sending may have arrived already.
may-repeat = Tu lis peut-être ceci pour la deuxième fois : le premier envoi n’a pas été confirmé.

# The answers to a button that cannot be used.
working-on-it = J’y travaille…
too-many = C’est plus que je ne peux faire d’un coup : redis-le après { $at }
press-failed = Cela n’a pas marché. Réessaie, s’il te plaît.

## Readings
## Why an utterance was not carried out, and what was assumed where it was.

problem-empty = Je n’y ai trouvé aucun mot
problem-not-understood = Je n’ai pas compris
problem-too-long = Cela fait { $count } caractères, et j’en lis { $limit } au plus
problem-no-length = Un statut demande un peu de temps : 0 minute, c’est trop peu
problem-no-time = Il me faut une heure pour cela
problem-past = Ce moment est déjà passé
problem-impossible-time = L’heure « { $said } » n’existe pas
problem-too-far = C’est trop loin : 366 jours au plus
problem-too-short = C’est trop tôt : un statut dure au moins une minute
problem-message-too-long = Ce message compte { $count } caractères, et { $limit } est le maximum. Le revoici : { $text }
problem-nothing-running = Rien n’est en cours que je puisse changer
problem-negated = J’ai tout laissé comme c’est
problem-other-person = Je ne peux changer que ton propre statut
assumed-clock = J’ai lu « { $said } » comme { $end }.
assumed-date = J’ai lu « { $said } » comme { $day }.
assumed-person = J’ai compris « { $said } » comme { $who }.

## Replies

# What was done
set-until = { $availability } jusqu’à { $end }
set-open = { $availability }
message-set = Message de statut défini
cleared-status = Retour au mode automatique
cleared-message = Message de statut retiré
cleared-all = Statut et message retirés
undone = Annulé
undone-half = Annulé en partie

# Facts
fact-until = Jusqu’à
fact-message = Message
fact-message-until = Message jusqu’à
fact-pinned = Épinglé
fact-seen = Les collègues voient
fact-set = Défini par toi
fact-reminder = Rappel
end-in-zone = { $end } ({ $zone })
pinned-yes = affiché quand on t’écrit
set-by-you = { $availability } jusqu’à { $end }
quote = { $text }

# How colleagues see somebody
seen-Available = Disponible
seen-AvailableInactive = Disponible, inactif
seen-Away = Absent
seen-BeRightBack = De retour bientôt
seen-Busy = Occupé
seen-DoNotDisturb = Ne pas déranger
seen-Focusing = Concentration
seen-InACall = Dans un appel
seen-InAConferenceCall = Dans une conférence téléphonique
seen-InAMeeting = En réunion
seen-Inactive = Inactif
seen-Offline = Hors ligne
seen-OffWork = Hors ligne, par choix
seen-OutOfOffice = Absent du bureau
seen-Presenting = En présentation
seen-PresenceUnknown = Inconnu
seen-UrgentInterruptionsOnly = Interruptions urgentes seulement
seen-other = { $state }

# Notes
note-graph-ends-it = Tu n’as pas donné de fin, Teams y met donc fin : { $end }.
note-message-stays = Le message reste jusqu’à ce que tu le retires.
note-no-client = Aucun de tes appareils n’est connecté à Teams, on te voit donc Hors ligne jusque-là.
note-usual-length = Tu n’as pas donné de fin : j’ai pris ta durée habituelle.
note-not-shown-yet = Microsoft a accepté le changement, mais Teams ne l’affiche pas encore.
note-not-seen = Microsoft a accepté le changement, mais je n’ai pas pu le vérifier.
note-reminder = Je te le rappellerai avant : { $at }.

# Buttons
offer-retry = Réessayer
offer-undo = Annuler
offer-clear = Effacer
offer-clear-message = Effacer le message
offer-extend = + { $by }
offer-until = Jusqu’à { $end }
offer-end-of-day = Jusqu’à la fin de la journée
offer-no-reminders = Ne plus me le rappeler
offer-reminders-on = Me le rappeler à nouveau
offer-cancel = Annuler
offer-cancel-planned = Annuler ce qui est prévu
offer-set = { $availability }
offer-rather = Plutôt : { $what }
offer-refresh = Actualiser
offer-settings = Paramètres
offer-save = Enregistrer
offer-do-it-now = Le faire maintenant

# What went wrong
failed-title = Rien n’a été changé
unclear-title = Je ne peux pas dire si c’est fait
half-presence-failed = Le message est défini, mais pas ton statut.
half-presence-unclear = Le message est défini ; pour ton statut, je ne peux pas le dire.
half-message-failed = Ton statut est défini, mais pas le message.
half-message-unclear = Ton statut est défini ; pour le message, je ne peux pas le dire.
trouble-throttled = Microsoft demande d’attendre avant le prochain changement : { $wait }.
trouble-sign-in = Sans connexion de ta part, je ne peux pas agir pour toi.
trouble-consent = Une autorisation manque : il faut d’abord ton accord ou celui de l’administration.
trouble-others = Microsoft ne me laisse changer que ton propre statut.
trouble-rejected = Microsoft a refusé la demande. L’erreur vient de moi, réessayer n’aidera peut-être pas.
trouble-unknown = Microsoft n’a pas dit si c’était fait. Regarde ton statut avant de réessayer.
trouble-unavailable = Microsoft n’a pas répondu.
extend-changed-by-hand = Autre chose s’affiche maintenant, je n’y ai donc pas touché
gave-up = Je n’ai pas pu le faire
gave-up-what-now = Quelque chose a échoué de mon côté. Redis-le, s’il te plaît.
too-old = Tu l’as dit il y a trop longtemps pour agir : { $at }
card-not-readable = Je n’ai pas fait cette carte telle qu’elle est, donc rien n’a été fait
card-of-somebody-else = Cette carte est à quelqu’un d’autre, donc rien n’a été fait
card-used = Ce bouton a déjà servi, donc rien n’a été refait
card-changed-since = Ce que disait cette carte n’est plus vrai. Voici ce qu’il en est maintenant.
card-outdated = Cette carte n’était plus à jour, rien n’a donc été fait. Voici ce qu’il en est maintenant.
card-too-old = Cette carte a plus d’un jour, donc rien n’a été fait
not-yet = J’ai compris, mais je ne sais pas encore le faire
not-yet-recurring-reminder = Je ne sais pas encore répéter les rappels
not-yet-others = Je ne sais pas encore regarder le statut des autres
understood-EraseHistory = Tu veux effacer ton historique.
understood-ExportData = Tu veux tes données.
understood-ForgetMe = Tu veux que tes données soient supprimées.
understood-KeepAvailable = Tu veux rester disponible un moment.
understood-Privacy = Tu veux savoir ce que je garde sur toi.
understood-SetWorkLocation = Tu veux dire où tu travailles.
understood-ShowHistory = Tu veux voir ce que tu as défini avant.
understood-ShowSession = Tu veux apparaître dans un appel ou en présentation.
understood-SignOut = Tu veux te déconnecter.
understood-Why = Tu veux savoir pourquoi on te voit ainsi.

# Undo
undo-nothing = Il n’y a rien à annuler
undo-already = C’est déjà annulé, ou trop ancien
undo-overlaid = Tu l’as changé depuis, ce qui s’affiche reste donc
undo-overlaid-note = Je l’ai retiré de ton historique : annuler le changement suivant ne le ramènera pas.
undo-left-alone = Rien n’a été annulé
undo-presence-over = Ce statut est déjà terminé.
undo-presence-changed = Ton statut a été changé à la main depuis, je n’y ai donc pas touché.
undo-message-over = Ce message a déjà disparu.
undo-message-changed = Ton message a été changé à la main depuis, je n’y ai donc pas touché.

# Reminders
reminder-set = Rappel prévu : { $at }
reminder-due = Rappel : { $text }
reminder-due-bare = C’est ton rappel
end-reminder-set = Rappel prévu avant la fin de ton statut : { $at }
end-reminders-off = Plus de rappel avant la fin d’un statut
end-reminders-on = Je te préviendrai avant la fin d’un statut
ends-soon = { $availability } finit bientôt : encore { $left }

# Conversation
which-one = Que voulais-tu dire ?
choice-set-until = { $availability } jusqu’à { $end }
choice-message-until = « { $text } » jusqu’à { $end }
compose-not-here = Cela ne peut pas se faire d’ici : dis-le-moi dans notre conversation
choice-remind = Rappel : { $at }
choice-longer = { $by } de plus
help-title = Dis ce qu’il faut afficher, et jusqu’à quand
help-how = Dans n’importe quel ordre : un statut, une fin, un message. Par exemple :
welcome-title = Bonjour ! Je règle ton statut Teams comme tu le dis
welcome-what = Dis-moi quoi afficher et jusqu’à quand ; je m’en occupe, même ordinateur fermé. Essaie :

## Graph
## Presence sessions, other people, where somebody works, and why somebody looks as they do.

# Presence sessions
session-Available = Maintenu disponible jusqu’à { $end }
session-InACall = Dans un appel jusqu’à { $end }
session-InAConferenceCall = Dans une conférence téléphonique jusqu’à { $end }
session-Away = Absent jusqu’à { $end }
session-Presenting = En présentation jusqu’à { $end }
session-bounded = Je le maintiens { $most } au plus, la fin est donc : { $end }.
session-usual-end = Tu n’as pas donné de fin, j’y mets donc fin : { $end }.
session-outranked = C’est pourtant { $state } qui s’affiche, car cela passe avant.
session-none = Je ne maintiens rien pour toi
session-stopped = Je ne le maintiens plus
session-ended-too = Je ne maintiens plus ta session non plus.
session-lost = Je n’ai pas pu maintenir l’affichage plus longtemps
session-lost-what-now = Tu le voulais jusqu’à { $end } : réessaie, et je le maintiens à partir de là.
undo-session-over = C’est déjà terminé.
undo-session-changed = Cela a changé depuis, je n’y ai donc pas touché.
list-session = En cours
offer-stop = Arrêter
offer-hold = Garder une session ouverte
trouble-not-offered = Microsoft ne le propose pas ici, ou pas avec l’autorisation que j’ai.

# Other people
people-off = Regarder le statut des collègues est désactivé ici
people-nobody = Je n’ai trouvé personne du nom de « { $name } »
people-nobody-here = Il n’y a personne d’autre ici
people-which = Qui parmi les personnes nommées { $name } ?
people-choice = { $name } ({ $mail })
people-more = D’autres personnes portent ce nom : donne-moi l’adresse e-mail.
people-one = { $name } : { $state }
people-not-shown = Microsoft ne me montre pas le statut de { $name }
people-several = Tes collègues en ce moment
people-free = Disponibles : { $free } sur { $all }
people-others = { $count ->
    [one] { $count } autre personne n’est pas affichée.
   *[other] { $count } autres personnes ne sont pas affichées.
}
people-out = Pas là : { $out } sur { $all }
people-no-team = Je ne vois pas d’équipe ici
people-no-team-how = Demande-le-moi dans une conversation de groupe ou un canal : j’y regarde les membres.
people-you = Toi
people-with-text = { $state } · { $text }
people-away-with-text = { $state } · absent du bureau : { $text }
people-out-of-office = Absent du bureau.
watch-until = Je te préviendrai quand { $name } sera : { $availability }
watch-changes = Je te préviendrai quand le statut de { $name } changera
watch-many = { $count ->
    [one] Je surveille { $count } collègue
   *[other] Je surveille { $count } collègues
}
watch-once = Je te préviens une fois.
watch-each-time = Je te préviens chaque fois.
watch-already = { $name }, c’est déjà le cas : { $state }
watch-ended = Je ne surveille plus { $name }
watch-lost = Je n’ai pas pu continuer à surveiller tes collègues
watch-again = Surveiller { $name } à nouveau
watch-stop = Ne plus surveiller { $name }
watch-stopped = Je ne surveille plus { $name }
watch-stopped-many = { $count ->
    [one] Je ne surveille plus { $count } collègue
   *[other] Je ne surveille plus { $count } collègues
}
watch-nobody = Tu ne fais surveiller personne
watch-not-them = Tu ne fais pas surveiller « { $name } »
watch-name-somebody = Dis-moi qui surveiller : un nom, une adresse e-mail ou une mention
watch-too-many = { $limit ->
    [one] Je peux surveiller { $limit } collègue au plus
   *[other] Je peux surveiller { $limit } collègues au plus
}
watch-item = Surveillance : { $name }
watch-item-until = Jusqu’à { $availability }
watch-item-changes = Tout changement
watch-cancelled = Surveillance de { $name }
fact-out-of-office = Absent du bureau
fact-location = Travaille
place-office = au bureau
place-remote = à distance
place-timeOff = pas aujourd’hui

# Where somebody works
location-office = Au bureau
location-remote = À distance
location-timeOff = En congé
location-planned-office = Au bureau : { $at }
location-planned-remote = À distance : { $at }
location-planned-timeOff = En congé : { $at }
location-set-then = Microsoft n’accepte un lieu de travail que pour le jour même, je le définirai donc plus tard : { $at }.
location-today-only = Cela vaut pour aujourd’hui.
location-unknown = Je ne peux pas afficher « { $place } » : Microsoft connaît le bureau, la distance et le congé
location-cleared = Lieu de travail effacé
location-cancelled = Lieu de travail prévu annulé
location-missed = Je n’ai pas pu définir ton lieu de travail ({ $at }) : ce jour est passé
location-not-set = Je n’ai pas pu définir ton lieu de travail
offer-clear-location = Effacer le lieu
list-location = { $at }
cancel-location = Annuler { $at }

# Why
why-title = { $state } : voici pourquoi
why-no-client = Aucun de tes appareils n’est connecté à Teams, on te voit donc Hors ligne.
why-set = Tu as défini { $availability } avec moi ({ $at }), jusqu’à { $end }.
why-set-open = Tu as défini { $availability } avec moi ({ $at }), sans fin : Teams y met fin { $end }.
why-session = Je le maintiens pour toi depuis { $at }, jusqu’à { $end }.
why-appears-offline = Apparaître hors ligne a été choisi dans Teams ou par une autre application. Microsoft ne dit pas jusqu’à quand.
why-meeting = Ton calendrier a une réunion en ce moment. Microsoft ne me dit pas quand elle finit.
why-call = Un de tes appareils est dans un appel Teams, ou une autre application le dit.
why-presenting = Tu présentes dans Teams, ou une autre application le dit.
why-focusing = Ton calendrier a du temps de concentration en ce moment.
why-out-of-office = Ta messagerie signale une absence du bureau.
why-away = Tes appareils sont inactifs dans Teams, ou Absent y a été choisi.
why-chosen = Cela a été choisi dans Teams ou par une autre application, pas avec moi. Microsoft ne dit pas jusqu’à quand.
why-available = Tu utilises Teams en ce moment, et rien d’autre n’est défini.
why-unknown = Microsoft ne dit pas d’où cela vient.
why-hidden = Avec moi, tu as défini { $availability } jusqu’à { $end }. Cela ne s’affiche pas : on l’a changé ailleurs depuis, ou Teams ne l’affiche pas encore.
why-hidden-without-client = Tu as défini { $availability } jusqu’à { $end }. Cela s’affichera dès qu’un de tes appareils sera connecté à Teams, ou si je garde une session ouverte.
why-session-hidden = Je maintiens aussi une session jusqu’à { $end }, mais ce qui s’affiche passe avant.
why-also-out-of-office = Ta messagerie signale aussi une absence du bureau.

## Plans
## What is planned once or comes again: made, started, given back, listed, changed.

# Planning
planned-from = { $availability } à partir de { $start }
planned-until = { $availability } de { $start } à { $end }
recurs-from = { $availability }, première fois : { $start }
recurs-never = Cela n’arrive jamais en un an
too-many-plans = Tu as déjà { $limit } plans et rappels. Annules-en un d’abord.
fact-starts = Commence
fact-next = Prochaine fois
fact-repeats = Se répète
fact-plan = Plan
start-end-in-zone = { $start } à { $end } ({ $zone })
note-gives-back = À la fin, tu retrouves ce qui était là avant.
note-plans-stay = Ce que tu as prévu reste.
note-until-working-day = Tu n’as pas donné de fin, chaque fois dure donc jusqu’au début du jour ouvré suivant : la première jusqu’à { $end }.
note-last-day = La dernière fois est { $at }.
note-other-zone = Il suit l’heure de { $zone }.
overlaps-named = Cela chevauche « { $text } », { $at }.
overlaps-plan = Cela chevauche « { $plan } », { $at }.
offer-list = Voir les plans
offer-skip = Sauter une fois

# How often
repeats-daily = { $count ->
    [one] Chaque jour
   *[other] Tous les { $count } jours
}
repeats-weekly = { $count ->
    [one] Chaque semaine
   *[other] Toutes les { $count } semaines
}
repeats-some-days = { $count ->
    [one] { $days } jours chaque semaine
   *[other] { $days } jours toutes les { $count } semaines
}
repeats-workdays = Du lundi au vendredi
repeats-monthly = { $count ->
    [one] Chaque mois
   *[other] Tous les { $count } mois
}

# Starting
plan-started = Comme prévu : { $availability }
plan-started-until = Comme prévu : { $availability } jusqu’à { $end }
plan-started-half = Ton statut prévu a commencé en partie
plan-waits = { $availability } était prévu : { $at }
plan-waits-until = { $availability } était prévu : { $at }, jusqu’à { $end }
plan-failed = { $availability }, comme prévu, n’a pas pu être défini
plan-given-up = Malgré plusieurs essais, je n’ai pas pu le faire : { $plan }
waits-said-later = Tu en as décidé autrement depuis, je n’y ai donc pas touché.
offer-start-now = Commencer maintenant
note-late = C’est en retard : c’était prévu pour { $at }.
note-missed = { $count ->
    [one] { $count } fois précédente a été manquée pendant que je ne tournais pas.
   *[other] { $count } fois précédentes ont été manquées pendant que je ne tournais pas.
}

# Giving back
given-back = Retour à { $availability } jusqu’à { $end }
given-back-message = Ton message d’avant est de retour
give-back-left-alone = Ton statut a été changé à la main depuis, je n’ai donc rien rendu
given-back-half = Seule une partie de ce qui était là avant est de retour
give-back-failed = Ce qui était là avant n’a pas pu être rétabli

# What was missed
overdue = { $count ->
    [one] { $count } chose était prévue pendant que je ne tournais pas
   *[other] { $count } choses étaient prévues pendant que je ne tournais pas
}
overdue-signed-out = { $count ->
    [one] { $count } chose était prévue pendant que ta session était fermée
   *[other] { $count } choses étaient prévues pendant que ta session était fermée
}
overdue-at = { $at }
overdue-still = Ce serait encore en cours maintenant.
overdue-skipped = { $count ->
    [one] { $count } fois est passée, je l’ai donc sautée.
   *[other] { $count } fois sont passées, je les ai donc sautées.
}
and-more = Et { $count } de plus.

# Listing
list-empty = Rien n’est prévu
list-title = { $count ->
    [one] { $count } plan
   *[other] { $count } plans
}
list-item = { $number } · { $at }
list-until = Jusqu’à { $end }
list-paused = En pause jusqu’à { $until }
list-how-to-cancel = Dis « annule { $number } », ou appuie sur un bouton.
list-how-to-change = Dis « déplace { $text } à 12:30 » pour le modifier.
offer-more = Plus
offer-back = Retour
changed = Modifié
change-nothing = Je n’ai rien trouvé de tel à modifier
change-cannot = Cela ne peut pas être modifié ainsi : annule-le et recrée-le.
offer-change = Modifier
change-title = Que faut-il modifier ?
change-start = Début
change-end = Fin
change-until = Dernier jour (vide : aucun)
change-wrong = Ce n’est ni une heure ni un jour valable, rien n’a donc changé
offer-pause-week = Suspendre une semaine
fact-paused = Suspendu
plan-named = { $availability } : { $text }
plan-status = { $availability }
plan-reminder = Rappel : { $text }
plan-reminder-bare = Rappel
plan-at = { $plan }, { $at }
offer-this-one = Celui-ci

# Changing
cancelled = { $count ->
    [one] { $count } plan annulé
   *[other] { $count } plans annulés
}
cancelled-but-session = Ta session continue : elle n’a pas pu être arrêtée.
offer-restore = Rétablir
planned-again = Rétabli
planned-again-half = Rétabli en partie : le reste est passé
plan-again-nothing = C’est déjà rétabli, ou passé
cancel-nothing = Je n’ai rien trouvé de tel à annuler
cancel-which = Lequel ?
skipped = Sauté : { $at }
skip-nothing = Je n’ai rien trouvé de tel à sauter
skip-no-such-day = Cela n’a pas lieu ce jour-là
paused = En pause jusqu’à { $until }
resumed = Cela reprend
pause-nothing = Je n’ai rien trouvé de tel à mettre en pause
resume-nothing = Je n’ai rien trouvé de tel à reprendre
offer-resume = Reprendre
note-was-the-last = C’était la dernière fois, c’est donc fini.

# Reminders that come again
offer-snooze = Dans { $by }
offer-snooze-tomorrow = Demain matin
offer-done = Fait
reminder-done = Fait : { $text }
reminder-done-bare = Fait
snooze-nothing = Il n’y a pas de rappel que je puisse répéter

# Time zone
zone-set = Ton fuseau horaire est { $zone }
zone-still-elsewhere = { $count ->
    [one] { $count } plan récurrent suit encore un autre fuseau.
   *[other] { $count } plans récurrents suivent encore un autre fuseau.
}
zone-question = { $count ->
    [one] Tu sembles être dans { $zone } maintenant. Ton plan récurrent doit-il suivre ?
   *[other] Tu sembles être dans { $zone } maintenant. Tes { $count } plans récurrents doivent-ils suivre ?
}
zone-question-note = Sans réponse, ils restent comme avant. Je ne demande qu’une fois.
zone-moved = { $count ->
    [one] { $count } plan récurrent suit maintenant { $zone }
   *[other] { $count } plans récurrents suivent maintenant { $zone }
}
zone-kept = Tes plans récurrents restent comme avant
offer-move-zone = Passer à { $zone }
offer-keep-zone = Laisser ainsi

## Own data
## What is kept of a person: shown, handed over, deleted, and the pages that say so.

# Your own data
only-in-private = Cela reste entre toi et moi
only-in-private-how = Redemande-le dans notre conversation privée.
signed-out = Déconnexion réussie
signed-out-what-waits = { $count ->
    [one] { $count } plan attend ta prochaine connexion.
   *[other] { $count } plans attendent ta prochaine connexion.
}
signed-out-session = Je ne peux plus te maintenir disponible, cela va donc bientôt disparaître.
signed-out-next = Ce que tu as défini dans Teams reste. Ta prochaine demande peut te reconnecter.
sign-out-by-organisation = Il n’y a pas de connexion à fermer
sign-out-by-organisation-how = Ton organisation m’a permis d’agir pour toi ; je n’ai aucune clé de toi. Avec « supprime mes données », je t’oublie.
history-title = { $count ->
    [one] { $count } changement de ta part
   *[other] { $count } changements de ta part
}
history-at = { $at }
history-empty = Tu n’as rien défini avec moi pendant ce temps
history-kept = Je garde cela 30 jours, et ne le montre qu’à toi.
history-session-ended = N’est plus maintenu
history-undone = Annulé plus tard
history-erased = Ton historique est effacé. Ce qui court encore reste jusqu’à sa fin.
offer-history = Historique
offer-erase-history = Effacer l’historique
offer-export = Exporter mes données
offer-forget-me = Supprimer mes données
export-title = Voici tout ce que je garde sur toi
export-what = C’est un fichier JSON : tes réglages, plans, historique et messages en route. Ma clé pour ton compte n’y est pas.
export-how = Le bouton sert une fois, pendant dix minutes. Toute personne qui a l’adresse peut s’en servir, ne la transmets donc pas.
export-link = Obtenir le fichier
export-page-title = Tes données
export-gone-title = Ce lien n’est plus valable
export-gone-how = Il sert une fois, pendant dix minutes. Dis « exporte mes données » pour en avoir un autre.
forget-me-sure = Supprimer tout ce que je garde sur toi ?
forget-me-what = Ce sont tes plans, rappels, historique, réglages et connexion. Personne ne pourra les retrouver.
forget-me-stays = Ce que Teams montre de toi reste jusqu’à sa fin, et notre conversation reste dans Teams.
offer-forget-me-now = Tout supprimer
forgotten = Je t’ai oublié
forgotten-what = Plus rien n’est prévu, et je ne peux plus agir pour toi. Si tu m’écris à nouveau, nous repartons de zéro.

# Privacy: the answer in the chat and the page
privacy-title = Ce que je garde sur toi
privacy-page-title = Confidentialité
privacy-what = Tes réglages et modèles, tes plans et rappels, où te joindre, et pendant 30 jours ce que tu as défini avec moi.
privacy-tokens = Après ta connexion, une clé de Microsoft avec laquelle j’agis pour toi. Elle est chiffrée, et supprimée quand tu te déconnectes ou retires l’application.
privacy-organisation = Là où ton organisation m’a permis d’agir pour tout le monde, je n’ai aucune clé de toi.
privacy-words = Ce que tu m’écris est supprimé dès que c’est fait ; au plus tard après un jour si je t’attends.
privacy-others = Je ne garde aucun historique de tes collègues. Quand tu demandes, je regarde, réponds et oublie.
privacy-who = Toi seul peux me le demander. Les personnes qui gèrent ce bot pour ton organisation ont accès à sa base de données.
privacy-logs = Mes journaux ne contiennent ni ce que tu écris ni aucune clé.
privacy-microsoft = Je parle avec Microsoft Teams et Microsoft Graph, et n’envoie rien à personne d’autre.
privacy-how = « exporte mes données » te donne tout, « supprime mes données » le supprime, « me déconnecter » supprime la clé. Il reste ensuite pendant un jour une somme de contrôle de chaque message, qui ne dit pas de qui il venait, pour n’en exécuter aucun deux fois.
privacy-contact = Pour toute question, adresse-toi aux personnes qui gèrent ce bot dans ton organisation.
terms-title = Conditions d’utilisation
terms-what = Ce bot règle ton statut et ton message de statut dans Microsoft Teams, et te fait des rappels, quand tu le demandes.
terms-yours = Il agit pour toi seul, avec tes propres autorisations. Ce que les autres voient de toi par lui relève de ta responsabilité.
terms-teams = L’usage de Microsoft Teams relève toujours du contrat de ton organisation avec Microsoft. Ce bot n’est pas un produit de Microsoft.
terms-no-warranty = C’est un logiciel libre sous licence MIT, fourni tel quel et sans garantie. Ne compte pas dessus là où un rappel manqué ferait du tort.
terms-end = Tu peux arrêter à tout moment : dis « supprime mes données » et retire l’application.

## Signing in
## Why it is needed, how it went, and what waited for it.

sign-in-why = Connecte-toi, pour que je puisse régler ton statut pour toi. Je ferai ce que tu as demandé juste après.
sign-in-why-colleagues = Pour regarder le statut des collègues, il me faut ton autorisation. Je répondrai juste après.
sign-in-why-timer = Quelque chose de prévu est dû, mais je ne peux plus agir pour toi. Connecte-toi, et je le reprendrai.
sign-in-by-link = Teams n’a pas pu te connecter tout seul. Utilise le bouton.
sign-in-page-not = Connexion impossible
sign-in-page-old = Ce lien est trop ancien ou a déjà servi. Redemande au bot.
sign-in-page-strange = Ce n’est pas une réponse de Microsoft.
sign-in-page-not-you = Tu n’es pas la personne de la conversation, ou cette page est trop ancienne. Redemande au bot, puis connecte-toi avec le compte que tu utilises dans Teams.
sign-in-page-refused = Microsoft n’a pas ouvert ta session. Redemande au bot.
sign-in-page-later = Microsoft ne répond pas. Réessaie plus tard, s’il te plaît.
sign-in-page-code = Si Teams ne continue pas tout seul, envoie ce code au bot :
sign-in-button = Se connecter
sign-in-first = Connecte-toi d’abord, s’il te plaît ; je t’ai envoyé une carte. Je le ferai juste après.
answered-privately = Je t’ai répondu dans notre conversation privée
not-installed = Je ne peux pas t’écrire en privé, donc je n’ai rien fait
not-installed-how = Ajoute-moi pour toi dans Teams, sous « Applications », puis redis-le.
sign-in-wrote-privately = Il faut d’abord te connecter. Je t’ai écrit en privé
sign-in-did-not-help = La connexion a réussi, mais Microsoft ne me laisse pas encore agir pour toi
waited-too-long = Une de tes demandes a attendu ta connexion plus d’un jour, je ne l’ai donc pas exécutée. Redis-la-moi, s’il te plaît.
sign-in-wrong-code = Ce code est faux ou trop ancien. Connecte-toi à nouveau, s’il te plaît.
signed-in = Connexion réussie
missed-while-signed-out = Quelque chose était prévu ({ $at }) et a été manqué, faute de connexion de ta part
missed-end-reminder = Un de tes statuts a pris fin entre-temps, sans que je t’en avertisse.

## Shortcuts
## Presets, sequences, what is set again, settings, and small talk.

# Presets
preset-saved = « { $name } » est enregistré
preset-replaced = « { $name } » est enregistré à nouveau
preset-deleted = « { $name } » est supprimé
preset-unknown = Tu n’as pas de modèle nommé « { $name } »
preset-nothing-to-save = Il n’y a pas de statut à enregistrer
preset-how = Définis un statut et dis « enregistre ça sous le nom … ».
preset-say-name = Dis « { $name } » pour le définir.
preset-name-too-long = Un nom a { $limit } caractères au plus
preset-too-many = Tu as déjà { $limit } modèles. Supprimes-en un d’abord.
preset-with-both = { $availability }, { $length } : { $text }
preset-with-length = { $availability }, { $length }
preset-with-text = { $availability } : { $text }
preset-alone = { $availability }
presets-title = { $count ->
    [0] Tu n’as pas encore de modèles
    [one] { $count } modèle
   *[other] { $count } modèles
}
offer-preset = { $name }
offer-presets = Mes modèles
offer-delete = Supprimer
suggest-focus = Concentration, 2 heures
suggest-meeting = Réunion, 1 heure
suggest-lunch = Déjeuner, 1 heure
suggest-break = Petite pause

# The same again
repeat-nothing = Je ne sais pas quel statut c’était
repeat-of = Comme { $at }.

# Sequences
plan-sequence = { $count ->
    [one] { $availability } en { $count } étape
   *[other] { $availability } et la suite, { $count } étapes
}
fact-steps = Étapes
sequence-part = { $availability } { $length }
sequence-then = { $first }, puis { $next }
sequence-rounds = { $count ->
    [1] { $steps }
    [one] { $steps } ; { $count } fois
   *[other] { $steps } ; { $count } fois
}
sequence-step = Étape { $number } sur { $count }.
sequence-ends = Le tout finit { $end }.
sequence-stopped = Tu en as décidé autrement depuis, j’ai donc arrêté la suite
sequence-over = La suite était finie ({ $end }) pendant que je ne tournais pas
offer-stop-sequence = Tout arrêter

# Settings
language-set = Désormais je te parle en français
language-unknown = Je ne parle pas cette langue. Je connais l’anglais, l’allemand, le français, l’espagnol, le russe et le chinois.
language-any-understood = Tu peux toujours écrire dans toute langue que je connais.
hours-set = Heures de travail : { $start } à { $end }, { $days ->
    [one] { $days } jour par semaine
   *[other] { $days } jours par semaine
}
hours-mean = « Jusqu’à la fin de la journée » et « jusqu’à demain » les suivent.
settings-title = Tes paramètres
settings-saved = Tes paramètres sont enregistrés
settings-wrong = Ce n’est pas possible, rien n’a donc été enregistré
settings-hours-wrong = La journée doit finir après avoir commencé, rien n’a donc été enregistré
settings-zone = Fuseau horaire
settings-zone-in-words = Un autre fuseau horaire ? Dis « mon fuseau horaire est … ».
settings-as-device = Celui de mon appareil ({ $zone })
settings-language = Langue de mes réponses
settings-as-teams = Comme dans Teams
settings-day-start = Ta journée de travail commence
settings-day-end = Ta journée de travail finit
settings-reminders = Me prévenir avant la fin d’un statut
settings-length = { $availability } sans fin dure
settings-no-length = aussi longtemps que Teams le laisse
settings-one-length = { $length }

# Home
home-next = Ensuite : { $at }
home-shortcuts = Définir tout de suite
home-more = Plus

# Small talk
talk-hello = Bonjour ! Que veux-tu afficher ?
talk-thanks = Avec plaisir !
talk-bye = À bientôt ! Ce que tu as prévu continue.
talk-who = Je suis un bot : je règle ton statut Teams comme tu le dis, et je pense à sa fin
talk-how = Tout va bien ici, merci. Ton statut est entre de bonnes mains.
not-mine-OutOfOffice = Je ne définis pas les réponses automatiques
not-mine-OutOfOffice-why = Elles relèvent de ta messagerie, que je n’atteins pas : définis-les dans Outlook. Je peux t’afficher comme absent.
not-mine-RemindOther = Je ne fais de rappels qu’à toi
not-mine-RemindOther-why = Personne d’autre ne reçoit de messages de ma part en ton nom. Je peux te rappeler de le dire.
not-mine-Broadcast = Je n’écris qu’à toi
not-mine-Broadcast-why = Personne d’autre ne reçoit de messages de ma part en ton nom. Un message de statut est vu de quiconque te cherche.
instead-OutOfOffice = M’afficher comme absent
instead-RemindOther = Plutôt un rappel pour moi
instead-Broadcast = En faire mon message de statut
