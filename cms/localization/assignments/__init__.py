"""Translation tasks: given out, followed, changed, and listed for those who do them."""
