"""Texts of 64 KiB that are hard to read: much of one thing, and what it costs to answer them.

In: a seed. Out: the text. Run as a module, it answers the texts of some seeds in a process of its own, and prints for
each how many seconds of CPU and how many MiB that took.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.fuzz.answers import answer
from tests.fuzz.mutants import library, mutant, vocabulary
from tests.fuzz.strategies import strategy

SIZE = 64 * 1024
_HEAD = 'language 1\nstrategy s "S"\n  currency EUR\n'
Make = Callable[[random.Random], str]


def _many(chance: random.Random) -> str:
    """Many strategies, one after the other."""
    return "".join(strategy(chance.randrange(10**9), 25).text for _ in range(25))


def _spoilt(chance: random.Random) -> str:
    """Many spoilt texts, one after the other."""
    return "".join(mutant(chance.randrange(10**9)).decode("utf-8", "replace") + "\n" for _ in range(60))


def _library(chance: random.Random) -> str:
    """The library with one word in a hundred another."""
    words = "\n".join(library()).split(" ")
    return " ".join(chance.choice(vocabulary()) if chance.random() < 0.01 else word for word in words)


def _words(chance: random.Random) -> str:
    """Words in any order."""
    return "".join(chance.choice(vocabulary()) + chance.choice([" ", " ", " ", "\n", "\n  "]) for _ in range(20_000))


def _facts(chance: random.Random) -> str:
    """Facts that read one another, many of them by a name that is nearly right."""
    lines = [f'measure m{n} "M{n}" = m{n - 1 if chance.random() < 0.8 else f"x{n}"} + {n}' for n in range(2_500)]
    return 'language 1\nstrategy s "S"\n' + "\n".join(lines)


def _blocks(chance: random.Random) -> str:
    """Actions with a fault each."""
    wrong = chance.choice(["throuh email", "chance 5%", "when a = b", "rests 90days", "worth = (1", '  kind "x'])
    return "".join(f'action a{n} "A"\n  through email\n  {wrong}\n' for n in range(1_400))


def _alike(chance: random.Random) -> str:
    """Names that differ by one letter, and a formula that reads names that nothing declares."""
    names = ["".join(chance.choice("ab") for _ in range(14)) for _ in range(1_700)]
    lines = [f'measure {name} "M" = {name[:-1]}c + 1' for name in names]
    return _HEAD + "\n".join(lines)


def _typos(chance: random.Random) -> str:
    """Fields of sources, each line with a slip of the pen."""
    made = []
    for n in range(300):
        fields = "".join(f"  feild f{n}_{k} nubmer{chance.choice(['', ' missing', ' of'])}\n" for k in range(8))
        made.append(f'source s{n} "S"\n  per customer by id\n{fields}')
    return _HEAD + "".join(made)


def _tests(chance: random.Random) -> str:
    """Tests, each of which names a customer's fields that nothing declares."""
    made = [f'test "T{n}"\n  given\n    x{n} {n}, y{n} {n}\n  expect z{n} = {n}\n' for n in range(1_100)]
    return _HEAD + "".join(made)


def _deep(chance: random.Random) -> str:
    """Each line a step deeper than the one before, as far as the size lets it."""
    return _HEAD + "".join("  " * n + f"a{n}\n" for n in range(250))


def _each(line: str, count: int) -> Make:
    """A line again and again, `#` being its number."""
    return lambda chance: _HEAD + "".join(line.replace("#", str(n)) for n in range(count))


def _one(start: str, item: str, between: str, count: int, end: str = "") -> Make:
    """One long thing of many items."""
    return lambda chance: _HEAD + start + between.join(item.replace("#", str(n)) for n in range(count)) + end


def _again(piece: str) -> Make:
    return lambda chance: (piece * (SIZE // len(piece) + 1))[:SIZE]


MAKERS: tuple[Make, ...] = (
    _many, _spoilt, _library, _words, _facts, _blocks,
    _again("("), _again('"'), _again('"""\n'), _again("#\n"), _again("##x\n"), _again("\t"), _again("  a\n"),
    _again("\n"), _again("when a and "), _again("not "), _again("1,000,"), _again("é"),
    _again('measure a "A" = all of\n  b\n'),
    _again("measure a = " + "-" * 80 + "1\n"), _again('segment a "A" when any of\n  all of\n    none of\n'),
    _again("“x” "), _again("“x” " * 2_900 + "\n"),
    _again("a (\n"), _again("action a\n    b\n   c\n  d\n"), _again('x """\n  y\n'), _again("{{ {% "),
    _alike, _typos, _tests, _deep,
    _one("measure a \"A\" = ", "b#", " + ", 8_500),
    _one("measure a \"A\" = ", "b#", " +\n  ", 7_000),
    _one('segment a "A" when all of\n', "  b# > #", "\n", 5_000),
    _one('segment a "A" when any of\n', "  #", "\n", 9_500),
    _one('source s "S"\n  per customer by id\n  field f one of (', "c#", ", ", 9_500, ")\n"),
    _one('source s "S"\n  per customer by id\n  field f one of (', "c#", ",\n    ", 6_000, ')\nmeasure a "A" = f\n'),
    _each('assume a "A" = 1\n', 3_500), _each("use a#\n", 7_000), _each('use "a#.strategy"\n', 3_500),
    _each('  x "y\n', 9_000), _each('measure a# "A" = 1 EUR\n', 3_000),
    _each('segment a# "A" when b# > 1 and\n', 2_000),
    _each('tier a# "A" from # EUR\n', 2_800), _each("waive G# because\n", 3_500),
    _each('action a# "A"\n  through mail\n', 1_800), _each("        a\n  b\n", 5_000),
    _each('measure a# "A" = count of orders where x# is y# in last 3 monts\n', 1_000),
    _each('channel c# "C"\n  costs 5.20 ER\n', 2_000), _each("# ignore S261 because x#\n", 2_500),
    _each('  message\n    subject "{{ a# }}"\n', 1_700),
    _one('action a "A"\n  message\n    body """\n', "      {{ a# | deflt('x') }}", "\n", 2_300, '\n      """\n'),
)  # fmt: skip


def text(seed: int) -> str:
    """A text of 64 KiB."""
    made = MAKERS[seed % len(MAKERS)](random.Random(f"large {seed}"))
    return made.encode()[:SIZE].decode("utf-8", "ignore")


def cost(seed: int) -> tuple[float, float, tuple[str, ...]]:
    """What answering takes: CPU seconds, MiB of the whole process at its most, and complaints."""
    data = text(seed).encode()
    began = time.process_time()
    found = answer(data, seed, thorough=False)
    spent = time.process_time() - began
    return spent, room(), found.complaints


def room() -> float:
    """MiB that this process took at its most. Where there is /proc it is asked: a new process inherits the other figure
    from the one that started it, however large that was."""
    try:
        status = Path("/proc/self/status").read_text("ascii")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")) / 1024


def main(seeds: range) -> int:
    """Answer the texts of these seeds. Returns how many complaints there were."""
    wrong = 0
    for seed in seeds:
        spent, mib, complaints = cost(seed)
        print(f"{seed} {spent:.3f} {mib:.0f} {'; '.join(complaints)[:2000]}", flush=True)
        wrong += len(complaints)
    return wrong


if __name__ == "__main__":
    sys.exit(min(main(range(int(sys.argv[1]), int(sys.argv[2]))), 100))
