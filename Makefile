# vitk: see README.md and doc/development.md
#
#   make               build                     make test     every test, in a throw-away server
#   make install       the PGXS way              make demo     the main job, on an example
#   make installcheck  the PGXS way              make psql     psql on that example
#   make dist          the archive for PGXN      make dashboard   pages over that example
#   make clean         what was built            make bench, make fuzz, make matrix, make sanitize, make assert, make crash
#   make help          this list                 make warnings, make reference
#
# test, demo, psql, dashboard, bench and fuzz install the packages they need (test/prepare)
# and nothing else: they run from build/stage.

EXTVERSION := $(shell sed -n 's/^ *"version": "\([^"]*\)".*/\1/p' META.json | head -n 1)

# The control file is vitk.control and the version of META.json.
EXTENSION = build/vitk
DATA_built = build/vitk--$(EXTVERSION).sql $(UPDATES)

# from each version shipped before, whose install script lies there, to this one
UPDATES = $(patsubst src/update/%.sql.gz,build/vitk--%--$(EXTVERSION).sql,$(wildcard src/update/*.sql.gz))

MODULE_big = vitk
# src/core: pure files, no postgres.h, also built by the fuzzers
OBJS = $(patsubst %.c,%.o,$(wildcard src/core/*.c src/*.c))

# the SQL faces in the order in which they need each other
SQL_FACES = \
	vitk \
	dimension \
	nutrient \
	nutrient_amount \
	nutrient_profile \
	intake \
	diet \
	food_composition \
	doubt \
	food \
	recipe \
	find_food \
	food_measure \
	conversion \
	reference_value \
	intake_vs_limit \
	food_table \
	import \
	calcification \
	study_sample \
	effect_size \
	calcification_delta \
	meta_evidence \
	pooled \
	influence \
	meta_regression \
	publication_bias \
	event_tables \
	printed_sample \
	survey_sample \
	study \
	variance_components \
	usual_intake \
	two_part \
	two_part_model \
	clinical \
	omop \
	fhir \
	json \
	rounded \
	vitk_version \
	vitk_own_rows \
	builtin

SQL_PARTS = $(SQL_FACES:%=src/%.sql)
# what generate.pl repeats for each type
SQL_TEMPLATES = src/comparison.sql src/extremes.sql src/from_jsonb.sql src/to_json.sql
ifneq ($(filter-out $(wildcard src/*.sql),$(SQL_PARTS)),)
$(error SQL_FACES in the Makefile names what is not there: $(filter-out $(wildcard src/*.sql),$(SQL_PARTS)))
endif
ifneq ($(filter-out $(SQL_PARTS) $(SQL_TEMPLATES),$(wildcard src/*.sql)),)
$(error SQL_FACES in the Makefile lacks $(filter-out $(SQL_PARTS) $(SQL_TEMPLATES),$(wildcard src/*.sql)))
endif

# C tables generated from src/data/*.csv
C_TABLES = \
	calcification_category \
	calcification_method \
	conversion_factor \
	energy_factor \
	find_food_word \
	intake_maximum \
	limit_basis \
	nutrient \
	part_of_whole \
	plausible_maximum \
	printed_per \
	printed_value \
	nutrient_count \
	progression_criterion \
	reference_value_kind \
	unit

REGRESS = $(sort $(patsubst sql/%.sql,%,$(wildcard sql/*.sql)))

REGRESS_OPTS = --inputdir=. --load-extension=vitk
# whatever the locale of the server
ENCODING = UTF8
NO_LOCALE = 1

WARNINGS = -Wall -Wextra
# PostgreSQL's own headers are not clean under -Wextra: take them as system headers
PG_CPPFLAGS = -I$(srcdir)/src -Ibuild -DVITK_VERSION='"$(EXTVERSION)"' -isystem $(shell $(PG_CONFIG) --includedir-server)
# hidden: only functions that SQL calls are exported, see src/vitk.h
PG_CFLAGS = $(WARNINGS) -ffp-contract=off -fvisibility=hidden
EXTRA_CLEAN = build

ifndef PG_CONFIG
PG_CONFIG := $(shell test/prepare --pg-config)
endif
PGXS := $(if $(PG_CONFIG),$(shell $(PG_CONFIG) --pgxs))

ifneq ($(PGXS),)

include $(PGXS)

# JIT inlines what clang compiled: it must not fuse multiply and add either
BITCODE_CFLAGS += -ffp-contract=off

GENERATE = perl src/data/generate.pl
GENERATOR = src/data/generate.pl src/data/Csv.pm src/data/Facts.pm
GENERATED_H = $(C_TABLES:%=build/%_data.h)
HEADERS = $(wildcard src/*.h src/core/*.h)
HEADERS_USED = $(GENERATED_H) $(HEADERS)

$(OBJS) $(OBJS:.o=.bc): $(HEADERS_USED)
src/vitk.o src/vitk.bc: META.json

# the loops that matter for speed
src/core/nutrient_profile_sum.o src/core/food_table_sum.o: CFLAGS += $(CFLAGS_VECTORIZE) $(CFLAGS_UNROLL_LOOPS)

build/%_data.h: src/data/%.csv $(GENERATOR)
	@mkdir -p build
	$(GENERATE) c $* > $@.tmp && mv $@.tmp $@

build/nutrient_count_data.h: src/data/nutrient.csv $(GENERATOR)
	@mkdir -p build
	$(GENERATE) c nutrient_count > $@.tmp && mv $@.tmp $@

build/nutrient_data.h: src/data/nutrient_ambiguous.csv
build/conversion_factor_data.h build/limit_basis_data.h build/part_of_whole_data.h build/plausible_maximum_data.h build/energy_factor_data.h build/intake_maximum_data.h: src/data/nutrient.csv
build/conversion_factor_data.h: src/data/conversion_evidence.csv
build/calcification_category_data.h build/progression_criterion_data.h: src/data/calcification_method.csv

SCRIPT_SOURCES = $(SQL_PARTS) $(SQL_TEMPLATES) $(wildcard src/data/*.csv) $(GENERATOR) src/core/intake_vs_limit.c META.json Makefile

build/vitk--$(EXTVERSION).sql: $(SCRIPT_SOURCES)
	@mkdir -p build
	$(GENERATE) script $(SQL_PARTS) > $@.tmp && mv $@.tmp $@

build/vitk--%--$(EXTVERSION).sql: src/update/%.sql.gz $(wildcard src/update/*.sql) $(SCRIPT_SOURCES)
	@mkdir -p build
	$(GENERATE) update $* $(SQL_PARTS) > $@.tmp && mv $@.tmp $@

build/vitk.control: vitk.control META.json
	@mkdir -p build
	{ cat vitk.control; echo "default_version = '$(EXTVERSION)'"; } > $@.tmp && mv $@.tmp $@

# The pages, and the psql scripts that read food tables, beside what PGXS installs.
install: install-vitk
uninstall: uninstall-vitk

doc_into = $(DESTDIR)$(docdir)/extension/vitk
import_into = $(DESTDIR)$(datadir)/extension/vitk/import

install-vitk:
	$(MKDIR_P) '$(doc_into)/doc/example' '$(import_into)'
	$(INSTALL_DATA) $(wildcard README.md CHANGELOG.md LICENSE CITATION.cff) '$(doc_into)'
	$(INSTALL_DATA) $(wildcard doc/*.md) '$(doc_into)/doc'
	$(INSTALL_DATA) $(wildcard doc/example/*) '$(doc_into)/doc/example'
	$(INSTALL_DATA) $(wildcard src/import/*) '$(import_into)'

uninstall-vitk:
	rm -rf '$(doc_into)' '$(import_into)'

# What "make install" would install, in a folder.
stage: all
	@rm -rf build/stage
	@$(MAKE) -s install DESTDIR=build/stage

# Neither gcc nor clang has a word to say, and each header stands by itself.
warnings: $(HEADERS:%=build/warnings/%) build/warnings/core.h
ifneq ($(shell command -v gcc),)
warnings: $(OBJS:%.o=build/warnings/gcc/%)
else
warnings: without-gcc
endif
ifneq ($(shell command -v $(or $(CLANG),clang)),)
warnings: $(OBJS:%.o=build/warnings/clang/%)
else
warnings: without-clang
endif

without-gcc:
	@echo 'SKIPPED: the warnings of gcc, which is not here.'

without-clang:
	@echo 'SKIPPED: the warnings of clang, which is not here.'

# PostgreSQL's own headers are not ours to mend: -isystem
STRICT = $(WARNINGS) -Wmissing-prototypes -Wpointer-arith -Wdeclaration-after-statement -Wvla \
	-Werror -fno-strict-aliasing -fwrapv -O2 -c -o /dev/null $(patsubst -I/%,-isystem /%,$(CPPFLAGS))

build/warnings/gcc/%: %.c $(HEADERS_USED)
	@mkdir -p $(@D)
	gcc $(STRICT) $<
	@touch $@

build/warnings/clang/%: %.c $(HEADERS_USED)
	@mkdir -p $(@D)
	$(or $(CLANG),clang) $(STRICT) $<
	@touch $@

build/warnings/src/core/%.h: src/core/%.h $(GENERATED_H)
	@mkdir -p $(@D)
	$(CC) $(WARNINGS) -Werror -Isrc -Ibuild -fsyntax-only -x c -include $< /dev/null
	@touch $@

build/warnings/src/%.h: src/%.h $(HEADERS)
	@mkdir -p $(@D)
	$(CC) $(STRICT) -x c -include $< /dev/null
	@touch $@

# and no name of one header is another thing in the next
build/warnings/core.h: $(HEADERS) $(GENERATED_H)
	@mkdir -p $(@D)
	@{ $(foreach h,$(filter src/core/%,$(HEADERS)),echo '#include "$(h:src/%=%)"';) } > $@.tmp
	$(CC) $(WARNINGS) -Werror -Isrc -Ibuild -fsyntax-only -x c $@.tmp && mv $@.tmp $@

else

all install installcheck stage warnings:
	@echo 'No PostgreSQL 15 to 18 with its server headers found: run test/prepare, or set PG_CONFIG.' >&2
	@exit 1

clean:
	rm -rf $(EXTRA_CLEAN)

endif

clean: clean-demo

# The example goes; what somebody made in it does not.
clean-demo:
	@if test -s demo/own; then echo 'demo stays, for it holds what nobody else has:'; sed 's/^/    /' demo/own; \
		echo 'rm -r demo deletes it.'; else rm -rf demo; fi

help:
	@sed -n '3,/^$$/s/^# \{0,1\}//p' Makefile

# The sub-makes look for pg_config anew, now that it is there.  They use every
# processor, unless -j said how many.
BUILD = $(MAKE) -s $(if $(findstring -j,$(MAKEFLAGS)),,-j$(shell nproc))

test:
	@test/prepare
	@echo 'Building ...'
	+@$(BUILD) stage warnings
	-@test ! -e .git || $(MAKE) -s dist
	@test/cluster test/run

dist:
	@mkdir -p build
	git archive --format=zip --prefix=vitk-$(EXTVERSION)/ -o build/vitk-$(EXTVERSION).zip HEAD

# The reference, from the comments in the catalogue
reference:
	@test/prepare
	+@$(BUILD) stage
	@for page in vitk tables; do \
		test/cluster sh -c "psql -X -q -c 'CREATE EXTENSION vitk' && doc/reference.pl $$page" >build/$$page.md && mv build/$$page.md doc/ || exit 1; \
	done

demo:
	@test/prepare
	@echo 'Building ...'
	+@$(BUILD) stage
	@test ! -s demo/own || { echo 'demo holds what somebody made in it, and would be made anew:' >&2; \
		sed 's/^/    /' demo/own >&2; echo 'Keep it, or delete it: rm -r demo' >&2; exit 1; }
	@rm -rf demo
	@test/cluster -d demo psql -X -q -v ON_ERROR_STOP=1 -P pager=off $(addprefix -f ,$(sort $(wildcard doc/example/*.sql)))

psql:
	@test -d demo && test -d build/stage || $(MAKE) -s demo
	@test/cluster -i -d demo psql

dashboard:
	@test/prepare dashboard
	@test -d demo && test -d build/stage || $(MAKE) -s demo
	@test/cluster -d demo -c jit=off src/dashboard/run

bench:
	@test/prepare bench
	+@$(BUILD) stage
	@test/cluster -c shared_buffers=1GB test/bench/run

fuzz:
	@test/prepare fuzz
	+@$(BUILD) stage
	@test/fuzz/run

# Every PostgreSQL that Debian has, in folders: needs root.
matrix:
	@test/matrix/run

# The tests, with the sanitizers of gcc in the extension.
sanitize:
	@test/prepare ci
	@test/sanitize

# ... with a PostgreSQL whose assertions are on, built from Debian's source.
assert:
	@test/prepare ci
	@test/assert

# A hundred times kill -9.
crash:
	@test/prepare
	+@$(BUILD) stage
	@test/cluster prove -v test/crash

.PHONY: all stage help clean-demo install-vitk warnings without-gcc without-clang test dist reference demo psql dashboard bench fuzz matrix sanitize assert crash clean
