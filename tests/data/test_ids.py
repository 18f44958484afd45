import re

from data.ids import new_id


def test_an_id_is_twenty_small_letters_and_digits_and_never_the_same() -> None:
    ids = [new_id() for _ in range(1000)]

    assert len(set(ids)) == 1000
    assert all(re.fullmatch(r"[a-z2-7]{20}", one) for one in ids)
