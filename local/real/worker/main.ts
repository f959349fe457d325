import { loadApp } from '../../host/worker/app/load-app.ts';
import { installFunctionsCore } from '../../host/worker/core/install.ts';
import { serveLoopback } from '../../host/http/web/server.ts';
import { atLeast, lineLog } from '../../host/worker/log.ts';
import { createWorker } from './worker.ts';

/** `main.ts APP_FOLDER PORT [DEATH_FILE]`: the process that has the app, for the real extension's host to call. */
const [folder = '', port = '0', deathFile] = process.argv.slice(2);

const core = installFunctionsCore();
const app = await loadApp(core, folder);
const log = atLeast(
  app.host.logLevel,
  lineLog(
    (line) => process.stderr.write(line),
    () => new Date(),
  ),
);
core.log.sink = log;
await app.start();
const worker = createWorker({ app, log, deathFile });
const server = await serveLoopback((request) => worker.handle(request), { port: Number(port), log });
process.on('SIGTERM', () => void server.close().then(() => process.exit(0)));
console.log(`ready http://127.0.0.1:${server.port}`);
