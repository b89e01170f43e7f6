/*
 * meta_evidence.c
 *		Fuzz target: the literal of meta_evidence, and pooling whatever reads.
 */
#include "fuzz.h"

#include <math.h>

#include "core/meta_evidence.h"
#include "core/pooled.h"

static VitkEvidence *
read_evidence(const uint8_t *data, size_t size)
{
	char	   *s = literal(data, size);
	VitkEvidence *e;
	VitkErr		err = {0};

	if (s == NULL)
		return NULL;
	e = malloc(vitk_evidence_size(vitk_evidence_text_bound(s, size)));
	if (!vitk_evidence_parse(s, size, e, &err))
	{
		check_error(&err, data, size);
		CHECK(strstr(err.msg, "meta_evidence") != NULL || strstr(err.detail, "meta_evidence") != NULL);
		free(e);
		e = NULL;
	}
	free(s);
	return e;
}

/* The text reads back to the same. */
static void
check_text(const VitkEvidence *e)
{
	char	   *text = malloc(vitk_evidence_text_size(e->k));
	int			len = vitk_evidence_format(e, text);
	VitkEvidence *again = read_evidence((const uint8_t *) text, len);

	CHECK((size_t) len == strlen(text) && (size_t) len < vitk_evidence_text_size(e->k));
	CHECK(again != NULL);
	CHECK(memcmp(e, again, vitk_evidence_size(e->k)) == 0);
	CHECK(vitk_evidence_cmp(e, again) == 0);
	free(again);
	free(text);
}

/* What is pooled is a number, whatever the studies; what is not known is NaN. */
static void
check_pooled(const VitkEvidence *e)
{
	VitkMetaPoint *p = malloc((e->k + 1) * sizeof(VitkMetaPoint));

	for (uint32_t i = 0; i < e->k; i++)
		p[i] = (VitkMetaPoint) {e->study[i].estimate, e->study[i].se * e->study[i].se};
	qsort(p, e->k, sizeof(VitkMetaPoint), vitk_meta_point_cmp);
	for (int method = VITK_POOL_FE; method <= VITK_POOL_ML; method++)
	{
		VitkPoolOptions o = {method, VITK_POOL_Z + (int) (e->k % 3), 0.95};
		VitkPooled	r = vitk_meta_pool(p, e->k, &o);

		if (e->k == 0)
			continue;
		CHECK(isfinite(r.estimate) && r.se >= 0 && isfinite(r.se) && r.tau2 >= 0 && isfinite(r.tau2));
		CHECK(isfinite(r.q) && r.q >= 0 && r.ci_lower <= r.estimate && r.ci_upper >= r.estimate);
		CHECK(isnan(r.p_value) || (r.p_value >= 0 && r.p_value <= 1));
		if (e->k > 1)
		{
			CHECK(r.q_p >= 0 && r.q_p <= 1 && r.i2 >= 0 && r.i2 <= 100 && r.h2 >= 0);
			CHECK(method == VITK_POOL_FE || (r.se_tau2 > 0 && isfinite(r.se_tau2)));
		}
		if (e->k > 2 && method != VITK_POOL_FE)
			CHECK(r.pi_lower <= r.estimate && r.pi_upper >= r.estimate);
	}
	free(p);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t		cut = first_part(data, size);
	VitkEvidence *a = read_evidence(data, cut);
	VitkEvidence *b = cut < size ? read_evidence(data + cut + 1, size - cut - 1) : NULL;

	if (a != NULL)
	{
		check_text(a);
		check_pooled(a);
	}
	if (a != NULL && b != NULL)
		CHECK(sign(vitk_evidence_cmp(a, b)) == -sign(vitk_evidence_cmp(b, a)));
	free(a);
	free(b);
	return 0;
}
