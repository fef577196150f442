"""The shapes of the templates of stresses and of what a reviewer asks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from casebuilder.inputs.shape.schema import Shape

Name = Annotated[str, Field(min_length=1)]


class StressEdit(Shape):
    """What becomes of the values of an input under a stress."""

    input: Name
    to: float | None = None
    add: float | None = None
    times: float | None = None
    choose: Name | None = None
    of: Name | None = None
    divided_by: Name | None = None

    @model_validator(mode="after")
    def one_way(self) -> StressEdit:
        """One of the ways is given."""
        ways = [way for way in (self.to, self.add, self.times, self.choose) if way is not None]
        if len(ways) != 1:
            raise ValueError("one of to, add, times and choose is expected")
        if self.of is not None and self.to is None and self.add is None:
            raise ValueError("of goes with to or add")
        return self


class PickedMember(Shape):
    """One member of a dimension, by what it has of a line in the option put forward."""

    dimension: Name
    of: list[Name] | None = None
    least: Name | None = None
    most: Name | None = None

    @model_validator(mode="after")
    def one_end(self) -> PickedMember:
        """The least or the most of something."""
        if (self.least is None) == (self.most is None):
            raise ValueError("one of least and most is expected")
        return self


class StressGiven(Shape):
    """A stress: what a reviewer asks, the edits that answer it, and what is done about it."""

    name: Name
    label: Name
    asks: Name
    for_one: PickedMember | None = None
    edits: list[StressEdit] = Field(min_length=1)
    source: Name
    reason: Name
    mitigation: Name
    mitigated_by: list[StressEdit]
    owner: Name


class StressesFile(Shape):
    """stresses.yaml."""

    stresses: list[StressGiven] = Field(min_length=1)


class LimitGiven(Shape):
    """A headline and what it is held against."""

    headline: Name
    at_least: float | None = None
    at_most: float | None = None

    @model_validator(mode="after")
    def one_way(self) -> LimitGiven:
        """One of the two."""
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("one of at_least and at_most is expected")
        return self


class QuestionGiven(Shape):
    """What a reviewer asks of an option."""

    name: Literal["ranking", "affordability", "standard", "ratio"]
    asks: Name
    limits: list[LimitGiven] = Field(default_factory=list)
    source: Name | None = None
    note: Name | None = None


class ChallengeFile(Shape):
    """challenge.yaml."""

    questions: list[QuestionGiven] = Field(min_length=1)
    compared_with_at_least: int = Field(ge=1)
