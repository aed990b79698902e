# The commands of the README, for those who like make. PYTHON picks another Python (3.11 or newer).
PYTHON ?= python3

.PHONY: run test torture extension man
run:   ## set up and start the server; ARGS="--port 9000" passes options
	$(PYTHON) server/start.py $(ARGS)

test:  ## set up and run every check; ARGS="unit" picks steps
	$(PYTHON) tests/run.py $(ARGS)

torture:   ## do for 20 minutes what could hurt a library or a server; ARGS="kill bait" picks parts
	$(PYTHON) tests/torture.py $(ARGS)

extension:   ## pack the extension for the stores of Chrome and Firefox, into dist/
	$(PYTHON) tests/package_extension.py

man:   ## write the manual page into dist/quietpage.1, from what the commands say of themselves
	mkdir -p dist && .venv/bin/python -m quietpage manual > dist/quietpage.1
