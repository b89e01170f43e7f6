/*
 * event_tables.h
 *		2 x 2 tables of several studies, pooled by Mantel and Haenszel or by Peto.
 *
 * Definitions are those of rma.mh and rma.peto of R's metafor,
 * doi:10.18637/jss.v036.i03.
 */
#ifndef VITK_CORE_EVENT_TABLES_H
#define VITK_CORE_EVENT_TABLES_H

#include "core/effect_size.h"

/* Sums over tables, which is all that the estimates and their variances need */
typedef struct VitkTables
{
	double		k;
	double		or_r;			/* odds ratio: ad/N, bc/N (Robins, Breslow and Greenland 1986) */
	double		or_s;
	double		or_pr;
	double		or_ps_qr;
	double		or_qs;
	double		rr_r;			/* risk ratio: a n2/N, c n1/N (Greenland and Robins 1985) */
	double		rr_s;
	double		rr_v;
	double		rd_d;			/* risk difference (Sato, Greenland and Robins 1989) */
	double		rd_w;
	double		rd_p;
	double		rd_q;
	double		peto_oe;		/* observed less expected events, and their variance */
	double		peto_v;
} VitkTables;

#define VITK_TABLES_SUMS (sizeof(VitkTables) / sizeof(double))

/* events[i] of n[i]; drop00: leave out a table without events, or of events only */
extern bool vitk_tables_add(VitkTables *t, const double events[2], const double n[2], bool drop00,
							VitkErr *err);

/* kind is VITK_EFFECT_NONE where the tables do not tell */
extern bool vitk_tables_mantel_haenszel(const VitkTables *t, int kind, VitkEffect *out, VitkErr *err);
extern bool vitk_tables_peto(const VitkTables *t, VitkEffect *out, VitkErr *err);

#endif							/* VITK_CORE_EVENT_TABLES_H */
