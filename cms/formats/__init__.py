"""How dates are written in the administration, where Django's own way would be misread."""
