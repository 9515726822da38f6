/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-acts.h"

G_BEGIN_DECLS

/* What a municipality needs before its first referral: an allocation office, a zone, an equipment
 * store and a follow-up centre, an organisation profile, the legal references, and one user with
 * every role. Made through the acts, in one transaction. */

/**
 * ForlopSetUp:
 * @municipality: name of the organisation profile.
 * @municipality_number: (nullable): four digits.
 * @user_name: the first user.
 * @short_name: what --as and colleagues call him.
 */
typedef struct {
  const char *municipality;
  const char *municipality_number;
  const char *user_name;
  const char *short_name;
} ForlopSetUp;

/**
 * ForlopSetUpReport:
 * @made: whether anything was made; a municipality that is set up already is left alone.
 * @n_references: the legal references.
 * @units: names of the units.
 */
typedef struct {
  gboolean made;
  unsigned int n_references;
  char **units;
} ForlopSetUpReport;

void               forlop_set_up_report_free (ForlopSetUpReport  *self);
/* On the writer's thread of the store, inside its transaction. */
ForlopSetUpReport *forlop_set_up_perform     (ForlopConnection   *connection,
                                              ForlopIdSource     *ids,
                                              gint64              now,
                                              const ForlopSetUp  *set_up,
                                              GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* Likewise. */
unsigned int       forlop_set_up_references  (ForlopConnection   *connection,
                                              ForlopIdSource     *ids,
                                              gint64              now,
                                              GError            **error);
gboolean           forlop_set_up_templates   (ForlopConnection   *connection,
                                              ForlopIdSource     *ids,
                                              gint64              now,
                                              GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopSetUpReport, forlop_set_up_report_free)

G_END_DECLS
