"""Scores as a person reads them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from statistics import fmean

from dramatis.evaluation.names import TYPES
from dramatis.evaluation.scoring import Score

_HEADING = f"{'script':<32}{'type':<12}{'P':>6}{'R':>7}{'F1':>7}{'right':>7}{'wrong':>7}{'twice':>7}{'missed':>8}"


@dataclass(frozen=True, slots=True)
class Scored:
    """A script with its scores by type."""

    name: str
    kind: str
    scores: Mapping[str, Score]


def report(scripts: Iterable[Scored], *, details: bool = False) -> Iterator[str]:
    """Lines: each script by type, then the averages over scripts, then those of each kind of script."""
    scripts = list(scripts)
    yield _HEADING
    for script in scripts:
        for kind, one in script.scores.items():
            yield _line(script.name, kind, one)
            if details:
                yield from _details(one)
    yield ""
    yield "macro average over scripts"
    yield from _averages(scripts)
    kinds = sorted({script.kind for script in scripts})
    if len(kinds) > 1:
        yield ""
        yield "macro F1 by kind of script"
        for kind in kinds:
            yield _of_kind(kind, [script for script in scripts if script.kind == kind])


def macro(scripts: Iterable[Scored], kind: str) -> tuple[float, float, float] | None:
    """Precision, recall and F1 of a type, averaged over the scripts where it is scored."""
    found = [script.scores[kind] for script in scripts if kind in script.scores]
    if not found:
        return None
    return fmean(s.precision for s in found), fmean(s.recall for s in found), fmean(s.f1 for s in found)


def _averages(scripts: list[Scored]) -> Iterator[str]:
    f1s = []
    for kind in TYPES:
        average = macro(scripts, kind)
        if average is not None:
            f1s.append(average[2])
            yield f"{'':<32}{kind:<12}" + _figures(*average)
    yield f"{'':<32}{'overall':<12}{'':>13}{fmean(f1s):>7.3f}"


def _line(name: str, kind: str, one: Score) -> str:
    counts = f"{one.right:>7}{len(one.wrong):>7}{len(one.twice):>7}{len(one.missed):>8}"
    return f"{name[:31]:<32}{kind:<12}" + _figures(one.precision, one.recall, one.f1) + counts


def _figures(precision: float, recall: float, f1: float) -> str:
    return f"{precision:>6.3f}{recall:>7.3f}{f1:>7.3f}"


def _details(one: Score) -> Iterator[str]:
    for word, names in (("missed", one.missed), ("wrong", one.wrong), ("twice", one.twice)):
        if names:
            yield f"    {word}: {'; '.join(names)}"


def _of_kind(kind: str, scripts: list[Scored]) -> str:
    averages = ((each, macro(scripts, each)) for each in TYPES)
    shown = "   ".join(f"{each} {average[2]:.3f}" for each, average in averages if average)
    return f"  {kind or 'of no kind':<30}{shown}   ({len(scripts)})"
