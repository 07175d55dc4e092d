import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';

export interface ModelRequest {
  model: string;
  stream?: boolean;
  messages: { role: string; content: string }[];
  response_format: { type: string; json_schema?: { schema: object } };
}

type Reply = (
  request: ModelRequest,
  response: ServerResponse,
) => void | Promise<void>;

const usage = {
  prompt_tokens: 1000,
  completion_tokens: 200,
  total_tokens: 1200,
  queue_time: 0.05,
  prompt_time: 0.1,
  completion_time: 0.5,
  total_time: 0.6,
};

/** Serves Groq's wire format on loopback, and says whatever a test has it say. */
export class ModelServer {
  readonly requests: ModelRequest[] = [];
  readonly keys: (string | undefined)[] = [];
  readonly paths: (string | undefined)[] = [];
  /** What follows, one reply a request; the last one repeats. */
  replies: Reply[] = [];

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => this.serve(request, response));
  }

  /** @param port - any free one without it */
  static async start(port = 0): Promise<ModelServer> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    return new ModelServer(server);
  }

  get url() {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise(resolve => {
      this.server.close(resolve);
    });
  }

  private async serve(request: IncomingMessage, response: ServerResponse) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body: ModelRequest = JSON.parse(Buffer.concat(chunks).toString());
    this.requests.push(body);
    this.keys.push(request.headers.authorization);
    this.paths.push(request.url);
    const reply =
      this.replies.length > 1 ? this.replies.shift()! : this.replies[0];
    reply(body, response);
  }
}

/**
 * An answer in the way it was asked for: streamed as server-sent events in pieces, or as one.
 *
 * @param content - a text, an object, or what makes one of the request
 * @param goOn - for what to wait in the middle of a stream; it is cut there if that fails
 */
export function say(content: unknown, goOn?: Promise<unknown>): Reply {
  return async (request, response) => {
    const { stream, model } = request;
    const said = typeof content === 'function' ? content(request) : content;
    const text = typeof said === 'string' ? said : JSON.stringify(said);
    const base = { id: 'chatcmpl-1', created: 1, model };
    if (!stream) {
      sendJson(response, 200, {
        ...base,
        object: 'chat.completion',
        choices: [
          {
            index: 0,
            message: { role: 'assistant', content: text },
            finish_reason: 'stop',
          },
        ],
        usage,
        x_groq: { id: 'req_1' },
      });
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const send = (event: object) =>
      response.write(
        `data: ${JSON.stringify({
          ...base,
          object: 'chat.completion.chunk',
          ...event,
        })}\n\n`,
      );
    const tell = (part: string) => {
      for (const [piece] of part.matchAll(/[^]{1,40}/g)) {
        send({ choices: [{ index: 0, delta: { content: piece } }] });
      }
    };
    const middle = Math.ceil(text.length / 2);
    tell(text.slice(0, middle));
    try {
      await goOn;
    } catch {
      // What was said so far still arrives.
      response.socket?.end();
      return;
    }
    tell(text.slice(middle));
    send({
      choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
      x_groq: { id: 'req_1', usage },
    });
    response.end('data: [DONE]\n\n');
  };
}

/** A refusal in Groq's form. */
export function refuse(
  status: number,
  error: { message: string; code?: string; type?: string },
  headers: Record<string, string> = {},
): Reply {
  return (_request, response) => {
    for (const [name, value] of Object.entries(headers)) {
      response.setHeader(name, value);
    }
    sendJson(response, status, { error });
  };
}

function sendJson(response: ServerResponse, status: number, body: object) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
