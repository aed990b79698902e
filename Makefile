# The two commands of the README, for those who like make. PYTHON picks another Python (3.11 or newer).
PYTHON ?= python3

.PHONY: run test
run:   ## set up and start the server; ARGS="--port 9000" passes options
	$(PYTHON) server/start.py $(ARGS)

test:  ## set up and run every check; ARGS="unit" picks steps
	$(PYTHON) tests/run.py $(ARGS)
