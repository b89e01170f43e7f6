/*
 * meta_evidence.c
 *		meta_evidence: the effects of k studies, and their text.
 *
 *		evidence	"{" [ effect { "," effect } ] "}"
 *
 * where each effect is an effect_size, kind and all.
 */
#include "core/meta_evidence.h"

#include <math.h>
#include <string.h>

#include "core/estimate.h"
#include "core/pooled.h"
#include "core/number.h"

const VitkEvidence vitk_evidence_none = {.version = VITK_EVIDENCE_VERSION};

/* Can so many more effects of that kind be added? */
static bool
check_room(const VitkEvidence *e, int kind, uint32_t more, VitkErr *err)
{
	if (e->k > 0 && more > 0 && e->kind != kind)
	{
		vitk_err(err, VITK_E_VALUE, "cannot combine effects of measure %s and measure %s in one meta_evidence",
				 vitk_effect_kind_name(e->kind), vitk_effect_kind_name(kind));
		return vitk_err_hint(err, "Pool each measure separately: GROUP BY measure(effect_size).");
	}
	if (more > VITK_MAX_STUDIES - e->k)
		return vitk_err(err, VITK_E_RANGE, "meta_evidence cannot hold more than %d effects",
						VITK_MAX_STUDIES);
	return true;
}

bool
vitk_evidence_add(VitkEvidence *dst, const VitkEffect *effect, VitkErr *err)
{
	if (!check_room(dst, effect->kind, 1, err))
		return false;
	if (fabs(effect->estimate) > VITK_META_MAX ||
		effect->se < VITK_META_MIN || effect->se > VITK_META_MAX)
	{
		vitk_err(err, VITK_E_RANGE, "effect %g (SE %g) is out of range for type meta_evidence",
				 effect->estimate, effect->se);
		return vitk_err_detail(err, "Estimates up to %g in absolute value and standard errors from %g to %g can be pooled.",
							   VITK_META_MAX, VITK_META_MIN, VITK_META_MAX);
	}
	dst->kind = effect->kind;
	dst->study[dst->k++] = (VitkStudy) {effect->estimate, effect->se, effect->df};
	return true;
}

bool
vitk_evidence_append(VitkEvidence *dst, const VitkEvidence *src, VitkErr *err)
{
	if (!check_room(dst, src->kind, src->k, err))
		return false;
	if (src->k > 0)
		dst->kind = src->kind;
	memcpy(dst->study + dst->k, src->study, src->k * sizeof(VitkStudy));
	dst->k += src->k;
	return true;
}

VitkEffect
vitk_evidence_effect(const VitkEvidence *e, uint32_t i)
{
	const VitkStudy *s = &e->study[i];

	return (VitkEffect) {s->estimate, s->se, s->df, e->kind, {0}};
}

/* By kind, then effect by effect, then by length */
int
vitk_evidence_cmp(const VitkEvidence *a, const VitkEvidence *b)
{
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	for (uint32_t i = 0; i < a->k && i < b->k; i++)
	{
		VitkEffect	x = vitk_evidence_effect(a, i);
		VitkEffect	y = vitk_evidence_effect(b, i);
		int			cmp = vitk_effect_cmp(&x, &y);

		if (cmp != 0)
			return cmp;
	}
	return (a->k > b->k) - (a->k < b->k);
}

/*
 * Text
 */

/* One more than there are commas, some of which stand within an effect */
uint32_t
vitk_evidence_text_bound(const char *s, size_t len)
{
	uint32_t	commas = 0;

	for (size_t i = 0; i < len; i++)
		commas += s[i] == ',';
	return commas + 1;
}

/* Where the effect ends that starts at s: at a comma outside of brackets */
static const char *
effect_end(const char *s, const char *end)
{
	int			depth = 0;

	for (; s < end; s++)
	{
		if (*s == '(' || *s == '[')
			depth++;
		else if (*s == ')' || *s == ']')
			depth--;
		else if (*s == ',' && depth <= 0)
			break;
	}
	return s;
}

/* Add to an error of an effect where it stands. */
static bool
at(VitkErr *err, uint32_t number)
{
	char		detail[sizeof(err->detail)];

	memcpy(detail, err->detail, sizeof(detail));
	return vitk_err_detail(err, "%s%sThis is effect %u of a meta_evidence.",
						   detail, detail[0] ? " " : "", number);
}

/* dst has room for vitk_evidence_text_bound() effects. */
bool
vitk_evidence_parse(const char *s, size_t len, VitkEvidence *dst, VitkErr *err)
{
	const char *p = s;
	const char *end = s + len;

	*dst = vitk_evidence_none;
	vitk_trim(&p, &end);
	if (end - p < 2 || *p != '{' || end[-1] != '}')
	{
		vitk_err(err, VITK_E_SYNTAX, "effects must be enclosed in braces");
		return vitk_literal_refused("meta_evidence", s, len, "Write, for example, "
									"\"{-10 (SE 9.22), -17 [-86, 53]}\".", err);
	}
	end--;
	do
	{
		const char *start = ++p;
		VitkEffect	effect;

		p = effect_end(start, end);
		vitk_skip_space(&start, p);
		if (start == end && dst->k == 0)
			break;				/* {} */
		if (!vitk_effect_parse(start, p - start, &effect, err))
			return at(err, dst->k + 1);
		if (!vitk_evidence_add(dst, &effect, err))
			return false;
	} while (p < end);
	return true;
}

/* buf has vitk_evidence_text_size(e->k) bytes; returns the length. */
int
vitk_evidence_format(const VitkEvidence *e, char *buf)
{
	char	   *p = buf;

	*p++ = '{';
	for (uint32_t i = 0; i < e->k; i++)
	{
		VitkEffect	effect = vitk_evidence_effect(e, i);

		if (i > 0)
		{
			*p++ = ',';
			*p++ = ' ';
		}
		p += vitk_effect_format(&effect, p);
	}
	*p++ = '}';
	*p = '\0';
	return p - buf;
}
