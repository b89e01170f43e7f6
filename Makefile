# vitk: see README.md.  "make demo" runs the main job, "make test" every test.

EXTENSION = vitk
EXTVERSION := $(shell sed -n 's/^ *"version": "\([^"]*\)".*/\1/p' META.json | head -n 1)

MODULE_big = vitk
# src/core: pure files, no postgres.h, also built by the fuzzers
OBJS = $(patsubst %.c,%.o,$(wildcard src/core/*.c src/*.c))

# the SQL faces in the order in which they need each other
SQL_PARTS = $(wildcard $(addprefix src/,$(addsuffix .sql, \
	vitk \
	nutrient \
	nutrient_amount \
	nutrient_profile \
	intake \
	food \
	conversion \
	reference_value \
	intake_vs_limit \
	import)))

DATA_built = vitk--$(EXTVERSION).sql
# C tables generated from src/data/*.csv
C_TABLES = \
	nutrient

REGRESS = \
	nutrient

REGRESS_OPTS = --inputdir=. --load-extension=vitk

PG_CPPFLAGS = -I$(srcdir)/src -Ibuild
PG_CFLAGS = -Wall -Wextra -ffp-contract=off
EXTRA_CLEAN = build

PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

GENERATE = perl src/data/generate.pl

$(OBJS) $(OBJS:.o=.bc): $(C_TABLES:%=build/%_data.h) $(wildcard src/*.h src/core/*.h)

build/%_data.h: src/data/%.csv src/data/generate.pl
	@mkdir -p build
	$(GENERATE) c $* > $@.tmp && mv $@.tmp $@

vitk--$(EXTVERSION).sql: $(SQL_PARTS) $(wildcard src/data/*.csv) src/data/generate.pl META.json
	$(GENERATE) script $(SQL_PARTS) > $@.tmp && mv $@.tmp $@
