"""What an emergency order asks is asked while it holds, is kept with it alone, and ends with it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests import cast
from tests.foundation.orders import orders_cast as orders
from tests.systems.declarations.intake import a_code, a_payload, somebody
from wangge.foundation.orders import actions as closing
from wangge.foundation.orders.models import OrderValue
from wangge.lib.sealing import unseal
from wangge.systems.declarations.actions.submit import Client, Refused, submit
from wangge.systems.declarations.models import Declaration
from wangge.systems.declarations.queries.order_fields import fields_for, said_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]
SAID = {"tested_on": "2026-11-20", "symptoms": "yes", "told": orders.TOLD}


def sent(**emergency: str):
    people = [somebody(emergency=emergency) if emergency else somebody()]
    return submit(a_payload(a_code().number, people=people), channel="api", client=Client())


def test_without_an_order_nothing_of_the_kind_can_be_said():
    with pytest.raises(Refused) as refused:
        sent(**SAID)
    assert set(refused.value.errors) == {f"people.0.emergency.{key}" for key in SAID}
    assert not Declaration.objects.exists()


def test_a_required_field_is_asked_of_every_person():
    orders.started()
    with pytest.raises(Refused) as refused:
        sent()
    assert list(refused.value.errors) == ["people.0.emergency.tested_on"]


def test_a_value_its_field_does_not_take_is_refused_in_words():
    orders.started()
    with pytest.raises(Refused) as refused:
        sent(tested_on="昨天", risk="很高")
    assert set(refused.value.errors) == {"people.0.emergency.tested_on", "people.0.emergency.risk"}


def test_what_is_said_is_kept_with_the_order_and_nowhere_else():
    orders.started()
    sent(**SAID)
    row = Declaration.objects.get()
    assert {said.key: said.value for said in said_in(row)} == SAID
    assert orders.TOLD not in unseal(row.raw_sealed)
    assert OrderValue.objects.filter(subject_id=str(row.pk)).count() == 3


def test_an_area_without_the_order_is_not_asked():
    orders.started(areas=(cast.OTHER_TOWN,))
    assert fields_for(cast.GRID) == []
    assert sent().lines == 1


def test_the_verifier_sees_it_until_the_order_is_closed(logged_in):
    order = orders.started()
    sent(**SAID)
    row = Declaration.objects.get()
    page = f"{reverse('declarations:list')}?pk={row.pk}"
    browser = logged_in(cast.secretary(cast.COMMUNITY))
    assert orders.TOLD in browser.get(page).content.decode()
    closing.request_closing(actor="test", order=order)
    order.refresh_from_db()
    order.state = "erased"
    order.save(update_fields=["state"])
    assert orders.TOLD not in browser.get(page).content.decode()


def test_what_the_form_and_what_the_order_lacks_are_told_together():
    orders.started()
    bare = a_payload(a_code().number, trip={}, stay={})
    with pytest.raises(Refused) as refused:
        submit(bare, channel="api", client=Client())
    assert "people.0.emergency.tested_on" in refused.value.errors
    assert any(path.startswith("trip.") for path in refused.value.errors)


def test_the_page_tells_what_the_order_lacks_beside_what_cannot_be_read(client):
    orders.started()
    form = reverse("declare:form", kwargs={"token": a_code().number})
    page = client.post(form, {"people": "1", "people.0.name": "😀", "kind": "coming"}).content.decode()
    assert 'href="#f-people-0-name"' in page
    assert 'href="#f-people-0-emergency-tested_on"' in page
