"""Lines that tell the editor how one shot follows another."""

import re

TRANSITION = re.compile(
    r"(?:(?:SMASH |MATCH |HARD |JUMP |QUICK |SLOW |TIME |SHOCK |FLASH )?(?:CUT|CUTS|CUTTING|DISSOLVE|FADE|WIPE|IRIS|CROSSFADE|"
    r"INTERCUT|FLASH|BACK|RETURN)\b"
    r"(?: BACK)?(?: (?:TO|IN|OUT|UP|ON|WITH|FROM|INTO|THROUGH)\b[A-Z' -]{0,40})?|FADE (?:IN|OUT|UP)|BACK TO SCENE|"
    r"(?:THE )?END(?: OF (?:FILM|EPISODE|PLAY|FLASHBACK|MONTAGE|INTERCUT|ACT [A-Z0-9]+))?|"
    r"ROLL (?:END )?CREDITS|END CREDITS|CONTINUED|MORE|FIN|TO BE CONTINUED)"
    r"\s?[:.…]{0,3}",
)


def is_transition(text: str) -> bool:
    """Whether a whole line is a transition: capitals that end in `TO:`, or one of the usual phrases."""
    words = text.strip().strip("()")
    if not words or len(words) > 60 or not words.isupper():
        return False
    return words.endswith("TO:") or TRANSITION.fullmatch(words) is not None
