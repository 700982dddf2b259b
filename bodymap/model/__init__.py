"""The vocabulary of the atlas: what a point, a place, a caution or a claim is.

Every entry of ``data/`` is decoded into one of these types, every row of the atlas is read back into one, and every
other room speaks in them. They are msgspec structs rather than dataclasses because msgspec refuses an unknown field,
which is how a misspelt key in a data file is caught, and because it writes their JSON Schema for the API.
"""

from bodymap.model.figures import *
from bodymap.model.pages import *
from bodymap.model.points import *
from bodymap.model.said import *
