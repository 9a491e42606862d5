"""Which documents can be made without a page: those of records, and any plain text?"""
