/** The process: environment, signals, exit code. The only file with `process`. */
import { createApp, type App } from './app.ts';
import { explain } from './explain.ts';
import { describeFindings, examine } from './doctor.ts';
import { describeProblems, InvalidConfig, loadConfig, type Config } from './config.ts';

process.exitCode = await main();

async function main(): Promise<number> {
  let config: Config;
  try {
    config = loadConfig(process.env);
  } catch (error) {
    if (!(error instanceof InvalidConfig)) throw error;
    say(
      [
        "Minstrel can't start yet:",
        '',
        describeProblems(error.problems),
        '',
        'Set these in the environment (.env.example explains each).',
        'To try Minstrel without any keys: npm run playground',
      ].join('\n'),
    );
    return 1;
  }

  if (process.argv[2] === 'doctor') {
    const findings = await examine(config);
    say(describeFindings(findings));
    return findings.every(({ ok }) => ok) ? 0 : 1;
  }

  let app: App | undefined;
  try {
    app = await createApp(config);
    if (process.argv[2] === 'register') {
      const { written, removed } = await app.register();
      say(`written: ${written.join(', ') || 'nothing'}; removed: ${removed.join(', ') || 'nothing'}`);
      await app.stop();
      return 0;
    }
    onSignals(app);
    await app.start();
    return 0;
  } catch (error) {
    say(`Minstrel could not start: ${explain(error)}`);
    await app?.stop();
    return 1;
  }
}

/** The first signal stops in order, the second at once. */
function onSignals(app: App): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(130);
    stopping = true;
    app.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
