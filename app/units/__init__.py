"""Which bureaus are there, who is whose superior, and who has jurisdiction where?"""
