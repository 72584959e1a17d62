# The two commands to know are `make demo` and `make test`. Each sets up what it needs first:
# system packages, .venv, dependencies locked by hash.
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1
demo test check bench: export QT_QPA_PLATFORM = offscreen

.PHONY: demo test run check bench setup system lock catalogue clean

demo: setup  ## a whole polling day with its papers and pictures, checked with public tools
	rm -rf build/demo
	mkdir -p build/demo
	$(BIN)/pollstation rehearse resources/rehearsals/xuefu-3.toml --out build/demo/day
	$(BIN)/pollstation pictures --out build/demo/pictures
	installers/check-day build/demo/day

test: check

run: setup
	$(BIN)/pollstation

check: setup
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python installers/catalogue.py check
	$(BIN)/pytest -n 2

bench: setup
	$(BIN)/pollstation bench

setup: $(BIN)/pollstation

system:
	installers/system-packages

.venv/locked: requirements.lock | system
	python=$$(installers/find-python) && "$$python" -m venv --clear .venv
	@echo "Installing the locked dependencies (a minute, once)"
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	touch $@

$(BIN)/pollstation: .venv/locked pyproject.toml | system
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

lock: | system  ## choose the dependencies anew, within pyproject.toml
	python=$$(installers/find-python) && "$$python" -m venv --clear build/lock
	build/lock/bin/pip install --quiet uv
	build/lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --extra dev --generate-hashes \
		--custom-compile-command "make lock" --output-file requirements.lock pyproject.toml

catalogue: setup
	$(BIN)/python installers/catalogue.py update

clean:
	rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
