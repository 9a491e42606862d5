"""What a report of a breach earns the person who made it (举报奖励)."""
