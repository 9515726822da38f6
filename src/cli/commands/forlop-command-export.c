/* SPDX-License-Identifier: EUPL-1.2 */

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>

#include "forlop-access-store.h"
#include "forlop-cli-store.h"
#include "forlop-commands.h"
#include "forlop-error.h"
#include "forlop-measurement-store.h"
#include "forlop-progress.h"
#include "forlop-record-csv.h"

/* Only who runs the program may read what it writes out. */
#define FOLDER_MODE 0700

static gpointer
records_on_worker (ForlopConnection  *connection,
                   gpointer           user_data,
                   GCancellable      *cancellable G_GNUC_UNUSED,
                   GError           **error)
{
  const ForlopRecordType *type = user_data;

  return forlop_record_store_list (connection, type->name, NULL, NULL, error);
}

static ForlopRecord *
to_record (const char                    *citizen_id,
           const ForlopStoredMeasurement *stored)
{
  ForlopRecord *record = forlop_record_new (forlop_record_type_find ("measurement"), stored->id);

  forlop_record_set_text (record, "citizen_id", citizen_id);
  forlop_record_set_text (record, "code", stored->code);
  if (!isnan (stored->value))
    forlop_record_set_real (record, "value", stored->value);
  forlop_record_set_instant (record, "measured_at", stored->measured_at);
  forlop_record_set_instant (record, "received_at", stored->received_at);
  forlop_record_set_text (record, "source", stored->source);
  forlop_record_set_text (record, "quality", stored->quality);
  forlop_record_set_text (record, "note", stored->note);

  return record;
}

static gpointer
measurements_on_worker (ForlopConnection  *connection,
                        gpointer           user_data,
                        GCancellable      *cancellable G_GNUC_UNUSED,
                        GError           **error)
{
  const char *citizen_id = user_data;
  g_autoptr (GPtrArray) stored =
    forlop_measurement_store_list (connection, citizen_id, NULL, G_MININT64, G_MAXINT64, error);
  GPtrArray *records;

  if (stored == NULL)
    return NULL;
  records = g_ptr_array_new_with_free_func (g_object_unref);
  for (unsigned int i = 0; i < stored->len; i++)
    g_ptr_array_add (records, to_record (citizen_id, g_ptr_array_index (stored, i)));

  return records;
}

static gboolean
write_records (ForlopCsvWriter  *writer,
               GPtrArray        *records,
               GCancellable     *cancellable,
               GError          **error)
{
  for (unsigned int i = 0; i < records->len; i++)
    if (!forlop_record_csv_write_record (writer, g_ptr_array_index (records, i), cancellable, error))
      return FALSE;

  return TRUE;
}

/* A citizen at a time: there may be ten million. */
static gboolean
write_measurements (ForlopCli        *self,
                    ForlopStore      *store,
                    ForlopCsvWriter  *writer,
                    GError          **error)
{
  g_autoptr (GPtrArray) citizens = forlop_store_read_sync (
    store, records_on_worker, (gpointer) forlop_record_type_find ("citizen"),
    (GDestroyNotify) g_ptr_array_unref, self->cancellable, error);
  g_autoptr (ForlopProgress) progress = forlop_progress_new (_("Writing measurements…"));

  if (citizens == NULL)
    return FALSE;
  for (unsigned int i = 0; i < citizens->len; i++)
    {
      const char *id = forlop_record_get_id (g_ptr_array_index (citizens, i));
      g_autoptr (GPtrArray) records =
        forlop_store_read_sync (store, measurements_on_worker, (gpointer) id,
                                (GDestroyNotify) g_ptr_array_unref, self->cancellable, error);

      forlop_progress_set (progress, i, citizens->len);
      if (records == NULL || !write_records (writer, records, self->cancellable, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_all_records (ForlopCli               *self,
                   ForlopStore             *store,
                   const ForlopRecordType  *type,
                   ForlopCsvWriter         *writer,
                   GError                 **error)
{
  g_autoptr (GPtrArray) records =
    forlop_store_read_sync (store, records_on_worker, (gpointer) type,
                            (GDestroyNotify) g_ptr_array_unref, self->cancellable, error);

  return records != NULL && write_records (writer, records, self->cancellable, error);
}

/* Written under another name and renamed when it is whole; a failure leaves what was there. */
static gboolean
export_type (ForlopCli               *self,
             ForlopStore             *store,
             const ForlopRecordType  *type,
             const char              *folder,
             GError                 **error)
{
  g_autofree char *name = g_strconcat (type->name, ".csv", NULL);
  g_autoptr (GFile) file = g_file_new_build_filename (folder, name, NULL);
  g_autoptr (GFileOutputStream) stream =
    g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                    self->cancellable, error);
  g_autoptr (ForlopCsvWriter) writer = NULL;
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  gboolean written;

  if (stream == NULL)
    return FALSE;

  writer = forlop_csv_writer_new (G_OUTPUT_STREAM (stream), 0);
  written = forlop_record_csv_write_heading (writer, type, self->cancellable, error) &&
            (g_str_equal (type->name, "measurement")
               ? write_measurements (self, store, writer, error)
               : write_all_records (self, store, type, writer, error)) &&
            forlop_csv_writer_finish (writer, self->cancellable, error);
  if (written)
    return g_output_stream_close (G_OUTPUT_STREAM (stream), self->cancellable, error);

  /* A cancelled close does not rename. */
  g_cancellable_cancel (cancelled);
  g_output_stream_close (G_OUTPUT_STREAM (stream), cancelled, NULL);

  return FALSE;
}

static int
export_types (ForlopCli              *self,
              const ForlopRecordType *only,
              const char             *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopStore) store = forlop_cli_open_store (self, &error);
  unsigned int n;
  const ForlopRecordType *const *types = forlop_record_types (&n);
  unsigned int n_written = 0;

  if (store == NULL)
    return forlop_cli_fail (error);
  if (g_mkdir_with_parents (folder, FOLDER_MODE) != 0)
    {
      g_set_error (&error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                   _("The folder “%s” could not be made: %s. Nothing was written."), folder,
                   g_strerror (errno));
      return forlop_cli_fail (error);
    }

  for (unsigned int i = 0; i < n; i++)
    {
      if (only != NULL && only != types[i])
        continue;
      if (!forlop_cli_log (self, store, FORLOP_ACCESS_EXPORTED, types[i]->name, &error) ||
          !export_type (self, store, types[i], folder, &error))
        return forlop_cli_fail (error);
      n_written++;
    }
  forlop_cli_print (ngettext ("Wrote %u file in “%s”. It is not encrypted.\n",
                              "Wrote %u files in “%s”. They are not encrypted.\n", n_written),
                    n_written, folder);

  return FORLOP_EXIT_DONE;
}

int
forlop_command_export_csv (ForlopCli  *self,
                           char      **argv)
{
  g_auto (GStrv) rest = NULL;
  const ForlopRecordType *type = NULL;
  int exit_code;

  if (!forlop_cli_parse (self, "export csv", argv, NULL, &rest, &exit_code))
    return exit_code;
  if (g_strv_length (rest) != 2)
    return forlop_cli_usage (_("Give a kind of record, or “all”, and a folder: forlopctl export csv TYPE DIR"));

  if (!g_str_equal (rest[0], "all"))
    {
      type = forlop_record_type_find (rest[0]);
      if (type == NULL)
        return forlop_cli_usage (_("There is no kind of record “%s”; “forlopctl dictionary” lists them."), rest[0]);
    }

  return export_types (self, type, rest[1]);
}
