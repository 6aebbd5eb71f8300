"""What an office tells families before registration; no rule reads any of it."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads the annotations

from pydantic import Field, model_validator

from enroll.scenario.forms import (
    Many,
    Settings,
    TelephoneNumber,
    Text,
    WebAddress,
    about,
    refuse,
)


class Event(Settings):
    """A line of the timetable, in the order of the file."""

    what: Text = Field(
        description="What families do or learn then.", json_schema_extra=about(form="text")
    )
    start: date = Field(
        alias="from",
        description="The day, or the first of several; a plan is published only where all days lie "
        "between the year before `year` and the year after it.",
    )
    until: date | None = Field(
        default=None,
        description="The last day, not before `from`.",
        json_schema_extra=about(default="the one day of `from`"),
    )

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Event:
        if self.until is not None and self.until < self.start:
            raise refuse("EVENT_ENDS_EARLY", first=self.start, last=self.until)
        return self

    @property
    def days(self) -> tuple[date, ...]:
        """The days that the entry names."""
        return (self.start,) if self.until is None else (self.start, self.until)


class Telephone(Settings):
    """A telephone number, in the order of the file."""

    name: Text = Field(description="Who answers.", json_schema_extra=about(form="text"))
    number: TelephoneNumber = Field(
        description="The number.",
        json_schema_extra=about(form="3 to 30 digits, spaces, `+`, `-`, `(` and `)`"),
    )
    hours: Text | None = Field(
        default=None,
        description="When somebody answers.",
        json_schema_extra=about(form="text", default="nothing is said"),
    )


class DrawSource(Settings):
    """A public source of the draw's chance, in the order of the file."""

    name: Text = Field(
        description="What is drawn; once the draw is committed, its name in `commit.txt`.",
        json_schema_extra=about(form="text"),
    )
    where: Text | None = Field(
        default=None,
        description="Where its value is published.",
        json_schema_extra=about(form="text", default="nothing is said"),
    )
    when: date | None = Field(
        default=None,
        description="The day on which its value is drawn, as `from` of the timetable.",
        json_schema_extra=about(default="nothing is said"),
    )


class Publication(Settings):
    """What `enroll publish SCENARIO --plan` tells besides the rules; it decides nothing."""

    where: Text | None = Field(
        default=None,
        description="Where families register: address, office, application.",
        json_schema_extra=about(form="text", default="nothing is said"),
    )
    website: WebAddress | None = Field(
        default=None,
        description="Website of the registration, which the page links to.",
        json_schema_extra=about(
            form="`https://` or `http://` and plain letters", default="no link"
        ),
    )
    notes: Many[Text] = Field(
        default=(),
        description="Further sentences for families, shown as they are.",
        json_schema_extra=about(form="list of texts", default="none"),
    )
    timetable: Many[Event] = Field(
        default=(),
        description="`[[publication.timetable]]`: days that families need to know.",
        json_schema_extra=about(form="tables", default="the page says that there is none yet"),
    )
    telephones: Many[Telephone] = Field(
        default=(),
        description="`[[publication.telephones]]`: who answers questions.",
        json_schema_extra=about(form="tables", default="the page says that there is none yet"),
    )
    sources: Many[DrawSource] = Field(
        default=(),
        description="`[[publication.sources]]`: the public sources of the draw's chance, as far as "
        "they are known; a committed draw's own `commit.txt` takes their place.",
        json_schema_extra=about(form="tables", default="the page says that there is none yet"),
    )

    def days(self) -> list[date]:
        """Return every day that families are told, in the order of the file."""
        told = [day for event in self.timetable for day in event.days]
        return told + [source.when for source in self.sources if source.when is not None]
