## Words
## What every reply may need: how Teams names things, and how lengths are put together.

availability-Available = 有空
availability-Busy = 忙碌
availability-DoNotDisturb = 请勿打扰
availability-BeRightBack = 马上回来
availability-Away = 离开
availability-Offline = 离线

# A length of two units, as in "1 hour 30 minutes". $first and $second come with their units.
length-of-two = { $first }{ $second }

# Added to a message whose first sending may have arrived already.
may-repeat = 你可能会看到这条消息两次：第一次发送没有得到确认。

# The answers to a button that cannot be used.
working-on-it = 正在处理……
too-many = 一次太多了，我处理不过来：请在{ $at }之后再说一次
press-failed = 没有成功，请再试一次。

## Readings
## Why an utterance was not carried out, and what was assumed where it was.

problem-empty = 我没有看到任何文字
problem-not-understood = 我没有听懂
problem-too-long = 这段话有 { $count } 个字符，我最多读 { $limit } 个
problem-no-length = 状态需要一些时间：0 分钟不行
problem-no-time = 我需要知道时间
problem-past = 这个时间已经过去了
problem-impossible-time = 没有“{ $said }”这样的时间
problem-too-far = 太远了：最多 366 天
problem-too-short = 太快了：状态至少持续一分钟
problem-message-too-long = 这条消息有 { $count } 个字符，最多 { $limit } 个。原文如下：{ $text }
problem-nothing-running = 现在没有可以更改的状态
problem-negated = 一切保持不变
problem-other-person = 我只能更改你自己的状态
assumed-clock = 我把“{ $said }”理解为 { $end }。
assumed-date = 我把“{ $said }”理解为 { $day }。
assumed-person = 我把“{ $said }”理解为 { $who }。

## Replies

# What was done
set-until = { $availability }，到 { $end }
set-open = { $availability }
message-set = 状态消息已设置
cleared-status = 已恢复自动
cleared-message = 状态消息已清除
cleared-all = 状态和消息已清除
undone = 已撤销
undone-half = 已部分撤销

# Facts
fact-until = 结束时间
fact-message = 消息
fact-message-until = 消息结束时间
fact-pinned = 已固定
fact-seen = 同事看到
fact-set = 你的设置
fact-reminder = 提醒
end-in-zone = { $end }（{ $zone }）
pinned-yes = 别人给你发消息时会显示
set-by-you = { $availability }，到 { $end }
quote = { $text }

# How colleagues see somebody
seen-Available = 有空
seen-AvailableInactive = 有空，不活跃
seen-Away = 离开
seen-BeRightBack = 马上回来
seen-Busy = 忙碌
seen-DoNotDisturb = 请勿打扰
seen-Focusing = 专注
seen-InACall = 通话中
seen-InAConferenceCall = 电话会议中
seen-InAMeeting = 会议中
seen-Inactive = 不活跃
seen-Offline = 离线
seen-OffWork = 离线（你自己的选择）
seen-OutOfOffice = 外出
seen-Presenting = 正在演示
seen-PresenceUnknown = 未知
seen-UrgentInterruptionsOnly = 仅限紧急打扰
seen-other = { $state }

# Notes
note-graph-ends-it = 你没有说结束时间，Teams 会自动结束：{ $end }。
note-message-stays = 消息会一直保留，直到你清除它。
note-no-client = 你没有登录任何 Teams 客户端，登录之前别人看到的是“离线”。
note-usual-length = 你没有说结束时间，所以我用了你平常的时长。
note-not-shown-yet = 微软已接受更改，但 Teams 还没有显示。
note-not-seen = 微软已接受更改，但我无法核实。
note-reminder = 结束前我会提醒你：{ $at }。

# Buttons
offer-retry = 重试
offer-undo = 撤销
offer-clear = 清除
offer-clear-message = 清除消息
offer-extend = + { $by }
offer-until = 到 { $end }
offer-end-of-day = 到下班
offer-no-reminders = 不再提醒
offer-reminders-on = 重新提醒
offer-cancel = 取消
offer-cancel-planned = 取消所有计划
offer-set = { $availability }
offer-rather = 改为：{ $what }
offer-refresh = 刷新
offer-settings = 设置
offer-save = 保存
offer-do-it-now = 现在执行

# What went wrong
failed-title = 没有任何更改
unclear-title = 我无法确定是否已完成
half-presence-failed = 消息已设置，但状态没有。
half-presence-unclear = 消息已设置；状态是否已设置，我无法确定。
half-message-failed = 状态已设置，但消息没有。
half-message-unclear = 状态已设置；消息是否已设置，我无法确定。
trouble-throttled = 微软要求稍后再更改，请等待：{ $wait }。
trouble-sign-in = 你没有登录，所以我不能替你操作。
trouble-consent = 缺少权限：你或管理员需要先同意。
trouble-others = 微软只允许我更改你自己的状态。
trouble-rejected = 微软拒绝了请求。这是我的问题，重试可能没有用。
trouble-unknown = 微软没有说明是否完成。重试之前请先看看你的状态。
trouble-unavailable = 微软没有回应。
extend-changed-by-hand = 现在显示的是别的状态，所以我没有更改
gave-up = 我没能完成
gave-up-what-now = 我这边出了问题，请再说一次。
too-old = 你是在 { $at } 说的，时间太久，不再执行
card-not-readable = 这张卡片不是我原来的样子，所以没有执行
card-of-somebody-else = 这张卡片是别人的，所以没有执行
card-used = 这个按钮已经用过，所以没有再次执行
card-changed-since = 这张卡片上的内容已不再有效。现在的情况如下。
card-outdated = 那张卡片已经过时，所以没有执行。现在的情况如下。
card-too-old = 这张卡片已超过一天，所以没有执行
not-yet = 我听懂了，但还做不到
not-yet-recurring-reminder = 我还不能重复提醒
not-yet-others = 我还不能查看别人
understood-EraseHistory = 你想删除你的历史记录。
understood-ExportData = 你想要你的数据。
understood-ForgetMe = 你想删除你的数据。
understood-KeepAvailable = 你想在一段时间内保持有空。
understood-Privacy = 你想知道我保存了你的哪些信息。
understood-SetWorkLocation = 你想说明你在哪里工作。
understood-ShowHistory = 你想看看以前的设置。
understood-ShowSession = 你想显示为通话中或正在演示。
understood-SignOut = 你想退出登录。
understood-Why = 你想知道为什么显示成这样。

# Undo
undo-nothing = 没有可以撤销的内容
undo-already = 那已经撤销过了，或者时间太久
undo-overlaid = 你后来又更改过，所以现在的显示保持不变
undo-overlaid-note = 我已把它从历史记录中移除：撤销后来的更改不会让它回来。
undo-left-alone = 没有撤销任何内容
undo-presence-over = 那个状态已经结束。
undo-presence-changed = 你的状态后来被手动更改过，所以我没有动它。
undo-message-over = 那条消息已经没有了。
undo-message-changed = 你的消息后来被手动更改过，所以我没有动它。

# Reminders
reminder-set = 我会提醒你：{ $at }
reminder-due = 提醒：{ $text }
reminder-due-bare = 这是你的提醒
end-reminder-set = 状态结束前我会提醒你：{ $at }
end-reminders-off = 状态结束前不再提醒
end-reminders-on = 状态结束前我会提醒你
ends-soon = { $availability }即将结束，还剩 { $left }

# Conversation
which-one = 你指的是哪一个？
choice-set-until = { $availability }，到 { $end }
choice-message-until = “{ $text }”，直到 { $end }
compose-not-here = 这里不能这样设置：请在我们的聊天里告诉我
choice-remind = 提醒：{ $at }
choice-longer = 延长{ $by }
help-title = 告诉我显示什么，到什么时候
help-how = 顺序随意：状态、结束时间、消息。例如：
welcome-title = 你好！我按你说的话设置 Teams 状态
welcome-what = 告诉我显示什么、到什么时候；即使电脑合上，我也会照办。试试：

## Graph
## Presence sessions, other people, where somebody works, and why somebody looks as they do.

# Presence sessions
session-Available = 保持有空，到 { $end }
session-InACall = 通话中，到 { $end }
session-InAConferenceCall = 电话会议中，到 { $end }
session-Away = 离开，到 { $end }
session-Presenting = 正在演示，到 { $end }
session-bounded = 我最多保持 { $most }，所以结束时间是 { $end }。
session-usual-end = 你没有说结束时间，我会这样结束：{ $end }。
session-outranked = 但现在显示“{ $state }”，因为它优先。
session-none = 我没有在为你保持任何状态
session-stopped = 我不再保持了
session-ended-too = 我也不再保持你的会话。
session-lost = 我无法继续为你保持显示
session-lost-what-now = 你希望保持到 { $end }：再试一次，我会从那时起继续保持。
undo-session-over = 那已经结束了。
undo-session-changed = 那后来被更改过，所以我没有动它。
list-session = 正在进行
offer-stop = 停止
offer-hold = 保持会话
trouble-not-offered = 微软在这里不提供这个功能，或者我的权限不够。

# Other people
people-off = 这里关闭了查看同事的功能
people-nobody = 我没有找到“{ $name }”
people-nobody-here = 这里没有别人
people-which = 你指的是哪一位 { $name }？
people-choice = { $name }（{ $mail }）
people-more = 还有更多同名的人：请给我邮箱地址。
people-one = { $name }：{ $state }
people-not-shown = 微软没有向我显示 { $name } 的状态
people-several = 同事们现在的状态
people-free = { $all } 人中有 { $free } 人有空
people-others = 还有 { $count } 人没有显示。
people-out = { $all } 人中有 { $out } 人不在
people-no-team = 这里没有团队
people-no-team-how = 请在群聊或频道里问我：我会查看那里的成员。
people-you = 你
people-with-text = { $state } · { $text }
people-away-with-text = { $state } · 外出：{ $text }
people-out-of-office = 外出。
watch-until = { $name } 变为“{ $availability }”时我会告诉你
watch-changes = { $name } 的状态变化时我会告诉你
watch-many = 我正在关注 { $count } 位同事
watch-once = 我只告诉你一次。
watch-each-time = 每次我都会告诉你。
watch-already = { $name } 已经是：{ $state }
watch-ended = 我不再关注 { $name }
watch-lost = 我无法继续关注你的同事
watch-again = 再次关注 { $name }
watch-stop = 不再关注 { $name }
watch-stopped = 我不再关注 { $name }
watch-stopped-many = 我不再关注 { $count } 位同事
watch-nobody = 你没有关注任何人
watch-not-them = 你没有关注“{ $name }”
watch-name-somebody = 告诉我关注谁：姓名、邮箱地址或提及
watch-too-many = 我最多关注 { $limit } 位同事
watch-item = 关注：{ $name }
watch-item-until = 直到“{ $availability }”
watch-item-changes = 任何变化
watch-cancelled = 关注 { $name }
fact-out-of-office = 外出
fact-location = 工作地点
place-office = 办公室
place-remote = 远程
place-timeOff = 今天休息

# Where somebody works
location-office = 在办公室
location-remote = 远程工作
location-timeOff = 休息
location-planned-office = 在办公室：{ $at }
location-planned-remote = 远程工作：{ $at }
location-planned-timeOff = 休息：{ $at }
location-set-then = 微软只接受当天的工作地点，所以我会到时设置：{ $at }。
location-today-only = 只在今天有效。
location-unknown = 我无法显示“{ $place }”：微软只有办公室、远程和休息
location-cleared = 工作地点已清除
location-cancelled = 计划的工作地点已取消
location-missed = 我没能设置你的工作地点（{ $at }）：那一天已经过去
location-not-set = 我没能设置你的工作地点
offer-clear-location = 清除工作地点
list-location = { $at }
cancel-location = 取消 { $at }

# Why
why-title = { $state }：原因如下
why-no-client = 你没有登录任何 Teams 客户端，所以别人看到的是“离线”。
why-set = 你通过我设置了“{ $availability }”（{ $at }），到 { $end }。
why-set-open = 你通过我设置了“{ $availability }”（{ $at }），没有结束时间：Teams 会在 { $end } 结束。
why-session = 我在为你保持这个状态，从 { $at } 到 { $end }。
why-appears-offline = “显示为离线”是在 Teams 或其他应用里选择的。微软没有说到什么时候。
why-meeting = 你的日历现在有会议。微软没有告诉我什么时候结束。
why-call = 你的一个 Teams 客户端正在通话，或者其他应用是这样说的。
why-presenting = 你正在 Teams 里演示，或者其他应用是这样说的。
why-focusing = 你的日历现在是专注时间。
why-out-of-office = 你的邮箱显示你外出。
why-away = 你的 Teams 客户端闲置了一段时间，或者在 Teams 里选择了“离开”。
why-chosen = 这是在 Teams 或其他应用里选择的，不是通过我。微软没有说到什么时候。
why-available = 你正在使用 Teams，没有别的设置。
why-unknown = 微软没有说明原因。
why-hidden = 你通过我设置了“{ $availability }”，到 { $end }。现在没有显示：它后来在别处被更改过，或者 Teams 还没有显示。
why-hidden-without-client = 你设置了“{ $availability }”，到 { $end }。只要你登录一个 Teams 客户端，或者我保持一个会话，它就会显示。
why-session-hidden = 我还在保持一个会话，到 { $end }，但显示出来的状态优先。
why-also-out-of-office = 你的邮箱也显示你外出。

## Plans
## What is planned once or comes again: made, started, given back, listed, changed.

# Planning
planned-from = { $availability }，从 { $start } 开始
planned-until = { $availability }，从 { $start } 到 { $end }
recurs-from = { $availability }，第一次：{ $start }
recurs-never = 一年之内都不会出现
too-many-plans = 你已经有 { $limit } 个计划和提醒。请先取消一个。
fact-starts = 开始
fact-next = 下一次
fact-repeats = 重复
fact-plan = 计划
start-end-in-zone = { $start } 到 { $end }（{ $zone }）
note-gives-back = 结束后会恢复之前的状态。
note-plans-stay = 已安排的计划保持不变。
note-until-working-day = 你没有说结束时间，所以每次持续到下一个工作日开始：第一次到 { $end }。
note-last-day = 最后一次是 { $at }。
note-other-zone = 它按 { $zone } 的时间进行。
overlaps-named = 这与“{ $text }”重叠，{ $at }。
overlaps-plan = 这与“{ $plan }”重叠，{ $at }。
offer-list = 查看计划
offer-skip = 跳过一次

# How often
repeats-daily = { $count ->
    [1] 每天
   *[other] 每 { $count } 天
}
repeats-weekly = { $count ->
    [1] 每周
   *[other] 每 { $count } 周
}
repeats-some-days = { $count ->
    [1] 每周 { $days } 天
   *[other] 每 { $count } 周中的 { $days } 天
}
repeats-workdays = 周一到周五
repeats-monthly = { $count ->
    [1] 每月
   *[other] 每 { $count } 个月
}

# Starting
plan-started = 按计划：{ $availability }
plan-started-until = 按计划：{ $availability }，到 { $end }
plan-started-half = 你计划的状态只开始了一部分
plan-waits = 原计划：{ $availability }，{ $at }
plan-waits-until = 原计划：{ $availability }，{ $at } 到 { $end }
plan-failed = 没能按计划设置“{ $availability }”
plan-given-up = 我试了多次，还是没能完成：{ $plan }
waits-said-later = 你后来另有决定，所以我没有更改。
offer-start-now = 现在开始
note-late = 这晚了：原计划是 { $at }。
note-missed = 我没有运行时，错过了之前的 { $count } 次。

# Giving back
given-back = 恢复为{ $availability }，到 { $end }
given-back-message = 已恢复你之前的消息
give-back-left-alone = 你的状态后来被手动更改过，所以我没有恢复
given-back-half = 之前的状态只恢复了一部分
give-back-failed = 没能恢复之前的状态

# What was missed
overdue = 我没有运行时，有 { $count } 件事到时间了
overdue-signed-out = 你没有登录时，有 { $count } 件事到时间了
overdue-at = { $at }
overdue-still = 现在本来还在进行。
overdue-skipped = 有 { $count } 次已经过去，所以跳过了。
and-more = 还有 { $count } 项。

# Listing
list-empty = 没有任何计划
list-title = { $count } 个计划
list-item = { $number } · { $at }
list-until = 到 { $end }
list-paused = 已暂停，到 { $until }
list-how-to-cancel = 说“取消{ $number }”，或者按按钮。
list-how-to-change = 说“把{ $text }改到12:30”可以更改。
offer-more = 更多
offer-back = 上一页
changed = 已更改
change-nothing = 没有找到可以更改的这类安排
change-cannot = 这不能这样更改：请取消后重新设置。
offer-change = 更改
change-title = 要更改什么？
change-start = 开始时间
change-end = 结束时间
change-until = 最后一天（留空表示没有）
change-wrong = 这不是有效的时间或日期，所以什么都没有更改
offer-pause-week = 暂停一周
fact-paused = 已暂停
plan-named = { $availability }：{ $text }
plan-status = { $availability }
plan-reminder = 提醒：{ $text }
plan-reminder-bare = 提醒
plan-at = { $plan }，{ $at }
offer-this-one = 这一个

# Changing
cancelled = 已取消 { $count } 个计划
cancelled-but-session = 你的会话仍在继续：没能结束它。
offer-restore = 恢复
planned-again = 已恢复
planned-again-half = 已部分恢复：其余的已经过去
plan-again-nothing = 这已经恢复，或者已经过去
cancel-nothing = 没有找到可以取消的内容
cancel-which = 哪一个？
skipped = 已跳过：{ $at }
skip-nothing = 没有找到可以跳过的内容
skip-no-such-day = 那一天没有安排
paused = 已暂停，到 { $until }
resumed = 已恢复重复
pause-nothing = 没有找到可以暂停的内容
resume-nothing = 没有找到可以恢复的内容
offer-resume = 恢复
note-was-the-last = 那是最后一次，所以已经结束。

# Reminders that come again
offer-snooze = { $by }后
offer-snooze-tomorrow = 明天早上
offer-done = 完成
reminder-done = 已完成：{ $text }
reminder-done-bare = 已完成
snooze-nothing = 没有可以再次提醒的内容

# Time zone
zone-set = 你的时区是 { $zone }
zone-still-elsewhere = 有 { $count } 个重复计划仍在使用另一个时区。
zone-question = 你现在似乎在 { $zone }。你的 { $count } 个重复计划也改到那里吗？
zone-question-note = 在你回答之前，它们保持不变。我只问一次。
zone-moved = { $count } 个重复计划已改到 { $zone }
zone-kept = 你的重复计划保持不变
offer-move-zone = 改到 { $zone }
offer-keep-zone = 保持不变

## Own data
## What is kept of a person: shown, handed over, deleted, and the pages that say so.

# Your own data
only-in-private = 这只是你我之间的事
only-in-private-how = 请在我们的私聊里再问我一次。
signed-out = 你已退出登录
signed-out-what-waits = 有 { $count } 个计划会等到你再次登录。
signed-out-session = 我不能再让你保持有空，它很快会消失。
signed-out-next = 你在 Teams 里的设置会保留。你下一次的请求可能会让你重新登录。
sign-out-by-organisation = 没有需要退出的登录
sign-out-by-organisation-how = 你的组织允许我替你操作；我没有你的密钥。说“删除我的数据”，我就会忘记你。
history-title = 你做了 { $count } 次更改
history-at = { $at }
history-empty = 那段时间你没有通过我设置任何内容
history-kept = 我保存 30 天，并且只给你看。
history-session-ended = 不再保持
history-undone = 后来已撤销
history-erased = 你的历史记录已删除。还在进行的会保留到结束。
offer-history = 历史记录
offer-erase-history = 删除历史记录
offer-export = 导出我的数据
offer-forget-me = 删除我的数据
export-title = 这是我保存的关于你的全部信息
export-what = 这是一个数据文件：你的设置、计划、历史记录和发送中的消息。里面没有我访问你账户的密钥。
export-how = 按钮只能用一次，十分钟内有效。任何人有这个地址都能使用，请不要转发。
export-link = 获取文件
export-page-title = 你的数据
export-gone-title = 这个链接已失效
export-gone-how = 它只能用一次，十分钟内有效。说“导出我的数据”可以得到新的链接。
forget-me-sure = 删除我保存的关于你的全部信息吗？
forget-me-what = 包括你的计划、提醒、历史记录、设置和登录。没有人能恢复。
forget-me-stays = Teams 现在显示的内容会保留到结束，我们的聊天也会留在 Teams 里。
offer-forget-me-now = 全部删除
forgotten = 我已经忘记你了
forgotten-what = 不再有任何计划，我也不能再替你操作。如果你再给我发消息，我们重新开始。

# Privacy: the answer in the chat and the page
privacy-title = 我保存了你的哪些信息
privacy-page-title = 隐私
privacy-what = 你的设置和预设、计划和提醒、如何联系到你，以及 30 天内你通过我设置的内容。
privacy-tokens = 如果你登录过，还有一个微软给我的密钥，我用它替你操作。它是加密的，你退出登录或移除应用时会删除。
privacy-organisation = 如果你的组织允许我替所有人操作，我就没有你的密钥。
privacy-words = 你写给我的内容在完成后立即删除；如果我在等你，最迟一天内删除。
privacy-others = 我不保存同事的历史记录。你问到他们时，我查看、回答，然后忘记。
privacy-who = 只有你能向我要这些信息。在你的组织里运行这个机器人的人可以访问它的数据库。
privacy-logs = 我的日志里既没有你写的内容，也没有任何密钥。
privacy-microsoft = 我只与 Microsoft Teams 和 Microsoft Graph 通信，不会发送给任何其他人。
privacy-how = “导出我的数据”给你全部信息，“删除我的数据”会删除它们，“退出登录”会删除密钥。删除后，每条消息的校验和会保留一天，其中看不出是谁的消息，以免重复执行。
privacy-contact = 有问题请联系在你的组织里运行这个机器人的人。
terms-title = 使用条款
terms-what = 当你要求时，这个机器人会设置你在 Microsoft Teams 里的状态和状态消息，并提醒你。
terms-yours = 它只替你操作，使用你自己的权限。别人通过它看到什么，由你负责。
terms-teams = 你使用 Microsoft Teams 仍受你的组织与微软的协议约束。这个机器人不是微软的产品。
terms-no-warranty = 它是自由软件，按原样提供，不作任何保证。如果错过提醒会造成损害，请不要依赖它。
terms-end = 你可以随时停止：说“删除我的数据”，然后移除应用。

## Signing in
## Why it is needed, how it went, and what waited for it.

sign-in-why = 请登录，这样我才能替你设置状态。登录后我会马上完成你的请求。
sign-in-why-colleagues = 要查看同事，我需要你的许可。得到许可后我会马上回答。
sign-in-why-timer = 你的计划到时间了，但我不能再替你操作。请登录，我会接着完成。
sign-in-by-link = Teams 无法自动为你登录。请使用按钮。
sign-in-page-not = 没有登录
sign-in-page-old = 这个链接已过期或已用过。请再问一次机器人。
sign-in-page-strange = 这不是微软的回复。
sign-in-page-not-you = 你不是聊天里的那个人，或者这个页面已过期。请再问一次机器人，并用你在 Teams 里使用的账号登录。
sign-in-page-refused = 微软没有让你登录。请再问一次机器人。
sign-in-page-later = 微软没有响应。请稍后再试。
sign-in-page-code = 如果 Teams 没有自动继续，请把这个代码发给机器人：
sign-in-button = 登录
sign-in-first = 请先登录；我给你发了一张卡片。登录后我会马上完成。
answered-privately = 我已经在我们的私聊里回答你了
not-installed = 我没法单独给你发消息，所以什么都没做
not-installed-how = 请在 Teams 的“应用”里为自己添加我，然后再说一次。
sign-in-wrote-privately = 你需要先登录。我已经私下给你发了消息
sign-in-did-not-help = 你已登录，但微软还不允许我替你操作
waited-too-long = 你之前的一个请求等待登录超过了一天，所以我没有执行。请再说一次。
sign-in-wrong-code = 这个代码不对或已过期。请重新登录。
signed-in = 你已登录
missed-while-signed-out = 有一件事到时间了（{ $at }），但因为你没有登录而错过
missed-end-reminder = 你的一个状态已经结束，而我没有在结束前提醒你。

## Shortcuts
## Presets, sequences, what is set again, settings, and small talk.

# Presets
preset-saved = “{ $name }”已保存
preset-replaced = “{ $name }”已重新保存
preset-deleted = “{ $name }”已删除
preset-unknown = 你没有名为“{ $name }”的预设
preset-nothing-to-save = 现在没有可以保存的状态
preset-how = 先设置状态，再说“保存为…”。
preset-say-name = 说“{ $name }”就能设置。
preset-name-too-long = 名称最多 { $limit } 个字符
preset-too-many = 你已经有 { $limit } 个预设。请先删除一个。
preset-with-both = { $availability }，{ $length }：{ $text }
preset-with-length = { $availability }，{ $length }
preset-with-text = { $availability }：{ $text }
preset-alone = { $availability }
presets-title = { $count ->
    [0] 你还没有预设
   *[other] { $count } 个预设
}
offer-preset = { $name }
offer-presets = 我的预设
offer-delete = 删除
suggest-focus = 专注 2 小时
suggest-meeting = 会议 1 小时
suggest-lunch = 午餐 1 小时
suggest-break = 短暂休息

# The same again
repeat-nothing = 我不知道那是哪个状态
repeat-of = 与 { $at } 相同。

# Sequences
plan-sequence = { $availability }等，共 { $count } 步
fact-steps = 步骤
sequence-part = { $availability } { $length }
sequence-then = { $first }，然后{ $next }
sequence-rounds = { $count ->
    [1] { $steps }
   *[other] { $steps }；重复 { $count } 次
}
sequence-step = 第 { $number } 步，共 { $count } 步。
sequence-ends = 全部结束时间：{ $end }。
sequence-stopped = 你后来另有决定，所以我停止了后面的步骤
sequence-over = 我没有运行时，这些步骤已经结束（{ $end }）
offer-stop-sequence = 全部停止

# Settings
language-set = 从现在起我用中文和你说话
language-unknown = 我不会那种语言。我会英语、德语、法语、西班牙语、俄语和中文。
language-any-understood = 你仍然可以用我会的任何语言来写。
hours-set = 工作时间：{ $start } 到 { $end }，每周 { $days } 天
hours-mean = “到今天结束”和“到明天”都按它计算。
settings-title = 你的设置
settings-saved = 你的设置已保存
settings-wrong = 这样不行，所以什么都没有保存
settings-hours-wrong = 下班时间必须晚于上班时间，所以什么都没有保存
settings-zone = 时区
settings-zone-in-words = 需要别的时区？请说“我的时区是……”。
settings-as-device = 与我的设备相同（{ $zone }）
settings-language = 我回答的语言
settings-as-teams = 与 Teams 相同
settings-day-start = 上班时间
settings-day-end = 下班时间
settings-reminders = 状态结束前提醒我
settings-length = 没有说结束时间的“{ $availability }”持续
settings-no-length = 按 Teams 的规定
settings-one-length = { $length }

# Home
home-next = 接下来：{ $at }
home-shortcuts = 立即设置
home-more = 更多

# Small talk
talk-hello = 你好！要我设置什么？
talk-thanks = 不客气！
talk-bye = 再见！你计划的事会照常进行。
talk-who = 我是一个机器人：按你说的话设置 Teams 状态，并记得它何时结束
talk-how = 我很好，谢谢。你的状态交给我就行。
not-mine-OutOfOffice = 我不设置自动回复
not-mine-OutOfOffice-why = 那属于你的邮箱，我无法访问：请在邮箱里设置。我可以把你显示为离开。
not-mine-RemindOther = 我只提醒你
not-mine-RemindOther-why = 我不会以你的名义给别人发消息。我可以提醒你去告诉他们。
not-mine-Broadcast = 我只给你发消息
not-mine-Broadcast-why = 我不会以你的名义给别人发消息。状态消息会让每个查看你的人看到。
instead-OutOfOffice = 显示为离开
instead-RemindOther = 改为提醒我
instead-Broadcast = 设为我的状态消息
