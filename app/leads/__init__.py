"""What may be a case: from where did it come to the bureau, and how did it end?"""
