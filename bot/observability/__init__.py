"""What the bot tells those who run it: logs, metrics, and whether it is well.

Logs and instruments are used like `logging`: the module that has something to tell has its own,
and the process has one of each name.
"""

from bot.observability.logs import set_up_logging

__all__ = ["set_up_logging"]
