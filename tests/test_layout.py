"""Where things go: badges apart, hit areas one's own, labels legible."""

import math
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bodymap.layout import Label, columns, lay, nearest_cells, spread, stops

FRAME = (0.0, 0.0, 600.0, 1000.0)
SPOTS = st.lists(st.tuples(st.integers(0, 600), st.integers(0, 1000)), min_size=1, max_size=25, unique=True)


@given(SPOTS)
def test_a_hit_area_holds_its_own_point_and_nothing_nearer_to_another(spots: list[tuple[int, int]]) -> None:
    for index, (cell, (x, y)) in enumerate(zip(nearest_cells(spots, 30), spots, strict=True)):
        assert len(cell) >= 3
        for cx, cy in cell:
            own = math.hypot(cx - x, cy - y)
            others = [math.hypot(cx - ox, cy - oy) for place, (ox, oy) in enumerate(spots) if place != index]
            assert own <= 30.001
            assert all(own <= other + 1e-6 for other in others)


def test_crowded_badges_are_pushed_apart_and_lone_ones_stay() -> None:
    spots = spread([(100, 100), (105, 100), (400, 400)], [True, True, True], 20)
    assert math.dist(spots[0], spots[1]) >= 19.9
    assert spots[2] == (400, 400)


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_labels_of_one_place_stand_apart_and_keep_clear_of_the_dot() -> None:
    dot = (290.0, 490.0, 310.0, 510.0)
    laid = lay([Label(text, 20, ((300, 500),)) for text in ("BL23", "L2", "Midline", "1.5 cun")], [dot], FRAME)
    boxes = [dot, *(label.box for label in laid)]
    assert not any(overlap(one, other) for place, one in enumerate(boxes) for other in boxes[:place])


@given(
    st.lists(st.tuples(st.integers(0, 600), st.integers(0, 1000)), max_size=8), st.text("ab ", min_size=1, max_size=20)
)
def test_no_label_leaves_the_frame(spots: list[tuple[int, int]], text: str) -> None:
    for laid in lay([Label(text, 18, (spot,)) for spot in spots], [], FRAME):
        left, top, right, bottom = laid.box
        assert 0 <= left <= right <= 600
        assert 0 <= top <= bottom <= 1000


def test_a_label_far_from_its_place_is_led_there() -> None:
    full = (200.0, 400.0, 400.0, 600.0)
    (laid,) = lay([Label("Navel", 20, ((300, 500),))], [full], FRAME)
    assert laid.apart
    assert laid.nearest != laid.at


def test_the_stops_of_a_path_are_the_ends_of_its_steps() -> None:
    assert stops("M1 2L3 4C5 6 7 8 9.5-10l1 1s0 0 .5 2 0 0 1 1") == [
        (1, 2),
        (3, 4),
        (9.5, -10),
        (10.5, -9),
        (11, -7),
        (12, -6),
    ]


def test_the_name_of_an_area_stands_upon_it_while_that_is_free() -> None:
    label = Label("L4", 20, ((300, 500),), upon=True)
    left, top, right, bottom = lay([label], [], FRAME)[0].box
    assert ((left + right) / 2, (top + bottom) / 2) == (300, 500)
    assert not overlap(lay([label], [(290.0, 490.0, 310.0, 510.0)], FRAME)[0].box, (290.0, 490.0, 310.0, 510.0))


def test_badges_in_columns_keep_the_order_of_their_places_and_never_touch() -> None:
    spots = [(50.0, 40.0), (52.0, 42.0), (20.0, 41.0), (80.0, 41.5), (30.0, 99.0)]
    placed, gap = columns(spots, (0.0, 0.0, 100.0, 100.0), 5.0, 10.0)
    assert gap == 10.0
    assert {x for x, _ in placed} == {-5.0, 105.0}
    for side in (-5.0, 105.0):
        column = [(spot[1], at[1]) for spot, at in zip(spots, placed, strict=True) if at[0] == side]
        heights = [at for _, at in sorted(column)]
        assert heights == sorted(heights)
        assert all(below - above >= gap - 1e-9 for above, below in pairwise(heights))
        assert all(gap / 2 <= at <= 100 - gap / 2 for at in heights)


def test_a_column_that_is_full_stands_closer() -> None:
    _, gap = columns([(10.0, 50.0)] * 20, (0.0, 0.0, 100.0, 100.0), 5.0, 10.0)
    assert gap == 5.0
