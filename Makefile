# nocturne: everything a developer or packager runs. `make` alone lists it.

PREFIX  ?= /usr/local
DESTDIR ?=
# Seconds that the tests may take once they are built.
TEST_TIME ?= 900
# Set it to check without running the tests again.
TESTED ?=
# Arguments for the demo: make demo ARGS="--seed 7"
ARGS ?=

SWIFT   ?= swift
RELEASE := -c release --static-swift-stdlib
BINARY  := .build/release/nocturne

# A crash must leave the terminal as it was: no interactive backtraces.
export SWIFT_BACKTRACE = enable=no

.PHONY: help setup demo build test check bench install uninstall clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup: ## install what is missing on Debian and Ubuntu, name it elsewhere
	@Scripts/setup

demo: build ## build and open the dashboard on a simulated network
	@$(BINARY) --demo $(ARGS)

build: setup ## build the release binary, stripped, with Swift's library inside
	$(SWIFT) build $(RELEASE) --product nocturne -Xlinker -s

test: setup ## build and run every test
	$(SWIFT) build --build-tests
	timeout -k 10 $(TEST_TIME) $(SWIFT) test --skip-build --disable-xctest

check: $(if $(TESTED),,test) ## the tests, then format, imports and the rules of the house
	@Scripts/check

bench: setup ## measure what docs/performance.md states
	@Scripts/bench

install: ## copy the built binary and its papers below $(DESTDIR)$(PREFIX)
	@test -x $(BINARY) || { echo "there is no $(BINARY): run 'make build' first" >&2; exit 1; }
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/doc/nocturne"
	install -m 755 $(BINARY) "$(DESTDIR)$(PREFIX)/bin/nocturne"
	install -m 644 $(wildcard README.md docs/*.md) "$(DESTDIR)$(PREFIX)/share/doc/nocturne"

uninstall: ## remove what install copied
	rm -f "$(DESTDIR)$(PREFIX)/bin/nocturne"
	rm -rf "$(DESTDIR)$(PREFIX)/share/doc/nocturne"

clean: ## remove everything that was built
	rm -rf .build
