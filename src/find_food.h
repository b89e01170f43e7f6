/*
 * find_food.h
 *		Text as people type it.
 */
#ifndef VITK_FIND_FOOD_H
#define VITK_FIND_FOOD_H

#include "vitk.h"

/* In small letters without accents, see vitk_plain_letters() */
extern text *vitk_plain_text(const text *t);

#endif							/* VITK_FIND_FOOD_H */
