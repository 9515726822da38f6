/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a disk surely holds of each file, and what is still on its way there. Not locked: the
 * caller sees to that. */

typedef struct _ForlopFaultDisk ForlopFaultDisk;

ForlopFaultDisk *forlop_fault_disk_new      (void);
void             forlop_fault_disk_free     (ForlopFaultDisk  *self);
/* The file as it is now counts as synced. */
void             forlop_fault_disk_open     (ForlopFaultDisk  *self,
                                             const char       *path);
void             forlop_fault_disk_write    (ForlopFaultDisk  *self,
                                             const char       *path,
                                             gint64            offset,
                                             const void       *data,
                                             int               length);
void             forlop_fault_disk_truncate (ForlopFaultDisk  *self,
                                             const char       *path,
                                             gint64            length);
void             forlop_fault_disk_sync     (ForlopFaultDisk  *self,
                                             const char       *path);
void             forlop_fault_disk_remove   (ForlopFaultDisk  *self,
                                             const char       *path);
void             forlop_fault_disk_crash    (ForlopFaultDisk  *self,
                                             const char       *folder,
                                             guint32           seed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopFaultDisk, forlop_fault_disk_free)

G_END_DECLS
