/** Discord's numeric limits, with the page of its documentation that states each. All lengths in UTF-16 units. */
export const discordLimits = {
  /** resources/message, "Embed Limits". */
  embedTitle: 256,
  embedDescription: 4096,
  embedFieldValue: 1024,
  embedFooter: 2048,
  /** components/reference, "Button". */
  buttonLabel: 80,
  /** components/reference: unique in the message. */
  customId: 100,
  /** resources/message, `nonce`. */
  nonce: 25,
  /** resources/message, "Create Message": files of one message. */
  attachments: 10,
  /** resources/message, attachment `description`. */
  attachmentDescription: 1024,
  /** topics/rate-limits: 50 a second for all that goes by the bot's token; each kind has its share, some is spare. */
  requestsPerSecond: { edits: 25, uploads: 15, notices: 5 },
  /** interactions/receiving-and-responding: the token answers nothing any more after 15 minutes. */
  interactionTokenMs: 15 * 60_000,
  /** reference, "Uploading Files": the default before September 2026, the safe guess where nothing is announced. */
  attachmentBytes: 10 * 1024 * 1024,
  /** resources/message, "Create Message": of a request as a whole. */
  requestBytes: 25 * 1024 * 1024,
} as const;

/** Our own caps on what strangers send, chosen well above what a song needs. */
export const byteLimits = {
  /** A batch answer of 50 records is about 100 KB. */
  songApiAnswer: 8 * 1024 * 1024,
  /** Five minutes of 16-bit stereo WAV at 48 kHz are 58 MB. */
  media: 100 * 1024 * 1024,
  /** All files of one result together; a dozen stems of five minutes are under 700 MB. What comes after is linked. */
  result: 768 * 1024 * 1024,
  picture: 8 * 1024 * 1024,
} as const;

/** The longest file that is taken in: what a sister gateway states (song-api.md 4.4, Upload), the only one that does. */
export const uploadSeconds = 240;

/** Cuts to `max` UTF-16 units without halving a character; what was cut shows as an ellipsis. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = text.slice(0, max - 1);
  const last = cut.charCodeAt(cut.length - 1);
  const halved = last >= 0xd800 && last <= 0xdbff;
  return `${(halved ? cut.slice(0, -1) : cut).trimEnd()}…`;
}
