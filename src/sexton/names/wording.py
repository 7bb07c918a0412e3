"""The sentences in which a comparison of names is told; each is a gettext message id.

A way of spelling is named in a sentence of its own for each language, not by a gap: adjectives
agree with their noun in four of the five languages that Sexton speaks.
"""

from __future__ import annotations

from sexton.messages import N_

# One convention, then two that cannot be told apart; the keys are in the order of CONVENTIONS.
SPELLED: dict[tuple[str, ...], str] = {
    ("de",): N_("%(pairs)s: German spelling."),
    ("fr",): N_("%(pairs)s: French spelling."),
    ("nl",): N_("%(pairs)s: Dutch spelling."),
    ("pl",): N_("%(pairs)s: Polish spelling."),
    ("en",): N_("%(pairs)s: English spelling."),
    ("sci",): N_("%(pairs)s: scholarly spelling."),
    ("de", "fr"): N_("%(pairs)s: German or French spelling."),
    ("de", "nl"): N_("%(pairs)s: German or Dutch spelling."),
    ("de", "pl"): N_("%(pairs)s: German or Polish spelling."),
    ("de", "en"): N_("%(pairs)s: German or English spelling."),
    ("de", "sci"): N_("%(pairs)s: German or scholarly spelling."),
    ("fr", "nl"): N_("%(pairs)s: French or Dutch spelling."),
    ("fr", "pl"): N_("%(pairs)s: French or Polish spelling."),
    ("fr", "en"): N_("%(pairs)s: French or English spelling."),
    ("fr", "sci"): N_("%(pairs)s: French or scholarly spelling."),
    ("nl", "pl"): N_("%(pairs)s: Dutch or Polish spelling."),
    ("nl", "en"): N_("%(pairs)s: Dutch or English spelling."),
    ("nl", "sci"): N_("%(pairs)s: Dutch or scholarly spelling."),
    ("pl", "en"): N_("%(pairs)s: Polish or English spelling."),
    ("pl", "sci"): N_("%(pairs)s: Polish or scholarly spelling."),
    ("en", "sci"): N_("%(pairs)s: English or scholarly spelling."),
}
SPELLED_ANYHOW = N_("%(pairs)s: spelled as in several languages.")
# Two Latin forms, each in its own convention.
SPELLED_TWICE: dict[tuple[str, str], str] = {
    ("de", "fr"): N_("%(pairs)s: one spelling is German, the other French."),
    ("de", "nl"): N_("%(pairs)s: one spelling is German, the other Dutch."),
    ("de", "pl"): N_("%(pairs)s: one spelling is German, the other Polish."),
    ("de", "en"): N_("%(pairs)s: one spelling is German, the other English."),
    ("de", "sci"): N_("%(pairs)s: one spelling is German, the other scholarly."),
    ("fr", "nl"): N_("%(pairs)s: one spelling is French, the other Dutch."),
    ("fr", "pl"): N_("%(pairs)s: one spelling is French, the other Polish."),
    ("fr", "en"): N_("%(pairs)s: one spelling is French, the other English."),
    ("fr", "sci"): N_("%(pairs)s: one spelling is French, the other scholarly."),
    ("nl", "pl"): N_("%(pairs)s: one spelling is Dutch, the other Polish."),
    ("nl", "en"): N_("%(pairs)s: one spelling is Dutch, the other English."),
    ("nl", "sci"): N_("%(pairs)s: one spelling is Dutch, the other scholarly."),
    ("pl", "en"): N_("%(pairs)s: one spelling is Polish, the other English."),
    ("pl", "sci"): N_("%(pairs)s: one spelling is Polish, the other scholarly."),
    ("en", "sci"): N_("%(pairs)s: one spelling is English, the other scholarly."),
}
SPELLED_DIFFERENTLY = N_("%(pairs)s: two ways to spell one sound.")

# Why letters differ. ``a`` is what one form has (the Latin one of a mixed pair), ``b`` the other.
REASONS = {
    # spelling
    "other_papers": N_("“%(a)s” for “%(b)s”: taken over from papers in another language."),
    "german_or_polish_end": N_("The ending “-%(a)s” for “-%(b)s” is German or Polish."),
    "french_end": N_("The ending “-%(a)s” for “-%(b)s” is French, or that of émigrés."),
    "odd_spelling": N_("“%(a)s” for “%(b)s”: an unusual but known spelling."),
    "silent_e": N_("The “e” at the end is silent in French."),
    "ukrainian": N_("“%(a)s” for “%(b)s”: Ukrainian or Belarusian form."),
    "yo": N_("“ё” is often printed as “е”."),
    "soft_sign": N_("The soft sign “ь” is not written."),
    "hard_sign": N_("The hard sign “ъ” is not written."),
    "soft_vowel": N_("“%(a)s” for “%(b)s”: the softness of the consonant was not heard."),
    # hearing
    "vowel": N_("“%(a)s” for “%(b)s”: unstressed vowels sound alike."),
    "akanye": N_("“%(a)s” for “%(b)s”: unstressed “о” is heard as “а”."),
    "ikanye": N_("“%(a)s” for “%(b)s”: unstressed “е” is heard as “и”."),
    "voicing": N_("“%(a)s” for “%(b)s”: voiced and voiceless consonants are easily misheard."),
    "southern_g": N_("“%(a)s” for “%(b)s”: in the south and in Ukraine “г” is spoken like “х”."),
    "kh": N_("“%(a)s” for “%(b)s”: western clerks took the sound “х” for k, g or h."),
    "hushing": N_("“%(a)s” for “%(b)s”: hissing and hushing sounds are easily confused."),
    "double": N_("“%(a)s” for “%(b)s”: double letters are heard as one."),
    "one_sound": N_("“%(a)s” for “%(b)s”: spoken, the two are one sound."),
    "hard_y": N_("“%(a)s” for “%(b)s”: western languages do not have the vowel “ы”."),
    "dialect_f": N_("“%(a)s” for “%(b)s”: in dialects “ф” is spoken “хв”."),
    "short_end": N_("“%(a)s” for “%(b)s”: the ending was shortened."),
    "iot": N_("“%(a)s” for “%(b)s”: “й” after a vowel is hardly heard."),
    "heard": N_("“%(a)s” for “%(b)s”: that is how it was heard."),
    # grammar
    "woman": N_("“%(a)s” and “%(b)s”: the endings of a woman's and a man's name."),
    "case": N_("“%(a)s” and “%(b)s”: endings of one name in two grammatical cases."),
    # reading
    "minims": N_("“%(a)s” read for “%(b)s”: in handwriting both are rows of equal strokes."),
    "kurrent": N_("“%(a)s” read for “%(b)s”: alike in old German handwriting."),
    "capitals": N_("“%(a)s” read for “%(b)s”: as capitals they look alike."),
    "read": N_("“%(a)s” read for “%(b)s”: alike in handwriting."),
    "doubled": N_("A letter was doubled or written once: “%(a)s”, “%(b)s”."),
    # accidents
    "lost": N_("A letter was lost: “%(letters)s”."),
    "lost_many": N_("Letters were lost: “%(letters)s”."),
    "added": N_("A letter was added: “%(letters)s”."),
    "added_many": N_("Letters were added: “%(letters)s”."),
    "only_one": N_("Only one of the two has “%(letters)s”."),
    "moved": N_("Neighbouring letters changed places: “%(a)s”, “%(b)s”."),
    "replaced": N_("“%(a)s” stands for “%(b)s”: a slip that no rule explains."),
}

SAME_TEXT = N_("Both are written alike.")
REGULAR = N_("The letters correspond one to one.")
REST = N_("There are more differences: %(pairs)s.")
RUINED = N_("The two are so unlike that only a name ruined past recognition explains it.")
NO_LETTERS = N_("One of the two has no letters that could be compared.")
RARE = N_("The name is rare: that makes the agreement weigh more.")
COMMON = N_("The name is common: that makes the agreement weigh less.")

# Whole names, part by part
AGREE = {
    "surname": N_("The surnames %(left)s and %(right)s can be one name."),
    "given": N_("The given names %(left)s and %(right)s can be one name."),
    "patronymic": N_("The patronymics %(left)s and %(right)s can be one name."),
}
DIFFER = {
    "surname": N_("The surnames %(left)s and %(right)s are hardly one name."),
    "given": N_("The given names %(left)s and %(right)s are hardly one name."),
    "patronymic": N_("The patronymics %(left)s and %(right)s are hardly one name."),
}
WAYS = {
    "equivalent": N_("%(left)s and %(right)s are forms of one given name."),
    "swapped": N_("%(left)s and %(right)s agree if surname and given name changed places."),
    "patronymic": N_("%(left)s and %(right)s agree if a patronymic stands for the surname."),
    "patronymic_as_given": N_(
        "%(left)s and %(right)s agree if a patronymic stands for the given name."
    ),
    "half": N_("%(left)s and %(right)s agree in one half of a double name."),
    "turned": N_("%(left)s and %(right)s agree if the halves of a double name changed places."),
    "particle": N_("%(left)s and %(right)s agree but for a particle such as von, van or de."),
    "woman": N_("%(left)s and %(right)s agree as a woman's and a man's form of one name."),
    "father": N_("%(left)s and %(right)s name one father in two ways."),
}
# A way that was tried and did not help says no more than that the parts differ.
INITIAL = {
    True: N_("The initial fits: %(left)s and %(right)s."),
    False: N_("The initial does not fit: %(left)s and %(right)s."),
}
FORMS = {
    "alternative": N_("%(text)s is another form that stands beside the name."),
    "restored": N_("%(text)s is read after letters or endings were put back."),
    "nickname": N_("%(text)s is a by-name."),
}
NOTHING_SHARED = N_("The two names have no part in common that could be compared.")
