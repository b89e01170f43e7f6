/*
 * two_part.h
 *		Usual intakes of what is not eaten daily: how often, and how much on such days.
 */
#ifndef VITK_CORE_TWO_PART_H
#define VITK_CORE_TWO_PART_H

#include "core/usual_intake.h"

/*
 * The share of persons whose usual intake is below the reference value, or above.
 * frequency: the components of days that are 1 with and 0 without intake; amount:
 * those of the days with intake, on the scale.
 */
extern bool vitk_two_part_share(const VitkComponents *frequency, const VitkComponents *amount, double reference,
								VitkIntakeScale scale, bool above, double *out, VitkErr *err);

#endif							/* VITK_CORE_TWO_PART_H */
