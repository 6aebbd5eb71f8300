"""Messages about tables and their cells."""

from __future__ import annotations

from enroll.notices.about_files import FILE_KINDS
from enroll.notices.kinds import N_, Kind

_HEADERS: dict[str, Kind] = {
    "HEADER_MISSING": Kind(
        "blocking",
        N_("There is no header in row {header_row}."),
        N_("Give the row that holds the headers as header_row under [files]."),
    ),
    "HEADER_EMPTY": Kind(
        "blocking",
        N_("Column {number} has cells but no header."),
        N_("Give the column a header, or delete it."),
    ),
    "HEADER_TWICE": Kind(
        "blocking",
        N_("Two columns have the header {header}."),
        N_("Rename or delete one of them."),
    ),
    "TOO_MANY_COLUMNS": Kind(
        "blocking",
        N_("The table has {count} columns; at most {most} are read."),
        N_("Keep only the columns of the documentation."),
    ),
    "ROW_RAGGED": Kind(
        "blocking",
        N_("The row has {cells} cells but the header has {headers}."),
        N_("Check the row for a missing or extra separator."),
    ),
    "CSV_BROKEN": Kind(
        "blocking",
        N_("The text cannot be divided into cells from this row on."),
        N_("Look for a quotation mark that is not closed."),
    ),
    "COLUMN_MISSING": Kind(
        "blocking",
        N_("There is no column {name}."),
        N_('Add it, or say which header stands for it: [columns.{table}] {name} = "header".'),
    ),
    "COLUMN_NOT_FOUND": Kind(
        "blocking",
        N_("[columns.{table}] {name} points to the header {header}, which the file does not have."),
        N_("Correct the header; the nearest in the file: {nearest}."),
    ),
    "COLUMN_KEY_UNKNOWN": Kind(
        "blocking",
        N_("[columns.{table}] {name}: no such column is known."),
        N_("Nearest known: {nearest}."),
    ),
    "COLUMN_TWICE": Kind(
        "blocking",
        N_("The headers {first} and {second} both stand for {name}."),
        N_("Say which one counts under [columns.{table}], or delete one."),
    ),
    "COLUMN_OF_SCORES": Kind(
        "blocking",
        N_("The column {header} holds examination scores; nobody is selected by examination."),
        N_("Delete the column from the file."),
    ),
    "COLUMNS_IGNORED": Kind(
        "info",
        N_("{count} columns that no rule asks for are ignored and not stored: {headers}."),
        N_("Nothing needs to be done; leave them out of the export where you can."),
    ),
    "VALUES_KEY_UNKNOWN": Kind(
        "blocking",
        N_("[values.{table}.{name}]: no such column is known."),
        N_("Nearest known: {nearest}."),
    ),
    "VALUES_WORD_UNKNOWN": Kind(
        "blocking",
        N_("[values.{table}.{name}] leads to {word}, which is not a known value."),
        N_("Use one of: {known}."),
    ),
    "FACT_COLUMN_MISSING": Kind(
        "blocking",
        N_("Group {group} asks for {name}, but the applicants have no such column."),
        N_('Add the column, or name its header: [columns.applicants] {name} = "header".'),
    ),
    "GROUP_COLUMN_MISSING": Kind(
        "blocking",
        N_("Group {group} has no `when` and the applicants have no column group."),
        N_("Add a column group to the applicants, or conditions to the group."),
    ),
}

_CELLS: dict[str, Kind] = {
    "CELL_MISSING": Kind(
        "blocking",
        N_("The cell is empty."),
        N_("Fill it in; every row needs a value here."),
    ),
    "CELL_ERROR": Kind(
        "blocking",
        N_("The cell holds an error of the spreadsheet."),
        N_("Correct the formula, or type the value."),
    ),
    "NOT_WHOLE": Kind(
        "blocking",
        N_("The cell is not a whole number."),
        N_("Write a whole number in plain digits."),
    ),
    "NOT_NUMBER": Kind(
        "blocking",
        N_("The cell is not a number."),
        N_("Write a number in plain digits with a decimal point."),
    ),
    "OUT_OF_RANGE": Kind(
        "blocking",
        N_("The number is not between {least} and {most}."),
        N_("Correct the number."),
    ),
    "NOT_DATE": Kind(
        "blocking",
        N_("The cell is not a date."),
        N_("Write it as year-month-day, such as 2019-08-31."),
    ),
    "NOT_YES_NO": Kind(
        "blocking",
        N_("The cell is neither yes nor no."),
        N_("Write yes or no."),
    ),
    "WORD_UNKNOWN": Kind(
        "blocking",
        N_("The word is not one of: {known}."),
        N_('Correct it, or translate it: [values.{table}.{name}] "your word" = "known word".'),
    ),
    "TEXT_TOO_LONG": Kind(
        "blocking",
        N_("The text is longer than {most} characters."),
        N_("Shorten it."),
    ),
    "ID_MALFORMED": Kind(
        "blocking",
        N_("The id has characters other than letters, digits, dot, hyphen and underscore."),
        N_("Use ids of 1 to 64 such characters."),
    ),
    "ID_MANGLED": Kind(
        "blocking",
        N_("The spreadsheet turned the id into a rounded number; its last digits are lost."),
        N_("Format the column as text and fill in the ids again from their source."),
    ),
    "ID_ROUNDED": Kind(
        "yellow",
        N_("The long id ends in 000, as ids do that a spreadsheet has rounded."),
        N_("Compare it with its source."),
    ),
    "ID_IS_IDENTITY_NUMBER": Kind(
        "blocking",
        N_("The id is a resident identity number, which must not enter an allocation."),
        N_("Give the children registration numbers with `enroll intake`."),
    ),
    "ID_TWICE": Kind(
        "blocking",
        N_("The id was already used in row {first}."),
        N_("Delete one of the rows, or correct its id."),
    ),
    "MORE_LIKE_THIS": Kind(
        "blocking",
        N_("And {count} more rows with {like}."),
        N_("Correct the rows listed above; the others follow the same pattern."),
    ),
}

_PLACES: dict[str, Kind] = {
    "COORDINATES_NOT_DECLARED": Kind(
        "blocking",
        N_("The {role} have coordinates, but the scenario does not say in which system."),
        N_('Add {role} = "gcj02", "bd09", "wgs84", "cgcs2000" or "EPSG:n" under [coordinates].'),
    ),
    "CRS_UNKNOWN": Kind(
        "blocking",
        N_("The file does not name a coordinate system that is known."),
        N_('Add {role} = "wgs84", "cgcs2000", "gcj02", "bd09" or "EPSG:n" under [coordinates].'),
    ),
    "COORDINATE_ALONE": Kind(
        "blocking",
        N_("Only one of lon and lat is given."),
        N_("Fill in both, or leave both empty."),
    ),
    "COORDINATES_OUT_OF_RANGE": Kind(
        "blocking",
        N_("Lon and lat are not a place on earth in {crs}."),
        N_("Correct them, or the system under [coordinates]."),
    ),
    "COORDINATES_SWAPPED": Kind(
        "blocking",
        N_("Lon and lat are swapped."),
        N_("Exchange them; lon is east, lat is north."),
    ),
    "COORDINATES_ZERO": Kind(
        "yellow",
        N_("Lon and lat are both 0, which counts as missing."),
        N_("Leave both empty where the place is not known."),
    ),
    "GEOMETRY_BROKEN": Kind(
        "blocking",
        N_("The geometry is not well formed: {reason}."),
        N_("Correct or draw it again in the map program."),
    ),
    "GEOMETRY_MISSING": Kind(
        "blocking",
        N_("The zone has no polygon although others have one."),
        N_("Draw it, or delete the row."),
    ),
    "GEOMETRY_NOT_POINT": Kind(
        "blocking",
        N_("The geometry is not a point."),
        N_("Save the {role} as single points."),
    ),
    "GEOMETRY_NOT_POLYGON": Kind(
        "blocking",
        N_("The geometry is not a polygon."),
        N_("Save the zones as polygons; lines and points beside polygons are not read."),
    ),
}

_CONTENT: dict[str, Kind] = {
    "NO_APPLICANTS": Kind(
        "blocking",
        N_("The table of applicants has no rows."),
        N_("Export it again with this year's registrations."),
    ),
    "NO_SCHOOLS": Kind(
        "blocking",
        N_("The table of schools has no rows."),
        N_("List the schools with an entry grade."),
    ),
    "NO_ZONES": Kind(
        "blocking",
        N_("The file of zones has no rows."),
        N_("List the zones, or leave zones and zone rounds out of the scenario."),
    ),
    "NO_WAYS": Kind(
        "blocking",
        N_("The travel matrix has no row about this scenario's applicants, zones and schools."),
        N_("Compute the matrix for the ids of these files."),
    ),
    "NO_CLASSES": Kind(
        "blocking",
        N_("No school plans an entry class."),
        N_("Fill in the column classes."),
    ),
    "SCHOOL_UNKNOWN": Kind(
        "blocking",
        N_("The file of schools has no school with this id."),
        N_("Correct the id, or add the school to the file of schools."),
    ),
    "SIBLING_SCHOOL_UNKNOWN": Kind(
        "yellow",
        N_("The older sibling's school is not among the schools and gives no priority."),
        N_("Correct the id, unless the sibling is at a school of another stage."),
    ),
    "ZONE_SCHOOL_UNKNOWN": Kind(
        "yellow",
        N_("Zone {zone} names a school that the file of schools does not have; it is left out."),
        N_("Correct the id, or add the school to the file of schools."),
    ),
    "ZONE_UNKNOWN": Kind(
        "blocking",
        N_("The file of zones has no zone with this id."),
        N_("Correct the id, or leave the cell empty so that the map decides."),
    ),
    "GROUP_UNKNOWN": Kind(
        "blocking",
        N_("The scenario has no group with this id; it has {known}."),
        N_('Correct it, or translate it: [values.applicants.group] "your word" = "group id".'),
    ),
    "CHOICE_TWICE": Kind(
        "yellow",
        N_("The applicant names a school twice; the earlier choice counts."),
        N_("Delete the later one."),
    ),
    "PLACED_INCOMPLETE": Kind(
        "blocking",
        N_("A placement by decision needs school, reason, authority and date; missing: {missing}."),
        N_("Fill in what is missing, or empty all four cells."),
    ),
    "APPLICANT_UNKNOWN": Kind(
        "blocking",
        N_("The file of applicants has no applicant with this id."),
        N_("Correct the id, or delete the row."),
    ),
    "OVERRIDE_PLACED_ALREADY": Kind(
        "blocking",
        N_("The applicant is placed by decision in the file of applicants already."),
        N_("Keep one of the two decisions: empty the placed_… cells there, or delete this row."),
    ),
    "PLACED_WITHOUT_CLASS": Kind(
        "blocking",
        N_("The applicant is placed by decision at a school that has no entry class."),
        N_("Correct the school, or its number of classes."),
    ),
    "STANDARD_ABOVE_LIMIT": Kind(
        "blocking",
        N_("The class standard {standard} is above the class limit {limit}."),
        N_("Correct class_standard or class_limit."),
    ),
    "ROOMS_BELOW_CLASSES": Kind(
        "blocking",
        N_("There are fewer rooms than planned classes."),
        N_("Correct rooms or classes."),
    ),
    "RESERVED_WITHOUT_PURPOSE": Kind(
        "blocking",
        N_("Seats are reserved for no named purpose."),
        N_("Say in reserved_for for whom they are held back, or reserve none."),
    ),
    "WAY_KEY_UNCLEAR": Kind(
        "blocking",
        N_("The travel matrix must have either applicant_id or zone_id."),
        N_("Keep exactly one of the two columns."),
    ),
    "WAY_TWICE": Kind(
        "blocking",
        N_("{count} rows repeat a pair that an earlier row already gives."),
        N_("Keep one row for each pair."),
    ),
    "WAY_ID_UNKNOWN": Kind(
        "orange",
        N_("{count} rows name an id that the other files do not have and are left out."),
        N_("Compute the matrix for the ids of these files."),
    ),
}

TABLE_KINDS: dict[str, Kind] = {**FILE_KINDS, **_HEADERS, **_CELLS, **_PLACES, **_CONTENT}
