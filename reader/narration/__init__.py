"""A script spoken, joined, kept and called ready."""
