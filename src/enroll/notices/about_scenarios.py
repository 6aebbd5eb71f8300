"""Messages about scenario files."""

from __future__ import annotations

from enroll.notices.kinds import N_, Kind

_FILES: dict[str, Kind] = {
    "SCENARIO_MISSING": Kind(
        "blocking",
        N_("There is no such scenario file."),
        N_("Check the path, or run `enroll new` to start from a sample."),
    ),
    "SCENARIO_NOT_A_FILE": Kind(
        "blocking",
        N_("This is not a file."),
        N_("Name the scenario file itself, such as `scenarios/name.toml`."),
    ),
    "SCENARIO_UNREADABLE": Kind(
        "blocking",
        N_("The scenario file cannot be read: {reason}."),
        N_("Ask whoever owns the file for the right to read it."),
    ),
    "SCENARIO_EMPTY": Kind(
        "blocking",
        N_("The scenario file is empty."),
        N_("Write at least `title`, `year` and `stage`, or run `enroll new` for a sample."),
    ),
    "SCENARIO_TOO_LARGE": Kind(
        "blocking",
        N_("The scenario file has more than {bound} bytes."),
        N_("A scenario holds settings only; put tables into files of their own under `[files]`."),
    ),
    "SCENARIO_NOT_UTF8": Kind(
        "blocking",
        N_("The scenario file is not UTF-8 text."),
        N_("Save it again as UTF-8; Notepad offers this under Save as, Encoding."),
    ),
    "SCENARIO_SYNTAX": Kind(
        "blocking",
        N_("The scenario file is not valid TOML: {reason}."),
        N_(
            "Correct this line; text stands in double quotes, and so does a key in Chinese; no "
            "key is given twice."
        ),
    ),
    "SCENARIO_TOO_DEEP": Kind(
        "blocking",
        N_("The scenario file nests tables, arrays or dotted keys too deeply."),
        N_("No setting lies deeper than four levels; take the nested part out."),
    ),
    "BASE_NOT_A_PATH": Kind(
        "blocking",
        N_("`extends` must name another scenario by a path relative to this file."),
        N_('Write it with `/` and without a drive, such as `extends = "base.toml"`.'),
    ),
    "BASE_MISSING": Kind(
        "blocking",
        N_("The scenario named by `extends` does not exist."),
        N_("Correct the path; it is relative to the file that holds `extends`."),
    ),
    "BASE_CYCLE": Kind(
        "blocking",
        N_("This scenario extends itself, by way of {chain}."),
        N_("Take `extends` out of one of these files."),
    ),
}

_KEYS: dict[str, Kind] = {
    "SETTING_UNKNOWN": Kind(
        "blocking",
        N_("There is no setting of this name."),
        N_("Take it out; known here: {known}."),
    ),
    "SETTING_UNKNOWN_NEAR": Kind(
        "blocking",
        N_("There is no setting of this name; the nearest is `{nearest}`."),
        N_("Write `{nearest}`, or take the line out."),
    ),
    "SETTING_MISPLACED": Kind(
        "blocking",
        N_("This setting does not belong here; its place is {place}."),
        N_("Move the line there; a key belongs to the last table header above it."),
    ),
    "SETTING_LATER": Kind(
        "blocking",
        N_("`{setting}` is not supported in this version of enroll."),
        N_("Take it out; the reference of scenario keys lists what this version knows."),
    ),
    "SETTING_MISSING": Kind(
        "blocking",
        N_("This setting is required."),
        N_("Add it; the reference of scenario keys says what it means."),
    ),
    "PROBLEMS_CUT": Kind(
        "blocking",
        N_("{count} more problems are not shown."),
        N_("Correct the problems above and check again."),
    ),
}

_VALUES: dict[str, Kind] = {
    "SETTING_NEEDS_TEXT": Kind(
        "blocking",
        N_("The value must be text."),
        N_('Put it in double quotes, such as `"text"`.'),
    ),
    "SETTING_NEEDS_WHOLE_NUMBER": Kind(
        "blocking",
        N_("The value must be a whole number."),
        N_("Write digits only, without quotes and without a decimal point."),
    ),
    "SETTING_NEEDS_DATE": Kind(
        "blocking",
        N_("The value must be a date."),
        N_("Write it as 2020-08-31, without quotes and without a time."),
    ),
    "SETTING_NEEDS_NUMBER_OR_DATE": Kind(
        "blocking",
        N_("The value must be a whole number or a date."),
        N_("Write digits only, or a date as 2020-08-31, without quotes."),
    ),
    "SETTING_NEEDS_LIST": Kind(
        "blocking",
        N_("The value must be a list."),
        N_(
            'Put it in square brackets, such as `["one", "two"]`; a list of tables has a header '
            "in double brackets, such as `[[round]]`."
        ),
    ),
    "SETTING_NEEDS_TABLE": Kind(
        "blocking",
        N_("The value must be a table of keys."),
        N_("Give it a header in square brackets and one key per line below."),
    ),
    "SETTING_NEEDS_PATH": Kind(
        "blocking",
        N_("The value must name a file."),
        N_("Write a path in double quotes, or a table of `path`, `sheet` and `header_row`."),
    ),
    "SETTING_NEEDS_CONDITION": Kind(
        "blocking",
        N_("The value is not a condition on a fact."),
        N_(
            "Write a value, a list of values, or a table of `min`, `max`, `before` and `after`; "
            "yes and no are text, in double quotes."
        ),
    ),
    "SETTING_NOT_ONE_OF": Kind(
        "blocking",
        N_("The value is not one of: {allowed}."),
        N_("Write one of these words, in double quotes."),
    ),
    "SETTING_TOO_SMALL": Kind(
        "blocking",
        N_("The number is below {bound}."),
        N_("Write a number of {bound} or more."),
    ),
    "SETTING_TOO_LARGE": Kind(
        "blocking",
        N_("The number is above {bound}."),
        N_("Write a number of {bound} or less."),
    ),
    "SETTING_TEXT_EMPTY": Kind(
        "blocking",
        N_("The text is empty."),
        N_("Fill it in, or take the line out."),
    ),
    "SETTING_TEXT_TOO_LONG": Kind(
        "blocking",
        N_("The text has more than {bound} characters."),
        N_("Shorten it."),
    ),
    "SETTING_CONTROL_CHARACTER": Kind(
        "blocking",
        N_("The text holds a line break or another control character."),
        N_("Write it on one line, without escapes such as `\\n`."),
    ),
    "SETTING_NOT_A_NAME": Kind(
        "blocking",
        N_("This id may hold only letters, digits, dots, underscores and hyphens."),
        N_("Write 1 to 64 of these characters; words for people go into `name`."),
    ),
    "SETTING_NOT_A_TABLE": Kind(
        "blocking",
        N_("There is no table of this name; known are {tables}."),
        N_("Write one of these names after the dot of the header."),
    ),
    "SETTING_NOT_A_COORDINATE_SYSTEM": Kind(
        "blocking",
        N_("This is not a coordinate system that enroll knows."),
        N_(
            "Write `wgs84`, `cgcs2000`, `gcj02`, `bd09`, or a code such as `EPSG:4546`; ask "
            "whoever made the file which one it is."
        ),
    ),
    "SETTING_NOT_A_METRIC_CRS": Kind(
        "blocking",
        N_("This is not the code of a coordinate system."),
        N_("Write a code of a plane system in metres, such as `EPSG:4546`."),
    ),
    "SETTING_NOT_A_SEED": Kind(
        "blocking",
        N_("A seed is 64 hexadecimal digits."),
        N_("Write 64 characters from 0 to 9 and a to f, small letters only."),
    ),
    "SETTING_NOT_A_TELEPHONE": Kind(
        "blocking",
        N_("This is not a telephone number."),
        N_(
            "Write 3 to 30 digits, spaces, `+`, `-`, `(` and `)`; put words into `name` or `hours`."
        ),
    ),
    "SETTING_NOT_A_WEBSITE": Kind(
        "blocking",
        N_("This is not the address of a website."),
        N_("Write it whole, beginning with `https://` or `http://`, in plain letters and digits."),
    ),
}

_RULES: dict[str, Kind] = {
    "EVENT_ENDS_EARLY": Kind(
        "blocking",
        N_("`until`, {last}, comes before `from`, {first}."),
        N_("Correct one of the two days; leave `until` out where it is one day."),
    ),
    "EVENT_OTHER_YEAR": Kind(
        "blocking",
        N_("The day {day} is far from the school year {year}."),
        N_("Correct the day: it lies between the year before `year` and the year after it."),
    ),
    "LIMIT_BELOW_STANDARD": Kind(
        "blocking",
        N_("The class limit of {limit} is below the class standard of {standard}."),
        N_("Raise `class_limit` or lower `class_standard`."),
    ),
    "AGE_BOUNDS_CROSSED": Kind(
        "blocking",
        N_("Nobody could enter: born on {earliest} or after, and on {latest} or before."),
        N_("Correct `earliest_birth` or `latest_birth`."),
    ),
    "TRAVEL_MATRIX_MISSING": Kind(
        "blocking",
        N_("Ways are to come from a matrix, but no matrix is named."),
        N_('Name the file as `matrix` under `[travel]`, or set `mode = "straight"`.'),
    ),
    "TRAVEL_MATRIX_UNUSED": Kind(
        "blocking",
        N_("A travel matrix is named, but `mode` does not say whether to use it."),
        N_('Write `mode = "matrix"` or `mode = "straight"` under `[travel]`.'),
    ),
    "TRAVEL_MATRIX_TWICE": Kind(
        "blocking",
        N_("`[travel] matrix` and `[files] travel` name different files."),
        N_("Keep one of them."),
    ),
    "LOTTERY_TWICE": Kind(
        "blocking",
        N_("`seed` is a rehearsal and `draw` a committed draw: only one of them can decide."),
        N_("Keep `draw` for the allocation that counts, or `seed` to try things out."),
    ),
    "CONDITION_EMPTY": Kind(
        "blocking",
        N_("This condition names no value and no bound, so it could never hold."),
        N_("Fill it in, or take the fact out of `when`."),
    ),
    "CONDITION_MIXED": Kind(
        "blocking",
        N_("These bounds ask for a number and for a date at once."),
        N_("Keep the numbers or the dates; `before` and `after` are always dates."),
    ),
    "CONDITION_NEVER": Kind(
        "blocking",
        N_("No number and no day lies between these bounds."),
        N_(
            "Correct the bounds; `min` and `max` include the bound itself, `before` and `after` "
            "do not."
        ),
    ),
    "GROUP_TWICE": Kind(
        "blocking",
        N_("Several groups without `when` have one id: {groups}."),
        N_("Keep one entry per id; several with one id are alternatives, each with its `when`."),
    ),
    "ROUND_TWICE": Kind(
        "blocking",
        N_("Several rounds have one id: {rounds}."),
        N_("Give each round an id of its own."),
    ),
    "ROUND_ID_RESERVED": Kind(
        "blocking",
        N_("The round id `{id}` is kept for the rule of that name."),
        N_("Choose another id for this round."),
    ),
    "ROUND_FIXED_NOT_FIRST": Kind(
        "blocking",
        N_("Fixed placements come before every other round, once."),
        N_('Move the round with `rule = "fixed"` to the front, or leave it out: it is added.'),
    ),
    "ROUND_KEY_UNUSED": Kind(
        "blocking",
        N_("`{key}` has no effect in a round with the rule `{rule}`."),
        N_("Take it out, or put it into the round where it should hold."),
    ),
    "ROUND_ORDER_REPEATS": Kind(
        "blocking",
        N_("`order` names a key twice."),
        N_("Keep each key once, the one that counts most first."),
    ),
    "ROUND_LOTTERY_NOT_LAST": Kind(
        "blocking",
        N_("The lottery ends every tie, so nothing can come after it."),
        N_("Move `lottery` to the end of `order`, or leave it out: it is always the last key."),
    ),
}

_STARTER: dict[str, Kind] = {
    "STARTER_FOLDER_IN_USE": Kind(
        "blocking",
        N_("The folder is not empty, and nothing in it is overwritten."),
        N_("Name a new folder."),
    ),
    "STARTER_NOT_A_FOLDER": Kind(
        "blocking",
        N_("There is a file of this name."),
        N_("Name a new folder."),
    ),
    "STARTER_NOT_WRITTEN": Kind(
        "blocking",
        N_("The folder cannot be written: {reason}."),
        N_("Choose a folder in which you may write, with space left on its disk."),
    ),
}

SCENARIO_KINDS: dict[str, Kind] = {**_FILES, **_KEYS, **_VALUES, **_RULES, **_STARTER}
