import { spawn } from 'node:child_process';
import { styleText } from 'node:util';
import { openPlayground } from './open-playground.ts';

/** Runs until Ctrl+C. `opens`: also in the browser, where there is a desktop. */
export async function showPage(port: number, opens: boolean): Promise<void> {
  const playground = await openPlayground({ port });
  console.log(
    [
      '',
      `  Minstrel's playground is at  ${styleText('bold', playground.url)}`,
      '',
      '  An emulated Discord, an emulated song service, and the real bot between them. Nothing leaves this machine.',
      '  Ctrl+C ends it.',
      '',
    ].join('\n'),
  );
  if (opens) openBrowser(playground.url);
  const stop = (): void => {
    // A second one ends it at once.
    process.once('SIGINT', () => process.exit(130));
    void playground.stop().then(() => process.exit(0));
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
}

function openBrowser(url: string): void {
  const { platform, env } = process;
  const isDesktop = platform !== 'linux' || Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
  if (!isDesktop) return;
  const [command, args] =
    platform === 'win32'
      ? ['cmd', ['/c', 'start', '', url]]
      : [platform === 'darwin' ? 'open' : 'xdg-open', [url]];
  // Whether it can is its own affair: the address is printed.
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}
