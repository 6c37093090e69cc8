#!/usr/bin/env bash
#
# usage: install-wrk.sh [DEST]
#
# Puts the HTTP load generator wrk under DEST (default: target/wrk at the top of the
# repository) and prints the path of the program. Needs Debian, but not root: the package
# comes from where this machine's apt gets packages, and nothing is installed on the
# machine. A second run does nothing.

set -euo pipefail

die() {
  printf 'install-wrk.sh: %s\n' "$*" >&2
  exit 1
}

if (($# > 1)) || [[ ${1:-} == -* ]]; then
  echo 'usage: install-wrk.sh [DEST]' >&2
  exit 2
fi
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
dest=$(realpath -m -- "${1:-$here/../../target/wrk}")

finish() {
  printf '%s\n' "$dest/bin/wrk"
  exit 0
}
[[ ! -x $dest/bin/wrk ]] || finish
[[ ! -e $dest ]] || die "$dest is in the way"
for tool in apt-get apt-cache dpkg-deb; do
  type -P "$tool" >/dev/null || die "no '$tool': this works on Debian only, elsewhere install wrk yourself"
done

# All work is done next to DEST; the last step renames it, so DEST is complete or absent.
mkdir -p "$(dirname -- "$dest")"
work=$(mktemp -d "$dest.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{state/lists/partial,cache/archives/partial,debs,new/{bin,root}}
: >"$work/status"

# The machine's sources and proxy, but a state of its own, and without the machine's hooks.
{
  apt-config dump | grep -v Invoke
  cat <<CONF
Dir::State "$work/state";
Dir::State::status "$work/status";
Dir::Cache "$work/cache";
Dir::Cache::pkgcache "pkgcache.bin";
Dir::Cache::srcpkgcache "srcpkgcache.bin";
Acquire::GzipIndexes "false";
Acquire::Languages "none";
APT::Sandbox::User "root";
CONF
} >"$work/apt.conf"
export APT_CONFIG=$work/apt.conf LC_ALL=C

fetch() {
  "$@" >"$work/log" 2>&1 && return
  die "cannot get wrk: $(grep -m1 '^[EW]: ' "$work/log" || tail -n1 "$work/log")"
}

echo 'install-wrk.sh: getting wrk' >&2
fetch apt-get -q update
# With the libraries that a machine may lack; the C library is this machine's own.
packages=$(apt-cache depends --recurse --important wrk 2>/dev/null | grep -E '^(wrk$|libluajit-|libssl)') ||
  die 'there is no package wrk'
cd "$work/debs"
# shellcheck disable=SC2086 # one word for each package
fetch apt-get -q download $packages
for deb in *.deb; do
  dpkg-deb -x "$deb" ../new/root || die "cannot unpack $deb"
done
cat >../new/bin/wrk <<'WRAPPER'
#!/bin/sh
root=$(dirname -- "$(dirname -- "$(readlink -f -- "$0")")")/root
LD_LIBRARY_PATH=$(echo "$root"/usr/lib/*-linux-*) exec "$root/usr/bin/wrk" "$@"
WRAPPER
chmod 755 ../new/bin/wrk
[[ $(../new/bin/wrk -v 2>&1 || true) == wrk* ]] || die 'wrk does not run here'
rm -rf ../new/root/usr/share/{doc,man}
mv -T ../new "$dest"
finish
