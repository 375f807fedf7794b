"""Why a string is no symbol: one rule each, so that an interface can say it in its own language."""

import enum


class Rule(enum.Enum):
    """A rule that a symbol keeps; its value is the sentence that says so, with the part at fault in it."""

    EMPTY = "It is empty."
    NO_SLASH = "It has no slash."
    EMPTY_PART = "There is nothing between two of its slashes."
    DIGIT_FIRST = "It begins with a digit, like a fraction or a date."
    NO_NUMBER = "It has no number."
    NO_HEAD = "“{part}” is not the name of a body in capital letters."
    STANDARD = "“{part}” numbers standards or laws, not documents."
    UNKNOWN_LETTER = "“{part}” is no known body."
    TWO_PARTS = "Two parts are enough for the oldest series only."
    YEAR_ONLY = "It is a body and a year without a number."
    BAD_PART = "“{part}” is no part of a symbol."
    LONG_PART = "One of its parts is too long."
    MANY_PARTS = "It has too many parts."
    OTHER_ALPHABET = "“{part}” is no known series, and it is printed in another alphabet."
    JOINT = "It is two symbols in one: {part}."


class NotASymbol(ValueError):
    """A string is no symbol; the message is one plain sentence that says why.

    `rule` is what it breaks and `part` the piece at fault, for whoever says it in another language.
    """

    def __init__(self, rule: Rule, part: str = "") -> None:
        super().__init__(rule.value.format(part=part))
        self.rule = rule
        self.part = part
