/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Files beside the database. What is written is either whole and durable or not there: written
 * under another name, synced, renamed, and the folder synced. */

#define FORLOP_FILE_NEW_SUFFIX ".new"

gboolean  forlop_file_write        (const char     *path,
                                    gconstpointer   data,
                                    gsize           length,
                                    GError        **error);
/* Whole file; one larger than @max_length is DAMAGED. */
GBytes   *forlop_file_read         (const char     *path,
                                    gsize           max_length,
                                    GError        **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  forlop_file_copy         (const char     *from,
                                    const char     *to,
                                    GError        **error);

/* The steps, for those who write piece by piece. An existing file at @path is emptied. */
int       forlop_file_create       (const char     *path,
                                    GError        **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  forlop_file_append       (int             fd,
                                    const char     *path,
                                    gconstpointer   data,
                                    gsize           length,
                                    GError        **error);
gboolean  forlop_file_sync         (int             fd,
                                    const char     *path,
                                    GError        **error);
gboolean  forlop_file_sync_path    (const char     *path,
                                    GError        **error);
/* Renames over @to and syncs the folder. */
gboolean  forlop_file_publish      (const char     *from,
                                    const char     *to,
                                    GError        **error);
gboolean  forlop_file_make_folder  (const char     *path,
                                    GError        **error);

/* With everything in it; what cannot be removed stays. */
void      forlop_file_remove_folder (const char    *path);

/* Locks @path against every other open of it, also in this process. The file is made where it is
 * missing and stays. Returns a descriptor to close, or -1: IN_USE when somebody else has it. */
int       forlop_file_lock         (const char     *path,
                                    GError        **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ForlopFileFault:
 *
 * Asked before every write, sync and rename ("write", "sync", "rename"): 0, or the errno to fail
 * with. Lets tests fill the disk at a chosen moment.
 */
typedef int (*ForlopFileFault) (const char *operation,
                                gpointer    user_data);

void      forlop_file_set_fault    (ForlopFileFault fault,
                                    gpointer        user_data);

G_END_DECLS
