"""Which words may be chosen for products, breaches, sources, measures and the like?"""
