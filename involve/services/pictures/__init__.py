"""What pictures of evidence show: published stories counted by what stands on them, and what was asked and done."""
