/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-search-jump-provider.h"

#include <glib/gi18n-lib.h>

#include "forlop-elsewhere-dialog.h"
#include "forlop-found-log.h"
#include "forlop-id-number.h"
#include "forlop-search.h"
#include "forlop-sections.h"
#include "forlop-worker.h"

struct _ForlopSearchJumpProvider
{
  GObject parent_instance;

  ForlopSession *session;
  ForlopFoundLog *found_log;
};

typedef struct {
  char *text;
  unsigned int limit;
} Question;

/* Who waits for the answer, and to what. */
typedef struct {
  ForlopSearchJumpProvider *self;
  char *text;
} Asked;

static void forlop_search_jump_provider_iface_init (ForlopJumpProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ForlopSearchJumpProvider, forlop_search_jump_provider,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FORLOP_TYPE_JUMP_PROVIDER,
                                                      forlop_search_jump_provider_iface_init))

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->text);
  g_free (question);
}

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_object_unref (asked->self);
  g_free (asked->text);
  g_free (asked);
}

static gpointer
search_on_worker (ForlopConnection  *connection,
                  gpointer           user_data,
                  GCancellable      *cancellable G_GNUC_UNUSED,
                  GError           **error)
{
  Question *question = user_data;

  return forlop_search_run (connection, question->text, FORLOP_SEARCH_EVERYTHING, question->limit,
                            error);
}

static char *
describe_hit (const ForlopSearchHit *hit)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (hit->kind == FORLOP_SEARCH_CITIZENS)
    g_ptr_array_add (parts, g_strdup (_("Citizen")));
  else if (hit->kind == FORLOP_SEARCH_CASES)
    g_ptr_array_add (parts, g_strdup (_("Case")));
  else
    g_ptr_array_add (parts, g_strdup (_("Item")));
  if (hit->number != NULL)
    g_ptr_array_add (parts, g_strdup (hit->number));
  if (hit->birth_date != FORLOP_DATE_NONE)
    g_ptr_array_add (parts, forlop_date_format (hit->birth_date));
  if (hit->unit_name != NULL)
    g_ptr_array_add (parts, g_strdup (hit->unit_name));
  g_ptr_array_add (parts, NULL);

  return g_strjoinv (" · ", (char **) parts->pdata);
}

/* A citizen is met in the newest case; without one, on a page of her own. */
static ForlopJumpResult *
new_result (const ForlopSearchHit *hit)
{
  gboolean item = hit->kind == FORLOP_SEARCH_ITEMS;
  const char *kind = item ? "item" : hit->case_id != NULL ? "case" : "citizen";
  const char *id = item || hit->case_id == NULL ? hit->id : hit->case_id;
  g_autofree char *subtitle = NULL;

  if (forlop_pages_find (kind) == NULL)
    return NULL;

  subtitle = describe_hit (hit);

  return forlop_jump_result_new (item ? "forlop-equipment-symbolic" : "forlop-citizens-symbolic",
                                 hit->title, subtitle, "win.open",
                                 g_variant_new ("(ss)", kind, id));
}

/* An item that nobody has shows nobody. */
static void
log_hits (ForlopSearchJumpProvider *self,
          GPtrArray                *hits)
{
  g_autoptr(GStrvBuilder) ids = g_strv_builder_new ();
  g_auto(GStrv) citizen_ids = NULL;

  for (unsigned int i = 0; i < hits->len; i++)
    {
      const ForlopSearchHit *hit = g_ptr_array_index (hits, i);

      if (hit->citizen_id != NULL && hit->kind != FORLOP_SEARCH_ITEMS)
        g_strv_builder_add (ids, hit->citizen_id);
    }
  citizen_ids = g_strv_builder_end (ids);
  forlop_found_log_show (self->found_log, self->session, citizen_ids);
}

/* Whose number is written and is not here may be known to the server. */
static void
offer_to_look_further (ForlopSearchJumpProvider *self,
                       const char               *text,
                       GListStore               *results)
{
  ForlopIdNumberInfo info;
  g_autoptr(ForlopJumpResult) result = NULL;

  forlop_id_number_examine (text, &info);
  if (info.kind == FORLOP_ID_NUMBER_NONE || !forlop_elsewhere_dialog_is_offered (self->session))
    return;
  result = forlop_jump_result_new ("system-search-symbolic", _("Look on the server"),
                                   _("Nobody here has this identity number"), "win.elsewhere",
                                   g_variant_new_string (text));
  g_list_store_append (results, result);
}

static DexFuture *
answered_cb (DexFuture *completed,
             gpointer   user_data)
{
  Asked *asked = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) hits = forlop_worker_steal (completed, &error);
  GListStore *results;

  if (hits == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  log_hits (asked->self, hits);
  results = g_list_store_new (FORLOP_TYPE_JUMP_RESULT);
  if (hits->len == 0)
    offer_to_look_further (asked->self, asked->text, results);
  for (unsigned int i = 0; i < hits->len; i++)
    {
      g_autoptr(ForlopJumpResult) result = new_result (g_ptr_array_index (hits, i));

      if (result != NULL)
        g_list_store_append (results, result);
    }

  return dex_future_new_take_object (results);
}

static DexFuture *
forlop_search_jump_provider_search (ForlopJumpProvider *provider,
                                    const char         *text,
                                    unsigned int        limit)
{
  ForlopSearchJumpProvider *self = FORLOP_SEARCH_JUMP_PROVIDER (provider);
  ForlopStore *store = forlop_session_get_store (self->session);
  Question *question;
  Asked *asked;

  if (store == NULL || *text == '\0')
    return dex_future_new_take_object (g_list_store_new (FORLOP_TYPE_JUMP_RESULT));

  question = g_new0 (Question, 1);
  question->text = g_strdup (text);
  question->limit = limit;
  asked = g_new0 (Asked, 1);
  asked->self = g_object_ref (self);
  asked->text = g_strdup (text);

  return dex_future_then (forlop_store_read (store, search_on_worker, question, question_free,
                                             (GDestroyNotify) g_ptr_array_unref),
                          answered_cb, asked, asked_free);
}

static void
forlop_search_jump_provider_iface_init (ForlopJumpProviderInterface *iface)
{
  iface->search = forlop_search_jump_provider_search;
}

static void
forlop_search_jump_provider_finalize (GObject *object)
{
  ForlopSearchJumpProvider *self = FORLOP_SEARCH_JUMP_PROVIDER (object);

  forlop_found_log_free (self->found_log);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (forlop_search_jump_provider_parent_class)->finalize (object);
}

static void
forlop_search_jump_provider_class_init (ForlopSearchJumpProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = forlop_search_jump_provider_finalize;
}

static void
forlop_search_jump_provider_init (ForlopSearchJumpProvider *self)
{
  self->found_log = forlop_found_log_new ();
}

ForlopJumpProvider *
forlop_search_jump_provider_new (ForlopSession *session)
{
  ForlopSearchJumpProvider *self;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), NULL);

  self = g_object_new (FORLOP_TYPE_SEARCH_JUMP_PROVIDER, NULL);
  self->session = g_object_ref (session);

  return FORLOP_JUMP_PROVIDER (self);
}
