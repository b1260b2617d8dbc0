"""Every model says which of its fields are personal, why they are kept and for how long."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.db import models

# A field whose name has one of these words holds, or may hold, something about a person.
WORDS = re.compile(
    r"(^|_)(name|names|actor_name|phone|mobile|tel|birth|born|birthday|sex|gender|id_number|id_no|identity|"
    r"passport|photo|face|address|wechat|email|username|initials|pinyin|hukou|employer|surname|blind)($|_)|_sealed$"
)
# Names and addresses of things, not of persons. Each says what it names.
THINGS = {
    "territory.Area.name": "a place",
    "people.Estate.name": "a housing estate",
    "people.Building.name": "a building",
    "people.Room.name": "a room",
    "people.Building.address": "a building's public address",
    "people.Estate.address": "an estate's public address",
    "people.Organisation.name": "a firm or office",
    "people.Organisation.address": "a firm's or office's address",
    "ledgers.Standard.name": "a standard ledger",
    "ledgers.AdmittedField.name": "a fact of the dictionary",
    "ledgers.AdmittedField.name_en": "a fact of the dictionary",
    "ledgers.Batch.file_name": "a file",
    "ledgers.Export.file_name": "a file",
    "tables.TableRequest.file_name": "a file",
    "tables.Fill.file_name": "a file",
    "groups.Group.name": "a group",
    "groups.Group.address": "a group's public address",
    "clients.Client.name": "a program",
    "cases.Unit.name": "an office",
    "fieldwork.Campaign.name": "a campaign",
    "fieldwork.Scene.name": "a kind of place",
    "fieldwork.SceneItem.name": "what is looked at",
    "fieldwork.VisitRule.name": "a kind of visit",
    "hazards.Drive.name": "a special action",
    "tours.Stop.name": "a place",
}
HOLDERS = (models.CharField, models.TextField, models.DateField, models.BinaryField, models.JSONField)


def own_models() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models()
        if apps.get_app_config(model._meta.app_label).name.startswith("wangge.")
    ]


def label(model: type[models.Model]) -> str:
    return model._meta.label


def suspects(model: type[models.Model]) -> set[str]:
    """Fields that look personal by their name."""
    return {
        field.name
        for field in model._meta.get_fields()
        if isinstance(field, HOLDERS)
        and WORDS.search(field.name)
        and f"{model._meta.label}.{field.name}" not in THINGS
    }


@pytest.mark.parametrize("model", own_models(), ids=label)
def test_the_model_says_which_fields_are_personal(model):
    assert isinstance(model.__dict__.get("personal"), dict), "give it `personal = {}` or name the fields"


@pytest.mark.parametrize("model", own_models(), ids=label)
def test_every_field_that_looks_personal_is_named(model):
    assert sorted(suspects(model) - set(model.personal)) == []


@pytest.mark.parametrize("model", own_models(), ids=label)
def test_every_named_field_exists_and_says_why_and_how_long(model):
    fields = {field.name for field in model._meta.get_fields()}
    assert sorted(set(model.personal) - fields) == []
    assert all(len(entry) == 2 and all(entry) for entry in model.personal.values())


def test_the_wall_sees_a_forgotten_field():
    class Forgotten(models.Model):
        personal: dict[str, tuple[str, str]] = {}
        phone = models.CharField(max_length=20)
        area_code = models.CharField(max_length=15)

        class Meta:
            app_label = "walls"

    assert suspects(Forgotten) == {"phone"}
