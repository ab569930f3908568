"""Whatever a text says, the checker answers with diagnostics, each with words and a place; it never raises."""

from __future__ import annotations

import random
import re

import pytest

from stratagem.dsl.diagnostics.text import words
from stratagem.dsl.pipeline import check_text
from tests.check.case_files import SOUND

WORDS = sorted(set(re.findall(r'[a-z_]+|\d[\d,.%]*|"[^"\n]*"|[()+*/<>=-]+', SOUND)))


def spoilt(seed: int) -> str:
    """The sound strategy with one to six lines moved, doubled or lost, and words in them changed."""
    chance = random.Random(seed)
    lines = SOUND.split("\n")
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(lines))
        match chance.randrange(6):
            case 0:
                del lines[at]
            case 1:
                lines.insert(chance.randrange(len(lines)), lines[at])
            case 2:
                other = chance.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
            case kind:
                lines[at] = _reworded(lines[at], kind, chance)
    return "\n".join(lines)


def _reworded(line: str, kind: int, chance: random.Random) -> str:
    parts = re.findall(r'\s+|"[^"]*"|\w+|.', line)
    places = [n for n, part in enumerate(parts) if part.strip()]
    if places:
        at = chance.choice(places)
        word = chance.choice(WORDS)
        parts[at : at + 1] = [[word], [], [word, " ", parts[at]]][kind - 3]
    return "".join(parts)


@pytest.mark.parametrize("start", range(0, 50, 10))
def test_spoilt_strategies_are_answered_in_words(start: int) -> None:
    spoils = [check_text(spoilt(seed)) for seed in range(start, start + 10)]
    assert sum(bool(checked.diagnostics) for checked in spoils) >= 5
    for checked in spoils:
        assert (checked.strategy is None) is bool(checked.errors)
        for diagnostic in checked.diagnostics:
            shown = words(diagnostic)
            assert shown.title and "{" not in shown.title.replace("{{", "")
            lines = checked.sources[diagnostic.span.file].lines
            for place in (diagnostic.span, *(label.span for label in diagnostic.labels)):
                assert 1 <= place.line <= len(lines)
                assert 1 <= place.column <= len(lines[place.line - 1]) + 1


@pytest.mark.parametrize("text", ["", "\n", "language 1", "strategy", "  ", "é", "strategy 9", 'use "x"', "(" * 500])
def test_hardly_any_text_is_answered_too(text: str) -> None:
    checked = check_text(text)
    assert checked.strategy is None
    assert checked.errors


@pytest.mark.parametrize(
    "text",
    [
        f'action a "A"\n  message mail\n    body """\n      {"and yes " * 5_000}\n      """\naction b "B"\n',
        'channel c "C" inbound\n  costs "Own label",250 JPY\n',
        'channel c "C" inbound\n  allowed for marketing when 2026-01-01     00:00  between 2026-01-01 00:00 '
        "and 2026-01-01 00:00\n",
        'contact policy "P"\n  limit 2 per 7 days per building for\n' + "      marketing\n" * 3,
        'measure a "A" = count of contacts where acction is call\naction call "Call"\n  kind selling\n',
    ],
    ids=[
        "a line of a long text that is too long to read",
        "a formula without its sign, of which no fix is left",
        "a long line that only has too many blanks",
        "names again and again on lines of their own",
        "a slip of what the language declares",
    ],
)
def test_what_the_long_runs_found(text: str) -> None:
    found = check_text(f'language 1\nstrategy s "S"\n  currency JPY\n\n{text}').diagnostics
    assert found and all(words(diagnostic).title for diagnostic in found)
    assert all(place.span.line for diagnostic in found for place in (diagnostic, *diagnostic.labels))
