"""Names: cleaning them, telling names from what only stands where a name should, and when two are one."""

import html
import re
import unicodedata

from extraction.domain.finds import AssetType
from extraction.domain.formats.headings import TIME, is_heading, parse_heading

MAX_NAME = 120
MAX_WORDS = 14
INVISIBLE = re.compile(
    r"[\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]|[\x00-\x1f\x7f-\x9f](?<![\t\n\r])"
)
VOICE = (
    r"V\.?\s?O\.?|O\.?\s?S\.?|O\.?\s?C\.?|CONT(?:['\u2019]?D|INUED|INUING|\.)?|VOICE[\s-]?OVER|OFF[\s-]?(?:SCREEN|CAMERA)?|PRE-?LAP|FILTERED|"
    r"(?:ON|INTO|OVER|THROUGH) (?:THE )?(?:PHONE|TV|RADIO|SPEAKER|INTERCOM|TELEVISION|TELEPHONE|SCREEN)|SUBTITLED?|"
    r"\u65c1\u767d|\u753b\u5916\u97f3|\u753b\u5916|OS|VO|\u5185\u5fc3\u72ec\u767d|\u5fc3\u58f0|\u7535\u8bdd|\u7eed"
)
EXTENSION = re.compile(rf"\s*[(\[\uff08](?:{VOICE})(?:\s*[,/&;]\s*(?:{VOICE}))*[)\]\uff09]", re.IGNORECASE)
BARE_EXTENSION = re.compile(r"\s+(?:V\.O\.|O\.S\.|O\.C\.)\Z", re.IGNORECASE)
AGE = re.compile(r"\s+[(\uff08](?:aged? )?[1-9]\d['\u2019]?s?[)\uff09]\Z", re.IGNORECASE)
DRAMA_MARK = re.compile(
    r"\u5185/\u5916|\u5185\u5916|[\u5185\u5916\u65e5\u591c\u6668\u660f\u665a]|\u767d\u5929|\u591c\u665a|\u6e05\u6668|\u508d\u665a|\u9ec4\u660f|\u4e0a\u5348|\u4e0b\u5348|\u51cc\u6668|\d+-\d+"
)
TIME_TAIL = re.compile(r"\A(?P<place>.+?)\s*(?:\s-{1,2}\s|\s?[\u2013\u2014]\s?)(?P<time>[^\u2013\u2014]+)\Z")
MARKUP = re.compile(r"\A(?:\*\*|__|\*|`|#{1,6}\s|\u2022\s*|-\s+|\d{1,3}[.)]\s+)+|(?:\*\*|__|\*|`)+\Z|[\"\u201d],+\Z")
HTML_TAG = re.compile(r"</?(?:b|i|em|strong|u|span|mark|code|p|br|a)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)
LINK = re.compile(r"\[(?P<shown>[^\[\]\n]{1,120})\]\([^()\s]{0,200}\)")
PLACEHOLDER = re.compile(
    r"(?:string|str|array|number|integer|boolean)\s?[,:(|\u2014-].{0,80}|<[^<>]*>|\{{1,2}[^{}]*\}{1,2}|\[[^\[\]]*\]|\.{2,}|\u2026|"
    r"(?:the |a |an )?(?:full |canonical |exact |first |second |other |another )?(?:character|location|prop|asset|person|place|object|entity)?(?:['\u2019]s)? ?name"
    r"(?: (?:here|of (?:the )?(?:character|location|prop|asset|item)|\d+))?|placeholder|(?:array|list|set|dict|map|optional|sequence)s?\s*(?:\[|<|\(| of ).{0,60}|\w{1,20}\[\]|"
    r"(?:\u89d2\u8272|\u5730\u70b9|\u9053\u5177|\u4eba\u7269|\u573a\u666f)(?:\u540d|\u540d\u79f0|\u59d3\u540d)|\u59d3\u540d|\u540d\u79f0|\u540d\u5b57",
    re.IGNORECASE,
)
TEMPLATE_WORD = re.compile(r"EXAMPLE[-_][A-Z]+(?:[-_]\d+)?|(?:[A-Z]+_)+(?:NAME|HERE)(?:_\d+)?")
STAND_IN = re.compile(
    r"(?:and |plus |\+ ?)?(?:\d+|many|several|some|other) (?:more|others?|additional)(?: \w+)?|(?:the )?same (?:as|characters|locations|props|ones?) (?:above|before|earlier|previous(?:ly)?|in (?:the )?(?:previous|earlier|last) .{1,30})|"
    r"(?:see|as|listed|mentioned|described) (?:above|before|below|earlier|previously)|various|etc\.?|and (?:so on|others|more)\.{0,3}|同上|见上(?:文)?|如上|等等",
    re.IGNORECASE,
)
CUT_OUT = re.compile(r"\[(?:\.{3} ?)?(?:output |text )?truncated\b[^\[\]]{0,40}\]|\(truncated\)", re.IGNORECASE)
LIKE_PLACEHOLDER = re.compile(
    r"(?:example|sample|dummy)[-_ ].{1,30}|str|string|text|value|example|etc\.?|and so on|lorem ipsum|foo|bar|baz|(?:(?:example|sample) )?(?:character|location|prop|asset|item|name)[ _]?(?:[0-9]{1,2}|[abcxyz]|one|two)?|"
    r"(?:john|jane) doe|(?:\u89d2\u8272|\u5730\u70b9|\u9053\u5177|\u4eba\u7269|\u573a\u666f)[\u4e00\u4e8c\u4e09a-c1-9]",
    re.IGNORECASE,
)
NOBODY = re.compile(
    r"[-\u2013\u2014\s./?]*|n/a|none|no(?:ne|thing) (?:found|mentioned|identified|listed|specified|present|available|given)|null|undefined|"
    r"unknown|unnamed|unspecified|not (?:applicable|specified|mentioned|found|available)|tbd|"
    r"no (?:characters?|locations?|props?|items?)(?: (?:found|mentioned|identified|listed|present))?|"
    r"\u65e0|\u6ca1\u6709|\u672a\u77e5|\u4e0d\u8be6|\u6682\u65e0|aucune?|keine?|ninguno|nessuno|\u306a\u3057|\uc5c6\uc74c",
    re.IGNORECASE,
)
DEBRIS = re.compile(
    r"[\"\u201c\u201d]\s*[:\uff1a]|[{}]|=>|\"\s*[\[\]]|\\\Z|\"\s*,\s*\"|\\[nu\"]|```|</?\w+>|\A[\"']?(?:name|description|aliases|scenes?|evidence|attributes|quote|confidence)[\"']?\s*(?:[:=]|\Z)",
    re.IGNORECASE,
)
SENTENCE = re.compile(
    r"(?:there (?:is|are|was|were)|no \w+ (?:is|are|was|were|appears?|found)|(?:this|the) (?:script|scene|text|story) (?:does|has|is|contains|mentions|names|lists|features)|i (?:can|could|did|found))\b.*|(?:\S+\s+){5,}\S+[.!?]\Z",
    re.IGNORECASE,
)
TOLD_BEHIND = re.compile(
    r"(?P<name>[^():\n]{1,80}?)(?:\s*[(\uff08](?P<inside>(?:[^()\uff08\uff09]{1,300},\s[^()\uff08\uff09]{1,300}|(?:an?|the|his|her|their)\s[^()]{1,300}))[)\uff09]|(?:\s[-\u2013\u2014]|\s?\u2014|:)\s+(?P<behind>(?:an?|the|his|her|their|aged?|in (?:his|her))\s.{1,400}))"
)
ENTITY = re.compile(r"&(?:amp|quot|apos|lt|gt|nbsp|#\d{1,6}|#x[0-9a-f]{1,6});", re.IGNORECASE)
ARTICLE = re.compile(r"\A(?:the|an?)\s+(?=\S)")


def name_and_words(text: str) -> tuple[str, str]:
    """A name and what is said behind it in one text: `Ada (34, a miller)`, `Ada - a miller`; words that may belong to a name stay."""
    found = TOLD_BEHIND.fullmatch(text.strip()[:600])
    return (found["name"], found["inside"] or found["behind"]) if found else (text, "")


def clean_text(text: str) -> str:
    """Text without invisible characters, trimmed."""
    plain = ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return INVISIBLE.sub("", plain).replace("\u00a0", " ").strip()


def clean_name(text: str, asset_type: AssetType) -> str:
    """A name as a list of assets has it: no voice-over mark, no time of day, no markup."""
    name = " ".join(clean_text(text).split())[: MAX_NAME * 4]
    name = MARKUP.sub("", LINK.sub(r"\g<shown>", HTML_TAG.sub("", name))).strip()
    if len(name) > 2 and (name[0], name[-1]) in {('"', '"'), ("'", "'"), ("\u201c", "\u201d"), ("\u2018", "\u2019")}:
        name = name[1:-1].strip()
    if name.count("\u201c") < name.count("\u201d"):
        name = name.removesuffix("\u201d")
    if asset_type is AssetType.LOCATION:
        return _place(name)
    if asset_type is AssetType.CHARACTER:
        bare = AGE.sub("", BARE_EXTENSION.sub("", EXTENSION.sub("", name))).strip()
        return bare or name
    return name


def _place(name: str) -> str:
    """A place without what a scene heading says besides."""
    if is_heading(name):
        return parse_heading(name).place or name
    parts = name.split()
    while len(parts) > 1 and DRAMA_MARK.fullmatch(parts[0]):
        parts.pop(0)
    while len(parts) > 1 and DRAMA_MARK.fullmatch(parts[-1]):
        parts.pop()
    name = " ".join(parts)
    tail = TIME_TAIL.match(name)
    if tail and TIME.fullmatch(tail["time"].strip(" .")):
        return tail["place"].strip(" -,")
    return name


def is_nobody(text: str) -> bool:
    """Whether a text says that there is no name."""
    return NOBODY.fullmatch(clean_text(text)[:80].rstrip(" .!\u3002").strip("()\uff08\uff09")) is not None


def is_placeholder(text: str) -> bool:
    """Whether a text stands for a name, in a template or instead of a list: `<name>`, `EXAMPLE-PLACE`, `see above`."""
    plain = clean_text(text)[:200]
    return any(pattern.fullmatch(plain[:80]) for pattern in (PLACEHOLDER, TEMPLATE_WORD, STAND_IN)) or (
        CUT_OUT.search(plain) is not None
    )


def may_be_placeholder(text: str) -> bool:
    """Whether a text stands for a name in a template when all others do: a prop may really be `string`."""
    return LIKE_PLACEHOLDER.fullmatch(clean_text(text)[:80]) is not None


def what_is_wrong(name: str, *, damaged: bool) -> str:
    """Why a text cannot be a name, `damaged` or not the reply it stands in; empty when it can."""
    if len(name) > MAX_NAME or len(name.split()) > MAX_WORDS:
        return "a text too long for a name"
    if is_nobody(name):
        return "no name"
    if not name.strip("\ufffd "):
        return "an unreadable name"
    if is_placeholder(name):
        return "a placeholder"
    if SENTENCE.match(name):
        return "a sentence instead of a name"
    return "an unreadable name" if damaged and DEBRIS.search(name) else ""


def same_key(name: str) -> str:
    """What two spellings of one name share: case, width and article do not count."""
    folded = " ".join(unicodedata.normalize("NFKC", name).casefold().replace("\u2019", "'").split())
    return ARTICLE.sub("", folded)
