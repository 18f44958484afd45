import pytest

from views.words.partners import Named, Naming, read_naming

ACME = Named(id="p1", channel="C1", names=("Acme Retail", "Globalcall"))
NORTH = Named(id="p2", channel="C2", names=("Northwind Audit", "Globalcall"))
EL = Named(id="p3", channel="C3", names=("El Niño & Söhne", "Globalcall"))
EVERY = (ACME, NORTH, EL)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("mine", Naming(id=None, words="mine")),
        ("", Naming(id=None, words="")),
        ("Northwind Audit: gaps", Naming(id="p2", words="gaps", leads=True)),
        ("northwind gaps", Naming(id="p2", words="gaps", leads=True)),
        ("in acme retail, list theirs", Naming(id="p1", words="list theirs", leads=True)),
        ("done deck for northwind", Naming(id="p2", words="done deck")),
        ("people northwind?", Naming(id="p2", words="people")),
        ("list <#C1|acme-globalcall>", Naming(id="p1", words="list")),
        ("list <#C9|other>", Naming(id=None, words="list <#C9|other>")),
        ("el nino & sohne: hub", Naming(id="p3", words="hub", leads=True)),
        ("tell northwind audit the news", Naming(id="p2", words="tell northwind audit the news")),
    ],
)
def test_words_name_a_partnership_by_a_side_or_by_its_channel(text: str, read: Naming) -> None:
    assert read_naming(text, EVERY) == read


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("globalcall: gaps", id="a name that all of them share"),
        pytest.param("acme and northwind", id="two are named"),
        pytest.param("list northwinds", id="a part of a longer word"),
        pytest.param("done <@U1|northwind>", id="somebody's name in a mention"),
    ],
)
def test_a_name_that_tells_none_apart_names_none(text: str) -> None:
    assert read_naming(text, EVERY).id is None


def test_the_only_partnership_is_named_by_either_side() -> None:
    assert read_naming("globalcall gaps", [ACME]).words == "gaps"
