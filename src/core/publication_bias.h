/*
 * publication_bias.h
 *		Do small studies find something else than large ones?
 */
#ifndef VITK_CORE_PUBLICATION_BIAS_H
#define VITK_CORE_PUBLICATION_BIAS_H

#include "core/pooled.h"

/* Kendall's rank correlation; NaN is what the studies do not tell */
typedef struct VitkRankTest
{
	double		tau;
	double		p_value;
	bool		exact;
} VitkRankTest;

/* Beyond so many studies, and with ties, the p value is that of the normal approximation. */
#define VITK_RANK_EXACT 100

/* x has room for k numbers, work for VITK_RANK_EXACT * (VITK_RANK_EXACT - 1) / 2 + 1 */
extern VitkRankTest vitk_meta_rank_test(const VitkMetaPoint *p, int k, double *x, double *work);

#endif							/* VITK_CORE_PUBLICATION_BIAS_H */
