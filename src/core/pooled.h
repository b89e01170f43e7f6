/*
 * pooled.h
 *		Meta-analysis: what several studies say together.
 *
 * Definitions are those of R's metafor (rma.uni, regtest), doi:10.18637/jss.v036.i03.
 */
#ifndef VITK_CORE_POOLED_H
#define VITK_CORE_POOLED_H

#include "core/err.h"

/* How the variance between studies, tau2, is estimated */
typedef enum VitkPoolMethod
{
	VITK_POOL_FE = 1,			/* fixed effect: no such variance */
	VITK_POOL_DL,				/* DerSimonian and Laird */
	VITK_POOL_PM,				/* Paule and Mandel */
	VITK_POOL_REML,				/* restricted maximum likelihood */
	VITK_POOL_ML				/* maximum likelihood */
} VitkPoolMethod;

/*
 * How the standard error is found and tested.  Knapp and Hartung take it from
 * the scatter of the studies, with k - 1 df: where they agree better than their
 * own errors allow, it comes out far too small.  The ad hoc form never lets it
 * fall below that of the normal test.  FE and a single study are always
 * tested by z.
 */
typedef enum VitkPoolTest
{
	VITK_POOL_Z = 1,
	VITK_POOL_KNHA,
	VITK_POOL_ADHOC
} VitkPoolTest;

typedef struct VitkPoolOptions
{
	VitkPoolMethod method;
	VitkPoolTest test;
	double		level;			/* of the intervals, 0 .. 1 */
} VitkPoolOptions;

/* One study: its estimate and its sampling variance */
typedef struct VitkMetaPoint
{
	double		y;				/* |y| and sqrt(v) within VITK_META_MIN and _MAX */
	double		v;
} VitkMetaPoint;

/* Within these bounds nothing that is computed overflows. */
#define VITK_META_MIN 1e-30
#define VITK_META_MAX 1e30

/* NaN is what the studies do not tell. */
typedef struct VitkPooled
{
	double		estimate;
	double		se;
	double		statistic;		/* estimate / se */
	double		df;				/* of t; NaN for z */
	double		p_value;
	double		ci_lower;
	double		ci_upper;
	double		tau2;
	double		se_tau2;
	double		i2;				/* percent */
	double		h2;
	double		q;
	double		q_df;
	double		q_p;
	double		pi_lower;		/* where the effect of a new study is expected: t with k - 2 df */
	double		pi_upper;
	double		predict_lower;	/* the same, by the distribution of the test */
	double		predict_upper;
	VitkPoolTest test;			/* by which it was tested */
} VitkPooled;

/* The variance between studies and its interval; typical: the variance within that I2 takes */
typedef struct VitkHeterogeneity
{
	double		tau2;
	double		lower;
	double		upper;
	double		typical;
} VitkHeterogeneity;

/* Egger's regression of the estimates on their standard errors */
typedef struct VitkEgger
{
	double		bias;
	double		se;
	double		statistic;
	double		df;
	double		p_value;
	double		limit_estimate; /* of a study without error */
	double		limit_se;
} VitkEgger;

extern const char *vitk_pool_method_name(VitkPoolMethod method);
extern bool vitk_pool_method_parse(const char *s, size_t len, VitkPoolMethod *out, VitkErr *err);
extern const char *vitk_pool_test_name(VitkPoolTest test);
extern bool vitk_pool_test_parse(const char *s, size_t len, VitkPoolTest *out, VitkErr *err);

/* for qsort: all that follow take studies in this order, the smallest v first */
extern int	vitk_meta_point_cmp(const void *a, const void *b);
extern VitkPooled vitk_meta_pool(const VitkMetaPoint *p, int k, const VitkPoolOptions *o);
extern VitkHeterogeneity vitk_meta_q_profile(const VitkMetaPoint *p, int k, const VitkPoolOptions *o);
extern VitkEgger vitk_meta_egger(const VitkMetaPoint *p, int k);
extern double vitk_meta_log_likelihood(const VitkMetaPoint *p, int k, double tau2, bool restricted);

#endif							/* VITK_CORE_POOLED_H */
