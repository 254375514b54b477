from typing import Any
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from contracts.extraction.v1 import AssetExtracted
from contracts.values import AssetType
from extraction.app.match_found import Telling, match_found, told_merged
from extraction.app.store import Told
from extraction.domain.runs import Counts

RUN = {"run_id": UUID(int=1), "script_id": UUID(int=2), "project_id": UUID(int=3), "branch_id": UUID(int=4)}


def asset(name: str, *aliases: str, kind: AssetType = AssetType.CHARACTER, **more: Any) -> AssetExtracted:
    return AssetExtracted(
        **RUN, extracted_asset_id=uuid4(), script_version=1, asset_type=kind, name=name, aliases=aliases, **more
    )


def told(known: AssetExtracted, version: int = 1, *, is_merged: bool = False) -> Told:
    return Told(known, version, is_merged)


def after(known: list[Told], telling: Telling) -> list[Told]:
    """What is told when a telling has been recorded."""
    again = {news.extracted_asset_id: (news, version) for news, version in telling.again}
    kept = []
    for one in known:
        news, version = again.get(one.asset.extracted_asset_id, (one.asset, one.version))
        kept.append(Told(news, version, one.is_merged or one.asset.extracted_asset_id in telling.merged))
    return [*kept, *map(told, telling.new)]


def test_what_was_never_told_is_new() -> None:
    mira, key = asset("Mira"), asset("Mira", kind=AssetType.PROP)
    telling = match_found([mira, key], [told(mira)])
    assert (telling.new, telling.again, telling.counts) == ([key], [], Counts(1, 0, 1))


def test_what_has_more_to_say_is_told_again_under_its_first_name_and_id() -> None:
    known = told(asset("Mira", scene_numbers=(1,)), 3)
    [(news, version)] = match_found([asset("Mira Okafor", "Mira", scene_numbers=(1, 2))], [known]).again
    assert (news.extracted_asset_id, news.name, version) == (known.asset.extracted_asset_id, "Mira", 4)
    assert (news.aliases, news.scene_numbers) == (("Mira Okafor",), (1, 2))


def test_confidence_alone_is_no_news() -> None:
    telling = match_found([asset("Mira", confidence=0.9)], [told(asset("mira  ", confidence=0.5))])
    assert (telling.new, telling.again) == ([], [])


def test_two_that_turn_out_to_be_one_are_the_first_of_them() -> None:
    first, second = told(asset("Mira")), told(asset("The Keeper"))
    telling = match_found([asset("Mira", "the keeper")], [first, second])
    assert telling.merged == {second.asset.extracted_asset_id: first.asset.extracted_asset_id}
    assert (telling.new, telling.counts) == ([], Counts(1, 0, 0))


def test_of_two_that_are_one_it_is_told_which_is_which_at_the_next_version() -> None:
    first, second = told(asset("Mira"), 2), told(asset("The Keeper"), 3)
    telling = match_found([asset("Mira", "the keeper")], [first, second])
    [(merged, version)] = told_merged([first, second], telling.merged)
    assert (merged.name, merged.into_name, version) == ("The Keeper", "Mira", 4)
    assert merged.extracted_asset_id == second.asset.extracted_asset_id
    assert merged.into_extracted_asset_id == first.asset.extracted_asset_id


def test_a_shared_alias_does_not_make_two_of_the_same_name_one() -> None:
    first, second = told(asset("Anna", "doctor")), told(asset("Doctor"))
    telling = match_found([asset("Anna", "doctor"), asset("Doctor")], [first, second])
    assert (telling.new, telling.again, telling.merged) == ([], [], {})


def test_what_is_merged_is_not_told_again() -> None:
    telling = match_found([asset("Bo")], [told(asset("Bo"), is_merged=True)])
    assert [one.name for one in telling.new] == ["Bo"]


def test_what_is_found_no_longer_stays_told() -> None:
    telling = match_found([], [told(asset("Bo"))])
    assert (telling.new, telling.again, telling.merged, telling.counts) == ([], [], {}, Counts(1, 0, 0))


NAMES = st.sampled_from(["Mira", "mira", "Bo", "Bo Li", "The Keeper", "Doctor"])
FOUND = st.lists(st.tuples(NAMES, st.lists(NAMES, max_size=2)), max_size=5, unique_by=lambda one: one[0].casefold())


@given(rounds=st.lists(FOUND, max_size=4))
def test_whatever_is_found_in_whatever_order_it_is_told_once_and_comes_to_rest(
    rounds: list[list[tuple[str, list[str]]]],
) -> None:
    known: list[Told] = []
    for found in rounds:
        assets = [asset(name, *(other for other in dict.fromkeys(aliases) if other != name)) for name, aliases in found]
        known = after(known, match_found(assets, known))
        again = match_found(assets, known)
        assert (again.new, again.again, again.merged) == ([], [], {}), "told twice changes nothing"
        standing = [one for one in known if not one.is_merged]
        assert again.counts.characters == len(standing)
        assert len({one.asset.extracted_asset_id for one in known}) == len(known)
