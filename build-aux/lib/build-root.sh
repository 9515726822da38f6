# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash
#
# A Debian 13 system in the cache directory, for hosts whose own packages are too old. It is made
# once for a package list, never mounted into outside a private mount namespace, and can be
# removed with rm -rf at any time.

readonly build_root_suite=trixie
readonly build_root_keyring=/usr/share/keyrings/debian-archive-keyring.gpg

build_root_path ()
{
  local key
  key=$( { package_lines; declare -f fetch_build_root; } | sha256sum | cut -c1-12)
  printf '%s/roots/debian-13-%s\n' "$forlop_cache" "$key"
}

# What an ordinary user lacks for making a root, in words; nothing when nothing is missing.
user_root_lacks ()
{
  local lacks=() user
  user=$(id -un)
  command -v mmdebstrap >/dev/null || lacks+=("the package mmdebstrap")
  command -v newuidmap >/dev/null || lacks+=("the package uidmap")
  grep -qsE "^($user|$EUID):" /etc/subuid && grep -qsE "^($user|$EUID):" /etc/subgid ||
    lacks+=("a range for $user in /etc/subuid and /etc/subgid")
  unshare --user --map-root-user --mount true 2>/dev/null ||
    lacks+=("permission to make user namespaces")
  (( ${#lacks[@]} == 0 )) && return
  printf '%s' "${lacks[0]}"
  (( ${#lacks[@]} == 1 )) || printf ' and %s' "${lacks[@]:1}"
}

build_root_possible ()
{
  if (( EUID == 0 )); then
    unshare --mount true 2>/dev/null
  else
    [[ -z $(user_root_lacks) ]]
  fi
}

# require_build_root_tools: ends with one sentence where a root can be neither made nor entered.
require_build_root_tools ()
{
  local lacks
  if (( EUID != 0 )); then
    lacks=$(user_root_lacks)
    [[ -z $lacks ]] ||
      die "This machine's own packages are missing or too old, and a Debian 13 build root needs" \
          "$lacks. Nothing was changed; ask an administrator for it, and start again."
    return
  fi

  build_root_possible ||
    die "This machine's own packages are missing or too old, and a Debian 13 build root needs" \
        "permission to mount (a container needs CAP_SYS_ADMIN). Nothing was changed."
  if ! command -v mmdebstrap >/dev/null; then
    command -v apt-get >/dev/null ||
      die "A Debian 13 build root is made by mmdebstrap. Install it, and start again."
    refresh_package_lists
    say "Installing mmdebstrap with apt-get…"
    DEBIAN_FRONTEND=noninteractive \
      apt-get install -q -y --no-install-recommends mmdebstrap >&2 ||
      die "mmdebstrap could not be installed. What apt-get said stands above."
  fi
}

# The Debian archive this host itself uses, so that a local mirror or proxy goes on being used.
debian_archive ()
{
  if [[ -n ${FORLOP_MIRROR:-} ]]; then
    printf '%s\n' "$FORLOP_MIRROR"
    return
  fi
  # Where the lists have not been fetched there is no origin to read, only our own release's name.
  local codename
  codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release 2>/dev/null)
  LC_ALL=C apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT) $(ORIGIN)' \
    'Created-By: Packages' 2>/dev/null |
    awk -v codename="$codename" '$2 !~ /security/ && $3 == "main" &&
          ($4 == "Debian" || (NF == 3 && $2 == codename)) && !found++ { print $1 }'
}

# make_build_root PATH: appears there whole or not at all.
make_build_root ()
{
  local root=$1 archive part
  require_build_root_tools
  archive=$(debian_archive)
  [[ -n $archive ]] ||
    die "apt on this machine knows no Debian archive. Name one in FORLOP_MIRROR, and start again."
  [[ -r $build_root_keyring ]] ||
    die "The keys of the Debian archive are missing. Install the package debian-archive-keyring."

  mkdir -p "$forlop_cache/roots"
  exec {lock}> "$forlop_cache/roots/.lock"
  flock --nonblock "$lock" || { say "Another run is making the build root; waiting for it…"
                                flock "$lock"; }
  if [[ ! -d $root ]]; then
    rm -rf --one-file-system "$forlop_cache"/roots/.part-*
    part=$(mktemp -d "$forlop_cache/roots/.part-XXXXXX")
    trap "rm -rf --one-file-system $(printf %q "$part")" EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    say "Making a Debian 13 build root in $root (once; about two minutes, 1.5 GB)…"
    fetch_build_root "$part" "$archive" ||
      die "The build root could not be made, and nothing was kept. The last lines of mmdebstrap:" \
          "$(tail -n 5 "$part/mmdebstrap.log")"
    mv -T "$part/root" "$root"
    rm -rf "$part"
    trap - EXIT INT TERM
    say "The build root is ready."
  fi
  exec {lock}>&-
}

# The root goes through tar, so that an ordinary user owns every file of it and can remove it.
fetch_build_root ()
{
  local part=$1 archive=$2 include name hooks=() mode=root
  include=$(package_names | paste -sd,)
  for name in "${locales[@]}"; do
    hooks+=(--customize-hook="chroot \"\$1\" localedef -i $name -f UTF-8 $name.UTF-8")
  done
  (( EUID == 0 )) || mode=unshare

  mkdir "$part/root"
  mmdebstrap --mode=$mode --variant=apt --format=tar --include="$include" \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    "${hooks[@]}" "$build_root_suite" - \
    "deb [signed-by=$build_root_keyring] $archive $build_root_suite main" \
    2> "$part/mmdebstrap.log" |
    tar -x -C "$part/root" --exclude='./dev/*' --numeric-owner 2>> "$part/mmdebstrap.log" ||
    return 1
  getent passwd "$EUID" | grep -v '^root:' >> "$part/root/etc/passwd"
  getent group "$(id -g)" | grep -v '^root:' >> "$part/root/etc/group"
  rm -f "$part/root/etc/resolv.conf" "$part/root/etc/hostname"
  : > "$part/root/etc/resolv.conf"
}

# exec_in_build_root ROOT COMMAND ARGS…: replaces this process, so that signals, standard streams
# and the exit code are the command's own. The mounts end with the last process that sees them.
exec_in_build_root ()
{
  local root=$1 namespaces=(--mount)
  shift
  (( EUID == 0 )) || namespaces+=(--user --map-root-user)
  mkdir -p "$forlop_cache/mount"
  exec unshare "${namespaces[@]}" -- bash "$build_aux/lib/enter-root" \
    "$root" "$forlop_cache/mount" "$EUID" "$(id -g)" "$checkout" "$@"
}
