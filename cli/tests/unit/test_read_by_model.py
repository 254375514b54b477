import re
from collections.abc import Callable
from pathlib import Path

import pytest
from cli.tests.command_line import Terminal

from dramatis.simulator import Simulator, simulated_llm

SCRIPT = Path(__file__).parents[3] / "examples" / "the-street-that-wasnt-there.fountain"
REFUSED = {"contains": "INT. TOWN HALL - SURVEY OFFICE", "fault": 403}
PRICES = {"DRAMATIS_LLM_PRICE_INPUT": "1", "DRAMATIS_LLM_PRICE_OUTPUT": "1"}  # USD per million tokens

Configured = Callable[..., Terminal]

pytestmark = pytest.mark.timeout(120)  # the first call loads the libraries of all vendors


@pytest.fixture
def at() -> Configured:
    """Runs command lines whose model is a simulator, asked about small chunks."""

    def terminal(llm: Simulator, **more: str) -> Terminal:
        model = {"PROVIDER": "openai", "MODEL": "m", "BASE_URL": llm.base_url, "CHUNK_TOKENS": "300"}
        return Terminal(None, **{f"DRAMATIS_LLM_{name}": value for name, value in model.items()}, **more)

    return terminal


def test_a_model_reads_all_chunks_side_by_side(at: Configured) -> None:
    with simulated_llm(SCRIPT, latency_ms=150) as llm:
        said = at(llm)("read", SCRIPT, "--engine", "llm", "--json")

    found = said.json[SCRIPT.stem]
    assert {one["name"] for one in found["characters"]} >= {"Odile March", "Perpetua Vane", "Hester Bell"}
    assert len(found["locations"]) == 8
    lines = SCRIPT.read_text().splitlines()
    evidence = [one for each in found.values() for entry in each for one in entry["evidence"]]
    assert all(one["quote"] in lines[one["line"] - 1] for one in evidence)
    assert sorted({scene for call in llm.calls for scene in call.scenes}) == list(range(1, 10))
    assert max(call.at_once for call in llm.calls) > 2
    assert f"{SCRIPT}: {len(llm.calls)} chunks in {len(llm.calls)} calls, " in said.err


def test_a_model_that_fails_now_and_then_costs_nothing_of_the_script(at: Configured) -> None:
    faults = ["429=0@1", "500@3", "truncated@2", "broken@4", "fenced@5"]
    with simulated_llm(SCRIPT) as llm:
        whole = at(llm)("read", SCRIPT, "--engine", "llm", "--json").json
    with simulated_llm(SCRIPT, faults=faults) as llm:
        said = at(llm)("read", SCRIPT, "--engine", "llm", "--json")

    kinds = ("characters", "locations", "props")
    names = [{kind: [one["name"] for one in each[SCRIPT.stem][kind]] for kind in kinds} for each in (whole, said.json)]
    assert names[0] == names[1]
    assert [call.fault for call in llm.calls][:5] == ["429", "truncated", "500", "broken", "fenced"]
    assert "mended: " in said.err


def test_scenes_that_cannot_be_read_are_told_and_the_rest_is_found(at: Configured) -> None:
    with simulated_llm(SCRIPT, rules=[REFUSED]) as llm:
        said = at(llm)("read", SCRIPT, "--engine", "llm")

    assert said.code == 1
    assert " │ Hester Bell " in said.out
    assert f"dramatis: {SCRIPT}: scenes 3-4: " in said.err
    assert "[llm-rejected]" in said.err


def test_a_model_that_rejects_everything_is_told_with_its_code(at: Configured) -> None:
    with simulated_llm(faults=["401"]) as llm:
        said = at(llm)("read", SCRIPT, "--engine", "llm", "--json")

    assert (said.code, said.out) == (1, "{}\n")
    assert said.line.startswith(f"{SCRIPT}: ")
    assert said.line.endswith("[llm-rejected]")


def test_no_call_passes_the_price_cap(at: Configured) -> None:
    more = {"DRAMATIS_LLM_REPLY_TOKENS": "1000", "DRAMATIS_LLM_CONCURRENCY": "1"}
    with simulated_llm(SCRIPT) as llm:
        said = at(llm, DRAMATIS_RUN_PRICE_CAP_USD="0.006", **PRICES, **more)("read", SCRIPT, "--engine", "llm")

    assert 0 < paid(llm) <= 6000
    assert said.code == 1
    assert "[price-cap-reached]" in said.err


@pytest.mark.parametrize(("option", "variable"), [("0.006", None), ("0.006", "5"), ("5", "0.006")])
def test_the_lower_of_two_price_caps_holds(at: Configured, option: str, variable: str | None) -> None:
    more = {"DRAMATIS_LLM_REPLY_TOKENS": "1000", "DRAMATIS_LLM_CONCURRENCY": "1", **PRICES}
    cap = {"DRAMATIS_RUN_PRICE_CAP_USD": variable} if variable else {}
    with simulated_llm(SCRIPT) as llm:
        said = at(llm, **more, **cap)("read", SCRIPT, "--engine", "llm", "--price-cap", option)

    assert 0 < paid(llm) <= 6000
    assert said.code == 1
    (told,) = [line for line in said.err.splitlines() if line.startswith("dramatis: ")]
    assert re.match(
        rf"dramatis: {SCRIPT}: scenes \d+-9: .* {paid(llm)} of 6000 are spent .* \[price-cap-reached\]$", told
    )
    assert f"{paid(llm) / 1_000_000:.4f} USD\n" in said.err
    assert said.err.endswith(
        f"{SCRIPT}: nothing is kept between readings: with a higher cap (--price-cap or DRAMATIS_RUN_PRICE_CAP_USD, the "
        "lower counts) all of it is read, and paid for, anew\n"
    )


def test_a_price_cap_on_a_model_of_unknown_price_is_refused(at: Configured, short: Path) -> None:
    with simulated_llm(short) as llm:
        said = at(llm)("read", short, "--engine", "llm", "--price-cap", "1")

    assert said.code == 1
    assert not llm.calls
    assert said.line.startswith("nobody knows what 'm' costs, so --price-cap cannot hold: set DRAMATIS_LLM_PRICE_INPUT")


def test_what_a_chunk_found_is_known_to_those_that_are_asked_about_later(at: Configured) -> None:
    piers = {"name": "piers", "scenes": [1], "evidence": [{"scene": 1, "quote": "water SLAPS against the piers"}]}
    first: dict[str, object] = {"call": "1", "json": {"characters": [], "locations": [piers], "props": []}}
    with simulated_llm(SCRIPT, rules=[first]) as llm:
        at(llm, DRAMATIS_LLM_CONCURRENCY="1")("read", SCRIPT, "--engine", "llm")

    assert len(llm.calls) > 2
    assert ["- piers\n" in call.prompt for call in llm.calls] == [False] + [True] * (len(llm.calls) - 1)


def paid(llm: Simulator) -> int:
    """Micro-USD at `PRICES`."""
    return sum(call.prompt_tokens + call.completion_tokens for call in llm.calls)


def test_no_reply_is_so_long_that_it_passes_the_price_cap(at: Configured) -> None:
    long: dict[str, object] = {"reply": '{"characters": [], "locations": [], "props": []}' + "\n" * 22_000}
    more = {"DRAMATIS_LLM_REPLY_TOKENS": "6000", "DRAMATIS_RUN_PRICE_CAP_USD": "0.019"}
    with simulated_llm(SCRIPT, rules=[long]) as llm:
        said = at(llm, **PRICES, **more)("read", SCRIPT, "--engine", "llm")

    assert 0 < paid(llm) <= 19_000
    assert paid(llm) / len(llm.calls) > 5000
    assert f"{paid(llm)} of 19000 are spent" in said.err


def test_calls_under_way_that_could_pass_the_price_cap_are_waited_for(at: Configured) -> None:
    longest = 4000
    with simulated_llm(SCRIPT) as llm:
        at(llm)("read", SCRIPT, "--engine", "llm")
    cap = round(1.1 * paid(llm)) + 2 * longest
    more = {"DRAMATIS_LLM_REPLY_TOKENS": str(longest), "DRAMATIS_RUN_PRICE_CAP_USD": str(cap / 1_000_000)}
    assert len(llm.calls) * longest > cap
    with simulated_llm(SCRIPT, latency_ms=20) as llm:
        said = at(llm, **PRICES, **more)("read", SCRIPT, "--engine", "llm")

    assert (said.code, "price-cap" in said.err) == (0, False)
    assert paid(llm) <= cap
    assert max(call.at_once for call in llm.calls) > 1


SHORT = "INT. ATTIC - NIGHT\n\nANNA\nHello.\n\nBO\nGood night.\n\nCLEO\nWho is it?\n\nAnna lifts the lamp.\n"


@pytest.fixture
def short(tmp_path: Path) -> Path:
    """A script of one chunk."""
    path = tmp_path / "short.fountain"
    path.write_text(SHORT)
    return path


@pytest.mark.parametrize("second", ["refusal", "empty", "401"])
def test_what_a_first_reply_held_stays_when_the_second_does_not_come(at: Configured, short: Path, second: str) -> None:
    with simulated_llm(short, faults=["truncated=0.7@1", f"{second}@2"]) as llm:
        said = at(llm)("read", short, "--engine", "llm", "--json")

    assert said.code == 0
    assert {one["name"] for one in said.json["short"]["characters"]} >= {"Anna"}
    assert "lost: " in said.err
    assert "llm-" in said.err
    assert len(llm.calls) == 2


@pytest.mark.parametrize("first", ["refusal", "empty"])
def test_a_first_reply_that_is_none_is_paid_and_asked_for_once_more(at: Configured, short: Path, first: str) -> None:
    with simulated_llm(short, faults=[f"{first}@1"]) as llm:
        said = at(llm)("read", short, "--engine", "llm", "--json")

    assert said.code == 0
    assert {one["name"] for one in said.json["short"]["characters"]} == {"Anna", "Bo", "Cleo"}
    assert "1 chunk in 2 calls, " in said.err
    assert len(llm.calls) == 2


def test_where_a_model_refuses_twice_the_built_in_reading_stands_in(at: Configured, short: Path) -> None:
    with simulated_llm(short, faults=["refusal"]) as llm:
        said = at(llm)("read", short, "--engine", "llm", "--json")

    assert (said.code, len(llm.calls)) == (0, 2)
    assert "lost: not read by the model (llm-refused: " in said.err
    found = said.json["short"]["characters"]
    assert {one["name"] for one in found} >= {"Anna"}
    assert all(one["confidence"] <= 0.5 for one in found)


def test_nobody_sits_and_waits_for_a_day(at: Configured, short: Path) -> None:
    with simulated_llm(short, faults=["429=86400"]) as llm:
        said = at(llm)("read", short, "--engine", "llm", "--json")

    assert (said.code, len(llm.calls)) == (1, 1)
    assert said.line.endswith("[llm-busy]")


def test_a_call_whose_longest_reply_would_pass_the_price_cap_is_not_made(at: Configured, short: Path) -> None:
    cap = {"DRAMATIS_LLM_REPLY_TOKENS": "6000", "DRAMATIS_RUN_PRICE_CAP_USD": "0.006"}
    with simulated_llm(short) as llm:
        said = at(llm, **PRICES, **cap)("read", short, "--engine", "llm")

    assert said.code == 1
    assert said.line.endswith("[price-cap-reached]")
    assert not llm.calls


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "no language model is configured: set DRAMATIS_LLM_PROVIDER and DRAMATIS_LLM_MODEL"),
        ({"LLM_PROVIDER": "openai"}, "DRAMATIS_LLM_PROVIDER needs DRAMATIS_LLM_MODEL"),
        ({"LLM_PROVIDER": "oracle"}, "DRAMATIS_LLM_PROVIDER: Input should be"),
        (
            {"LLM_PROVIDER": "openai", "LLM_MODEL": "m", "LLM_BASE_URL": "http://x", "RUN_PRICE_CAP_USD": "1"},
            "set DRAMATIS_LLM_PRICE_INPUT and DRAMATIS_LLM_PRICE_OUTPUT, 0 for a model that costs nothing, or leave the "
            "cap out [price-unknown]",
        ),
        (
            {"LLM_PROVIDER": "openai", "LLM_MODEL": "m", "LLM_BASE_URL": "foo"},
            "DRAMATIS_LLM_BASE_URL: give the address of an API as http://host:port/path",
        ),
    ],
)
def test_a_model_that_is_not_configured_is_told_in_one_line(settings: dict[str, str], words: str) -> None:
    terminal = Terminal(None, **{f"DRAMATIS_{name}": value for name, value in settings.items()})
    said = terminal("read", SCRIPT, "--engine", "llm")
    assert (said.code, said.out) == (1, "")
    assert words in said.line
