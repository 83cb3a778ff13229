# nocturne: everything a developer or packager runs. `make` alone lists it.

PREFIX  ?= /usr/local
DESTDIR ?=
# Seconds that the tests may take once they are built.
TEST_TIME ?= 1500
# Tests that drive the whole program have the machine to themselves.
DRIVEN  := ApplicationTests|EndToEndTests|TeamTests
# How many of those run at a time: more would only wait for each other, and their deadlines with them.
WIDTH   ?= 4
# Set it to check without running the tests again.
TESTED ?=
# Arguments for the demo: make demo ARGS="--seed 7"
ARGS ?=

SWIFT   ?= swift
# Stands in for Foundation, which ArgumentParser names and nothing here needs; empty, Foundation is linked in.
STAND_IN := $(CURDIR)/.build/FoundationEssentials.o
# Each function has a section of its own, so that the linker can leave out those that nobody calls.
COMPILE := -Xswiftc -Xfrontend -Xswiftc -function-sections
# The linker that comes with Swift. Addresses that move as a whole are written down in short (relative relocations; glibc
# 2.36 reads them). Functions that came out the same are kept once where nothing can tell them apart (--icf=safe). Nobody
# links against us, so nothing is exported. An archive carries libraries that a machine may lack beside the binary; it
# looks there first.
LINK    := -Xswiftc -use-ld=lld -Xlinker -z -Xlinker pack-relative-relocs -Xlinker --icf=safe -Xlinker -s \
	-Xlinker --no-export-dynamic -Xlinker -rpath -Xlinker '$$ORIGIN/../lib/nocturne'
RELEASE := -c release --static-swift-stdlib $(COMPILE) $(LINK)
BINARY  := .build/release/nocturne
BENCHMARKS := -c release --static-swift-stdlib -Xlinker --strip-debug --package-path Benchmarks

# A crash must leave the terminal as it was: no interactive backtraces.
export SWIFT_BACKTRACE = enable=no

.PHONY: help setup demo build test check bench counts soak install uninstall dist deb try-dist clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup: ## install what is missing on Debian and Ubuntu, name it elsewhere
	@Scripts/setup

demo: build ## build and open the dashboard on a simulated network
	@$(BINARY) --demo $(ARGS)

build: setup $(STAND_IN) ## build the release binary, stripped, with Swift's library inside
	NOCTURNE_STAND_IN=$(STAND_IN) $(SWIFT) build $(RELEASE) --product nocturne

# The package's build does not know what it was linked with: it links again what is gone.
$(CURDIR)/.build/FoundationEssentials.o: Scripts/Linking/FoundationEssentials.swift
	@mkdir -p $(@D)
	$(SWIFT)c -c -O -parse-as-library -module-name FoundationEssentials $< -o $@
	@rm -f $(BINARY)

test: setup ## build and run every test
	$(SWIFT) build --build-tests
	timeout -k 10 $(TEST_TIME) $(SWIFT) test --skip-build --disable-xctest --skip '$(DRIVEN)'
	SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=$(WIDTH) \
		timeout -k 10 $(TEST_TIME) $(SWIFT) test --skip-build --disable-xctest --filter '$(DRIVEN)'

check: $(if $(TESTED),,test) ## the tests, then format, imports and the rules of the house
	@Scripts/check

bench: build ## measure what docs/performance.md states, beside a table in C
	@Scripts/bench

counts: setup ## count instructions, and compare them with those that are written down
	@Scripts/counts

soak: setup ## let a wallboard live for a simulated day, half an hour or SOAK_MINUTES; not part of CI
	$(SWIFT) build $(BENCHMARKS) --product Soak
	$$($(SWIFT) build $(BENCHMARKS) --show-bin-path)/Soak

SHARE := $(DESTDIR)$(PREFIX)/share

install: ## copy the built binary, manual, completions, themes and keymaps below $(DESTDIR)$(PREFIX)
	@test -x $(BINARY) || { echo "there is no $(BINARY): run 'make build' first" >&2; exit 1; }
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(SHARE)/man/man1" "$(SHARE)/bash-completion/completions" \
		"$(SHARE)/zsh/site-functions" "$(SHARE)/fish/vendor_completions.d" "$(SHARE)/nocturne/themes" \
		"$(SHARE)/nocturne/keymaps" "$(SHARE)/doc/nocturne"
	install -m 755 $(BINARY) "$(DESTDIR)$(PREFIX)/bin/nocturne"
	$(BINARY) manual >"$(SHARE)/man/man1/nocturne.1"
	$(BINARY) --generate-completion-script bash >"$(SHARE)/bash-completion/completions/nocturne"
	$(BINARY) --generate-completion-script zsh >"$(SHARE)/zsh/site-functions/_nocturne"
	$(BINARY) --generate-completion-script fish >"$(SHARE)/fish/vendor_completions.d/nocturne.fish"
	install -m 644 themes/*.toml "$(SHARE)/nocturne/themes"
	install -m 644 keymaps/*.toml "$(SHARE)/nocturne/keymaps"
	install -m 644 $(wildcard README.md docs/*.md) "$(SHARE)/doc/nocturne"

uninstall: ## remove what install copied
	rm -f "$(DESTDIR)$(PREFIX)/bin/nocturne" "$(SHARE)/man/man1/nocturne.1" \
		"$(SHARE)/bash-completion/completions/nocturne" "$(SHARE)/zsh/site-functions/_nocturne" \
		"$(SHARE)/fish/vendor_completions.d/nocturne.fish"
	rm -rf "$(SHARE)/nocturne" "$(SHARE)/doc/nocturne"

dist: build ## pack an archive that needs only ncurses and curl, in dist/
	@Scripts/dist archive

deb: build ## build a Debian package, in dist/
	@Scripts/dist deb

try-dist: dist deb ## install both in a new Debian root and draw the demo there; as root
	@Scripts/try-dist

clean: ## remove everything that was built
	rm -rf .build dist
