"""What the words of a reply take back: a value they go on to reject, an asset they call none of the script's."""

import re
from collections.abc import Iterable

from extraction.domain.salvage.cues import CLAUSE_END

TAKEN_BACK = re.compile(
    r"\b(?:not|n(?:'|\u2019)t|never) (?:\w+ ){0,3}(?:in (?:the|this|these|your) (?:script|scenes?|text|excerpt|source)|(?:a|an|real) (?:real |actual )?(?:character|location|prop|person|place|object)s?)\b|"
    r"\b(?:should|must|ought to|needs? to|can|has to) (?:\w+ )?be (?:removed|ignored|excluded|dropped|deleted|disregarded|left out)|(?:\A\W*|\bplease |\band )(?:remove|ignore|disregard|delete|strike)\b|"
    r"\b(?:(?:was|were|is|are|listed|included|added) (?:\w+ )?(?:a mistake|an error|by mistake|in error|wrong|wrongly|mistakenly|incorrect(?:ly)?|hallucinated|invented|made up)|(?:hallucinated|mistakenly|wrongly|incorrectly) \w+)|\b(?:i|we) (?:made up|invented|fabricated|imagined) \w|"
    r"不在(?:剧本|本场|原文)|(?:应|需|请)(?:该|要)?(?:删除|去掉|忽略|排除)|误(?:列|加|报)",
    re.IGNORECASE,
)
REJECTED_AFTER = re.compile(
    r"\A[\s`\"')\].,;:\u2013\u2014-]{0,8}(?:(?:but|which|and|though|however|this|that|these|it|i|we|was|were|is|are|later|then|had|have|has|been) ){0,5}(?:rejected|dropped|discarded|excluded|removed|abandoned|wrong|incorrect|(?:a|my) mistake|not (?:right|correct|the answer)|no good)\b(?![^.\n]{0,40}:)",
    re.IGNORECASE,
)


def is_rejected(after: str) -> bool:
    """Whether the words behind a value go on to say that it is no answer: `, which I rejected`."""
    return REJECTED_AFTER.match(after) is not None


def taken_back(texts: Iterable[str]) -> str:
    """The clauses that say of something that it is none of the script's, in small letters."""
    clauses = (clause for text in texts for clause in CLAUSE_END.split(text))
    return "\n".join(clause.casefold() for clause in clauses if TAKEN_BACK.search(clause))
