"""Who works here: members, roles, and the trail of what they did."""
