"""Reading together: themes that people make, and what reading learns from people."""
