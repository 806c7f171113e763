"""One letter, from notification to mail server: worded and kept first, then handed over, then marked as sent.

The hand-over is outside every transaction: a crash right after it means a second transmission, never a lost letter, and
always under the Message-ID kept with the words. Each transmission is counted before it happens.
"""

from hashlib import sha256

from workers.letters.posting import Post, hand_over
from workers.letters.wording import word
from workers.ringing import finish
from workflow import calendars
from workflow.deadlines import ClaimedJob, NotificationView, notices
from workflow.storage.queries.notices import LetterRow
from workflow.storage.session import Database, Tx


def send(database: Database, job: ClaimedJob, *, post: Post) -> None:
    """Write a notification's letter and hand it over; without a mail server or an address it stays in the outbox."""
    with database.writing() as tx:
        letter = written(tx, int(job.payload["notification"]), post)
        if post.server is None or not letter.address or letter.sent_at is not None:
            finish(tx, job)
            return
        notices.count_transmission(tx, letter.id)
    hand_over(letter, post.server, sender=post.sender, host=post.host)
    with database.writing() as tx:
        notices.mark_sent(tx, letter.id)
        finish(tx, job)


def written(tx: Tx, notification_id: int, post: Post) -> LetterRow:
    """Find the letter, or write it: a letter once kept never changes, whatever becomes of the case meanwhile."""
    letter = notices.letter_of(tx, notification_id)
    if letter is not None:
        return letter
    notice = notices.find(tx, notification_id)
    worded = word(notice, base_url=post.base_url, calendar=calendars.calendar_of(tx))
    notices.write_letter(
        tx,
        notice,
        subject=worded.subject,
        body_text=worded.text,
        body_html=worded.html,
        message_id=message_id(notice, host=post.host),
    )
    written = notices.letter_of(tx, notification_id)
    if written is None:
        raise LookupError(notification_id)
    return written


def message_id(notice: NotificationView, *, host: str) -> str:
    """Name a letter after what it is about, so that the same one has the same name after a restored backup too."""
    row = notice.row
    about = "\n".join((row.case_code, row.notice, str(row.person_id), row.at.isoformat(), str(row.id)))
    return f"<{sha256(about.encode()).hexdigest()[:32]}@{host}>"
