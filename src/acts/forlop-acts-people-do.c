/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-act-context-private.h"
#include "forlop-act-citizen-private.h"
#include "forlop-contested-value.h"
#include "forlop-error.h"
#include "forlop-gp-summary.h"
#include "forlop-person-store.h"

/* One that was corrected more often is not followed to its beginning. */
#define MOST_CORRECTIONS 50

/* The number that somebody had before is not another's. */
static gboolean
check_not_former (ForlopActContext  *self,
                  ForlopRecord      *citizen,
                  const char        *number,
                  GError           **error)
{
  g_autoptr (GPtrArray) aliases =
    forlop_record_store_list (self->connection, "citizen_alias", "id_number", number, error);
  g_autoptr (ForlopRecord) holder = NULL;
  g_autofree char *known = NULL;
  g_autofree char *own = NULL;

  if (aliases == NULL)
    return FALSE;
  if (aliases->len == 0)
    return TRUE;
  known = forlop_person_store_dup_stand (
    self->connection, forlop_record_get_text (g_ptr_array_index (aliases, 0), "citizen_id"), error);
  own = forlop_person_store_dup_stand (self->connection, forlop_record_get_id (citizen), error);
  if (known == NULL || own == NULL)
    return FALSE;
  if (g_str_equal (known, own))
    return TRUE;
  holder = forlop_record_store_load (self->connection, "citizen", known, error);
  if (holder == NULL)
    return FALSE;

  return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                            _("%s %s had this identity number before. Nothing was changed. Use that record."),
                            forlop_record_get_text (holder, "given_name"),
                            forlop_record_get_text (holder, "family_name"));
}

/**
 * forlop_act_check_citizen:
 *
 * A number that is given must be right today, and the birth date it proposes is used where none is
 * given. A person without a number (a tourist, a newborn) is registered by name and birth date.
 */
gboolean
forlop_act_check_citizen (ForlopActContext  *self,
                          ForlopRecord      *citizen,
                          GError           **error)
{
  const char *number = forlop_record_get_text (citizen, "id_number");
  ForlopDate born = forlop_record_get_date (citizen, "birth_date");
  ForlopIdNumberInfo info;

  if (number != NULL)
    {
      if (!forlop_id_number_validate (number, self->today, &info, error))
        return FALSE;
      if (!check_not_former (self, citizen, number, error))
        return FALSE;
      if (born == FORLOP_DATE_NONE)
        forlop_record_set_date (citizen, "birth_date", info.birth_date);
    }

  born = forlop_record_get_date (citizen, "birth_date");
  if (born != FORLOP_DATE_NONE && born > self->today)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("Born: the date is in the future. Write the day the person was born."));

  return TRUE;
}

static gboolean
register_citizen (ForlopActContext  *self,
                  GError           **error)
{
  ForlopRecord *citizen;

  if (forlop_id_is_valid (forlop_record_get_id (self->arguments)))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("A citizen who is registered is changed by “change-citizen”."));

  citizen = forlop_act_make (self, "citizen");
  forlop_act_copy_arguments (self, citizen);
  g_set_str (&self->citizen_id, forlop_record_get_id (citizen));

  return forlop_act_check_citizen (self, citizen, error);
}

/* What two have written differently of the citizen, but for what the act resolves. */
static GPtrArray *
list_contested (ForlopActContext  *self,
                const char        *citizen_id,
                GError           **error)
{
  g_autofree char *resolved = self->resolves != NULL ? forlop_id_derive (self->resolves, "contested") : NULL;
  GPtrArray *contested =
    forlop_record_store_list (self->connection, "contested_value", "citizen_id", citizen_id, error);

  for (unsigned int i = contested != NULL ? contested->len : 0; i > 0; i--)
    if (g_strcmp0 (forlop_record_get_id (g_ptr_array_index (contested, i - 1)), resolved) == 0)
      g_ptr_array_remove_index (contested, i - 1);

  return contested;
}

/* The delivery side of a case shows the same name and address to those who drive. */
gboolean
forlop_act_change_deliveries (ForlopActContext  *self,
                              ForlopRecord      *citizen,
                              const char        *citizen_id,
                              GError           **error)
{
  g_autoptr (GPtrArray) cases =
    forlop_record_store_list (self->connection, "case", "citizen_id", citizen_id, error);
  g_autoptr (GPtrArray) contested = cases != NULL ? list_contested (self, citizen_id, error) : NULL;

  if (contested == NULL)
    return FALSE;
  for (unsigned int i = 0; i < cases->len; i++)
    {
      g_autoptr (GPtrArray) deliveries = forlop_record_store_list (
        self->connection, "delivery", "case_id", forlop_record_get_id (g_ptr_array_index (cases, i)), error);

      if (deliveries == NULL)
        return FALSE;
      for (unsigned int j = 0; j < deliveries->len; j++)
        forlop_act_fill_delivery (citizen, contested,
                                  forlop_act_change (self, g_ptr_array_index (deliveries, j)));
    }

  return TRUE;
}

/* A number that is replaced goes on leading to the citizen: letters, suppliers and platforms have it. */
static gboolean
keep_former_number (ForlopActContext  *self,
                    ForlopRecord      *citizen,
                    GError           **error)
{
  const char *former = forlop_record_get_text (self->citizen, "id_number");
  const char *number = forlop_record_get_text (citizen, "id_number");
  g_autoptr (GPtrArray) aliases = NULL;

  if (former == NULL || number == NULL || g_str_equal (former, number))
    return TRUE;
  aliases = forlop_record_store_list (self->connection, "citizen_alias", "id_number", former, error);
  if (aliases == NULL)
    return FALSE;
  if (aliases->len == 0)
    forlop_record_set_text (forlop_act_make (self, "citizen_alias"), "id_number", former);

  return TRUE;
}

/**
 * forlop_act_fill_delivery:
 *
 * @contested: the values of the citizen that two have written differently.
 *
 * What the delivery side may know of a citizen. A protected address is never copied: the driver asks
 * the unit.
 */
void
forlop_act_fill_delivery (ForlopRecord *citizen,
                          GPtrArray    *contested,
                          ForlopRecord *delivery)
{
  const char *protection = forlop_record_get_text (citizen, "address_protection");
  gboolean hidden = (protection != NULL && !g_str_equal (protection, "none")) ||
                    forlop_contested_address (citizen, contested);
  g_autofree char *name = g_strdup_printf ("%s %s", forlop_record_get_text (citizen, "given_name"),
                                           forlop_record_get_text (citizen, "family_name"));
  const char *street = forlop_record_get_text (citizen, "address");
  const char *code = forlop_record_get_text (citizen, "postal_code");
  const char *place = forlop_record_get_text (citizen, "postal_place");
  g_autofree char *address = g_strdup_printf ("%s, %s %s", street != NULL ? street : "",
                                              code != NULL ? code : "", place != NULL ? place : "");

  forlop_record_set_text (delivery, "name", name);
  forlop_record_set_text (delivery, "address", hidden || street == NULL ? NULL : address);
  forlop_record_set_text (delivery, "phone", forlop_record_get_text (citizen, "phone"));
}

static gboolean
change_citizen (ForlopActContext  *self,
                GError           **error)
{
  ForlopRecord *citizen = forlop_act_change (self, self->citizen);

  forlop_act_copy_arguments (self, citizen);
  if (!forlop_act_check_citizen (self, citizen, error))
    return FALSE;

  return keep_former_number (self, citizen, error) &&
         forlop_act_change_deliveries (self, citizen, self->citizen_id, error);
}

static gboolean
copy_to_citizen (ForlopActContext  *self,
                 GError           **error G_GNUC_UNUSED)
{
  forlop_act_copy_arguments (self, forlop_act_change (self, self->citizen));

  return TRUE;
}

static gboolean
write_note (ForlopActContext  *self,
            GError           **error G_GNUC_UNUSED)
{
  ForlopRecord *note = forlop_act_make (self, "note");

  forlop_act_copy_arguments (self, note);
  forlop_record_set_instant (note, "written_at", self->now);
  forlop_record_set_text (note, "user_id", self->actor->user_id);

  return TRUE;
}

static gboolean
attach_document (ForlopActContext  *self,
                 GError           **error G_GNUC_UNUSED)
{
  ForlopRecord *document = forlop_act_make (self, "document");

  forlop_act_copy_arguments (self, document);
  forlop_record_set_instant (document, "added_at", self->now);
  forlop_record_set_text (document, "added_by", self->actor->user_id);

  return TRUE;
}

static gboolean
record_gp_summary (ForlopActContext  *self,
                   GError           **error)
{
  ForlopRecord *document;

  if (forlop_record_get_instant (self->arguments, "covers_until") > self->now)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("The summary cannot tell of a time that has not been. Nothing was saved."));

  document = forlop_act_make (self, "document");
  forlop_act_copy_arguments (self, document);
  forlop_record_set_text (document, "kind", FORLOP_GP_SUMMARY_KIND);
  forlop_record_set_text (document, "media_type", "application/pdf");
  forlop_record_set_instant (document, "added_at", self->now);
  forlop_record_set_text (document, "added_by", self->actor->user_id);

  return TRUE;
}

static gboolean
report_deviation (ForlopActContext  *self,
                  GError           **error)
{
  if (!forlop_record_has (self->arguments, "status"))
    forlop_record_set_text (self->arguments, "status", "open");
  if (!forlop_record_has (self->arguments, "reported_by"))
    forlop_record_set_text (self->arguments, "reported_by", self->actor->user_id);

  return forlop_act_save (self, error);
}

static gboolean
close_deviation (ForlopActContext  *self,
                 GError           **error)
{
  ForlopRecord *deviation = forlop_act_load (self, "deviation", "deviation_id", error);

  if (deviation == NULL)
    return FALSE;

  deviation = forlop_act_change (self, deviation);
  forlop_act_copy_arguments (self, deviation);
  forlop_record_set_text (deviation, "status", "closed");
  forlop_record_set_date (deviation, "closed_on", self->today);

  return TRUE;
}

static ForlopRecord *
make_block (ForlopActContext *self)
{
  ForlopRecord *block = forlop_act_make (self, "block");

  forlop_act_copy_arguments (self, block);
  forlop_record_set_date (block, "blocked_on", self->today);

  return block;
}

static gboolean
block_record (ForlopActContext  *self,
              GError           **error)
{
  if (forlop_act_text (self, "user_id") == NULL && forlop_act_text (self, "unit_id") == NULL)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("Say who is to be kept from the record: a user or a unit. Nothing was changed."));
  make_block (self);

  return TRUE;
}

/* A correction is blocked with what it corrects, so the first of them names the blocking. */
static ForlopRecord *
load_first_note (ForlopActContext  *self,
                 GError           **error)
{
  g_autoptr (ForlopRecord) first =
    forlop_record_store_load (self->connection, "note", forlop_act_text (self, "note_id"), error);

  for (unsigned int i = 0; first != NULL && i < MOST_CORRECTIONS; i++)
    {
      const char *before = forlop_record_has (first, "apart_id") ? forlop_record_get_text (first, "apart_id")
                                                                 : forlop_record_get_text (first, "corrects_id");
      g_autoptr (ForlopRecord) corrected = NULL;

      if (before == NULL || g_str_equal (before, forlop_record_get_id (first)))
        break;
      corrected = forlop_record_store_load (self->connection, "note", before, error);
      g_set_object (&first, corrected);
    }

  return g_steal_pointer (&first);
}

static gboolean
block_note (ForlopActContext  *self,
            GError           **error)
{
  g_autoptr (ForlopRecord) note = load_first_note (self, error);
  ForlopRecord *block;

  if (note == NULL)
    return FALSE;
  if (forlop_act_text (self, "user_id") == NULL && forlop_act_text (self, "unit_id") == NULL)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("Say who is to be kept from the note: a user or a unit. Nothing was changed."));
  block = make_block (self);
  forlop_record_set_text (block, "citizen_id", forlop_record_get_text (note, "citizen_id"));
  forlop_record_set_text (block, "apart_id", forlop_record_get_id (note));

  return TRUE;
}

static gboolean
lift_block (ForlopActContext  *self,
            GError           **error)
{
  ForlopRecord *block = forlop_act_load (self, "block", "block_id", error);

  if (block == NULL)
    return FALSE;
  /* The line on the time line of the one says why, that of the other does not. */
  if (forlop_record_has (block, "apart_id") != g_str_equal (self->act->name, "lift-note-block"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              forlop_record_has (block, "apart_id")
                                ? _("This blocking is of a note. Nothing was changed. Use “lift-note-block”.")
                                : _("This blocking is of the whole record. Nothing was changed. Use “lift-block”."));
  if (forlop_record_has (block, "lifted_on"))
    return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                              _("The blocking is lifted already. Nothing was changed."));
  block = forlop_act_change (self, block);
  forlop_act_copy_arguments (self, block);
  forlop_record_set_date (block, "lifted_on", self->today);

  return TRUE;
}

static gboolean
mark_carried_over (ForlopActContext  *self,
                   GError           **error G_GNUC_UNUSED)
{
  ForlopRecord *mark = forlop_act_make (self, "carry_over");

  forlop_act_copy_arguments (self, mark);
  forlop_record_set_instant (mark, "at", self->now);
  forlop_record_set_text (mark, "user_id", self->actor->user_id);

  return TRUE;
}

const ForlopActFunction forlop_act_functions_people[] = {
  { "register-citizen", register_citizen },
  { "change-citizen", change_citizen },
  { "register-death", copy_to_citizen },
  { "register-move", copy_to_citizen },
  { "write-note", write_note },
  { "attach-document", attach_document },
  { "record-gp-summary", record_gp_summary },
  { "block-record", block_record },
  { "lift-block", lift_block },
  { "block-note", block_note },
  { "lift-note-block", lift_block },
  { "report-deviation", report_deviation },
  { "close-deviation", close_deviation },
  { "mark-carried-over", mark_carried_over },
  { "undo", forlop_act_undo },
  { NULL, NULL },
};
