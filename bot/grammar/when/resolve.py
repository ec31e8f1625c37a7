"""Places times on the calendar, as part of a command: the readings of the contract.

Results are aware UTC instants. Arithmetic on days happens on wall times of the person's zone,
lengths are elapsed time.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.moment import Moment
from bot.domain.reply import Phrase
from bot.grammar.when.clocks import in_part
from bot.grammar.when.days import next_weekday
from bot.grammar.when.values import DAYS, PARTS, Clock, Length, Point, Range, Span, Until

_LAST_AFTERNOON = 6  # an hour up to here is in the afternoon
_PART_TIMES = {"morning": 9, "lunch": 12, "afternoon": 14, "evening": 18, "night": 20, "dawn": 6}


class Unresolvable(Exception):
    """The time cannot be; `problem` says why."""

    def __init__(self, problem: Phrase) -> None:
        super().__init__(problem.key)
        self.problem = problem


def past() -> Unresolvable:
    """Return the problem of a time that is over."""
    return Unresolvable(Phrase("problem-past"))


def impossible(said: str) -> Unresolvable:
    """Return the problem of a time that does not exist."""
    return Unresolvable(Phrase("problem-impossible-time", {"said": said}))


def too_far() -> Unresolvable:
    """Return the problem of a time that is beyond the limit."""
    return Unresolvable(Phrase("problem-too-far"))


@dataclass(slots=True)
class Resolver:
    """Turns what was said into instants, and notes what it assumed.

    With `turned` it assumes the other half of the day of every hour that may be in both.
    """

    moment: Moment
    assumptions: list[Phrase] = field(default_factory=list)
    turned: bool = False

    @property
    def wall(self) -> datetime:
        """Return now as naive wall time."""
        return self.moment.local

    def after(self, length: Length) -> datetime:
        """Return the instant a length from now: calendar days keep the time of day."""
        return self.after_instant(self.moment.now, length)

    def after_instant(self, start: datetime, length: Length) -> datetime:
        """Return the instant a length after another one."""
        try:
            if length.months or length.days:
                wall = Length(length.months, length.days).after(self.moment.wall(start))
                start = self.moment.instant(wall)
            return start + timedelta(seconds=length.seconds)
        except (OverflowError, ValueError) as error:
            raise too_far() from error

    def end(self, until: Until) -> datetime:
        """Return the instant of "until ...": days end at the start of work, parts at their own."""
        if isinstance(until.end, Span):
            return self.span_end(until.end) if until.inclusive else self.span_start(until.end)
        point = until.end
        if point.at is not None or point.clock is not None:
            return self._future(self.instant(point), point)
        today = self.wall.date()
        if point.part is not None:
            return self._until_part(point)
        day = point.day or today
        if point.edge == "end":
            return self.day_end(day)
        if until.inclusive:
            return self.day_end(day)
        start = self.moment.working_day.start
        return self._future(self.moment.instant(datetime.combine(day, start)), point)

    def _until_part(self, point: Point) -> datetime:
        part = point.part or ""
        start, end = PARTS[part]
        if part == "morning":
            start = self.moment.working_day.start.hour
        if part == "night" and point.day is not None:
            start = PARTS["evening"][0]
        day = point.day or self.wall.date()
        for hour in (start, end):
            found = self._at_hour(day, hour)
            if found > self.moment.now:
                return found
        if point.day is not None:
            raise past()
        return self._at_hour(day + timedelta(days=1), start)

    def _at_hour(self, day: date, hour: int) -> datetime:
        wall = datetime.combine(day, time(0)) + timedelta(hours=hour)
        return self.moment.instant(wall)

    def _future(self, instant: datetime, point: Point) -> datetime:
        if instant <= self.moment.now:
            raise past()
        return instant

    def day_end(self, day: date) -> datetime:
        """Return the end of a working day; today, when that is over, midnight."""
        end = self.moment.instant(datetime.combine(day, self.moment.working_day.end))
        if end <= self.moment.now:
            end = self.moment.instant(datetime.combine(day, time(0)) + timedelta(days=1))
        if end <= self.moment.now:
            raise past()
        return end

    def span_start(self, span: Span) -> datetime:
        """Return when a stretch of days begins for "until next week"."""
        start = datetime.combine(span.start.date(), self.moment.working_day.start)
        instant = self.moment.instant(start)
        if span.name == "weekend":
            friday = datetime.combine(
                span.start.date() - timedelta(days=1), self.moment.working_day.end
            )
            return self._future(self.moment.instant(friday), Point())
        return instant if instant > self.moment.now else self.span_end(span)

    def span_end(self, span: Span) -> datetime:
        """Return when a stretch of days ends: a week ends on Friday with the working day."""
        last = span.end.date() - timedelta(days=1)
        if span.name == "week":
            friday = span.end.date() - timedelta(days=3)
            end = self.moment.instant(datetime.combine(friday, self.moment.working_day.end))
            if end > self.moment.now:
                return end
        end = self.moment.instant(datetime.combine(last, self.moment.working_day.end))
        if end <= self.moment.now or span.name == "weekend":
            end = self.moment.instant(span.end)
        return self._future(end, Point())

    def instant(self, point: Point, *, after: datetime | None = None) -> datetime:
        """Return the instant of a point that names a time of day, an offset or a part of a day.

        `after` (aware) is what a time without a day comes after; default now.
        """
        if point.at is not None:
            if point.elapsed is not None:
                return self.after(point.elapsed)
            return self.moment.instant(point.at)
        floor = after or self.moment.now
        if point.clock is not None:
            return self._clock_instant(point, floor)
        if point.part is not None:
            day = point.day or self.wall.date()
            found = self._at_hour(day, _PART_TIMES[point.part])
            if found <= floor and point.day is None:
                found = self._at_hour(day + timedelta(days=1), _PART_TIMES[point.part])
            return found
        day = point.day or self.wall.date()
        if point.edge == "end":
            return self.day_end(day)
        return self.moment.instant(datetime.combine(day, self.moment.working_day.start))

    def _clock_instant(self, point: Point, floor: datetime) -> datetime:
        clock = point.clock
        if clock is None or not clock.possible or (clock.hour == 24 and clock.minute):
            raise impossible(_said(clock))
        moment = self.moment
        if clock.zone is not None:
            moment = Moment(now=self.moment.now, zone=ZoneInfo(clock.zone))
        today = moment.local.date()
        if point.day is not None and (point.day != today or not clock.open):
            fixed = _other_day(clock)
            if clock.open and self.turned:
                fixed = replace(fixed, hour=(fixed.hour + 12) % 24)
            if clock.open:
                self._assume(clock, moment.instant(_at(point.day, fixed)))
            return moment.instant(_at(point.day, fixed))
        candidates = _candidates(clock)
        days = [today] if point.day is not None else [today, today + timedelta(days=1)]
        floor_day = moment.wall(floor).date()
        if point.day is None and floor_day > today:
            days = [floor_day, floor_day + timedelta(days=1)]
        found = [moment.instant(_at(d, c)) for d in days for c in candidates]
        ahead = [instant for instant in sorted(found) if instant > floor]
        if clock.open and self.turned:
            ahead = ahead[1:]
        if not ahead:
            raise past()
        if clock.open:
            self._assume(clock, ahead[0])
        return ahead[0]

    def assume_time(self, clock: Clock | None, chosen: time | None) -> None:
        """Note which time of day was taken for the open hour of something that recurs."""
        if clock is not None and clock.open and chosen is not None:
            self._assume(clock, self.moment.instant(datetime.combine(self.wall.date(), chosen)))

    def _assume(self, clock: Clock, instant: datetime) -> None:
        self.assumptions.append(Phrase("assumed-clock", {"said": _said(clock), "end": instant}))

    def period(self, found: Range) -> tuple[datetime, datetime | None]:
        """Return start and end of a range."""
        start, end = found.start, found.end
        if found.length is not None:
            begin = self._range_start(start)
            return begin, self.after_instant(begin, found.length)
        if end is None:
            return self._range_start(start), None
        start, end = self._carried(start, end)
        if start.clock is None and start.at is None and end.clock is None and end.at is None:
            return self._days(start, end)
        if start.clock is None and start.at is None and start.part is None:
            # From a day on, to a time on another: the day begins at midnight, today now.
            day = start.day or self.wall.date()
            begin = self.moment.instant(datetime.combine(day, time(0)))
            return begin, self.instant(end, after=max(begin, self.moment.now))
        if start.day is None and end.day is None and start.at is None:
            return self._same_day(start, end)
        begin = self.instant(start)
        if end.day is None and end.at is None:
            return begin, self._end_after(begin, end)
        finish = (
            self.instant(end)
            if end.clock or end.at or end.part
            else self.day_end(end.day or self.wall.date())
        )
        if finish <= begin and end.how == "weekday" and end.day is not None:
            finish += timedelta(days=7)
        return begin, finish

    def _range_start(self, start: Point) -> datetime:
        return self.instant(start)

    def _carried(self, start: Point, end: Point) -> tuple[Point, Point]:
        """Carry the half of the day over: in "2-4pm" 2 is the afternoon, in "11-1pm" it is not."""
        if start.clock is None or end.clock is None or not start.clock.open or end.clock.open:
            return start, end
        if end.day is not None and end.day != (start.day or end.day):
            return start, end
        first, last = start.clock, end.clock
        if last.hour > 12 and not last.half:  # the day has 24 hours here: 10:00 to 22:00
            later = first.hour <= _LAST_AFTERNOON and first.hour + 12 < last.hour
            return replace(start, clock=first.fixed(afternoon=later)), end
        if last.hour > 12 or last.hour == 12 or first.hour <= last.hour:
            afternoon = last.hour >= 12 and first.hour % 12 <= last.hour % 12
            if last.hour > 12 and first.hour + 12 > last.hour:
                afternoon = False
            if first.hour % 12 == last.hour % 12 and first.minute >= last.minute:
                afternoon = False
            return replace(start, clock=first.fixed(afternoon=afternoon)), end
        return replace(start, clock=first.fixed(afternoon=True)), end

    def _same_day(self, start: Point, end: Point) -> tuple[datetime, datetime]:
        """Return a range of times without a day: running now, or the next one ahead."""
        if start.clock is None or end.clock is None:
            begin = self.instant(start)
            return begin, self._end_after(begin, end)
        if not (start.clock.possible and end.clock.possible):
            raise impossible(_said(end.clock if start.clock.possible else start.clock))
        today = self.moment.local.date()
        options = []
        for day in (today - timedelta(days=1), today, today + timedelta(days=1)):
            for candidate in _candidates(start.clock):
                begin = self._zoned(start.clock, _at(day, candidate))
                finish = self._end_after(begin, end, ends=False)
                if finish > self.moment.now and (
                    day >= today or finish - begin < timedelta(hours=12)
                ):
                    options.append((begin, finish))
        running = [o for o in options if o[0] <= self.moment.now and o[0].date() >= today]
        ahead = sorted(o for o in options if o[0] > self.moment.now)
        chosen = running[-1] if running else ahead[0]
        if start.clock.open and self.turned:
            later = [option for option in ahead if option > chosen]
            if not later:
                raise past()
            chosen = later[0]
        if start.clock.open:
            self._assume(start.clock, chosen[0])
        if end.clock.open:
            self._assume(end.clock, chosen[1])
        return chosen

    def _zoned(self, clock: Clock, wall: datetime) -> datetime:
        if clock.zone is None:
            return self.moment.instant(wall)
        return wall.replace(tzinfo=ZoneInfo(clock.zone)).astimezone(UTC)

    def _end_after(self, begin: datetime, end: Point, *, ends: bool = True) -> datetime:
        """Return the first instant after `begin` that `end` can mean."""
        if end.clock is None:
            return self.instant(end, after=begin)
        if not end.clock.possible:
            raise impossible(_said(end.clock))
        day = self.moment.wall(begin).date()
        for ahead in (day, day + timedelta(days=1)):
            for candidate in _candidates(end.clock):
                found = self._zoned(end.clock, _at(ahead, candidate))
                if found > begin:
                    if end.clock.open and ends:
                        self._assume(end.clock, found)
                    return found
        raise past()

    def _days(self, start: Point, end: Point) -> tuple[datetime, datetime]:
        """Return whole days: the last one is included."""
        first = start.day or self.wall.date()
        last = end.day or first
        if end.how == "weekday" and last <= first:
            last = next_weekday(first, DAYS[last.weekday()])
        if end.how == "date" and last < first:
            last = last.replace(year=last.year + 1) if last.month < 12 else last
        if last < first:
            raise past()
        begin = self._part_start(first, start.part)
        if end.part is not None:
            return begin, self._at_hour(last, PARTS[end.part][1])
        return begin, self.moment.instant(datetime.combine(last, time(0)) + timedelta(days=1))

    def _part_start(self, day: date, part: str | None) -> datetime:
        return self._at_hour(day, PARTS[part][0] if part else 0)

    def stretch(self, point: Point) -> tuple[datetime, datetime]:
        """Return what "this afternoon" or "on Friday" covers: a part of a day, or all of it."""
        day = point.day or self.wall.date()
        today = self.wall.date()
        if point.part is not None:
            first, last = PARTS[point.part]
            if point.part == "night":
                first, last = PARTS["evening"][0], PARTS["evening"][1]
            if point.part == "morning":
                first = self.moment.working_day.start.hour
            if point.day is None and self._at_hour(day, last) <= self.moment.now:
                day += timedelta(days=1)
            start, end = self._at_hour(day, first), self._at_hour(day, last)
        elif day == today:
            start, end = self.moment.now, self.day_end(day)
        else:
            start = self.moment.instant(datetime.combine(day, time(0)))
            end = self.moment.instant(datetime.combine(day, time(0)) + timedelta(days=1))
        if end <= self.moment.now:
            raise past()
        return start, end


def _said(clock: Clock | None) -> str:
    if clock is None:
        return ""
    return f"{clock.hour}:{clock.minute:02d}" if clock.minute else str(clock.hour)


def _at(day: date, clock: Clock) -> datetime:
    wall = datetime.combine(day, time(0))
    return wall + timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second or 0)


def _other_day(clock: Clock) -> Clock:
    """Return an open hour of another day: 1 to 6 is the afternoon, 7 to 11 the morning."""
    if not clock.open:
        return clock
    return clock.fixed(afternoon=1 <= clock.hour <= 6)


def _candidates(clock: Clock) -> tuple[Clock, ...]:
    if not clock.open or not 1 <= clock.hour <= 12:
        return (clock,)
    return clock.fixed(afternoon=False), clock.fixed(afternoon=True)


def time_of(clock: Clock, part: str | None = None) -> time:
    """Return the time of day of a recurrence; open hours as on another day."""
    if part is not None:
        clock = in_part(clock, part)
    fixed = _other_day(clock)
    if not fixed.possible:
        raise impossible(_said(clock))
    return time(fixed.hour % 24, fixed.minute)
