# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash
#
# The package list and the host's own package manager.

readonly package_file=$build_aux/packages.txt
readonly locales=(nb_NO nn_NO en_GB)

# package_lines: "name" or "name floor" per line, without comments.
package_lines ()
{
  sed -E 's/#.*//; s/>=//; s/[[:space:]]+/ /g; s/^ //; s/ $//; /^$/d' "$package_file"
}

package_names ()
{
  package_lines | cut -d' ' -f1
}

sudo_prefix ()
{
  (( EUID == 0 )) || ! command -v sudo >/dev/null || printf 'sudo '
}

# installed_versions: "name version" for every listed package that is installed.
installed_versions ()
{
  local names
  mapfile -t names < <(package_names)
  dpkg-query -W -f '${db:Status-Status} ${Package} ${Version}\n' "${names[@]}" 2>/dev/null \
    | sed -n 's/^installed //p'
}

# candidate_versions: "name version" for every listed package apt could install.
candidate_versions ()
{
  local names
  mapfile -t names < <(package_names)
  LC_ALL=C apt-cache policy "${names[@]}" 2>/dev/null \
    | awk '/^[^ ]/ { sub (":$", ""); name = $0 }
           $1 == "Candidate:" && $2 != "(none)" { print name, $2 }'
}

# short_of VERSIONS: the listed packages that VERSIONS lacks or has too old.
short_of ()
{
  local -A version=()
  local name floor value
  while read -r name value; do
    [[ -n $name ]] && version[$name]=$value
  done <<< "$1"

  while read -r name floor; do
    value=${version[$name]:-}
    if [[ -z $value ]] ||
       { [[ -n $floor ]] && ! dpkg --compare-versions "$value" ge "$floor"; }; then
      printf '%s ' "$name"
    fi
  done < <(package_lines)
}

missing_packages ()
{
  short_of "$(installed_versions)"
}

packages_installed ()
{
  command -v dpkg-query >/dev/null && [[ -z $(missing_packages) ]]
}

# A fresh image has no package lists, and an old one has stale ones. Read them anew, once, before
# anything is decided or installed; one source that fails does not spoil the others.
refresh_package_lists ()
{
  (( EUID == 0 )) && [[ -z ${package_lists_read:-} ]] || return 0
  package_lists_read=1
  say "Reading the package lists…"
  apt-get update -q >&2 || say "Not every package list could be read; going on with those there are."
}

host_is_new_enough ()
{
  command -v apt-cache >/dev/null || return 1
  refresh_package_lists
  [[ -z $(short_of "$(candidate_versions)") ]]
}

install_packages ()
{
  local missing
  read -ra missing <<< "$(missing_packages)"
  say "Installing ${#missing[@]} packages with apt-get…"
  DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends "${missing[@]}" >&2 ||
    die "The packages could not be installed. What apt-get said stands above."
}

# The languages the tests run in; an ordinary user is told how to get them and goes on without.
make_locales ()
{
  local name known
  known=$(locale -a)
  for name in "${locales[@]}"; do
    if [[ $known == *"$name.utf8"* ]]; then
      continue
    elif (( EUID == 0 )); then
      localedef -i "$name" -f UTF-8 "$name.UTF-8"
    else
      say "The language $name is not there; make it with:" \
          "$(sudo_prefix)localedef -i $name -f UTF-8 $name.UTF-8"
    fi
  done
}
