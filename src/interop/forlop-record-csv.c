/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-interop"

#include "forlop-record-csv.h"

static void
add_minute (ForlopCsvWriter *writer,
            gint64           minute)
{
  g_autofree char *text = g_strdup_printf ("%02d.%02d", (int) (minute / 60), (int) (minute % 60));

  forlop_csv_writer_add_text (writer, text);
}

static void
add_field (ForlopCsvWriter   *writer,
           ForlopRecord      *record,
           const ForlopField *field)
{
  if (!forlop_record_has (record, field->name))
    {
      forlop_csv_writer_add_text (writer, NULL);
      return;
    }

  switch (field->kind)
    {
    case FORLOP_KIND_DATE:
      forlop_csv_writer_add_date (writer, forlop_record_get_date (record, field->name));
      return;
    case FORLOP_KIND_INSTANT:
      forlop_csv_writer_add_instant (writer, forlop_record_get_instant (record, field->name));
      return;
    case FORLOP_KIND_MINUTE:
      add_minute (writer, forlop_record_get_integer (record, field->name));
      return;
    case FORLOP_KIND_INTEGER:
      forlop_csv_writer_add_integer (writer, forlop_record_get_integer (record, field->name));
      return;
    case FORLOP_KIND_BOOLEAN:
      forlop_csv_writer_add_integer (writer, forlop_record_get_boolean (record, field->name));
      return;
    case FORLOP_KIND_REAL:
      forlop_csv_writer_add_real (writer, forlop_record_get_real (record, field->name));
      return;
    case FORLOP_KIND_TEXT:
    case FORLOP_KIND_NOTE:
    case FORLOP_KIND_CHOICE:
    case FORLOP_KIND_REF:
    case FORLOP_KIND_ID_NUMBER:
    case FORLOP_KIND_PHONE:
    case FORLOP_KIND_BLOB:
    default:
      forlop_csv_writer_add_text (writer, forlop_record_get_text (record, field->name));
      return;
    }
}

/**
 * forlop_record_csv_write_heading:
 *
 * Returns: %FALSE with the stream's error
 */
gboolean
forlop_record_csv_write_heading (ForlopCsvWriter         *writer,
                                 const ForlopRecordType  *type,
                                 GCancellable            *cancellable,
                                 GError                 **error)
{
  g_return_val_if_fail (writer != NULL, FALSE);
  g_return_val_if_fail (type != NULL, FALSE);

  forlop_csv_writer_add_text (writer, "id");
  for (const ForlopField *field = type->fields; field->name != NULL; field++)
    forlop_csv_writer_add_text (writer, field->name);

  return forlop_csv_writer_end_row (writer, cancellable, error);
}

/**
 * forlop_record_csv_write_record:
 * @record: a record of the type whose heading was written
 *
 * Writes one row, so that an export of any size can be read from the store page by page.
 *
 * Returns: %FALSE with the stream's error
 */
gboolean
forlop_record_csv_write_record (ForlopCsvWriter  *writer,
                                ForlopRecord     *record,
                                GCancellable     *cancellable,
                                GError          **error)
{
  g_return_val_if_fail (writer != NULL, FALSE);
  g_return_val_if_fail (FORLOP_IS_RECORD (record), FALSE);

  const ForlopRecordType *type = forlop_record_get_rtype (record);

  forlop_csv_writer_add_text (writer, forlop_record_get_id (record));
  for (const ForlopField *field = type->fields; field->name != NULL; field++)
    add_field (writer, record, field);

  return forlop_csv_writer_end_row (writer, cancellable, error);
}

/**
 * forlop_record_csv_write:
 * @records: (element-type ForlopRecord): records of @type
 *
 * Writes heading and rows; forlop_csv_writer_finish() is left to the caller.
 *
 * Returns: %FALSE with the stream's error
 */
gboolean
forlop_record_csv_write (ForlopCsvWriter         *writer,
                         const ForlopRecordType  *type,
                         GPtrArray               *records,
                         GCancellable            *cancellable,
                         GError                 **error)
{
  g_return_val_if_fail (records != NULL, FALSE);

  if (!forlop_record_csv_write_heading (writer, type, cancellable, error))
    return FALSE;

  for (unsigned int i = 0; i < records->len; i++)
    {
      ForlopRecord *record = g_ptr_array_index (records, i);

      g_return_val_if_fail (forlop_record_get_rtype (record) == type, FALSE);
      if (!forlop_record_csv_write_record (writer, record, cancellable, error))
        return FALSE;
    }

  return TRUE;
}
