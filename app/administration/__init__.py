"""What keeps the portal running: the administrator's pages and verbs."""
