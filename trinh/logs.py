"""Where log lines go: to standard error, as JSON for machines or as short lines for whoever watches an embedded run."""

import logging
import sys

import structlog


def for_machines() -> None:
    """One JSON object a line, in UTC."""
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    _install(formatter, level=logging.INFO)


def for_people() -> None:
    """Warnings and errors only, as short lines without stack traces."""
    _install(logging.Formatter("%(levelname)s %(name)s: %(message)s"), level=logging.WARNING)
    # Opening a page makes a few requests wait for a thread for a moment: no reason for a warning.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)


def _install(formatter: logging.Formatter, *, level: int) -> None:
    channel = logging.StreamHandler(sys.stderr)
    channel.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [channel]
    root.setLevel(level)
    # Alembic logs at each start which database it found, which says nothing new; `trinh migrate` says the revision.
    logging.getLogger("alembic").setLevel(logging.WARNING)
