/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-acts.h"
#include "forlop-store.h"

G_BEGIN_DECLS

/* A large municipality on an encrypted file: 100,000 citizens, 20,000 running cases, 10 million
 * measurements. Made once and kept in the user's cache, because it takes minutes; the shape is the
 * same each time. Set FORLOP_BENCH_SCALE to a smaller share, such as 0.01, to try a benchmark out. */

#define BENCH_TODAY "2026-11-22"

typedef struct {
  char *path;
  ForlopKey *key;
  ForlopClock *clock;
  ForlopIdSource *ids;
  ForlopStore *store;

  unsigned int n_citizens;
  unsigned int n_cases;
  gint64 n_measurements;

  char *zone;
  ForlopActor *nurse;
  char *case_id;     /* of a citizen with two years of measurements */
  char *citizen_id;
  char *written_case_id; /* another, for what writes: the first stays as it is */
  char *written_citizen_id;
} BenchMunicipality;

BenchMunicipality *bench_municipality_open (void);
void               bench_municipality_free (BenchMunicipality *self);
/* Seconds since some point, for differences. */
double             bench_seconds           (void);
int                bench_compare_doubles   (gconstpointer      a,
                                            gconstpointer      b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchMunicipality, bench_municipality_free)

G_END_DECLS
