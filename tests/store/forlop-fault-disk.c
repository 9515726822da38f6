/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-fault-disk.h"

#include <string.h>

#define SECTOR 512

/* A write, or with no data a truncation to @offset. */
typedef struct {
  gint64 offset;
  GBytes *data;
} PendingChange;

typedef struct {
  GByteArray *synced;
  GArray *pending;
} DiskFile;

struct _ForlopFaultDisk
{
  GHashTable *files; /* path → DiskFile */
};

static void
pending_change_clear (gpointer data)
{
  PendingChange *change = data;

  g_clear_pointer (&change->data, g_bytes_unref);
}

static void
disk_file_free (gpointer data)
{
  DiskFile *file = data;

  g_byte_array_unref (file->synced);
  g_array_unref (file->pending);
  g_free (file);
}

ForlopFaultDisk *
forlop_fault_disk_new (void)
{
  ForlopFaultDisk *self = g_new0 (ForlopFaultDisk, 1);

  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, disk_file_free);
  return self;
}

void
forlop_fault_disk_free (ForlopFaultDisk *self)
{
  g_hash_table_unref (self->files);
  g_free (self);
}

void
forlop_fault_disk_open (ForlopFaultDisk *self,
                        const char      *path)
{
  if (g_hash_table_contains (self->files, path))
    return;

  DiskFile *file = g_new0 (DiskFile, 1);
  g_autofree char *bytes = NULL;
  gsize length = 0;
  file->synced = g_byte_array_new ();
  file->pending = g_array_new (FALSE, FALSE, sizeof (PendingChange));
  g_array_set_clear_func (file->pending, pending_change_clear);
  if (g_file_get_contents (path, &bytes, &length, NULL))
    g_byte_array_append (file->synced, (const guint8 *) bytes, (guint) length);
  g_hash_table_insert (self->files, g_strdup (path), file);
}

static void
add_pending (ForlopFaultDisk *self,
             const char      *path,
             gint64           offset,
             GBytes          *data)
{
  DiskFile *file = g_hash_table_lookup (self->files, path);
  PendingChange change = { offset, data };

  g_assert (file != NULL);
  g_array_append_val (file->pending, change);
}

void
forlop_fault_disk_write (ForlopFaultDisk *self,
                         const char      *path,
                         gint64           offset,
                         const void      *data,
                         int              length)
{
  add_pending (self, path, offset, g_bytes_new (data, (gsize) length));
}

void
forlop_fault_disk_truncate (ForlopFaultDisk *self,
                            const char      *path,
                            gint64           length)
{
  add_pending (self, path, length, NULL);
}

static void
put (GByteArray   *bytes,
     gint64        offset,
     const guint8 *data,
     gsize         length)
{
  guint end = (guint) (offset + (gint64) length);
  guint old = bytes->len;

  if (end > old)
    {
      g_byte_array_set_size (bytes, end);
      memset (bytes->data + old, 0, end - old);
    }
  memcpy (bytes->data + offset, data, length);
}

static void
apply (GByteArray          *bytes,
       const PendingChange *change)
{
  if (change->data == NULL)
    {
      if (change->offset < bytes->len)
        g_byte_array_set_size (bytes, (guint) change->offset);
      return;
    }

  gsize length;
  const guint8 *data = g_bytes_get_data (change->data, &length);
  put (bytes, change->offset, data, length);
}

/* Each sector of the write reaches the disk or not, whatever the others do. */
static void
apply_torn (GByteArray          *bytes,
            const PendingChange *change,
            GRand               *random)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (change->data, &length);

  for (gsize start = 0; start < length; start += SECTOR)
    {
      if (g_rand_boolean (random))
        put (bytes, change->offset + (gint64) start, data + start, MIN (SECTOR, length - start));
    }
}

void
forlop_fault_disk_sync (ForlopFaultDisk *self,
                        const char      *path)
{
  DiskFile *file = g_hash_table_lookup (self->files, path);

  g_assert (file != NULL);
  for (unsigned int i = 0; i < file->pending->len; i++)
    apply (file->synced, &g_array_index (file->pending, PendingChange, i));
  g_array_set_size (file->pending, 0);
}

void
forlop_fault_disk_remove (ForlopFaultDisk *self,
                          const char      *path)
{
  g_hash_table_remove (self->files, path);
}

static void
write_crashed (DiskFile   *file,
               const char *target,
               GRand      *random)
{
  g_autoptr(GByteArray) bytes = g_byte_array_sized_new (file->synced->len);
  g_autoptr(GError) error = NULL;

  g_byte_array_append (bytes, file->synced->data, file->synced->len);
  for (unsigned int i = 0; i < file->pending->len; i++)
    {
      const PendingChange *change = &g_array_index (file->pending, PendingChange, i);
      int fate = g_rand_int_range (random, 0, 3);
      if (fate == 0)
        apply (bytes, change);
      else if (fate == 1 && change->data != NULL)
        apply_torn (bytes, change, random);
    }

  g_file_set_contents (target, (const char *) bytes->data, bytes->len, &error);
  g_assert_no_error (error);
}

static int
compare_paths (gconstpointer a,
               gconstpointer b)
{
  return strcmp (a, b);
}

void
forlop_fault_disk_crash (ForlopFaultDisk *self,
                         const char      *folder,
                         guint32          seed)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (seed);
  g_autoptr(GList) paths = g_list_sort (g_hash_table_get_keys (self->files), compare_paths);

  for (GList *link = paths; link != NULL; link = link->next)
    {
      g_autofree char *name = g_path_get_basename (link->data);
      g_autofree char *target = g_build_filename (folder, name, NULL);
      write_crashed (g_hash_table_lookup (self->files, link->data), target, random);
    }
}
