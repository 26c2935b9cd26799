"""What the Act and the field already fixed, both languages side by side, with source and confidence."""
