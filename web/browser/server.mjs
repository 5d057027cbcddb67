import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What runs the product: by default the jar of the last Maven build. */
const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java';
const flags = ['--enable-native-access=ALL-UNNAMED', '--sun-misc-unsafe-memory-access=allow', '-Xmx700m', `-Destran.home=${root}`];
const program = process.env.ESTRAN_TEST_JAVA?.split(' ') ?? [
  `-Djava.library.path=${root}/platform/target/estran/native`,
  `-Dorg.sqlite.lib.path=${root}/platform/target/estran/native`,
  `-Donnxruntime.native.path=${root}/platform/target/estran/native`,
  '-jar',
  join(root, 'platform/target/estran/estran-platform.jar'),
];

function run(args) {
  return spawn(java, [...flags, ...program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** The class path of the simulator: that of the tested classes, or the module beside the jar with the jar's libraries. */
function simulatorPath() {
  const given = process.env.ESTRAN_TEST_JAVA?.split(' ');
  if (given) return given[given.indexOf('-cp') + 1];
  return [join(root, 'testing/target/classes'), join(root, 'platform/target/estran/lib/*'), join(root, 'platform/target/estran/estran-platform.jar')].join(delimiter);
}

/** The model simulator on a free port: its base URL, and how to stop it. */
export async function simulator({ key, latencyMillis = 0 }) {
  const child = spawn(java, ['-Xmx256m', '-cp', simulatorPath(), 'dev.estran.testing.ModelSimulator', '--port', '0', '--key', key, '--latency-ms', String(latencyMillis)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise((resolve, reject) => {
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
      const found = /(http\S+\/v1)/.exec(out);
      if (found) resolve(found[1]);
    });
    child.on('exit', (code) => reject(new Error(`the simulator ended with ${code}: ${out}`)));
  });
  const put = async (path, body) => {
    const answer = await fetch(url.replace(/\/v1$/, path), { method: 'PUT', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  };
  const stop = async () => {
    const ended = new Promise((resolve) => child.on('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  };
  return { url, stop, tasks: (tasks) => put('/_sim/tasks', { tasks }) };
}

/** Loads the demo company into a data directory. */
export async function demo(data) {
  const process = run(['demo', '--data', data]);
  process.stdout.resume();
  const code = await new Promise((resolve) => process.on('exit', resolve));
  if (code !== 0) throw new Error(`estran demo ended with ${code}`);
}

/** A process on the directory: the link that signs in. */
async function serve(data, port) {
  const child = run(['up', '--port', String(port), '--data', data]);
  const link = await new Promise((resolve, reject) => {
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
      const found = /Open (http\S+)/.exec(out);
      if (found && out.includes('Token:')) resolve(found[1]);
    });
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${out}`)));
  });
  return { child, link };
}

async function ended(child, signal) {
  const exit = new Promise((resolve) => child.on('exit', resolve));
  child.kill(signal);
  await exit;
}

/** A server on a temporary directory: the link that signs in, how to stop it, and how to let it go away and come back. */
export async function start({ withDemo = false } = {}) {
  const data = mkdtempSync(join(tmpdir(), 'estran-walk-'));
  if (withDemo) await demo(data);
  let { child, link } = await serve(data, 0);
  const { origin, port } = new URL(link);
  const halt = () => ended(child, 'SIGTERM');
  const resume = async () => {
    ({ child } = await serve(data, port));
  };
  const stop = async () => {
    await halt();
    rmSync(data, { recursive: true, force: true });
  };
  return { link, origin, data, stop, halt, resume };
}
