/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-draft.h"

#include "forlop-date.h"
#include "forlop-json.h"

ForlopBoardDraft *
forlop_board_draft_new (void)
{
  ForlopBoardDraft *self = g_new0 (ForlopBoardDraft, 1);

  self->minutes = FORLOP_BOARD_USUAL_MINUTES;
  self->call_began_at = FORLOP_INSTANT_NONE;

  return self;
}

void
forlop_board_draft_free (ForlopBoardDraft *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_free (self->way);
  g_free (self->outcome);
  g_free (self->task);
  g_free (self->task_day);
  g_free (self->task_person);
  g_free (self->alert_id);
  g_free (self);
}

static char *
dup_member (yyjson_val *object,
            const char *key)
{
  const char *value = NULL;

  forlop_json_get_text (object, key, &value, NULL);

  return g_strdup (value);
}

ForlopBoardDraft *
forlop_board_draft_from_text (const char *text)
{
  g_autoptr (yyjson_doc) doc = NULL;
  ForlopBoardDraft *self;
  gint64 minutes = FORLOP_BOARD_USUAL_MINUTES;
  yyjson_val *object;

  g_return_val_if_fail (text != NULL, NULL);

  doc = forlop_json_parse (text, -1, NULL);
  object = yyjson_doc_get_root (doc);
  if (!yyjson_is_obj (object))
    return NULL;

  self = forlop_board_draft_new ();
  self->text = dup_member (object, "text");
  self->way = dup_member (object, "way");
  self->outcome = dup_member (object, "outcome");
  forlop_json_get_integer (object, "minutes", &minutes, NULL);
  self->minutes = (int) CLAMP (minutes, 0, 1440);
  forlop_json_get_boolean (object, "leaves_others", &self->leaves_others, NULL);
  self->task = dup_member (object, "task");
  self->task_day = dup_member (object, "task_day");
  self->task_person = dup_member (object, "task_person");
  self->alert_id = dup_member (object, "alert");

  return self;
}

char *
forlop_board_draft_to_text (const ForlopBoardDraft *self)
{
  g_autoptr (yyjson_mut_doc) doc = NULL;
  yyjson_mut_val *object;

  g_return_val_if_fail (self != NULL, NULL);

  doc = yyjson_mut_doc_new (NULL);
  object = yyjson_mut_obj (doc);
  yyjson_mut_doc_set_root (doc, object);
  forlop_json_add_text (doc, object, "text", self->text);
  forlop_json_add_text (doc, object, "way", self->way);
  forlop_json_add_text (doc, object, "outcome", self->outcome);
  yyjson_mut_obj_add_int (doc, object, "minutes", self->minutes);
  if (self->leaves_others)
    yyjson_mut_obj_add_bool (doc, object, "leaves_others", true);
  forlop_json_add_text (doc, object, "task", self->task);
  forlop_json_add_text (doc, object, "task_day", self->task_day);
  forlop_json_add_text (doc, object, "task_person", self->task_person);
  forlop_json_add_text (doc, object, "alert", self->alert_id);

  return forlop_json_write (doc, FALSE);
}

static gboolean
has_words (const char *text)
{
  while (text != NULL && g_ascii_isspace (*text))
    text++;

  return text != NULL && *text != '\0';
}

/* When and for whom matter only where something is left to do. */
gboolean
forlop_board_draft_is_empty (const ForlopBoardDraft *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return !has_words (self->text) && !has_words (self->task) && self->outcome == NULL && !self->leaves_others &&
         (self->way == NULL || g_str_equal (self->way, FORLOP_BOARD_USUAL_WAY)) &&
         self->minutes == FORLOP_BOARD_USUAL_MINUTES && self->call_began_at == FORLOP_INSTANT_NONE;
}
