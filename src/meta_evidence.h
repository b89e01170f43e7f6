/*
 * meta_evidence.h
 *		meta_evidence in the server: arguments.
 */
#ifndef VITK_META_EVIDENCE_H
#define VITK_META_EVIDENCE_H

#include "vitk.h"

#include "core/meta_evidence.h"

extern VitkEvidence *vitk_get_evidence(Datum d);

#define PG_GETARG_EVIDENCE(n) vitk_get_evidence(PG_GETARG_DATUM(n))

#endif							/* VITK_META_EVIDENCE_H */
