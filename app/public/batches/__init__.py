"""Which batches of typical cases can the world read?"""
