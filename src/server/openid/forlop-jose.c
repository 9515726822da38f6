/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-jose.h"

#include <rhonabwy.h>
#include <sodium.h>
#include <string.h>

#include "forlop-json.h"

#define VARIANT sodium_base64_VARIANT_URLSAFE_NO_PADDING
#define MIN_RSA_BITS 2048
#define MAX_RSA_BITS 8192

G_DEFINE_QUARK (forlop-openid-error-quark, forlop_openid_error)

/* What a key of each kind has: its public members come first, then the private ones. */
typedef struct {
  const char *algorithm;
  jwa_alg alg;
  const char *kty;
  const char *curve; /* nullable */
  const char *public_members[3];
  const char *private_members[7];
  int generate;
  unsigned int bits;
} Kind;

static const Kind kinds[] = {
  { "ES256", R_JWA_ALG_ES256, "EC", "P-256", { "x", "y" }, { "d" }, R_KEY_TYPE_EC, 256 },
  { "PS256", R_JWA_ALG_PS256, "RSA", NULL, { "n", "e" }, { "d", "p", "q", "dp", "dq", "qi" }, R_KEY_TYPE_RSA, 3072 },
  { "EdDSA", R_JWA_ALG_EDDSA, "OKP", "Ed25519", { "x" }, { "d" }, R_KEY_TYPE_EDDSA, 256 },
};

typedef struct {
  const Kind *kind;
  char *id; /* nullable */
  jwk_t *jwk;
} Key;

struct _ForlopJoseKeys
{
  GPtrArray *keys; /* of Key */
};

struct _ForlopJoseKey
{
  const Kind *kind;
  char *id;
  jwk_t *private_key;
  jwk_t *public_key;
};

static void
init_library (void)
{
  static gsize once = 0;

  if (!g_once_init_enter (&once))
    return;
  if (r_global_init () != RHN_OK || sodium_init () < 0)
    g_error ("The library for signed tokens could not be initialised");
  g_once_init_leave (&once, 1);
}

static void
free_jwk (jwk_t *jwk)
{
  if (jwk != NULL)
    r_jwk_free (jwk);
}

static void
key_free (gpointer data)
{
  Key *self = data;

  g_free (self->id);
  free_jwk (self->jwk);
  g_free (self);
}

char *
forlop_jose_encode (const guint8 *bytes,
                    gsize         length)
{
  gsize size = sodium_base64_encoded_len (length, VARIANT);
  char *text = g_malloc (size);

  return sodium_bin2base64 (text, size, bytes, length, VARIANT);
}

guint8 *
forlop_jose_decode (const char *text,
                    gsize       length,
                    gsize      *n_bytes)
{
  g_autofree guint8 *bytes = NULL;

  g_return_val_if_fail (text != NULL && n_bytes != NULL, NULL);

  if (length == 0 || length > FORLOP_JOSE_MAX_TOKEN)
    return NULL;
  bytes = g_malloc (length + 1);
  if (sodium_base642bin (bytes, length, text, length, NULL, n_bytes, NULL, VARIANT) != 0)
    return NULL;
  bytes[*n_bytes] = '\0';

  return g_steal_pointer (&bytes);
}

static const char *
text_of (yyjson_val *object,
         const char *key)
{
  return yyjson_get_str (yyjson_obj_get (object, key));
}

static const Kind *
find_kind (yyjson_val *object)
{
  const char *kty = text_of (object, "kty");
  const char *curve = text_of (object, "crv");
  const char *algorithm = text_of (object, "alg");
  const char *use = text_of (object, "use");

  if (use != NULL && !g_str_equal (use, "sig"))
    return NULL;
  for (unsigned int i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kty, kinds[i].kty) == 0 &&
        (kinds[i].curve == NULL || g_strcmp0 (curve, kinds[i].curve) == 0) &&
        (algorithm == NULL || g_str_equal (algorithm, kinds[i].algorithm)))
      return &kinds[i];

  return NULL;
}

static gboolean
copy_members (yyjson_mut_doc     *doc,
              yyjson_val         *object,
              const char *const  *names)
{
  yyjson_mut_val *root = yyjson_mut_doc_get_root (doc);

  for (; *names != NULL; names++)
    {
      const char *value = text_of (object, *names);

      if (value == NULL)
        return FALSE;
      yyjson_mut_obj_add_strcpy (doc, root, *names, value);
    }

  return TRUE;
}

/* The key anew from its numbers alone: certificates and addresses in it are not looked at. */
static jwk_t *
import_key (const Kind *kind,
            yyjson_val *object,
            gboolean    is_private)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  g_autofree char *json = NULL;
  jwk_t *jwk = NULL;
  unsigned int bits = 0;

  yyjson_mut_doc_set_root (doc, yyjson_mut_obj (doc));
  forlop_json_add_text (doc, yyjson_mut_doc_get_root (doc), "kty", kind->kty);
  forlop_json_add_text (doc, yyjson_mut_doc_get_root (doc), "crv", kind->curve);
  if (!copy_members (doc, object, kind->public_members) ||
      (is_private && !copy_members (doc, object, kind->private_members)))
    return NULL;
  json = forlop_json_write (doc, FALSE);

  init_library ();
  if (r_jwk_init (&jwk) != RHN_OK)
    return NULL;
  if (r_jwk_import_from_json_str (jwk, json) == RHN_OK && r_jwk_is_valid (jwk) == RHN_OK &&
      r_jwk_key_type (jwk, &bits, R_FLAG_IGNORE_REMOTE) != R_KEY_TYPE_NONE &&
      (kind->alg != R_JWA_ALG_PS256 || (bits >= MIN_RSA_BITS && bits <= MAX_RSA_BITS)))
    {
      sodium_memzero (json, strlen (json));
      return jwk;
    }
  sodium_memzero (json, strlen (json));
  r_jwk_free (jwk);

  return NULL;
}

static void
add_key (ForlopJoseKeys *self,
         yyjson_val     *object)
{
  const Kind *kind = yyjson_is_obj (object) ? find_kind (object) : NULL;
  jwk_t *jwk = kind != NULL ? import_key (kind, object, FALSE) : NULL;
  Key *key;

  if (jwk == NULL)
    return;
  key = g_new0 (Key, 1);
  key->kind = kind;
  key->id = g_strdup (text_of (object, "kid"));
  key->jwk = jwk;
  g_ptr_array_add (self->keys, key);
}

ForlopJoseKeys *
forlop_jose_keys_parse (const char  *json,
                        GError     **error)
{
  g_autoptr (ForlopJoseKeys) self = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *list, *object;
  size_t i, n;

  g_return_val_if_fail (json != NULL, NULL);

  doc = forlop_json_parse (json, -1, NULL);
  list = yyjson_obj_get (yyjson_doc_get_root (doc), "keys");
  self = g_new0 (ForlopJoseKeys, 1);
  self->keys = g_ptr_array_new_with_free_func (key_free);
  yyjson_arr_foreach (list, i, n, object)
    if (i < FORLOP_JOSE_MAX_KEYS)
      add_key (self, object);
  if (self->keys->len > 0)
    return g_steal_pointer (&self);
  g_set_error_literal (error, FORLOP_OPENID_ERROR, FORLOP_OPENID_ERROR_MALFORMED,
                       "no key that can be used is published");

  return NULL;
}

void
forlop_jose_keys_free (ForlopJoseKeys *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->keys);
  g_free (self);
}

static const Key *
find_key (const ForlopJoseKeys *self,
          const char           *id,
          const char           *algorithm)
{
  if (id == NULL)
    {
      const Key *only = g_ptr_array_index (self->keys, 0);

      return self->keys->len == 1 && g_str_equal (only->kind->algorithm, algorithm) ? only : NULL;
    }
  for (unsigned int i = 0; i < self->keys->len; i++)
    {
      const Key *key = g_ptr_array_index (self->keys, i);

      if (g_strcmp0 (key->id, id) == 0 && g_str_equal (key->kind->algorithm, algorithm))
        return key;
    }

  return NULL;
}

static gboolean
is_accepted (const char *algorithm)
{
  for (unsigned int i = 0; algorithm != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].algorithm, algorithm))
      return TRUE;

  return FALSE;
}

static yyjson_doc *
decode_header (const char *token)
{
  const char *dot = strchr (token, '.');
  g_autofree guint8 *bytes = NULL;
  gsize n_bytes = 0;

  if (dot == NULL || strlen (token) > FORLOP_JOSE_MAX_TOKEN)
    return NULL;
  bytes = forlop_jose_decode (token, (gsize) (dot - token), &n_bytes);

  return bytes != NULL ? forlop_json_parse ((const char *) bytes, (gssize) n_bytes, NULL) : NULL;
}

/* The key that the header names. */
static const Key *
choose_key (const ForlopJoseKeys  *self,
            yyjson_val            *header,
            GError               **error)
{
  const char *algorithm = text_of (header, "alg");
  const char *type = text_of (header, "typ");
  const Key *key;

  if (!is_accepted (algorithm))
    {
      g_set_error (error, FORLOP_OPENID_ERROR, FORLOP_OPENID_ERROR_ALGORITHM,
                   "the token is signed with %s", algorithm != NULL ? algorithm : "nothing");
      return NULL;
    }
  if (yyjson_obj_get (header, "crit") != NULL || yyjson_obj_get (header, "b64") != NULL ||
      (type != NULL && g_ascii_strcasecmp (type, "JWT") != 0))
    {
      g_set_error_literal (error, FORLOP_OPENID_ERROR, FORLOP_OPENID_ERROR_MALFORMED,
                           "the token's header asks for what is not known here");
      return NULL;
    }
  key = find_key (self, text_of (header, "kid"), algorithm);
  if (key == NULL)
    g_set_error_literal (error, FORLOP_OPENID_ERROR, FORLOP_OPENID_ERROR_UNKNOWN_KEY,
                         "the token's key is not among the provider's");

  return key;
}

static char *
verify_with (const Key  *key,
             const char *token)
{
  jws_t *jws = NULL;
  const unsigned char *payload;
  size_t length = 0;
  char *text = NULL;

  init_library ();
  if (r_jws_init (&jws) != RHN_OK)
    return NULL;
  if (r_jws_advanced_compact_parse (jws, token, R_PARSE_NONE, R_FLAG_IGNORE_REMOTE) == RHN_OK &&
      r_jws_get_alg (jws) == key->kind->alg &&
      r_jws_verify_signature (jws, key->jwk, R_FLAG_IGNORE_REMOTE) == RHN_OK)
    {
      payload = r_jws_get_payload (jws, &length);
      if (payload != NULL && memchr (payload, '\0', length) == NULL)
        text = g_strndup ((const char *) payload, length);
    }
  r_jws_free (jws);

  return text;
}

char *
forlop_jose_keys_verify (const ForlopJoseKeys  *self,
                         const char            *token,
                         GError               **error)
{
  g_autoptr (yyjson_doc) header = NULL;
  const Key *key;
  char *payload;

  g_return_val_if_fail (self != NULL && token != NULL, NULL);

  header = decode_header (token);
  if (!yyjson_is_obj (yyjson_doc_get_root (header)))
    {
      g_set_error_literal (error, FORLOP_OPENID_ERROR, FORLOP_OPENID_ERROR_MALFORMED, "this is not a token");
      return NULL;
    }
  key = choose_key (self, yyjson_doc_get_root (header), error);
  if (key == NULL)
    return NULL;
  payload = verify_with (key, token);
  if (payload == NULL)
    g_set_error_literal (error, FORLOP_OPENID_ERROR, FORLOP_OPENID_ERROR_SIGNATURE,
                         "the token's signature is wrong");

  return payload;
}

/* Name and use stand beside the numbers in a file and for the provider. The key that signs has none: the
 * library would write its name into every header. */
static void
label (const Kind *kind,
       const char *id,
       jwk_t      *jwk)
{
  r_jwk_set_property_str (jwk, "kid", id);
  r_jwk_set_property_str (jwk, "alg", kind->algorithm);
  r_jwk_set_property_str (jwk, "use", "sig");
}

static ForlopJoseKey *
key_new (const Kind *kind,
         const char *id,
         jwk_t      *private_key)
{
  ForlopJoseKey *self = g_new0 (ForlopJoseKey, 1);

  self->kind = kind;
  self->private_key = private_key;
  r_jwk_delete_property_str (private_key, "kid");
  if (r_jwk_init (&self->public_key) != RHN_OK ||
      r_jwk_extract_pubkey (private_key, self->public_key, R_FLAG_IGNORE_REMOTE) != RHN_OK)
    g_error ("A private key without a public one");
  if (id != NULL)
    {
      self->id = g_strdup (id);
    }
  else
    {
      char *thumbprint = r_jwk_thumbprint (self->public_key, R_JWK_THUMB_SHA256, R_FLAG_IGNORE_REMOTE);

      self->id = g_strdup (thumbprint);
      r_free (thumbprint);
    }
  label (kind, self->id, self->public_key);

  return self;
}

ForlopJoseKey *
forlop_jose_key_generate (const char *algorithm)
{
  const Kind *kind = NULL;
  jwk_t *private_key = NULL, *public_key = NULL;
  ForlopJoseKey *self;

  g_return_val_if_fail (is_accepted (algorithm), NULL);

  for (unsigned int i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].algorithm, algorithm))
      kind = &kinds[i];
  init_library ();
  if (r_jwk_init (&private_key) != RHN_OK || r_jwk_init (&public_key) != RHN_OK ||
      r_jwk_generate_key_pair (private_key, public_key, kind->generate, kind->bits, NULL) != RHN_OK)
    g_error ("A key could not be made");
  self = key_new (kind, NULL, private_key);
  r_jwk_free (public_key);

  return self;
}

ForlopJoseKey *
forlop_jose_key_parse (const char  *json,
                       GError     **error)
{
  g_autoptr (yyjson_doc) doc = NULL;
  const Kind *kind = NULL;
  jwk_t *private_key = NULL;
  yyjson_val *root;

  g_return_val_if_fail (json != NULL, NULL);

  doc = forlop_json_parse (json, -1, NULL);
  root = yyjson_doc_get_root (doc);
  if (yyjson_is_obj (root))
    kind = find_kind (root);
  if (kind != NULL)
    private_key = import_key (kind, root, TRUE);
  if (private_key != NULL)
    return key_new (kind, text_of (root, "kid"), private_key);
  g_set_error_literal (error, FORLOP_OPENID_ERROR, FORLOP_OPENID_ERROR_SETTINGS,
                       "this is not a private key for PS256, ES256 or EdDSA");

  return NULL;
}

void
forlop_jose_key_free (ForlopJoseKey *self)
{
  if (self == NULL)
    return;

  free_jwk (self->private_key);
  free_jwk (self->public_key);
  g_free (self->id);
  g_free (self);
}

const char *
forlop_jose_key_get_algorithm (const ForlopJoseKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->kind->algorithm;
}

static char *
export_key (jwk_t *jwk)
{
  char *json = r_jwk_export_to_json_str (jwk, 0);
  char *copy = g_strdup (json);

  sodium_memzero (json, strlen (json));
  r_free (json);

  return copy;
}

char *
forlop_jose_key_dup_private (const ForlopJoseKey *self)
{
  jwk_t *labelled;
  char *json;

  g_return_val_if_fail (self != NULL, NULL);

  labelled = r_jwk_copy (self->private_key);
  label (self->kind, self->id, labelled);
  json = export_key (labelled);
  r_jwk_free (labelled);

  return json;
}

char *
forlop_jose_key_dup_public_set (const ForlopJoseKey *self)
{
  g_autofree char *json = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  json = export_key (self->public_key);

  return g_strdup_printf ("{\"keys\":[%s]}", json);
}

/* Only the numbers: what is shown in a header has no name. */
static char *
make_header (const ForlopJoseKey *self,
             const char          *type,
             gboolean             shows_key)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);

  yyjson_mut_doc_set_root (doc, root);
  forlop_json_add_text (doc, root, "alg", self->kind->algorithm);
  forlop_json_add_text (doc, root, "typ", type);
  if (shows_key)
    {
      yyjson_mut_val *jwk = yyjson_mut_obj_add_obj (doc, root, "jwk");

      forlop_json_add_text (doc, jwk, "kty", self->kind->kty);
      forlop_json_add_text (doc, jwk, "crv", self->kind->curve);
      for (const char *const *name = self->kind->public_members; *name != NULL; name++)
        forlop_json_add_text (doc, jwk, *name, r_jwk_get_property_str (self->public_key, *name));
    }
  else
    forlop_json_add_text (doc, root, "kid", self->id);

  return forlop_json_write (doc, FALSE);
}

char *
forlop_jose_key_sign (const ForlopJoseKey *self,
                      const char          *type,
                      gboolean             shows_key,
                      const char          *payload)
{
  g_autofree char *header = NULL;
  jws_t *jws = NULL;
  char *token, *copy;

  g_return_val_if_fail (self != NULL && type != NULL && payload != NULL, NULL);

  header = make_header (self, type, shows_key);
  if (r_jws_init (&jws) != RHN_OK || r_jws_set_full_header_json_str (jws, header) != RHN_OK ||
      r_jws_set_alg (jws, self->kind->alg) != RHN_OK ||
      r_jws_set_payload (jws, (const unsigned char *) payload, strlen (payload)) != RHN_OK)
    g_error ("A token could not be made");
  token = r_jws_serialize (jws, self->private_key, R_FLAG_IGNORE_REMOTE);
  if (token == NULL)
    g_error ("A token could not be signed");
  copy = g_strdup (token);
  r_free (token);
  r_jws_free (jws);

  return copy;
}
