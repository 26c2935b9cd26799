"""What stories say that nobody named beforehand: words of their own, repeats, typical and contrary voices."""
