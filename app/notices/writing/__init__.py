"""How is a notice written: anew, from a template with the unit's figures, or changed?"""
