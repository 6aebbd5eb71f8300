"""Messages about committed draws and the log."""

from __future__ import annotations

from enroll.notices.kinds import N_, Kind

_FREEZE: dict[str, Kind] = {
    "DRAW_ID_FORM": Kind(
        "blocking",
        N_("{draw} is no name for a draw."),
        N_(
            "Take small letters, digits and hyphens, at most 64, a letter or digit first; a "
            "rehearsal begins with `test-`."
        ),
    ),
    "DRAW_EXISTS": Kind(
        "blocking",
        N_("A file or folder of this name exists already, and a draw is never written over."),
        N_("Name a new folder with -o."),
    ),
    "DRAW_NOT_WRITTEN": Kind(
        "blocking",
        N_("The draw could not be written: {reason}."),
        N_("Make room or get the right to write there, then run the same command again."),
    ),
    "OPERATOR_FORM": Kind(
        "blocking",
        N_("The name of the operator is not one line of at most 100 characters."),
        N_("Give a short name or number of the person at the keyboard."),
    ),
}

_COMMIT: dict[str, Kind] = {
    "DRAW_COMMITTED_ALREADY": Kind(
        "blocking",
        N_("This draw is committed already, and a commitment is made once."),
        N_("Go on with it; another draw begins with another freeze, and the log shows both."),
    ),
    "DRAW_SOURCE_NAME": Kind(
        "blocking",
        N_("{name} is no name for a source."),
        N_("Take small letters, digits, dots and hyphens, such as `ssq-2026082`."),
    ),
    "DRAW_SOURCE_TWICE": Kind(
        "blocking",
        N_("The source {name} is named twice."),
        N_("Name each source once."),
    ),
    "DRAW_SOURCES_ONLY_DRAND": Kind(
        "blocking",
        N_("A drand round alone is not enough: its signature is not checked here."),
        N_("Name a public lottery beside it, such as `ssq-2026082`."),
    ),
    "DRAW_TIME_FORM": Kind(
        "blocking",
        N_("{value} is not a moment in UTC."),
        N_("Write it as `2026-07-12T13:15:00Z`."),
    ),
    "DRAW_TIMES_CROSSED": Kind(
        "blocking",
        N_("The commitment would be public at {published}, not before the draw of {after}."),
        N_("Move `--draw-after` behind the publication; a rehearsal is named `test-…`."),
    ),
    "DRAW_AFTER_PAST": Kind(
        "blocking",
        N_("{after} is past, so the sources may have values that somebody knows."),
        N_("Choose a moment to come and sources drawn after it; a rehearsal is named `test-…`."),
    ),
    "DRAW_PUBLISHED_PAST": Kind(
        "blocking",
        N_("The commitment cannot have been public at {published}: it is made only now."),
        N_("Leave `--published` out, or name the moment at which it will be made public."),
    ),
    "DRAW_ROUND_TOO_EARLY": Kind(
        "blocking",
        N_("The round of {name} comes at {time}, not after {after}."),
        N_("Name a later round."),
    ),
    "DRAW_SCENARIO_UNKNOWN": Kind(
        "blocking",
        N_("The scenario of this draw is not where it was at the freeze."),
        N_("Name it with `--scenario`: its log, which lies beside it, must go on."),
    ),
    "DRAW_NOT_IN_LOG": Kind(
        "blocking",
        N_("The log beside the scenario does not hold the freeze of this draw."),
        N_("Put the log back that the freeze was written to; a log is never begun anew."),
    ),
}

_DRAW: dict[str, Kind] = {
    "DRAW_NOT_COMMITTED": Kind(
        "blocking",
        N_("This draw is not committed yet."),
        N_("Run `enroll lottery commit` first and make its hash public."),
    ),
    "DRAW_DRAWN_ALREADY": Kind(
        "blocking",
        N_("This commitment has its draw already, and there is never a second one."),
        N_("The order in order.csv stands; `enroll lottery check` proves it."),
    ),
    "DRAW_TOO_EARLY": Kind(
        "blocking",
        N_("It is {now}, and no source may have a value before {after}."),
        N_("Draw after that moment, with the values published then."),
    ),
    "DRAW_SOURCES_DIFFER": Kind(
        "blocking",
        N_("The sources are not those of the commitment in its order: {expected}."),
        N_("Give each of them once, in this order, as --source name=value."),
    ),
    "DRAW_VALUE_FORM": Kind(
        "blocking",
        N_("The value of {name} is not written as this source is."),
        N_(
            "Write digits, small letters, dots, plus and minus signs: Shuangseqiu as "
            "`01.07.12.19.22.33+08`, drand as its 64 hexadecimal digits."
        ),
    ),
    "DRAW_SIGNATURE_MISSING": Kind(
        "blocking",
        N_("The value of {name} is given without its signature, which it must be the SHA-256 of."),
        N_("Add --signature {name}=HEX, from the same answer of the drand network."),
    ),
    "DRAW_SIGNATURE_WRONG": Kind(
        "blocking",
        N_("The value of {name} is not the SHA-256 of its signature."),
        N_("Copy both from one answer of the drand network."),
    ),
    "DRAW_SIGNATURE_ALONE": Kind(
        "blocking",
        N_("A signature is given for {name}, which is not a drand source of this draw."),
        N_("Leave it out, or name the drand source as the commitment does."),
    ),
}

_FILES: dict[str, Kind] = {
    "DRAW_FOLDER_MISSING": Kind(
        "blocking",
        N_("There is no frozen draw here."),
        N_("Name a folder that `enroll lottery freeze` has written."),
    ),
    "DRAW_FILE_MISSING": Kind(
        "blocking",
        N_("The file is missing from the draw."),
        N_("Take the draw from a copy that was kept."),
    ),
    "DRAW_FILE_MALFORMED": Kind(
        "blocking",
        N_("The file is not as the protocol ALLOT1 writes it."),
        N_("Take the file from a copy that was kept; nothing in it is edited by hand."),
    ),
    "DRAW_FILE_CHANGED": Kind(
        "blocking",
        N_("The file was changed since {since}, whose hash of it is another."),
        N_("Take the file from a copy that was kept."),
    ),
    "DRAW_TICKETS_DIFFER": Kind(
        "blocking",
        N_("The file does not hold the tickets of roll.txt."),
        N_("Take the file from a copy that was kept."),
    ),
    "DRAW_RESULT_WRONG": Kind(
        "blocking",
        N_("The file is not what the commitment and the sources give."),
        N_("Nobody may use it; take the file from a copy that was kept."),
    ),
    "DRAW_UNFINISHED": Kind(
        "blocking",
        N_("The draw stopped before all its files were written."),
        N_("Run `enroll lottery draw` again with the same values: it ends what it began."),
    ),
}

_USE: dict[str, Kind] = {
    "DRAW_NOT_DRAWN": Kind(
        "blocking",
        N_("`[lottery] draw` names a draw that is not drawn yet."),
        N_("Run `enroll lottery draw` first, or rehearse with a `seed`."),
    ),
    "DRAW_APPLICANTS_ADDED": Kind(
        "blocking",
        N_("Applicants who were not there at the freeze and have no ticket: {count} ({names})."),
        N_("Take them out and place them in a supplementary round, or freeze anew."),
    ),
    "DRAW_APPLICANTS_GONE": Kind(
        "blocking",
        N_("Applicants of the freeze who are missing now, tickets: {count} ({names})."),
        N_("Put them back as they were; a child that left is not offered a place again."),
    ),
    "DRAW_RECORDS_DIFFER": Kind(
        "blocking",
        N_("Tickets whose children changed since the freeze: {count} ({names}), in {keys}."),
        N_("Put the rows back as they were at the freeze, or freeze anew."),
    ),
    "DRAW_DECISIONS_DIFFER": Kind(
        "blocking",
        N_("Tickets with another place by decision than at the freeze: {count} ({names})."),
        N_(
            "Put the decisions back as they were; a later one takes a reserved seat, or a place "
            "in a supplementary round."
        ),
    ),
    "DRAW_RULES_DIFFER": Kind(
        "blocking",
        N_("Rules that changed since the commitment: {keys}."),
        N_("Put them back as they were committed to, or freeze anew."),
    ),
    "DRAW_OVERWRITE": Kind(
        "blocking",
        N_("Under a committed draw no run takes the place of another."),
        N_("Leave `--overwrite` out and name another folder with -o."),
    ),
    "DRAW_OTHER_PROGRAM": Kind(
        "yellow",
        N_("The draw {draw} was committed with another version of the program than this."),
        N_("Allocate with the version that the commitment names, or say why it had to change."),
    ),
}

_LOG: dict[str, Kind] = {
    "LOG_BROKEN": Kind(
        "blocking",
        N_("The chain of the log breaks at this line: it, or what stood before it, was changed."),
        N_("Put the log back from a copy that was kept, and find out who changed it."),
    ),
    "LOG_ANEW": Kind(
        "blocking",
        N_("The log does not lead to the head that the draw committed to."),
        N_("Put the log back that the commitment was written to; a log is never begun anew."),
    ),
    "LOG_NOT_WRITTEN": Kind(
        "blocking",
        N_("The log beside the scenario could not be read or written: {reason}."),
        N_("Get the right to write there: nothing is done that is not logged."),
    ),
}

DRAW_KINDS: dict[str, Kind] = {**_FREEZE, **_COMMIT, **_DRAW, **_FILES, **_USE, **_LOG}
