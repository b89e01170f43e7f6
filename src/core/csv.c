/*
 * csv.c
 *		Comma-separated values, record by record.
 *
 * As programs write them: fields in quotes hold delimiters, line breaks and
 * doubled quotes; lines end in LF, CR LF or CR; the byte order mark before the
 * first is none of its letters.  Every text reads: a quote that never closes
 * reaches to the end.
 */
#include "core/csv.h"

#include <string.h>

void
vitk_csv_open(VitkCsv *csv, const char *s, size_t len, char delimiter)
{
	csv->next = s;
	csv->end = s + len;
	csv->delimiter = delimiter;
	if (len >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0)
		csv->next += 3;
	csv->more = csv->next < csv->end;
}

/* The part of a field between quotes, from behind the first; returns where it ends. */
static const char *
copy_quoted(const char *p, const char *end, char *out, size_t *len)
{
	for (; p < end; p++)
	{
		if (*p == '"')
		{
			p++;
			if (p == end || *p != '"')
				return p;
		}
		out[(*len)++] = *p;
	}
	return p;
}

/*
 * Write the next field to out, which has room for the whole text; false: there
 * is none.  A line without anything is a record of one empty field.
 */
bool
vitk_csv_field(VitkCsv *csv, char *out, size_t *len, bool *ends_record)
{
	const char *p = csv->next;

	if (!csv->more)
		return false;
	*len = 0;
	if (p < csv->end && *p == '"')
		p = copy_quoted(p + 1, csv->end, out, len);
	while (p < csv->end && *p != csv->delimiter && *p != '\n' && *p != '\r')
		out[(*len)++] = *p++;

	*ends_record = p == csv->end || *p != csv->delimiter;
	if (p < csv->end)
		p += *p == '\r' && csv->end - p > 1 && p[1] == '\n' ? 2 : 1;
	csv->more = !*ends_record || p < csv->end;
	csv->next = p;
	return true;
}
