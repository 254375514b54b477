"""Every error has a code of its own, a kind and a sentence."""

from types import ModuleType

import pytest
from tools import errors


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
    "a code that is taken": (error(code="look-gone"), "also the code of"),
}


@pytest.mark.parametrize(("broken", "complaint"), BROKEN.values(), ids=BROKEN)
def test_an_incomplete_error_is_found(broken: type[Exception], complaint: str) -> None:
    found = errors.findings([Good, broken])

    assert len(found) == 1
    assert complaint in found[0].message


def test_a_complete_error_passes() -> None:
    assert errors.findings([Good, error()]) == []


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


def test_the_repository_passes() -> None:
    assert [str(finding) for finding in errors.findings(errors.repository_errors())] == []


def test_the_errors_of_the_repository_are_seen() -> None:
    seen = errors.repository_errors()

    assert len(seen) >= errors.FEWEST_ERRORS
    assert {"chassis", "contracts", "extraction", "assets", "imagegen", "localizer"} == {
        error.__module__.partition(".")[0] for error in seen
    }
