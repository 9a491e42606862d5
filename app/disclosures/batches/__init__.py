"""How do published penalties become a numbered batch of typical cases?"""
