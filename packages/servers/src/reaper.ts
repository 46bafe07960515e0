import { spawn } from 'node:child_process';

/**
 * Reads what to end from its standard input, one word and value a line, and ends it when the input closes without
 * `done` before: that is how a shell notices that this process was killed outright. What started last ends first, for
 * it needs what started before.
 */
const SCRIPT = String.raw`
pids= folders=
while read -r word value; do
  case $word in
    pid) pids="$value $pids" ;;
    folder) folders="$folders $value" ;;
    done) exit 0 ;;
  esac
done
for pid in $pids; do
  kill -INT "$pid" 2>/dev/null
  tries=0
  while kill -0 "$pid" 2>/dev/null; do
    # Ended, but its parent has not taken notice: in a container nobody may ever.
    case $(cat "/proc/$pid/stat" 2>/dev/null) in *') Z '*) break ;; esac
    tries=$((tries + 1))
    if [ "$tries" -gt 100 ]; then
      kill -KILL "$pid" 2>/dev/null
      break
    fi
    sleep 0.1
  done
done
for folder in $folders; do rm -rf "$folder"; done
`;

/** Ends servers that outlived the process which started them. */
export interface Guard {
  /** SIGINT is both Postgres's fast and Redis's ordinary shutdown, and a service's own. */
  watch(pid: number): void;
  /** Removes the folder, whose name holds no blank, once the servers have ended. */
  remove(folder: string): void;
  /** Everything was stopped in order: nothing is left to guard. */
  dismiss(): void;
}

/** Starts a shell in a session of its own that outlives even a SIGKILL of this process. */
export function startGuard(): Guard {
  const shell = spawn('/bin/sh', ['-c', SCRIPT], { detached: true, cwd: '/', stdio: ['pipe', 'ignore', 'ignore'] });
  // Without a shell there is no guard; the servers themselves work.
  shell.on('error', () => {});
  shell.stdin.on('error', () => {});
  shell.unref();
  const say = (line: string) => shell.stdin.write(`${line}\n`);
  return {
    watch: (pid) => void say(`pid ${pid}`),
    remove: (folder) => void say(`folder ${folder}`),
    dismiss: () => void shell.stdin.end('done\n'),
  };
}
