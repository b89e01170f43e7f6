/*
 * survey_sample_text.c
 *		The text of a survey_sample.
 *
 *		survey	"{" [ psu { ";" psu } ] "}"
 *		psu		stratum "/" number ":" "n=" number [ "," part { "," part } ]
 *
 * where a part is "weight=", "sum=" or "ss=" and a number; what is 0 may be
 * left out: {134/1: n=2, weight=3, sum=5, ss=1.5; 134/2: n=0}
 */
#include "core/survey_sample.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/literal.h"
#include "core/number.h"

/* One more than there are semicolons */
uint32_t
vitk_survey_text_bound(const char *s, size_t len)
{
	uint32_t	n = 1;

	for (size_t i = 0; i < len; i++)
		n += s[i] == ';';
	return n;
}

/* A whole number of 64 bits */
static bool
read_id(const char **p, const char *end, int64_t *out, VitkErr *err)
{
	char		buf[24];
	char	   *stop;
	size_t		len = 0;

	while (*p + len < end && len < sizeof(buf) - 1 &&
		   (vitk_is_digit((*p)[len]) || (len == 0 && **p == '-')))
	{
		buf[len] = (*p)[len];
		len++;
	}
	buf[len] = '\0';
	errno = 0;
	*out = strtoll(buf, &stop, 10);
	if (stop == buf)
		return vitk_err(err, VITK_E_SYNTAX, "the number of a stratum or PSU is missing");
	if (errno != 0 || *stop != '\0')
		return vitk_err(err, VITK_E_RANGE, "number of a stratum or PSU is out of range");
	*p += len;
	vitk_skip_space(p, end);
	return true;
}

static bool
read_part(const char **p, const char *end, VitkPsu *psu, unsigned *seen, VitkErr *err)
{
	const struct
	{
		const char *name;
		double	   *value;
	}			part[] = {{"n", &psu->n}, {"weight", &psu->weight}, {"sum", &psu->sum}, {"ss", &psu->ss}};

	for (unsigned i = 0; i < sizeof(part) / sizeof(part[0]); i++)
	{
		const char *q = *p;

		if (!vitk_skip_word(&q, end, part[i].name) || !vitk_skip_word(&q, end, "="))
			continue;
		if (*seen & (1u << i))
			return vitk_err(err, VITK_E_SYNTAX, "part %s occurs twice", part[i].name);
		*seen |= 1u << i;
		*p = q;
		if (!vitk_number_parse(p, end, part[i].value, err))
			return false;
		vitk_skip_space(p, end);
		return true;
	}
	return vitk_err(err, VITK_E_SYNTAX, "unknown part \"%.*s\"", vitk_clip(*p, end - *p), *p);
}

/* "134/1: n=2, weight=3, sum=5" */
static bool
read_psu(const char **p, const char *end, VitkPsu *psu, VitkErr *err)
{
	unsigned	seen = 0;

	*psu = (VitkPsu) {0};
	if (!read_id(p, end, &psu->stratum, err))
		return false;
	if (!vitk_skip_word(p, end, "/"))
		return vitk_err(err, VITK_E_SYNTAX, "stratum and PSU must be separated by \"/\"");
	if (!read_id(p, end, &psu->psu, err))
		return false;
	if (!vitk_skip_word(p, end, ":"))
		return vitk_err(err, VITK_E_SYNTAX, "stratum and PSU must be followed by \":\"");
	do
	{
		if (!read_part(p, end, psu, &seen, err))
			return false;
	} while (vitk_skip_word(p, end, ","));
	if (!(seen & 1))
		return vitk_err(err, VITK_E_SYNTAX, "part n is missing");
	return true;
}

static bool
read_psus(const char *p, const char *end, VitkSurvey *dst, VitkErr *err)
{
	vitk_skip_space(&p, end);
	if (!vitk_skip_word(&p, end, "{"))
		return vitk_err(err, VITK_E_SYNTAX, "PSUs must be enclosed in braces");
	if (vitk_skip_word(&p, end, "}"))
		return p == end || vitk_err(err, VITK_E_SYNTAX, "unexpected \"%.*s\"", vitk_clip(p, end - p), p);
	do
	{
		if (dst->psus >= VITK_MAX_PSUS)
			return vitk_err(err, VITK_E_RANGE, "more than %d PSUs", VITK_MAX_PSUS);
		if (!read_psu(&p, end, &dst->psu[dst->psus++], err))
			return false;
	} while (vitk_skip_word(&p, end, ";"));
	if (!vitk_skip_word(&p, end, "}"))
		return vitk_err(err, VITK_E_SYNTAX, "the brace is not closed");
	if (p < end)
		return vitk_err(err, VITK_E_SYNTAX, "unexpected \"%.*s\"", vitk_clip(p, end - p), p);
	return true;
}

/* dst has room for vitk_survey_text_bound() PSUs; they may come in any order, each once. */
bool
vitk_survey_parse(const char *s, size_t len, VitkSurvey *dst, VitkErr *err)
{
	uint32_t	read;

	*dst = vitk_survey_none;
	if (read_psus(s, s + len, dst, err))
	{
		read = dst->psus;
		dst->ordered = 0;
		if (!vitk_survey_order(dst) || dst->psus < read)
			vitk_err(err, VITK_E_VALUE, "a PSU is listed twice");
		else if (vitk_survey_valid(dst, err))
			return true;
	}
	return vitk_literal_refused("survey_sample", s, len,
								"Write \"{134/1: n=2, weight=3, sum=5, ss=1.5; 134/2: n=0}\", "
								"or build it with survey_sample(value, weight, stratum, psu).", err);
}

static int
put_part(char *buf, const char *name, double value)
{
	int			n;

	if (value == 0)
		return 0;
	n = sprintf(buf, ", %s=", name);
	return n + vitk_number_format(value, buf + n);
}

/* buf has vitk_survey_text_size(s->psus) bytes; returns the length. */
int
vitk_survey_format(const VitkSurvey *s, char *buf)
{
	int			n = 0;

	buf[n++] = '{';
	for (uint32_t i = 0; i < s->psus; i++)
	{
		const VitkPsu *p = &s->psu[i];

		n += sprintf(buf + n, "%s%lld/%lld: n=%.0f", i == 0 ? "" : "; ",
					 (long long) p->stratum, (long long) p->psu, p->n);
		n += put_part(buf + n, "weight", p->weight);
		n += put_part(buf + n, "sum", p->sum);
		n += put_part(buf + n, "ss", p->ss);
	}
	buf[n++] = '}';
	buf[n] = '\0';
	return n;
}
