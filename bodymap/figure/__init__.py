"""The body: mesh, pose, landmarks, surface, outlines and the places of points. Developer time only (extra ``figure``).

Everything here works in one space: x to the person's left, y up from the soles, z forward, in B-cun, so that the
standing body is 75 units tall whatever its sex. Nothing at run time imports this package.
"""
