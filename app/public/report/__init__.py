"""How does somebody without script report, one question a page?"""
