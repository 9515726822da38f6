/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-tenants.h"
#include "http-test-util.h"

G_BEGIN_DECLS

/* The programs themselves, with a municipality, and killing them. In PostgreSQL two servers share it. */

#define KILL_TEST_CLIENTS 3
#define KILL_TEST_MAX_SERVERS 2
#define KILL_TEST_ROLE "forlop_app"

typedef struct {
  GSubprocess *process;
  guint16 port;
} KillServer;

typedef struct {
  gboolean in_postgres;
  char *folder;
  char *data;
  ActsTest *acts;
  char *citizen_id; /* in the zone */
  GRand *random;
  KillServer servers[KILL_TEST_MAX_SERVERS];
  unsigned int n_servers;
  GSubprocess *clients[KILL_TEST_CLIENTS];
  char *tokens[KILL_TEST_CLIENTS];
  unsigned int n_killed;
  char *gateways;    /* nullable: the servers' folder of gateways */
  const char *today; /* nullable: the servers' day */
} KillTest;

typedef void (*KillTestFunc) (KillTest *self);

/* Clients run at once when @with_clients. */
KillTest     *kill_test_new              (gboolean           with_clients);
/* @prepare works in the acts' file before the municipality takes it in. */
KillTest     *kill_test_new_prepared     (KillTestFunc       prepare);
void          kill_test_free             (KillTest          *self);
const char   *kill_test_conninfo         (gboolean           owner);
ForlopTenant *kill_test_open_tenant      (KillTest          *self);
/* A program that does not outlive the test. */
GSubprocess  *kill_test_start            (const char *const *words);
void          kill_test_start_server     (KillTest          *self,
                                          KillServer        *server);
void          kill_test_start_client     (KillTest          *self,
                                          unsigned int       n);
/* A moment that nobody chose. */
void          kill_test_let_time_pass    (KillTest          *self);
void          kill_test_kill_at_random   (KillTest          *self,
                                          double             seconds);
void          kill_test_wait_for_clients (KillTest          *self);
void          kill_test_stop_servers     (KillTest          *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KillTest, kill_test_free)

G_END_DECLS
