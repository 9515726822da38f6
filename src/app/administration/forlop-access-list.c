/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-access-list.h"

#include <glib/gi18n-lib.h>

#include "forlop-access-store.h"
#include "forlop-act.h"
#include "forlop-empty-state.h"
#include "forlop-load.h"
#include "forlop-record-label-store.h"
#include "forlop-row-list.h"

/* What is shown at once; the whole log can be exported by the command line. */
#define MAX_ROWS 500

struct _ForlopAccessList
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *result;
  GtkButton *verify_button;
  ForlopRowList *list;

  /* Owned */
  ForlopSession *session;
  GListStore *rows;
};

/* One line of the log as it is shown. */
typedef struct {
  gint64 at;
  char *user_name;
  const char *role;
  char *citizen_name;
  const char *action;
  char *kinds;
  char *reason;
} Line;

typedef struct {
  gint64 n_rows;
  char *problem;
} Verdict;

enum {
  PROP_0,
  PROP_NARROW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ForlopAccessList, forlop_access_list, ADW_TYPE_BIN)

static const ForlopRowColumn columns[] = {
  { N_("When"), 14, 0 },
  { N_("Who"), 16, 0 },
  { N_("Function"), 14, 0 },
  { N_("Citizen"), 16, 0 },
  { N_("What"), 14, 0 },
  { N_("Kinds of information"), 14, 0 },
  { N_("Reason"), 0, 0 },
  { NULL },
};

static void
line_free (gpointer data)
{
  Line *line = data;

  if (line == NULL)
    return;
  g_free (line->user_name);
  g_free (line->citizen_name);
  g_free (line->kinds);
  g_free (line->reason);
  g_free (line);
}

static void
verdict_free (gpointer data)
{
  Verdict *verdict = data;

  g_free (verdict->problem);
  g_free (verdict);
}

static const char *
action_label (const char *action)
{
  static const struct {
    const char *code;
    const char *label;
  } actions[] = {
    { FORLOP_ACCESS_OPENED, N_("Opened the record") },
    { FORLOP_ACCESS_SHOWED_ID_NUMBER, N_("Showed the identity number") },
    { FORLOP_ACCESS_FOUND, N_("Saw in a search") },
    { FORLOP_ACCESS_LISTED, N_("Listed") },
    { FORLOP_ACCESS_EXPORTED, N_("Exported") },
    { FORLOP_ACCESS_PRINTED, N_("Printed") },
    { FORLOP_ACCESS_BACKED_UP, N_("Made a copy of everything") },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_strcmp0 (actions[i].code, action) == 0)
      return _(actions[i].label);

  return action;
}

/* The names of the record types, as people call them. */
static char *
kinds_label (const char *kinds)
{
  g_auto (GStrv) names = g_strsplit (kinds != NULL ? kinds : "", ",", -1);

  for (unsigned int i = 0; names[i] != NULL; i++)
    {
      const ForlopRecordType *type = forlop_record_type_find (names[i]);

      if (type != NULL)
        g_set_str (&names[i], _(type->label));
      else if (g_str_equal (names[i], "all"))
        g_set_str (&names[i], _("Everything"));
    }

  return g_strjoinv (", ", names);
}

static char *
row_text (gconstpointer data,
          unsigned int  column,
          gpointer      user_data G_GNUC_UNUSED)
{
  const Line *line = data;

  switch (column)
    {
    case 0:
      return forlop_instant_format (line->at);
    case 1:
      return g_strdup (line->user_name);
    case 2:
      return g_strdup (line->role != NULL ? forlop_role_label (line->role) : NULL);
    case 3:
      return g_strdup (line->citizen_name);
    case 4:
      return g_strdup (action_label (line->action));
    case 5:
      return kinds_label (line->kinds);
    default:
      return g_strdup (line->reason);
    }
}

static gpointer
load_lines_on_worker (ForlopConnection  *connection,
                      gpointer           user_data G_GNUC_UNUSED,
                      GCancellable      *cancellable G_GNUC_UNUSED,
                      GError           **error)
{
  g_autoptr (GPtrArray) log = forlop_access_store_list (connection, NULL, MAX_ROWS, error);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (line_free);

  if (log == NULL)
    return NULL;

  for (unsigned int i = 0; i < log->len; i++)
    {
      ForlopAccess *access = g_ptr_array_index (log, i);
      Line *line = g_new0 (Line, 1);

      line->at = access->at;
      line->user_name = g_steal_pointer (&access->user_name);
      line->role = access->role;
      line->action = access->action;
      line->kinds = g_steal_pointer (&access->kinds);
      line->reason = g_steal_pointer (&access->reason);
      if (access->citizen_id != NULL)
        line->citizen_name = forlop_record_label_dup (connection, "citizen", access->citizen_id, NULL);
      g_ptr_array_add (lines, line);
    }

  return g_steal_pointer (&lines);
}

static void
lines_loaded_cb (GtkWidget *widget,
                 gpointer   result)
{
  ForlopAccessList *self = FORLOP_ACCESS_LIST (widget);
  g_autoptr (GPtrArray) lines = result;

  if (lines == NULL)
    return;

  g_list_store_remove_all (self->rows);
  for (unsigned int i = 0; i < lines->len; i++)
    {
      g_autoptr (ForlopPagedRow) row = forlop_paged_row_new (i);

      forlop_paged_row_take_fields (row, g_steal_pointer (&lines->pdata[i]), line_free);
      g_list_store_append (self->rows, row);
    }
}

static gpointer
verify_on_worker (ForlopConnection  *connection,
                  gpointer           user_data G_GNUC_UNUSED,
                  GCancellable      *cancellable G_GNUC_UNUSED,
                  GError           **error G_GNUC_UNUSED)
{
  Verdict *verdict = g_new0 (Verdict, 1);
  g_autoptr (GError) problem = NULL;

  if (!forlop_access_store_verify (connection, &verdict->n_rows, &problem))
    verdict->problem = g_strdup (problem->message);

  return verdict;
}

static void
verified_cb (GtkWidget *widget,
             gpointer   result)
{
  ForlopAccessList *self = FORLOP_ACCESS_LIST (widget);
  Verdict *verdict = result;
  g_autofree char *sentence = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self->verify_button), TRUE);
  if (verdict == NULL)
    return;

  sentence = verdict->problem != NULL
               ? g_steal_pointer (&verdict->problem)
               : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                               "● The log is whole: %lu line.",
                                               "● The log is whole: %lu lines.",
                                               (unsigned long) verdict->n_rows),
                                  (unsigned long) verdict->n_rows);
  gtk_label_set_label (self->result, sentence);
  gtk_accessible_announce (GTK_ACCESSIBLE (self->result), sentence,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  verdict_free (verdict);
}

static void
verify_cb (ForlopAccessList *self)
{
  if (self->session == NULL || forlop_session_get_store (self->session) == NULL)
    return;

  gtk_widget_set_sensitive (GTK_WIDGET (self->verify_button), FALSE);
  forlop_load (GTK_WIDGET (self), forlop_session_get_store (self->session), verify_on_worker, NULL,
               NULL, verdict_free, verified_cb);
}

static void
forlop_access_list_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_NARROW:
      g_object_get_property (G_OBJECT (FORLOP_ACCESS_LIST (object)->list), "narrow", value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
forlop_access_list_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_NARROW:
      g_object_set_property (G_OBJECT (FORLOP_ACCESS_LIST (object)->list), "narrow", value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
forlop_access_list_finalize (GObject *object)
{
  ForlopAccessList *self = FORLOP_ACCESS_LIST (object);

  g_clear_object (&self->session);
  g_clear_object (&self->rows);

  G_OBJECT_CLASS (forlop_access_list_parent_class)->finalize (object);
}

static void
forlop_access_list_class_init (ForlopAccessListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = forlop_access_list_get_property;
  object_class->set_property = forlop_access_list_set_property;
  object_class->finalize = forlop_access_list_finalize;

  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (FORLOP_TYPE_ROW_LIST);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/forlop/Forlop/administration/forlop-access-list.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopAccessList, result);
  gtk_widget_class_bind_template_child (widget_class, ForlopAccessList, verify_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopAccessList, list);
  gtk_widget_class_bind_template_callback (widget_class, verify_cb);
}

static void
forlop_access_list_init (ForlopAccessList *self)
{
  self->rows = g_list_store_new (FORLOP_TYPE_PAGED_ROW);
  gtk_widget_init_template (GTK_WIDGET (self));

  forlop_row_list_set_columns (self->list, columns, row_text, NULL, self);
  forlop_row_list_set_name (self->list, _("Access log"));
  forlop_row_list_set_empty (self->list,
                             forlop_empty_state_new ("forlop-administration-symbolic",
                                                     _("Nobody has opened a record yet"),
                                                     _("Every opening of a citizen's record is "
                                                       "written here.")));
  forlop_row_list_set_model (self->list, G_LIST_MODEL (self->rows));
}

void
forlop_access_list_set_session (ForlopAccessList *self,
                                ForlopSession    *session)
{
  g_return_if_fail (FORLOP_IS_ACCESS_LIST (self));
  g_return_if_fail (FORLOP_IS_SESSION (session));

  g_set_object (&self->session, session);
  if (forlop_session_get_store (session) != NULL)
    forlop_load (GTK_WIDGET (self), forlop_session_get_store (session), load_lines_on_worker, NULL,
                 NULL, (GDestroyNotify) g_ptr_array_unref, lines_loaded_cb);
}
