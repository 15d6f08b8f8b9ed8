import type { VNode } from 'preact';
import type { Trick, Weather } from '../news.ts';
import { trick } from './requests.ts';
import { useStore } from './store.ts';

const skies: [Weather['songApi'], string, string][] = [
  ['fine', 'Fine', 'answers at once'],
  ['slow', 'Slow', 'every answer takes 4 s longer'],
  ['busy', '429', '“too many requests, ask again in 2 s”'],
  ['down', 'Down', 'connections are refused'],
];
const limits: [number, string][] = [
  [10, '10 MB'],
  [20, '20 MB'],
  [0.1, '0.1 MB'],
];
const moments: [Trick, string, string][] = [
  [{ is: 'expire-tokens' }, 'Tokens expire now', 'as if 15 minutes had passed since every command'],
  [{ is: 'drop-gateway' }, 'Drop the gateway', 'the websocket breaks; the bot resumes its session'],
  [{ is: 'finish-songs' }, 'Finish every song', 'whatever is composed is done now'],
  [{ is: 'stop-bot' }, 'Stop the bot in order', 'SIGTERM: it finishes what it does, then leaves'],
];

/** Trouble at the flick of a switch. Whatever is switched on, no song is lost, doubled or paid for twice. */
export function WeatherPage(): VNode {
  const weather = useStore((state) => state.weather);
  const change = (values: Partial<Weather>): void => void trick({ is: 'weather', change: values });
  return (
    <>
      <fieldset class="weather">
        <legend>The song service is</legend>
        {skies.map(([sky, name, words]) => (
          <label class="choice">
            <input
              type="radio"
              name="sky"
              checked={weather.songApi === sky}
              onChange={() => change({ songApi: sky })}
            />
            <span>
              {name} <small>{words}</small>
            </span>
          </label>
        ))}
        <label class="choice">
          <input
            type="checkbox"
            checked={weather.tasksFail}
            onChange={({ currentTarget }) => change({ tasksFail: currentTarget.checked })}
          />
          <span>
            Songs fail <small>every new task ends as a failure</small>
          </span>
        </label>
      </fieldset>
      <fieldset class="weather">
        <legend>Discord</legend>
        <label class="choice">
          <input
            type="checkbox"
            checked={weather.discordDown}
            onChange={({ currentTarget }) => change({ discordDown: currentTarget.checked })}
          />
          <span>
            Drops everything <small>REST requests break, the gateway is cut</small>
          </span>
        </label>
        <div class="limits" role="radiogroup" aria-label="Upload limit">
          <span>Upload limit</span>
          {limits.map(([megabytes, name]) => (
            <label>
              <input
                type="radio"
                name="limit"
                checked={weather.uploadLimitMb === megabytes}
                onChange={() => change({ uploadLimitMb: megabytes })}
              />
              {name}
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset class="weather">
        <legend>Just once</legend>
        {moments.map(([wanted, name, words]) => (
          <div class="moment">
            <button type="button" class="press secondary" onClick={() => void trick(wanted)}>
              {name}
            </button>
            <small>{words}</small>
          </div>
        ))}
      </fieldset>
    </>
  );
}
