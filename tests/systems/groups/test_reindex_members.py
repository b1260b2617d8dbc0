"""After the index key changed, phones, numbers and the same person are found as before."""

from tests.systems.groups.groups_cast import BOSS, creator, firm, group, id_no, joined
from wangge.lib.sealing import blind
from wangge.systems.groups import actions
from wangge.systems.groups.queries.own import memberships

OLD, NEW = "1:" + "5a" * 32, "2:" + "6b" * 32


def test_members_are_found_under_the_new_index(settings):
    made = group(organisation=firm())
    first = joined(made, 1, id_no=id_no(1))
    only_number = joined(made, 2, phone="", proved=False, id_no=id_no(2))
    settings.FIELD_KEYS = f"{OLD},{NEW}"
    assert actions.reindex_members(actor="cli", key_id=2) == 3
    settings.FIELD_KEYS = f"{NEW},{OLD}"
    assert [row.pk for row in memberships(blind(BOSS))] == [creator(made).pk]
    assert joined(made, 1).pk == first.pk
    assert joined(made, 2, phone="", proved=False, id_no=id_no(2)).pk == only_number.pk
