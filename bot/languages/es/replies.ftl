## Words
## What every reply may need: how Teams names things, and how lengths are put together.

availability-Available = Disponible
availability-Busy = Ocupado
availability-DoNotDisturb = No molestar
availability-BeRightBack = Vuelvo enseguida
availability-Away = Ausente
availability-Offline = Sin conexión

# A length of two units, as in "1 hour 30 minutes". $first and $second come with their units.
length-of-two = { $first } { $second }

# Added to a message whose first sending may have arrived already.
may-repeat = Puede que leas esto por segunda vez: el primer envío no se confirmó.

# The answers to a button that cannot be used.
working-on-it = Estoy en ello…
too-many = Es más de lo que puedo hacer de una vez: dilo otra vez después de { $at }
press-failed = No ha funcionado. Inténtalo de nuevo, por favor.

## Readings
## Why an utterance was not carried out, and what was assumed where it was.

problem-empty = Ahí no he encontrado palabras
problem-not-understood = No lo he entendido
problem-too-long = Son { $count } caracteres, y leo { $limit } como máximo
problem-no-length = Un estado necesita algo de tiempo: 0 minutos no es nada
problem-no-time = Para eso necesito una hora
problem-past = Ese momento ya ha pasado
problem-impossible-time = La hora «{ $said }» no existe
problem-too-far = Es demasiado lejos: 366 días como máximo
problem-too-short = Es demasiado pronto: un estado dura al menos un minuto
problem-message-too-long = Ese mensaje tiene { $count } caracteres, y { $limit } es el máximo. Aquí lo tienes de nuevo: { $text }
problem-nothing-running = No hay nada en curso que pueda cambiar
problem-negated = He dejado todo como está
problem-other-person = Solo puedo cambiar tu propio estado
assumed-clock = He leído «{ $said }» como { $end }.
assumed-date = He leído «{ $said }» como { $day }.
assumed-person = He entendido «{ $said }» como { $who }.

## Replies

# What was done
set-until = { $availability } hasta { $end }
set-open = { $availability }
message-set = Mensaje de estado puesto
cleared-status = De nuevo automático
cleared-message = Mensaje de estado quitado
cleared-all = Estado y mensaje quitados
undone = Deshecho
undone-half = Deshecho en parte

# Facts
fact-until = Hasta
fact-message = Mensaje
fact-message-until = Mensaje hasta
fact-pinned = Fijado
fact-seen = Los demás ven
fact-set = Puesto por ti
fact-reminder = Recordatorio
end-in-zone = { $end } ({ $zone })
pinned-yes = se muestra a quien te escribe
set-by-you = { $availability } hasta { $end }
quote = { $text }

# How colleagues see somebody
seen-Available = Disponible
seen-AvailableInactive = Disponible, inactivo
seen-Away = Ausente
seen-BeRightBack = Vuelvo enseguida
seen-Busy = Ocupado
seen-DoNotDisturb = No molestar
seen-Focusing = Concentrado
seen-InACall = En una llamada
seen-InAConferenceCall = En una conferencia telefónica
seen-InAMeeting = En una reunión
seen-Inactive = Inactivo
seen-Offline = Sin conexión
seen-OffWork = Sin conexión, como elegiste
seen-OutOfOffice = Fuera de la oficina
seen-Presenting = Presentando
seen-PresenceUnknown = Desconocido
seen-UrgentInterruptionsOnly = Solo interrupciones urgentes
seen-other = { $state }

# Notes
note-graph-ends-it = No diste un final, así que Teams lo termina: { $end }.
note-message-stays = El mensaje queda hasta que lo quites.
note-no-client = Ninguno de tus dispositivos está conectado a Teams, así que te ven Sin conexión hasta que lo esté alguno.
note-usual-length = No has dicho cuándo acaba, así que uso tu duración habitual.
note-not-shown-yet = Microsoft aceptó el cambio, pero Teams aún no lo muestra.
note-not-seen = Microsoft aceptó el cambio, pero no he podido comprobarlo.
note-reminder = Te avisaré antes: { $at }.

# Buttons
offer-retry = Reintentar
offer-undo = Deshacer
offer-clear = Quitar
offer-clear-message = Quitar el mensaje
offer-extend = + { $by }
offer-until = Hasta { $end }
offer-end-of-day = Hasta el final del día
offer-no-reminders = No me avises
offer-reminders-on = Avísame otra vez
offer-cancel = Cancelar
offer-cancel-planned = Cancelar lo programado
offer-set = { $availability }
offer-rather = Mejor: { $what }
offer-refresh = Actualizar
offer-settings = Ajustes
offer-save = Guardar
offer-do-it-now = Hacerlo ahora

# What went wrong
failed-title = No se ha cambiado nada
unclear-title = No puedo decir si se ha hecho
half-presence-failed = El mensaje está puesto, pero el estado no.
half-presence-unclear = El mensaje está puesto; si el estado lo está, no puedo decirlo.
half-message-failed = El estado está puesto, pero el mensaje no.
half-message-unclear = El estado está puesto; si el mensaje lo está, no puedo decirlo.
trouble-throttled = Microsoft pide esperar antes del próximo cambio: { $wait }.
trouble-sign-in = No has iniciado sesión, así que no puedo actuar por ti.
trouble-consent = Falta un permiso: tú o tu administración tenéis que aceptarlo antes.
trouble-others = Microsoft solo me deja cambiar tu propio estado.
trouble-rejected = Microsoft rechazó la petición. El fallo es mío, y puede que reintentar no ayude.
trouble-unknown = Microsoft no dijo si se hizo. Mira tu estado antes de intentarlo otra vez.
trouble-unavailable = Microsoft no ha respondido.
extend-changed-by-hand = Ahora se muestra otra cosa, así que no he tocado nada
gave-up = No he podido hacerlo
gave-up-what-now = Algo ha fallado por mi parte. Dilo otra vez, por favor.
too-old = Lo dijiste hace demasiado tiempo para hacer algo: { $at }
card-not-readable = Yo no hice esta tarjeta tal como está, así que no se ha hecho nada
card-of-somebody-else = Esta tarjeta es de otra persona, así que no se ha hecho nada
card-used = Este botón ya se usó, así que no se ha hecho nada otra vez
card-changed-since = Lo que decía esta tarjeta ya no vale. Así está todo ahora.
card-outdated = Esa tarjeta no estaba al día, así que no se ha hecho nada con ella. Así está todo ahora.
card-too-old = Esta tarjeta tiene más de un día, así que no se ha hecho nada
not-yet = Lo he entendido, pero todavía no sé hacerlo
not-yet-recurring-reminder = Todavía no sé repetir recordatorios
not-yet-others = Todavía no sé mirar el estado de otras personas
understood-EraseHistory = Quieres borrar tu historial.
understood-ExportData = Quieres tus datos.
understood-ForgetMe = Quieres que se borren tus datos.
understood-KeepAvailable = Quieres seguir disponible un rato.
understood-Privacy = Quieres saber qué guardo sobre ti.
understood-SetWorkLocation = Quieres decir dónde trabajas.
understood-ShowHistory = Quieres ver lo que pusiste antes.
understood-ShowSession = Quieres aparecer en una llamada o presentando.
understood-SignOut = Quieres cerrar sesión.
understood-Why = Quieres saber por qué te ven así.

# Undo
undo-nothing = No hay nada que deshacer
undo-already = Eso ya se deshizo, o fue hace demasiado tiempo
undo-overlaid = Lo cambiaste después, así que queda lo que se muestra ahora
undo-overlaid-note = Lo he quitado de tu historial: deshacer el cambio posterior no lo traerá de vuelta.
undo-left-alone = No se ha deshecho nada
undo-presence-over = Ese estado ya terminó.
undo-presence-changed = Tu estado se cambió a mano desde entonces, así que no lo he tocado.
undo-message-over = Ese mensaje ya no está.
undo-message-changed = Tu mensaje se cambió a mano desde entonces, así que no lo he tocado.

# Reminders
reminder-set = Te avisaré: { $at }
reminder-due = Recordatorio: { $text }
reminder-due-bare = Este es tu recordatorio
end-reminder-set = Te avisaré antes de que termine tu estado: { $at }
end-reminders-off = Sin más avisos antes de que termine un estado
end-reminders-on = Te avisaré antes de que termine un estado
ends-soon = { $availability } termina pronto: quedan { $left }

# Conversation
which-one = ¿Qué querías decir?
choice-set-until = { $availability } hasta { $end }
choice-message-until = «{ $text }» hasta { $end }
compose-not-here = Eso no se puede hacer desde aquí: dímelo en nuestro chat
choice-remind = Recordatorio: { $at }
choice-longer = { $by } más
help-title = Di qué mostrar, y hasta cuándo
help-how = En cualquier orden: un estado, un final, un mensaje. Por ejemplo:
welcome-title = ¡Hola! Pongo tu estado de Teams como lo digas
welcome-what = Dime qué mostrar y hasta cuándo; yo me ocupo, también con tu portátil cerrado. Prueba:

## Graph
## Presence sessions, other people, where somebody works, and why somebody looks as they do.

# Presence sessions
session-Available = Te mantengo disponible hasta { $end }
session-InACall = En una llamada hasta { $end }
session-InAConferenceCall = En una conferencia telefónica hasta { $end }
session-Away = Ausente hasta { $end }
session-Presenting = Presentando hasta { $end }
session-bounded = Lo mantengo { $most } como máximo, así que termina: { $end }.
session-usual-end = No diste un final, así que lo termino: { $end }.
session-outranked = Pero se muestra { $state }, porque va primero.
session-none = No estoy manteniendo nada para ti
session-stopped = Ya no lo mantengo
session-ended-too = Tampoco mantengo ya tu sesión.
session-lost = No he podido seguir mostrándote así
session-lost-what-now = Lo querías hasta { $end }: inténtalo otra vez, y lo mantengo desde entonces.
undo-session-over = Eso ya terminó.
undo-session-changed = Eso cambió desde entonces, así que no lo he tocado.
list-session = En curso
offer-stop = Parar
offer-hold = Mantener una sesión abierta
trouble-not-offered = Microsoft no ofrece eso aquí, o no con el permiso que tengo.

# Other people
people-off = Aquí está desactivado mirar el estado de otras personas
people-nobody = No he encontrado a nadie llamado «{ $name }»
people-nobody-here = Aquí no hay nadie más
people-which = ¿Quién de las personas llamadas { $name }?
people-choice = { $name } ({ $mail })
people-more = Hay más con ese nombre: dime la dirección de correo.
people-one = { $name }: { $state }
people-not-shown = Microsoft no me muestra el estado de { $name }
people-several = Tus colegas ahora
people-free = Disponibles: { $free } de { $all }
people-others = { $count ->
    [one] Una persona más no se muestra.
   *[other] { $count } personas más no se muestran.
}
people-out = No están: { $out } de { $all }
people-no-team = Aquí no veo ningún equipo
people-no-team-how = Pregúntame en un chat de grupo o en un canal: allí miro a sus miembros.
people-you = Tú
people-with-text = { $state } · { $text }
people-away-with-text = { $state } · fuera de la oficina: { $text }
people-out-of-office = Fuera de la oficina.
watch-until = Te avisaré cuando { $name } esté así: { $availability }
watch-changes = Te avisaré cuando cambie el estado de { $name }
watch-many = { $count ->
    [one] Estoy observando a una persona
   *[other] Estoy observando a { $count } personas
}
watch-once = Te aviso una vez.
watch-each-time = Te aviso cada vez.
watch-already = { $name } ya está así: { $state }
watch-ended = Ya no observo a { $name }
watch-lost = No pude seguir observando a tus colegas
watch-again = Observar otra vez a { $name }
watch-stop = Dejar de observar a { $name }
watch-stopped = Ya no observo a { $name }
watch-stopped-many = { $count ->
    [one] Ya no observo a una persona
   *[other] Ya no observo a { $count } personas
}
watch-nobody = No estás observando a nadie
watch-not-them = No estás observando a «{ $name }»
watch-name-somebody = Dime a quién observar: un nombre, una dirección de correo o una mención
watch-too-many = { $limit ->
    [one] Puedo observar a una persona como máximo
   *[other] Puedo observar a { $limit } personas como máximo
}
watch-item = Observando a { $name }
watch-item-until = Hasta { $availability }
watch-item-changes = Cualquier cambio
watch-cancelled = Observar a { $name }
fact-out-of-office = Fuera de la oficina
fact-location = Trabaja
place-office = en la oficina
place-remote = a distancia
place-timeOff = hoy no

# Where somebody works
location-office = En la oficina
location-remote = A distancia
location-timeOff = Día libre
location-planned-office = En la oficina: { $at }
location-planned-remote = A distancia: { $at }
location-planned-timeOff = Día libre: { $at }
location-set-then = Microsoft solo acepta el lugar de trabajo de hoy, así que lo pondré más tarde: { $at }.
location-today-only = Vale para hoy.
location-unknown = No puedo mostrar «{ $place }»: Microsoft conoce la oficina, a distancia y día libre
location-cleared = Lugar de trabajo quitado
location-cancelled = Lugar de trabajo previsto cancelado
location-missed = No pude poner tu lugar de trabajo ({ $at }): ese día ya pasó
location-not-set = No pude poner tu lugar de trabajo
offer-clear-location = Quitar el lugar
list-location = { $at }
cancel-location = Cancelar { $at }

# Why
why-title = { $state }: este es el motivo
why-no-client = Ninguno de tus dispositivos está conectado a Teams, así que te ven Sin conexión.
why-set = Pusiste { $availability } conmigo ({ $at }), hasta { $end }.
why-set-open = Pusiste { $availability } conmigo ({ $at }), sin final: Teams lo termina { $end }.
why-session = Lo mantengo para ti desde { $at }, hasta { $end }.
why-appears-offline = Aparecer sin conexión se eligió en Teams o en otra aplicación. Microsoft no dice hasta cuándo.
why-meeting = Tu calendario tiene una reunión ahora. Microsoft no me dice cuándo termina.
why-call = Uno de tus dispositivos está en una llamada de Teams, o lo dice otra aplicación.
why-presenting = Estás presentando en Teams, o lo dice otra aplicación.
why-focusing = Tu calendario tiene tiempo de concentración ahora.
why-out-of-office = Tu buzón dice que estás fuera de la oficina.
why-away = Tus dispositivos llevan un rato sin usar Teams, o en Teams se eligió Ausente.
why-chosen = Se eligió en Teams o en otra aplicación, no conmigo. Microsoft no dice hasta cuándo.
why-available = Estás usando Teams, y no hay nada más puesto.
why-unknown = Microsoft no dice de dónde viene.
why-hidden = Conmigo pusiste { $availability } hasta { $end }. No se muestra: se cambió en otro sitio desde entonces, o Teams aún no lo muestra.
why-hidden-without-client = Pusiste { $availability } hasta { $end }. Se mostrará en cuanto uno de tus dispositivos esté conectado a Teams, o cuando yo mantenga una sesión abierta.
why-session-hidden = También mantengo una sesión hasta { $end }, pero lo que se muestra va primero.
why-also-out-of-office = Tu buzón también dice que estás fuera de la oficina.

## Plans
## What is planned once or comes again: made, started, given back, listed, changed.

# Planning
planned-from = { $availability } desde { $start }
planned-until = { $availability } desde { $start } hasta { $end }
recurs-from = { $availability }, primera vez { $start }
recurs-never = Eso no ocurre nunca en un año
too-many-plans = Ya tienes { $limit } planes y recordatorios. Cancela uno antes.
fact-starts = Empieza
fact-next = Próxima vez
fact-repeats = Se repite
fact-plan = Plan
start-end-in-zone = { $start } hasta { $end } ({ $zone })
note-gives-back = Al terminar recuperas lo que había antes.
note-plans-stay = Lo que has programado sigue en pie.
note-until-working-day = No diste un final, así que cada vez dura hasta que empieza el siguiente día laborable: la primera hasta { $end }.
note-last-day = La última vez es { $at }.
note-other-zone = Sigue la hora de { $zone }.
overlaps-named = Se solapa con «{ $text }», { $at }.
overlaps-plan = Se solapa con «{ $plan }», { $at }.
offer-list = Ver planes
offer-skip = Saltar una vez

# How often
repeats-daily = { $count ->
    [one] Cada día
   *[other] Cada { $count } días
}
repeats-weekly = { $count ->
    [one] Cada semana
   *[other] Cada { $count } semanas
}
repeats-some-days = { $count ->
    [one] { $days } días cada semana
   *[other] { $days } días cada { $count } semanas
}
repeats-workdays = De lunes a viernes
repeats-monthly = { $count ->
    [one] Cada mes
   *[other] Cada { $count } meses
}

# Starting
plan-started = Como estaba previsto: { $availability }
plan-started-until = Como estaba previsto: { $availability } hasta { $end }
plan-started-half = Tu estado previsto ha empezado en parte
plan-waits = { $availability } estaba previsto: { $at }
plan-waits-until = { $availability } estaba previsto: { $at }, hasta { $end }
plan-failed = { $availability }, como estaba previsto, no se pudo poner
plan-given-up = Lo he intentado varias veces y no he podido: { $plan }
waits-said-later = Desde entonces decidiste otra cosa, así que no he tocado nada.
offer-start-now = Empezar ahora
note-late = Llega tarde: estaba previsto para { $at }.
note-missed = { $count ->
    [one] Se perdió una vez anterior mientras yo no funcionaba.
   *[other] Se perdieron { $count } veces anteriores mientras yo no funcionaba.
}

# Giving back
given-back = De vuelta a { $availability } hasta { $end }
given-back-message = Tu mensaje anterior ha vuelto
give-back-left-alone = Tu estado se cambió a mano desde entonces, así que no he devuelto nada
given-back-half = Solo ha vuelto una parte de lo que había antes
give-back-failed = Lo que había antes no se pudo recuperar

# What was missed
overdue = { $count ->
    [one] Esto tocaba mientras yo no funcionaba
   *[other] { $count } cosas tocaban mientras yo no funcionaba
}
overdue-signed-out = { $count ->
    [one] Esto tocaba mientras no habías iniciado sesión
   *[other] { $count } cosas tocaban mientras no habías iniciado sesión
}
overdue-at = { $at }
overdue-still = Todavía duraría ahora.
overdue-skipped = { $count ->
    [one] Ya pasó, así que lo he saltado.
   *[other] { $count } veces ya pasaron, así que las he saltado.
}
and-more = Y { $count } más.

# Listing
list-empty = No hay nada previsto
list-title = { $count ->
    [one] Un plan
   *[other] { $count } planes
}
list-item = { $number } · { $at }
list-until = Hasta { $end }
list-paused = En pausa hasta { $until }
list-how-to-cancel = Di «cancela { $number }», o pulsa un botón.
list-how-to-change = Di «mueve { $text } a las 12:30» para cambiarlo.
offer-more = Más
offer-back = Atrás
changed = Cambiado
change-nothing = No he encontrado nada así que cambiar
change-cannot = Eso no se puede cambiar así: cancélalo y créalo de nuevo.
offer-change = Cambiar
change-title = ¿Qué hay que cambiar?
change-start = Empieza a las
change-end = Termina a las
change-until = Último día (vacío: ninguno)
change-wrong = Esa hora o ese día no existe, así que no ha cambiado nada
offer-pause-week = Pausar una semana
fact-paused = En pausa
plan-named = { $availability }: { $text }
plan-status = { $availability }
plan-reminder = Recordatorio: { $text }
plan-reminder-bare = Recordatorio
plan-at = { $plan }, { $at }
offer-this-one = Este

# Changing
cancelled = { $count ->
    [one] Cancelado
   *[other] { $count } planes cancelados
}
cancelled-but-session = Tu sesión sigue: no se ha podido terminar.
offer-restore = Restaurar
planned-again = Restaurado
planned-again-half = Restaurado en parte: el resto ya ha pasado
plan-again-nothing = Eso ya está restaurado, o ya ha pasado
cancel-nothing = No he encontrado nada así que cancelar
cancel-which = ¿Cuál?
skipped = Saltado: { $at }
skip-nothing = No he encontrado nada así que saltar
skip-no-such-day = Ese día no toca
paused = En pausa hasta { $until }
resumed = Vuelve a repetirse
pause-nothing = No he encontrado nada así que poner en pausa
resume-nothing = No he encontrado nada así que reanudar
offer-resume = Reanudar
note-was-the-last = Era la última vez, así que se acabó.

# Reminders that come again
offer-snooze = En { $by }
offer-snooze-tomorrow = Mañana por la mañana
offer-done = Hecho
reminder-done = Hecho: { $text }
reminder-done-bare = Hecho
snooze-nothing = No hay ningún recordatorio que pueda repetir

# Time zone
zone-set = Tu zona horaria es { $zone }
zone-still-elsewhere = { $count ->
    [one] Un plan que se repite sigue todavía otra zona.
   *[other] { $count } planes que se repiten siguen todavía otra zona.
}
zone-question = { $count ->
    [one] Parece que ahora estás en { $zone }. ¿Tu plan que se repite pasa también allí?
   *[other] Parece que ahora estás en { $zone }. ¿Tus { $count } planes que se repiten pasan también allí?
}
zone-question-note = Hasta que lo digas, quedan como estaban. Solo pregunto una vez.
zone-moved = { $count ->
    [one] Un plan que se repite sigue ahora { $zone }
   *[other] { $count } planes que se repiten siguen ahora { $zone }
}
zone-kept = Tus planes que se repiten quedan como estaban
offer-move-zone = Pasar a { $zone }
offer-keep-zone = Dejarlo así

## Own data
## What is kept of a person: shown, handed over, deleted, and the pages that say so.

# Your own data
only-in-private = Eso queda entre tú y yo
only-in-private-how = Pídemelo otra vez en nuestro chat privado.
signed-out = Has cerrado sesión
signed-out-what-waits = { $count ->
    [one] Un plan espera hasta que vuelvas a iniciar sesión.
   *[other] { $count } planes esperan hasta que vuelvas a iniciar sesión.
}
signed-out-session = Ya no puedo mantenerte disponible, así que eso desaparecerá pronto.
signed-out-next = Lo que pusiste en Teams queda. Lo próximo que me pidas puede volver a iniciar tu sesión.
sign-out-by-organisation = No hay ninguna sesión que cerrar
sign-out-by-organisation-how = Tu organización me permite actuar por ti; no tengo ninguna clave tuya. Con «borra mis datos» te olvido.
history-title = { $count ->
    [one] Has cambiado una cosa
   *[other] Has cambiado { $count } cosas
}
history-at = { $at }
history-empty = En ese tiempo no pusiste nada conmigo
history-kept = Guardo esto 30 días, y solo te lo muestro a ti.
history-session-ended = Ya no se mantiene
history-undone = Deshecho después
history-erased = Tu historial está borrado. Lo que sigue en curso queda hasta su final.
offer-history = Historial
offer-erase-history = Borrar el historial
offer-export = Exportar mis datos
offer-forget-me = Borrar mis datos
export-title = Aquí está todo lo que guardo sobre ti
export-what = Es un archivo JSON: tus ajustes, planes, historial y mensajes en camino. Mi clave de tu cuenta no está ahí.
export-how = El botón funciona una vez, durante diez minutos. Quien tenga la dirección puede usarla, así que no la compartas.
export-link = Obtener el archivo
export-page-title = Tus datos
export-gone-title = Este enlace ya no vale
export-gone-how = Funciona una vez, durante diez minutos. Di «exporta mis datos» para recibir otro.
forget-me-sure = ¿Borrar todo lo que guardo sobre ti?
forget-me-what = Son tus planes, recordatorios, historial, ajustes e inicio de sesión. Nadie puede recuperarlo.
forget-me-stays = Lo que Teams muestra ahora de ti queda hasta su final, y nuestro chat queda en Teams.
offer-forget-me-now = Borrar todo
forgotten = Te he olvidado
forgotten-what = Ya no hay nada previsto, y no puedo actuar por ti. Si me vuelves a escribir, empezamos de nuevo.

# Privacy: the answer in the chat and the page
privacy-title = Lo que guardo sobre ti
privacy-page-title = Privacidad
privacy-what = Tus ajustes y plantillas, tus planes y recordatorios, dónde encontrarte, y durante 30 días lo que pusiste conmigo.
privacy-tokens = Si iniciaste sesión, una clave de Microsoft con la que actúo por ti. Está cifrada, y se borra cuando cierras sesión o quitas la aplicación.
privacy-organisation = Donde tu organización me permite actuar por todo el mundo, no tengo ninguna clave tuya.
privacy-words = Lo que me escribes se borra en cuanto está hecho; como muy tarde en un día si te estoy esperando.
privacy-others = No guardo historial de tus colegas. Cuando preguntas por alguien, miro, respondo y olvido.
privacy-who = Solo tú puedes pedírmelo. Quien gestiona este bot para tu organización tiene acceso a su base de datos.
privacy-logs = Mis registros no contienen ni lo que escribes ni ninguna clave.
privacy-microsoft = Hablo con Microsoft Teams y Microsoft Graph, y no envío nada a nadie más.
privacy-how = «exporta mis datos» te lo da todo, «borra mis datos» lo borra, «cierra mi sesión» borra la clave. Después queda durante un día una suma de comprobación de cada mensaje, que no dice de quién era, para no ejecutar ninguno dos veces.
privacy-contact = Las preguntas son para quien gestiona este bot en tu organización.
terms-title = Condiciones de uso
terms-what = Este bot pone tu estado y tu mensaje de estado en Microsoft Teams, y te avisa, cuando se lo pides.
terms-yours = Actúa solo por ti, con tus propios permisos. Lo que otras personas ven de ti a través de él es responsabilidad tuya.
terms-teams = Tu uso de Microsoft Teams sigue bajo el contrato de tu organización con Microsoft. Este bot no es un producto de Microsoft.
terms-no-warranty = Es software libre con licencia MIT, tal como está y sin garantía. No dependas de él donde un aviso perdido cause daño.
terms-end = Puedes dejarlo en cualquier momento: di «borra mis datos» y quita la aplicación.

## Signing in
## Why it is needed, how it went, and what waited for it.

sign-in-why = Inicia sesión, para que pueda poner tu estado por ti. Justo después haré lo que pediste.
sign-in-why-colleagues = Para mirar el estado de tus colegas necesito tu permiso. Justo después te respondo.
sign-in-why-timer = Algo que planeaste toca ahora, pero ya no puedo actuar por ti. Inicia sesión y lo retomaré.
sign-in-by-link = Teams no pudo iniciar tu sesión por sí solo. Usa el botón.
sign-in-page-not = No has iniciado sesión
sign-in-page-old = Este enlace es demasiado viejo o ya se ha usado. Pídeselo otra vez al bot.
sign-in-page-strange = Esta no es una respuesta de Microsoft.
sign-in-page-not-you = No eres la persona del chat, o esta página es demasiado vieja. Pídeselo otra vez al bot e inicia sesión con la cuenta que usas en Teams.
sign-in-page-refused = Microsoft no ha iniciado tu sesión. Pídeselo otra vez al bot.
sign-in-page-later = Microsoft no responde. Inténtalo más tarde, por favor.
sign-in-page-code = Si Teams no sigue por sí solo, envía este código al bot:
sign-in-button = Iniciar sesión
sign-in-first = Inicia sesión antes, por favor; te he enviado una tarjeta. Justo después lo haré.
answered-privately = Te he respondido en nuestro chat privado
not-installed = No puedo escribirte en privado, así que no he hecho nada
not-installed-how = Añádeme para ti en Teams, en «Aplicaciones», y dilo otra vez.
sign-in-wrote-privately = Antes tienes que iniciar sesión. Te he escrito en privado
sign-in-did-not-help = Has iniciado sesión, pero Microsoft aún no me deja actuar por ti
waited-too-long = Algo que me pediste esperó más de un día a que iniciaras sesión, así que no lo he hecho. Dímelo otra vez, por favor.
sign-in-wrong-code = Ese código es incorrecto o demasiado viejo. Inicia sesión otra vez, por favor.
signed-in = Has iniciado sesión
missed-while-signed-out = Algo tocaba ({ $at }) y se perdió, porque no habías iniciado sesión
missed-end-reminder = Entretanto terminó un estado tuyo, y no te avisé de su final.

## Shortcuts
## Presets, sequences, what is set again, settings, and small talk.

# Presets
preset-saved = «{ $name }» está guardado
preset-replaced = «{ $name }» está guardado de nuevo
preset-deleted = «{ $name }» está borrado
preset-unknown = No tienes ninguna plantilla llamada «{ $name }»
preset-nothing-to-save = Ahora no hay ningún estado que guardar
preset-how = Pon un estado y di «guarda esto como …».
preset-say-name = Di «{ $name }» para ponerlo.
preset-name-too-long = Un nombre tiene { $limit } caracteres como máximo
preset-too-many = Ya tienes { $limit } plantillas. Borra una antes.
preset-with-both = { $availability }, { $length }: { $text }
preset-with-length = { $availability }, { $length }
preset-with-text = { $availability }: { $text }
preset-alone = { $availability }
presets-title = { $count ->
    [0] Todavía no tienes plantillas
    [one] Una plantilla
   *[other] { $count } plantillas
}
offer-preset = { $name }
offer-presets = Mis plantillas
offer-delete = Borrar
suggest-focus = Concentración, 2 horas
suggest-meeting = Reunión, 1 hora
suggest-lunch = Comida, 1 hora
suggest-break = Pausa corta

# The same again
repeat-nothing = No sé qué estado era ese
repeat-of = Lo mismo que { $at }.

# Sequences
plan-sequence = { $count ->
    [one] { $availability } en un paso
   *[other] { $availability } y lo que sigue, { $count } pasos
}
fact-steps = Pasos
sequence-part = { $availability } { $length }
sequence-then = { $first }, luego { $next }
sequence-rounds = { $count ->
    [one] { $steps }
   *[other] { $steps }; { $count } veces
}
sequence-step = Paso { $number } de { $count }.
sequence-ends = Todo termina: { $end }.
sequence-stopped = Desde entonces decidiste otra cosa, así que he parado la secuencia
sequence-over = La secuencia terminó ({ $end }) mientras yo no funcionaba
offer-stop-sequence = Parar todo

# Settings
language-set = Desde ahora hablo español contigo
language-unknown = No hablo ese idioma. Sé inglés, alemán, francés, español, ruso y chino.
language-any-understood = Puedes seguir escribiendo en cualquier idioma que yo sepa.
hours-set = Horario de trabajo: { $start } a { $end }, { $days ->
    [one] un día por semana
   *[other] { $days } días por semana
}
hours-mean = «Hasta el final del día» y «hasta mañana» se rigen por él.
settings-title = Tus ajustes
settings-saved = Tus ajustes están guardados
settings-wrong = Eso no puede ser, así que no se ha guardado nada
settings-hours-wrong = La jornada debe acabar después de empezar, así que no se ha guardado nada
settings-zone = Zona horaria
settings-zone-in-words = ¿Otra zona horaria? Di «mi zona horaria es …».
settings-as-device = La de mi dispositivo ({ $zone })
settings-language = Idioma de mis respuestas
settings-as-teams = Como en Teams
settings-day-start = Tu jornada empieza
settings-day-end = Tu jornada acaba
settings-reminders = Avísame antes de que acabe un estado
settings-length = { $availability } sin final dura
settings-no-length = lo que Teams lo deje
settings-one-length = { $length }

# Home
home-next = A continuación: { $at }
home-shortcuts = Poner ahora mismo
home-more = Más

# Small talk
talk-hello = ¡Hola! ¿Qué quieres mostrar?
talk-thanks = ¡De nada!
talk-bye = ¡Hasta pronto! Lo que has planeado sigue adelante.
talk-who = Soy un bot: pongo tu estado de Teams como lo digas, y me acuerdo de su final
talk-how = Por aquí todo bien, gracias. Tu estado está en buenas manos.
not-mine-OutOfOffice = No pongo respuestas automáticas
not-mine-OutOfOffice-why = Son de tu buzón, al que no llego: ponlas en Outlook. Puedo mostrarte como ausente.
not-mine-RemindOther = Solo te aviso a ti
not-mine-RemindOther-why = Nadie más recibe mensajes míos en tu nombre. Puedo recordarte que se lo digas.
not-mine-Broadcast = Solo te escribo a ti
not-mine-Broadcast-why = Nadie más recibe mensajes míos en tu nombre. Un mensaje de estado lo ve quien te busca.
instead-OutOfOffice = Mostrarme como ausente
instead-RemindOther = Avisarme a mí
instead-Broadcast = Ponerlo como mensaje de estado
