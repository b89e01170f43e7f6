/*
 * survey_sample.h
 *		survey_sample in the server: arguments.
 */
#ifndef VITK_SURVEY_SAMPLE_H
#define VITK_SURVEY_SAMPLE_H

#include "vitk.h"

#include "core/survey_sample.h"

extern VitkSurvey *vitk_get_survey(Datum d);

#endif							/* VITK_SURVEY_SAMPLE_H */
