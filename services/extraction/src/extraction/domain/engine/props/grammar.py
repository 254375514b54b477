"""Small closed word classes of English, and how to tell what a word does from its neighbours."""

from extraction.domain.engine.props.lexicon import singular, singulars, verb_forms, words

ARTICLES = frozenset({"a", "an"})
POSSESSIVES = frozenset({"my", "your", "his", "her", "its", "our", "their", "whose"})
POINTERS = frozenset({"the", "this", "that", "these", "those"})
NUMBERS = frozenset(
    {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty"}
    | {"dozen", "hundred", "thousand", "several", "some", "both", "many", "few", "various", "countless", "half"}
    | {"another", "each", "every", "any", "more", "other", "single", "couple", "all"}
)
NEGATIONS = frozenset({"no", "without", "neither", "nor", "never", "not"})
DETERMINERS = ARTICLES | POSSESSIVES | POINTERS | NUMBERS | {"no"}
PREPOSITIONS = frozenset(
    {"about", "above", "across", "after", "against", "along", "amid", "among", "around", "at", "before", "behind"}
    | {"below", "beneath", "beside", "besides", "between", "beyond", "by", "down", "during", "for", "from", "in"}
    | {"inside", "into", "like", "near", "of", "off", "on", "onto", "out", "over", "past", "round", "since", "than"}
    | {"through", "throughout", "to", "toward", "towards", "under", "underneath", "until", "up", "upon", "with"}
    | {"within", "without", "per", "via", "amidst", "atop", "alongside"}
)
PARTICLES = frozenset({"up", "out", "down", "off", "on", "away", "back", "open", "forth", "aside", "together", "shut"})
PRONOUNS = frozenset(
    {"i", "you", "he", "she", "it", "we", "they", "me", "him", "them", "us", "who", "whom", "which", "what", "there"}
    | {"himself", "herself", "itself", "themselves", "everyone", "everybody", "nobody", "someone", "somebody"}
    | {"anything", "nothing", "something", "everything", "none", "here", "where"}
)
CONJUNCTIONS = frozenset({"and", "or", "but", "as", "if", "when", "while", "because", "then", "so", "though", "than"})
AUXILIARIES = frozenset(
    {"is", "are", "was", "were", "be", "been", "being", "am", "has", "have", "had", "having", "do", "does", "did"}
    | {"will", "would", "can", "could", "shall", "should", "may", "might", "must", "isn't", "aren't", "wasn't"}
    | {"doesn't", "don't", "didn't", "can't", "won't", "wouldn't", "couldn't", "hasn't", "haven't", "hadn't"}
)
ADVERBS = frozenset(
    {"not", "never", "now", "just", "still", "only", "again", "too", "also", "once", "twice", "even", "yet", "very"}
    | {"almost", "always", "already", "ever", "often", "soon", "there", "here", "instead", "perhaps", "maybe"}
    | {"inside", "outside", "upstairs", "downstairs", "nearby", "ahead", "apart", "aside", "away", "forward", "face"}
)
FUNCTION_WORDS = DETERMINERS | PREPOSITIONS | PRONOUNS | CONJUNCTIONS | AUXILIARIES | ADVERBS | PARTICLES
HANDS = frozenset(
    {
        "hand",
        "hands",
        "fist",
        "fists",
        "arm",
        "arms",
        "lap",
        "teeth",
        "fingers",
        "finger",
        "palm",
        "palms",
        "grip",
        "grasp",
    }
)
BODY = HANDS | frozenset(
    {"mouth", "lips", "pocket", "pockets", "shoulder", "shoulders", "knees", "neck", "belt", "back", "ear", "ears"}
    | {"eye", "eyes", "chest", "cheek", "nose", "temple", "throat"}
)
COMMON_VERBS = frozenset(
    {"is", "has", "looks", "sits", "stands", "walks", "goes", "comes", "runs", "falls", "lies", "hangs", "turns"}
    | {"rings", "sees", "hears", "gets", "makes", "keeps", "lets", "says", "leans", "waits", "watches", "stares"}
    | {"nods", "smiles", "enters", "exits", "steps", "moves", "starts", "stops", "begins", "rises", "sinks", "flies"}
    | {"buzzes", "beeps", "vibrates", "clatters", "glints", "gleams", "rolls", "slips", "explodes", "shatters"}
    | {"went", "came", "saw", "sat", "stood", "ran", "fell", "lay", "got", "made", "kept", "said", "knew", "felt"}
    | {"look", "see", "get", "make", "go", "come", "sit", "stand", "want", "wants", "need", "needs", "know", "knows"}
)


def is_handling(word: str) -> bool:
    """Whether a word is a form of a verb for what hands do."""
    return word in verb_forms("handling")


def is_wearing(word: str) -> bool:
    """Whether a word is a form of a verb for having on, putting on and taking off."""
    return word in verb_forms("wearing")


def is_verb(word: str) -> bool:
    """Whether a word is a form of a verb that stands before things."""
    return word in COMMON_VERBS or is_handling(word) or is_wearing(word)


def is_describing(word: str) -> bool:
    """Whether a form of a verb may as well describe: a `folded` note, a `squeaking` trolley."""
    return word.endswith(("ed", "ing", "en", "torn", "worn"))


def is_material(word: str) -> bool:
    """Whether a word tells what a thing is made of, or its colour."""
    return word in words("materials")


def is_possessive(text: str) -> bool:
    """Whether a word says whose: `Finch's`."""
    return text.endswith(("'s", "\u2019s", "'S", "\u2019S"))


def is_verb_too(word: str) -> bool:
    """Whether the word for a thing is a verb as well."""
    return singular(word) in singulars("verbs_too")


def heads_a_name(word: str) -> bool:
    """Whether a noun makes the word before it a mere part of its name: a phone `booth`, a gun `dealer`."""
    return singular(word) in singulars("compound_heads") or word.endswith(("ist", "ists", "ician"))
