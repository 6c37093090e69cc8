#!/usr/bin/env bash
# Watches the memory of an application while it answers frames.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: memory.sh [--frames N] [--limit MIB] [--java JDK_HOME] [--jar FILE] [--csv FILE]

Starts an application with -Xmx64m, lets it answer N frames (4 connections, at most 64
frames in flight on each), and prints its resident memory as it goes. The exit code is 1
if it takes more than the limit, or grows by more than 5 MiB in the second half.

  --frames N        frames to answer, at least (default: 10000000)
  --limit MIB       most memory (default: 160)
  --java JDK_HOME   run the application with this JDK (default: JAVA_HOME, else the PATH's)
  --jar FILE        watch this executable jar (default: the starter and one handler)
  --csv FILE        write seconds, frames, RSS and peak RSS (KiB) there
  --help            print this text
USAGE
}

# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

frames=10000000 limit=160 home=${JAVA_HOME:-} jar='' csv=''
while (($#)); do
  case $1 in
    --help | -h) usage; exit ;;
    --frames | --limit | --java | --jar | --csv) (($# > 1)) || misuse "$1 needs a value" ;;
    *) misuse "unknown option '$1'" ;;
  esac
  case $1 in
    --frames) number "$1" "$2"; frames=$2 ;;
    --limit) number "$1" "$2" 1000000; limit=$2 ;;
    --java) java_of "$2" >/dev/null || misuse "$1: no JDK in '$2'"; home=$2 ;;
    --jar) readable "$1" "$2"; jar=$(realpath -- "$2") ;;
    --csv) writable "$1" "$2"; csv=$2 ;;
  esac
  shift 2
done
java=$(java_of "$home") || die "no 'java': install Java 17 or later"

prepare
[[ $jar ]] || minimal
rows=$work/rows

status() { # status KEY: KiB
  sed -nE "s/^$1:\s*([0-9]+) kB/\1/p" "/proc/$agent/status"
}

row() { # row: what the application holds now
  local passed=$(((${EPOCHREALTIME/[.,]/} - begin) / 10000))
  printf '%d.%02d,%d,%d,%d\n' $((passed / 100)) $((passed % 100)) "$answered" \
    "$(status VmRSS)" "$(status VmHWM)" | tee -a "$rows"
}

start_agent "$work/application.log" "$java" -Xmx64m -jar "$jar"
answered=0 begin=${EPOCHREALTIME/[.,]/}
echo seconds,frames,rss_kib,peak_kib | tee "$rows"
row
while ((answered < frames)); do
  run "$here/load.sh" --port "$port" --connections 4 --window 64 --warmup 0s --duration 1s \
    --json "$work/load.json" >"$work/load.log" 2>&1 || { tail -n 5 "$work/load.log" >&2; die 'the load failed'; }
  count=$(sed -nE 's/.*"frames" *: *([0-9]+).*/\1/p' "$work/load.json" | head -n1)
  ((${count:-0} > 0)) || die 'the load counted no frames'
  ((answered += count))
  row
done
[[ ! $csv ]] || cp "$rows" "$csv"

awk -F, -v limit="$limit" -v java="$(property "$java" java.runtime.version)" '
  NR == 1 { next }
  { frames[++n] = $2; rss[n] = $3; peak = $4 }
  END {
    for (i = 1; frames[i] < frames[n] / 2; i++) { }
    growth = (rss[n] - rss[i]) / 1024
    printf "peak %.0f MiB of %d, %+.1f MiB in the second half, Java %s\n", peak / 1024, limit, growth, java
    exit peak > limit * 1024 || growth > 5
  }' "$rows"
