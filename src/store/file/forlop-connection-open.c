/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-store"

#include "forlop-connection-open-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "forlop-connection-private.h"
#include "forlop-store-error.h"

#define HEADER_LENGTH 64
#define PLAIN_MAGIC "SQLite format 3"

/* "x'" + 64 hexadecimal digits + "'" + NUL */
#define RAW_KEY_LENGTH (2 * FORLOP_KEY_LENGTH + 3)

/* Small pieces of memory that each connection has to itself: 150 KiB, enough for preparing any of the
 * program's statements. */
#define LOOKASIDE_SIZE 1200
#define LOOKASIDE_COUNT 128

/* Settings of every connection. The log of SQLCipher is silenced after the key is set, as it does
 * not listen before. cipher_memory_security stays off: it locks and unlocks every allocation of
 * SQLite with a system call, which made inserts 13 times and preparing statements 20 times slower,
 * and the rows are in the memory of the program anyway. Keys are in locked memory always. */
static const char *const common_pragmas =
  "PRAGMA cipher_log_level = NONE;"
  "PRAGMA secure_delete = ON;"
  "PRAGMA foreign_keys = ON;"
  "PRAGMA trusted_schema = OFF;"
  "PRAGMA cell_size_check = ON;"
  "PRAGMA temp_store = MEMORY;"
  "PRAGMA synchronous = FULL;";

/* 16 MiB: the writer also answers the small questions around every act. The log is cut back to
 * 16 MiB after a large import. */
static const char *const writer_pragmas =
  "PRAGMA cache_size = -16384;"
  "PRAGMA journal_size_limit = 16777216;"
  "PRAGMA wal_autocheckpoint = 1000;";

/* The board looks at one page for each citizen of a unit: 2,000 of them are half of it. */
static const char *const reader_pragmas =
  "PRAGMA cache_size = -16384;"
  "PRAGMA wal_autocheckpoint = 0;"
  "PRAGMA query_only = ON;";

/* The first bytes of an encrypted file are random. Text, and a plain database, begin otherwise; the
 * odds that 64 random bytes are all printable are below one in 10^20. */
static gboolean
looks_like_something_else (const char *header,
                           gsize       length)
{
  if (length >= strlen (PLAIN_MAGIC) && memcmp (header, PLAIN_MAGIC, strlen (PLAIN_MAGIC)) == 0)
    return TRUE;

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isprint (header[i]) && !g_ascii_isspace (header[i]))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_existing (const char  *path,
                GError     **error)
{
  g_autofd int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY, 0);
  if (fd < 0)
    {
      forlop_store_error_set_errno (error, path, errno, "open");
      return FALSE;
    }

  char header[HEADER_LENGTH];
  ssize_t length = read (fd, header, sizeof header);
  if (length < 0)
    {
      forlop_store_error_set_errno (error, path, errno, "read");
      return FALSE;
    }

  if (length == 0)
    {
      forlop_store_error_set (error, FORLOP_STORE_ERROR_DAMAGED, path, "the file is empty");
      return FALSE;
    }

  if (looks_like_something_else (header, (gsize) length))
    {
      forlop_store_error_set (error, FORLOP_STORE_ERROR_NOT_A_STORE, path, NULL);
      return FALSE;
    }

  return TRUE;
}

/* Made here and not by SQLite, so that only the owner may read it: the log inherits the mode. A
 * folder that cannot be written to is the common reason for a refusal here. */
static gboolean
create_file (const char  *path,
             GError     **error)
{
  g_autofd int fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd >= 0)
    return TRUE;

  if (errno == EACCES || errno == EPERM || errno == EROFS)
    forlop_store_error_set (error, FORLOP_STORE_ERROR_READ_ONLY, path, g_strerror (errno));
  else
    forlop_store_error_set_errno (error, path, errno, "create");
  return FALSE;
}

/* Nobody asks SQLite how much memory it has, and counting takes one lock for the whole program at
 * every allocation. Does nothing when SQLite has begun already. */
void
forlop_connection_prepare_library (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
      g_once_init_leave (&once, 1);
    }
}

static int
set_key (sqlite3   *handle,
         ForlopKey *key)
{
  char text[RAW_KEY_LENGTH + 1] = "x'";

  sodium_bin2hex (text + 2, sizeof text - 2, forlop_key_get_bytes (key), FORLOP_KEY_LENGTH);
  text[RAW_KEY_LENGTH - 1] = '\'';
  text[RAW_KEY_LENGTH] = '\0';
  int code = sqlite3_key (handle, text, RAW_KEY_LENGTH);
  sodium_memzero (text, sizeof text);
  return code;
}

static void
set_limits (sqlite3  *handle,
            gboolean  writer)
{
  sqlite3_busy_timeout (handle, FORLOP_CONNECTION_BUSY_TIMEOUT_MS);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_LOOKASIDE, NULL, LOOKASIDE_SIZE, LOOKASIDE_COUNT);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, writer ? 0 : 1, NULL);
  sqlite3_limit (handle, SQLITE_LIMIT_ATTACHED, 0);
}

/* A program linked with SQLite instead of SQLCipher would write the file in the clear. */
static gboolean
is_encrypting (sqlite3 *handle)
{
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (handle, "PRAGMA cipher_version", -1, &statement, NULL);
  gboolean found = code == SQLITE_OK
                   && sqlite3_step (statement) == SQLITE_ROW
                   && sqlite3_column_bytes (statement, 0) > 0;

  sqlite3_finalize (statement);
  return found;
}

/* The first page answers to the right key alone. */
static int
read_first_page (sqlite3 *handle)
{
  return sqlite3_exec (handle, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
}

/* The new file has a first page as soon as the journal mode is set. */
static gboolean
check_created (ForlopConnection  *self,
               const char        *path,
               GError           **error)
{
  char header[HEADER_LENGTH];

  if (!forlop_connection_read_head (self, header, sizeof header, error))
    return FALSE;

  if (looks_like_something_else (header, sizeof header))
    g_error ("The new file “%s” is not encrypted", path);

  return TRUE;
}

static gboolean
configure (ForlopConnection       *self,
           const char             *path,
           ForlopKey              *key,
           ForlopConnectionFlags   flags,
           sqlite3                *handle,
           GError                **error)
{
  gboolean writer = (flags & FORLOP_CONNECTION_WRITER) != 0;

  set_limits (handle, writer);
  int code = set_key (handle, key);
  if (code == SQLITE_OK)
    code = sqlite3_exec (handle, common_pragmas, NULL, NULL, NULL);
  if (code == SQLITE_OK && !is_encrypting (handle))
    g_error ("This program is linked with a SQLite that does not encrypt");
  if (code == SQLITE_OK)
    code = read_first_page (handle);
  if (code == SQLITE_NOTADB)
    {
      forlop_store_error_set (error, FORLOP_STORE_ERROR_WRONG_KEY, path, NULL);
      return FALSE;
    }

  if (code == SQLITE_OK && writer)
    code = sqlite3_exec (handle, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
  if (code == SQLITE_OK)
    code = sqlite3_exec (handle, writer ? writer_pragmas : reader_pragmas, NULL, NULL, NULL);
  if (code != SQLITE_OK)
    {
      forlop_connection_set_error (self, code, "open", error);
      return FALSE;
    }

  return TRUE;
}

gboolean
forlop_connection_open_handle (ForlopConnection       *self,
                               const char             *path,
                               ForlopKey              *key,
                               ForlopConnectionFlags   flags,
                               sqlite3               **handle,
                               GError                **error)
{
  g_assert (handle != NULL && *handle == NULL);

  gboolean create = (flags & FORLOP_CONNECTION_CREATE) != 0;
  gboolean writer = (flags & FORLOP_CONNECTION_WRITER) != 0;
  if (create && !create_file (path, error))
    return FALSE;

  /* Before the first connection only: see forlop_connection_read_head(). */
  if (!create && writer && !check_existing (path, error))
    return FALSE;

  forlop_connection_prepare_library ();
  int mode = writer ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  int code = sqlite3_open_v2 (path, handle,
                              mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  gboolean opened = code == SQLITE_OK;
  if (!opened)
    forlop_connection_set_error (self, code, "open", error);

  opened = opened && configure (self, path, key, flags, *handle, error)
           && (!create || check_created (self, path, error));
  if (!opened)
    {
      sqlite3_close (g_steal_pointer (handle));
      if (create)
        g_unlink (path);
    }

  return opened;
}
