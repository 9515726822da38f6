/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-minutes.h"

static void
task_free (gpointer data)
{
  ForlopMinutesTask *task = data;

  g_object_unref (task->task);
  g_free (task->who);
  g_free (task);
}

static void
item_free (gpointer data)
{
  ForlopMinutesItem *item = data;

  g_object_unref (item->item);
  g_free (item->name);
  g_ptr_array_unref (item->tasks);
  g_free (item);
}

ForlopMinutes *
forlop_minutes_new (ForlopRecord *meeting)
{
  ForlopMinutes *self;

  g_return_val_if_fail (FORLOP_IS_RECORD (meeting), NULL);

  self = g_new0 (ForlopMinutes, 1);
  self->meeting = g_object_ref (meeting);
  self->items = g_ptr_array_new_with_free_func (item_free);

  return self;
}

void
forlop_minutes_free (ForlopMinutes *self)
{
  if (self == NULL)
    return;

  g_object_unref (self->meeting);
  g_free (self->unit_name);
  g_ptr_array_unref (self->items);
  g_free (self);
}

ForlopMinutesItem *
forlop_minutes_add_item (ForlopMinutes *self,
                         ForlopRecord  *item,
                         const char    *name,
                         ForlopDate     birth_date)
{
  ForlopMinutesItem *added;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (FORLOP_IS_RECORD (item), NULL);

  added = g_new0 (ForlopMinutesItem, 1);
  added->item = g_object_ref (item);
  added->name = g_strdup (name);
  added->birth_date = birth_date;
  added->tasks = g_ptr_array_new_with_free_func (task_free);
  g_ptr_array_add (self->items, added);

  return added;
}

void
forlop_minutes_add_task (ForlopMinutesItem *item,
                         ForlopRecord      *task,
                         const char        *who)
{
  ForlopMinutesTask *added;

  g_return_if_fail (item != NULL);
  g_return_if_fail (FORLOP_IS_RECORD (task));

  added = g_new0 (ForlopMinutesTask, 1);
  added->task = g_object_ref (task);
  added->who = g_strdup (who);
  g_ptr_array_add (item->tasks, added);
}
