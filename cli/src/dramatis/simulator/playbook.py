"""What the simulator says to a call: the first rule that holds, else the built-in reading; and what goes wrong with it."""

import json
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dramatis.simulator.calls import Call
from dramatis.simulator.faults import Answer, Fault, FaultWhen, spoiled
from dramatis.simulator.reading import Reader
from dramatis.simulator.rules import Rule, Rules


@dataclass(frozen=True, slots=True)
class Turn:
    """What happens to one call."""

    answer: Answer
    fault: Fault | None
    latency_s: float


class Playbook:
    """Decides each call by itself; only how often a rule was used is remembered."""

    def __init__(self, rules: Rules, faults: Sequence[FaultWhen] = (), reader: Reader | None = None) -> None:
        """`faults` win over those of the rules; raises `ScriptUnreadable` and `OSError` for the rules' script."""
        self.model = rules.model
        self._rules = rules
        self._faults = faults
        self._reader = reader or (Reader.of_file(rules.script) if rules.script else Reader())
        self._used: Counter[int] = Counter()
        self._lock = threading.Lock()

    def turn(self, call: Call) -> Turn:
        """What happens to this call, noted in it."""
        call.scenes = self._reader.scenes(call.prompt)
        rule = self._rule(call)
        fault = self._fault(call) or (rule.fault if rule else None)
        call.fault = fault.name if fault else ""
        latency_ms = self._rules.latency_ms if rule is None or rule.latency_ms is None else rule.latency_ms
        if fault is not None and fault.status is not None:
            return Turn(Answer(""), fault, latency_ms / 1000)
        said = rule.text() if rule else None
        if said is None:
            said = json.dumps(self._reader.answer(call.prompt), ensure_ascii=False, indent=1)
        return Turn(spoiled(said, fault), fault, latency_ms / 1000)

    def _rule(self, call: Call) -> Rule | None:
        """The rule that answers the call; it is used once more."""
        for number, rule in enumerate(self._rules.rule, 1):
            draw = f"{self._rules.seed}/rule {number}"
            if not rule.holds(call.number, call.model, call.prompt, call.scenes, draw):
                continue
            with self._lock:
                if rule.times is not None and self._used[number] >= rule.times:
                    continue
                self._used[number] += 1
            call.rule = f"rule {number}"
            return rule
        return None

    def _fault(self, call: Call) -> Fault | None:
        for number, planned in enumerate(self._faults, 1):
            if planned.when.holds(call.number, f"{self._rules.seed}/fault {number}"):
                return planned.fault
        return None
