/** One thing that is wrong in a form, and where. */
export interface Problem {
  path: PropertyKey[];
  code: string;
  message: string;
}

interface RefusalDetails {
  problems?: Problem[];
  headers?: Record<string, string>;
  /** True where the request itself is malformed: no state of Discord could have made it right. */
  isViolation?: boolean;
}

/** Thrown wherever Discord says no; becomes the HTTP answer. */
export class Refused extends Error {
  readonly status: number;
  readonly code: number;
  readonly problems: Problem[];
  readonly headers: Record<string, string>;
  readonly isViolation: boolean;

  constructor(status: number, code: number, message: string, details: RefusalDetails = {}) {
    super(message);
    this.name = 'Refused';
    this.status = status;
    this.code = code;
    this.problems = details.problems ?? [];
    this.headers = details.headers ?? {};
    this.isViolation = details.isViolation ?? false;
  }

  /** Discord's error body: the problems nested by path, each leaf in `_errors`. */
  body(): Record<string, unknown> {
    const body = { message: this.message, code: this.code };
    return this.problems.length === 0 ? body : { ...body, errors: nested(this.problems) };
  }

  /** The same, of a form that was only one part of the body. */
  within(key: string): Refused {
    const { status, code, message, headers, isViolation } = this;
    const problems = this.problems.map((inner) => ({ ...inner, path: [key, ...inner.path] }));
    return new Refused(status, code, message, { problems, headers, isViolation });
  }

  /** For people who read a failed test. */
  reason(): string {
    const places = this.problems.map(
      ({ path, message }) => `${path.map(String).join('.') || '(body)'}: ${message}`,
    );
    return [`${this.code} ${this.message}`, ...places].join('; ');
  }
}

export function invalidForm(problems: Problem[]): Refused {
  return new Refused(400, 50_035, 'Invalid Form Body', { problems, isViolation: true });
}

export function problem(path: PropertyKey[], code: string, message: string): Problem {
  return { path, code, message };
}

// Codes: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
export const refusals = {
  unauthorized: () => new Refused(401, 0, '401: Unauthorized'),
  noSuchRoute: () => new Refused(404, 0, '404: Not Found', { isViolation: true }),
  unknownChannel: () => new Refused(404, 10_003, 'Unknown Channel'),
  unknownGuild: () => new Refused(404, 10_004, 'Unknown Guild'),
  unknownMember: () => new Refused(404, 10_007, 'Unknown Member'),
  unknownMessage: () => new Refused(404, 10_008, 'Unknown Message'),
  unknownUser: () => new Refused(404, 10_013, 'Unknown User'),
  unknownWebhook: () => new Refused(404, 10_015, 'Unknown Webhook'),
  unknownInteraction: () => new Refused(404, 10_062, 'Unknown interaction'),
  unknownCommand: () => new Refused(404, 10_063, 'Unknown application command'),
  alreadyAcknowledged: () => new Refused(400, 40_060, 'Interaction has already been acknowledged.'),
  badUserAgent: () => new Refused(403, 40_333, 'internal network error', { isViolation: true }),
  missingAccess: () => new Refused(403, 50_001, 'Missing Access'),
  notYourMessage: () => new Refused(403, 50_005, 'Cannot edit a message authored by another user'),
  emptyMessage: () => new Refused(400, 50_006, 'Cannot send an empty message', { isViolation: true }),
  refusesDms: () => new Refused(403, 50_007, 'Cannot send messages to this user'),
  missingPermissions: () => new Refused(403, 50_013, 'Missing Permissions'),
  deadToken: () => new Refused(401, 50_027, 'Invalid Webhook Token'),
  voiceWithMore: () =>
    new Refused(400, 50_159, 'Voice messages do not support additional content.', { isViolation: true }),
  voiceNotOneAudio: () =>
    new Refused(400, 50_160, 'Voice messages must have a single audio attachment.', { isViolation: true }),
  voiceWithoutMetadata: () =>
    new Refused(400, 50_161, 'Voice messages must have supporting metadata.', { isViolation: true }),
  voiceEdited: () => new Refused(400, 50_162, 'Voice messages cannot be edited.', { isViolation: true }),
  voiceForbidden: () => new Refused(403, 50_173, 'You cannot send voice messages in this channel'),
  invalidJson: () =>
    new Refused(400, 50_109, 'The request body contains invalid JSON.', { isViolation: true }),
  tooLarge: () => new Refused(413, 40_005, 'Request entity too large'),
  noMutualGuild: () =>
    new Refused(403, 50_278, 'Cannot send messages to this user due to having no mutual guilds'),
};

function nested(problems: Problem[]): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const { path, code, message } of problems) {
    let node = root;
    for (const key of path) node = (node[String(key)] ??= {}) as Record<string, unknown>;
    const errors = (node['_errors'] ??= []) as unknown[];
    errors.push({ code, message });
  }
  return root;
}
