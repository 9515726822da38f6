/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-act-preparation.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-act-again.h"
#include "forlop-act-layout.h"
#include "forlop-act-prefill.h"
#include "forlop-choice-store.h"
#include "forlop-equipment-store.h"
#include "forlop-error.h"
#include "forlop-field-value.h"
#include "forlop-item-service.h"
#include "forlop-json.h"
#include "forlop-record-store.h"
#include "forlop-record-title.h"
#include "forlop-reference.h"
#include "forlop-snapshot-store.h"

ForlopActRequest *
forlop_act_request_new (const ForlopAct *act,
                        const char      *subject_type,
                        const char      *subject_id,
                        const char      *case_id,
                        const char      *citizen_id)
{
  ForlopActRequest *self = g_new0 (ForlopActRequest, 1);

  g_return_val_if_fail (act != NULL, self);

  self->act = act;
  self->subject_type = g_strdup (subject_type);
  self->subject_id = g_strdup (subject_id);
  self->case_id = g_strdup (case_id);
  self->citizen_id = g_strdup (citizen_id);
  if (self->case_id == NULL && g_strcmp0 (subject_type, "case") == 0)
    self->case_id = g_strdup (subject_id);
  if (self->citizen_id == NULL && g_strcmp0 (subject_type, "citizen") == 0)
    self->citizen_id = g_strdup (subject_id);

  return self;
}

ForlopActRequest *
forlop_act_request_copy (const ForlopActRequest *self)
{
  ForlopActRequest *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = forlop_act_request_new (self->act, self->subject_type, self->subject_id, self->case_id,
                                 self->citizen_id);
  copy->known = g_strdup (self->known);
  copy->again = g_strdup (self->again);
  copy->settles = g_strdup (self->settles);
  copy->actor = self->actor != NULL ? forlop_actor_copy (self->actor) : NULL;

  return copy;
}

void
forlop_act_request_free (ForlopActRequest *self)
{
  if (self == NULL)
    return;

  g_free (self->subject_type);
  g_free (self->subject_id);
  g_free (self->case_id);
  g_free (self->citizen_id);
  g_free (self->known);
  g_free (self->again);
  g_free (self->settles);
  g_clear_pointer (&self->actor, forlop_actor_free);
  g_free (self);
}

char *
forlop_act_request_dup_key (const ForlopActRequest *self)
{
  const char *about;

  g_return_val_if_fail (self != NULL, NULL);

  /* What is done again is not what was left half written of another. */
  about = self->again != NULL ? self->again : self->subject_id;
  if (about == NULL)
    about = self->case_id != NULL ? self->case_id : self->citizen_id;

  return g_strjoin (" ", "act", self->act->name, about != NULL ? about : "-", NULL);
}

void
forlop_act_preparation_free (ForlopActPreparation *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->arguments);
  g_strfreev (self->hidden);
  g_strfreev (self->missing);
  g_clear_pointer (&self->choices, g_hash_table_unref);
  g_clear_pointer (&self->existing, g_ptr_array_unref);
  g_clear_pointer (&self->forms, g_ptr_array_unref);
  g_clear_pointer (&self->draft, forlop_draft_free);
  g_free (self->whose);
  g_free (self);
}

/* A case is somebody's: an act on the citizen can begin from the case. */
static void
complete_request (ForlopActRequest *request,
                  ForlopSnapshot   *snapshot)
{
  ForlopRecord *citizen = snapshot != NULL ? forlop_snapshot_get_citizen (snapshot) : NULL;

  if (request->citizen_id == NULL && citizen != NULL)
    request->citizen_id = g_strdup (forlop_record_get_id (citizen));
}

/* What is not on this machine any more is no reason not to open the form: the act says so itself. */
static gboolean
load_snapshot (ForlopConnection        *connection,
               const ForlopActRequest  *request,
               gint64                   now,
               ForlopSnapshot         **snapshot,
               GError                 **error)
{
  g_autoptr (GError) local_error = NULL;

  if (request->case_id != NULL)
    *snapshot = forlop_snapshot_store_load_either (connection, request->case_id, now, &local_error);
  else if (request->citizen_id != NULL)
    *snapshot = forlop_snapshot_store_load_citizen (connection, request->citizen_id, now, &local_error);

  if (local_error == NULL || g_error_matches (local_error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

static gboolean
load_subject (ForlopConnection        *connection,
              const ForlopActRequest  *request,
              ForlopRecord           **subject,
              GError                 **error)
{
  g_autoptr (GError) local_error = NULL;

  if (request->subject_type == NULL || request->subject_id == NULL ||
      g_str_equal (request->subject_type, "measurement"))
    return TRUE;

  *subject = forlop_record_store_load (connection, request->subject_type, request->subject_id,
                                       &local_error);
  if (local_error == NULL || g_error_matches (local_error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

static gboolean
load_choices (ForlopConnection        *connection,
              const ForlopActRequest  *request,
              ForlopActPreparation    *self,
              GError                 **error)
{
  const ForlopRecordType *type = forlop_record_get_rtype (self->arguments);

  for (const ForlopField *field = type->fields; field->name != NULL; field++)
    {
      g_autoptr (GPtrArray) named = NULL;
      g_autoptr (GListStore) choices = NULL;

      if (field->kind != FORLOP_KIND_REF ||
          g_strv_contains ((const char *const *) self->hidden, field->name))
        continue;
      named = forlop_choice_store_list (connection, field->target, request->case_id,
                                        request->citizen_id, error);
      if (named == NULL)
        return FALSE;

      choices = g_list_store_new (FORLOP_TYPE_REFERENCE);
      for (unsigned int i = 0; i < named->len; i++)
        {
          const ForlopNamed *one = g_ptr_array_index (named, i);
          g_autoptr (ForlopReference) reference = forlop_reference_new (one->id, one->name);

          g_list_store_append (choices, reference);
        }
      /* Where there is only one to choose, it is chosen. */
      if (named->len == 1 && !forlop_record_has (self->arguments, field->name) &&
          ((field->flags & FORLOP_FIELD_REQUIRED) || g_str_equal (field->target, "profile")))
        forlop_record_set_text (self->arguments, field->name,
                                ((ForlopNamed *) g_ptr_array_index (named, 0))->id);
      g_hash_table_insert (self->choices, (gpointer) field->name, g_steal_pointer (&choices));
    }

  return TRUE;
}

static void
explain (const ForlopActRequest *request,
         ForlopSnapshot         *snapshot,
         ForlopActPreparation   *self)
{
  g_autoptr (GStrvBuilder) sentences = g_strv_builder_new ();
  g_auto (GStrv) closed = NULL;

  if (request->actor == NULL)
    {
      self->forbidden = TRUE;
      g_strv_builder_add (sentences, _("Nobody is signed in. Choose who you are at the top of the window."));
    }
  else if (!forlop_act_allows_role (request->act, request->actor->role))
    {
      self->forbidden = TRUE;
      g_strv_builder_take (sentences,
                           /* Translators: a role. */
                           g_strdup_printf (_("It is not for the function %s. Change your function, or "
                                              "ask somebody who may do it."),
                                            forlop_role_label (request->actor->role)));
    }

  if (snapshot != NULL)
    closed = forlop_acts_explain (request->act, snapshot);
  if (closed != NULL)
    g_strv_builder_addv (sentences, (const char **) closed);

  self->missing = g_strv_builder_end (sentences);
  if (self->missing[0] == NULL)
    g_clear_pointer (&self->missing, g_strfreev);
}

/* Whose loan of which item: the form may stand on another citizen's page, or on nobody's. */
static gboolean
name_loan (ForlopConnection  *connection,
           ForlopRecord      *loan,
           char             **whose,
           GError           **error)
{
  const char *citizen_id = forlop_record_get_text (loan, "citizen_id");
  g_autofree char *who = NULL;
  g_autofree char *item = NULL;

  if ((citizen_id != NULL && !forlop_choice_store_name (connection, "citizen", citizen_id, &who, error)) ||
      !forlop_choice_store_name (connection, "item", forlop_record_get_text (loan, "item_id"), &item, error))
    return FALSE;
  if (who == NULL || item == NULL)
    return TRUE;
  g_free (*whose);
  *whose = g_strjoin (" · ", who, item, NULL);

  return TRUE;
}

/* The citizen; where it is about nobody, the record it is done on. */
static char *
dup_whose (ForlopSnapshot *snapshot,
           ForlopRecord   *subject)
{
  ForlopRecord *citizen = snapshot != NULL ? forlop_snapshot_get_citizen (snapshot) : NULL;
  g_autofree char *name = NULL;

  if (citizen == NULL)
    return subject != NULL ? forlop_record_dup_title (subject) : NULL;
  if (forlop_snapshot_is_delivery (snapshot))
    {
      ForlopRecord *delivery = forlop_snapshot_latest (snapshot, "delivery");

      return delivery != NULL ? g_strdup (forlop_record_get_text (delivery, "name")) : NULL;
    }

  name = g_strjoin (" ", forlop_record_get_text (citizen, "given_name"),
                    forlop_record_get_text (citizen, "family_name"), NULL);
  if (!forlop_record_has (citizen, "birth_date"))
    return g_steal_pointer (&name);

  return g_strdup_printf ("%s, %d", name,
                          forlop_date_age (forlop_record_get_date (citizen, "birth_date"),
                                           forlop_snapshot_get_today (snapshot)));
}

static gboolean
fill_known (const ForlopActRequest  *request,
            ForlopActPreparation    *self,
            GStrvBuilder            *hidden,
            GError                 **error)
{
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *key, *value;
  size_t i, n;

  if (request->known == NULL)
    return TRUE;

  doc = forlop_json_parse (request->known, -1, error);
  if (doc == NULL || !forlop_record_fill_json (self->arguments, yyjson_doc_get_root (doc), error))
    return FALSE;
  yyjson_obj_foreach (yyjson_doc_get_root (doc), i, n, key, value)
    g_strv_builder_add (hidden, yyjson_get_str (key));

  return TRUE;
}

/* The service that is due first is the one that is recorded. */
static gboolean
fill_service (ForlopConnection        *connection,
              const ForlopActRequest  *request,
              ForlopRecord            *subject,
              ForlopRecord            *arguments,
              GError                 **error)
{
  g_autoptr (GPtrArray) plans = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) running = NULL;
  ForlopDate first = FORLOP_DATE_NONE;

  if (subject == NULL || !g_str_equal (request->act->name, "record-service") ||
      !g_str_equal (request->subject_type, "item"))
    return TRUE;

  plans = forlop_equipment_store_list_plans (connection, subject, error);
  records = plans != NULL ? forlop_record_store_list (connection, "service_record", "item_id", request->subject_id, error)
                          : NULL;
  if (records == NULL)
    return FALSE;

  running = forlop_item_service_plans (subject, plans);
  for (unsigned int i = 0; i < running->len; i++)
    {
      ForlopRecord *plan = g_ptr_array_index (running, i);
      ForlopDate due = forlop_item_service_due (subject, plan, records);

      if (due == FORLOP_DATE_NONE || (first != FORLOP_DATE_NONE && due >= first))
        continue;
      first = due;
      forlop_record_set_text (arguments, "service_plan_id", forlop_record_get_id (plan));
      forlop_record_set_text (arguments, "kind", forlop_record_get_text (plan, "kind"));
    }

  return TRUE;
}

/* The answers that stand, for a form that shows them all. */
static GPtrArray *
list_existing (ForlopSnapshot *snapshot)
{
  ForlopRecord *assessment = snapshot != NULL ? forlop_snapshot_latest (snapshot, "assessment") : NULL;
  GPtrArray *existing = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *criteria;

  if (assessment == NULL)
    return existing;

  criteria = forlop_snapshot_list (snapshot, "criterion");
  for (unsigned int i = 0; i < criteria->len; i++)
    {
      ForlopRecord *criterion = g_ptr_array_index (criteria, i);

      if (forlop_record_text_is (criterion, "assessment_id", forlop_record_get_id (assessment)))
        g_ptr_array_add (existing, g_object_ref (criterion));
    }

  return existing;
}

static void
act_form_free (gpointer data)
{
  ForlopActForm *self = data;

  g_free (self->id);
  forlop_questionnaire_free (self->questionnaire);
  g_free (self);
}

/* Every form in use, with its questions; one that cannot be read is left to the act to refuse. */
static gboolean
load_forms (ForlopConnection      *connection,
            ForlopActPreparation  *self,
            GError               **error)
{
  g_autoptr (GPtrArray) forms = forlop_record_store_list (connection, "form", NULL, NULL, error);
  g_autoptr (GPtrArray) questions = NULL;

  if (forms == NULL)
    return FALSE;
  questions = forlop_record_store_list (connection, "form_question", NULL, NULL, error);
  if (questions == NULL)
    return FALSE;

  self->forms = g_ptr_array_new_with_free_func (act_form_free);
  for (unsigned int i = 0; i < forms->len; i++)
    {
      ForlopRecord *form = g_ptr_array_index (forms, i);
      ForlopQuestionnaire *questionnaire = forlop_questionnaire_read (form, questions, NULL);
      ForlopActForm *one;

      if (questionnaire == NULL)
        continue;
      one = g_new0 (ForlopActForm, 1);
      one->id = g_strdup (forlop_record_get_id (form));
      one->questionnaire = questionnaire;
      g_ptr_array_add (self->forms, one);
    }

  return TRUE;
}

/**
 * forlop_act_prepare:
 *
 * Returns: (transfer full): what the form shows, or %NULL when the file could not be read.
 */
ForlopActPreparation *
forlop_act_prepare (ForlopConnection        *connection,
                    const ForlopActRequest  *request,
                    gint64                   now,
                    GError                 **error)
{
  g_autoptr (ForlopActPreparation) self = g_new0 (ForlopActPreparation, 1);
  g_autoptr (ForlopSnapshot) snapshot = NULL;
  g_autoptr (ForlopRecord) subject = NULL;
  g_autoptr (GStrvBuilder) hidden = g_strv_builder_new ();
  g_autoptr (ForlopActRequest) complete = NULL;
  g_autoptr (yyjson_doc) again = NULL;
  g_autofree char *key = NULL;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (request != NULL, NULL);

  complete = forlop_act_request_copy (request);
  if (request->again != NULL && !forlop_act_again_load (connection, request->again, &again, error))
    return NULL;
  if (again != NULL)
    forlop_act_again_find_subject (complete, again);
  if (!load_snapshot (connection, request, now, &snapshot, error) ||
      !load_subject (connection, complete, &subject, error))
    return NULL;

  complete_request (complete, snapshot);
  self->arguments = forlop_act_prefill (complete, snapshot, subject, now, hidden);
  if (!fill_known (request, self, hidden, error) ||
      !fill_service (connection, request, subject, self->arguments, error))
    return NULL;
  if (forlop_act_layout_asks_questions (request->act))
    {
      g_strv_builder_add (hidden, "answers");
      if (!load_forms (connection, self, error))
        return NULL;
    }
  self->hidden = g_strv_builder_end (hidden);
  if (again != NULL &&
      !forlop_act_again_fill (self->arguments, again, (const char *const *) self->hidden, error))
    return NULL;
  self->choices = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->existing = list_existing (snapshot);
  self->whose = dup_whose (snapshot, subject);
  if (subject != NULL && g_str_equal (complete->subject_type, "loan") &&
      !name_loan (connection, subject, &self->whose, error))
    return NULL;
  self->now = now;
  explain (request, snapshot, self);

  key = forlop_act_request_dup_key (request);
  if (!load_choices (connection, complete, self, error) ||
      !forlop_draft_store_find (connection, key,
                                request->actor != NULL ? request->actor->user_id : NULL,
                                &self->draft, error))
    return NULL;

  return g_steal_pointer (&self);
}
