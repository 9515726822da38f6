/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

#include "acts-test-util.h"
#include "forlop-tenants.h"

G_BEGIN_DECLS

/* The shipped server as a process of its own on loopback, with a municipality "skien" on an encrypted file, or in
 * PostgreSQL under with-postgres. */

typedef struct {
  char *folder;
  char *data;
  ActsTest *acts;
  ForlopClock *clock;
  ForlopIdSource *ids;
  GPtrArray *devices; /* of BenchDevice */
  gboolean on_one_core; /* set before the start */
  GSubprocess *process;
  char *address;
  char *epoch;
} BenchServer;

/* A machine of Kari's, signed in. */
typedef struct {
  char *id;
  char *token;
  gint64 op_no;
} BenchDevice;

BenchServer  *bench_server_new         (unsigned int       n_devices);
/* @func: fills the municipality before the server takes it over. */
BenchServer  *bench_server_new_filled  (unsigned int       n_devices,
                                        void             (*func) (ActsTest *acts));
/* Before the start: @n tasks in the log, each a changeset of its own, taken by the shipped endpoint
 * without HTTP. */
void          bench_server_fill        (BenchServer       *self,
                                        unsigned int       n);
/* Before the start: what @func writes into the log itself. */
void          bench_server_write       (BenchServer       *self,
                                        void             (*func) (ForlopServerStorage *storage));
/* Before the start: another system of the nurse's unit; its token. */
char         *bench_server_add_system  (BenchServer       *self,
                                        const char        *name,
                                        gboolean           reads) G_GNUC_WARN_UNUSED_RESULT;
/* The calling thread, and what it starts from now on, has one core; FALSE: all of them again. */
void          bench_use_one_core       (gboolean           one);
/* What a mirror at the head knows of it. */
char         *bench_server_get_hash    (BenchServer       *self,
                                        gint64            *pos) G_GNUC_WARN_UNUSED_RESULT;
void          bench_server_start       (BenchServer       *self);
/* What is for before the start may come after it; then start again. */
void          bench_server_stop        (BenchServer       *self);
/* Resident memory of the process, in kilobytes: now, or the most it was. */
gint64        bench_server_get_memory  (BenchServer       *self,
                                        gboolean           at_most);
void          bench_server_free        (BenchServer       *self);

/* A push of @n changesets with one task each, after the device's newest. */
char         *bench_make_push          (BenchServer       *server,
                                        BenchDevice       *device,
                                        unsigned int       n);

double        bench_now                (void);
double        bench_median             (double            *values,
                                        unsigned int       n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchServer, bench_server_free)

G_END_DECLS
