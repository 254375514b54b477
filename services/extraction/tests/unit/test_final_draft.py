"""What Final Draft's XML says, and what it only keeps beside the script."""

import pytest
from services.extraction.tests.unit import written

from extraction.adapters.documents import script_of
from extraction.domain.finds import AssetType, Evidence
from extraction.domain.formats.tags import asset_type_of
from extraction.domain.script import Kind, Script

TAGS = """<TagData>
  <TagCategories>
    <TagCategory Id="c1" Name="Cast Members" Number="1"/><TagCategory Id="c2" Name="Props" Number="2"/>
    <TagCategory Id="c3" Name="Music" Number="3"/><TagCategory Id="c4" Name="Locations" Number="4"/>
  </TagCategories>
  <TagDefinitions>
    <TagDefinition CatId="c2" Id="d1" Label="Storm lantern"/><TagDefinition CatId="c2" Id="d2" Label="Tin mug"/>
    <TagDefinition CatId="c3" Id="d3" Label="Waltz"/><TagDefinition CatId="c2" Id="d4" Label="Iron crank"/>
    <TagDefinition CatId="c2" Id="d5" Label="Cut long ago"/><TagDefinition CatId="c4" Id="d6" Label="The quay"/>
    <TagDefinition CatId="c1" Id="d7" Label="Otis"/>
  </TagDefinitions>
  <Tags>
    <Tag Number="1"><DefId>d1</DefId></Tag><Tag Number="2"><DefId>d2</DefId></Tag><Tag Number="3"><DefId>d3</DefId></Tag>
    <Tag Number="5"><DefId>d5</DefId></Tag><Tag Number="6"><DefId>d6</DefId></Tag><Tag Number="7"><DefId>d7</DefId></Tag>
  </Tags>
</TagData>"""


def script(content: str, after: str = "") -> Script:
    return script_of(f"<FinalDraft><Content>{content}</Content>{after}</FinalDraft>".encode(), "fdx")


def paragraph(kind: str, *texts: str, attributes: str = "") -> str:
    return f'<Paragraph Type="{kind}"{attributes}>' + "".join(f"<Text>{text}</Text>" for text in texts) + "</Paragraph>"


HALL = paragraph("Scene Heading", "INT. HALL - DAY", attributes=' Number="12A"')


def kinds(read: Script) -> list[tuple[Kind, str]]:
    return [(element.kind, element.text) for element in read.scenes[0].elements]


def test_scenes_keep_their_printed_number_and_every_type_its_kind() -> None:
    read = script(
        HALL
        + paragraph("Shot", "ON THE ", "DOOR")
        + paragraph("Character", "ANNA")
        + paragraph("Parenthetical", "(low)")
        + paragraph("Dialogue", "Hi.")
        + paragraph("Transition", "CUT TO:")
        + paragraph("General", "Rain &amp; wind.")
        + paragraph("End of Act", "END OF ACT ONE")
        + paragraph("Cast List", "Anna, Bo")
        + "<Paragraph><Text>Untyped.</Text></Paragraph>"
    )
    assert (read.scenes[0].label, read.scenes[0].place) == ("12A", "HALL")
    assert kinds(read) == [
        (Kind.ACTION, "ON THE DOOR"),
        (Kind.CUE, "ANNA"),
        (Kind.PARENTHETICAL, "(low)"),
        (Kind.DIALOGUE, "Hi."),
        (Kind.TRANSITION, "CUT TO:"),
        (Kind.ACTION, "Rain & wind."),
        (Kind.SECTION, "END OF ACT ONE"),
        (Kind.SYNOPSIS, "Anna, Bo"),
        (Kind.ACTION, "Untyped."),
    ]


def test_lines_are_those_of_the_text_that_is_made_of_the_paragraphs() -> None:
    read = script(
        HALL + paragraph("Action", "A door.\nA stair.") + paragraph("Character", "ANNA") + paragraph("Dialogue", "Hi.")
    )
    assert read.scenes[0].line == 1
    assert [(element.line, element.source) for element in read.scenes[0].elements] == [
        (3, "A door."),
        (4, "A stair."),
        (6, "ANNA"),
        (7, "Hi."),
    ]


def test_who_speaks_second_in_dual_dialogue_is_marked() -> None:
    pair = (
        paragraph("Character", "ANNA")
        + paragraph("Dialogue", "Hi.")
        + paragraph("Character", "BO")
        + paragraph("Dialogue", "No.")
    )
    read = script(HALL + f"<Paragraph><DualDialogue>{pair}</DualDialogue></Paragraph>" + paragraph("Character", "CY"))
    cues = [(element.text, element.dual) for element in read.scenes[0].elements if element.kind is Kind.CUE]
    assert cues == [("ANNA", False), ("BO", True), ("CY", False)]


def test_notes_summaries_and_lists_beside_the_script_are_not_in_it() -> None:
    note = '<Paragraph Type="Action"><ScriptNote><Paragraph><Text>ask BORIS</Text></Paragraph></ScriptNote><Text>A door.</Text></Paragraph>'
    properties = '<SceneProperties Title="One"><Summary><Paragraph><Text>Anna arrives.</Text></Paragraph></Summary></SceneProperties>'
    omitted = '<Paragraph Type="Scene Heading"><OmittedScene><Paragraph Type="Action"><Text>A GUN.</Text></Paragraph></OmittedScene><Text>OMITTED</Text></Paragraph>'
    names = "<SmartType><Characters><Character>ZELDA</Character></Characters></SmartType>"
    header = "<HeaderAndFooter><Header><Paragraph><Text>Blue</Text></Paragraph></Header></HeaderAndFooter>"
    heading = f'<Paragraph Type="Scene Heading">{properties}<Text>INT. HALL - DAY</Text></Paragraph>'
    read = script(heading + note + omitted, names + header)
    assert kinds(read) == [(Kind.SYNOPSIS, "Anna arrives."), (Kind.ACTION, "A door."), (Kind.SECTION, "OMITTED")]
    assert len(read.scenes) == 1


def test_capitals_on_the_page_are_capitals_and_a_type_of_ones_own_is_what_it_is_paginated_as() -> None:
    settings = '<ElementSettings Type="Voice Over"><Behavior PaginateAs="Character"/></ElementSettings>'
    read = script(
        HALL
        + '<Paragraph Type="Action"><Text Style="AllCaps">boris</Text><Text> waits.</Text></Paragraph>'
        + paragraph("Voice Over", "NARRATOR"),
        settings,
    )
    assert kinds(read) == [(Kind.ACTION, "BORIS waits."), (Kind.CUE, "NARRATOR")]


@pytest.mark.parametrize("style", ["Strikeout", "Bold+Strikeout", "Strikeout+AllCaps"])
def test_text_that_is_struck_out_is_not_in_the_script(style: str) -> None:
    struck = f'<Text Style="{style}" TagNumber="1">MARA fires a revolver.</Text>'
    read = script(
        HALL
        + f'<Paragraph Type="Action"><Text>She lifts a bell. </Text>{struck}</Paragraph>'
        + f'<Paragraph Type="Scene Heading">{struck}</Paragraph>',
        TAGS,
    )
    assert kinds(read) == [(Kind.ACTION, "She lifts a bell.")]
    assert (len(read.scenes), read.tagged) == (1, ())


def test_tags_are_found_where_their_words_are_read_and_what_is_not_tagged_is_no_tag() -> None:
    read = script_of(written.fdx(extra=TAGS), "fdx")
    assert [(tag.asset_type, tag.name, tag.category, tag.scene_numbers) for tag in read.tagged] == [
        (AssetType.PROP, "Storm lantern", "Props", (2,)),
        (AssetType.PROP, "Tin mug", "Props", (1,)),
        (AssetType.LOCATION, "The quay", "Locations", (2,)),
        (AssetType.CHARACTER, "Otis", "Cast Members", (1, 2)),
    ]
    lantern = read.tagged[0].evidence
    assert lantern == (Evidence(2, 18, "OTIS BRANDT, 12, runs along the quay with a storm lantern."),)
    assert read.sha256 != script_of(written.fdx(), "fdx").sha256


def test_words_that_are_marked_belong_to_the_tag_whatever_they_are() -> None:
    marked = '<Paragraph Type="Action"><Text>He lifts </Text><Text TagNumber="2">the old thing</Text><Text>.</Text></Paragraph>'
    read = script(HALL + paragraph("Action", "A tin mug.") + marked, TAGS)
    mug = next(tag for tag in read.tagged if tag.name == "Tin mug")
    assert mug.aliases == ("the old thing",)
    assert mug.evidence == (Evidence(1, 5, "He lifts the old thing."),)


def test_categories_that_are_no_assets_have_no_type() -> None:
    named = {
        "Props": "prop",
        "Cast Members": "character",
        "Background Actors": "character",
        "Vehicles": "prop",
        "道具": "prop",
    }
    assert {name: asset_type_of(name) for name in named} == named
    assert {asset_type_of(name) for name in ("Music", "Sound", "Makeup/Hair", "Stunts", "Propellers")} == {None}


def test_the_title_is_the_first_paragraph_of_the_title_page_however_it_is_cut() -> None:
    header = "<HeaderAndFooter><Header><Paragraph><Text>7.</Text></Paragraph></Header></HeaderAndFooter>"
    page = (
        f"<TitlePage>{header}<Content><Paragraph><Text/></Paragraph><Paragraph><Text>\u201cThe </Text><Text>Key\u201d</Text>"
        "</Paragraph><Paragraph><Text>Written by</Text></Paragraph></Content></TitlePage>"
    )
    assert script(HALL + paragraph("Action", "A door."), page).title == "The Key"
    assert script(HALL + paragraph("Action", "A door.")).title == "Untitled"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_the_declared_encoding_is_the_one_that_is_read(codec: str) -> None:
    text = '<?xml version="1.0" encoding="{}"?><FinalDraft><Content>{}</Content></FinalDraft>'
    content = HALL + paragraph("Character", "ÉLODIE") + paragraph("Dialogue", "Où ça?")
    data = text.format(codec.removesuffix("-sig"), content).encode(codec)
    assert kinds(script_of(data)) == [(Kind.CUE, "ÉLODIE"), (Kind.DIALOGUE, "Où ça?")]
