"""A person sees the groups she is in; nobody else's."""

from tests.systems.groups.groups_cast import firm, fresh, group, id_no, joined, phone, work
from wangge.registry.rights.sections import registered
from wangge.systems.groups.own_data import own_memberships


def test_her_memberships_masked_on_screen_and_in_clear_in_her_copy():
    made = group(organisation=firm())
    member = joined(made, 1, id_no=id_no(1))
    joined(made, 2)
    work()
    section = own_memberships(fresh(member).person)
    (line,) = section.lines
    assert line.label == made.name
    assert "100****0001" in line.text
    assert phone(1) not in line.text
    assert phone(1) in line.clear
    assert section.subjects == (("groups.member", str(member.pk)),)


def test_it_stands_among_what_is_held_about_her():
    member = joined(group(organisation=firm()), 1)
    work()
    titles = [str(one.title) for one in registered(fresh(member).person)]
    assert "团体" in titles
