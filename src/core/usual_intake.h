/*
 * usual_intake.h
 *		Usual intakes from diaries of a few days: the shrinkage of NRC 1986,
 *		shares below and above a reference value.
 */
#ifndef VITK_CORE_USUAL_INTAKE_H
#define VITK_CORE_USUAL_INTAKE_H

#include "core/variance_components.h"

/* The scale on which days of a person scatter evenly */
typedef enum VitkIntakeScale
{
	VITK_INTAKE_NONE,
	VITK_INTAKE_SQRT,
	VITK_INTAKE_CUBEROOT,
	VITK_INTAKE_LOG
} VitkIntakeScale;

extern bool vitk_intake_scale_by_name(const char *s, size_t len, VitkIntakeScale *out, VitkErr *err);
extern bool vitk_usual_scale(double x, VitkIntakeScale scale, double *out, VitkErr *err);
extern bool vitk_usual_unscale(double y, VitkIntakeScale scale, double *out, VitkErr *err);

/* The mean over days whose mean on the scale is y and whose variance there is "within" */
extern double vitk_mean_of_days(double y, double within, VitkIntakeScale scale);

/* the person has one day or more */
extern bool vitk_usual_intake(const VitkSample *person, const VitkComponents *c, VitkIntakeScale scale,
							  double *out, VitkErr *err);

/* May a share of persons be told from a reference value of this kind? */
extern bool vitk_share_kind(const char *kind, size_t len, bool above, VitkErr *err);
extern bool vitk_components_share(const VitkComponents *c, double reference, VitkIntakeScale scale,
								  bool above, double *out, VitkErr *err);

#endif							/* VITK_CORE_USUAL_INTAKE_H */
