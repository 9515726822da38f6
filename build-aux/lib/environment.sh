# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash
#
# Sourced by the commands in build-aux. enter_environment returns only where everything in
# packages.txt can be used: on the host itself when its packages are new enough, else inside a
# Debian 13 build root, in which the command is started once more.
#
#   FORLOP_MIRROR   a Debian archive to make the build root from, for hosts whose own package
#                   manager knows none
#   FORLOP_NATIVE   when 1, use what the host has without asking its package manager

readonly build_aux=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
readonly checkout=$(dirname -- "$build_aux")
readonly forlop_cache=${FORLOP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/forlop}

source "$build_aux/lib/packages.sh"
source "$build_aux/lib/build-root.sh"

say ()
{
  printf '%s: %s\n' "${0##*/}" "$*" >&2
}

die ()
{
  say "$*"
  exit 1
}

# enter_environment COMMAND ARGS…: COMMAND is the script that calls, to be started in the root.
enter_environment ()
{
  if [[ ${FORLOP_NATIVE:-} = 1 ]] || packages_installed; then
    environment_key=${FORLOP_ROOT:-native}
    environment_key=${environment_key##*/}
    make_locales
    return
  fi

  local root
  root=$(build_root_path)

  if [[ ! -d $root ]]; then
    if host_is_new_enough; then
      if (( EUID == 0 )); then
        install_packages
        make_locales
        environment_key=native
        return
      fi
      if ! build_root_possible; then
        die "Some packages are not installed. Nothing was changed; install them with:" \
            "$(sudo_prefix)apt-get install --no-install-recommends $(missing_packages)"
      fi
    fi
    make_build_root "$root"
  fi

  exec_in_build_root "$root" "$@"
}
