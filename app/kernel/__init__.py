"""What does the house stand on? The kernel knows no slice and no page."""
