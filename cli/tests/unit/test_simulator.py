import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dramatis.simulator import (
    AddressTaken,
    FaultInvalid,
    FaultWhen,
    RulesInvalid,
    ScriptUnreadable,
    Simulator,
    load_rules,
    simulated_llm,
)
from dramatis.waiting import wait_for
from extraction.adapters.documents import script_of
from extraction.domain.llm.chunks import plan_chunks
from extraction.domain.llm.prompt import prompt_for, prompt_for_missing

ROOT = Path(__file__).parents[3]
SCRIPT = ROOT / "examples" / "the-street-that-wasnt-there.fountain"
TEA = "INT. KITCHEN - DAY\n\nANNA (30, tired) puts the TEAPOT on the table.\n\nANNA\nTea?\n"
WHARF = "EXT. WHARF - NIGHT\n\nBORIS drops a LANTERN into the black water.\n\nBORIS\nGone.\n"


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=20) as each:
        yield each


def post(client: httpx.Client, llm: Simulator, prompt: str = TEA, **more: object) -> httpx.Response:
    messages = [{"role": "system", "content": "You read scripts."}, {"role": "user", "content": prompt}]
    return client.post(f"{llm.base_url}/chat/completions", json={"model": "m", "messages": messages, **more})


def choice(answer: httpx.Response) -> Any:
    assert answer.status_code == 200, answer.text
    return answer.json()["choices"][0]


def said(answer: httpx.Response) -> str:
    return str(choice(answer)["message"]["content"])


def names(text: str) -> dict[str, list[str]]:
    return {kind: [one["name"] for one in each] for kind, each in json.loads(text).items()}


def test_a_prompt_is_answered_as_the_builtin_engine_reads_it(client: httpx.Client) -> None:
    with simulated_llm() as llm:
        answer = post(client, llm)

    assert names(said(answer)) == {"characters": ["Anna"], "locations": ["Kitchen"], "props": ["Teapot"]}
    assert choice(answer)["finish_reason"] == "stop"
    usage = answer.json()["usage"]
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"] > 100


def test_only_the_scenes_that_the_prompt_holds_are_answered(tmp_path: Path, client: httpx.Client) -> None:
    script = tmp_path / "both.fountain"
    script.write_text(f"{TEA}\n{WHARF}")
    with simulated_llm(script) as llm:
        numbered = "\n".join(f"{number}: {line}" for number, line in enumerate(WHARF.splitlines(), 12))
        answer = post(client, llm, f"The cast so far: ANNA\n\n{numbered}")
        nothing = post(client, llm, "Good morning, ANNA.")

    assert names(said(answer)) == {"characters": ["Boris"], "locations": ["Wharf"], "props": ["Lantern"]}
    assert json.loads(said(answer))["props"][0]["evidence"][0]["scene"] == 2
    assert names(said(nothing)) == {"characters": [], "locations": [], "props": []}
    assert [call.scenes for call in llm.calls] == [(2,), ()]


def test_a_prompt_about_another_script_is_read_by_itself(client: httpx.Client) -> None:
    with simulated_llm(SCRIPT) as llm:
        answer = post(client, llm, f"Read this.\n<script>\n[Scene 1] {WHARF}</script>")
    assert names(said(answer))["characters"] == ["Boris"]


@pytest.mark.parametrize("compared", [False, True])
def test_the_prompts_of_extraction_are_answered_scene_by_scene(client: httpx.Client, *, compared: bool) -> None:
    script = script_of(SCRIPT.read_bytes(), None, SCRIPT.name)
    chunks = plan_chunks(script, 900)
    assert len(chunks) > 2
    with simulated_llm(SCRIPT if compared else None) as llm:
        for chunk in chunks:
            answer = json.loads(said(post(client, llm, prompt_for(chunk, ["Nobody in This"]).text)))
            entries = [entry for each in answer.values() for entry in each]
            assert len(entries) > 5
            assert all(one["quote"] in chunk.text for entry in entries for one in entry["evidence"])
            marks = range(1, len(chunk.scenes) + 1)
            assert {number for entry in entries for number in entry["scenes"]} == set(marks)
            places = {place["name"] for place in answer["locations"]}
            missing = prompt_for_missing(chunk, [], places, ["the end is cut off"])
            assert json.loads(said(post(client, llm, missing.text)))["locations"] == []


def test_the_first_rule_that_holds_answers(tmp_path: Path, client: httpx.Client) -> None:
    (tmp_path / "third.txt").write_text("from a file")
    rules = tmp_path / "rules.toml"
    rules.write_text(
        """
        model = "scripted-1"
        [[rule]]
        contains = "WHARF"
        times = 1
        reply = "once"
        [[rule]]
        matches = "(?i)wharf"
        json = { props = [] }
        [[rule]]
        scene = [2, 3]
        reply_file = "third.txt"
        [[rule]]
        model = "other"
        reply = "other"
        [[rule]]
        call = 6
        reply = "the sixth"
        """
    )
    with simulated_llm(rules) as llm:
        heard = [said(post(client, llm, prompt)) for prompt in (WHARF, WHARF, "Scene 3\nHe runs.")]
        heard += [said(post(client, llm, "x", model="other")), *(said(post(client, llm, "x")) for _ in range(2))]
        listed = client.get(f"{llm.base_url}/models").json()

    assert heard[:4] == ["once", '{"props": []}', "from a file", "other"]
    assert names(heard[4]) == {"characters": [], "locations": [], "props": []}
    assert heard[5] == "the sixth"
    assert [call.rule for call in llm.calls] == ["rule 1", "rule 2", "rule 3", "rule 4", "", "rule 5"]
    assert [each["id"] for each in listed["data"]] == ["scripted-1"]


def test_rules_can_be_given_by_a_program(client: httpx.Client) -> None:
    with simulated_llm(rules=[{"contains": "WHARF", "fault": 500, "times": 1}]) as llm:
        statuses = [post(client, llm, prompt).status_code for prompt in (TEA, WHARF, WHARF)]
    assert statuses == [200, 500, 200]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[rule]]\nfautl = '500'", "rule 1: fautl: Extra inputs are not permitted"),
        (
            "[[rule]]\n[[rule]]\nfault = '42x'",
            "rule 2: fault: '42x' is no fault: give a status from 400 to 599, or one of",
        ),
        ("[[rule]]\ncall = 'all'", "rule 1: call: 'all' names no calls"),
        ("[[rule]]\nreply = ''\njson = {}", "rule 1: give one of reply, reply_file and json"),
        ("[[rule]]\nmatches = '('", "rule 1: matches: Input should be a valid regular expression"),
        ("[[rule]]\n[[rule]]\nreply_file = 'no.txt'", "rule 2: reply_file: {folder}/no.txt: No such file or directory"),
        ("[[rule]]\nreply_file = '.'", "rule 1: reply_file: {folder}: Is a directory"),
        ("[[rule]]\nreply_file = 'latin.txt'", "rule 1: reply_file: {folder}/latin.txt: it is not in UTF-8"),
        ("script = 'no.fountain'", "script: there is no file {folder}/no.fountain"),
        ("rule = [", "Invalid value"),
        ("latency_ms = -1", "latency_ms: Input should be greater than or equal to 0"),
    ],
)
def test_rules_that_are_wrong_are_told_with_their_place(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(text)
    (tmp_path / "latin.txt").write_bytes("Zoë".encode("latin-1"))
    with pytest.raises(RulesInvalid) as told:
        load_rules(path)
    assert str(told.value).startswith(f"{path}: {words.format(folder=tmp_path)}")


def test_the_rules_of_the_guide_are_read_as_they_are_printed(tmp_path: Path) -> None:
    guide = (ROOT / "docs/guides/simulate-an-llm.md").read_text()
    (tmp_path / "rules.toml").write_text(guide.partition("```toml\n")[2].partition("```")[0])
    (tmp_path / "my.fountain").write_text(TEA)
    (tmp_path / "cut-off.txt").write_text('{"characters": [{"name": "Ada"')
    rules = load_rules(tmp_path / "rules.toml")
    assert [rule.text() for rule in rules.rule][1:] == [
        '{"characters": [{"name": "Ada"',
        '{"characters": [{"name": "Joe"}], "locations": [], "props": []}',
    ]


def test_a_script_that_cannot_be_read_is_told_with_its_name(tmp_path: Path) -> None:
    script = tmp_path / "blank.fountain"
    script.write_text(" \n")
    with pytest.raises(ScriptUnreadable, match=r"blank\.fountain: The script has no text"), simulated_llm(script):
        pass


def test_a_status_is_an_error_document_as_the_api_has_it(client: httpx.Client) -> None:
    with simulated_llm(faults=["429=2@1", "500@2", "503@3", "401@4"]) as llm:
        answers = [post(client, llm) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [429, 500, 503, 401, 200]
    assert [answer.headers.get("retry-after") for answer in answers] == ["2", None, None, None, None]
    assert [answer.json()["error"]["type"] for answer in answers[:4]] == [
        "rate_limit_error",
        "server_error",
        "server_error",
        "authentication_error",
    ]
    assert [call.fault for call in llm.calls] == ["429", "500", "503", "401", ""]


def test_a_truncated_reply_says_that_the_length_ended_it(client: httpx.Client) -> None:
    with simulated_llm(rules=[{"reply": "0123456789"}], faults=["truncated=0.3"]) as llm:
        got = choice(post(client, llm))
    assert (got["message"]["content"], got["finish_reason"]) == ("012", "length")


def test_spoiled_replies_are_spoiled_as_asked(client: httpx.Client) -> None:
    faults = ["fenced", "refusal", "empty", "wrong-keys", "broken"]
    with simulated_llm(faults=[f"{fault}@{number}" for number, fault in enumerate(faults, 1)]) as llm:
        fenced, refusal, empty, wrong_keys, broken = (said(post(client, llm)) for _ in faults)

    assert fenced.count("```") == 2
    assert names(fenced.split("```json")[1].split("```")[0])["props"] == ["Teapot"]
    assert "can't help" in refusal
    assert empty == ""
    assert sorted(json.loads(wrong_keys)) == ["cast", "objects", "places"]
    assert "name" not in json.loads(wrong_keys)["cast"][0]
    assert "Teapot" in broken
    with pytest.raises(ValueError, match="Expecting value"):
        json.loads(broken)


def test_a_refusal_under_a_schema_stands_in_its_own_field(client: httpx.Client) -> None:
    with simulated_llm(faults=["refusal"]) as llm:
        message = choice(post(client, llm, response_format={"type": "json_schema", "json_schema": {}}))["message"]
    assert message["content"] is None
    assert "can't help" in message["refusal"]


def test_a_function_that_must_be_called_is_called(client: httpx.Client) -> None:
    tools = [{"type": "function", "function": {"name": "final_result", "parameters": {}}}]
    with simulated_llm() as llm:
        got = choice(post(client, llm, tools=tools, tool_choice="required"))
    assert got["finish_reason"] == "tool_calls"
    function = got["message"]["tool_calls"][0]["function"]
    assert function["name"] == "final_result"
    assert names(function["arguments"])["characters"] == ["Anna"]


@pytest.mark.parametrize("fault", ["", "slow=0", "truncated"])
def test_a_stream_says_the_same_in_pieces(client: httpx.Client, fault: str) -> None:
    with simulated_llm(faults=[fault] if fault else []) as llm:
        whole = choice(post(client, llm))
        stream = post(client, llm, stream=True, stream_options={"include_usage": True})

    assert stream.headers["content-type"].startswith("text/event-stream")
    events = [line.removeprefix("data: ") for line in stream.text.splitlines() if line]
    assert events[-1] == "[DONE]"
    *deltas, usage = map(json.loads, events[:-1])
    pieces = [one["choices"][0]["delta"].get("content", "") for one in deltas]
    assert "".join(pieces) == whole["message"]["content"]
    assert len(pieces) > 10
    assert deltas[-1]["choices"][0]["finish_reason"] == whole["finish_reason"]
    assert usage["choices"] == []
    assert usage["usage"]["completion_tokens"] > 10


def test_a_call_that_hangs_is_let_go_when_the_client_leaves(client: httpx.Client) -> None:
    with simulated_llm(faults=["hang@1", "hang=0@2"]) as llm:
        with pytest.raises(httpx.ReadTimeout), httpx.Client(timeout=0.2) as hasty:
            post(hasty, llm)
        wait_for(lambda: llm.calls[0].outcome or None, "the simulator sees it", 20)
        assert post(client, llm).status_code == 200
    assert [call.outcome for call in llm.calls] == ["hung up", "200"]


def test_stopping_lets_go_of_calls_that_hang(client: httpx.Client) -> None:
    with ThreadPoolExecutor(1) as background, simulated_llm(faults=["hang"]) as llm:
        hanging = background.submit(post, client, llm)
        wait_for(lambda: llm.calls or None, "the call", 20)
        llm.stop()
        assert hanging.result(timeout=20).status_code == 503
    assert [call.outcome for call in llm.calls] == ["stopped"]


def test_a_dropped_connection_breaks_off_in_the_middle(client: httpx.Client) -> None:
    with simulated_llm(faults=["dropped@1"]) as llm:
        with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"):
            post(client, llm)
        assert post(client, llm).status_code == 200
    assert [call.outcome for call in llm.calls] == ["dropped", "200"]


def test_calls_under_way_are_counted(client: httpx.Client) -> None:
    with simulated_llm(latency_ms=600, rules=[{"reply": "{}"}]) as llm, ThreadPoolExecutor(5) as five:
        list(five.map(lambda _: post(client, llm), range(5)))
        assert max(call.at_once for call in llm.calls) == 5
        post(client, llm)
    assert llm.calls[-1].at_once == 1
    assert all(call.seconds is not None and call.seconds >= 0.6 for call in llm.calls)


def test_the_log_has_a_line_for_each_call(client: httpx.Client) -> None:
    lines: list[str] = []
    with simulated_llm(SCRIPT, faults=["500@2"], log=lines.append) as llm:
        for _ in range(2):
            post(client, llm, SCRIPT.read_text(), model="llama")
    first, second = map(json.loads, lines)
    assert first["scenes"] == list(range(1, 10))
    assert (first["call"], first["model"], first["outcome"], first["fault"]) == (1, "llama", "200", "")
    assert first["prompt_tokens"] > first["at_once"] == 1
    assert first["latency_ms"] > 0
    assert (second["outcome"], second["fault"], second["completion_tokens"]) == ("500", "500", 0)


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"messages": 1}', '{"messages": [{"content": [1]}]}', "nonsense"])
def test_what_is_no_request_is_refused(client: httpx.Client, body: str) -> None:
    lines: list[str] = []
    with simulated_llm(log=lines.append) as llm:
        answer = client.post(f"{llm.base_url}/chat/completions", content=body)
    assert answer.status_code == 400
    assert answer.json()["error"]["type"] == "invalid_request_error"
    assert [(call.number, call.outcome, call.prompt) for call in llm.calls] == [(1, "400", "")]
    assert [json.loads(line)["outcome"] for line in lines] == ["400"]


def test_a_port_that_is_taken_is_told() -> None:
    with simulated_llm() as llm:
        port = int(llm.base_url.rpartition(":")[2].removesuffix("/v1"))
        with pytest.raises(AddressTaken, match=f"port {port} is taken"), simulated_llm(port=port):
            pass


@pytest.mark.parametrize(
    "text", ["", "burning", "200", "600", "429=x", "hang@", "hang@0%-", "hang@110%", "hang@x", "=1"]
)
def test_what_is_no_fault_is_refused(text: str) -> None:
    with pytest.raises(FaultInvalid):
        FaultWhen.parse(text)


@given(st.integers(0, 5), st.integers(1, 99))
def test_a_rate_is_drawn_alike_for_the_same_seed(seed: int, percent: int) -> None:
    when = FaultWhen.parse(f"500@{percent}%").when
    drawn = [number for number in range(1, 2001) if when.holds(number, f"{seed}/fault")]
    assert drawn == [number for number in range(1, 2001) if when.holds(number, f"{seed}/fault")]
    assert abs(len(drawn) / 2000 - percent / 100) < 0.06


def test_calls_are_named_one_by_one_and_in_ranges() -> None:
    when = FaultWhen.parse("500@1,3-5,9-").when
    assert [number for number in range(1, 12) if when.holds(number, "")] == [1, 3, 4, 5, 9, 10, 11]
