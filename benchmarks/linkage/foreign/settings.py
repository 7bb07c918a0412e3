"""What the second simulation varies: one column of the table for each setting.

The rates of the first three are guesses made before anything was linked; none was moved afterwards.
``plain`` is what the maker of a prototype would do. ``worn`` is hard on the graves: clerks hear
and read badly and note little. ``muddled`` is hard on the archive: several documents of one man,
brothers, clans of one village, days on which a man went missing given for his death. ``sparse`` is
``plain`` with three men in ten in the archive, ``plots`` with many unnamed graves and an archive
that says of most men when they died and where they lie, so that pools of men alone can be told.
"""

from __future__ import annotations

from types import SimpleNamespace

TABLE = """
                    plain  worn   muddled  sparse  plots
# what a clerk does to a name: chances for a letter, or for a name
heard               .04    .10    .06      .04     .04
misread             .01    .035   .015     .01     .01
lost_letter         .06    .20    .08      .06     .06
other_convention    .08    .20    .12      .08     .08
another_name        .005   .02    .01      .005    .005
swapped_fields      .01    .04    .02      .01     .01
local_given         .05    .15    .08      .05     .05
initial             .08    .25    .12      .08     .08
# what stands on a grave
has_given           .97    .85    .93      .97     .97
has_patronymic      .50    .20    .40      .50     .50
birth_day           .20    .15    .20      .20     .20
birth_year          .33    .25    .30      .33     .33
age                 .02    .05    .03      .02     .02
death_day           .50    .45    .50      .50     .50
death_month         .10    .15    .10      .10     .10
grave_birthplace    .35    .20    .30      .35     .35
grave_death_place   .10    .08    .10      .10     .10
grave_number        .05    .03    .05      .05     .05
grave_camp          .20    .15    .20      .20     .20
birth_slip          .03    .10    .06      .03     .03
death_slip          .05    .12    .08      .05     .05
unnamed             .10    .10    .10      .10     .40
same_day            .30    .30    .30      .30     .60
# what stands in the archive
in_archive          .85    .85    .85      .30     .97
has_father          .95    .95    .85      .95     .95
archive_birth_day   .50    .50    .35      .50     .50
archive_birth_year  .97    .97    .90      .97     .97
archive_birthplace  .90    .90    .75      .90     .90
archive_death_day   .60    .60    .45      .60     .97
archive_death_place .30    .30    .20      .30     .60
archive_burial      .03    .03    .02      .03     .45
archive_number      .25    .25    .20      .25     .25
archive_slip        .01    .01    .05      .01     .01
second_document     .0     .0     .20      .0      .0
brother             .0     .02    .06      .0      .0
clan                .0     .10    .30      .0      .0
missing_as_death    .0     .0     .15      .0      .0
"""


class Setting(SimpleNamespace):
    """Chances, named as in the table."""


def _read() -> dict[str, Setting]:
    head, *lines = [line.split() for line in TABLE.splitlines() if line and line[0] != "#"]
    return {
        name: Setting(**{row: float(values[column]) for row, *values in lines})
        for column, name in enumerate(head)
    }


SETTINGS = _read()
