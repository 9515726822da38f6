/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <yyjson.h>

#include "machine-test-util.h"

G_BEGIN_DECLS

/* Liv is followed up in Heim's platform, with a plan and an oximeter; Arne, in the same zone, is not, and nobody
 * else's system hears of either. */
typedef struct {
  HttpTest *test;
  char *token; /* Heim's, which reads */
  Machine *kari;
  Machine *geir;
  char *arne;
  char *product;
  char *item;
  char *loan;
} FhirTest;

#define FHIR_TEST_ID_NUMBER "12835430098"
#define FHIR_TEST_SERIAL "OX-77"

FhirTest     fhir_test_set_up        (HttpTest     *test);
void         fhir_test_clear         (FhirTest     *self);
/* Its token. */
char        *fhir_test_add_system    (HttpTest     *test,
                                      const char   *name,
                                      const char   *unit,
                                      gboolean      reads) G_GNUC_WARN_UNUSED_RESULT;
/* A reading of Liv's; @state is the Observation's status. */
void         fhir_test_post          (FhirTest     *self,
                                      int           status,
                                      const char   *code,
                                      const char   *value,
                                      const char   *unit,
                                      const char   *at,
                                      const char   *state);
/* Nine readings of Liv's at once: one of each measure. */
void         fhir_test_post_every_measure (FhirTest *self);
yyjson_doc  *fhir_test_get           (FhirTest     *self,
                                      int           status,
                                      const char   *path) G_GNUC_WARN_UNUSED_RESULT;
/* By a JSON pointer; NULL when there is no text. */
const char  *fhir_test_text          (yyjson_doc   *doc,
                                      const char   *pointer);
unsigned int fhir_test_count_entries (yyjson_doc   *doc);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FhirTest, fhir_test_clear)

G_END_DECLS
