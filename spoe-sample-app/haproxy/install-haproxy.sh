#!/usr/bin/env bash
#
# usage: install-haproxy.sh VERSION [DEST]
#
# Puts HAProxy VERSION (2.6, 3.0 or 3.2), together with its own C library, under DEST
# (default: target/haproxy/VERSION at the top of the repository) and prints the path of
# the binary, which runs from any directory. Needs Debian, but neither root nor that
# Debian's release: the packages come from the mirror this machine's apt uses, and
# nothing is installed on the machine. A second run does nothing.

set -euo pipefail

die() {
  printf 'install-haproxy.sh: %s\n' "$*" >&2
  exit 1
}

# --- what goes where ---------------------------------------------------------------------

case ${1:-} in
  2.6) suite=bookworm ;;
  3.0) suite=trixie ;;
  3.2) suite=sid ;; # sid moves on: in time this gets a later HAProxy than 3.2
  *) suite='' ;;
esac
[[ $suite && $# -le 2 ]] || die 'usage: install-haproxy.sh 2.6|3.0|3.2 [DEST]'
version=$1

only="this works on Debian only, elsewhere install HAProxy $version yourself"
grep -qsx 'ID=debian' /etc/os-release || die "$only"
for tool in apt-get apt-cache apt-config dpkg-deb flock; do
  command -v "$tool" >/dev/null || die "no '$tool': $only"
done
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
dest=$(realpath -m -- "${2:-$here/../../target/haproxy/$version}")
parent=$(dirname -- "$dest")
{ mkdir -p "$parent" && [[ -w $parent ]]; } 2>/dev/null || die "cannot write to $parent"

# The lock is the directory itself, so no lock file stays behind.
exec 9<"$parent"
flock -w 600 9 || die "another run has held $parent for ten minutes"

finish() {
  printf '%s\n' "$dest/bin/haproxy"
  exit 0
}
if [[ -e $dest ]]; then
  [[ $(cat "$dest/suite" 2>/dev/null) == "$suite" ]] && "$dest/bin/haproxy" -v >/dev/null 2>&1 && finish
  rmdir "$dest" 2>/dev/null || die "$dest is in the way: it is not a working HAProxy $version of this script's making"
fi

# All work is done next to DEST; the last step renames it, so DEST is complete or absent.
work=$(mktemp -d "$dest.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{state/lists/partial,cache/archives/partial,debs,new/{bin,root}}
: >"$work/status"

# --- apt with this machine's mirror, but with the wanted suite and a state of its own ----

for sources in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list ''; do
  [[ -s $sources ]] && break
done
# Only the main archive is taken: every suite has one, while -updates and -security
# (told apart by the dash or slash in their names) do not exist for sid.
case $sources in
  *.sources)
    list=$work/suite.sources
    awk -v suite="$suite" -v RS= -v ORS='\n\n' '
      /(^|\n)Suites:[ \t]*[a-z]+([ \t\n]|$)/ && /(^|\n)Components:[^\n]*[ \t]main([ \t\n]|$)/ {
        gsub(/(^|\n)(#|Suites:|Types:)[^\n]*/, "") # apt lets no comment stand above the first field
        sub(/^\n/, "")
        print "Types: deb\nSuites: " suite "\n" $0
      }' "$sources" >"$list" ;;
  *.list)
    list=$work/suite.list
    sed -nE "s/^(deb\s+(\[[^]]*\]\s+)?\S+\s+)[a-z]+\s+(.*\s)?main(\s.*)?$/\1$suite main/p" "$sources" >"$list" ;;
  *) die 'apt has neither debian.sources nor sources.list' ;;
esac
[[ -s $list ]] || die "$sources names no main archive of Debian"

# The machine's configuration is kept for its proxy and credentials, but not its hooks:
# some of them clean or index the machine's own package cache.
{
  apt-config dump | grep -v Invoke
  cat <<CONF
Dir::Etc::main "/dev/null";
Dir::Etc::parts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::Etc::sourcelist "$list";
Dir::Etc::sourceparts "/dev/null";
Dir::State "$work/state";
Dir::State::status "$work/status";
Dir::Cache "$work/cache";
Dir::Cache::pkgcache "pkgcache.bin";       // container images switch these caches off,
Dir::Cache::srcpkgcache "srcpkgcache.bin"; // which makes every call slow
Acquire::GzipIndexes "false";
Acquire::Languages "none";
Acquire::Retries "2";
Acquire::http::Timeout "20";
Acquire::https::Timeout "20";
APT::Sandbox::User "root";                 // apt's own user may not be able to reach DEST
APT::Update::Error-Mode "any";
CONF
} >"$work/apt.conf"
export APT_CONFIG=$work/apt.conf LC_ALL=C

# Runs a command that talks to the mirror; its first error is all the caller needs to see.
fetch() {
  "$@" >"$work/log" 2>&1 && return
  die "cannot get HAProxy $version of Debian $suite: $(grep -m1 '^[EW]: ' "$work/log" || tail -n1 "$work/log")"
}

printf 'install-haproxy.sh: getting HAProxy %s from Debian %s\n' "$version" "$suite" >&2
fetch apt-get -q update
packages=$(apt-cache depends --recurse --important haproxy 2>/dev/null | grep -E '^(haproxy$|lib|zlib)') ||
  die "Debian $suite has no package haproxy"
cd "$work/debs"
# shellcheck disable=SC2086 # one word for each package
fetch apt-get -q download $packages
for deb in *.deb; do
  dpkg-deb -x "$deb" ../new/root || die "cannot unpack $deb"
done

# --- the program to call -----------------------------------------------------------------

# The loader is called by name, as the path of the machine's own is built into the binary.
# --argv0 is what a master process starts again on reload.
loader=$(cd ../new/root && find . -type f -name 'ld*.so.[0-9]' -print -quit)
[[ $loader ]] || die "Debian $suite brings no dynamic loader for this machine"
libs=$(basename "${loader%/*}")
cat >../new/bin/haproxy <<WRAPPER
#!/bin/sh
# HAProxy $version of Debian $suite with its own libraries, made by install-haproxy.sh
self=\$(readlink -f -- "\$0")
root=\${self%/bin/haproxy}/root
exec "\$root/${loader#./}" --inhibit-cache --argv0 "\$self" \\
  --library-path "\$root/lib/$libs:\$root/usr/lib/$libs" "\$root/usr/sbin/haproxy" "\$@"
WRAPPER
chmod 755 ../new/bin/haproxy
rm -rf ../new/root/usr/share
../new/bin/haproxy -v >../log 2>&1 || die "the HAProxy of Debian $suite does not run here: $(tail -n1 ../log)"
printf '%s\n' "$suite" >../new/suite

mv -T ../new "$dest"
finish
