/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-cli.h"
#include "forlop-json.h"
#include "forlop-field-value.h"

G_BEGIN_DECLS

/* The text of a file; "-" is standard input. */
char           *forlop_cli_read_file  (const char       *path,
                                       GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same to be read bit by bit. */
GInputStream   *forlop_cli_open_file  (const char       *path,
                                       GCancellable     *cancellable,
                                       GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* The text as it is given, from standard input ("-") or from a file ("@FILE"). The last two keep
 * names and numbers of citizens out of the list of processes. */
char           *forlop_cli_read_argument (const char    *text,
                                       GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* A new document with an object at its top, in @root. */
yyjson_mut_doc *forlop_cli_new_json   (yyjson_mut_val  **root) G_GNUC_WARN_UNUSED_RESULT;
/* Like forlop_json_add_text(), but null where there is no text: the key is always there. */
void            forlop_cli_json_text  (yyjson_mut_doc   *doc,
                                       yyjson_mut_val   *object,
                                       const char       *key,
                                       const char       *text);
/* A day or a point in time as ISO text, or null. */
void            forlop_cli_json_date  (yyjson_mut_doc   *doc,
                                       yyjson_mut_val   *object,
                                       const char       *key,
                                       ForlopDate        date);
void            forlop_cli_json_instant (yyjson_mut_doc *doc,
                                       yyjson_mut_val   *object,
                                       const char       *key,
                                       gint64            at_ms);
/* A record as JSON. Unless @whole, the last five digits of identity numbers are dots. */
yyjson_mut_val *forlop_cli_json_record (ForlopRecord    *record,
                                       gboolean          whole,
                                       yyjson_mut_doc   *doc);
/* "150729 •••••", or all of it. */
char           *forlop_cli_dup_number (const char       *number,
                                       gboolean          whole) G_GNUC_WARN_UNUSED_RESULT;
void            forlop_cli_print_json (yyjson_mut_doc   *doc);

G_END_DECLS
