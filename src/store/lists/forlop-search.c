/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-search.h"

#include "forlop-list-store.h"
#include "forlop-person-store.h"

/* Beyond what UTF-8 text can hold, so that a range of names ends after every name that begins with
 * the prefix. */
#define AFTER_EVERY_LETTER "\xf4\x8f\xbf\xbf"
/* Hits of the index looked at where some of the words are too short to ask it for. */
#define MAX_CANDIDATES 400

typedef struct {
  ForlopConnection *connection;
  ForlopSearchKinds kinds;
  unsigned int limit;
  GPtrArray *words; /* what was written, in words of letters or digits */
  GHashTable *seen; /* ids of hits */
  GPtrArray *hits;
} Search;

void
forlop_search_hit_free (ForlopSearchHit *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->citizen_id);
  g_free (self->case_id);
  g_free (self->title);
  g_free (self->number);
  g_free (self->unit_name);
  g_free (self->state);
  g_free (self->step);
  g_free (self);
}

/* A number may be written in parts, "158729 49884" and "412 34 567", but is stored in one. */
static char *
join_digits (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  if (g_str_has_prefix (text, "+47"))
    text += 3;
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      if (g_ascii_isdigit (*c))
        g_string_append_c (digits, *c);
      else if (!g_unichar_isspace (g_utf8_get_char (c)))
        return NULL;
    }

  return digits->len > 0 ? g_string_free (g_steal_pointer (&digits), FALSE) : NULL;
}

static GPtrArray *
split_words (const char *text)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  char *digits = join_digits (text);
  g_autoptr (GString) word = g_string_new (NULL);

  if (digits != NULL)
    {
      g_ptr_array_add (words, digits);
      return words;
    }

  for (const char *c = text;; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      if (letter != 0 && (g_unichar_isalnum (letter) || g_unichar_ismark (letter)))
        {
          g_string_append_unichar (word, letter);
          continue;
        }
      if (word->len > 0)
        g_ptr_array_add (words, g_strndup (word->str, word->len));
      g_string_truncate (word, 0);
      if (letter == 0)
        return words;
    }
}

static gboolean
is_short (const char *word)
{
  return g_utf8_strlen (word, -1) < 2;
}

/* Words of one letter match so much that the index is not asked for them. */
static char *
dup_match (GPtrArray *words)
{
  g_autoptr (GString) match = g_string_new (NULL);

  for (unsigned int i = 0; i < words->len; i++)
    if (!is_short (g_ptr_array_index (words, i)))
      g_string_append_printf (match, "%s\"%s\"*", match->len > 0 ? " " : "",
                              (const char *) g_ptr_array_index (words, i));

  return match->len > 0 ? g_string_free (g_steal_pointer (&match), FALSE) : NULL;
}

static gboolean
is_full (Search *self)
{
  return self->hits->len >= self->limit;
}

static void
add_hit (Search          *self,
         ForlopSearchHit *hit)
{
  if (is_full (self) || hit->id == NULL || !g_hash_table_add (self->seen, g_strdup (hit->id)))
    forlop_search_hit_free (hit);
  else
    g_ptr_array_add (self->hits, hit);
}

/* Columns: id, name, birth date, unit, case, status, step. */
static ForlopSearchHit *
read_citizen (ForlopStatement *statement)
{
  ForlopSearchHit *hit = g_new0 (ForlopSearchHit, 1);

  hit->kind = FORLOP_SEARCH_CITIZENS;
  hit->id = forlop_statement_dup_id (statement, 0);
  hit->citizen_id = g_strdup (hit->id);
  hit->title = forlop_statement_dup_text (statement, 1);
  hit->birth_date = forlop_statement_get_date (statement, 2);
  hit->unit_name = forlop_statement_dup_text (statement, 3);
  hit->case_id = forlop_statement_dup_id (statement, 4);
  hit->state = forlop_statement_dup_text (statement, 5);
  hit->step = forlop_statement_dup_text (statement, 6);

  return hit;
}

/* Columns: id, number, status, citizen, name, birth date, unit, step. */
static ForlopSearchHit *
read_case (ForlopStatement *statement)
{
  ForlopSearchHit *hit = g_new0 (ForlopSearchHit, 1);

  hit->kind = FORLOP_SEARCH_CASES;
  hit->id = forlop_statement_dup_id (statement, 0);
  hit->case_id = g_strdup (hit->id);
  hit->number = forlop_statement_dup_text (statement, 1);
  hit->state = forlop_statement_dup_text (statement, 2);
  hit->citizen_id = forlop_statement_dup_id (statement, 3);
  hit->title = forlop_statement_dup_text (statement, 4);
  hit->birth_date = forlop_statement_get_date (statement, 5);
  hit->unit_name = forlop_statement_dup_text (statement, 6);
  hit->step = forlop_statement_dup_text (statement, 7);

  return hit;
}

/* Columns: id, product, serial number, asset tag, state, place, citizen, case. */
static ForlopSearchHit *
read_item (ForlopStatement *statement)
{
  ForlopSearchHit *hit = g_new0 (ForlopSearchHit, 1);
  const char *product = forlop_statement_get_text (statement, 1);
  const char *serial = forlop_statement_get_text (statement, 2);

  hit->kind = FORLOP_SEARCH_ITEMS;
  hit->id = forlop_statement_dup_id (statement, 0);
  hit->title = g_strdup_printf ("%s%s%s", product != NULL ? product : "",
                                product != NULL && serial != NULL ? " · " : "",
                                serial != NULL ? serial : "");
  hit->birth_date = FORLOP_DATE_NONE;
  hit->number = forlop_statement_dup_text (statement, 3);
  hit->state = forlop_statement_dup_text (statement, 4);
  hit->unit_name = forlop_statement_dup_text (statement, 5);
  hit->citizen_id = forlop_statement_dup_id (statement, 6);
  hit->case_id = forlop_statement_dup_id (statement, 7);

  return hit;
}

typedef ForlopSearchHit *(*ReadHit) (ForlopStatement *statement);

static gboolean
add_one (Search      *self,
         const char  *sql,
         const char  *id,
         ReadHit      read_hit,
         GError     **error)
{
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (self->connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, id);
  if (!forlop_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    add_hit (self, read_hit (statement));

  return TRUE;
}

static gboolean
add_record (Search      *self,
            const char  *type,
            const char  *id,
            GError     **error)
{
  static const char citizen_sql[] =
    "SELECT c.id, c.name, c.birth_date, unit.name, c.case_id, c.case_status, c.step "
    "FROM citizen_row c LEFT JOIN unit ON unit.id = c.unit_id WHERE c.id = ?1";
  static const char case_sql[] =
    "SELECT s.id, s.number, s.status, s.citizen_id, c.name, c.birth_date, unit.name, "
    "CASE WHEN c.case_id = s.id THEN c.step END "
    "FROM \"case\" s JOIN citizen_row c ON c.id = s.citizen_id "
    "LEFT JOIN unit ON unit.id = s.unit_id WHERE s.id = ?1 AND s.deleted = 0";
  static const char item_sql[] =
    "SELECT i.id, product.name, i.serial_number, i.asset_tag, i.state, location.name, "
    "loan.citizen_id, loan.case_id FROM item i "
    "LEFT JOIN product ON product.id = i.product_id "
    "LEFT JOIN location ON location.id = i.location_id "
    "LEFT JOIN loan ON loan.item_id = i.id AND loan.deleted = 0 AND loan.returned_on IS NULL "
    "AND loan.voided IS NOT 1 AND loan.lost IS NOT 1 WHERE i.id = ?1 AND i.deleted = 0";

  if ((self->kinds & FORLOP_SEARCH_CITIZENS) != 0 && g_str_has_prefix (type, "citizen"))
    {
      g_autofree char *stands_id = forlop_person_store_dup_stand (self->connection, id, error);

      return stands_id != NULL && add_one (self, citizen_sql, stands_id, read_citizen, error);
    }
  if ((self->kinds & FORLOP_SEARCH_CASES) != 0 && g_str_equal (type, "case"))
    return add_one (self, case_sql, id, read_case, error);
  if ((self->kinds & FORLOP_SEARCH_ITEMS) != 0 && g_str_equal (type, "item"))
    return add_one (self, item_sql, id, read_item, error);

  return TRUE;
}

/* Citizens whose family name begins with what was written, in the order of the list. */
static gboolean
add_by_name (Search      *self,
             GError     **error)
{
  static const char sql[] =
    "SELECT c.id, c.name, c.birth_date, unit.name, c.case_id, c.case_status, c.step "
    "FROM citizen_row c LEFT JOIN unit ON unit.id = c.unit_id "
    "WHERE c.sort_name >= ?1 AND c.sort_name < ?2 ORDER BY c.sort_name, c.n LIMIT ?3";
  g_autoptr (ForlopStatement) statement = NULL;
  g_autofree char *from = forlop_sort_key (g_ptr_array_index (self->words, 0));
  g_autofree char *to = g_strconcat (from, AFTER_EVERY_LETTER, NULL);
  gboolean has_row = TRUE;

  if ((self->kinds & FORLOP_SEARCH_CITIZENS) == 0)
    return TRUE;

  statement = forlop_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, from);
  forlop_statement_bind_text (statement, 2, to);
  forlop_statement_bind_integer (statement, 3, self->limit);

  while (has_row)
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (has_row)
        add_hit (self, read_citizen (statement));
    }

  return TRUE;
}

/* Whether each word that was written is a whole word of the name, not only the beginning of one. */
static gboolean
has_whole_words (const char *const *words,
                 const char        *name)
{
  g_auto (GStrv) parts = g_str_tokenize_and_fold (name, NULL, NULL);

  for (; *words != NULL; words++)
    if (!g_strv_contains ((const char *const *) parts, *words))
      return FALSE;

  return TRUE;
}

/* Of several words: citizens who have them all in the name, before those who live in a street that has one of them; first
 * Liv Haug, then Liv Haugen. Enter in a list opens its first row. */
static gboolean
add_by_whole_name (Search      *self,
                   const char  *text,
                   const char  *match,
                   GError     **error)
{
  static const char sql[] =
    "SELECT c.id, c.name, c.birth_date, unit.name, c.case_id, c.case_status, c.step FROM search "
    "JOIN search_entry ON search_entry.n = search.rowid AND search_entry.type = 'citizen' "
    "JOIN citizen_row c ON c.id = search_entry.id LEFT JOIN unit ON unit.id = c.unit_id "
    "WHERE search MATCH ?1 AND c.sort_name <> '' LIMIT ?2";
  g_autoptr (ForlopStatement) statement = NULL;
  g_autoptr (GPtrArray) begun = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_search_hit_free);
  g_auto (GStrv) written = g_str_tokenize_and_fold (text, NULL, NULL);
  gboolean has_row = TRUE;

  if ((self->kinds & FORLOP_SEARCH_CITIZENS) == 0)
    return TRUE;

  statement = forlop_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, match);
  forlop_statement_bind_integer (statement, 2, MAX_CANDIDATES);

  while (has_row && !is_full (self))
    {
      const char *name;

      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      name = has_row ? forlop_statement_get_text (statement, 1) : NULL;
      if (name == NULL || !g_str_match_string (text, name, TRUE))
        continue;
      if (has_whole_words ((const char *const *) written, name))
        add_hit (self, read_citizen (statement));
      else
        g_ptr_array_add (begun, read_citizen (statement));
    }

  while (begun->len > 0 && !is_full (self))
    add_hit (self, g_ptr_array_steal_index (begun, 0));

  return TRUE;
}

/* Whether each of the words the index was not asked for begins a word of @text. */
static gboolean
has_short_words (Search     *self,
                 const char *text)
{
  g_auto (GStrv) parts = NULL;

  for (unsigned int i = 0; i < self->words->len; i++)
    {
      const char *word = g_ptr_array_index (self->words, i);
      g_autofree char *folded = NULL;
      gboolean found = FALSE;

      if (!is_short (word))
        continue;
      if (parts == NULL)
        {
          g_autofree char *whole = g_utf8_casefold (text, -1);

          parts = g_strsplit_set (whole, " -,./", -1);
        }
      folded = g_utf8_casefold (word, -1);
      for (unsigned int j = 0; parts[j] != NULL && !found; j++)
        found = g_str_has_prefix (parts[j], folded);
      if (!found)
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_by_index (Search      *self,
              const char  *match,
              GError     **error)
{
  static const char sql[] =
    "SELECT search_entry.type, iif (search_entry.type = 'citizen_alias', search_entry.citizen_id, "
    "search_entry.id), search.text FROM search "
    "JOIN search_entry ON search_entry.n = search.rowid "
    "WHERE search MATCH ?1 AND ?3 & CASE search_entry.type WHEN 'citizen' THEN 1 "
    "WHEN 'citizen_alias' THEN 1 WHEN 'case' THEN 2 WHEN 'item' THEN 4 ELSE 0 END LIMIT ?2";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (self->connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, match);
  forlop_statement_bind_integer (statement, 2, MAX_CANDIDATES);
  forlop_statement_bind_integer (statement, 3, self->kinds);

  while (!is_full (self))
    {
      g_autofree char *type = NULL;
      g_autofree char *id = NULL;

      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      if (!has_short_words (self, forlop_statement_get_text (statement, 2)))
        continue;
      type = forlop_statement_dup_text (statement, 0);
      id = forlop_statement_dup_id (statement, 1);
      if (!add_record (self, type, id, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * forlop_search_run:
 *
 * Finds what fits every word of @text, each as the beginning of a word. Family names that begin with the one word come
 * first, as the list sorts them, and names that have all of several, whole words before begun ones; the rest follows in
 * the order it was registered, because to rank every match of a short word would cost more than a keystroke may.
 */
GPtrArray *
forlop_search_run (ForlopConnection   *connection,
                   const char         *text,
                   ForlopSearchKinds   kinds,
                   unsigned int        limit,
                   GError            **error)
{
  g_autoptr (GPtrArray) words = NULL;
  g_autoptr (GHashTable) seen = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autofree char *match = NULL;
  gboolean is_number;
  Search search;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  hits = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_search_hit_free);
  words = split_words (text);
  if (words->len == 0)
    return g_steal_pointer (&hits);

  seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  search = (Search) { connection, kinds, MIN (limit, FORLOP_SEARCH_MAX_HITS), words, seen, hits };
  is_number = g_ascii_isdigit (*(const char *) g_ptr_array_index (words, 0));

  if (words->len == 1 && !is_number && !add_by_name (&search, error))
    return NULL;
  if (words->len == 1 && hits->len > 0 && g_utf8_strlen (g_ptr_array_index (words, 0), -1) <= 2)
    return g_steal_pointer (&hits);

  match = dup_match (words);
  if (match != NULL && words->len > 1 && !add_by_whole_name (&search, text, match, error))
    return NULL;
  if (match != NULL && !is_full (&search) && !add_by_index (&search, match, error))
    return NULL;

  return g_steal_pointer (&hits);
}
