"""Every error has a code that means one thing, a kind and a sentence."""

from types import ModuleType

import pytest
from tools import errors

from chassis.errors import Problem


class Good(Exception):
    """The look is gone."""

    code = "look-gone"
    kind = "not-found"


def error(doc: str | None = "The look is gone.", **attributes: object) -> type[Exception]:
    return type("LookLost", (Exception,), {"__doc__": doc, "code": "look-lost", "kind": "not-found", **attributes})


BROKEN = {
    "no code": (error(code=None), "attribute code"),
    "a code that is no slug": (error(code="Look lost"), "attribute code"),
    "no kind": (error(kind=None), "attribute kind"),
    "an unknown kind": (error(kind="teapot"), "attribute kind"),
    "no docstring": (error(doc=None), "docstring"),
    "a code that its package has": (error(code="look-gone"), "has the code of"),
    "another service's code and another kind": (
        error(code="look-gone", kind="conflict", __module__="b.errors"),
        "kind",
    ),
    "another service's code and another title": (error("It went.", code="look-gone", __module__="b.errors"), "title"),
}


@pytest.mark.parametrize(("broken", "complaint"), BROKEN.values(), ids=BROKEN)
def test_an_incomplete_error_is_found(broken: type[Exception], complaint: str) -> None:
    found = errors.findings([Good, broken])

    assert len(found) == 1
    assert complaint in found[0].message


def test_a_complete_error_passes() -> None:
    assert errors.findings([Good, error()]) == []


def test_two_services_may_mean_the_same_by_a_code() -> None:
    longer = error("The look is gone.\n\nIt was deleted.", code="look-gone", __module__="b.errors")

    assert errors.findings([Good, longer]) == []


def test_a_docstring_is_not_inherited() -> None:
    child = type("LookForgotten", (Good,), {"code": "look-forgotten"})

    assert len(errors.findings([child])) == 1


def test_bases_private_errors_and_imported_ones_are_left_out() -> None:
    module = ModuleType("looks")
    base = type("LookError", (Exception,), {"__module__": "looks"})
    leaf = type("LookLost", (base,), {"__module__": "looks"})
    private = type("_Stop", (Exception,), {"__module__": "looks"})
    vars(module).update(LookError=base, LookLost=leaf, _Stop=private, Good=Good)

    assert errors.error_classes([module]) == [leaf]


def test_a_problem_is_seen_before_it_has_a_code_and_a_signal_is_not() -> None:
    module = ModuleType("looks")
    problem = type("LookLost", (Problem,), {"__module__": "looks"})
    half = type("LookGone", (Exception,), {"__module__": "looks", "kind": "not-found"})
    signal = type("LookSeen", (Exception,), {"__module__": "looks"})
    vars(module).update(LookLost=problem, LookGone=half, LookSeen=signal)

    assert errors.problems([module]) == [problem, half]


def test_the_repository_passes() -> None:
    assert [str(finding) for finding in errors.findings(errors.repository_errors())] == []


def test_the_errors_of_the_repository_are_seen() -> None:
    seen = errors.repository_errors()

    assert len(seen) >= errors.FEWEST_ERRORS
    assert {"chassis", "contracts", "extraction", "assets", "imagegen", "localizer"} == {
        error.__module__.partition(".")[0] for error in seen
    }
