help:
	@echo seti
