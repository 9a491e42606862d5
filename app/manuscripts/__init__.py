"""Which documents are made of what is at hand: a record, or any plain text, by verb or by page?"""
