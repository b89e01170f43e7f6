/*
 * meta_regression.h
 *		Meta-regression in the server.
 */
#ifndef VITK_META_REGRESSION_H
#define VITK_META_REGRESSION_H

#include "vitk.h"

#include "core/meta_regression.h"

extern void vitk_regression_alloc(VitkRegression *m, int k, int moderators);

#endif							/* VITK_META_REGRESSION_H */
