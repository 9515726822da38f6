/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-acts.h"
#include "forlop-cli.h"
#include "forlop-record-store.h"

G_BEGIN_DECLS

/* Opens the file that --store names. With --today the clock starts at noon of that day, or just
 * after the newest act of that day, so that what is done one after the other is in that order. */
ForlopStore *forlop_cli_open_store  (ForlopCli         *self,
                                     GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* Makes that file, empty, its key wrapped as the options say. */
gboolean     forlop_cli_make_store  (ForlopCli         *self,
                                     GError           **error);

/* Logs @action on @kinds of information of one citizen, or of many where @citizen_id is NULL, by whom
 * --as names; without it by whoever holds the key. On the writer, before anything is shown. */
gboolean     forlop_cli_log_on_worker (ForlopConnection *connection,
                                     ForlopCli         *self,
                                     const char        *citizen_id,
                                     const char        *case_id,
                                     const char        *action,
                                     const char        *kinds,
                                     GError           **error);
/* The same from outside, for many citizens. */
gboolean     forlop_cli_log         (ForlopCli         *self,
                                     ForlopStore       *store,
                                     const char        *action,
                                     const char        *kinds,
                                     GError           **error);

/* The id a person's way of naming a record stands for: a case number, an identity number, the name
 * of a unit, the short name of a user. An id is given back as it is. NULL with an error when there
 * is no such record. On a thread of the store. */
char        *forlop_cli_resolve     (ForlopConnection  *connection,
                                     const char        *type,
                                     const char        *name,
                                     GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether records of @type can be named by anything else than their id. */
gboolean     forlop_cli_can_resolve (const char        *type);

/* Who --as names, in each function that @act allows, the one in the unit that is responsible for the
 * case first. GPtrArray of ForlopActor, never empty. On a thread of the store. */
GPtrArray   *forlop_cli_find_actors (ForlopConnection  *connection,
                                     const char        *as,
                                     const ForlopAct   *act,
                                     const char        *case_id,
                                     ForlopDate         today,
                                     GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* The first of them. */
ForlopActor *forlop_cli_find_actor  (ForlopConnection  *connection,
                                     const char        *as,
                                     const ForlopAct   *act,
                                     const char        *case_id,
                                     ForlopDate         today,
                                     GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
