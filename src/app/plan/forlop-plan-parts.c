/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-plan-parts.h"

#include <glib/gi18n-lib.h>

#include "forlop-plan-diff.h"
#include "forlop-plan-line.h"

struct _ForlopPlanParts
{
  AdwBin parent_instance;

  GtkListBox *list;

  /* Borrowed: rows of @list */
  GPtrArray *lines;
  GtkWidget *empty;
  GtkWidget *add; /* NULL before it is filled */

  /* Owned */
  ForlopSession *session;
  char *type;
};

G_DEFINE_FINAL_TYPE (ForlopPlanParts, forlop_plan_parts, ADW_TYPE_BIN)

static ForlopPlanLine *
find_line (ForlopPlanParts *self,
           ForlopRecord    *part)
{
  for (unsigned int i = 0; i < self->lines->len; i++)
    if (g_str_equal (forlop_plan_line_get_id (g_ptr_array_index (self->lines, i)), forlop_record_get_id (part)))
      return g_ptr_array_index (self->lines, i);

  return NULL;
}

static gboolean
has_part (GPtrArray  *parts,
          const char *id)
{
  for (unsigned int i = 0; i < parts->len; i++)
    if (g_str_equal (forlop_record_get_id (g_ptr_array_index (parts, i)), id))
      return TRUE;

  return FALSE;
}

static void
remove_gone (ForlopPlanParts *self,
             GPtrArray       *parts)
{
  for (unsigned int i = self->lines->len; i > 0; i--)
    {
      ForlopPlanLine *line = g_ptr_array_index (self->lines, i - 1);

      if (has_part (parts, forlop_plan_line_get_id (line)))
        continue;
      g_ptr_array_remove_index (self->lines, i - 1);
      gtk_list_box_remove (self->list, GTK_WIDGET (line));
    }
}

/* What stands first and last in the list. */
static void
add_frame (ForlopPlanParts      *self,
           const ForlopPlanData *data)
{
  const char *words = g_str_equal (self->type, "schedule") ? _("Nothing is to be measured or answered yet.")
                                                           : _("No trend rules.");

  self->empty = g_object_new (ADW_TYPE_ACTION_ROW, "title", words, "activatable", FALSE, "focusable", FALSE,
                              "css-classes", (const char *const[]) { "dim-label", NULL }, NULL);
  self->add = forlop_plan_line_new (self->session, data, self->type, NULL);
  gtk_list_box_append (self->list, self->empty);
  gtk_list_box_append (self->list, self->add);
}

void
forlop_plan_parts_load (ForlopPlanParts      *self,
                        const ForlopPlanData *data)
{
  g_autoptr (GPtrArray) parts = NULL;

  g_return_if_fail (FORLOP_IS_PLAN_PARTS (self));
  g_return_if_fail (data != NULL && data->plan != NULL);

  if (self->add == NULL)
    add_frame (self, data);
  parts = forlop_plan_list_parts (data->the_case->snapshot, self->type, data->plan);
  remove_gone (self, parts);
  for (unsigned int i = 0; i < parts->len; i++)
    {
      ForlopRecord *part = g_ptr_array_index (parts, i);
      ForlopPlanLine *line = find_line (self, part);

      if (line == NULL)
        {
          line = FORLOP_PLAN_LINE (forlop_plan_line_new (self->session, data, self->type, forlop_record_get_id (part)));
          gtk_list_box_insert (self->list, GTK_WIDGET (line), (int) i + 1);
          g_ptr_array_add (self->lines, line);
        }
      forlop_plan_line_load (line, part, data->the_case->names);
    }
  gtk_widget_set_visible (self->empty, parts->len == 0);
}

GtkWidget *
forlop_plan_parts_find_open (ForlopPlanParts *self)
{
  g_return_val_if_fail (FORLOP_IS_PLAN_PARTS (self), NULL);

  for (unsigned int i = 0; i < self->lines->len; i++)
    if (forlop_part_row_is_open (g_ptr_array_index (self->lines, i)))
      return g_ptr_array_index (self->lines, i);

  return self->add != NULL && forlop_part_row_is_open (FORLOP_PART_ROW (self->add)) ? self->add : NULL;
}

void
forlop_plan_parts_open_first (ForlopPlanParts *self)
{
  g_return_if_fail (FORLOP_IS_PLAN_PARTS (self));

  if (self->add != NULL)
    forlop_plan_line_open (self->lines->len > 0 ? g_ptr_array_index (self->lines, 0) : FORLOP_PLAN_LINE (self->add));
}

static void
forlop_plan_parts_finalize (GObject *object)
{
  ForlopPlanParts *self = FORLOP_PLAN_PARTS (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_free (self->type);

  G_OBJECT_CLASS (forlop_plan_parts_parent_class)->finalize (object);
}

static void
forlop_plan_parts_class_init (ForlopPlanPartsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = forlop_plan_parts_finalize;
}

static void
forlop_plan_parts_init (ForlopPlanParts *self)
{
  self->lines = g_ptr_array_new ();
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
}

GtkWidget *
forlop_plan_parts_new (ForlopSession *session,
                       const char    *type)
{
  ForlopPlanParts *self;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), NULL);
  g_return_val_if_fail (type != NULL, NULL);

  self = g_object_new (FORLOP_TYPE_PLAN_PARTS, NULL);
  self->session = g_object_ref (session);
  self->type = g_strdup (type);

  return GTK_WIDGET (self);
}
