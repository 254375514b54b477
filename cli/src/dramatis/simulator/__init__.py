"""A scripted language model server: speaks the OpenAI chat API on loopback, fails on demand, and logs its calls.

    with simulated_llm(faults=["429=0@1"]) as llm:
        ...  # ask llm.base_url
    assert [call.fault for call in llm.calls] == ["429", ""]

It answers from rules, or from what the built-in engine reads in the prompt. It runs in a thread of its own: synchronous
and asynchronous callers in the same process may ask it.
"""

from dramatis.simulator.calls import Call
from dramatis.simulator.faults import Fault, FaultInvalid, FaultWhen
from dramatis.simulator.reading import Reader, ScriptUnreadable
from dramatis.simulator.rules import Rule, Rules, RulesInvalid, load_rules
from dramatis.simulator.serving import AddressTaken, Simulator, simulated_llm

__all__ = [
    "AddressTaken",
    "Call",
    "Fault",
    "FaultInvalid",
    "FaultWhen",
    "Reader",
    "Rule",
    "Rules",
    "RulesInvalid",
    "ScriptUnreadable",
    "Simulator",
    "load_rules",
    "simulated_llm",
]
