/*
 * publication_bias.c
 *		Do small studies of a meta_evidence find something else than large ones?
 */
#include "vitk.h"

#include "core/publication_bias.h"
#include "pooled.h"

PG_FUNCTION_INFO_V1(publication_bias_rank_test);
Datum
publication_bias_rank_test(PG_FUNCTION_ARGS)
{
	VitkEvidence *e = PG_GETARG_EVIDENCE(0);
	VitkMetaPoint *p = palloc(Max(e->k, 1) * sizeof(VitkMetaPoint));
	double	   *x = palloc(Max(e->k, 1) * sizeof(double));
	double	   *work = palloc((VITK_RANK_EXACT * (VITK_RANK_EXACT - 1) / 2 + 1) * sizeof(double));
	int			k = vitk_evidence_points(e, e->k, e->k, p);
	VitkRankTest r = vitk_meta_rank_test(p, k, x, work);
	Datum		values[4] = {Int32GetDatum(k), (Datum) 0, (Datum) 0, BoolGetDatum(r.exact)};
	bool		nulls[4] = {false};

	vitk_put_number(&values[1], &nulls[1], r.tau);
	vitk_put_number(&values[2], &nulls[2], r.p_value);
	PG_RETURN_DATUM(vitk_row_datum(fcinfo, values, nulls));
}
