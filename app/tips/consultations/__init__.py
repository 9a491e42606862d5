"""What did people only ask, and what were they told?"""
