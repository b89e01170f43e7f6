/*
 * study_sample.h
 *		Type study_sample in the server: 24 bytes, by reference.
 */
#ifndef VITK_STUDY_SAMPLE_H
#define VITK_STUDY_SAMPLE_H

#include "vitk.h"

#include "core/study_sample.h"

#define PG_GETARG_STUDY_SAMPLE_P(n) ((VitkSample *) PG_GETARG_POINTER(n))
#define PG_RETURN_STUDY_SAMPLE_P(x) PG_RETURN_POINTER(x)

extern void study_sample_overflow(void);	/* raises */

#endif							/* VITK_STUDY_SAMPLE_H */
