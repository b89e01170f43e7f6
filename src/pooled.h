/*
 * pooled.h
 *		What the functions that model a meta_evidence have in common.
 */
#ifndef VITK_POOLED_H
#define VITK_POOLED_H

#include "core/pooled.h"
#include "meta_evidence.h"

/* The arguments method, test and level, of which the first stands there */
extern VitkPoolOptions vitk_pool_options(FunctionCallInfo fcinfo, int first);

/* The studies before "end", but for one, in the order that core/pooled.h asks for */
extern int	vitk_evidence_points(const VitkEvidence *e, uint32 end, uint32 omitted, VitkMetaPoint *p);

/* NaN is what is not known, infinity what does not fit: NULL both */
extern void vitk_put_number(Datum *value, bool *isnull, double number);

#endif							/* VITK_POOLED_H */
