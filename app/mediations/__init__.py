"""How does an accepted complaint become an agreement, or one of eight endings?"""
