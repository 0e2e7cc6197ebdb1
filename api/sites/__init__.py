"""Sites whose pages are read by their own address: which there are, what of them is made."""
