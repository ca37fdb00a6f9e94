# make serve: installs, indexes corpus/ and serves the site.  make test: installs what the tests need and runs them all.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CHROMIUM := $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
FONTS := $(shell fc-list :lang=zh 2>/dev/null | head -n 1)
OFFICE := $(shell command -v soffice)
SUDO := $(shell [ "$$(id -u)" = 0 ] || command -v sudo)

.PHONY: install serve index test check bench components clean

install: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test,check,bench]'
	touch $@

index: install
	$(BIN)/nianbao index || test $$? -eq 1

serve: index
	$(BIN)/nianbao serve

components:
ifeq ($(and $(CHROMIUM),$(FONTS),$(OFFICE)),)
	$(SUDO) apt-get update
	$(SUDO) apt-get install --yes --no-install-recommends chromium fonts-noto-cjk fontconfig libreoffice-writer-nogui
endif

test: check components
	$(BIN)/pytest --numprocesses auto

check: install
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	PYTHONPATH=. $(BIN)/lint-imports
	$(BIN)/vulture

bench: install
	$(BIN)/python -m bench

clean:
	rm -rf $(VENV) .index
