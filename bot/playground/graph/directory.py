"""Looking people up: the part of Graph's /users that a look-up by name or address needs.

Sources: the reference page user-list and the pages filter-query-parameter and
search-query-parameter. What real Graph refuses without the header ConsistencyLevel: eventual is
refused here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.playground.graph.errors import Refusal

User = Mapping[str, Any]
_Test = Callable[[User], bool]

_PROPERTIES = {"id", "displayName", "givenName", "surname", "mail", "userPrincipalName"}
_OPTIONS = {"$filter", "$search", "$select", "$top", "$count", "$orderby"}

_CLAUSE = re.compile(
    r"\s*(?:(?P<function>startswith|endswith)\(\s*(?P<of>\w+)\s*,\s*'(?P<part>(?:[^']|'')*)'\s*\)"
    r"|(?P<property>\w+)\s+eq\s+'(?P<value>(?:[^']|'')*)')\s*",
    re.IGNORECASE,
)
_TERM = re.compile(r'\s*"(?P<property>\w+):(?P<text>[^"]*)"\s*')
_JOIN = re.compile(r"(or|and)\b", re.IGNORECASE)


def find(
    users: Iterable[User], options: Mapping[str, str], *, eventual: bool
) -> list[dict[str, Any]]:
    """Return the users that query options select, with the selected properties.

    `eventual` is whether the caller accepts eventual consistency. Raises Refusal (400).
    """
    if unknown := options.keys() - _OPTIONS:
        raise _refused(f"The query option {sorted(unknown)[0]!r} is not supported.")
    test = _both(options, eventual=eventual)
    top = options.get("$top", "100")
    if not re.fullmatch(r"[1-9][0-9]{0,2}", top):
        raise _refused("$top is a number from 1 to 999.")
    chosen = sorted(
        (user for user in users if test(user)), key=lambda user: str(user["displayName"])
    )
    return [select(user, options) for user in chosen[: int(top)]]


def select(user: User, options: Mapping[str, str]) -> dict[str, Any]:
    """Return the properties of a user that $select names; all of them without it."""
    if "$select" not in options:
        return dict(user)
    wanted = [_property(name.strip()) for name in options["$select"].split(",")]
    return {name: user[name] for name in wanted}


def _both(options: Mapping[str, str], *, eventual: bool) -> _Test:
    tests: list[_Test] = []
    if (text := options.get("$filter")) is not None:
        advanced = eventual and options.get("$count", "").lower() == "true"
        tests.append(_parsed(text, _CLAUSE, lambda m: _clause(m, advanced=advanced)))
    if (text := options.get("$search")) is not None:
        if not eventual:
            raise _refused("Request with $search query parameter needs ConsistencyLevel.")
        tests.append(_parsed(text, _TERM, _term))
    return lambda user: all(test(user) for test in tests)


def _parsed(text: str, form: re.Pattern[str], meaning: Callable[[re.Match[str]], _Test]) -> _Test:
    """Read clauses joined by `and`, which binds tighter, and `or`; without parentheses."""
    either: list[list[_Test]] = [[]]
    at = 0
    while True:
        clause = form.match(text, at)
        if clause is None:
            raise _refused(f"The query is not understood at {text[at : at + 20]!r}.")
        either[-1].append(meaning(clause))
        at = clause.end()
        if at == len(text):
            return lambda user: any(all(test(user) for test in all_of) for all_of in either)
        join = _JOIN.match(text, at)
        if join is None:
            raise _refused(f"The query is not understood at {text[at : at + 20]!r}.")
        if join.group().lower() == "or":
            either.append([])
        at = join.end()


def _clause(match: re.Match[str], *, advanced: bool) -> _Test:
    if match["property"]:
        name, value = _property(match["property"]), _unquoted(match["value"])
        return lambda user: str(user[name]).casefold() == value
    name, value = _property(match["of"]), _unquoted(match["part"])
    if match["function"].lower() == "startswith":
        return lambda user: str(user[name]).casefold().startswith(value)
    if not advanced:
        raise _refused("endsWith needs ConsistencyLevel: eventual and $count=true.")
    return lambda user: str(user[name]).casefold().endswith(value)


def _term(match: re.Match[str]) -> _Test:
    """Search names by the beginnings of their words, everything else by its beginning."""
    name, words = _property(match["property"]), match["text"].casefold().split()
    if name != "displayName":
        return lambda user: str(user[name]).casefold().startswith(match["text"].casefold())
    return lambda user: all(
        any(part.startswith(word) for part in str(user[name]).casefold().split()) for word in words
    )


def _property(name: str) -> str:
    if name not in _PROPERTIES:
        raise _refused(f"Could not find a property named {name!r}.")
    return name


def _unquoted(literal: str) -> str:
    return literal.replace("''", "'").casefold()


def _refused(message: str) -> Refusal:
    return Refusal(400, "Request_UnsupportedQuery", message)
