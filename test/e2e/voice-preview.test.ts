/** The beginning of a song as a voice message after its card, where a server wants it. */
import { MessageFlags } from 'discord.js';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EmulatedMessage } from '../../playground/discord/model/message.ts';
import type { RigOptions } from '../../playground/rig.ts';
import { hasFfmpeg } from '../support/ffmpeg.ts';
import { quickRig } from '../support/quick-rig.ts';
import { storedJobs } from '../support/stored-jobs.ts';

async function studio(options: RigOptions = {}) {
  const rig = await quickRig(options);
  const guild = rig.discord.guild('Garden');
  const channel = guild.channel('songs');
  const alice = guild.member('alice', { admin: true }).in(channel);
  await (await alice.runs('/settings voice-preview', { on: true })).settled();
  const voices = (): EmulatedMessage[] =>
    channel.messages().filter(({ flags }) => (flags & MessageFlags.IsVoiceMessage) !== 0);
  return {
    rig,
    channel,
    alice,
    voices,
    sings: async (title: string): Promise<EmulatedMessage> => {
      await alice.runs('/song', { prompt: 'harbour lights', title });
      return rig.discord.until(`${title} with its audio`, () =>
        channel
          .cards()
          .find(({ embeds, attachments }) => embeds[0]?.title === title && attachments.length > 0),
      );
    },
  };
}

const delivered = (rig: Awaited<ReturnType<typeof quickRig>>): number =>
  storedJobs(rig).filter(({ delivery }) => delivery === 'delivered').length;

describe.skipIf(!hasFfmpeg)('a server that wants voice previews', () => {
  it('gets one after each song, as an answer to its card, and never a second one', async () => {
    const { rig, alice, voices, sings } = await studio();
    const shown = await (await alice.runs('/settings show')).settled();
    expect(shown.text()).toContain('**Voice preview** · after each song');
    const card = await sings('Harbour');
    const voice = await rig.discord.until('the voice message', () => voices()[0]);
    const [file] = voice.attachments;
    expect(file?.content_type).toBe('audio/ogg');
    expect(file?.bytes().subarray(0, 4).toString()).toBe('OggS');
    expect(file?.wire()).toMatchObject({ duration_secs: expect.closeTo(2, 0) as number });
    expect(voice.pinged).toEqual([]);
    expect(voice.wire().message_reference?.message_id).toBe(card.id);
    await rig.restart();
    await sings('Second');
    await rig.discord.until('its voice message', () => voices().length === 2);
    expect(rig.discord.violations).toEqual([]);
    await rig.discord.until('its files are gone', () => {
      const folder = join(rig.environment['DATA_DIR'] ?? '', 'media');
      return readdirSync(folder).length === 0;
    });
  });

  it('gets one of a card that had to be brought twice, and none before it is written down', async () => {
    let deaths = 0;
    const { rig, voices, sings } = await studio({
      seams: {
        reached(step) {
          if (step === 'posted' && (deaths += 1) === 1) throw new Error('as if the process died here');
        },
      },
    });
    await sings('Harbour');
    await rig.discord.until('the first time', () => deaths === 1);
    expect(voices()).toEqual([]);
    await rig.discord.until('the voice message', () => voices().length > 0);
    expect(delivered(rig)).toBe(1);
    expect(deaths).toBe(2);
    await rig.app.stop();
    expect(voices()).toHaveLength(1);
  });

  it('gets the song all the same when Discord refuses the voice message', async () => {
    const { rig, voices, sings } = await studio();
    rig.discord.faults.add(
      ({ method, path }) => method === 'POST' && path.endsWith('/messages'),
      { kind: 'answer', status: 403, body: { code: 50_173, message: 'no voice messages' } },
      1,
    );
    await sings('Harbour');
    await rig.discord.until('the refusal', () => rig.log.join('').includes('without its voice message'));
    await rig.discord.until('delivered', () => delivered(rig) === 1);
    expect(voices()).toEqual([]);
  });

  it('gets none of a song that only its member sees', async () => {
    const { rig, alice, voices, sings } = await studio();
    await alice.runs('/song', { prompt: 'harbour lights', private: true });
    await rig.discord.until('the secret', () => delivered(rig) === 1);
    await sings('Open');
    await rig.discord.until('a voice message', () => voices().length > 0);
    expect(voices()).toHaveLength(1);
  });
});

describe('without an ffmpeg', () => {
  it('the song comes alone', async () => {
    const { rig, voices, sings } = await studio({ environment: { FFMPEG_PATH: '/nowhere/ffmpeg' } });
    await sings('Harbour');
    await rig.discord.until('delivered', () => delivered(rig) === 1);
    await rig.app.stop();
    expect(voices()).toEqual([]);
  });
});
