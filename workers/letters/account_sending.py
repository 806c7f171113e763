"""A letter about an account: worded and kept without its link, handed over with it, then marked as sent.

The outbox holds dots where the link's token stands. The token is made for each hand-over and kept nowhere, so nobody
but the person can follow the link: neither whoever reads the outbox nor whoever reads the job.
"""

from hashlib import sha256

from workers.letters.posting import Post, hand_over
from workers.letters.wording import word_account
from workers.ringing import finish
from workflow import calendars
from workflow.accounts import AccountLetter, account_letters
from workflow.deadlines import ClaimedJob, notices
from workflow.storage.queries.notices import LetterRow
from workflow.storage.session import Database, Tx

MASK = "••••••••"
"""What stands in the outbox in the place of a token."""


def send(database: Database, job: ClaimedJob, *, post: Post) -> None:
    """Write an account's letter and hand it over; without a mail server or an address it stays in the outbox."""
    with database.writing() as tx:
        letter = account_letters.find(tx, job.payload)
        row = _written(tx, letter, job, post) if letter is not None else None
        if letter is None or row is None or post.server is None or not row.address or row.sent_at is not None:
            finish(tx, job)
            return
        token = account_letters.link_of(tx, letter)
        notices.count_transmission(tx, row.id)
    whole = replace_mask(row, token)
    hand_over(whole, post.server, sender=post.sender, host=post.host)
    with database.writing() as tx:
        notices.mark_sent(tx, row.id)
        finish(tx, job)


def replace_mask(row: LetterRow, token: str) -> LetterRow:
    """Put the token into the words of a letter."""
    return row._replace(body_text=row.body_text.replace(MASK, token), body_html=row.body_html.replace(MASK, token))


def _written(tx: Tx, letter: AccountLetter, job: ClaimedJob, post: Post) -> LetterRow | None:
    """Find the letter, or write it: a letter once kept never changes."""
    message_id = f"<{sha256(job.key.encode()).hexdigest()[:32]}@{post.host}>"
    row = account_letters.written(tx, message_id)
    if row is not None:
        return row
    link = f"{post.base_url.rstrip('/')}/link/{MASK}"
    worded = word_account(letter, link=link, calendar=calendars.calendar_of(tx))
    account_letters.write(
        tx, letter, subject=worded.subject, body_text=worded.text, body_html=worded.html, message_id=message_id
    )
    return account_letters.written(tx, message_id)
