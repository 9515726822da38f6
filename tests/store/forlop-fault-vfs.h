/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A file system layer under SQLCipher that counts what is written and synced, fails the n-th
 * operation once or for ever, and can say what a disk would hold after the power went. The files
 * beside the database (side file, attachments, copies) take part through forlop_file_set_fault().
 *
 * Install it before the first connection. One process has one; it may be used from any thread. */

typedef enum {
  FORLOP_FAULT_WRITE = 1 << 0,    /* of database, log or file beside them */
  FORLOP_FAULT_SYNC = 1 << 1,
  FORLOP_FAULT_TRUNCATE = 1 << 2,
  FORLOP_FAULT_RENAME = 1 << 3,   /* of files beside the database */
  FORLOP_FAULT_OPEN = 1 << 4,     /* of database or log */
} ForlopFaultOperation;

#define FORLOP_FAULT_ANY                                                              \
  (FORLOP_FAULT_WRITE | FORLOP_FAULT_SYNC | FORLOP_FAULT_TRUNCATE | FORLOP_FAULT_RENAME \
   | FORLOP_FAULT_OPEN)

/**
 * ForlopFaultKind:
 * @FORLOP_FAULT_FULL: No space is left.
 * @FORLOP_FAULT_IO: The medium reports an error.
 */
typedef enum {
  FORLOP_FAULT_FULL,
  FORLOP_FAULT_IO,
} ForlopFaultKind;

void         forlop_fault_vfs_install  (void);
/* Counts from 0 again, and nothing fails. */
void         forlop_fault_vfs_reset    (void);
/* The @n-th operation (from 1, counted from now) out of @operations fails, and with @for_ever all
 * that follow. */
void         forlop_fault_vfs_fail     (unsigned int     operations,
                                        unsigned int     n,
                                        ForlopFaultKind  kind,
                                        gboolean         for_ever);
/* Since the last reset. */
unsigned int forlop_fault_vfs_count    (unsigned int     operations);
/* How many operations were made to fail since the last reset. */
unsigned int forlop_fault_vfs_n_failed (void);

/* From now on remembers what is synced. Files that exist already count as synced. */
void         forlop_fault_vfs_record   (void);
/* Writes to @folder the recorded files as the disk could hold them if the power went now: what was
 * synced, and of later writes some, some torn at sectors of 512 bytes, chosen by @seed. */
void         forlop_fault_vfs_crash    (const char      *folder,
                                        guint32          seed);
void         forlop_fault_vfs_forget   (void);

G_END_DECLS
