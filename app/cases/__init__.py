"""What happened, who decided it, and with which penalty: the cases of a bureau."""
