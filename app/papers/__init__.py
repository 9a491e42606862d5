"""Which official documents does a bureau issue on complaints and reports?"""
