import type { IncomingMessage } from 'node:http';
import type { UploadedFile } from '../messages/message-form.ts';
import { invalidForm, problem, refusals } from './refused.ts';

export interface RequestBody {
  json: unknown;
  files: UploadedFile[];
}

export async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** JSON, or a multipart form of `payload_json` and `files[n]`. */
export async function parseBody(bytes: Buffer, type: string): Promise<RequestBody> {
  if (bytes.length === 0) return { json: undefined, files: [] };
  if (type.startsWith('multipart/form-data')) return parseMultipart(bytes, type);
  if (type.startsWith('application/json')) return { json: parseJson(bytes.toString()), files: [] };
  throw invalidForm([
    problem([], 'CONTENT_TYPE_INVALID', `Expected "Content-Type" to be JSON or multipart, not "${type}".`),
  ]);
}

async function parseMultipart(bytes: Buffer, type: string): Promise<RequestBody> {
  const carrier = new Request('http://127.0.0.1', {
    method: 'POST',
    headers: { 'content-type': type },
    body: new Uint8Array(bytes),
  });
  const form = await carrier.formData();
  const files: UploadedFile[] = [];
  let json: unknown;
  for (const [name, part] of form) {
    if (typeof part === 'string') {
      if (name === 'payload_json') json = parseJson(part);
      continue;
    }
    const key = /^files\[(\d+)\]$/.exec(name)?.[1];
    if (key === undefined)
      throw invalidForm([problem([name], 'FILE_FIELD_NAME', 'Files come in fields named files[n].')]);
    files.push({
      key,
      name: part.name,
      contentType: part.type,
      bytes: Buffer.from(await part.arrayBuffer()),
    });
  }
  return { json, files };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw refusals.invalidJson();
  }
}
