"""What the settings are built from: their base class, their kinds of text, their refusals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, Strict, model_validator
from pydantic_core import PydanticCustomError

from enroll.notices.about_changes import CHANGE_KINDS
from enroll.notices.about_scenarios import SCENARIO_KINDS

if TYPE_CHECKING:
    from pydantic import JsonValue
    from pydantic.fields import FieldInfo

Item = TypeVar("Item")

Many = Annotated[tuple[Item, ...], Strict(strict=False)]
"""A TOML array, kept as a tuple; its items stay strict."""

TABLES = (
    *("applicants", "demand", "schools", "zones", "travel", "overrides"),
    *("roll", "births", "homes"),
)
"""Tables whose headers and words `[columns]` and `[values]` may translate."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Settings(BaseModel):
    """Base of every table of a scenario: frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    @classmethod
    def stated_keys(cls) -> dict[str, FieldInfo]:
        """Return each key as a file states it; `from` is no name that Python lets a field have."""
        return {field.alias or name: field for name, field in cls.model_fields.items()}


def refuse(code: str, **params: object) -> PydanticCustomError:
    """Return the error that a validator raises for a coded problem.

    Parameters
    ----------
    code
        Key of the catalogue; becomes the type of the pydantic error.
    **params
        Fields of the sentence.
    """
    kind = SCENARIO_KINDS.get(code) or CHANGE_KINDS[code]
    return PydanticCustomError(code, kind.message, dict(params))


def about(
    *, unit: str = "", default: str = "", source: str = "", form: str = ""
) -> dict[str, JsonValue]:
    """Return what the reference page says of a key besides its description.

    Parameters
    ----------
    unit
        Unit of a number.
    default
        What holds where the key is absent, if the schema's own default does not say it.
    source
        Where the default comes from: a norm, or the reason for the choice.
    form
        The form of a text, in words.
    """
    parts = {"unit": unit, "default_text": default, "source": source, "form": form}
    return {name: text for name, text in parts.items() if text}


def _matching(pattern: str, code: str) -> AfterValidator:
    compiled = re.compile(pattern)

    def check(text: str) -> str:
        if compiled.fullmatch(text) is None:
            raise refuse(code)
        return text

    return AfterValidator(check)


def _printable(text: str) -> str:
    if _CONTROL.search(text):
        raise refuse("SETTING_CONTROL_CHARACTER")
    return text


def _known_table(text: str) -> str:
    if text not in TABLES:
        raise refuse("SETTING_NOT_A_TABLE", tables=TABLES)
    return text


Text = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_printable)]
Label = Annotated[str, Field(max_length=200), AfterValidator(_printable)]
PathText = Annotated[str, Field(min_length=1, max_length=1000), AfterValidator(_printable)]
Name = Annotated[str, _matching(r"[A-Za-z0-9._-]{1,64}", "SETTING_NOT_A_NAME")]
MetricName = Annotated[str, _matching(r"EPSG:[0-9]{4,6}", "SETTING_NOT_A_METRIC_CRS")]
CoordinateName = Annotated[
    str,
    _matching(r"wgs84|cgcs2000|gcj02|bd09|EPSG:[0-9]{4,6}", "SETTING_NOT_A_COORDINATE_SYSTEM"),
]
Seed = Annotated[str, _matching(r"[0-9a-f]{64}", "SETTING_NOT_A_SEED")]
TelephoneNumber = Annotated[
    str, _matching(r"(?=(?:[^0-9]*[0-9]){3})[0-9+(][0-9 +()-]{2,29}", "SETTING_NOT_A_TELEPHONE")
]
WebAddress = Annotated[
    str,
    _matching(
        r"(?=.{1,200}$)https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/?#&=%+-]*)?",
        "SETTING_NOT_A_WEBSITE",
    ),
]
TableName = Annotated[str, AfterValidator(_known_table)]
PlaceId = Annotated[str, _matching(r"[\w.-]{1,64}", "SETTING_NOT_A_PLACE")]


class FileRef(Settings):
    """A file, with the sheet and header row where a workbook needs them."""

    path: PathText = Field(
        description="Path relative to the scenario file that names it, written with `/`.",
        json_schema_extra=about(form="path"),
    )
    sheet: Text | None = Field(
        default=None,
        description="Sheet of a workbook, or layer of a GeoPackage.",
        json_schema_extra=about(default="the first"),
    )
    header_row: int = Field(
        default=1,
        ge=1,
        le=1000,
        description="Row that holds the headers; the first row is 1.",
        json_schema_extra=about(source="where headers usually stand"),
    )

    @model_validator(mode="before")
    @classmethod
    def _from_path(cls, value: object) -> object:
        """Accept a plain path for a file that needs no more."""
        if isinstance(value, str):
            return {"path": value}
        if not isinstance(value, dict | FileRef):
            raise refuse("SETTING_NEEDS_PATH")
        return value
