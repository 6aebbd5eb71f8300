"""Messages about files that cannot be opened or read."""

from __future__ import annotations

from enroll.notices.kinds import N_, Kind

FILE_KINDS: dict[str, Kind] = {
    "FILE_NOT_NAMED": Kind(
        "blocking",
        N_("The scenario names no file of {role}."),
        N_('Add {role} = "path of the file" under [files] in the scenario.'),
    ),
    "ZONES_NOT_NAMED": Kind(
        "yellow",
        N_("There are no zones: everybody goes past the zone rounds and on to redirect."),
        N_('Add zones = "path of the file" under [files].'),
    ),
    "PATH_NOT_ORDINARY": Kind(
        "blocking",
        N_("{path} is not the path of an ordinary file; addresses and drivers are never opened."),
        N_("Copy the file beside the scenario and write its plain path."),
    ),
    "FILE_MISSING": Kind(
        "blocking",
        N_("There is no file {path}."),
        N_("Check the spelling; paths in a scenario are relative to its folder."),
    ),
    "FILE_IS_FOLDER": Kind(
        "blocking",
        N_("{path} is a folder, not a file."),
        N_("Name the file inside the folder."),
    ),
    "FILE_NOT_REGULAR": Kind(
        "blocking",
        N_("{path} is a device or a pipe, not a file."),
        N_("Save the data as a file and name that file."),
    ),
    "FILE_UNREADABLE": Kind(
        "blocking",
        N_("{path} cannot be opened."),
        N_("Close it in other programs and check that you may read it."),
    ),
    "FILE_EMPTY": Kind(
        "blocking",
        N_("The file is empty."),
        N_("Export it again."),
    ),
    "FILE_TOO_LARGE": Kind(
        "blocking",
        N_("The file is larger than {most} bytes."),
        N_("Keep only the columns and rows of this year's entry."),
    ),
    "FILE_KIND_UNKNOWN": Kind(
        "blocking",
        N_("Files ending in {suffix} are not read."),
        N_("Save it as one of: {known}."),
    ),
    "FILE_CONTENT_WRONG": Kind(
        "blocking",
        N_("The file is named {suffix} but holds {found}."),
        N_("Export it again in the format its name says."),
    ),
    "FILE_BROKEN": Kind(
        "blocking",
        N_("The file is damaged or cut short: it cannot be read as {kind}."),
        N_("Export or copy it again."),
    ),
    "TEXT_IN_UTF16": Kind(
        "blocking",
        N_("The text is in UTF-16."),
        N_('Save it as "CSV UTF-8".'),
    ),
    "TEXT_NOT_DECODED": Kind(
        "blocking",
        N_("The text is neither UTF-8 nor GB18030 (the first bad byte is number {byte})."),
        N_('Save it as "CSV UTF-8".'),
    ),
    "TEXT_IS_BINARY": Kind(
        "blocking",
        N_("The file holds zero bytes: it is not a text table."),
        N_('Save it as "CSV UTF-8".'),
    ),
    "WORKBOOK_UNSAFE": Kind(
        "blocking",
        N_("The workbook is refused as unsafe: {reason}."),
        N_("Copy the cells into a new workbook and save that."),
    ),
    "WORKBOOK_LOCKED": Kind(
        "blocking",
        N_("The workbook is protected by a password or saved in the old .xls format."),
        N_("Remove the password and save it as .xlsx."),
    ),
    "WORKBOOK_TOO_WIDE": Kind(
        "blocking",
        N_("The sheet reaches to row {rows} and column {columns}, too far to read."),
        N_("Delete the empty rows and columns below and right of the table."),
    ),
    "SHEET_MISSING": Kind(
        "blocking",
        N_("There is no sheet {sheet}; the file has {known}."),
        N_("Correct the name under [files], as sheet = ."),
    ),
    "LAYER_NOT_NAMED": Kind(
        "blocking",
        N_("The file has several layers: {known}."),
        N_('Name one under [files], as {{path = "…", sheet = "layer"}}.'),
    ),
    "GEOPACKAGE_IN_USE": Kind(
        "blocking",
        N_("The GeoPackage has unsaved changes beside it (a -wal file)."),
        N_("Close it in QGIS or the program that has it open."),
    ),
    "SHAPEFILE_PART_MISSING": Kind(
        "blocking",
        N_("The Shapefile has no {part} beside it."),
        N_("Copy all parts of the Shapefile: .shp, .dbf, .prj and .cpg."),
    ),
    "PARQUET_NEEDS_EXTRA": Kind(
        "blocking",
        N_("Reading Parquet needs the package pyarrow."),
        N_('Install it with: pip install "enroll[parquet]", or save the table as CSV.'),
    ),
    "PARQUET_HAS_GEOMETRY": Kind(
        "blocking",
        N_("Geometry inside Parquet is not read."),
        N_("Save the map as GeoPackage or GeoJSON."),
    ),
}
