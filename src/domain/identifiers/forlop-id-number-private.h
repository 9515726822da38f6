/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-id-number.h"

G_BEGIN_DECLS

/* Remainders of the two check sums modulo 11; zero is right by the rule of today. */
typedef struct {
  int first;
  int second;
} ForlopIdNumberRemainders;

ForlopIdNumberRemainders forlop_id_number_remainders (const int *digits);
/* The year in which somebody with these two digits of the year and these individual digits was
 * born, by the rule for numbers issued before 2032; 0 where the rule names none. */
int                      forlop_id_number_birth_year (int        short_year,
                                                      int        individual);

G_END_DECLS
