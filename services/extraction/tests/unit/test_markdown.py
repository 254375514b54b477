"""Markdown around stories and scripts."""

from extraction.domain.reading import read_script
from extraction.domain.script import Kind, Scene, Script


def read(text: str) -> Script:
    return read_script(text, "md")


def kinds(scene: Scene) -> list[tuple[Kind, str]]:
    return [(element.kind, element.text) for element in scene.elements]


def test_front_matter_names_the_story_and_is_not_in_it() -> None:
    script = read('---\ntitle: "The Well"\nauthor: Nobody\ntags: [a, b]\n---\n\n# One\n\nShe fell.\n')
    assert (script.title, [scene.heading for scene in script.scenes]) == ("The Well", ["One"])
    assert script.preamble == ()


def test_a_rule_is_no_front_matter() -> None:
    assert [scene.elements[0].text for scene in read("---\n\nShe fell.\n\n---\n\nShe rose.\n").scenes] == [
        "She fell.",
        "She rose.",
    ]


def test_headings_of_one_level_are_all_chapters() -> None:
    script = read("# Down\n\nShe fell.\n\n# Up\n\nShe rose.\n")
    assert [(scene.heading, len(scene.elements)) for scene in script.scenes] == [("Down", 1), ("Up", 1)]


def test_a_part_that_only_holds_chapters_is_no_chapter() -> None:
    script = read("# The Well\n\n## Part One\n\n### Down\n\nShe fell.\n\n### Up\n\nShe rose.\n")
    assert (script.title, [scene.heading for scene in script.scenes]) == ("The Well", ["Down", "Up"])
    assert [(element.kind, element.text) for element in script.preamble] == [(Kind.SECTION, "Part One")]


def test_underlined_headings_are_headings() -> None:
    script = read("The Well\n========\n\nDown\n----\n\nShe fell.\n\nUp\n---\n\nShe rose.\n")
    assert (script.title, [scene.heading for scene in script.scenes]) == ("The Well", ["Down", "Up"])


def test_words_come_without_their_markup() -> None:
    text = (
        "# Props\n\n- a **brass** key\n* [x] the `red` ledger\n2. a [lamp](http://x.y/z)\n> she _sings_\n"
        "![a map](map.png)\n\n<!-- not\nthis -->\nA\\*B<br/>\n[1]: http://x.y\n"
    )
    assert [element.text for element in read(text).scenes[0].elements] == [
        "a brass key",
        "the red ledger",
        "a lamp",
        "she sings",
        "A*B",
    ]


def test_sources_are_the_lines_of_the_file() -> None:
    text = "# One\n\n- a **brass** key\n\n# Two\n"
    scene = read(text).scenes[0]
    assert (scene.line, scene.source) == (1, "# One")
    assert [(element.line, element.source) for element in scene.elements] == [(3, "- a **brass** key")]


def test_a_screenplay_keeps_its_acts_as_sections_and_speeches_after_bold_cues() -> None:
    script = read(
        "# The Key\n\n## Act One\n\n### INT. HALL - DAY\n\nA door.\n\n**ANNA**\n\n*(low)*\n\nHello?\n\nNobody.\n\n```\n"
        "EXT. YARD - DAY\n\nBO\nHere.\n```\n"
    )
    assert script.title == "The Key"
    assert [scene.place for scene in script.scenes] == ["HALL", "YARD"]
    assert kinds(script.scenes[0]) == [
        (Kind.ACTION, "A door."),
        (Kind.CUE, "ANNA"),
        (Kind.PARENTHETICAL, "(low)"),
        (Kind.DIALOGUE, "Hello?"),
        (Kind.ACTION, "Nobody."),
    ]
    assert kinds(script.scenes[1]) == [(Kind.CUE, "BO"), (Kind.DIALOGUE, "Here.")]


def test_speeches_after_a_colon_in_bold_are_speeches() -> None:
    script = read("## INT. HALL - DAY\n\nA door.\n\n**ANNA:** Hello?\n\n**BO** (low): Yes.\n\n**ANNA:** Who?\n")
    assert [element.text for element in script.scenes[0].elements if element.kind is Kind.CUE] == ["ANNA", "BO", "ANNA"]


def test_a_comment_that_is_never_closed_hides_nothing() -> None:
    script = read("A <!-- b --> c <!-- d\ne --> f\n<!-- g\n\nh\n")
    assert [element.text for element in script.scenes[0].elements] == ["A  c", "f", "<!-- g", "h"]


def test_a_heading_in_capitals_beside_those_of_scenes_opens_one_too() -> None:
    script = read(
        "## ACT ONE\n\n## INT. HALL - DAY\n\nA door.\n\n## UNDERWATER\n\nSilt.\n\n### SOMETHING\n\n## Notes\n"
    )
    assert [scene.place for scene in script.scenes] == ["HALL", "UNDERWATER"]
