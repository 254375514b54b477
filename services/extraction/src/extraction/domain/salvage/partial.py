"""Where a reply says of itself that something is missing: in words, in a comment, in place of an item."""

import re

from extraction.domain.salvage.cues import CLAUSE_END

MANY = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|several|many|some|a few)"
ASSETS = r"(?:characters?|locations?|places?|props?|items?|objects?|names?|entries|people|assets|roles?|cast)"
SOURCE = r"(?:scenes?|pages?|parts?|chunks?|sections?|chapters?|half|third|quarter|script|list|cast)"
LESSER = (
    r"(?:minor|smaller|small|lesser|less (?:important|relevant)|unimportant|background|remaining|other|some|several|many|further|additional|extras?|rest|later|last|following|"
    rf"{SOURCE} #?\d+|\d+)"
)
GIST = r"(?:main|major|principal|primary|first|most|key|important|notable|leading|central)"
READ = r"(?:processed|covers?|covered|read|analy[sz]ed|extracted|list(?:s|ed|ing)?|included?|includes|saw|see|seen|received|reviewed|considered|handled|did|done|finished|gone through|got through|show(?:s|n|ing)?)"
OMITTED = r"(?:omitted|left out|skipped|truncated|dropped|not (?:listed|shown|included|covered|processed))"
CLAIMS = (
    rf"\b(?:there (?:are|were|is)|and|plus|another|with) (?:(?:at least|about|some|over) )?{MANY} (?:more|others|additional|further)\b(?! things?)",
    rf"\b\d+ (?:more|other|additional|further) {ASSETS}\b",
    r"\b(?:partial|incomplete|abridged|abbreviated|shortened) (?:list|answer|output|breakdown|result|reply|response|extraction)\b",
    r"\b(?:list|answer|output|breakdown|result|reply|response|json)s? (?:above |below )?(?:(?:is|was|has been|had to be|got) )?(?:only )?(?:partial|incomplete|abridged|abbreviated|shortened|truncated|cut (?:off|short))\b",
    r"\b(?:omitted|left out|skipped|truncated|cut|shortened|abbreviated) (?:here )?(?:for (?:brevity|space|length)|(?:due to|because of) (?:the )?\w* ?(?:length|limits?|size|space))\b",
    rf"\b(?:i|we)(?:'ve| have| had to)? (?:omit(?:ted)?|left out|leave out|skip(?:ped)?|dropped) (?:the |a )?(?:\w+ )?{LESSER}\b",
    rf"\b(?:{LESSER}|more)(?: \w+){{0,3}} (?:(?:is|are|was|were|have been|has been|had to be) )?(?:\w+ )?{OMITTED}\b",
    rf"\b(?:only|just) (?:\w+ ){{0,3}}{READ} (?:\w+ ){{0,2}}{GIST}\b",
    rf"\b(?:only|just) (?:the )?(?:first|opening) (?:\w+ ){{1,3}}(?:is|are|was|were|has been|have been|could be|got) (?:\w+ )?{READ}\b",
    rf"\b{READ} (?:\w+ )?(?:only|just) (?:\w+ ){{0,2}}{GIST}\b",
    rf"\b(?:here|these|this|those) (?:are|is) (?:only |just )?(?:the |your )?first (?:{MANY}|{SOURCE}|{ASSETS})\b",
    rf"\b(?:(?:here|these|those) (?:are|is) )(?:only|just) (?:the |some )?(?:{GIST}|of the)\b|\b{GIST} {ASSETS} only\b|\bonly (?:the )?(?:main|major|principal|key|most important) {ASSETS}\b",
    r"\b(?:reached|hit|exceed\w*|due to|because of|over|at) (?:(?:the|my|a|its) )?(?:\w+ )?(?:token|output|length|space|context)(?: \w+)? limits?\b|\bran out of (?:space|tokens|room)\b",
    r"\bcontinued? in (?:the |my |a )?(?:next|following)\b|\bto be (?:continued|completed)\b|\bcontinuar[áa]\b|\bcontin[uú]a en\b|\b[àa] suivre\b|\bsuite (?:dans|au)\b|\bfortsetzung folgt\b",
    r"\b(?:incomplètes?|incomplets?|unvollständig\w*|tronquée?s?|truncad[oa]s?|gekürzt\w*|abgeschnitten|omitid[oa]s|ausgelassen|weggelassen|incomplet[oa]s?)\b",
    r"(?:还有|另有)\s*[\d一二三四五六七八九十几]+|篇幅(?:所限|有限|限制|原因)|(?:字数|长度|输出)限制|未完|待续|(?:其余|其他|剩余|更多|后面|部分)[^。\n]{0,8}(?:省略|略去|从略|略\Z|未列|没有列|未包含)",
    r"(?:仅|只)(?:列出|列|包含|包括|处理|提取|分析|读|看)(?:了|到)?[^。\n]{0,6}(?:主要|重要|部分|前)|仅列出|(?:仅|只)(?:为|是|有)(?:前|部分|主要)|部分(?:结果|列表|提取)|(?:被|已|遭)截断|(?<!没有)(?<!并未)不完整",
)
CLAIM = re.compile("|".join(CLAIMS), re.IGNORECASE)
MARKED = re.compile(
    r"[\[(<*](?:the |my )?(?:output|response|reply|answer|text|list|json|rest)?\s*(?:was |is |has been |to be )?(?:truncated|cut off|continue[sd]?)\b|^[ \t]*(?:\.{3,}|\u2026)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
OFFER = re.compile(
    r"\b(?:let me know|tell me|just say|ask|say so)\b[^.!?\n]{0,40}\b(?:(?:the|for the) (?:rest|remaining|remainder|others|next (?:part|batch|scenes?|page))|to (?:continue|go on))\b|"
    r"\b(?:would you like|do you want|shall i|should i|i can|i will|i'll)\b[^.!?\n]{0,30}\b(?:the (?:rest|remaining|remainder|others|next (?:part|batch|scenes?|page|message))\b|(?<=i )(?:continue|go on)\b|me to (?:continue|go on)\b)|"
    r"\b(?:say|type|reply|ask) \W?(?:continue|more|go on)\b|(?:需要|要)(?:我)?继续|是否继续",
    re.IGNORECASE,
)
DENIED = re.compile(
    r"\b(?:no(?:thing|ne|body)?|never|without|neither|if|nicht|keine?|sin|sans|ohne|duplicates?|repeat(?:ed|s)|only (?:\w+ )?(?:mentioned|talked|spoken|referred|named)|as (?:you )?(?:asked|requested|instructed|told))\b|"
    r"\bnot (?:an? )?(?:partial|incomplete|abridged|abbreviated|shortened|truncated)|没有(?!列|包含)|并无|并未|如果|若|未省略|未遗漏",
    re.IGNORECASE,
)
SPOKEN = re.compile(
    r"\"[^\"\n]{0,80}\"|\u201c[^\u201d\n]{0,80}\u201d|`[^`\n]{0,80}`|\u300c[^\u300d\n]{0,80}\u300d|\u300a[^\u300b\n]{0,80}\u300b"
)
PART_OF = re.compile(
    r"\b(?:parts?|pages?|batch(?:es)?|chunks?|messages?|sections?|scenes?)\s*#?(?P<first>\d{1,4})(?:\s*(?:-|\u2013|\u2014|to|through)\s*(?P<last>\d{1,4}))?\s*(?:of|/|out of)\s*(?:the )?(?P<all>\d{1,4})\b|"
    r"\u7b2c\s*(?P<nth>\d{1,4})\s*(?:\u90e8\u5206|\u9875|\u6279)?[\s/,\uff0c(\uff08]*\u5171\s*(?P<total>\d{1,4})",
    re.IGNORECASE,
)
REST = re.compile(
    rf"(?:(?:and|plus|with) {MANY}|\+ ?\d+|\d+|several|many|some|a few) (?:more|others|additional|further)(?: \w+){{0,2}}|\+ ?\d+|(?:and )?(?:so on|so forth|others|many others|more)|etc|"
    rf"(?:and )?(?:the )?(?:rest|remaining \w+|remainder|other \w+)(?: \w+){{0,3}} {OMITTED}|"
    r"(?:\u8fd8\u6709|\u53e6\u6709).{1,8}|(?:\u5176\u4f59|\u5176\u4ed6|\u5269\u4f59).{0,8}(?:\u7701\u7565|\u7565|\u672a\u5217\u51fa)|\u7b49\u7b49|\u7b49\s?\d+[\u4eba\u4e2a\u4ef6].{0,3}|\u4ee5\u53ca\u5176\u4ed6.{0,4}",
    re.IGNORECASE,
)
BARE_REST = re.compile(r"more|others|\+ ?\d+", re.IGNORECASE)
DOTS = re.compile(r"\.{2,}|\u2026")
LEFT_OPEN = re.compile(
    rf"(?:and |plus |\+ ?|with )?(?:(?:the|all|any|{MANY}) ){{0,2}}(?:more|others?|rest|remaining|remainder|additional|further|etc|so on|so forth)\b(?! important|than)(?:\s(?!on\b|at\b|in\b|than\b)\w+){{0,5}}|"
    r"(?:\u5176\u4f59|\u5176\u4ed6|\u66f4\u591a|\u5269\u4f59).{0,10}",
    re.IGNORECASE,
)


def is_partial(text: str) -> bool:
    """Whether words say that the answer beside them is not whole."""
    if MARKED.search(text) or OFFER.search(text.replace("\u2019", "'")):
        return True
    if any(map(_is_one_of_several, PART_OF.finditer(SPOKEN.sub(" ", text)))):
        return True
    clauses = CLAUSE_END.split(text.replace("\u2019", "'"))
    return any(CLAIM.search(clause) and not DENIED.search(clause) for clause in clauses)


def _is_one_of_several(part: re.Match[str]) -> bool:
    first, last, several = int(part["first"] or part["nth"]), part["last"], int(part["all"] or part["total"])
    return several > 1 and not (first == 1 and last is not None and int(last) >= several)


def stands_for_others(name: str) -> bool:
    """Whether what stands in the place of an item says that there are more of them: `...`, `and 5 others`."""
    dotted = DOTS.search(name) is not None
    bare = DOTS.sub(" ", name).strip(" \t\n()[]<>\uff08\uff09*_.,")
    if not bare:
        return dotted
    if BARE_REST.fullmatch(bare):
        return dotted or bare.startswith("+")
    return REST.fullmatch(bare) is not None


def is_left_open(comment: str) -> bool:
    """Whether a comment stands for what is not written: `// ... the other props`, `# more`."""
    said = comment.strip("/*#<>!- \t\r\n")
    if DOTS.match(said) or is_partial(said):
        return True
    return LEFT_OPEN.fullmatch(said.strip(" ()[].:")) is not None
