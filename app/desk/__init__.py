"""What waits for me? The page on which everybody begins."""
