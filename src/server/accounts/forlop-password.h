/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Passwords of local accounts. Making and checking one takes 64 MiB and about a tenth of a second by
 * design: never on the thread that serves HTTP. */

#define FORLOP_PASSWORD_MIN_CHARS 12
#define FORLOP_PASSWORD_MAX_BYTES 256

/* Argon2id with its salt and cost, as text. */
char     *forlop_password_hash         (const char  *password) G_GNUC_WARN_UNUSED_RESULT;
/* @hash NULL, for an account that does not exist, takes as long and is always wrong. */
gboolean  forlop_password_verify       (const char  *hash,
                                        const char  *password);
/* 99 random bits as twenty letters and digits that are not mistaken for each other. */
char     *forlop_password_new_one_time (void) G_GNUC_WARN_UNUSED_RESULT;
/* Whether a person may choose @password for the account @name. */
gboolean  forlop_password_check        (const char  *password,
                                        const char  *name,
                                        GError     **error);

G_END_DECLS
