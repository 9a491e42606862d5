"""How does a penalty become public, redacted by one person and released by another?"""
