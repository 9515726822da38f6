/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>
#include <yyjson.h>

G_BEGIN_DECLS

/* Small conveniences on yyjson. A getter leaves @value as it is where the key is missing or null,
 * so the caller sets the default first; it returns FALSE with a sentence that names the key where
 * the value is of another kind. */

yyjson_doc *forlop_json_parse       (const char      *text,
                                     gssize           length,
                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* The value of a key that must be there and not null. */
yyjson_val *forlop_json_require     (yyjson_val      *object,
                                     const char      *key,
                                     GError         **error);
gboolean    forlop_json_get_text    (yyjson_val      *object,
                                     const char      *key,
                                     const char     **value,
                                     GError         **error);
gboolean    forlop_json_get_integer (yyjson_val      *object,
                                     const char      *key,
                                     gint64          *value,
                                     GError         **error);
gboolean    forlop_json_get_real    (yyjson_val      *object,
                                     const char      *key,
                                     double          *value,
                                     GError         **error);
gboolean    forlop_json_get_boolean (yyjson_val      *object,
                                     const char      *key,
                                     gboolean        *value,
                                     GError         **error);
/* Adds a copy of @value; nothing where it is NULL. @key must live as long as the document. */
void        forlop_json_add_text    (yyjson_mut_doc  *doc,
                                     yyjson_mut_val  *object,
                                     const char      *key,
                                     const char      *value);
char       *forlop_json_write       (yyjson_mut_doc  *doc,
                                     gboolean         pretty) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (yyjson_doc, yyjson_doc_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (yyjson_mut_doc, yyjson_mut_doc_free)

G_END_DECLS
