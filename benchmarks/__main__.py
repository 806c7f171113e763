"""`python -m benchmarks [NAME…]`: run all benchmarks or those named, and print their figures beside the bounds."""

import sys

from benchmarks import acting, bulk, crowds, deciding, pages, ringing, searching, starting, verifier
from benchmarks.measuring import Figure

BENCHMARKS = {
    "acting": acting.measure,
    "bulk": bulk.measure,
    "deciding": deciding.measure,
    "crowds": crowds.measure,
    "ringing": ringing.measure,
    "pages": pages.measure,
    "searching": searching.measure,
    "starting": starting.measure,
    "verifier": verifier.measure,
}


def main(names: list[str]) -> int:
    """Run benchmarks; 1 where a figure misses what it must reach, 2 for an unknown name."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"No benchmark called {', '.join(unknown)}; there are: {', '.join(BENCHMARKS)}.", file=sys.stderr)
        return 2
    print(f"{'work':<58}{'figure':>12}{'must':>9}{'aim':>9}  reached")
    figures = []
    for name in names or BENCHMARKS:
        for figure in BENCHMARKS[name]():
            print(_line(figure), flush=True)
            figures.append(figure)
    return int(any(figure.verdict == "MISSED" for figure in figures))


def _line(figure: Figure) -> str:
    sign = "≥" if figure.better == "more" else "≤"
    bounds = "".join(
        f"{'–':>9}" if bound is None else f"{f'{sign} {bound:g}':>9}" for bound in (figure.must, figure.aim)
    )
    value = f"{figure.value:,.2f} {figure.unit}"
    beside = f"  ({figure.beside})" if figure.beside else ""
    return f"{figure.work:<58}{value:>12}{bounds}  {figure.verdict}{beside}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
