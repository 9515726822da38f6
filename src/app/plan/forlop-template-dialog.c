/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-template-dialog.h"

#include <glib/gi18n-lib.h>

#include "forlop-act-dialog.h"
#include "forlop-act-draft.h"
#include "forlop-act-run.h"
#include "forlop-field-value.h"
#include "forlop-form.h"
#include "forlop-json.h"
#include "forlop-record-store.h"
#include "forlop-template-parts.h"
#include "forlop-worker.h"

#define WIDTH 640
#define HEIGHT 820
#define N_LISTS 3

static const char *const list_types[N_LISTS] = { "limit", "plan_rule", "schedule" };

static const char *const own_fields[] = { "title", "proposal", "active", NULL };

static const struct {
  const char *title;
  const char *const fields[4];
} text_groups[] = {
  { N_("● Green"), { "green_signs", "green_actions", NULL } },
  { N_("▲ Yellow"), { "yellow_signs", "yellow_actions", NULL } },
  { N_("■ Red"), { "red_signs", "red_actions", NULL } },
  { NULL, { "contacts", "repeat_minutes", NULL } },
};

struct _ForlopTemplateDialog
{
  AdwDialog parent_instance;

  /* Borrowed: parts of it */
  GtkBox *box;
  GtkLabel *trouble;
  GtkWidget *save_button;
  ForlopForm *form;
  ForlopTemplateParts *lists[N_LISTS];

  /* Borrowed: the window outlives its dialogs */
  GtkWidget *page;

  /* Owned */
  ForlopSession *session;
  char *template_id;
  ForlopRecord *record;
  ForlopPlanTemplate *template;
  GHashTable *form_titles;
  char *kept; /* what was typed and not saved, when it was opened */
  gboolean changed;
  gboolean saved;
};

G_DEFINE_FINAL_TYPE (ForlopTemplateDialog, forlop_template_dialog, ADW_TYPE_DIALOG)

typedef struct {
  ForlopRecord *record;
  GHashTable *form_titles;
  ForlopDraft *draft;
} Loaded;

typedef struct {
  GWeakRef dialog;
  char *template_id;
  char *user_id;
  DexFuture *future;
} Asking;

static void
loaded_free (gpointer data)
{
  Loaded *loaded = data;

  if (loaded == NULL)
    return;
  g_clear_object (&loaded->record);
  g_clear_pointer (&loaded->form_titles, g_hash_table_unref);
  g_clear_pointer (&loaded->draft, forlop_draft_free);
  g_free (loaded);
}

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_weak_ref_clear (&asking->dialog);
  g_free (asking->template_id);
  g_free (asking->user_id);
  dex_clear (&asking->future);
  g_free (asking);
}

/* What was typed in the page of a template is kept under. */
static char *
draft_key (const char *template_id)
{
  return g_strconcat ("template/", template_id, NULL);
}

static gpointer
load_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  Asking *asking = user_data;
  g_autoptr (ForlopRecord) record = forlop_record_store_load (connection, "template", asking->template_id, error);
  g_autoptr (GPtrArray) forms = record != NULL ? forlop_record_store_list (connection, "form", NULL, NULL, error) : NULL;
  g_autofree char *key = draft_key (asking->template_id);
  ForlopDraft *draft = NULL;
  Loaded *loaded;

  if (forms == NULL || !forlop_draft_store_find (connection, key, asking->user_id, &draft, error))
    return NULL;
  loaded = g_new0 (Loaded, 1);
  loaded->draft = draft;
  loaded->record = g_steal_pointer (&record);
  loaded->form_titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (unsigned int i = 0; i < forms->len; i++)
    g_hash_table_replace (loaded->form_titles, g_strdup (forlop_record_get_text (g_ptr_array_index (forms, i), "code")),
                          g_strdup (forlop_record_get_text (g_ptr_array_index (forms, i), "title")));

  return loaded;
}

static void
keep_draft (ForlopTemplateDialog *self,
            char                 *body)
{
  g_autofree char *key = draft_key (self->template_id);

  forlop_draft_keep (self->session, key, body);
}

static void
show_trouble (ForlopTemplateDialog *self,
              const char           *sentence)
{
  gtk_label_set_label (self->trouble, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), sentence != NULL);
  if (sentence != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), sentence, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
saved_cb (const GError *error,
          gpointer      user_data)
{
  g_autoptr (ForlopTemplateDialog) self = g_weak_ref_get (user_data);

  if (self == NULL)
    return;
  gtk_widget_set_sensitive (self->save_button, TRUE);
  if (error != NULL)
    show_trouble (self, error->message);
  else
    {
      self->saved = TRUE;
      keep_draft (self, NULL);
      adw_dialog_force_close (ADW_DIALOG (self));
    }
}

/* The form has the fields of the template's record and those of its plan; each goes where it is declared. */
static gboolean
collect (ForlopTemplateDialog *self,
         ForlopRecord         *arguments)
{
  g_autoptr (yyjson_mut_doc) mutable = forlop_form_collect (self->form, NULL);
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *key, *value;
  size_t i, n;

  if (mutable == NULL)
    return FALSE;
  doc = yyjson_mut_doc_imut_copy (mutable, NULL);
  yyjson_obj_foreach (yyjson_doc_get_root (doc), i, n, key, value)
    {
      const char *name = yyjson_get_str (key);
      g_autoptr (GError) error = NULL;

      if (forlop_record_set_json (g_strv_contains (own_fields, name) ? arguments : self->template->plan, name, value,
                                  &error))
        continue;
      forlop_form_set_error (self->form, name, error->message);
      return FALSE;
    }

  return TRUE;
}

static void
save (ForlopTemplateDialog *self)
{
  static const char *const kept[] = { "code", "kind", "language" };
  const ForlopAct *act = forlop_act_find ("save-template");
  g_autoptr (ForlopRecord) arguments = NULL;
  g_autofree char *body = NULL;
  ForlopActCall call;
  GWeakRef *weak;

  if (self->template == NULL)
    return;
  show_trouble (self, NULL);
  for (unsigned int i = 0; i < N_LISTS; i++)
    if (!forlop_template_parts_settle (self->lists[i]))
      return;
  arguments = forlop_acts_new_arguments (act, self->template_id);
  if (!collect (self, arguments))
    return;
  for (unsigned int i = 0; i < G_N_ELEMENTS (kept); i++)
    forlop_record_set_text (arguments, kept[i], forlop_record_get_text (self->record, kept[i]));
  body = forlop_plan_template_dup_body (self->template);
  forlop_record_set_text (arguments, "body", body);

  call = (ForlopActCall) { act, arguments };
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  gtk_widget_set_sensitive (self->save_button, FALSE);
  forlop_act_run (self->page, self->session, &call, 1, saved_cb, weak, weak_ref_free);
}

static void
changed_cb (ForlopTemplateDialog *self)
{
  self->changed = TRUE;
}

/* Leaving never loses what was typed: the fields as a draft of the form, the lists as the body of a template. */
static void
forlop_template_dialog_closed (AdwDialog *dialog)
{
  ForlopTemplateDialog *self = FORLOP_TEMPLATE_DIALOG (dialog);
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  g_autofree char *typed = NULL;
  g_autofree char *body = NULL;

  if (self->saved || self->form == NULL)
    return;
  for (unsigned int i = 0; i < N_LISTS; i++)
    forlop_template_parts_settle (self->lists[i]);
  if (!self->changed && !forlop_form_get_changed (self->form))
    return;

  typed = forlop_form_dup_draft (self->form);
  body = forlop_plan_template_dup_body (self->template);
  yyjson_mut_doc_set_root (doc, root);
  forlop_json_add_text (doc, root, "form", typed);
  forlop_json_add_text (doc, root, "body", body);
  keep_draft (self, forlop_json_write (doc, FALSE));
}

/* The lists that were kept come instead of the saved ones. */
static void
take_up_draft (ForlopTemplateDialog *self,
               const ForlopDraft    *draft)
{
  g_autoptr (yyjson_doc) doc = draft != NULL ? forlop_json_parse (draft->body, -1, NULL) : NULL;
  yyjson_val *root = yyjson_doc_get_root (doc);
  const char *body = yyjson_get_str (yyjson_obj_get (root, "body"));
  ForlopPlanTemplate *kept = body != NULL ? forlop_plan_template_parse (body, NULL) : NULL;

  if (kept == NULL)
    return;
  forlop_plan_template_free (self->template);
  self->template = kept;
  self->kept = g_strdup (yyjson_get_str (yyjson_obj_get (root, "form")));
  self->changed = TRUE;
}

static void
append_titled (ForlopTemplateDialog *self,
               const char           *title,
               GtkWidget            *child)
{
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "title-4");
  gtk_box_append (self->box, label);
  gtk_box_append (self->box, child);
}

static void
show_template (ForlopTemplateDialog *self)
{
  const ForlopRecordType *plan = forlop_record_type_find ("care_plan");
  const char *const titles[N_LISTS] = { _("Limits"), _("Trend rules"), _("Schedules and forms") };

  self->form = FORLOP_FORM (forlop_form_new (forlop_session_get_clock (self->session)));
  forlop_form_add_group (self->form, NULL, forlop_record_type_find ("template"), own_fields);
  for (unsigned int i = 0; i < G_N_ELEMENTS (text_groups); i++)
    forlop_form_add_group (self->form, text_groups[i].title != NULL ? _(text_groups[i].title) : NULL, plan,
                           text_groups[i].fields);
  forlop_form_load_record (self->form, self->record);
  forlop_form_load_record (self->form, self->template->plan);
  g_signal_connect_object (self->form, "save", G_CALLBACK (save), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->box, GTK_WIDGET (self->form));
  for (unsigned int i = 0; i < N_LISTS; i++)
    {
      GtkWidget *list = forlop_template_parts_new (self->session, self->template, list_types[i], self->form_titles);

      self->lists[i] = FORLOP_TEMPLATE_PARTS (list);
      g_signal_connect_object (list, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      append_titled (self, titles[i], list);
    }
  if (self->kept != NULL && forlop_form_load_draft (self->form, self->kept))
    show_trouble (self, _("What you typed was kept"));
  gtk_widget_set_sensitive (self->save_button, TRUE);
}

static DexFuture *
load_fiber (gpointer data)
{
  Asking *asking = data;
  g_autoptr (GError) error = NULL;
  Loaded *loaded = forlop_worker_await (g_steal_pointer (&asking->future), &error);
  g_autoptr (ForlopTemplateDialog) self = g_weak_ref_get (&asking->dialog);

  if (self == NULL || self->box == NULL)
    {
      loaded_free (loaded);
      return NULL;
    }
  if (loaded == NULL)
    {
      show_trouble (self, error->message);
      return NULL;
    }
  self->record = g_steal_pointer (&loaded->record);
  self->form_titles = g_steal_pointer (&loaded->form_titles);
  if (!forlop_record_text_is (self->record, "kind", "plan"))
    {
      loaded_free (loaded);
      adw_dialog_force_close (ADW_DIALOG (self));
      forlop_act_dialog_present (self->page, self->session, "save-template", "template", self->template_id, NULL, NULL);
      return NULL;
    }
  self->template = forlop_plan_template_parse (forlop_record_get_text (self->record, "body"), &error);
  if (self->template != NULL)
    {
      take_up_draft (self, loaded->draft);
      show_template (self);
    }
  else
    show_trouble (self, error->message);
  loaded_free (loaded);

  return NULL;
}

static void
load (ForlopTemplateDialog *self)
{
  ForlopStore *store = forlop_session_get_store (self->session);
  g_autoptr (ForlopActor) actor = forlop_session_dup_actor (self->session);
  Asking *asking;

  if (store == NULL || actor == NULL)
    return;
  asking = g_new0 (Asking, 1);
  g_weak_ref_init (&asking->dialog, self);
  asking->user_id = g_strdup (actor->user_id);
  asking->template_id = g_strdup (self->template_id);
  asking->future = forlop_store_read (store, load_on_worker, asking, NULL, loaded_free);
  dex_future_disown (dex_scheduler_spawn (NULL, 0, load_fiber, asking, asking_free));
}

static void
forlop_template_dialog_dispose (GObject *object)
{
  FORLOP_TEMPLATE_DIALOG (object)->box = NULL;

  G_OBJECT_CLASS (forlop_template_dialog_parent_class)->dispose (object);
}

/* After the widgets, which borrow the template. */
static void
forlop_template_dialog_finalize (GObject *object)
{
  ForlopTemplateDialog *self = FORLOP_TEMPLATE_DIALOG (object);

  g_clear_object (&self->session);
  g_free (self->template_id);
  g_free (self->kept);
  g_clear_object (&self->record);
  g_clear_pointer (&self->template, forlop_plan_template_free);
  g_clear_pointer (&self->form_titles, g_hash_table_unref);

  G_OBJECT_CLASS (forlop_template_dialog_parent_class)->finalize (object);
}

static void
forlop_template_dialog_class_init (ForlopTemplateDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = forlop_template_dialog_dispose;
  object_class->finalize = forlop_template_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->closed = forlop_template_dialog_closed;
}

static void
forlop_template_dialog_init (ForlopTemplateDialog *self)
{
  GtkWidget *toolbar = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 15));
  self->trouble = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->trouble, TRUE);
  gtk_label_set_xalign (self->trouble, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), FALSE);
  gtk_box_append (self->box, GTK_WIDGET (self->trouble));
  g_object_set (self->box, "margin-top", 12, "margin-bottom", 24, "margin-start", 12, "margin-end", 12, NULL);
  self->save_button = gtk_button_new_with_label (_("Save"));
  gtk_widget_set_sensitive (self->save_button, FALSE);
  gtk_widget_add_css_class (self->save_button, "suggested-action");
  gtk_widget_set_tooltip_text (self->save_button, _("Save (Ctrl+Enter)"));
  g_signal_connect_object (self->save_button, "clicked", G_CALLBACK (save), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->save_button);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), WIDTH - 24);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->box));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar), scroller);
  adw_dialog_set_child (ADW_DIALOG (self), toolbar);
  adw_dialog_set_title (ADW_DIALOG (self), _("Template for plans"));
  adw_dialog_set_content_width (ADW_DIALOG (self), WIDTH);
  adw_dialog_set_content_height (ADW_DIALOG (self), HEIGHT);
}

void
forlop_template_dialog_present (GtkWidget     *parent,
                                ForlopSession *session,
                                const char    *template_id)
{
  ForlopTemplateDialog *self;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (FORLOP_IS_SESSION (session));
  g_return_if_fail (template_id != NULL);

  self = g_object_new (FORLOP_TYPE_TEMPLATE_DIALOG, NULL);
  self->page = parent;
  self->session = g_object_ref (session);
  self->template_id = g_strdup (template_id);
  adw_dialog_present (ADW_DIALOG (self), parent);
  load (self);
}
