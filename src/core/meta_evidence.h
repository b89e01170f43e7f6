/*
 * meta_evidence.h
 *		meta_evidence: the effects of k studies, ready to pool.
 */
#ifndef VITK_CORE_META_EVIDENCE_H
#define VITK_CORE_META_EVIDENCE_H

#include "core/effect_size.h"

#define VITK_EVIDENCE_VERSION 1
#define VITK_MAX_STUDIES 100000

/* The effect of one study, whose kind is that of all */
typedef struct VitkStudy
{
	double		estimate;		/* within VITK_META_MAX of zero */
	double		se;				/* within VITK_META_MIN and VITK_META_MAX */
	double		df;
} VitkStudy;

/*
 * A varlena, which TOAST may have compressed.  The state of an aggregate may be
 * longer than its k studies need; what is stored never is.
 */
typedef struct VitkEvidence
{
	int32_t		vl_len_;
	uint8_t		version;
	uint8_t		kind;			/* VITK_EFFECT_NONE while k = 0 */
	uint16_t	unused;			/* 0 */
	uint32_t	k;
	uint32_t	unused2;		/* 0 */
	VitkStudy	study[];		/* in the order in which they came */
} VitkEvidence;

static inline size_t
vitk_evidence_size(uint32_t k)
{
	return offsetof(VitkEvidence, study) + k * sizeof(VitkStudy);
}

/* Room for the text of k effects, and a NUL */
static inline size_t
vitk_evidence_text_size(uint32_t k)
{
	return k * (VITK_EFFECT_LEN + 2) + 3;
}

extern const VitkEvidence vitk_evidence_none;

/* No more effects than that are in a literal. */
extern uint32_t vitk_evidence_text_bound(const char *s, size_t len);
extern bool vitk_evidence_parse(const char *s, size_t len, VitkEvidence *dst, VitkErr *err);
extern int	vitk_evidence_format(const VitkEvidence *e, char *buf);

/* dst has room; it may not be src */
extern bool vitk_evidence_add(VitkEvidence *dst, const VitkEffect *effect, VitkErr *err);
extern bool vitk_evidence_append(VitkEvidence *dst, const VitkEvidence *src, VitkErr *err);
extern VitkEffect vitk_evidence_effect(const VitkEvidence *e, uint32_t i);
extern int	vitk_evidence_cmp(const VitkEvidence *a, const VitkEvidence *b);

#endif							/* VITK_CORE_META_EVIDENCE_H */
