import { spawn } from 'node:child_process';

/**
 * Reads pids and folders from standard input, one a line. When the input closes without a `done`, this process was
 * killed: the script then stops the processes, the last one started first, and deletes the folders.
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
    # A zombie has ended; in a container nobody may ever reap it.
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

/** Stops servers when the process that started them is killed. */
export interface Reaper {
  /** Stops the process by SIGINT, which Postgres, Redis and our services all take as an orderly shutdown. */
  watch(pid: number): void;
  /** Deletes the folder, whose name must not contain a space, once the servers have stopped. */
  remove(folder: string): void;
  /** Ends the reaper after an orderly shutdown. */
  dismiss(): void;
}

/** Starts a shell in a separate session, so that it outlives this process even when that is killed. */
export function startReaper(): Reaper {
  const shell = spawn('/bin/sh', ['-c', SCRIPT], { detached: true, cwd: '/', stdio: ['pipe', 'ignore', 'ignore'] });
  // Without a shell there is no reaper, but the servers work.
  shell.on('error', () => {});
  shell.stdin.on('error', () => {});
  shell.unref();
  const send = (line: string) => shell.stdin.write(`${line}\n`);
  return {
    watch: (pid) => void send(`pid ${pid}`),
    remove: (folder) => void send(`folder ${folder}`),
    dismiss: () => void shell.stdin.end('done\n'),
  };
}
