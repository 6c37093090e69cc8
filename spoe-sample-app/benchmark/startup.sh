#!/usr/bin/env bash
# Measures how long an application takes from the start of its JVM to its first answer.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: startup.sh [--runs N] [--java JDK_HOME]... [--no-cache] [--jar FILE] [--json FILE]

Starts an application N times and prints the time from the start of the process to the
first ACK on a socket: median, least and most, in milliseconds. Plain, and with a cache
of classes made by a training run: an AOT cache from JDK 25 on, a CDS archive before.

  --runs N          starts of each kind (default: 10)
  --java JDK_HOME   measure with this JDK; may be given several times
                    (default: JAVA_HOME, else the java on the PATH)
  --no-cache        plain starts only
  --jar FILE        measure this executable jar (default: the starter and one handler)
  --json FILE       write the raw results there
  --help            print this text
USAGE
}

# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

runs=10 homes=() caches=(none class) jar='' json=''
while (($#)); do
  case $1 in
    --no-cache) caches=(none); shift; continue ;;
    --help | -h) usage; exit ;;
    --runs | --java | --jar | --json) (($# > 1)) || misuse "$1 needs a value" ;;
    *) misuse "unknown option '$1'" ;;
  esac
  case $1 in
    --runs) number "$1" "$2" 1000; runs=$2 ;;
    --java) java_of "$2" >/dev/null || misuse "$1: no JDK in '$2'"; homes+=("$2") ;;
    --jar) readable "$1" "$2"; jar=$(realpath -- "$2") ;;
    --json) writable "$1" "$2"; json=$2 ;;
  esac
  shift 2
done
((${#homes[@]})) || homes=("${JAVA_HOME:-}")
java_of "${homes[0]}" >/dev/null || die "no 'java': install Java 17 or later"

prepare
log=$work/application.log

# Classes are cached from plain jars only, so an executable jar of Spring Boot is taken apart.
if [[ ! $jar ]]; then
  minimal
elif [[ ${#caches[@]} -gt 1 && $(unzip -l "$jar" 2>/dev/null) == *BOOT-INF/lib/* ]]; then
  "$(java_of "${homes[0]}")" -Djarmode=tools -jar "$jar" extract --destination "$work/app" >/dev/null ||
    die "cannot take $jar apart"
  jar=$work/app/$(basename -- "$jar")
fi

# --- the kinds of starts -----------------------------------------------------------------

kinds=() # one word each: JDK's number, kind of cache
declare -A version options times

train() { # train KIND JAVA OPTION-TO-WRITE FILE: starts once, asks, stops
  echo "Making the cache of $1 ..." >&2
  start_agent "$log" "$2" "$3=$4" -jar "$jar"
  for _ in {1..200}; do
    ask "$port" || die 'no answer in the training run'
  done
  kill -TERM "$agent"
  for ((i = 0; i < 1200; i++)); do # it is written at the end, which takes its time
    kill -0 "$agent" 2>/dev/null || break
    pause 0.1
  done
  stop "$agent"
  [[ -s $4 ]] || { tail -n 5 "$log" >&2; die "no cache came out of the training run"; }
}

for i in "${!homes[@]}"; do
  java=$(java_of "${homes[i]}")
  version[$i]=$(property "$java" java.runtime.version)
  for cache in "${caches[@]}"; do
    kind=$i-$cache
    if [[ $cache == none ]]; then
      options[$kind]=''
    elif (($(property "$java" java.specification.version | cut -d. -f1) >= 25)); then
      kind=$i-aot
      options[$kind]=-XX:AOTCache=$work/$kind
      train "JDK ${version[$i]}" "$java" -XX:AOTCacheOutput "$work/$kind"
    else
      kind=$i-cds
      options[$kind]=-XX:SharedArchiveFile=$work/$kind
      train "JDK ${version[$i]}" "$java" -XX:ArchiveClassesAtExit "$work/$kind"
    fi
    kinds+=("$kind")
    times[$kind]=''
  done
done

# --- the starts --------------------------------------------------------------------------

start_once() { # start_once KIND: sets milliseconds
  local java begin now arguments
  java=$(java_of "${homes[${1%%-*}]}")
  free_port port
  mapfile -t arguments < <(properties "$port")
  [[ ! ${options[$1]} ]] || arguments=("${options[$1]}" -jar "$jar" "${arguments[@]}")
  [[ ${options[$1]} ]] || arguments=(-jar "$jar" "${arguments[@]}")
  begin=${EPOCHREALTIME/[.,]/}
  spawn "$java" "${arguments[@]}" >"$log" 2>&1
  agent=$!
  until ask "$port"; do
    kill -0 "$agent" 2>/dev/null || { tail -n 5 "$log" >&2; die 'the application ended by itself'; }
    ((${EPOCHREALTIME/[.,]/} - begin < 60000000)) || die 'no answer within a minute'
    pause 0.002
  done
  now=${EPOCHREALTIME/[.,]/}
  stop "$agent"
  milliseconds=$(((now - begin + 500) / 1000))
}

echo "Starting $((runs * ${#kinds[@]})) times ..." >&2
for kind in "${kinds[@]}"; do
  start_once "$kind" # not counted: reads the files into the page cache
done
for ((run = 0; run < runs; run++)); do
  for kind in "${kinds[@]}"; do # in turn, so that a slow minute of the machine meets all kinds
    start_once "$kind"
    times[$kind]+=" $milliseconds"
  done
done

printf '%-24s %-6s %8s %8s %8s\n' Java cache median least most
for kind in "${kinds[@]}"; do
  read -ra values <<<"${times[$kind]}"
  mapfile -t sorted < <(printf '%s\n' "${values[@]}" | sort -n)
  printf '%-24s %-6s %8s %8s %8s\n' "${version[${kind%%-*}]}" "${kind#*-}" \
    "$(median "${values[@]}")" "${sorted[0]}" "${sorted[-1]}"
done

[[ $json ]] || exit 0
{
  printf '{"benchmark": "startup", "machine": %s, "jar": "%s", "runs": [' "$(machine)" "$(basename -- "$jar")"
  separator=''
  for kind in "${kinds[@]}"; do
    read -ra values <<<"${times[$kind]}"
    printf '%s\n  {"java": "%s", "cache": "%s", "ms": [%s]}' "$separator" "${version[${kind%%-*}]}" \
      "${kind#*-}" "$(IFS=,; printf '%s' "${values[*]}")"
    separator=,
  done
  printf '\n]}\n'
} >"$json"
