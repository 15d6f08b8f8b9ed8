/** The bot in a process of its own: says when it is ready, stops when its input ends, and leaves the exit to Node. */
import { createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';

const app = await createApp(loadConfig(process.env));
process.stdin.once('end', () => void app.stop().then(() => process.stdout.write('stopped\n')));
process.stdin.resume();
await app.start();
process.stdout.write('ready\n');
