/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-server-join.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-error.h"
#include "forlop-format.h"
#include "forlop-json.h"
#include "forlop-mirror-store.h"
#include "forlop-outbox-store.h"
#include "forlop-sync-limits.h"

/* What is known of the server before it is asked, and what the file is to know of it afterwards. */
typedef struct {
  char *address;
  char *ca_file;
  char *device_id;
  const ForlopServerJoin *join;
  gboolean is_paired;
} Plan;

static void
plan_clear (Plan *self)
{
  g_free (self->address);
  g_free (self->ca_file);
  g_free (self->device_id);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, plan_clear)

char *
forlop_server_join_dup_address (const char *written)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (written != NULL, NULL);

  text = g_strstrip (g_strdup (written));
  while (g_str_has_suffix (text, "/"))
    text[strlen (text) - 1] = '\0';
  if (strstr (text, "://") != NULL)
    return g_steal_pointer (&text);

  return g_strconcat ("https://", text, NULL);
}

static gpointer
plan_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  Plan *plan = user_data;
  g_auto (ForlopSyncState) state = { 0 };

  if (!forlop_outbox_store_is_paired (connection, &plan->is_paired, error))
    return NULL;
  if (!plan->is_paired)
    return forlop_mirror_store_check_pair (connection, error) ? plan : NULL;
  if (!forlop_mirror_store_load_state (connection, &state, error))
    return NULL;
  if (plan->address != NULL && !g_str_equal (plan->address, state.server))
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_ALREADY,
                   _("The file belongs to the server %s. Nothing was changed. Make a new file for "
                     "another server."), state.server);
      return NULL;
    }

  g_set_str (&plan->address, state.server);
  g_set_str (&plan->device_id, state.device_id);
  if (plan->ca_file == NULL)
    plan->ca_file = g_strdup (state.ca_file);

  return plan;
}

static gpointer
keep_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  Plan *plan = user_data;

  if (!plan->is_paired && !forlop_mirror_store_pair (connection, plan->address, error))
    return NULL;

  return forlop_mirror_store_set_account (connection, plan->ca_file, plan->join->tenant,
                                          plan->join->name != NULL ? plan->join->name : "", error)
           ? plan
           : NULL;
}

/* The transport's sentences are those of somebody at work, whose work is kept. */
static gboolean
explain_silence (const GError  *problem,
                 GError       **error)
{
  if (problem->domain != FORLOP_HTTP_ERROR)
    g_propagate_error (error, g_error_copy (problem));
  else if (problem->code == FORLOP_HTTP_ERROR_CERTIFICATE)
    g_set_error (error, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_CERTIFICATE,
                 _("Whoever answers cannot show that it is the municipality's server, so the password was "
                   "not sent. See that the address is right, and where the municipality has a certificate authority of "
                   "its own, that its file is chosen. Otherwise tell those who run the server."));
  else if (problem->code == FORLOP_HTTP_ERROR_ADDRESS)
    g_set_error (error, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_ADDRESS, "%s", problem->message);
  else if (problem->code == FORLOP_HTTP_ERROR_NOT_UNDERSTOOD ||
           problem->code == FORLOP_HTTP_ERROR_TOO_LARGE)
    g_set_error (error, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_ADDRESS,
                 _("What answers there is not a server for Forløp. Nothing was sent. See that the address "
                   "is right."));
  else
    g_set_error (error, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_ADDRESS,
                 _("The server cannot be reached. Nothing was changed. See that the address is right and "
                   "that this machine has a network, and try again."));

  return FALSE;
}

static gboolean
check_clock (ForlopClock  *clock,
             const char   *server_time,
             GError      **error)
{
  gint64 now = forlop_clock_now (clock);
  g_autofree char *much = NULL;
  gint64 at;

  if (!forlop_instant_from_iso (server_time, &at) || ABS (now - at) < forlop_clock_get_tolerance (clock))
    return TRUE;

  much = forlop_duration_format ((ABS (now - at) + FORLOP_HOUR / 2) / FORLOP_HOUR * FORLOP_HOUR);
  g_set_error (error, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_CLOCK,
               /* Translators: a length of time, such as 3 h or 10 days. */
               now > at ? _("The clock of this machine is %s fast. Nothing was changed. Set the clock, and try again.")
                        : _("The clock of this machine is %s slow. Nothing was changed. Set the clock, and try again."),
               much);

  return FALSE;
}

/* The greeting shows that the address is right, and the password goes nowhere before. */
static gboolean
greet (ForlopHttpTransport  *transport,
       ForlopClock          *clock,
       GCancellable         *cancellable,
       GError              **error)
{
  g_auto (ForlopHttpAnswer) answer = { 0 };
  g_autoptr (GError) problem = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *root;
  const char *server_time;
  gint64 oldest = 0;

  if (!forlop_http_transport_send (transport, "GET", "/v1/sync/hello", NULL, NULL, &answer, cancellable,
                                   &problem))
    return explain_silence (problem, error);

  doc = forlop_json_parse (answer.text, -1, NULL);
  root = yyjson_doc_get_root (doc);
  server_time = yyjson_get_str (yyjson_obj_get (root, "server_time"));
  if (answer.status == 503 || answer.status == 429)
    g_set_error (error, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_TOO_MANY,
                 _("The server has much to do. Nothing was changed. Try again in a moment."));
  else if (answer.status != 200 || server_time == NULL)
    g_set_error (error, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_ADDRESS,
                 _("What answers there is not a server for Forløp. Nothing was sent. See that the address "
                   "is right."));
  else if (forlop_json_get_integer (yyjson_obj_get (root, "schema"), "oldest", &oldest, NULL) &&
           oldest > FORLOP_SYNC_SCHEMA_NEWEST)
    g_set_error (error, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_TOO_OLD,
                 _("This version of Forløp is too old for the server. Nothing was changed. Update Forløp, "
                   "and try again."));
  else
    return check_clock (clock, server_time, error);

  return FALSE;
}

static gboolean
enter (ForlopServerAccount  *account,
       ForlopHttpTransport  *transport,
       const Plan           *plan,
       GCancellable         *cancellable,
       GError              **error)
{
  const ForlopSignIn by_password = {
    .tenant = plan->join->tenant, .name = plan->join->name, .password = plan->join->password,
    .device_id = plan->device_id, .device_name = g_get_host_name (),
  };
  const ForlopBrowserWords by_browser = {
    .tenant = plan->join->tenant, .device_id = plan->device_id, .device_name = g_get_host_name (),
    .open = plan->join->open, .user_data = plan->join->user_data,
  };

  return plan->join->name != NULL
           ? forlop_server_account_sign_in (account, transport, &by_password, cancellable, error)
           : forlop_browser_sign_in (account, transport, &by_browser, cancellable, error);
}

static ForlopServerAccount *
sign_in (ForlopStore          *store,
         ForlopHttpTransport  *transport,
         const Plan           *plan,
         GCancellable         *cancellable,
         GError              **error)
{
  g_autoptr (ForlopServerAccount) account = forlop_server_account_new (store, error);
  g_autoptr (GError) problem = NULL;

  if (account == NULL)
    return NULL;
  if (!enter (account, transport, plan, cancellable, &problem))
    {
      explain_silence (problem, error);
      return NULL;
    }

  return g_steal_pointer (&account);
}

/* A session that may do nothing but this is not left behind. */
static gboolean
choose_password (ForlopServerAccount  *account,
                 ForlopHttpTransport  *transport,
                 const Plan           *plan,
                 GCancellable         *cancellable,
                 GError              **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GError) ignored = NULL;

  if (!forlop_server_account_must_change_password (account))
    return TRUE;
  if (plan->join->new_password == NULL)
    g_set_error (&problem, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_ONE_TIME,
                 _("The password was for one time. Choose your own, of at least 12 characters."));
  else if (forlop_server_account_set_password (account, transport, plan->join->password,
                                               plan->join->new_password, cancellable, &problem))
    return TRUE;

  if (!forlop_server_account_sign_out (account, transport, cancellable, &ignored))
    g_debug ("The session was not forgotten: %s", ignored->message);

  return explain_silence (problem, error);
}

gboolean
forlop_server_join (ForlopStore             *store,
                    const ForlopServerJoin  *join,
                    GCancellable            *cancellable,
                    GError                 **error)
{
  g_auto (Plan) plan = { .join = join };
  g_autoptr (ForlopHttpTransport) transport = NULL;
  g_autoptr (ForlopServerAccount) account = NULL;
  g_autoptr (GError) problem = NULL;
  ForlopHttpSettings settings = { 0 };
  gint64 now;

  g_return_val_if_fail (FORLOP_IS_STORE (store), FALSE);
  g_return_val_if_fail (join != NULL && join->tenant != NULL, FALSE);
  g_return_val_if_fail (join->name != NULL ? join->password != NULL : join->open != NULL, FALSE);

  now = forlop_clock_now (forlop_store_get_clock (store));
  plan.address = join->address != NULL ? forlop_server_join_dup_address (join->address) : NULL;
  plan.ca_file = g_strdup (join->ca_file);
  if (forlop_store_read_sync (store, plan_on_worker, &plan, NULL, cancellable, error) == NULL)
    return FALSE;
  if (plan.device_id == NULL)
    plan.device_id = forlop_id_source_next (forlop_store_get_ids (store), now);

  settings.address = plan.address != NULL ? plan.address : "";
  settings.ca_file = plan.ca_file;
  transport = forlop_http_transport_new (&settings, &problem);
  if (transport == NULL)
    return explain_silence (problem, error);
  if (!greet (transport, forlop_store_get_clock (store), cancellable, error))
    return FALSE;
  account = sign_in (store, transport, &plan, cancellable, error);

  return account != NULL && choose_password (account, transport, &plan, cancellable, error) &&
         forlop_store_write_sync (store, keep_on_worker, &plan, NULL, cancellable, error) != NULL;
}
