"""Words of a reply that call the answer beside them made up: there was no script, or nothing in it."""

import re
from collections.abc import Iterable
from itertools import islice

from extraction.domain.salvage.cues import CLAUSE_END

SCRIPT = (
    r"(?:(?!next|rest|remaining|other|following|missing)\w+ )?(?:scripts?|screenplays?|stor(?:y|ies)|excerpts?|documents?|files?|attachments?|scenes?|texts?|content)\b"
    r"(?! (?:numbers?|headings?|that|where|which|without|with (?:more|no)))"
)
SENT = r"(?:provided?|given|attached|included|supplied|sent|shared|pasted|uploaded|received|visible|available)"
MISSING = re.compile(
    rf"\bno {SCRIPT} (?:was|were|is|has been|have been|came)\b|\bthere (?:was|is|were) no {SCRIPT}(?: in| with|\W*\Z)|\b{SCRIPT} (?:text )?(?:was|were|is|has been|have been)(?: not|n't) (?:\w+ )?{SENT}|"
    rf"(?:\bnot|n't|\bnever|\bcannot) (?:actually |been )?(?:given|provided?|supplied|supply|sen[dt]|shared?|pasted?|attach(?:ed)?|upload(?:ed)?|received?|see|have access to|access|open) (?:me )?(?:with )?(?:a|any|the|your) {SCRIPT}|"
    r"\b(?:script|screenplay|file|attachment|input|message|prompt) (?:\w+ )?(?:appears|seems|is|was) (?:to be )?(?:empty|missing|blank)\b|"
    rf"\b(?:please|could you|can you|would you|kindly) (?:please )?(?:provide|share|paste|send|attach|upload|supply) (?:me )?(?:with )?(?:the|your|a) {SCRIPT}|"
    r"(?:没有?|未)(?:提供|收到|看到|附上|上传)[^。\n]{0,4}(?:剧本|文本|原文|内容)|请(?:先)?(?:提供|发送|上传|粘贴)[^。\n]{0,6}(?:剧本|文本|原文)|剧本(?:为空|是空的|缺失)|"
    r"\bno se (?:proporcionó|adjuntó|envió)\w* (?:ning[úu]n )?(?:guion|guión|texto)|\baucun (?:script|scénario|texte)|\bkein (?:skript|drehbuch|text)\b",
    re.IGNORECASE,
)
UNREAL = r"(?:made[- ]up|invented|fabricated|imaginary|imagined|fictitious|hypothetical|hallucinated)"
INVENTED = re.compile(
    rf"\b(?:i|we)(?:'ve| have)? (?:invented|made up|fabricated|imagined|hallucinated|made (?:them|these|this|it|all|everything)(?: \w+)? up)\b|"
    rf"\b(?:this|these|they|those|it|names?|all|everything|answer|result|list|here)(?: \w+){{0,2}} (?:is|are|was|were|be) (?:\w+ ){{0,3}}{UNREAL}\b|"
    r"(?:以下|以上|这些|内容|均|都)[^。\n]{0,8}(?:虚构|编造|杜撰|假设)|\b(?:inventad[oa]s|inventée?s|erfunden)\b",
    re.IGNORECASE,
)
MAX_OWNED = 50
DENIED = re.compile(r"\b(?:no|not|none|nothing|never|any)\b|n't|没有|并非|不是|并未", re.IGNORECASE)


def invention(texts: Iterable[str], names: Iterable[str]) -> str:
    """Why an answer is in doubt as a whole, by the words around it; empty when they leave it alone.

    Words that name some of its `names` are about these alone.
    """
    clauses = [clause for text in texts for clause in CLAUSE_END.split(text.replace("\u2019", "'"))]
    if any(map(MISSING.search, clauses)):
        return "the reply says that it had no script"
    known = [name.casefold() for name in names]
    owned = (clause.casefold() for clause in clauses if INVENTED.search(clause) and not DENIED.search(clause))
    alone = any(not any(name in clause for name in known) for clause in islice(owned, MAX_OWNED))
    return "the reply calls its answer made up" if alone else ""
