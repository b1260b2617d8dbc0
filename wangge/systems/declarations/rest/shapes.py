"""What goes in and out, as OpenAPI shows it. Errors are found by ``reading``, by path and in words."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

KINDS = Literal["coming", "returning", "leaving", "visiting", "family_out", "staying"]
REPORTERS = Literal["self", "relative", "worker", "employer", "landlord"]
TRANSPORTS = Literal["car", "train", "plane", "coach", "ship", "other", ""]


class Reporter(Schema):
    """Who declares for somebody else; needed unless ``reported_by`` is self."""

    name: str = ""
    phone: str = ""


class Consent(Schema):
    """Which version of the notice was read and agreed to."""

    notice: str = Field(max_length=20)


class HumanIn(Schema):
    """One person: GA/T 517 type of the paper, its number, sex by GB/T 2261.1."""

    name: str = Field(max_length=60)
    id_type: str = "111"
    id_no: str = ""
    phone: str = ""
    sex: Literal["", "0", "1", "2", "9"] = ""
    birth: date | Literal[""] = ""
    emergency: dict[str, Any] = Field(default_factory=dict, description="应急指令要求的项，没有指令时不存在")


class Trip(Schema):
    """Where from, by what, when; moments in ISO 8601, without an offset in the district's time."""

    from_region: str = Field(default="", description="GB/T 2260, six digits")
    from_text: str = Field(default="", max_length=120)
    via: list[str] = Field(default_factory=list, max_length=10)
    depart_at: str = ""
    arrive_at: str = ""
    transport: TRANSPORTS = ""
    trip_no: str = Field(default="", max_length=30)


class Stay(Schema):
    """Where to, until when, with whom."""

    address: str = Field(default="", max_length=200)
    until: date | Literal[""] = ""
    host_name: str = ""
    purpose: str = Field(default="", max_length=100)


class Submission(Schema):
    """One declaration. ``people[0]`` is the declarant herself when ``reported_by`` is self."""

    report: str = Field(description="发送方生成的 UUID；重发时不变，得到同一张回执", max_length=36)
    code: str = Field(default="", description="报备码的二维码内容或十位号码；没有就留空", max_length=400)
    kind: KINDS
    reported_by: REPORTERS = "self"
    reporter: Reporter = Reporter()
    consent: Consent
    people: list[HumanIn] = Field(min_length=1, max_length=20)
    trip: Trip = Trip()
    stay: Stay = Stay()


class ReceiptOut(Schema):
    """The receipt: ``token`` goes into the QR, ``number`` is what people read out."""

    number: str
    token: str
    lines: int


class DeclarationOut(Schema):
    """A line of the list. No value of a person is on it; whom it is about is asked by the receipt."""

    id: int
    receipt: str
    area_code: str
    kind: str
    state: str
    channel: str
    reported_by: str
    matched: str
    address_says: str
    verify_by: str | None
    received_at: str


class ErrorsOut(Schema):
    """A sentence for each place (``people.0.id_no``); "" stands for the whole."""

    errors: dict[str, str]
