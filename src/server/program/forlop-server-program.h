/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-tenant.h"

G_BEGIN_DECLS

/* The command line of forlop-server. Exit codes: 0 done, 1 refused or failed with a sentence on standard
 * error, 64 not understood. */

#define FORLOP_SERVER_DONE 0
#define FORLOP_SERVER_REFUSED 1
#define FORLOP_SERVER_USAGE 64

/**
 * ForlopServerOptions:
 *
 * What was said on the command line; text is owned.
 */
typedef struct {
  char *folder;
  char *postgres;
  char *role;
  char *key_file;
  char **listen;
  char *tenant;
  char *user;
  char *full_name;
  char *unit;
  char *openid_folder;
  char *gateway_folder;
  char *issuer;
  char *subject;
  char *citizen;
  char *remembered; /* of the access log: ROW:HASH */
  char *store;
  char *passphrase_file;
  char *to;
  char *from;
  char *backup_folder;
  ForlopClock *clock; /* the system's, or that of a day that was named */
  gboolean allow_remote;
  gboolean behind_proxy;
  gboolean is_safe;
  gboolean as_csv;
  gboolean reads;
  int take_up_days;
  int lease_hours;
} ForlopServerOptions;

/* Language, memory and libraries; before anything else. */
void forlop_server_init_runtime (void);
int  forlop_server_program_run  (int    argc,
                                 char **argv);

/* The commands. @words are those after the command's own, ended by NULL. */
int forlop_server_run          (const ForlopServerOptions *options,
                                char                     **words);
int forlop_server_tenant       (const ForlopServerOptions *options,
                                char                     **words);
int forlop_server_account      (const ForlopServerOptions *options,
                                char                     **words);
int forlop_server_openid       (const ForlopServerOptions *options,
                                char                     **words);
int forlop_server_audit        (const ForlopServerOptions *options,
                                char                     **words);
int forlop_server_backup       (const ForlopServerOptions *options,
                                char                     **words);
int forlop_server_gateway      (const ForlopServerOptions *options,
                                char                     **words);
int forlop_server_device       (const ForlopServerOptions *options,
                                char                     **words);
int forlop_server_system       (const ForlopServerOptions *options,
                                char                     **words);
int forlop_server_safe         (const ForlopServerOptions *options,
                                char                     **words);
int forlop_server_restore      (const ForlopServerOptions *options,
                                char                     **words);

/* The municipality @name, for a command. */
ForlopTenant *forlop_server_open_tenant (const ForlopServerOptions *options,
                                const char                *name,
                                GError                   **error) G_GNUC_WARN_UNUSED_RESULT;

int forlop_server_fail         (const GError              *error);
int forlop_server_usage        (const char                *format,
                                ...) G_GNUC_PRINTF (1, 2);

G_END_DECLS
