"""The last resort: names in headings with lists, in tables, in broken pieces of JSON. All of it is doubtful."""

import re
from collections.abc import Iterator

from extraction.domain.finds import AssetType
from extraction.domain.salvage.cues import EXAMPLE_OVER, is_example
from extraction.domain.salvage.entries import Entry
from extraction.domain.salvage.naming import is_nobody
from extraction.domain.salvage.nodes import Record, Text
from extraction.domain.salvage.vocabulary import PARTS, is_weak, name_rank, squeezed, type_of_key, words_of

HEADING = re.compile(
    r"(?:[^\w\"'{}<|\n]|[\d_]){0,12}(?P<words>[^\W\d_][^:\uff1a*_#\n|\]]{0,40}?)[\s*_\]]{0,4}"
    r"(?:(?P<colon>[:\uff1a])[\s*_]{0,4}(?P<rest>.{0,2000}))?"
)
BULLET = re.compile(
    r"\s{0,12}(?:(?=\*\*\S)|(?:[-*+\u2022\u2013\u2014]|\d{1,3}[.)\u3001]|[A-Za-z]\))\s+)(?P<item>\S.{0,600})"
)
FIELD = re.compile(
    r"[\"'*]{0,3}(?P<key>[^\W\d_][\w ]{0,30})[\"'*]{0,3}\s*[:\uff1a=]\s*[\"']?(?P<value>[^\"\n]{1,300}?)[\"']?[,;]?\s*\Z"
)
NAMED = re.compile(
    r"(?:\*\*|__)?(?P<name>.{1,120}?)(?:\*\*|__)?\s*(?:[:\uff1a]|\s[-\u2013\u2014]\s|\s?\u2014\s?|(?<=\S)\s\(|\uff08|\Z)(?P<rest>.*)\Z"
)
SENTENCE = re.compile(
    r"[.!?\u3002]\s*\Z|\b(?:is|are|was|were|i|can(?:not|'t)?|has|have|the following)\b", re.IGNORECASE
)
PAIR = re.compile(
    r"[\"'](?P<key>[^\"'\n:]{1,40})[\"']\s*[:\uff1a]\s*(?:[\"'](?P<value>[^\"\n]{1,120}?)[\"']\s*(?=[,}\]\n]|\Z)|(?P<open>[\[{]))"
)
LIST_MARKS = re.compile(r"\s*[,;\u3001\uff0c\uff1b]\s*")
LABELLED = re.compile(
    r"\s*(?:[-*+\u2022]|\d{1,3}[.)])?\s*(?P<name>[^\s:(][^:(]{0,60}?)\s*(?:[:\uff1a\u2013\u2014-]\s*|[(\[\uff08]\s*)(?P<type>\w+)\s*[)\]\uff09]?\s*"
)
TYPE_FIRST = re.compile(
    r"\s*[\"']?(?P<type>\w{2,20})[\"']?\s*[,\t;]\s*[\"']?(?P<name>[^,\t;\"]{1,60})[\"']?\s*(?:[,\t;].*)?"
)
OTHER_HEADING = re.compile(
    r"[\s#*_>]{0,12}(?:(?:\w+ ){0,3}(?:not included|excluded|rejected|omitted|removed|ignored|left out|discarded)(?: \w+){0,3}|(?:\w+ )?(?:notes?|summary|comments?|remarks?|observations?|assumptions?|reasoning)|"
    r"备注|说明|注|注意|总结|未包含|排除\w{0,6})[\s*_:\uff1a]{0,6}",
    re.IGNORECASE,
)
CELL_BREAK = re.compile(r"\s*\|\s*")
ROW, CELL = (
    re.compile(r"<tr[^<>]{0,200}>\s*<t[dh][^<>]{0,200}>|</t[dh]>\s*</tr>"),
    re.compile(r"</t[dh]>\s*<t[dh][^<>]{0,200}>"),
)
TAG = re.compile(
    r"<(?P<tag>[^\W\d]\w{0,40})(?P<rest>(?:\s[^<>]{0,400})?)>(?P<text>[^<>]{0,300})(?P<closed></(?P=tag)>)?"
)
NAME_ATTRIBUTE = re.compile(r"\bname\s*=\s*[\"'](?P<name>[^\"'<>]{1,120})[\"']")
TYPE_COLUMNS = frozenset({"type", "category", "kind", "asset type", "类型", "类别", "分类", "种类"})
HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "dt", "p"})
MAX_PATTERN_WORDS = 7


def by_patterns(text: str) -> list[Entry]:
    """Entries that headings, lists, tables and pairs of keys and values suggest."""
    lines = ROW.sub("\n|", CELL.sub(" | ", text)).splitlines()
    return (
        [*_typed_fields(lines)]
        or [*_sections(lines), *_tables(lines)]
        or [*_pairs(text), *_tags(text)]
        or [*_labelled(lines)]
    )


def _sections(lines: list[str]) -> Iterator[Entry]:
    """Lists below headings: `## Characters`, `Props:`, `道具:`."""
    current: AssetType | None = None
    example = False
    for place, line in enumerate(lines):
        example = (example or is_example(line)) and line.strip() != "" and EXAMPLE_OVER.match(line) is None
        if example or OTHER_HEADING.fullmatch(line):
            current = None
            continue
        bullet = BULLET.fullmatch(line)
        heading = _heading(line) or _bare_heading(line, lines[place + 1 : place + 3])
        if heading is not None:
            current, rest = heading
            yield from _inline(current, rest)
        elif bullet and current is not None:
            yield from _bullet(current, bullet["item"])
        elif current is not None and FIELD.fullmatch(line.strip()):
            yield from _field(current, line.strip())
        elif line.strip() and not line[0].isspace() and "|" not in line:
            current = None


def _heading(line: str) -> tuple[AssetType, str] | None:
    found = HEADING.fullmatch(line[:2100])
    if found is None or len(words_of(found["words"])) > 4:
        return None
    named = type_of_key(found["words"])
    rest = (found["rest"] or "").strip()
    if rest and squeezed(found["words"]) in PARTS:
        return None
    if named is None or (not found["colon"] and line[:1] not in "#*_["):
        return None
    return named, rest


def _bare_heading(line: str, following: list[str]) -> tuple[AssetType, str] | None:
    """A line of one word or two that name a type, with a list below it, farther in when the line is a bullet itself."""
    named = type_of_key(line) if 0 < len(words_of(line)) <= 2 and HEADING.fullmatch(line[:60]) else None
    listed = [each for each in following if BULLET.fullmatch(each)] if named is not None else []
    deeper = BULLET.fullmatch(line) is None or any(_indent(each) > _indent(line) for each in listed[:1])
    return (named, "") if named is not None and listed and deeper else None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _inline(asset_type: AssetType, rest: str) -> Iterator[Entry]:
    if rest and not is_nobody(rest) and not SENTENCE.search(rest):
        for name in LIST_MARKS.split(rest.strip("[]")):
            yield from _entry(asset_type, name.strip("\"' "), None)


def _bullet(asset_type: AssetType, item: str) -> Iterator[Entry]:
    if FIELD.fullmatch(item) and any(True for _ in _field(asset_type, item)):
        yield from _field(asset_type, item)
        return
    named = NAMED.fullmatch(item)
    if named and not (named["rest"] == "" and SENTENCE.search(named["name"])):
        yield from _entry(asset_type, named["name"].strip("*_`\"' "), named["rest"].strip(" )\uff09:-*\u2014\u2013"))


def _field(asset_type: AssetType, text: str) -> Iterator[Entry]:
    """`name: Ada` of YAML, `name = "Ada"` of TOML."""
    pair = FIELD.fullmatch(text)
    if pair and squeezed(pair["key"]) not in PARTS and name_rank(pair["key"], asset_type) is not None:
        yield from _entry(asset_type, pair["value"], None)


def _typed_fields(lines: list[str]) -> Iterator[Entry]:
    """Fields of YAML that give an item a type and a name, line by line."""
    fields: dict[str, str] = {}
    for line in lines:
        bullet = BULLET.fullmatch(line)
        pair = FIELD.fullmatch((bullet["item"] if bullet else line).strip())
        fields = {} if bullet or pair is None else fields
        if pair:
            fields[squeezed(pair["key"])] = pair["value"]
        asset_type = type_of_key(fields["type"]) if fields.keys() >= {"type", "name"} else None
        if asset_type is not None:
            yield from _entry(asset_type, fields.pop("name"), None)


def _labelled(lines: list[str]) -> Iterator[Entry]:
    """Lines that end in a type, `Ada (character)`, `lamp: prop`, or begin with one, `prop,lamp`."""
    for line in lines:
        matches = [pattern.fullmatch(line[:200]) for pattern in (LABELLED, TYPE_FIRST)]
        found = next(
            (each for each in matches if each and type_of_key(each["type"]) and not is_weak(each["type"])), None
        )
        asset_type = type_of_key(found["type"]) if found else None
        if found and asset_type is not None and not SENTENCE.search(line):
            yield from _entry(asset_type, found["name"].strip("*_`\"' "), None)


def _tables(lines: list[str]) -> Iterator[Entry]:
    """Tables with a column of names, and one of types or a heading above that says the type."""
    header: list[str] = []
    above: AssetType | None = None
    for line in lines:
        heading = _heading(line) if "|" not in line else None
        above = heading[0] if heading is not None else above
        cells = _cells(line, header)
        if not cells:
            header = []
        elif not header:
            header = [" ".join(words_of(cell)) for cell in cells]
        elif not set("".join(cells)) <= set("-: "):
            yield from _row(header, cells, above)


def _cells(line: str, header: list[str]) -> list[str]:
    """The cells of a row, with bars between them, or with commas or tabs when the first row names its columns."""
    if "|" in line:
        return CELL_BREAK.split(line.strip().strip("|").strip())
    cells = [cell.strip('" ') for cell in re.split(r"\t|,", line)]
    named = {" ".join(words_of(cell)) for cell in cells} if not header else set(header)
    return cells if len(cells) > 1 and "name" in named and named & TYPE_COLUMNS else []


def _row(header: list[str], cells: list[str], above: AssetType | None) -> Iterator[Entry]:
    columns = [type_of_key(key) for key in header]
    if len(set(columns) - {None}) > 1:
        for column, cell in zip(columns, cells, strict=False):
            yield from _inline(column, cell) if column is not None else ()
        return
    row = dict(zip(header, cells, strict=False))
    named = [type_of_key(value) for key, value in row.items() if key in TYPE_COLUMNS]
    asset_type = next((each for each in [*named, type_of_key(header[0]), above] if each is not None), None)
    ranked = [(name_rank(key, asset_type), value) for key, value in row.items()]
    name = next((value for rank, value in ranked if asset_type is not None and rank is not None), None)
    if asset_type is not None and name:
        yield from _entry(asset_type, name.strip("*_` "), row.get("description"))


def _pairs(text: str) -> Iterator[Entry]:
    """Names in pieces of JSON, of the type whose key came last."""
    current: AssetType | None = None
    for pair in PAIR.finditer(text):
        if pair["open"]:
            current = type_of_key(pair["key"]) or current
        elif current is not None and name_rank(pair["key"], current) is not None:
            yield from _entry(current, pair["value"], None)


def _tags(text: str) -> Iterator[Entry]:
    """Names in XML: as an attribute, in a tag of a type, in a tag for names."""
    current: AssetType | None = None
    for tag in TAG.finditer(text):
        is_heading = tag["tag"].casefold() in HEADING_TAGS
        named = None if is_heading else type_of_key(tag["tag"])
        current = named or (type_of_key(tag["text"].strip(" :")) if is_heading else None) or current
        attribute = NAME_ATTRIBUTE.search(tag["rest"])
        if named is not None and attribute:
            yield from _entry(named, attribute["name"], None)
        elif tag["closed"] and current is not None and _holds_name(tag["tag"], named, current):
            yield from _entry(current, tag["text"].strip(), None)


def _holds_name(tag: str, named: AssetType | None, current: AssetType) -> bool:
    return named is not None or tag.casefold() == "li" or name_rank(tag, current) is not None


def _entry(asset_type: AssetType, name: str, description: str | None) -> Iterator[Entry]:
    if name.strip() and len(name.split()) <= MAX_PATTERN_WORDS:
        record = Record([("description", Text(description))]) if description else None
        yield Entry(asset_type, f"{name!r}", Text(name.strip(), doubtful=True), record, doubtful=True)
