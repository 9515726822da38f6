/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-plan-part.h"

#include <glib/gi18n-lib.h>

#include "forlop-act-draft.h"
#include "forlop-act-run.h"
#include "forlop-field-value.h"
#include "forlop-form.h"
#include "forlop-json.h"
#include "forlop-plan-data.h"

/* Milliseconds without a key before what is typed is kept. */
#define REST_MS 600

struct _ForlopPlanPart
{
  AdwBin parent_instance;

  ForlopForm *form;
  GtkLabel *kept_label;
  GtkWidget *save_button;

  /* Owned */
  ForlopSession *session;
  char *plan_id;
  char *name;
  unsigned int keep_source;
  gboolean changed;
  gboolean loaded;
};

G_DEFINE_FINAL_TYPE (ForlopPlanPart, forlop_plan_part, ADW_TYPE_BIN)

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

/* @body (transfer full) NULL throws away what was kept. */
static void
forlop_plan_part_keep (ForlopPlanPart *self,
                       char           *body)
{
  g_autofree char *key = forlop_plan_draft_key (self->plan_id, self->name);

  g_clear_handle_id (&self->keep_source, g_source_remove);
  forlop_draft_keep (self->session, key, body);
}

static gboolean
keep_cb (gpointer user_data)
{
  ForlopPlanPart *self = user_data;

  self->keep_source = 0;
  forlop_plan_part_keep (self, forlop_form_dup_draft (self->form));

  return G_SOURCE_REMOVE;
}

static void
forlop_plan_part_set_changed (ForlopPlanPart *self,
                              gboolean        changed,
                              const char     *words)
{
  self->changed = changed;
  gtk_widget_set_visible (self->save_button, changed);
  gtk_widget_set_visible (GTK_WIDGET (self->kept_label), changed);
  gtk_label_set_label (self->kept_label, words != NULL ? words : "");
}

static void
draft_changed_cb (ForlopPlanPart *self)
{
  forlop_plan_part_set_changed (self, TRUE, _("Not saved yet"));
  g_clear_handle_id (&self->keep_source, g_source_remove);
  self->keep_source = g_timeout_add (REST_MS, keep_cb, self);
}

static void
saved_cb (const GError *error,
          gpointer      user_data)
{
  g_autoptr (ForlopPlanPart) self = g_weak_ref_get (user_data);

  if (self == NULL)
    return;

  gtk_widget_set_sensitive (self->save_button, TRUE);
  if (error != NULL)
    {
      forlop_form_set_error (self->form, NULL, error->message);
      return;
    }
  forlop_plan_part_keep (self, NULL);
  forlop_plan_part_set_changed (self, FALSE, NULL);
}

static ForlopRecord *
collect (ForlopPlanPart  *self,
         const ForlopAct *act)
{
  g_autoptr (yyjson_mut_doc) mutable = forlop_form_collect (self->form, NULL);
  g_autoptr (yyjson_doc) doc = NULL;
  g_autoptr (ForlopRecord) arguments = NULL;
  yyjson_val *key, *value;
  size_t i, n;

  if (mutable == NULL)
    return NULL;

  doc = yyjson_mut_doc_imut_copy (mutable, NULL);
  arguments = forlop_acts_new_arguments (act, NULL);
  forlop_record_set_text (arguments, "care_plan_id", self->plan_id);
  yyjson_obj_foreach (yyjson_doc_get_root (doc), i, n, key, value)
    {
      g_autoptr (GError) error = NULL;

      if (forlop_record_set_json (arguments, yyjson_get_str (key), value, &error))
        continue;
      forlop_form_set_error (self->form, yyjson_get_str (key), error->message);
      return NULL;
    }

  return g_steal_pointer (&arguments);
}

static void
save_cb (ForlopPlanPart *self)
{
  const ForlopAct *act = forlop_act_find ("save-plan");
  g_autoptr (ForlopRecord) arguments = NULL;
  ForlopActCall call;
  GWeakRef *weak;

  if (!self->changed || !gtk_widget_get_sensitive (self->save_button))
    return;
  forlop_form_set_error (self->form, NULL, NULL);
  arguments = collect (self, act);
  if (arguments == NULL)
    return;

  call = (ForlopActCall) { act, arguments };
  /* The button goes when all is saved; the keyboard stays. */
  if (gtk_widget_has_focus (self->save_button))
    gtk_widget_child_focus (GTK_WIDGET (self->form), GTK_DIR_TAB_FORWARD);
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  gtk_widget_set_sensitive (self->save_button, FALSE);
  forlop_act_run (GTK_WIDGET (self), self->session, &call, 1, saved_cb, weak, weak_ref_free);
}

static void
forlop_plan_part_dispose (GObject *object)
{
  ForlopPlanPart *self = FORLOP_PLAN_PART (object);

  /* Leaving never loses what was typed. */
  if (self->keep_source != 0 && forlop_session_get_store (self->session) != NULL)
    forlop_plan_part_keep (self, forlop_form_dup_draft (self->form));
  g_clear_handle_id (&self->keep_source, g_source_remove);

  G_OBJECT_CLASS (forlop_plan_part_parent_class)->dispose (object);
}

static void
forlop_plan_part_finalize (GObject *object)
{
  ForlopPlanPart *self = FORLOP_PLAN_PART (object);

  g_clear_object (&self->session);
  g_free (self->plan_id);
  g_free (self->name);

  G_OBJECT_CLASS (forlop_plan_part_parent_class)->finalize (object);
}

static void
forlop_plan_part_class_init (ForlopPlanPartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = forlop_plan_part_dispose;
  object_class->finalize = forlop_plan_part_finalize;
}

static void
forlop_plan_part_init (ForlopPlanPart *self G_GNUC_UNUSED)
{
}

static GtkWidget *
head_new (ForlopPlanPart *self,
          const char     *title)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  gtk_widget_add_css_class (name, "title-4");
  self->kept_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->kept_label), "dim-label");
  gtk_label_set_xalign (self->kept_label, 0);
  gtk_label_set_wrap (self->kept_label, TRUE);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), name);
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->kept_label));
  self->save_button = gtk_button_new_with_label (_("Save"));
  gtk_widget_set_valign (self->save_button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->save_button, _("Save (Ctrl+Enter)"));
  gtk_widget_add_css_class (self->save_button, "suggested-action");
  g_signal_connect_object (self->save_button, "clicked", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (head), words);
  gtk_box_append (GTK_BOX (head), self->save_button);

  return head;
}

GtkWidget *
forlop_plan_part_new (ForlopSession             *session,
                      const char                *plan_id,
                      const char                *name,
                      const char                *title,
                      const ForlopPlanPartGroup *groups)
{
  const ForlopRecordType *type = forlop_record_type_find ("care_plan");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  ForlopPlanPart *self;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), NULL);
  g_return_val_if_fail (plan_id != NULL && name != NULL, NULL);

  self = g_object_new (FORLOP_TYPE_PLAN_PART, NULL);
  self->session = g_object_ref (session);
  self->plan_id = g_strdup (plan_id);
  self->name = g_strdup (name);
  self->form = FORLOP_FORM (forlop_form_new (forlop_session_get_clock (session)));
  for (unsigned int i = 0; groups[i].fields[0] != NULL; i++)
    forlop_form_add_group (self->form, groups[i].title != NULL ? _(groups[i].title) : NULL, type,
                           groups[i].fields);
  g_signal_connect_object (self->form, "draft-changed", G_CALLBACK (draft_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "save", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), head_new (self, title));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->form));
  adw_bin_set_child (ADW_BIN (self), box);

  return GTK_WIDGET (self);
}

gboolean
forlop_plan_part_get_changed (ForlopPlanPart *self)
{
  g_return_val_if_fail (FORLOP_IS_PLAN_PART (self), FALSE);

  return self->changed;
}

void
forlop_plan_part_load (ForlopPlanPart    *self,
                       ForlopRecord      *plan,
                       const ForlopDraft *draft)
{
  g_return_if_fail (FORLOP_IS_PLAN_PART (self));
  g_return_if_fail (FORLOP_IS_RECORD (plan));

  if (!self->changed)
    {
      forlop_form_load_record (self->form, plan);
      forlop_plan_part_set_changed (self, FALSE, NULL);
      if (draft != NULL && !self->loaded && forlop_form_load_draft (self->form, draft->body))
        forlop_plan_part_set_changed (self, TRUE, _("What you typed was kept"));
    }
  self->loaded = TRUE;
}
