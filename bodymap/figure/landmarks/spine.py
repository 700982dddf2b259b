"""Heights of the spine's levels above the soles, by stature and published vertebral heights. Sources: the package."""

from __future__ import annotations

import numpy as np

from bodymap.figure.mesh import STATURE

LEVELS = ("C7", *(f"T{n}" for n in range(1, 13)), *(f"L{n}" for n in range(1, 6)), "S1", "S2", "S3", "S4")
BODY_HEIGHTS = (14.0, 14.1, 15.6, 15.7, 16.2, 16.2, 17.4, 18.2, 18.7, 19.3, 20.2, 21.3, 22.7, 23.8, 24.3, 23.8, 24.1)
"""mm, C7 to L4 (PANJABI)."""
DISCS = (5.0, 4.5, 4.5, 4.5, 4.5, 4.5, 5.0, 5.0, 5.5, 6.0, 6.5, 7.0, 7.5, 8.5, 9.5, 10.5)
"""mm, the disc below C7 to the one below L3 (KUNKEL; lumbar as taught)."""
C7_HEIGHT, L4_HEIGHT, S2_HEIGHT = 0.855, 0.607, 0.560
"""Shares of stature of the spinous processes (ANSUR cervicale and iliocristale; S2 as GRAY and WHO, at the PSIS)."""
SACRAL_STEP = 1.05
"""Cun between sacral levels: the posterior foramina lie some 2.3 cm apart."""
LOWER_BORDER = 0.3
"""Share of the way to the next process at which a process ends: half its height. A lumbar process is some 22 mm high
in a step of 35 mm; in the sacrum the foramen lies as far below its tubercle (1 cm below the PSIS for S2)."""


def processes() -> dict[str, float]:
    """Height (cun) of the tip of each spinous process (sacral: of its tubercle)."""
    heights = np.array(BODY_HEIGHTS)
    steps = (heights[:-1] + heights[1:]) / 2 + np.array(DISCS)
    share = np.concatenate([[0.0], np.cumsum(steps)]) / steps.sum()
    top, crest, sacrum = (level * STATURE for level in (C7_HEIGHT, L4_HEIGHT, S2_HEIGHT))
    tips = dict(zip(LEVELS, top - share * (top - crest), strict=False))
    tips["S1"] = sacrum + SACRAL_STEP
    tips["L5"] = (tips["L4"] + tips["S1"]) / 2
    return tips | {f"S{n}": sacrum - (n - 2) * SACRAL_STEP for n in (2, 3, 4)}


def levels() -> dict[str, float]:
    """Height (cun) that WHO means by "level with": the lower border of the process; in the sacrum, the foramen."""
    named = processes()
    tips = [named[name] for name in LEVELS]
    below = [*tips[1:], tips[-1] - SACRAL_STEP]
    return {n: tip - LOWER_BORDER * (tip - next_) for n, tip, next_ in zip(LEVELS, tips, below, strict=True)}
