/*
 * event_tables.c
 *		2 x 2 tables of several studies, pooled by Mantel and Haenszel or by Peto.
 */
#include "core/event_tables.h"

#include <math.h>

static void
add_mantel_haenszel(VitkTables *t, double a, double b, double c, double d)
{
	double		n1 = a + b;
	double		n2 = c + d;
	double		n = n1 + n2;
	double		r = a * (d / n);
	double		s = b * (c / n);
	double		p = (a + d) / n;
	double		q = (b + c) / n;

	t->or_r += r;
	t->or_s += s;
	t->or_pr += p * r;
	t->or_ps_qr += p * s + q * r;
	t->or_qs += q * s;
	t->rr_r += a * (n2 / n);
	t->rr_s += c * (n1 / n);
	t->rr_v += (n1 / n) * (n2 / n) * (a + c) - a * (c / n);
	t->rd_d += a * (n2 / n) - c * (n1 / n);
	t->rd_w += n1 * (n2 / n);
	t->rd_p += c * (n1 / n) * (n1 / n) - a * (n2 / n) * (n2 / n) + (n1 / n) * (n2 / n) * (n2 - n1) / 2;
	t->rd_q += (a * (d / n) + c * (b / n)) / 2;
}

bool
vitk_tables_add(VitkTables *t, const double events[2], const double n[2], bool drop00, VitkErr *err)
{
	double		all = n[0] + n[1];
	double		m = events[0] + events[1];

	for (int i = 0; i < 2; i++)
		if (!(events[i] >= 0 && events[i] <= n[i]))
			return vitk_err(err, VITK_E_VALUE, "events must be from 0 to n = %.0f, not %.0f",
							n[i], events[i]);
	if (n[0] == 0 || n[1] == 0 || (drop00 && (m == 0 || m == all)))
		return true;
	t->k++;
	add_mantel_haenszel(t, events[0], n[0] - events[0], events[1], n[1] - events[1]);
	t->peto_oe += events[0] - n[0] * (m / all);
	t->peto_v += n[0] * (n[1] / all) * (m / all) * ((all - m) / (all - 1));
	return true;
}

static bool
pooled_effect(double estimate, double variance, int kind, VitkEffect *out, VitkErr *err)
{
	*out = (VitkEffect) {0};
	if (!isfinite(estimate) || !isfinite(variance) || variance <= 0)
		return true;
	return vitk_effect_make(estimate, sqrt(variance), 0, kind, out, err);
}

bool
vitk_tables_mantel_haenszel(const VitkTables *t, int kind, VitkEffect *out, VitkErr *err)
{
	double		d = t->rd_d / t->rd_w;

	if (kind == VITK_EFFECT_OR)
		return pooled_effect(log(t->or_r / t->or_s),
							 (t->or_pr / t->or_r / t->or_r + t->or_ps_qr / t->or_r / t->or_s +
							  t->or_qs / t->or_s / t->or_s) / 2, kind, out, err);
	if (kind == VITK_EFFECT_RR)
		return pooled_effect(log(t->rr_r / t->rr_s), t->rr_v / t->rr_r / t->rr_s, kind, out, err);
	return pooled_effect(d, (d * t->rd_p + t->rd_q) / t->rd_w / t->rd_w, VITK_EFFECT_RD, out, err);
}

/* Yusuf et al. 1985: the log odds ratio by one step from no effect */
bool
vitk_tables_peto(const VitkTables *t, VitkEffect *out, VitkErr *err)
{
	return pooled_effect(t->peto_oe / t->peto_v, 1 / t->peto_v, VITK_EFFECT_OR, out, err);
}
