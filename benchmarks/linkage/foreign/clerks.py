"""How clerks of five languages write a Cyrillic name: by ear, by their spelling, by a bad hand."""

from __future__ import annotations

from random import Random

from benchmarks.linkage.foreign.settings import Setting

# letter=graphemes; "x5" behind one makes it five times as likely as the others.
_SPELLINGS = {
    "de": "а=a б=b в=wx6,v г=g д=d е=ex6,je ё=jo,ex2,io ж=schx3,sh,j з=sx4,z и=i й=jx2,i к=k л=l "
    "м=m н=n о=o п=p р=r с=sx4,ss т=t у=u ф=f х=chx4,h,kh ц=zx3,tz,c ч=tschx5,tch ш=sch "
    "щ=schtschx3,tschtsch,sch ъ= ы=yx3,i ь= э=e ю=ju я=ja і=i ї=ji є=je ґ=g",
    "fr": "а=a б=b в=v г=gx6,gu д=d е=ex5,ie,é ё=ex2,io,ë ж=j з=zx4,s и=i й=ïx2,i,y к=kx6,c л=l "
    "м=m н=n о=o п=p р=r с=sx3,ss т=t у=oux6,u ф=fx5,ph х=khx4,h,k ц=tsx4,tz ч=tch ш=ch "
    "щ=chtchx2,tch,ch ъ= ы=yx3,i ь= э=e ю=iou,you я=iax3,ya і=i ї=ï є=ie ґ=g",
    "nl": "а=a б=b в=wx3,vx3 г=g д=d е=ex5,je ё=jo,e ж=zjx3,j з=z и=i й=jx3,i к=k л=l м=m н=n о=o "
    "п=p р=r с=sx5,ss т=t у=oe ф=f х=chx2,g,h ц=ts ч=tsj ш=sj щ=sjtsjx2,sj ъ= ы=y,i ь= э=e "
    "ю=joe я=ja і=i ї=ji є=je ґ=g",
    "pl": "а=a б=b в=w г=gx2,h д=d е=ex3,ie,je ё=io,e ж=żx2,z,rz з=z и=i й=jx4,i к=k л=lx3,ł м=m "
    "н=n о=o п=p р=r с=s т=t у=u ф=f х=chx3,h ц=c ч=cz ш=sz щ=szczx3,sz ъ= ы=y ь= э=e "
    "ю=ju,iu я=ja,ia і=i ї=ji є=je ґ=g",
    "en": "а=a б=b в=v г=g д=d е=ex5,ye ё=ex2,yo ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s "
    "т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=yu я=ya і=i ї=yi є=ye ґ=g",
}
_ENDINGS = {
    "ов": {"de": "owx6,of", "fr": "ovx2,offx2,of", "nl": "ovx2,ow,of", "pl": "ow", "en": "ov,off"},
    "ев": {"de": "ewx6,jew", "fr": "ev,eff,iev,ief", "nl": "ev,jev,ew", "pl": "ewx2,iew",
           "en": "ev"},
    "ий": {"de": "ijx2,i,y,yj", "fr": "yx2,i,ii", "nl": "i,ij,y", "pl": "ij,y,i", "en": "yx3,iy"},
    "ый": {"de": "yx2,ij", "fr": "yx3,yi", "nl": "y,ij", "pl": "y,yj", "en": "y"},
}  # fmt: skip
# What is heard for a letter: vowels without stress, voice, г and х, consonants that Slavs exchange.
_HEARD = {
    "о": "ааау", "а": "о", "е": "иия", "и": "еы", "я": "е", "ы": "и", "г": "хк", "х": "гк",
    "к": "гх", "ф": "хп", "в": "ф", "б": "п", "п": "б", "д": "т", "т": "д", "з": "с", "с": "з",
    "ж": "шз", "ш": "жс", "ч": "шц", "ц": "сч", "щ": "ш", "ь": "", "ъ": "", "й": "и", "л": "р",
}  # fmt: skip
# What a hand is read for: letters of like strokes.
_READ = {
    "n": "um", "u": "na", "a": "oue", "o": "ae", "e": "ci", "i": "e", "r": "vn", "v": "ru",
    "w": "nm", "m": "nw", "l": "bt", "b": "lh", "t": "fl", "f": "t", "s": "r", "z": "rj",
    "h": "kb", "k": "h", "c": "e", "g": "yq", "y": "g", "d": "a", "p": "y", "j": "i",
    "F": "TP", "T": "FJ", "S": "LN", "L": "S", "B": "R", "R": "BK", "K": "H", "G": "C", "P": "B",
    "M": "N", "N": "U", "D": "O", "C": "G", "J": "I", "I": "J", "W": "M", "A": "H", "V": "U",
}  # fmt: skip
_LOCAL = """
иван fr=Jean nl=Jan de=Johann pl=Jan
павел fr=Paul nl=Paul de=Paul pl=Paweł
алексей fr=Alexis nl=Alex de=Alex pl=Aleksy
василий fr=Basile nl=Basiel de=Basil pl=Bazyli
петр fr=Pierre nl=Pieter de=Peter pl=Piotr
николай fr=Nicolas nl=Nicolaas de=Nikolaus pl=Mikołaj
михаил fr=Michel nl=Michiel de=Michael pl=Michał
андрей fr=André nl=Andries de=Andreas pl=Andrzej
григорий fr=Grégoire nl=Gregorius de=Gregor pl=Grzegorz
яков fr=Jacques nl=Jacob de=Jakob pl=Jakub
степан fr=Étienne nl=Stefaan de=Stefan pl=Stefan
георгий fr=Georges nl=Joris de=Georg pl=Jerzy
сергей fr=Serge nl=Serge de=Serge pl=Sergiusz
лаврентий fr=Laurent nl=Laurens de=Lorenz pl=Wawrzyniec
константин fr=Constant nl=Constant de=Konstantin pl=Konstanty
иосиф fr=Joseph nl=Jozef de=Josef pl=Józef
филипп fr=Philippe nl=Filip de=Philipp pl=Filip
федор fr=Théodore nl=Theodoor de=Theodor pl=Teodor
"""


def _choices(spelling: str) -> tuple[list[str], list[int]]:
    pairs = [part.partition("x") for part in spelling.split(",")]
    return [text for text, _, _ in pairs], [int(times or 1) for _, _, times in pairs]


_LETTERS = {
    language: {pair[0]: _choices(pair[2:]) for pair in table.split()}
    for language, table in _SPELLINGS.items()
}
_LAST = {
    ending: {language: _choices(spelling) for language, spelling in by.items()}
    for ending, by in _ENDINGS.items()
}
_GIVEN = {
    line.split()[0]: dict(part.split("=") for part in line.split()[1:])
    for line in _LOCAL.split("\n")
    if line
}


class Clerk:
    """One who writes for a site, in the spelling of his language."""

    def __init__(self, language: str, setting: Setting, dice: Random) -> None:
        self.language, self.setting, self.dice = language, setting, dice

    def given(self, name: str) -> str:
        """A given name: as it sounds, in the clerk's own language, or its first letter."""
        local = _GIVEN.get(name, {}).get(self.language)
        if local and self.happens(self.setting.local_given):
            return local
        written = self.write(name)
        if written and self.happens(self.setting.initial):
            return written[0] + "."
        return written

    def write(self, name: str) -> str:
        """A Cyrillic word in Latin letters, through ear, spelling, hand and chisel."""
        language = self.language
        if self.happens(self.setting.other_convention):
            language = self.dice.choice(sorted(_SPELLINGS))
        written = "-".join(
            self._spell(self._hear(part), language).capitalize() for part in name.split("-")
        )
        return self._lose(self._misread(written))

    def happens(self, chance: float) -> bool:
        """Whether something of this chance happens."""
        return self.dice.random() < chance

    def _hear(self, name: str) -> str:
        heard = [
            self.dice.choice(_HEARD[letter] or " ").strip()
            if place and letter in _HEARD and self.happens(self.setting.heard)
            else letter
            for place, letter in enumerate(name)
        ]
        return "".join(heard)

    def _spell(self, name: str, language: str) -> str:
        last = ""
        if name[-2:] in _LAST and self.happens(0.9):
            name, last = name[:-2], self._pick(_LAST[name[-2:]][language])
        return "".join(self._pick(_LETTERS[language].get(c, ([c], [1]))) for c in name) + last

    def _pick(self, choices: tuple[list[str], list[int]]) -> str:
        return self.dice.choices(*choices)[0]

    def _misread(self, written: str) -> str:
        return "".join(
            self.dice.choice(_READ[c]) if c in _READ and self.happens(self.setting.misread) else c
            for c in written
        )

    def _lose(self, written: str) -> str:
        """A letter, sometimes two, lost, doubled or moved."""
        while len(written) > 3 and self.happens(self.setting.lost_letter):
            at = self.dice.randrange(1, len(written) - 1)
            kind = self.dice.choice(("lost", "lost", "two lost", "doubled", "moved"))
            if kind == "doubled":
                written = written[:at] + written[at] + written[at:]
            elif kind == "moved":
                written = written[:at] + written[at + 1] + written[at] + written[at + 2 :]
            else:
                written = written[:at] + written[at + (2 if kind == "two lost" else 1) :]
        return written
