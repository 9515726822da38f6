/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-fault-vfs.h"

#include <errno.h>
#include <sqlite3.h>
#include <string.h>

#include "forlop-connection-open-private.h"
#include "forlop-fault-disk.h"
#include "forlop-file-private.h"

#define N_OPERATIONS 5

/* The real file follows in memory. */
typedef struct {
  sqlite3_file base;
  sqlite3_file *real;
  char *path;
} FaultFile;

static struct {
  GMutex mutex;
  unsigned int counts[N_OPERATIONS];
  unsigned int n_failed;

  unsigned int operations;
  unsigned int countdown; /* 0: nothing fails */
  ForlopFaultKind kind;
  gboolean for_ever;
  gboolean failing;

  ForlopFaultDisk *disk;
} state;

static sqlite3_vfs fault_vfs;
static sqlite3_vfs *real_vfs;
static sqlite3_io_methods fault_methods;

/* Counts the operation; FALSE when it is to fail. The mutex is held. */
static gboolean
pass (ForlopFaultOperation operation)
{
  state.counts[g_bit_nth_lsf (operation, -1)]++;
  if (!(state.operations & operation))
    return TRUE;

  if (state.countdown > 0 && --state.countdown == 0)
    state.failing = TRUE;
  if (!state.failing)
    return TRUE;

  state.failing = state.for_ever;
  state.n_failed++;
  return FALSE;
}

static int
fault_close (sqlite3_file *file)
{
  FaultFile *self = (FaultFile *) file;
  int code = self->real->pMethods->xClose (self->real);

  g_clear_pointer (&self->path, g_free);
  return code;
}

static int
fault_read (sqlite3_file *file,
            void         *data,
            int           length,
            sqlite3_int64 offset)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xRead (self->real, data, length, offset);
}

static int
fault_write (sqlite3_file *file,
             const void   *data,
             int           length,
             sqlite3_int64 offset)
{
  FaultFile *self = (FaultFile *) file;
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&state.mutex);

  if (!pass (FORLOP_FAULT_WRITE))
    return state.kind == FORLOP_FAULT_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;

  if (state.disk != NULL && self->path != NULL)
    forlop_fault_disk_write (state.disk, self->path, offset, data, length);
  return self->real->pMethods->xWrite (self->real, data, length, offset);
}

static int
fault_truncate (sqlite3_file *file,
                sqlite3_int64 length)
{
  FaultFile *self = (FaultFile *) file;
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&state.mutex);

  if (!pass (FORLOP_FAULT_TRUNCATE))
    return SQLITE_IOERR_TRUNCATE;

  if (state.disk != NULL && self->path != NULL)
    forlop_fault_disk_truncate (state.disk, self->path, length);
  return self->real->pMethods->xTruncate (self->real, length);
}

/* Not passed on: a test needs no real disk, and is some hundred times faster without. */
static int
fault_sync (sqlite3_file *file,
            int           flags G_GNUC_UNUSED)
{
  FaultFile *self = (FaultFile *) file;
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&state.mutex);

  if (!pass (FORLOP_FAULT_SYNC))
    return SQLITE_IOERR_FSYNC;

  if (state.disk != NULL && self->path != NULL)
    forlop_fault_disk_sync (state.disk, self->path);
  return SQLITE_OK;
}

static int
fault_file_size (sqlite3_file  *file,
                 sqlite3_int64 *size)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xFileSize (self->real, size);
}

static int
fault_lock (sqlite3_file *file,
            int           level)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xLock (self->real, level);
}

static int
fault_unlock (sqlite3_file *file,
              int           level)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xUnlock (self->real, level);
}

static int
fault_check_reserved_lock (sqlite3_file *file,
                           int          *result)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xCheckReservedLock (self->real, result);
}

/* Space that is set aside in advance would hide a full disk. */
static int
fault_file_control (sqlite3_file *file,
                    int           operation,
                    void         *argument)
{
  FaultFile *self = (FaultFile *) file;

  if (operation == SQLITE_FCNTL_SIZE_HINT)
    return SQLITE_OK;

  return self->real->pMethods->xFileControl (self->real, operation, argument);
}

static int
fault_sector_size (sqlite3_file *file G_GNUC_UNUSED)
{
  return 512;
}

/* No promise about power loss, so that SQLite takes every precaution it knows. */
static int
fault_device_characteristics (sqlite3_file *file G_GNUC_UNUSED)
{
  return 0;
}

static int
fault_shm_map (sqlite3_file  *file,
               int            page,
               int            size,
               int            extend,
               void volatile **memory)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xShmMap (self->real, page, size, extend, memory);
}

static int
fault_shm_lock (sqlite3_file *file,
                int           offset,
                int           n,
                int           flags)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xShmLock (self->real, offset, n, flags);
}

static void
fault_shm_barrier (sqlite3_file *file)
{
  FaultFile *self = (FaultFile *) file;

  self->real->pMethods->xShmBarrier (self->real);
}

static int
fault_shm_unmap (sqlite3_file *file,
                 int           remove)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xShmUnmap (self->real, remove);
}

static int
fault_open (sqlite3_vfs  *vfs G_GNUC_UNUSED,
            sqlite3_filename name,
            sqlite3_file *file,
            int           flags,
            int          *out_flags)
{
  FaultFile *self = (FaultFile *) file;
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&state.mutex);

  memset (self, 0, sizeof *self);
  if (!pass (FORLOP_FAULT_OPEN))
    return SQLITE_CANTOPEN;

  self->real = (sqlite3_file *) (self + 1);
  if (state.disk != NULL && name != NULL)
    forlop_fault_disk_open (state.disk, name);
  int code = real_vfs->xOpen (real_vfs, name, self->real, flags, out_flags);
  if (code != SQLITE_OK)
    return code;

  self->path = g_strdup (name);
  self->base.pMethods = &fault_methods;
  return SQLITE_OK;
}

static int
fault_delete (sqlite3_vfs *vfs G_GNUC_UNUSED,
              const char  *name,
              int          sync_folder)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&state.mutex);

  if (state.disk != NULL)
    forlop_fault_disk_remove (state.disk, name);
  return real_vfs->xDelete (real_vfs, name, sync_folder);
}

static int
file_fault (const char *operation,
            gpointer    user_data G_GNUC_UNUSED)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&state.mutex);
  ForlopFaultOperation kind = FORLOP_FAULT_WRITE;

  if (strcmp (operation, "sync") == 0)
    kind = FORLOP_FAULT_SYNC;
  else if (strcmp (operation, "rename") == 0)
    kind = FORLOP_FAULT_RENAME;
  if (pass (kind))
    return 0;

  return state.kind == FORLOP_FAULT_FULL ? ENOSPC : EIO;
}

void
forlop_fault_vfs_install (void)
{
  static const sqlite3_io_methods methods = {
    2,
    fault_close, fault_read, fault_write, fault_truncate, fault_sync, fault_file_size,
    fault_lock, fault_unlock, fault_check_reserved_lock, fault_file_control, fault_sector_size,
    fault_device_characteristics,
    fault_shm_map, fault_shm_lock, fault_shm_barrier, fault_shm_unmap,
    NULL, NULL,
  };

  g_assert (real_vfs == NULL);
  forlop_connection_prepare_library ();
  real_vfs = sqlite3_vfs_find (NULL);
  g_assert (real_vfs != NULL);
  fault_methods = methods;
  fault_vfs = *real_vfs;
  fault_vfs.pNext = NULL;
  fault_vfs.zName = "forlop-fault";
  fault_vfs.szOsFile = (int) sizeof (FaultFile) + real_vfs->szOsFile;
  fault_vfs.xOpen = fault_open;
  fault_vfs.xDelete = fault_delete;
  int code = sqlite3_vfs_register (&fault_vfs, 1);
  g_assert (code == SQLITE_OK);
  forlop_file_set_fault (file_fault, NULL);
}

void
forlop_fault_vfs_reset (void)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&state.mutex);

  memset (state.counts, 0, sizeof state.counts);
  state.n_failed = 0;
  state.operations = 0;
  state.countdown = 0;
  state.failing = FALSE;
}

void
forlop_fault_vfs_fail (unsigned int    operations,
                       unsigned int    n,
                       ForlopFaultKind kind,
                       gboolean        for_ever)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&state.mutex);

  state.operations = operations;
  state.countdown = n;
  state.kind = kind;
  state.for_ever = for_ever;
  state.failing = FALSE;
}

unsigned int
forlop_fault_vfs_count (unsigned int operations)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&state.mutex);
  unsigned int count = 0;

  for (unsigned int i = 0; i < N_OPERATIONS; i++)
    {
      if (operations & (1u << i))
        count += state.counts[i];
    }

  return count;
}

unsigned int
forlop_fault_vfs_n_failed (void)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&state.mutex);

  return state.n_failed;
}

void
forlop_fault_vfs_record (void)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&state.mutex);

  g_clear_pointer (&state.disk, forlop_fault_disk_free);
  state.disk = forlop_fault_disk_new ();
}

void
forlop_fault_vfs_crash (const char *folder,
                        guint32     seed)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&state.mutex);

  g_assert (state.disk != NULL);
  forlop_fault_disk_crash (state.disk, folder, seed);
}

void
forlop_fault_vfs_forget (void)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&state.mutex);

  g_clear_pointer (&state.disk, forlop_fault_disk_free);
}
