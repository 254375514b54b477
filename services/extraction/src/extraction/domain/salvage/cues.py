"""What the words around a value say of it: an example, a draft, the last word, a refusal, a heading."""

import re

from extraction.domain.finds import AssetType
from extraction.domain.formats.headings import is_heading
from extraction.domain.salvage.vocabulary import TYPE_WORDS, type_of_key, type_of_word, words_of

GIVEN = re.compile(
    r"(?:the|this|that) (?:\w+ ){0,2}(?:example|sample|schema|format|template|structure) (?:you|given|provided|above|from)|(?:in|following|follows?|per|match(?:es|ing)?|according to|based on|using|as in|like in) (?:your|the|this) "
    r"(?:\w+ ){0,3}(?:example|sample|schema|format|template)|your (?:\w+ ){0,2}(?:example|sample|schema|format|template)",
    re.IGNORECASE,
)
EXAMPLE = re.compile(
    r"\b(?:for example|for instance|e\.?g\b|an example|example(?: (?:output|answer|response|reply|json|input|of|result|format))?\s*[:\uff1a]|"
    r"(?:as|is|be) an? (?:\w+ )?(?:sample|illustration)(?! script)|examples? (?:output|answer|response|reply|format)|sample (?:output|answer|response|reply|json)|"
    r"(?:would|might|could|should|must|will|can) (?:then )?(?:look|be|read) (?:something )?like|looks? something like|hypothetical|placeholder|template|dummy|"
    r"(?:expected|required|desired|response|reply|output) (?:format|schema|structure|shape)(?: (?:is|was|should be|must be|will be))?\s*[:\uff1a])"
    r"|(?:\A|\n)\W*(?:the )?(?:json )?(?:format|schema|structure)\s*[:\uff1a]"
    r"|\u793a\u4f8b|\u4f8b\u5982|\u6bd4\u5982|\u4e3e\u4f8b|\u683c\u5f0f(?:\u5982\u4e0b|\u4e3a|\u662f)?[:\uff1a]|\u6a21\u677f|\bejemplo\b|\bpar exemple\b|\bbeispiel\b",
    re.IGNORECASE,
)
EXAMPLE_HEADING = re.compile(
    r"^\W*(?:few[- ]shot )?examples?(?: \d+)?(?: (?:input|output|script))?\W*$", re.IGNORECASE | re.MULTILINE
)
EXAMPLE_OVER = re.compile(
    r"^\W*(?:now|your (?:turn|answer)|(?:the )?(?:final )?(?:answer|result|response)|here)\b",
    re.IGNORECASE | re.MULTILINE,
)
ASKED = re.compile(
    r"(?:^|[.!?:]\s)\W*(?:please |you (?:must|should|will) |only |always )*(?:respond|reply|answer|return|produce|follow|use|output only|emit)\b[^.\n]{0,120}"
    r"\b(?:format|schema|structure|shape|json|keys|object)|(?:\u8fd4\u56de|\u8f93\u51fa|\u8bf7)[^\n\u3002]{0,40}json",
    re.IGNORECASE | re.MULTILINE,
)
DRAFT = re.compile(
    r"\b(?:(?:first|initial|rough|quick|early|preliminary|old|original|previous|wrong|incorrect|bad) (?:\w+ )?(?:draft|attempt|pass|try|version|guess|answer|list|idea|thought)|draft|attempt|something like|"
    r"let me (?:think|try|start(?! (?:over|again)))|maybe|perhaps|not like this|instead of|do not (?:answer|write|return)|don(?:'|\u2019)t (?:answer|write|return)|previously|last time|before(?: this)?\s*:)|草稿|初稿|初步",
    re.IGNORECASE,
)
FINAL = re.compile(
    r"\b(?:final|oops|mistakes?|right|correct(?:ed|ion)?|revised|updated?|fixed|improved|complete|full|proper|actual(?:ly)?|instead|better|wait|on second thought|scratch that|sorry|apolog\w+|here(?:'|\u2019)?s the (?:answer|json|result)|so the answer|"
    r"answer|result|output)\b|最终|修正|更正|改正|正确|完整|答案",
    re.IGNORECASE,
)
REGRET = re.compile(
    r"\b(?:oops|wait|(?:a|my|the) mistakes?|mistaken|on second thought|scratch that|sorry|apolog\w+)\b|有误",
    re.IGNORECASE,
)
AMENDS = re.compile(
    rf"{REGRET.pattern}|\b(?:correct(?:ed|ion)|revised|updated|fixed|improved|forgot\w*|missed|without)\b|修正|更正|改正",
    re.IGNORECASE,
)
DISOWNED = re.compile(
    r"\b(?:(?:other|another|different|earlier|previous|last|preceding) (?:script|screenplay|story|film|movie|play|book|text|document|project|conversation|chat|chunk|part|excerpt|file|episode|task|request)|"
    r"rejected|excluded|discarded|(?:not|n(?:'|\u2019)t|never) (?:\w+ ){0,2}(?:belong|output|print|part of|in (?:the|this|these|your) (?:script|scenes?|text|chunk|answer|excerpt)|count|from (?:the|this|your))|"
    r"which (?:was|were)|for (?:reference|comparison)|by contrast|unrelated|compared? (?:with|to)|baseline|counter-?examples?|"
    r"would (?:have|be)|if (?:i|you|we) had|(?:not|n(?:'|\u2019)t) (?:to )?(?:confuse|use|copy|write|answer|return|output|print|include|assets?|found|verified|confirmed)|next (?:episode|script|task)|"
    r"(?:known|given|current|existing) cast|cast so far|(?:incorrect|wrong|bad|false|flawed|mistaken|hallucinated|invented|made[- ]up|unverified|unconfirmed)(?: \w+){0,3}\W*\Z)(?:\b|\Z)|"
    r"\A\W*(?:my (?:own )?notes|input|instructions?|questions?|prompt|task \d{1,3})\b|错误|反例|不要(?:写|输出|返回)|误报|未验证|上一次|(?:用户|输入|原始)[^\n]{0,6}[:\uff1a]|对比|不属于|不是本|不在本|上一(?:段|个|部|集|份)|另一(?:段|个|部|集|份)|排除|仅供参考",
    re.IGNORECASE,
)
SET_ASIDE = re.compile(
    r"\b(?:removed|dropped|omitted|skipped|filtered(?: out)?|left out)(?: \w+){0,3}\W*\Z", re.IGNORECASE
)
FULL_STOP = re.compile(r"[.!\u3002][\s`*_~]*\Z")
THOUGHT = re.compile(
    r"\A\W*(?:my |the |some |internal |first )?(?:thoughts?|thinking(?: process)?|reasoning|scratchpad|brainstorming|chain of thought|\u601d\u8003(?:\u8fc7\u7a0b)?|\u63a8\u7406(?:\u8fc7\u7a0b)?)\W*(?:[:\uff1a](?!.*\bfinal\b)|\Z)",
    re.IGNORECASE,
)
LIKENED = re.compile(
    r"\A\W*(?:similar to|just like|as in|like in|compare|unlike|\u7c7b\u4f3c(?:\u4e8e)?)\b(?! (?:the|your|this) (?:script|schema|format|example|scenes?))[^\n]{1,60}[:\uff1a]\W*\Z|\u7c7b\u4f3c\u4e8e[^\n]{1,30}[:\uff1a]\W*\Z",
    re.IGNORECASE,
)
NOTHING_WRONG = re.compile(
    r"\b(?:no|none|nothing|not|never)\b[^.\n]*\b(?:incorrect|wrong|false|hallucinated|invented|made[- ]up)\b",
    re.IGNORECASE,
)
POINTS_BACK = re.compile(
    r"\b(?:above|other|earlier|previous(?:ly)?|not|never|old|better than|instead of|rather than)\b|n(?:'|\u2019)t\b|以上|上面|之前|不是",
    re.IGNORECASE,
)
POINTS_UP = re.compile(r"\s*(?:<-|<=|\u2190|\u2191|\^)")
SENTENCE_END = re.compile(r"[.!?](?=\s)|[\u3002\uff01\uff1f\n]")
ALTERNATIVE = re.compile(
    r"\b(?:alternatively|another (?:option|way|reading)|if you (?:also |would |rather |prefer|want|count|include)|optionally|a (?:stricter|looser|shorter) (?:version|list)|(?:could|might) (?:also|arguably)|arguably|debatabl[ey])",
    re.IGNORECASE,
)
QUOTED = re.compile(
    r"\b(?:you|the user) (?:asked(?! for)|said|wrote|told me)\b[^\n]*(?::\s*)?\Z|(?:你|用户)(?:要求|说)[^\n]*\Z",
    re.IGNORECASE,
)
LIKE = re.compile(
    r"\b(?:like|such as|of the form|shaped|(?:this|that|the following|exactly this|the same) (?:\w+ )?(?:shape|format|structure|schema|keys|form|layout))\b[^.\n]{0,40}\Z",
    re.IGNORECASE,
)
MORE = re.compile(
    r"\b(?:also|additional(?:ly)?|continu(?:ed?|ing|ation)|remaining|the rest|and (?:then )?(?:more|these)|plus|further|more (?:characters|locations|props)|next (?:batch|part))\b|补充|续|另外|还有",
    re.IGNORECASE,
)
FORGOTTEN = re.compile(
    r"\b(?:missed|forgot(?:ten)?|overlooked|left out|missing|one more|to add|should (?:also )?(?:add|include))\b|遗漏|漏(?:了|掉)|忘(?:了|记)",
    re.IGNORECASE,
)
NUMBERED = re.compile(
    r"(?:scene|chunk|part|chapter|page|section|episode|act|batch|\u7b2c|\u573a)\s*#?\s*(\d{1,5})", re.IGNORECASE
)
REFUSAL = re.compile(
    r"\b(?:i(?:'|\u2019)?m (?:sorry|afraid|unable|not able|not comfortable)|i am (?:sorry|unable|not able|afraid)|i (?:can(?:'|\u2019)?t|cannot|can not|won(?:'|\u2019)?t|will not|must decline|have to decline|decline|am not able)|"
    r"(?:i|we) (?:apologi[sz]e|regret)|unable to (?:help|assist|comply|process|extract|provide|fulfil)|as an ai|against (?:my|our) (?:guidelines|policy|policies)|"
    r"could you (?:please )?(?:provide|share|paste)|please (?:provide|share|paste)|no script (?:was|is|has)|(?:don(?:'|\u2019)?t|do not|didn(?:'|\u2019)?t) (?:see|have|find|receive) (?:a|any|the) (?:script|text))"
    r"|抱歉|对不起|无法(?:提供|处理|完成|协助|帮助|提取)|不能(?:提供|处理|协助|帮助)|lo siento|je suis désolée?|es tut mir leid|申し訳",
    re.IGNORECASE,
)
FENCE_MARK = re.compile(r"[`~]{3,}[ \t]*(?:json[5c]?|javascript|js|python|py|text|txt|yaml|xml)?", re.IGNORECASE)
DECORATION = re.compile(r"^[\s#*_>`~<\-\u2022\d.()\[\]]+|[\s#*_`~:\uff1a>.\-\[\]]+$")
MARKUP_TAG = re.compile(r"<[^<>\n]{1,60}>")
LEAD_IN = re.compile(
    r"[:\uff1a][\s`*_]*\Z|^\W*(?:here|sure|okay|ok|certainly|of course|json|answer|以下|好的)\b", re.IGNORECASE
)
SUCH_AS = re.compile(
    r"\b(?:such as|e\.?g\.?|for (?:example|instance)|not|never|unlike|except|instead of|rather than|例如|比如|而不是)\W*\Z",
    re.IGNORECASE,
)
ANNOUNCED = re.compile(r"\w[*_`]{0,3}[:\uff1a][\s*_`]*\Z")
CLAUSE_END = re.compile(r"[.!?;](?=\s)|[\u3002\uff01\uff1f\uff1b\n]")
SENTENCE_LIMIT = 12


def leading_words(text: str) -> str:
    """What is said right before a value: the last lines of the text before it that are not blank."""
    return "\n".join(_telling_lines(text)[-2:])


def last_line(text: str) -> str:
    """The last line that is not blank."""
    return next(reversed(_telling_lines(text)), "")


def _telling_lines(text: str) -> list[str]:
    return [line for line in FENCE_MARK.sub("", text[-600:]).splitlines() if line.strip()]


def is_example(before: str) -> bool:
    """Whether the words before a value call it an example, a format, something that could be."""
    said = last_sentence(before)
    if EXAMPLE.search(GIVEN.sub(" ", said)) or SUCH_AS.search(before.rstrip(" :`\"'\n")):
        return True
    if ASKED.search(last_line(before)) and LIKE.search(said.rstrip(" :`")):
        return True
    near = FENCE_MARK.sub("", before[-1500:])
    heading = list(EXAMPLE_HEADING.finditer(near))
    return bool(heading) and EXAMPLE_OVER.search(near, heading[-1].end()) is None


def is_asked(before: str) -> bool:
    """Whether the words before a value ask for it, as a prompt does."""
    return ASKED.search(leading_words(before)) is not None or QUOTED.search(before[-600:]) is not None


def is_alternative(before: str) -> bool:
    """Whether the words before a value offer it besides another answer."""
    return ALTERNATIVE.search(leading_words(before)) is not None


def is_draft(before: str) -> bool:
    """Whether the words before a value call it a first try."""
    return DRAFT.search(leading_words(before)) is not None


def is_final(before: str) -> bool:
    """Whether the words before a value call it the answer, and not another one or the one before it."""
    if is_disowned(before):
        return False
    sentence = last_sentence(before)
    called = FINAL.search(sentence) is not None or REGRET.search(before[-600:]) is not None
    return called and (POINTS_BACK.search(sentence) is None or AMENDS.search(sentence) is not None)


def is_disowned(before: str) -> bool:
    """Whether the sentence before a value says that it is no part of the answer."""
    if POINTS_UP.match(before):
        return False
    sentence = last_sentence(before)
    announced = SET_ASIDE.search(sentence) is not None and FULL_STOP.search(before) is None
    called = any(pattern.search(sentence) for pattern in (DISOWNED, THOUGHT, LIKENED))
    return (announced or called) and AMENDS.search(sentence) is None and NOTHING_WRONG.search(sentence) is None


def last_sentence(text: str) -> str:
    """The last sentence that has a word in it."""
    sentences = SENTENCE_END.split(FENCE_MARK.sub("", text[-600:]))
    return next((each for each in reversed(sentences) if words_of(each[-80:])), "")


def is_more(before: str) -> bool:
    """Whether the words before a value say that it goes on with the one before."""
    return MORE.search(leading_words(before)) is not None and not is_disowned(before)


def part_named(before: str) -> str | None:
    """The scene or part that the words before a value announce, by its number or by its heading."""
    found = NUMBERED.findall(leading_words(before))
    if found:
        return str(found[-1])
    line = DECORATION.sub("", last_line(before))
    return line if is_heading(line) else None


def is_added(before: str) -> bool:
    """Whether the sentence before a value says that it was forgotten in the one before."""
    return FORGOTTEN.search(last_sentence(before)) is not None


def without_lead_in(text: str) -> str:
    """Words before a value without the short ones that only lead to it: `Here is the JSON:`."""
    lines = text.splitlines()
    return "\n".join(line for line in lines if not (LEAD_IN.search(line) and len(words_of(line)) <= SENTENCE_LIMIT))


def says_something(text: str) -> bool:
    """Whether a text has a word in it that is no mark of a fence or a tag."""
    return any(words_of(line) for line in MARKUP_TAG.sub(" ", FENCE_MARK.sub(" ", text)).splitlines())


def announces_more(text: str) -> bool:
    """Whether the words behind the last value end as those before a value do: `Scene 2:`."""
    return ANNOUNCED.search(FENCE_MARK.sub("", text[-600:])) is not None


def refusal(text: str) -> str | None:
    """The sentence in which a reply refuses or asks back; None when it does neither."""
    found = REFUSAL.search(text[:4000])
    if found is None:
        return None
    stop = re.compile(r"[.!?\n\u3002]|\Z").search(text, found.end())
    return " ".join(text[found.start() : stop.start() if stop else found.end()].split())[:200]


def heading_type(before: str) -> AssetType | None:
    """The type that the last line before a value announces; None when it names none or several."""
    line = DECORATION.sub("", last_line(before))
    whole = type_of_key(line) if len(words_of(line)) <= 3 else None
    if whole is not None:
        return whole
    words = words_of(line[-80:])[-SENTENCE_LIMIT:]
    types = {type_of_word(word) for word in words if word not in _AMBIGUOUS} - {None}
    types |= {
        asset_type
        for asset_type, names in TYPE_WORDS.items()
        if any(name in line for name in names if not name.isascii())
    }
    return types.pop() if len(types) == 1 else None


_AMBIGUOUS = frozenset(
    [
        "set",
        "sets",
        "thing",
        "things",
        "people",
        "being",
        "article",
        "property",
        "local",
        "figure",
        "person",
        "place",
        "char",
        "loc",
        "human",
        "item",
        "items",
        "object",
    ]
)
