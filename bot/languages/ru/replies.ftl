## Words
## What every reply may need: how Teams names things, and how lengths are put together.

availability-Available = Доступен
availability-Busy = Занят
availability-DoNotDisturb = Не беспокоить
availability-BeRightBack = Скоро вернусь
availability-Away = Нет на месте
availability-Offline = Не в сети

# A length of two units, as in "1 hour 30 minutes". $first and $second come with their units.
length-of-two = { $first } { $second }

# Added to a message whose first sending may have arrived already.
may-repeat = Возможно, это сообщение приходит второй раз: первая отправка не подтвердилась.

# The answers to a button that cannot be used.
working-on-it = Работаю над этим…
too-many = Это больше, чем я успеваю за раз: повтори после { $at }
press-failed = Не получилось. Попробуй ещё раз.

## Readings
## Why an utterance was not carried out, and what was assumed where it was.

problem-empty = Слов в этом сообщении нет
problem-not-understood = Не получилось это понять
problem-too-long = Слишком длинно. Знаков: { $count }, а читается не больше { $limit }
problem-no-length = Статусу нужно какое-то время: 0 минут — это ничего
problem-no-time = Для этого нужно указать время
problem-past = Это время уже прошло
problem-impossible-time = Времени «{ $said }» не бывает
problem-too-far = Это слишком далеко: самое большее — 366 дней
problem-too-short = Это слишком скоро: статус длится хотя бы минуту
problem-message-too-long = Сообщение слишком длинное. Знаков: { $count }, а можно не больше { $limit }. Вот оно ещё раз: { $text }
problem-nothing-running = Сейчас нет ничего, что можно изменить
problem-negated = Всё остаётся как есть
problem-other-person = Изменить можно только твой собственный статус
assumed-clock = «{ $said }» понято как { $end }.
assumed-date = «{ $said }» понято как { $day }
assumed-person = «{ $said }» понято как { $who }.

## Replies

# What was done
set-until = { $availability } до { $end }
set-open = { $availability }
message-set = Сообщение о статусе установлено
cleared-status = Снова автоматически
cleared-message = Сообщение о статусе убрано
cleared-all = Статус и сообщение убраны
undone = Отменено
undone-half = Отменено частично

# Facts
fact-until = До
fact-message = Сообщение
fact-message-until = Сообщение до
fact-pinned = Закреплено
fact-seen = Коллеги видят
fact-set = Установлено тобой
fact-reminder = Напоминание
end-in-zone = { $end } ({ $zone })
pinned-yes = видно тем, кто тебе пишет
set-by-you = { $availability } до { $end }
quote = { $text }

# How colleagues see somebody
seen-Available = Доступен
seen-AvailableInactive = Доступен, неактивен
seen-Away = Нет на месте
seen-BeRightBack = Скоро вернусь
seen-Busy = Занят
seen-DoNotDisturb = Не беспокоить
seen-Focusing = Фокусировка
seen-InACall = В вызове
seen-InAConferenceCall = На телефонной конференции
seen-InAMeeting = На собрании
seen-Inactive = Неактивен
seen-Offline = Не в сети
seen-OffWork = Не в сети по собственному выбору
seen-OutOfOffice = Нет на работе
seen-Presenting = Демонстрация
seen-PresenceUnknown = Неизвестно
seen-UrgentInterruptionsOnly = Только срочное
seen-other = { $state }

# Notes
note-graph-ends-it = Конец не указан, поэтому Teams завершит это сам: { $end }.
note-message-stays = Сообщение останется, пока ты его не уберёшь.
note-no-client = Ни одно твоё устройство не подключено к Teams, поэтому пока все видят «Не в сети».
note-usual-length = Время окончания не указано, поэтому взята твоя обычная длительность.
note-not-shown-yet = Microsoft принял изменение, но Teams его ещё не показывает.
note-not-seen = Microsoft принял изменение, но проверить его не удалось.
note-reminder = Напомню заранее: { $at }.

# Buttons
offer-retry = Повторить
offer-undo = Отменить
offer-clear = Убрать
offer-clear-message = Убрать сообщение
offer-extend = + { $by }
offer-until = До { $end }
offer-end-of-day = До конца дня
offer-no-reminders = Не напоминать
offer-reminders-on = Снова напоминать
offer-cancel = Отменить
offer-cancel-planned = Отменить запланированное
offer-set = { $availability }
offer-rather = Лучше: { $what }
offer-refresh = Обновить
offer-settings = Настройки
offer-save = Сохранить
offer-do-it-now = Сделать сейчас

# What went wrong
failed-title = Ничего не изменено
unclear-title = Неизвестно, выполнено ли это
half-presence-failed = Сообщение установлено, а статус — нет.
half-presence-unclear = Сообщение установлено, а установлен ли статус — неизвестно.
half-message-failed = Статус установлен, а сообщение — нет.
half-message-unclear = Статус установлен, а установлено ли сообщение — неизвестно.
trouble-throttled = Microsoft просит подождать до следующего изменения: { $wait }.
trouble-sign-in = Вход не выполнен, поэтому действовать за тебя нельзя.
trouble-consent = Не хватает разрешения: сначала нужно согласие — твоё или администратора.
trouble-others = Microsoft позволяет менять только твой собственный статус.
trouble-rejected = Microsoft отклонил запрос. Это ошибка бота, и повтор может не помочь.
trouble-unknown = Microsoft не сообщил, выполнено ли это. Проверь свой статус, прежде чем повторять.
trouble-unavailable = Microsoft не ответил.
extend-changed-by-hand = Сейчас показано другое, поэтому ничего не изменено
gave-up = Выполнить это не удалось
gave-up-what-now = Произошла ошибка на стороне бота. Скажи это ещё раз.
too-old = Сказано слишком давно, чтобы выполнять: { $at }
card-not-readable = Эта карточка изменена не ботом, поэтому ничего не сделано
card-of-somebody-else = Это чужая карточка, поэтому ничего не сделано
card-used = Эта кнопка уже сработала, поэтому повторно ничего не сделано
card-changed-since = То, что было на этой карточке, больше не действует. Вот как обстоят дела сейчас.
card-outdated = Эта карточка устарела, поэтому по ней ничего не сделано. Вот как обстоят дела сейчас.
card-too-old = Этой карточке больше суток, поэтому ничего не сделано
not-yet = Понятно, но бот этого пока не умеет
not-yet-recurring-reminder = Повторять напоминания бот пока не умеет
not-yet-others = Смотреть статус других бот пока не умеет
understood-EraseHistory = Ты хочешь удалить свою историю.
understood-ExportData = Ты хочешь получить свои данные.
understood-ForgetMe = Ты хочешь удалить свои данные.
understood-KeepAvailable = Ты хочешь какое-то время оставаться на связи.
understood-Privacy = Ты хочешь узнать, что бот о тебе хранит.
understood-SetWorkLocation = Ты хочешь указать, где работаешь.
understood-ShowHistory = Ты хочешь увидеть, что было установлено раньше.
understood-ShowSession = Ты хочешь показать, что идёт вызов или демонстрация.
understood-SignOut = Ты хочешь выйти.
understood-Why = Ты хочешь узнать, почему показан такой статус.

# Undo
undo-nothing = Отменять нечего
undo-already = Это уже отменено или было слишком давно
undo-overlaid = С тех пор это изменено, поэтому всё остаётся как показано сейчас
undo-overlaid-note = Это убрано из истории: отмена более позднего изменения его не вернёт.
undo-left-alone = Ничего не отменено
undo-presence-over = Этот статус уже закончился.
undo-presence-changed = Статус с тех пор изменён вручную, поэтому он остался как есть.
undo-message-over = Этого сообщения уже нет.
undo-message-changed = Сообщение с тех пор изменено вручную, поэтому оно осталось как есть.

# Reminders
reminder-set = Напомню: { $at }
reminder-due = Напоминание: { $text }
reminder-due-bare = Это твоё напоминание
end-reminder-set = Напомню перед окончанием статуса: { $at }
end-reminders-off = Напоминаний перед окончанием статуса больше не будет
end-reminders-on = Перед окончанием статуса будет напоминание
ends-soon = «{ $availability }» скоро закончится. Осталось: { $left }

# Conversation
which-one = Что имелось в виду?
choice-set-until = { $availability } до { $end }
choice-message-until = «{ $text }» до { $end }
compose-not-here = Отсюда это сделать нельзя: скажи мне в нашем чате
choice-remind = Напоминание: { $at }
choice-longer = Дольше: + { $by }
help-title = Скажи, что показывать и до какого времени
help-how = В любом порядке: статус, конец, сообщение. Например:
welcome-title = Привет! Я ставлю статус в Teams с твоих слов
welcome-what = Скажи, что показывать и до какого времени; я прослежу за этим, даже когда ноутбук закрыт. Попробуй:

## Graph
## Presence sessions, other people, where somebody works, and why somebody looks as they do.

# Presence sessions
session-Available = Поддерживается «Доступен» до { $end }
session-InACall = В вызове до { $end }
session-InAConferenceCall = На телефонной конференции до { $end }
session-Away = Нет на месте до { $end }
session-Presenting = Демонстрация до { $end }
session-bounded = Это поддерживается не бесконечно. Самое большее: { $most }. Конец: { $end }.
session-usual-end = Конец не указан, поэтому это закончится само: { $end }.
session-outranked = Но показано «{ $state }», потому что оно важнее.
session-none = Сейчас ничего не поддерживается
session-stopped = Больше не поддерживается
session-ended-too = Твой сеанс тоже больше не поддерживается.
session-lost = Поддерживать показ дольше не удалось
session-lost-what-now = Это было нужно до { $end }: попробуй ещё раз, и показ продолжится.
undo-session-over = Это уже закончилось.
undo-session-changed = Это с тех пор изменено, поэтому всё осталось как есть.
list-session = Идёт сейчас
offer-stop = Остановить
offer-hold = Держать сеанс открытым
trouble-not-offered = Microsoft здесь этого не предлагает или не даёт на это разрешения.

# Other people
people-off = Просмотр статуса коллег здесь выключен
people-nobody = Не нашлось никого по имени «{ $name }»
people-nobody-here = Здесь больше никого нет
people-which = Кто именно из тех, кого зовут { $name }?
people-choice = { $name } ({ $mail })
people-more = Таких имён больше: назови адрес почты.
people-one = { $name }: { $state }
people-not-shown = Microsoft не показывает статус: { $name }
people-several = Коллеги сейчас
people-free = Доступны: { $free } из { $all }
people-others = { $count ->
    [one] Не показан ещё { $count } человек.
    [few] Не показано ещё { $count } человека.
    [many] Не показано ещё { $count } человек.
   *[other] Не показано ещё { $count } человека.
}
people-out = Нет на месте: { $out } из { $all }
people-no-team = Команды здесь не видно
people-no-team-how = Спроси в групповом чате или канале: там видны участники.
people-you = Ты
people-with-text = { $state } · { $text }
people-away-with-text = { $state } · нет на работе: { $text }
people-out-of-office = Нет на работе.
watch-until = Сообщу, когда у { $name } будет статус «{ $availability }»
watch-changes = Сообщу, когда изменится статус: { $name }
watch-many = { $count ->
    [one] Под наблюдением { $count } человек
    [few] Под наблюдением { $count } человека
    [many] Под наблюдением { $count } человек
   *[other] Под наблюдением { $count } человека
}
watch-once = Сообщу один раз.
watch-each-time = Сообщу каждый раз.
watch-already = { $name }, уже сейчас: { $state }
watch-ended = Наблюдение закончено: { $name }
watch-lost = Продолжать наблюдение не удалось
watch-again = Снова наблюдать: { $name }
watch-stop = Больше не наблюдать: { $name }
watch-stopped = Наблюдение прекращено: { $name }
watch-stopped-many = { $count ->
    [one] Наблюдение прекращено: { $count } человек
    [few] Наблюдение прекращено: { $count } человека
    [many] Наблюдение прекращено: { $count } человек
   *[other] Наблюдение прекращено: { $count } человека
}
watch-nobody = Наблюдения ни за кем нет
watch-not-them = За «{ $name }» наблюдения нет
watch-name-somebody = Скажи, за кем наблюдать: имя, адрес почты или упоминание
watch-too-many = { $limit ->
    [one] Наблюдать можно самое большее за { $limit } человеком
    [few] Наблюдать можно самое большее за { $limit } людьми
    [many] Наблюдать можно самое большее за { $limit } людьми
   *[other] Наблюдать можно самое большее за { $limit } людьми
}
watch-item = Наблюдение: { $name }
watch-item-until = Пока не станет «{ $availability }»
watch-item-changes = Любое изменение
watch-cancelled = Наблюдение: { $name }
fact-out-of-office = Нет на работе
fact-location = Работает
place-office = в офисе
place-remote = удалённо
place-timeOff = сегодня нет

# Where somebody works
location-office = В офисе
location-remote = Удалённо
location-timeOff = Выходной
location-planned-office = В офисе: { $at }
location-planned-remote = Удалённо: { $at }
location-planned-timeOff = Выходной: { $at }
location-set-then = Microsoft принимает место работы только на сегодня, поэтому оно будет указано позже: { $at }.
location-today-only = Это действует сегодня.
location-unknown = «{ $place }» показать нельзя: Microsoft знает офис, удалённую работу и выходной
location-cleared = Место работы убрано
location-cancelled = Запланированное место работы отменено
location-missed = Указать место работы не удалось: этот день уже прошёл ({ $at })
location-not-set = Указать место работы не удалось
offer-clear-location = Убрать место
list-location = { $at }
cancel-location = Отменить: { $at }

# Why
why-title = { $state }: вот почему
why-no-client = Ни одно твоё устройство не подключено к Teams, поэтому все видят «Не в сети».
why-set = Через бота установлено «{ $availability }» ({ $at }), до { $end }.
why-set-open = Через бота установлено «{ $availability }» ({ $at }) без конца: Teams завершит это { $end }.
why-session = Бот поддерживает это для тебя с { $at } до { $end }.
why-appears-offline = «Не в сети» выбрано в Teams или в другом приложении. До какого времени, Microsoft не сообщает.
why-meeting = В календаре сейчас собрание. Когда оно закончится, Microsoft не сообщает.
why-call = Одно из твоих устройств в вызове Teams, или так сообщает другое приложение.
why-presenting = В Teams идёт твоя демонстрация, или так сообщает другое приложение.
why-focusing = В календаре сейчас время для сосредоточенной работы.
why-out-of-office = Почтовый ящик сообщает, что тебя нет на работе.
why-away = Устройства с Teams давно не используются, или в Teams выбрано «Нет на месте».
why-chosen = Это выбрано в Teams или в другом приложении, не через бота. До какого времени, Microsoft не сообщает.
why-available = Teams сейчас используется, и ничего другого не установлено.
why-unknown = Откуда это, Microsoft не сообщает.
why-hidden = Через бота установлено «{ $availability }» до { $end }. Этого не видно: статус с тех пор изменён в другом месте, или Teams его ещё не показывает.
why-hidden-without-client = Установлено «{ $availability }» до { $end }. Это будет видно, как только твоё устройство подключится к Teams или бот откроет сеанс.
why-session-hidden = Бот также поддерживает сеанс до { $end }, но то, что показано, важнее.
why-also-out-of-office = Почтовый ящик также сообщает, что тебя нет на работе.

## Plans
## What is planned once or comes again: made, started, given back, listed, changed.

# Planning
planned-from = { $availability } с { $start }
planned-until = { $availability } с { $start } до { $end }
recurs-from = { $availability }, первый раз { $start }
recurs-never = В ближайший год этого не будет
too-many-plans = Планов и напоминаний уже слишком много ({ $limit }). Сначала отмени что-нибудь.
fact-starts = Начало
fact-next = Следующий раз
fact-repeats = Повтор
fact-plan = План
start-end-in-zone = с { $start } до { $end } ({ $zone })
note-gives-back = В конце вернётся то, что было раньше.
note-plans-stay = Запланированное остаётся.
note-until-working-day = Конец не указан, поэтому каждый раз это длится до начала следующего рабочего дня: в первый раз до { $end }.
note-last-day = Последний раз: { $at }.
note-other-zone = Время считается по часовому поясу { $zone }.
overlaps-named = Это пересекается с «{ $text }», { $at }.
overlaps-plan = Это пересекается с «{ $plan }», { $at }.
offer-list = Показать планы
offer-skip = Пропустить раз

# How often
repeats-daily = { $count ->
    [1] Каждый день
    [one] Каждый { $count }-й день
    [few] Каждые { $count } дня
    [many] Каждые { $count } дней
   *[other] Каждые { $count } дня
}
repeats-weekly = { $count ->
    [1] Каждую неделю
    [one] Каждую { $count }-ю неделю
    [few] Каждые { $count } недели
    [many] Каждые { $count } недель
   *[other] Каждые { $count } недели
}
repeats-some-days = { $count ->
    [1] Каждую неделю, дней: { $days }
    [one] Каждую { $count }-ю неделю, дней: { $days }
    [few] Каждые { $count } недели, дней: { $days }
    [many] Каждые { $count } недель, дней: { $days }
   *[other] Каждые { $count } недели, дней: { $days }
}
repeats-workdays = С понедельника по пятницу
repeats-monthly = { $count ->
    [1] Каждый месяц
    [one] Каждый { $count }-й месяц
    [few] Каждые { $count } месяца
    [many] Каждые { $count } месяцев
   *[other] Каждые { $count } месяца
}

# Starting
plan-started = По плану: { $availability }
plan-started-until = По плану: { $availability } до { $end }
plan-started-half = Запланированный статус начался частично
plan-waits = Было запланировано: { $availability }, { $at }
plan-waits-until = Было запланировано: { $availability }, { $at }, до { $end }
plan-failed = Запланированный статус «{ $availability }» установить не удалось
plan-given-up = После нескольких попыток это не удалось: { $plan }
waits-said-later = С тех пор решено иначе, поэтому всё осталось как есть.
offer-start-now = Начать сейчас
note-late = Это с опозданием: было запланировано на { $at }.
note-missed = { $count ->
    [one] Пока бот не работал, пропущен { $count } раз.
    [few] Пока бот не работал, пропущено { $count } раза.
    [many] Пока бот не работал, пропущено { $count } раз.
   *[other] Пока бот не работал, пропущено { $count } раза.
}

# Giving back
given-back = Снова { $availability } до { $end }
given-back-message = Твоё прежнее сообщение вернулось
give-back-left-alone = Статус с тех пор изменён вручную, поэтому ничего не возвращено
given-back-half = Вернулась только часть того, что было раньше
give-back-failed = Вернуть то, что было раньше, не удалось

# What was missed
overdue = { $count ->
    [one] Пока бот не работал, подошло время: { $count } дело
    [few] Пока бот не работал, подошло время: { $count } дела
    [many] Пока бот не работал, подошло время: { $count } дел
   *[other] Пока бот не работал, подошло время: { $count } дела
}
overdue-signed-out = { $count ->
    [one] Пока вход не был выполнен, подошло время: { $count } дело
    [few] Пока вход не был выполнен, подошло время: { $count } дела
    [many] Пока вход не был выполнен, подошло время: { $count } дел
   *[other] Пока вход не был выполнен, подошло время: { $count } дела
}
overdue-at = { $at }
overdue-still = Это ещё шло бы сейчас.
overdue-skipped = { $count ->
    [one] Уже прошло и пропущено: { $count } раз.
    [few] Уже прошло и пропущено: { $count } раза.
    [many] Уже прошло и пропущено: { $count } раз.
   *[other] Уже прошло и пропущено: { $count } раза.
}
and-more = И ещё { $count }.

# Listing
list-empty = Ничего не запланировано
list-title = { $count ->
    [one] { $count } план
    [few] { $count } плана
    [many] { $count } планов
   *[other] { $count } плана
}
list-item = { $number } · { $at }
list-until = До { $end }
list-paused = Приостановлено до { $until }
list-how-to-cancel = Скажи «отмени { $number }» или нажми кнопку.
list-how-to-change = Скажи «перенеси { $text } на 12:30», чтобы изменить.
offer-more = Ещё
offer-back = Назад
changed = Изменено
change-nothing = Ничего такого, что можно изменить, не нашлось
change-cannot = Так это изменить нельзя: отмени и создай заново.
offer-change = Изменить
change-title = Что изменить?
change-start = Начало
change-end = Конец
change-until = Последний день (пусто — без него)
change-wrong = Такого времени или дня нет, поэтому ничего не изменено
offer-pause-week = Пауза на неделю
fact-paused = На паузе
plan-named = { $availability }: { $text }
plan-status = { $availability }
plan-reminder = Напоминание: { $text }
plan-reminder-bare = Напоминание
plan-at = { $plan }, { $at }
offer-this-one = Вот это

# Changing
cancelled = { $count ->
    [one] Отменён { $count } план
    [few] Отменено { $count } плана
    [many] Отменено { $count } планов
   *[other] Отменено { $count } плана
}
cancelled-but-session = Твой сеанс продолжается: завершить его не удалось.
offer-restore = Вернуть
planned-again = Возвращено
planned-again-half = Возвращено частично: остальное уже прошло
plan-again-nothing = Это уже возвращено или уже прошло
cancel-nothing = Не нашлось ничего такого, что можно отменить
cancel-which = Что именно?
skipped = Пропущено: { $at }
skip-nothing = Не нашлось ничего такого, что можно пропустить
skip-no-such-day = В этот день этого нет
paused = Приостановлено до { $until }
resumed = Повторы продолжаются
pause-nothing = Не нашлось ничего такого, что можно приостановить
resume-nothing = Не нашлось ничего такого, что можно возобновить
offer-resume = Продолжить
note-was-the-last = Это был последний раз, больше не повторится.

# Reminders that come again
offer-snooze = Позже: { $by }
offer-snooze-tomorrow = Завтра утром
offer-done = Готово
reminder-done = Готово: { $text }
reminder-done-bare = Готово
snooze-nothing = Нет напоминания, которое можно повторить

# Time zone
zone-set = Твой часовой пояс: { $zone }
zone-still-elsewhere = { $count ->
    [one] { $count } повторяющийся план остаётся в другом поясе.
    [few] { $count } повторяющихся плана остаются в другом поясе.
    [many] { $count } повторяющихся планов остаются в другом поясе.
   *[other] { $count } повторяющегося плана остаются в другом поясе.
}
zone-question = { $count ->
    [one] Похоже, теперь твой пояс — { $zone }. Перенести туда { $count } повторяющийся план?
    [few] Похоже, теперь твой пояс — { $zone }. Перенести туда { $count } повторяющихся плана?
    [many] Похоже, теперь твой пояс — { $zone }. Перенести туда { $count } повторяющихся планов?
   *[other] Похоже, теперь твой пояс — { $zone }. Перенести туда { $count } повторяющегося плана?
}
zone-question-note = До ответа всё останется как было. Это вопрос только на один раз.
zone-moved = { $count ->
    [one] Перенесён { $count } повторяющийся план: { $zone }
    [few] Перенесено { $count } повторяющихся плана: { $zone }
    [many] Перенесено { $count } повторяющихся планов: { $zone }
   *[other] Перенесено { $count } повторяющегося плана: { $zone }
}
zone-kept = Повторяющиеся планы остаются как были
offer-move-zone = Перенести: { $zone }
offer-keep-zone = Оставить как есть

## Own data
## What is kept of a person: shown, handed over, deleted, and the pages that say so.

# Your own data
only-in-private = Это только между нами
only-in-private-how = Спроси ещё раз в личном чате.
signed-out = Выход выполнен
signed-out-what-waits = { $count ->
    [one] { $count } план ждёт следующего входа.
    [few] { $count } плана ждут следующего входа.
    [many] { $count } планов ждут следующего входа.
   *[other] { $count } плана ждут следующего входа.
}
signed-out-session = Поддерживать доступность больше нельзя, так что скоро она пропадёт.
signed-out-next = Установленное в Teams остаётся. Следующая просьба к боту может снова выполнить вход.
sign-out-by-organisation = Выходить неоткуда
sign-out-by-organisation-how = Твоя организация разрешила боту действовать за тебя; твоего ключа у него нет. По словам «удали мои данные» бот тебя забудет.
history-title = { $count ->
    [one] { $count } изменение
    [few] { $count } изменения
    [many] { $count } изменений
   *[other] { $count } изменения
}
history-at = { $at }
history-empty = За это время через бота ничего не установлено
history-kept = Это хранится 30 дней и видно только тебе.
history-session-ended = Больше не поддерживается
history-undone = Позже отменено
history-erased = История удалена. То, что ещё идёт, останется до конца.
offer-history = История
offer-erase-history = Удалить историю
offer-export = Выгрузить мои данные
offer-forget-me = Удалить мои данные
export-title = Вот всё, что бот о тебе хранит
export-what = Это файл с данными: настройки, планы, история и сообщения в пути. Ключа к твоей учётной записи в нём нет.
export-how = Кнопка действует один раз, десять минут. По этому адресу файл получит любой, поэтому никому его не давай.
export-link = Получить файл
export-page-title = Твои данные
export-gone-title = Эта ссылка больше не действует
export-gone-how = Она действует один раз, десять минут. Скажи «экспортируй мои данные», чтобы получить новую.
forget-me-sure = Удалить всё, что бот о тебе хранит?
forget-me-what = Это планы, напоминания, история, настройки и вход. Вернуть их не сможет никто.
forget-me-stays = То, что Teams показывает сейчас, останется до конца, а этот чат останется в Teams.
offer-forget-me-now = Удалить всё
forgotten = Всё о тебе забыто
forgotten-what = Больше ничего не запланировано, и действовать за тебя бот не может. Если снова напишешь, начнём заново.

# Privacy: the answer in the chat and the page
privacy-title = Что бот о тебе хранит
privacy-page-title = Конфиденциальность
privacy-what = Настройки и заготовки, планы и напоминания, где тебя найти, а также 30 дней то, что установлено через бота.
privacy-tokens = После входа — ключ от Microsoft, с которым бот действует за тебя. Он зашифрован и удаляется, когда ты выходишь или убираешь приложение.
privacy-organisation = Там, где организация разрешила боту действовать за всех, твоего ключа у него нет.
privacy-words = То, что ты пишешь, удаляется сразу после выполнения; самое позднее через сутки, если бот ждёт тебя.
privacy-others = Истории коллег бот не хранит. На вопрос о них он смотрит, отвечает и забывает.
privacy-who = Спросить об этом можешь только ты. У тех, кто обслуживает бота в твоей организации, есть доступ к его базе данных.
privacy-logs = В журналах нет ни твоих слов, ни ключей.
privacy-microsoft = Бот общается с Microsoft Teams и Microsoft Graph и больше никому ничего не отправляет.
privacy-how = «экспортируй мои данные» — получить всё это, «удали мои данные» — удалить, «выйди из учётной записи» — удалить ключ. После удаления сутки хранится контрольная сумма каждого сообщения, по которой не видно, чьё оно: чтобы ничего не выполнить дважды.
privacy-contact = Вопросы — к тем, кто обслуживает бота в твоей организации.
terms-title = Условия использования
terms-what = Этот бот ставит твой статус и сообщение в Microsoft Teams и напоминает тебе, когда ты просишь.
terms-yours = Он действует только за тебя, с твоими собственными разрешениями. За то, что другие через него видят, отвечаешь ты.
terms-teams = Использование Microsoft Teams по-прежнему регулирует договор твоей организации с Microsoft. Этот бот — не продукт Microsoft.
terms-no-warranty = Это свободная программа, она предоставляется как есть и без гарантий. Не полагайся на неё там, где пропущенное напоминание причинит вред.
terms-end = Прекратить можно в любое время: скажи «удали мои данные» и убери приложение.

## Signing in
## Why it is needed, how it went, and what waited for it.

sign-in-why = Выполни вход, чтобы бот мог ставить статус за тебя. Сразу после этого он сделает то, о чём ты просишь.
sign-in-why-colleagues = Чтобы смотреть статус коллег, нужно твоё разрешение. Ответ придёт сразу после этого.
sign-in-why-timer = Подошло время запланированного, но действовать за тебя больше нельзя. Выполни вход, и бот этим займётся.
sign-in-by-link = Teams не смог выполнить вход сам. Нажми кнопку.
sign-in-page-not = Вход не выполнен
sign-in-page-old = Эта ссылка слишком старая или уже использована. Попроси бота ещё раз.
sign-in-page-strange = Это не ответ Microsoft.
sign-in-page-not-you = В чате другой человек, или эта страница слишком старая. Попроси бота ещё раз и войди с той учётной записью, которой пользуешься в Teams.
sign-in-page-refused = Microsoft не выполнил вход. Попроси бота ещё раз.
sign-in-page-later = Microsoft не отвечает. Попробуй позже.
sign-in-page-code = Если Teams не продолжит сам, отправь боту этот код:
sign-in-button = Войти
sign-in-first = Сначала выполни вход: карточка уже отправлена. Сразу после этого всё будет сделано.
answered-privately = Ответ — в нашем личном чате
not-installed = Не могу написать тебе лично, поэтому ничего не сделано
not-installed-how = Добавь меня себе в Teams в разделе «Приложения» и повтори.
sign-in-wrote-privately = Сначала нужен вход. Подробности — в личном сообщении
sign-in-did-not-help = Вход выполнен, но Microsoft пока не разрешает действовать за тебя
waited-too-long = Одна просьба ждала входа больше суток, поэтому она не выполнена. Повтори её, пожалуйста.
sign-in-wrong-code = Код неверный или слишком старый. Выполни вход ещё раз.
signed-in = Вход выполнен
missed-while-signed-out = Запланированное пропущено ({ $at }): вход не был выполнен
missed-end-reminder = Твой статус тем временем закончился, а напоминания об этом не было.

## Shortcuts
## Presets, sequences, what is set again, settings, and small talk.

# Presets
preset-saved = Сохранено: «{ $name }»
preset-replaced = Сохранено заново: «{ $name }»
preset-deleted = Удалено: «{ $name }»
preset-unknown = Заготовки «{ $name }» у тебя нет
preset-nothing-to-save = Сейчас нет статуса, который можно сохранить
preset-how = Поставь статус и скажи «сохрани это как …».
preset-say-name = Скажи «{ $name }», чтобы поставить.
preset-name-too-long = Имя слишком длинное, самое большее знаков: { $limit }
preset-too-many = Заготовок уже слишком много ({ $limit }). Сначала удали одну.
preset-with-both = { $availability }, { $length }: { $text }
preset-with-length = { $availability }, { $length }
preset-with-text = { $availability }: { $text }
preset-alone = { $availability }
presets-title = { $count ->
    [0] Заготовок пока нет
    [one] { $count } заготовка
    [few] { $count } заготовки
    [many] { $count } заготовок
   *[other] { $count } заготовки
}
offer-preset = { $name }
offer-presets = Мои заготовки
offer-delete = Удалить
suggest-focus = Сосредоточиться, 2 часа
suggest-meeting = Встреча, 1 час
suggest-lunch = Обед, 1 час
suggest-break = Короткий перерыв

# The same again
repeat-nothing = Неизвестно, какой это был статус
repeat-of = То же, что и { $at }.

# Sequences
plan-sequence = { $count ->
    [one] { $availability } и так далее, { $count } шаг
    [few] { $availability } и так далее, { $count } шага
    [many] { $availability } и так далее, { $count } шагов
   *[other] { $availability } и так далее, { $count } шага
}
fact-steps = Шаги
sequence-part = { $availability } { $length }
sequence-then = { $first }, затем { $next }
sequence-rounds = { $count ->
    [1] { $steps }
    [one] { $steps }; { $count } раз
    [few] { $steps }; { $count } раза
    [many] { $steps }; { $count } раз
   *[other] { $steps }; { $count } раза
}
sequence-step = Шаг { $number } из { $count }.
sequence-ends = Всё закончится: { $end }.
sequence-stopped = С тех пор решено иначе, поэтому последовательность остановлена
sequence-over = Последовательность закончилась ({ $end }), пока бот не работал
offer-stop-sequence = Остановить всё

# Settings
language-set = Теперь бот говорит с тобой по-русски
language-unknown = Этого языка бот не знает. Он знает английский, немецкий, французский, испанский, русский и китайский.
language-any-understood = Писать можно по-прежнему на любом из этих языков.
hours-set = Рабочие часы: с { $start } до { $end }, { $days ->
    [one] { $days } день в неделю
    [few] { $days } дня в неделю
    [many] { $days } дней в неделю
   *[other] { $days } дня в неделю
}
hours-mean = «До конца дня» и «до завтра» считаются по ним.
settings-title = Твои настройки
settings-saved = Настройки сохранены
settings-wrong = Так нельзя, поэтому ничего не сохранено
settings-hours-wrong = День должен заканчиваться позже, чем начинается, поэтому ничего не сохранено
settings-zone = Часовой пояс
settings-zone-in-words = Другой часовой пояс? Скажи «мой часовой пояс …».
settings-as-device = Как на моём устройстве ({ $zone })
settings-language = Язык моих ответов
settings-as-teams = Как в Teams
settings-day-start = Начало рабочего дня
settings-day-end = Конец рабочего дня
settings-reminders = Напоминать перед окончанием статуса
settings-length = Статус «{ $availability }», если время не указано, длится
settings-no-length = сколько позволит Teams
settings-one-length = { $length }

# Home
home-next = Далее: { $at }
home-shortcuts = Установить сразу
home-more = Ещё

# Small talk
talk-hello = Привет! Какой статус поставить?
talk-thanks = Пожалуйста!
talk-bye = До встречи! Всё запланированное продолжается.
talk-who = Я бот: ставлю статус в Teams с твоих слов и помню, когда он закончится
talk-how = Всё хорошо, спасибо. Твой статус в надёжных руках.
not-mine-OutOfOffice = Автоответы бот не включает
not-mine-OutOfOffice-why = Они в почтовом ящике, к которому нет доступа: включи их в почте. Бот может показать, что тебя нет на месте.
not-mine-RemindOther = Бот напоминает только тебе
not-mine-RemindOther-why = Больше никому бот от твоего имени не пишет. Он может напомнить тебе, чтобы ты об этом сказал.
not-mine-Broadcast = Бот пишет только тебе
not-mine-Broadcast-why = Больше никому бот от твоего имени не пишет. Сообщение о статусе видят все, кто тебя ищет.
instead-OutOfOffice = Показать, что меня нет
instead-RemindOther = Лучше напомнить мне
instead-Broadcast = Сделать сообщением о статусе
