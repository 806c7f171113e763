"""The command as an operator calls it, in this process: its words in, its exit code and what it said out."""

from click.testing import CliRunner, Result

from trinh.command import trinh


def called(*words: object, typed: str = "") -> Result:
    """Call `trinh` with words; `typed` is what stands on standard input."""
    return CliRunner().invoke(trinh, [str(word) for word in words], input=typed, prog_name="trinh")
