/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-letter-paper.h"
#include "gp-fixture.h"

G_BEGIN_DECLS

/* Liv Haug with a decision and a plan that nothing is missing in. */

typedef struct {
  GpFixture base;
  ForlopLetter *decision;
  ForlopLetter *plan;
} LetterFixture;

void    letter_fixture_init   (LetterFixture      *self);
void    letter_fixture_clear  (LetterFixture      *self);
/* An item of @product with the citizen. */
void    letter_fixture_lend   (LetterFixture      *self,
                               ForlopLetter       *letter,
                               const char         *product);
/* The only sentence of what is missing in @letter. */
char   *letter_fixture_missing (const ForlopLetter *letter) G_GNUC_WARN_UNUSED_RESULT;
char   *letter_fixture_read   (const ForlopLetter *letter) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
