/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <yyjson.h>

#include <glib.h>

G_BEGIN_DECLS

/* NAME.json in a folder that has one file of settings for each municipality. @path: (out): the file, for what is
 * said of it. NULL without an error when there is none. */
yyjson_doc *forlop_settings_file_read (const char  *folder,
                                       const char  *name,
                                       char       **path,
                                       GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
