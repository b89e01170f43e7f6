/*
 * csv.h
 *		Comma-separated values, record by record.
 */
#ifndef VITK_CORE_CSV_H
#define VITK_CORE_CSV_H

#include <stdbool.h>
#include <stddef.h>

typedef struct VitkCsv
{
	const char *next;			/* where the next field begins */
	const char *end;
	char		delimiter;
	bool		more;			/* a field is due, if an empty one */
} VitkCsv;

extern void vitk_csv_open(VitkCsv *csv, const char *s, size_t len, char delimiter);
extern bool vitk_csv_field(VitkCsv *csv, char *out, size_t *len, bool *ends_record);

#endif							/* VITK_CORE_CSV_H */
