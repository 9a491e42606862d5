"""Which application does the server run?"""

from app import create_app

app = create_app()
