"""Which official notices does a bureau issue, to whom, and who has received them?"""
