# `make demo` is the first command, `make test` the second; `make help` names the others.
.PHONY: help demo serve test build check docs deps test-deps clean
.DEFAULT_GOAL := help

# Jobs of the build: as many as cores, and no more than memory carries (a Swift job takes about 1.5 GB).
JOBS ?= $(shell n=$$(nproc); m=$$(( $$(awk '/MemAvailable/ {print $$2}' /proc/meminfo) / 1500000 )); [ $$m -ge 1 ] || m=1; [ $$m -lt $$n ] && echo $$m || echo $$n)
RELEASE := swift build -c release --product banyan -j $(JOBS)

help: ## name the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

demo: build ## check and install what the system lacks, build, run the government hotline
	@.build/release/banyan demo government

serve: build ## the same platform with its web console on http://127.0.0.1:8080
	@.build/release/banyan serve

test: test-deps ## check and install what the system lacks, build, run every test
	swift build --build-tests -j $(JOBS)
	swift test --skip-build --parallel --num-workers 2

build: deps ## the release binary, .build/release/banyan
	@$(RELEASE)

check: ## blanks, tabs, sizes, leftovers
	@scripts/check

docs: build ## the manual page and shell completions, from the commands themselves
	@scripts/manual

deps:
	@scripts/deps run

test-deps:
	@scripts/deps test

clean: ## remove what the build made; data directories stay
	rm -rf .build
