"""Which typefaces are bundled, and how are they made from their published packages?"""
